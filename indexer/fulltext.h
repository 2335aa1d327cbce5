/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the indexer share of an open index. */
#ifndef HOSO_INDEXER_FULLTEXT_H
#define HOSO_INDEXER_FULLTEXT_H

#include "base/sql.h"
#include "indexer/frequency.h"
#include "indexer/indexer.h"

/* Statements that run often; they stay prepared. */
enum fulltext_stmt {
    ADD_ENTRY,
    ADD_PAGE,
    ADD_BOXES,
    ADD_TOKENS,
    DROP_TOKENS,
    GET_META,
    GET_ENTRY_AT,
    GET_ENTRY_OF,
    GET_PAGE,
    GET_SHOWN,
    FIND_ROWS,
    COUNT_ROWS,
    COUNT_PASSED,
    GET_FORMS,
    GET_BEGINNINGS,
    GET_SPELLINGS,
    GET_ALL_SPELLINGS,
    GET_PAIR,
    COUNT_WORD,
    HAS_TOKEN,
    COUNT_TOKENS,
    STMT_COUNT
};

/* What searching takes pains with. Tests make the numbers small. */
struct effort {
    /* Pages: a list that is longer takes longer to read than looking at the
     * pages costs that it would have spared, where pairs say nearly the same. */
    int64_t long_list;
    /* Pages looked through for the first part of an answer, if it has `found`
     * by then: where few of those that lists name answer, as of a phrase of
     * common words, the newest do. */
    int64_t looks;
    int found;
};

struct fulltext {
    struct sql *db;
    enum fulltext_mode mode;
    bool made;  /* its tables were made at opening */
    bool batch; /* between fulltext_begin() and fulltext_commit() */
    int64_t epoch;
    /* Rows that a batch may use: block_next up to before block_end; floor is
     * the lowest row taken so far, 0: to be asked. */
    int64_t block_next, block_end, floor;
    int block_pages;
    struct effort effort;
    struct spellings spellings;
    struct frequency frequency;
    struct page_tokens tokens;
    struct sql_stmt *stmts[STMT_COUNT];
};

#define ENTRY_COLUMNS                                              \
    "SELECT first, pages, id, kind, batch, title, names, fields, " \
    "stored_at, day, version FROM document "

/* Pass st on; if it says DAMAGED, say what to do about it. */
NODISCARD enum status fulltext_advise(const struct fulltext *f, enum status st);

/* The statement, ready for sql_again(); sql_rest() it when done. */
NODISCARD enum status fulltext_ready(struct fulltext *f,
                                     enum fulltext_stmt which,
                                     struct sql_stmt **out);

/* A number of the table meta; 0 if it is not there. */
NODISCARD enum status fulltext_meta(struct fulltext *f, const char *name,
                                    int64_t *out);

/* The document with the row of a page, or by its id; first is 0 if there is
 * none.  out: entry_clear() */
NODISCARD enum status fulltext_entry_at(struct fulltext *f, int64_t row,
                                        struct entry *out);
NODISCARD enum status fulltext_entry_of(struct fulltext *f, const char *id,
                                        struct entry *out);

/* Within a transaction: put a document in place of what is there; take it
 * out. (indexer/put.c) */
NODISCARD enum status put_replace(struct fulltext *f, const struct record *r);
NODISCARD enum status put_drop(struct fulltext *f, const char *id);

#endif
