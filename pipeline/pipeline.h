/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The pipeline: from a file to pages of words, and from those to an access
 * PDF. All that touches foreign bytes happens in worker processes
 * (hoso-worker, which links base and pipeline only); what is declared here
 * runs in the parent and links neither Tesseract nor Leptonica, qpdf, poppler.
 */
#ifndef HOSO_PIPELINE_H
#define HOSO_PIPELINE_H

#include "base/record.h"
#include "base/status.h"
#include "base/strbuf.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* ---- kinds of files, from magic bytes, never from the name ---- */

enum media {
    MEDIA_UNKNOWN,
    MEDIA_JPEG,
    MEDIA_PNG,
    MEDIA_TIFF,
    MEDIA_WEBP,
    MEDIA_JP2,
    MEDIA_PDF,
};

/* What the first n bytes (64 or more if the file has them; PDF's mark may lie
 * within the first 1024) say. */
enum media media_sniff(const void *head, size_t n);
const char *media_type(enum media m);      /* "image/jpeg" … */
const char *media_extension(enum media m); /* "jpg" … without dot */

/* Whether the TIFF behind fd has a second page (read from its directory
 * chain, nothing is decoded); false if it is not sound. */
bool media_tiff_multipage(int fd);

/* ---- the pool of workers ---- */

struct pool_options {
    int jobs;               /* workers; >= 1 */
    const char *model;      /* "vie"; borrowed for the pool's life */
    int page_seconds;       /* watchdog per task */
    int worker_mb;          /* memory limit of a worker */
    int file_pages;         /* most pages in a file */
    int page_megapixels;    /* largest page */
    int min_dpi;            /* below: doubtful */
    int min_confidence_pct; /* below: doubtful */
    int min_sharpness_pct, min_contrast_pct; /* below: doubtful */
    int max_frame_pct;      /* of dark edges; above: doubtful */
    bool second_look;       /* read weak lines again by the second model */
    bool table_cells;       /* read ruled tables cell by cell */
    bool repair;            /* mend marks by context */
    bool drop_junk;         /* leave smudges out of the text */
    const char *confirmed;  /* file of confirmed_write(), for repair; NULL:
                               none; borrowed for the pool's life */
};

enum task_kind {
    TASK_HELLO,    /* versions and model of the worker */
    TASK_PROBE,    /* how many pages, encrypted, signed */
    TASK_READ,     /* one page: decode, orient, clean, recognise */
    TASK_ASSEMBLE, /* the access PDF of a document */
    TASK_CROP,     /* a piece of a page as PNG */
};

/* Which piece, in pixels of the page as the record has it. */
struct crop {
    struct box box;          /* without width: the whole page */
    int width_px, height_px; /* of the page; 0 if it was not read */
    int turn_deg;            /* clockwise turn that makes it upright */
};

/* What a task needs; borrowed only until pool_submit() returns, except that
 * descriptors are duplicated as needed. */
struct task {
    enum task_kind kind;
    void *user;        /* given back with the result */
    const int *fds;    /* PROBE, READ: one source; ASSEMBLE: all sources of
                          the record in order, then the descriptor the PDF
                          is written to (opened for reading and writing);
                          CROP: the source, then where the PNG goes */
    int n_fds;
    enum media media;  /* PROBE, READ, CROP: of the source */
    const char *sha256; /* PROBE, READ: of the source, for replay */
    int source_page;   /* READ, CROP: from 0 */
    struct crop crop;  /* CROP */
    const struct record *record; /* ASSEMBLE */
};

struct task_result {
    enum task_kind kind;
    void *user;
    enum status status; /* OK, or why not: INVALID, ENCRYPTED, LIMIT,
                           UNSUPPORTED, CHILD (crash, memory), TIMEOUT,
                           MISSING (model) … */
    char *message;      /* in the user's words; NULL if OK */
    int pages;          /* PROBE */
    struct page page;   /* READ; source is 0, source_page set */
    json_t *info;       /* HELLO: versions; PROBE: "signed": true …;
                           ASSEMBLE: "pdfa": bool, "note": text */
};

struct pool;

/*
 * Start a pool; workers are started when first needed. The worker program is
 * HOSO_WORKER, or hoso-worker beside the running program, or in
 * ../libexec/hoso.
 * fails  MISSING (no worker program)
 */
NODISCARD enum status pool_open(const struct pool_options *o,
                                struct pool **out);

/* Start workers now, at most so many, which load what they need while the first
 * task is made ready. That one does not start is told when it is needed. */
void pool_warm(struct pool *p, int most);

/* Stop the workers and free; tasks not finished are dropped. NULL allowed. */
void pool_close(struct pool *p);

/* Number of tasks submitted and not yet given back. */
int pool_pending(const struct pool *p);

/* Queue a task (any number may wait; they start in order of submission). A
 * task whose worker dies or hangs is tried once more in a new worker. */
NODISCARD enum status pool_submit(struct pool *p, const struct task *t);

/*
 * Wait until a task is done, or timeout_ms (-1 without end) is over, or a
 * signal came. *got says whether out was filled; clear it with
 * task_result_clear(). Results come in order of completion.
 * fails  MISSING, IO (no worker can be started at all)
 */
NODISCARD enum status pool_wait(struct pool *p, int timeout_ms, bool *got,
                                struct task_result *out);

void task_result_clear(struct task_result *r);

/* ---- files made from a record, no foreign bytes ---- */

/* ALTO 4.4 of page number `index` (from 0) of r, appended to out. */
void alto_write(const struct record *r, int index, struct strbuf *out);

/* ---- words that people confirmed, no foreign bytes ---- */

#include "pipeline/confirmed.h"

/* ---- fields found in the words, no foreign bytes ---- */

#include "pipeline/extract.h"

#endif
