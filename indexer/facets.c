/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How what was found spreads over kinds, years, types, agencies and
 * procedures. */
#include "indexer/search.h"

#include "base/alloc.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
    PAGES_FACETED = HITS_TOTAL_MAX,
    VALUES_MAX = 20, /* of a key: the commonest */
};

const char *facet_json(enum facet_key key)
{
    static const char *const names[FACET_COUNT] = {
#define FACET_NAME(name, json) [FACET_##name] = (json),
        FACET_LIST(FACET_NAME)
#undef FACET_NAME
    };
    return names[key];
}

static char *year_of(const struct entry *e)
{
    time_t at = (time_t)e->stored_at;
    struct tm tm = {0};
    gmtime_r(&at, &tm);
    return xasprintf("%d", e->day ? e->day / 10000 : tm.tm_year + 1900);
}

static char *value_of(const struct entry *e, enum facet_key key)
{
    switch (key) {
    case FACET_KIND:
        return xstrdup(e->kind);
    case FACET_YEAR:
        return year_of(e);
    case FACET_TYPE:
        return entry_field(e, "type");
    case FACET_AGENCY:
        return entry_field(e, "issuer");
    default:
        return entry_field(e, "procedure");
    }
}

struct faceting {
    struct tally values[FACET_COUNT];
    struct entry entry; /* of the page looked at last */
    int64_t looked;
};

static enum status count_page(struct search *in, struct faceting *c,
                              int64_t row)
{
    struct entry *e = &c->entry;
    if (!e->first || row < e->first || row >= e->first + e->pages) {
        entry_clear(e);
        enum status st = fulltext_entry_at(in->f, row, e);
        if (st != STATUS_OK || !e->first)
            return st;
    }
    for (int k = 0; k < FACET_COUNT; k++) {
        AUTO(free_char) char *value = value_of(e, (enum facet_key)k);
        if (value[0])
            tally_add(&c->values[k], value, strlen(value), 1);
    }
    return STATUS_OK;
}

static int by_pages(const void *a, const void *b)
{
    const struct facet *x = a, *y = b;
    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    if (x->pages != y->pages)
        return x->pages > y->pages ? -1 : 1;
    return strcmp(x->value, y->value);
}

static void take_values(struct faceting *c, struct hits *out)
{
    for (int k = 0; k < FACET_COUNT; k++)
        for (int i = 0; i < c->values[k].n; i++) {
            GROW(out->facets, out->n_facets, out->cap_facets);
            out->facets[out->n_facets++] = (struct facet){
                (enum facet_key)k, xstrdup(tally_text(&c->values[k], i)),
                (int64_t)c->values[k].items[i].n};
        }
    if (out->n_facets > 1)
        qsort(out->facets, (size_t)out->n_facets, sizeof(*out->facets),
              by_pages);
    int kept = 0, of_key = 0;
    for (int i = 0; i < out->n_facets; i++) {
        struct facet *f = &out->facets[i];
        of_key = kept && out->facets[kept - 1].key == f->key ? of_key + 1 : 0;
        if (of_key < VALUES_MAX)
            out->facets[kept++] = *f;
        else
            free(f->value);
    }
    out->n_facets = kept;
}

enum status search_facets(struct search *in, struct hits *out)
{
    struct sql_stmt *s;
    struct faceting c = {0};
    bool row = true;
    enum status st =
        search_rows(in, in->plan.passes[in->plan.n_passes - 1], &s);
    while (st == STATUS_OK && c.looked < PAGES_FACETED) {
        struct found one = {0};
        st = sql_step(s, &row);
        if (st != STATUS_OK || !row)
            break;
        if (in->plan.verify)
            st = search_look(in, sql_int(s, 0), &one);
        c.looked++;
        if (st == STATUS_OK && one.score >= 0)
            st = count_page(in, &c, sql_int(s, 0));
    }
    sql_rest(s);
    out->facets_capped = row;
    if (st == STATUS_OK)
        take_values(&c, out);
    for (int k = 0; k < FACET_COUNT; k++)
        tally_clear(&c.values[k]);
    entry_clear(&c.entry);
    return st;
}
