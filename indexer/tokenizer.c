/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What FTS5 calls for the tokens of a page or of a query's string. */
#include "indexer/tokenizer.h"

#include "base/i18n.h"
#include "indexer/tokens.h"
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
    for (int at = 0; at < n;) {
        const char *end = memchr(text + at, TOKEN_END, (size_t)(n - at));
        int to = end ? (int)(end - text) : n;
        int rc =
            to > at ? token(ctx, 0, text + at, to - at, at, to) : SQLITE_OK;
        if (rc != SQLITE_OK)
            return rc;
        at = to + 1;
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
        return fail(STATUS_INTERNAL, _("SQLite refuses the tokenizer of hoso"));
    return STATUS_OK;
}
