/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What FTS5 calls: the tokenizer "hoso" and the ranking function hoso_rank.
 *
 * The tokenizer: a document's word gives its folded form and,
 * at the same place, its exact form if that differs. No folded form has a
 * mark, so the two never mix. A query's strings are made by indexer/query.c
 * and are words in one of the two forms already: they go through untouched.
 */
#include "indexer/tokenizer.h"

#include "base/i18n.h"
#include "indexer/rank.h"
#include "indexer/syllable.h"
#include <sqlite3.h>
#include <string.h>

typedef int token_fn(void *ctx, int flags, const char *token, int n, int start,
                     int end);

/* FTS5 wants an object; ours has no state. */
static int create(void *api, const char **args, int n_args, Fts5Tokenizer **out)
{
    static char nothing;
    (void)api;
    (void)args;
    if (n_args)
        return SQLITE_ERROR;
    *out = (Fts5Tokenizer *)&nothing;
    return SQLITE_OK;
}

static void discard(Fts5Tokenizer *t)
{
    (void)t;
}

static int tokenize(Fts5Tokenizer *t, void *ctx, int why, const char *text,
                    int n, token_fn *token)
{
    (void)t;
    if (why & FTS5_TOKENIZE_QUERY)
        return n > 0 ? token(ctx, 0, text, n, 0, n) : SQLITE_OK;
    struct syllable s;
    for (size_t pos = 0; syllable_next(text, (size_t)n, &pos, &s);) {
        int start = (int)s.start, end = (int)s.end;
        int rc = token(ctx, 0, s.folded, (int)strlen(s.folded), start, end);
        if (rc == SQLITE_OK && s.exact[0])
            rc = token(ctx, FTS5_TOKEN_COLOCATED, s.exact, (int)strlen(s.exact),
                       start, end);
        if (rc != SQLITE_OK)
            return rc;
    }
    return SQLITE_OK;
}

/* How rare each term of a query is; made at its first row. */
struct rarity {
    int n;
    double idf[];
};

struct counting {
    int64_t n, enough;
};

static int count_row(const Fts5ExtensionApi *api, Fts5Context *row, void *user)
{
    struct counting *c = user;
    (void)api;
    (void)row;
    return ++c->n >= c->enough ? SQLITE_DONE : SQLITE_OK;
}

/* A term on a quarter of the pages is common: no need to count on. */
static int64_t enough_of(int64_t pages)
{
    return pages / 4 > 1000 ? pages / 4 : 1000;
}

static int weigh(const Fts5ExtensionApi *api, Fts5Context *row,
                 struct rarity **out)
{
    struct rarity *r = api->xGetAuxdata(row, 0);
    int n = api->xPhraseCount(row);
    sqlite3_int64 pages = 0;
    *out = r;
    if (r)
        return SQLITE_OK;
    int rc = api->xRowCount(row, &pages);
    if (rc != SQLITE_OK)
        return rc;
    r = sqlite3_malloc64(sizeof(*r) + (size_t)n * sizeof(r->idf[0]));
    if (!r)
        return SQLITE_NOMEM;
    r->n = n;
    for (int i = 0; i < n && rc == SQLITE_OK; i++) {
        struct counting c = {0, enough_of(pages)};
        /* A term alone is as rare on every page: its rarity orders nothing,
         * and counting costs as much as finding. */
        if (n > 1)
            rc = api->xQueryPhrase(row, i, &c, count_row);
        r->idf[i] = rank_idf(pages, c.n);
    }
    if (rc != SQLITE_OK) {
        sqlite3_free(r);
        return rc;
    }
    *out = r;
    return api->xSetAuxdata(row, r, sqlite3_free);
}

/* The occurrences of one term on a row, in order. */
struct walk {
    Fts5PhraseIter at;
    int column, offset; /* column < 0: no more */
};

static int walk_start(const Fts5ExtensionApi *api, Fts5Context *row, int term,
                      struct walk *w)
{
    return api->xPhraseFirst(row, term, &w->at, &w->column, &w->offset);
}

static void walk_on(const Fts5ExtensionApi *api, Fts5Context *row,
                    struct walk *w)
{
    api->xPhraseNext(row, &w->at, &w->column, &w->offset);
}

/* What the occurrences of a term count, in *out. */
static int count_term(const Fts5ExtensionApi *api, Fts5Context *row, int term,
                      double *out)
{
    struct walk w;
    int rc = walk_start(api, row, term, &w);
    for (*out = 0; rc == SQLITE_OK && w.column >= 0; walk_on(api, row, &w))
        *out += rank_weight(w.column);
    return rc;
}

/* Whether a comes before the place where b must follow it. */
static int is_behind(const struct walk *a, int size, const struct walk *b)
{
    if (a->column != b->column)
        return a->column < b->column;
    return a->offset + size < b->offset;
}

/* What the places count where term + 1 follows term at once. */
static int count_neighbours(const Fts5ExtensionApi *api, Fts5Context *row,
                            int term, double *out)
{
    struct walk a, b;
    int size = api->xPhraseSize(row, term);
    int rc = walk_start(api, row, term, &a);
    *out = 0;
    if (rc == SQLITE_OK)
        rc = walk_start(api, row, term + 1, &b);
    while (rc == SQLITE_OK && a.column >= 0 && b.column >= 0) {
        if (is_behind(&a, size, &b)) {
            walk_on(api, row, &a);
            continue;
        }
        if (a.column == b.column && a.offset + size == b.offset)
            *out += rank_weight(a.column);
        walk_on(api, row, &b);
    }
    return rc;
}

static void rank(const Fts5ExtensionApi *api, Fts5Context *row,
                 sqlite3_context *result, int n_args, sqlite3_value **args)
{
    struct rarity *r = NULL;
    double score = 0;
    (void)args;
    int rc = n_args ? SQLITE_MISUSE : weigh(api, row, &r);
    for (int i = 0; rc == SQLITE_OK && i < r->n; i++) {
        double n = 0;
        rc = count_term(api, row, i, &n);
        score += r->idf[i] * rank_worth(n);
        if (rc != SQLITE_OK || i + 1 == r->n)
            continue;
        rc = count_neighbours(api, row, i, &n);
        score += (r->idf[i] + r->idf[i + 1]) * rank_worth(n);
    }
    if (rc != SQLITE_OK)
        sqlite3_result_error_code(result, rc);
    else
        sqlite3_result_double(result, score);
}

/* The door FTS5 leaves open for extensions; NULL if it is not built in. */
static fts5_api *api_of(sqlite3 *db)
{
    fts5_api *api = NULL;
    sqlite3_stmt *s = NULL;
    if (sqlite3_prepare_v2(db, "SELECT fts5(?1)", -1, &s, NULL) == SQLITE_OK) {
        sqlite3_bind_pointer(s, 1, &api, "fts5_api_ptr", NULL);
        sqlite3_step(s);
    }
    sqlite3_finalize(s);
    return api;
}

enum status tokenizer_register(struct sql *db)
{
    fts5_api *api = api_of(sql_handle(db));
    if (!api)
        return fail(STATUS_MISSING,
                    _("this SQLite has no full-text search (FTS5); install "
                      "the package libsqlite3-0 of Debian"));
    fts5_tokenizer own = {create, discard, tokenize};
    if (api->xCreateTokenizer(api, "hoso", NULL, &own, NULL) != SQLITE_OK ||
        api->xCreateFunction(api, "hoso_rank", NULL, rank, NULL) != SQLITE_OK)
        return fail(STATUS_INTERNAL, _("SQLite refuses the tokenizer of hoso"));
    return STATUS_OK;
}
