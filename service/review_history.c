/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What changed from version to version, by comparing the records that the
 * packages hold: a note can only say what its writer thought of. */
#include "service/review_inner.h"

#include "base/alloc.h"
#include "base/i18n.h"

#include <stdlib.h>
#include <string.h>

void history_clear(struct history *h)
{
    for (int i = 0; i < h->n; i++) {
        for (int k = 0; k < h->items[i].n_changes; k++) {
            struct history_change *c = &h->items[i].changes[k];
            free(c->name);
            free(c->from);
            free(c->to);
            free(c->state);
        }
        free(h->items[i].changes);
    }
    free(h->items);
    *h = (struct history){0};
}

static bool same(const char *a, const char *b)
{
    return a && b ? strcmp(a, b) == 0 : a == b;
}

static char *copy(const char *s)
{
    return s ? xstrdup(s) : NULL;
}

/* name is taken. */
static void add_change(struct history_item *item, char *take_name,
                       const char *from, const char *to, const char *state)
{
    GROW(item->changes, item->n_changes, item->cap_changes);
    item->changes[item->n_changes++] =
        (struct history_change){take_name, copy(from), copy(to), copy(state)};
}

/* The field of r that is the same one as number i of `of`: by name, and by
 * which of those of that name it is. */
static const struct field *counterpart(const struct record *of, int i,
                                       const struct record *r)
{
    int which = 0;
    for (int k = 0; k < i; k++)
        which += strcmp(of->fields[k].name, of->fields[i].name) == 0;
    for (int k = 0; k < r->n_fields; k++)
        if (strcmp(r->fields[k].name, of->fields[i].name) == 0 &&
            which-- == 0)
            return &r->fields[k];
    return NULL;
}

static void compare_fields(struct history_item *item, const struct record *old,
                           const struct record *new)
{
    for (int i = 0; i < new->n_fields; i++) {
        const struct field *f = &new->fields[i];
        const struct field *was = counterpart(new, i, old);
        if (!was || !same(was->value, f->value) || !same(was->state, f->state))
            add_change(item, xstrdup(f->name), was ? was->value : NULL,
                       f->value, f->state);
    }
    for (int i = 0; i < old->n_fields; i++)
        if (!counterpart(old, i, new))
            add_change(item, xstrdup(old->fields[i].name),
                       old->fields[i].value, NULL, NULL);
}

static void compare(struct history_item *item, const struct record *old,
                    const struct record *new)
{
    if (!same(old->title, new->title))
        add_change(item, xstrdup("title"), old->title, new->title, NULL);
    compare_fields(item, old, new);
    for (int i = 0; i < new->n_pages && i < old->n_pages; i++)
        if (old->pages[i].state != new->pages[i].state)
            add_change(item, xasprintf("page %d", i + 1),
                       page_state_json(old->pages[i].state),
                       page_state_json(new->pages[i].state), NULL);
}

static enum status fill(struct archive *a, const struct record *r,
                        struct history *out)
{
    AUTO(record_freep) struct record *old = NULL;
    enum status st = STATUS_OK;
    for (int i = 0; i < out->n && st == STATUS_OK; i++) {
        AUTO(record_freep) struct record *next = NULL;
        st = store_read_version(a->store, r->id, r->versions[i].number, &next);
        if (st == STATUS_OK && old)
            compare(&out->items[i], old, next);
        record_free(old);
        old = STEAL(next);
    }
    return st;
}

enum status archive_history(struct archive *a, const struct record *r,
                            struct history *out)
{
    out->n = r->n_versions;
    out->items = xcalloc((size_t)r->n_versions + 1, sizeof(*out->items));
    for (int i = 0; i < r->n_versions; i++)
        out->items[i].version = &r->versions[i];
    enum status st = fill(a, r, out);
    if (st != STATUS_OK)
        history_clear(out);
    return st;
}
