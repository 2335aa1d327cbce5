/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The record: what hoso knows of one document, and what passes between the
 * pipeline (which fills it), the store (which keeps it as record.json) and
 * the indexer (which makes it findable).
 *
 *     document -> page -> line -> word        document -> field, version
 *
 * Coordinates are pixels of the original page image as it was received (for a
 * page that was rendered, of the rendered image), origin top left, x right,
 * y down. Text is valid UTF-8 in NFC. Everything a record points to belongs
 * to it and dies with record_free().
 */
#ifndef HOSO_BASE_RECORD_H
#define HOSO_BASE_RECORD_H

#include "base/json.h"
#include "base/status.h"
#include <stdbool.h>
#include <stdint.h>
#include <time.h>

#define RECORD_SCHEMA 1 /* version of record.json; see docs/format.md */

struct box {
    int x, y, w, h; /* pixels; w, h >= 0 */
};

struct word {
    char *text;     /* not empty, no white space */
    struct box box; /* inside the page */
    int conf_pct;   /* 0..100; 100 for born-digital text */
    char *raw;      /* as it was recognised, if text was mended; else NULL */
};

struct line {
    struct box box;
    struct word *words; /* in reading order */
    int n_words;
    int block; /* number of the text block on the page, from 0, ascending */
};

/* X(name, JSON code) */
#define PAGE_STATE_LIST(X)                                            \
    X(OK, "ok")                                                       \
    X(BLANK, "blank")     /* nothing on it */                         \
    X(LOW, "low")         /* read, but doubtful: `doubts` says why */ \
    X(FAILED, "failed")   /* not read: `cause` says why */            \
    X(TIMEOUT, "timeout") /* not read in time */

enum page_state {
#define PAGE_STATE_ENUM(name, json) PAGE_##name,
    PAGE_STATE_LIST(PAGE_STATE_ENUM)
#undef PAGE_STATE_ENUM
};

/* The JSON code of a state; static. */
const char *page_state_json(enum page_state s);

/* Why a page is doubtful: bits. X(name, bit, JSON code, text) */
#define DOUBT_LIST(X)                                                       \
    X(LOW_DPI, 1, "low-dpi", "resolution below 200 dpi")                    \
    X(LOW_CONFIDENCE, 2, "low-confidence", "many words read with doubt")    \
    X(NO_DPI, 4, "no-dpi", "resolution unknown, taken from the paper size") \
    X(TURN, 8, "turn", "which way is up is in doubt")                       \
    X(DAMAGED, 16, "damaged", "part of the image data is damaged")          \
    X(BLANK, 32, "blank", "blank page")                                     \
    X(BLUR, 64, "blur", "out of focus")                                     \
    X(FAINT, 128, "faint", "faint print")                                   \
    X(CUT, 256, "cut", "text cut off at the edge of the picture")           \
    X(DARK_EDGE, 512, "dark-edge", "wide dark edges")                       \
    X(ORDER, 1024, "page-order", "page out of order")

enum doubt {
#define DOUBT_ENUM(name, bit, json, text) DOUBT_##name = (bit),
    DOUBT_LIST(DOUBT_ENUM)
#undef DOUBT_ENUM
};

/* JSON code and English text (for gettext) of one bit. */
const char *doubt_json(enum doubt d);
const char *doubt_text(enum doubt d);

/* Where the text of a page comes from. X(name, JSON code) */
#define TEXT_ORIGIN_LIST(X) \
    X(NONE, "none")         \
    X(OCR, "ocr")           \
    X(DIGITAL, "born-digital")

enum text_origin {
#define TEXT_ORIGIN_ENUM(name, json) TEXT_##name,
    TEXT_ORIGIN_LIST(TEXT_ORIGIN_ENUM)
#undef TEXT_ORIGIN_ENUM
};

/* The JSON code of an origin; static. */
const char *text_origin_json(enum text_origin o);

/*
 * The text that a page of a PDF brought along, where it is not the page's
 * text as it stands.
 */
struct text_note {
    char *fate; /* "converted", "replaced" or "left-out"; NULL: nothing to say */
    char *why;  /* "TCVN3", "VNI" or both; "junk", "legacy", "recognised",
                   "picture" or "signature" (docs/format.md) */
    char *text; /* as it was taken from the file */
};

/*
 * What lies on a page over or beside its text, by what it is:
 *   "seal"       the round seal of an agency; no words
 *   "signature"  strokes of a pen; no words
 *   "stamp"      a rubber stamp with its words, which are not in the text
 *   "signing"    where somebody signs, read on its own: its words are a
 *                second reading of what the text has
 */
struct mark {
    char *kind;
    struct box box;
    int conf_pct; /* how surely it is one */
    struct line *lines;
    int n_lines;
};

/* How good the scan of a page is (pipeline/page_quality.c). */
struct page_quality {
    bool measured;
    int contrast_pct;   /* of ink to paper; -1: too little ink to say */
    int sharpness_pct;  /* of an edge, from pixel to pixel; -1: the same */
    int frame_permille; /* of the page is a dark frame */
    int streaks;        /* of the scanner's glass, taken out for reading */
    uint8_t paper, ink; /* grey levels while it is read; not kept */
};

