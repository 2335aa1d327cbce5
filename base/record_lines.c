/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See record_lines.h. */
#include "base/record_lines.h"

#include "base/alloc.h"
#include "base/i18n.h"
#include "base/json.h"
#include <stdlib.h>
#include <string.h>

typedef enum status (*take_line)(void *user, const char *line, size_t n);

/* Takes j over. */
static enum status give(json_t *j, take_line take, void *user)
{
    AUTO(free_char) char *text = json_text(j, false);
    json_decref(j);
    return take(user, text, strlen(text));
}

enum status record_lines(const struct record *r, take_line take, void *user)
{
    struct record head = *r;
    head.pages = NULL;
    head.n_pages = 0;
    enum status st = give(record_to_json(&head), take, user);
    for (int i = 0; i < r->n_pages && st == STATUS_OK; i++)
        st = give(page_to_json(&r->pages[i]), take, user);
    return st;
}

static enum status head_from_line(const char *line, size_t n,
                                  struct record **out)
{
    AUTO(json_decrefp) json_t *j = NULL;
    enum status st = json_parse(line, n, "record", &j);
    return st == STATUS_OK ? record_from_json(j, out) : st;
}

static enum status page_from_line(const char *line, size_t n, struct record *r)
{
    AUTO(json_decrefp) json_t *j = NULL;
    enum status st = json_parse(line, n, "page", &j);
    return st == STATUS_OK
               ? record_add_page(r, j)
               : explain(st, _("page %zu"), (size_t)r->n_pages + 1);
}

enum status record_from_lines(const char *bytes, size_t n, struct record **out)
{
    AUTO(record_freep) struct record *r = NULL;
    enum status st = STATUS_OK;
    do {
        const char *end = n > 0 ? memchr(bytes, '\n', n) : NULL;
        size_t length = end != NULL ? (size_t)(end - bytes) : n;
        st = r == NULL ? head_from_line(bytes, length, &r)
                       : page_from_line(bytes, length, r);
        n -= end != NULL ? length + 1 : length;
        bytes = end != NULL ? end + 1 : bytes + length;
    } while (n > 0 && st == STATUS_OK);
    if (st == STATUS_OK)
        *out = STEAL(r);
    return st;
}
