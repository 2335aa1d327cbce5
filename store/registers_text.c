/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What stands on a document, for the matching: of the first page its head and
 * what it says first, of the last whom it goes to. Number, day and applicant
 * stand there, often more than once. Papers of staff are nobody's business
 * here.
 */
#include "store/registers_inner.h"

#include "base/alloc.h"
#include "base/strbuf.h"

#include <stdlib.h>
#include <string.h>

#define HEAD_BYTES 2000
#define TAIL_BYTES 700

static char *page_key(const struct page *p)
{
    AUTO(free_char) char *text = page_text(p);

    return register_key(text);
}

enum status put_document_text(struct sql *db, const struct record *r)
{
    AUTO(free_char) char *head = NULL;
    AUTO(free_char) char *tail = NULL;
    struct strbuf b;
    enum status st =
        sql_run(db, "DELETE FROM document_text WHERE document = ?", "s", r->id);

    if (st != STATUS_OK || strcmp(r->kind, "staff") == 0 || r->n_pages == 0)
        return st;
    head = page_key(&r->pages[0]);
    tail = page_key(&r->pages[r->n_pages - 1]);
    size_t n = strlen(head), m = strlen(tail);
    size_t from = m > TAIL_BYTES ? m - TAIL_BYTES : 0;
    if (r->n_pages == 1 && from < HEAD_BYTES)
        from = n < HEAD_BYTES ? n : HEAD_BYTES; /* what head has not */
    strbuf_init(&b);
    strbuf_add(&b, head, n < HEAD_BYTES ? n : HEAD_BYTES);
    strbuf_addc(&b, ' ');
    strbuf_adds(&b, tail + from);
    st = sql_run(db, "INSERT INTO document_text VALUES(?,?)", "ss", r->id, b.s);
    strbuf_clear(&b);
    return st;
}
