/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which document is which result of the registers; for service/ alone.
 *
 * Not all pairs are looked at: rows are found by keys that survive a letter
 * read wrongly (every key is also kept with each one of its letters left out),
 * then scored on all that both sides say.
 */
#ifndef HOSO_SERVICE_PAIRING_H
#define HOSO_SERVICE_PAIRING_H

#include "base/sql.h"
#include "base/status.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* One side of a pair; texts are "" where nothing is known and belong to the
 * set they are in. */
struct side {
    const char *id;       /* key of the result; id of the document */
    const char *case_key; /* folded, look-alikes as one */
    const char *number, *notation; /* the same */
    const char *applicant; /* the same, without spaces */
    const char *procedure;
    int date; /* 20220902; 0: unknown */
    int number_pct; /* how sure the reading of the number is; 100: a register */
    const char *text; /* key of what stands on the document, for a second and
                         closer look; NULL: the first */
};

struct side_set {
    struct side *items;
    size_t n, cap;
    char **blocks; /* memory of the texts */
    size_t n_blocks, cap_blocks, used;
};

void side_set_clear(struct side_set *s);

/* Results that are in force, documents that are unmatched. */
NODISCARD enum status pairing_load_results(struct sql *db,
                                           struct side_set *out);
NODISCARD enum status pairing_load_documents(struct sql *db,
                                             struct side_set *out);

/* ---- pairing_distance.c ---- */

/* Letters in which two keys differ, at most `most` + 1. */
int key_distance(const char *a, const char *b, int most);

/* The same of a key and the part of a text that is most like it. */
int key_errors_in(const char *text, const char *key, int most);

/* ---- pairing_index.c ---- */

struct pairing_index; /* rows by keys */

struct pairing_index *pairing_index_new(const struct side_set *rows);
void pairing_index_free(struct pairing_index *x);

/* Numbers of the rows that may be the document's, each once, at most
 * CANDIDATES_MAX; borrowed until the next call. For a closer look (it has its
 * text) also all rows of its days and of its applicant. */
#define CANDIDATES_MAX 1024
size_t pairing_candidates(struct pairing_index *x, const struct side *document,
                          const uint32_t **out);

/* ---- pairing_score.c ---- */

enum likeness {
    LIKE_UNKNOWN,
    LIKE_SAME,
    LIKE_NEAR,
    LIKE_OTHER,
    LIKE_FOREIGN, /* a case that no row has: of another paper */
    LIKE_TEXT     /* the document says nothing of it, but its text does */
};

struct evidence_of_pair {
    enum likeness case_code, number, notation, date, applicant, procedure;
    bool misread; /* the number differs and may have been read badly */
    int score;
};

/* How much a document and a row say the same. */
void pairing_score(const struct side *document, const struct side *row,
                   struct evidence_of_pair *out);

#define SCORE_SURE 48   /* from here on, if nothing speaks against it */
#define SCORE_REVIEW 30 /* from here on, a person is asked */
#define SCORE_MARGIN 15 /* and no other row comes as near as this */
#define NUMBER_SURE_PCT 90 /* a number read as surely is not another's */

/* Whether both say the same of a thing, and it is not merely near. */
static inline bool like_agrees(enum likeness l)
{
    return l == LIKE_SAME || l == LIKE_TEXT;
}

/* ---- pairing_text.c ---- */

#define SCORE_TEXT 12 /* from here on the text is worth a look */

/* Look in the text of the document for what its fields do not say. */
void pairing_look_in_text(const struct side *document, const struct side *row,
                          struct evidence_of_pair *e);

/* Days that stand in a text, as 20220902. */
size_t pairing_days_in_text(const char *text, int *out, size_t max);

/* ---- pairing_score.c ---- */

/* The case code on the paper is in no register: papers also name cases they
 * are not the result of. It counts neither for nor against. */
void pairing_foreign_case(struct evidence_of_pair *e);

/* Whether two things that must differ between documents differ. */
bool pairing_conflict(const struct evidence_of_pair *e);

/* {"case":"same","number":"near"}; caller frees. */
char *pairing_evidence(const struct evidence_of_pair *e);

/* ---- pairing.c ---- */

struct pair {
    size_t row; /* in the set of results */
    struct evidence_of_pair evidence;
    bool sure;
};

/* The rows that are the document's or may be, best first, at most max.
 * barred  whether a person has said that it is not this row; may be NULL */
size_t pairing_find(struct pairing_index *x, const struct side_set *rows,
                    const struct side *document,
                    bool (*barred)(void *user, const struct side *document,
                                   const struct side *row),
                    void *user, struct pair *out, size_t max);

#define PAIRS_MAX 16

#endif
