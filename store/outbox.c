/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Documents that wait for the index. A row is put in by the transaction that
 * catalogues the document and taken out when the index has it, so the index
 * catches up after any crash.
 */
#include "store/inner.h"

#include "base/alloc.h"

#include <stdlib.h>

enum status store_outbox(struct store *s, int max, char ***ids, int *n)
{
    AUTO(sql_finishp) struct sql_stmt *q = NULL;
    struct path_list list = {0};
    bool row = false;
    enum status st = sql_prepare(s->catalogue, &q,
                                 "SELECT d.id FROM outbox AS o"
                                 " JOIN document AS d ON d.id = o.document"
                                 " ORDER BY d.year, d.number LIMIT ?",
                                 "i", (int64_t)max);

    while (st == STATUS_OK && (st = sql_step(q, &row)) == STATUS_OK && row) {
        GROW(list.items, list.n, list.cap);
        list.items[list.n++] = xstrdup(sql_text(q, 0));
    }
    if (st != STATUS_OK) {
        path_list_clear(&list);
        return st;
    }
    *ids = list.items;
    *n = list.n;
    return STATUS_OK;
}

static enum status run_locked(struct store *s, const char *text,
                              const char *bind, const char *id)
{
    enum status st = store_lock(s);

    if (st != STATUS_OK)
        return st;
    st = id ? sql_run(s->catalogue, text, bind, id)
            : sql_run(s->catalogue, text, bind);
    if (st == STATUS_OK)
        s->commits++;
    store_unlock(s);
    return st;
}

enum status store_outbox_done(struct store *s, const char *id)
{
    return run_locked(s, "DELETE FROM outbox WHERE document = ?", "s", id);
}

enum status store_outbox_all(struct store *s)
{
    return run_locked(s, "INSERT OR IGNORE INTO outbox SELECT id FROM document",
                      "", NULL);
}
