/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The use cases of registers: taking them in, matching documents to their
 * rows, what people decide of doubtful matches. Included by service/service.h.
 */
#ifndef HOSO_SERVICE_REGISTERS_H
#define HOSO_SERVICE_REGISTERS_H

#include "base/status.h"
#include "store/store.h"
#include <stdbool.h>
#include <stdint.h>

struct archive;

/* Who works here, for what is written down: the login name. Caller frees. */
char *archive_who(void);

/* state/registers.db, to be read; borrowed (see store/registers.h). */
NODISCARD enum status archive_registers(struct archive *a, struct sql **out);

/* ---- registers in ---- */

/* Import a register and match the documents to it. `aliases` and `who` of in
 * are filled here where NULL.  fails  as registers_import() */
NODISCARD enum status archive_register_import(struct archive *a,
                                              const struct register_input *in,
                                              struct register_report *out);

/* Undo an import and match again.  fails  as registers_revert() */
NODISCARD enum status archive_register_revert(struct archive *a,
                                              int64_t number);

/* See registers_list(). */
NODISCARD enum status
archive_register_list(struct archive *a,
                      enum status (*each)(void *user,
                                          const struct register_import_row *r),
                      void *user);

/* ---- matching ---- */

struct match_summary {
    int64_t results;         /* in the registers */
    int64_t documents;       /* of kind result */
    int64_t matched;         /* results that have a document for sure */
    int64_t review;          /* pairs that wait for a person */
    int64_t several;         /* results with more than one document */
    int64_t shared;          /* documents with more than one result */
    int64_t unknown;         /* documents of no row: nothing sure, no pair */
    int64_t gathered;        /* documents looked at for the first time */
    int64_t elapsed_ms;
};

/* Match everything again; decisions of people stay. Writes. */
NODISCARD enum status archive_match(struct archive *a,
                                    struct match_summary *out);

/* After an ingest: gather what is new and match it; does nothing if there is
 * no register. May be called at any time, as often as one likes. */
NODISCARD enum status archive_match_new(struct archive *a);

/* What matching what was just taken in has brought. */
struct match_gain {
    int64_t registers; /* imports in force; without any, all else is 0 */
    int64_t results;   /* more of them have a document now */
    int64_t review;    /* more documents wait for a person */
};

/* The same, and counts. */
NODISCARD enum status archive_match_ingested(struct archive *a,
                                             struct match_gain *out);

/* Numbers as they are, without matching. */
NODISCARD enum status archive_match_count(struct archive *a,
                                          struct match_summary *out);

/* One side by side; texts borrowed while each() runs. */
struct match_pair {
    int64_t number; /* for a clerk to name it by: see archive_match_decide() */
    const char *result, *document; /* key; id */
    int score;
    const char *state;    /* "sure", "review", "confirmed", "rejected" */
    const char *evidence; /* JSON: {"case":"same","number":"near", …} */
    /* what the register says, what the document says */
    struct match_side {
        const char *case_code, *procedure, *applicant, *number, *notation,
            *date, *title;
    } row, paper;
    const char *who;
    int64_t rivals; /* other pairs of the same document or result */
};

/* Pairs in order of document, best first; state NULL: those in review. */
NODISCARD enum status
archive_match_pairs(struct archive *a, const char *state, const char *document,
                    enum status (*each)(void *user,
                                        const struct match_pair *p),
                    void *user);

/* Decide on a pair. accept: it is so; else it is not.
 * fails  NOT_FOUND (no such document, no such result, INVALID …) */
NODISCARD enum status archive_match_decide(struct archive *a,
                                           const char *document,
                                           const char *result, bool accept);

/* Documents of kind result that belong to no row. */
NODISCARD enum status
archive_match_unknown(struct archive *a,
                      enum status (*each)(void *user, const char *document,
                                          const char *title),
                      void *user);

/* Called by archive_rebuild(): registers and matches again. */
NODISCARD enum status archive_registers_rebuild(struct archive *a);

#endif
