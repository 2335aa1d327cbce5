/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What documents there are: list, count, get. */
#include "store/inner.h"

#include "base/alloc.h"
#include "base/strbuf.h"

#include <stdlib.h>

/* Every condition has its place, so that one statement serves every filter:
 * a parameter that is NULL or 0 lets everything through. */
#define WHERE                                                \
    " WHERE ((?1 IS NULL AND kind <> 'staff') OR kind = ?1)" \
    " AND (?2 IS NULL OR batch = ?2)"                        \
    " AND (?3 = 0 OR stored_at >= ?3) AND (?4 = 0 OR stored_at <= ?4)"

static enum status matching_ids(struct store *s, const struct list_filter *f,
                                struct path_list *ids)
{
    AUTO(sql_finishp) struct sql_stmt *q = NULL;
    bool row = false;
    enum status st = sql_prepare(
        s->catalogue, &q,
        "SELECT id FROM document" WHERE
        " ORDER BY year, number LIMIT ?5 OFFSET ?6",
        "ssiiii", f->kind, f->batch, (int64_t)f->from, (int64_t)f->to,
        f->limit < 0 ? INT64_C(-1) : f->limit, f->offset);

    if (st != STATUS_OK)
        return st;
    while ((st = sql_step(q, &row)) == STATUS_OK && row) {
        GROW(ids->items, ids->n, ids->cap);
        ids->items[ids->n++] = xstrdup(sql_text(q, 0));
    }
    return st;
}

/* The ids are taken first: each() may take its time, and no read transaction
 * should hold the checkpoint up while it does. */
enum status store_list(struct store *s, const struct list_filter *f,
                       enum status (*each)(void *user, const struct doc_row *d),
                       void *user)
{
    struct path_list ids = {0};
    enum status st = matching_ids(s, f, &ids);

    for (int i = 0; st == STATUS_OK && i < ids.n; i++) {
        struct doc_row d;

        st = catalogue_get(s->catalogue, ids.items[i], &d);
        if (st != STATUS_OK)
            break;
        st = each(user, &d);
        doc_row_clear(&d);
    }
    path_list_clear(&ids);
    return st;
}

enum status store_count(struct store *s, const struct list_filter *f,
                        int64_t *out)
{
    *out = 0;
    return sql_int_of(s->catalogue, out, "SELECT count(*) FROM document" WHERE,
                      "ssii", f->kind, f->batch, (int64_t)f->from,
                      (int64_t)f->to);
}

enum status store_get(struct store *s, const char *id, struct doc_row *out)
{
    return catalogue_get(s->catalogue, id, out);
}

enum status store_find_source(struct store *s, const char *sha256, bool *found,
                              char id[STORE_ID_BYTES])
{
    return catalogue_find_source(s->catalogue, sha256, found, id);
}
