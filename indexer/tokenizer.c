/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The tokenizer that FTS5 calls. A document's word gives its folded form and,
 * at the same place, its exact form if that differs. No folded form has a
 * mark, so the two never mix. A query's strings are made by indexer/query.c
 * and are words in one of the two forms already: they go through untouched.
 */
#include "indexer/tokenizer.h"

#include "base/i18n.h"
#include "indexer/syllable.h"
#include <sqlite3.h>
#include <string.h>

typedef int token_fn(void *ctx, int flags, const char *token, int n, int start,
                     int end);

/* FTS5 wants an object; ours has no state. */
static int create(void *api, const char **args, int n_args,
                  Fts5Tokenizer **out)
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
            rc = token(ctx, FTS5_TOKEN_COLOCATED, s.exact,
                       (int)strlen(s.exact), start, end);
        if (rc != SQLITE_OK)
            return rc;
    }
    return SQLITE_OK;
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
    if (api->xCreateTokenizer(api, "hoso", NULL, &own, NULL) != SQLITE_OK)
        return fail(STATUS_INTERNAL,
                    _("SQLite refuses the tokenizer of hoso"));
    return STATUS_OK;
}