struct page {
    int source;      /* index of the source file in the record, from 0 */
    int source_page; /* page in that file, from 0 */
    int width_px, height_px; /* of the original page image */
    double dpi_x, dpi_y;     /* effective resolution; > 0 */
    bool dpi_assumed;        /* not in the file: taken from the paper size */
    int turn_deg; /* clockwise turn that makes the page upright: 0 90 180 270 */
    double skew_deg;    /* clockwise turn that straightens it after turn_deg */
    int confidence_pct; /* mean over words; 0 without words */
    enum page_state state;
    unsigned doubts; /* enum doubt bits */
    char *cause;     /* why it failed; NULL otherwise */
    enum text_origin origin;
    struct line *lines; /* in reading order */
    int n_lines;
    struct word *dropped; /* recognised but no text: marks and smudges that
                             were taken for letters; in reading order */
    int n_dropped;
    struct mark *marks; /* from top to bottom */
    int n_marks;
    struct text_note layer;
    struct page_quality quality;
};

struct source {
    char *name;     /* text_show_name() of the file's own name, no folder */
    char *name_hex; /* the name's bytes in hex if name alone does not say
                        them exactly; else NULL */
    char *sha256;   /* 64 hex digits, of the bytes as received */
    uint64_t bytes;
    char *media_type; /* "image/jpeg", "image/png", "image/tiff",
                         "image/webp", "image/jp2", "application/pdf" */
    char *path;       /* in the package: "data/original/0001.jpg" */
    int pages;
};

/* A value found in or said of the document, with its evidence. */
struct field {
    char *name;  /* design §5: "number", "date", "signer" … */
    char *value; /* NULL: nothing sure enough */
    int page;    /* from 1; 0 = not from a page */
    struct box box;
    int conf_pct;
    char *rule;  /* which rule or person found it */
    char *state; /* "sure", "review" or "confirmed" */
};

/* One state of the record; the first is made by ingest. */
struct version {
    int number; /* from 1 */
    time_t at;
    char *agent; /* "hoso 0.1.0" or a person */
    char *note;  /* what was done */
    int seconds; /* how long it took; 0 of the first, where nobody measures */
};

struct record {
    char *id;    /* "2022-000123"; NULL until it is given one */
    char *kind;  /* "result", "staff" or "work" */
    char *batch; /* name of the batch */
    char *title;
    time_t stored_at;
    char *recogniser; /* "tesseract 5.3.0 vie sha256:…"; NULL if not used */
    struct source *sources;
    int n_sources;
    struct page *pages;
    int n_pages;
    struct field *fields;
    int n_fields;
    struct version *versions;
    int n_versions;
    char *access_note; /* what the access PDF is: "PDF/A-2u" or why not */
};

/* An empty record. Caller frees. */
struct record *record_new(void);
void record_free(struct record *r);   /* NULL allowed */
void record_freep(struct record **r); /* for AUTO() */

/* Free what p, l hold (not p, l themselves) and make them all zero. */
void page_clear(struct page *p);
void mark_clear(struct mark *m);

/* Appending; the record takes what *item points to and zeroes *item. */
void record_take_page(struct record *r, struct page *item);
void record_take_source(struct record *r, struct source *item);
void record_take_field(struct record *r, struct field *item);
void record_take_version(struct record *r, struct version *item);
void page_take_line(struct page *p, struct line *item);
void page_take_mark(struct page *p, struct mark *item);
void mark_take_line(struct mark *m, struct line *item);
void line_take_word(struct line *l, struct word *item);

/*
 * Move words that are no text from the lines to what was dropped, behind what
 * was dropped before; lines that are left without words go.
 *
 * is_none  asked of every word in reading order: word number k of l; the words
 *          from k on stand as they did, those before may have moved up
 * user     passed on to it
 * result   how many words were moved; confidence_pct is not made anew
 */
int page_drop_words(struct page *p,
                    bool (*is_none)(void *user, const struct line *l, int k),
                    void *user);

/* Lines without words are none: remove them. */
void page_drop_empty_lines(struct page *p);

/* Set p's confidence to the mean over its words, 0 without words. */
void page_keep_mean(struct page *p);

/* "ok", "doubtful" (a page is low or blank) or "partial" (a page failed). */
const char *record_state(const struct record *r);

/* Text of a page: words by spaces, lines by \n, blocks by an empty line; ends
 * with \n unless empty. Caller frees. */
char *page_text(const struct page *p);

/* text.txt: the pages' texts with a form feed between pages. Caller frees. */
char *record_text(const struct record *r);

/* The record as JSON, schema RECORD_SCHEMA (docs/format.md). New. */
json_t *record_to_json(const struct record *r);

/* The text of that, compact, made a page at a time: the JSON of all pages
 * takes five times the memory of the pages. Caller frees. */
char *record_json_text(const struct record *r);

/* The other way; every value is checked.  fails  INVALID */
NODISCARD enum status record_from_json(const json_t *j, struct record **out);

/* The smallest box around both; one without width and height is none. */
struct box box_union(struct box a, struct box b);

/* Whether two boxes meet, or are no further apart than `reach`. */
bool boxes_near(const struct box *a, const struct box *b, int reach);

/* How long two spans of a line are both there, 0 where they are apart. */
int span_overlap(int a, int a_length, int b, int b_length);

/* A box as [x, y, w, h]. New. */
json_t *box_to_json(const struct box *b);

/* The other way, from four items of an array starting with number `first`;
 * false unless they are whole numbers from 0 to ten million. */
bool box_from_json(const json_t *array, size_t first, struct box *out);

/* One page alone, the same form as in the record: what a worker answers. */
json_t *page_to_json(const struct page *p);
NODISCARD enum status page_from_json(const json_t *j, struct page *out);

/* Add a page in that form to a record, the sources of which stand.
 * fails  INVALID (names the page): not a page, or of none of the sources */
NODISCARD enum status record_add_page(struct record *r, const json_t *j);

#endif
