/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What waits for a person, and what becomes of a person's decision: the record
 * is changed, sealed as an amendment, and put into the index again.
 */
#include "service/archive.h"
#include "service/heading.h"
#include "service/review_inner.h"

#include "base/alloc.h"
#include "base/i18n.h"
#include "base/strbuf.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- what waits ---- */

enum status archive_review_list(struct archive *a, const char *kind,
                                const char *batch, int64_t limit,
                                enum status (*each)(void *user,
                                                    const struct review_row *r),
                                void *user, int64_t *total)
{
    const struct review_filter f = {
        .kind = kind,
        .batch = batch,
        .min_confidence_pct =
            (int)config_int(a->config, CONFIG_REVIEW_CONFIDENCE),
        .pages = config_bool(a->config, CONFIG_REVIEW_PAGES),
        .limit = limit,
    };
    enum status st = store_review_list(a->store, &f, each, user);
    if (st == STATUS_OK && total)
        st = store_review_count(a->store, &f, total);
    return st;
}

bool archive_field_waits(struct archive *a, const struct field *f)
{
    long least = config_int(a->config, CONFIG_REVIEW_CONFIDENCE);
    return strcmp(f->state, "review") == 0 ||
           (strcmp(f->state, "sure") == 0 && f->conf_pct < least);
}

/* ---- a decision ---- */

struct deciding {
    struct archive *a;
    const struct review_decision *d;
    struct record *r;
    struct review_outcome *out;
    struct strbuf set, accepted; /* names, for the note */
    bool new_title;
};

/* Number `which` (from 1) of the fields of that name; n: how many there are. */
static struct field *find_field(struct record *r, const char *name, int which,
                                int *n)
{
    struct field *found = NULL;
    *n = 0;
    for (int i = 0; i < r->n_fields; i++)
        if (strcmp(r->fields[i].name, name) == 0 && ++*n == which)
            found = &r->fields[i];
    return found;
}

static void add_name(struct strbuf *names, const char *name)
{
    strbuf_addf(names, "%s%s", names->len > 0 ? ", " : "", name);
}

/* From now on this is what a person says. Page and box stay: there it is. */
static void confirm(struct deciding *g, struct field *f)
{
    free(f->rule);
    f->rule = xasprintf("person:%s", g->d->who);
    free(f->state);
    f->state = xstrdup("confirmed");
    f->conf_pct = 100;
}

static enum status set_title(struct deciding *g, const char *typed)
{
    AUTO(free_char) char *value = NULL;
    enum status st = review_value("title", typed, &value);
    if (st != STATUS_OK)
        return st;
    if (!value)
        return fail(STATUS_USAGE, _("a document needs a title"));
    g->new_title = !g->r->title || strcmp(g->r->title, value) != 0;
    free(g->r->title);
    g->r->title = STEAL(value);
    add_name(&g->set, "title");
    g->out->set++;
    return STATUS_OK;
}

static enum status set_field(struct deciding *g, const struct review_change *c)
{
    AUTO(free_char) char *value = NULL;
    int which = 1, n = 0;
    AUTO(free_char) char *name = review_name_parts(c->name, &which);
    struct field *f = find_field(g->r, name, which, &n);
    if (!f && n == 0 && !review_name_is_known(name))
        return review_unknown_name(name);
    if (!f && which > n + 1)
        return fail(STATUS_USAGE, _("'%s' has %d times '%s'"), g->r->id, n,
                    name);
    enum status st = review_value(name, c->value, &value);
    if (st != STATUS_OK)
        return st;
    if (!f) {
        struct field added = {.name = xstrdup(name)};
        record_take_field(g->r, &added);
        f = &g->r->fields[g->r->n_fields - 1];
    }
    free(f->value);
    f->value = STEAL(value);
    confirm(g, f);
    add_name(&g->set, c->name);
    g->out->set++;
    return STATUS_OK;
}

static void accept(struct deciding *g, struct field *f)
{
    confirm(g, f);
    add_name(&g->accepted, f->name);
    g->out->accepted++;
}

/* All fields of that name, or the one that "NAME.2" means. */
static enum status accept_named(struct deciding *g, const char *typed)
{
    int found = 0, valued = 0, which = 0, seen = 0;
    AUTO(free_char) char *name = review_name_parts(typed, &which);
    for (int i = 0; i < g->r->n_fields; i++) {
        struct field *f = &g->r->fields[i];
        if (strcmp(f->name, name) != 0)
            continue;
        if (which > 0 && ++seen != which)
            continue;
        found++;
        valued += f->value != NULL;
        if (f->value && strcmp(f->state, "confirmed") != 0)
            accept(g, f);
    }
    if (found == 0)
        return fail(STATUS_USAGE, _("'%s' has no field '%s'"), g->r->id, name);
    if (valued == 0)
        return fail(STATUS_USAGE,
                    _("'%s' of '%s' has no value to accept; give it with: "
                      "hoso review set %s %s=VALUE"),
                    name, g->r->id, g->r->id, name);
    return STATUS_OK;
}

static void accept_all(struct deciding *g)
{
    for (int i = 0; i < g->r->n_fields; i++) {
        struct field *f = &g->r->fields[i];
        if (archive_field_waits(g->a, f) && f->value)
            accept(g, f);
    }
    for (int i = 0; i < g->r->n_pages; i++) {
        struct page *p = &g->r->pages[i];
        if (p->state != PAGE_LOW)
            continue;
        p->state = PAGE_OK; /* its doubts stay: they are facts */
        g->out->pages++;
    }
}

static enum status apply(struct deciding *g)
{
    enum status st = STATUS_OK;
    for (int i = 0; i < g->d->n_changes && st == STATUS_OK; i++) {
        const struct review_change *c = &g->d->changes[i];
        if (!c->value)
            st = accept_named(g, c->name);
        else if (strcmp(c->name, "title") == 0)
            st = set_title(g, c->value);
        else
            st = set_field(g, c);
    }
    if (st == STATUS_OK && g->d->all)
        accept_all(g);
    for (int i = 0; i < g->r->n_fields; i++)
        g->out->left += archive_field_waits(g->a, &g->r->fields[i]);
    return st;
}

/* Names, not values: a note may be read by more people than a dossier. */
static char *note_of(const struct deciding *g)
{
    struct strbuf b;
    strbuf_init(&b);
    strbuf_adds(&b, "review:");
    if (g->set.len > 0)
        strbuf_addf(&b, " set %s", g->set.s);
    if (g->accepted.len > 0)
        strbuf_addf(&b, "%s accepted %s", g->set.len > 0 ? ";" : "",
                    g->accepted.s);
    if (g->out->pages > 0)
        strbuf_addf(&b, "%s looked at %d pages",
                    g->set.len + g->accepted.len > 0 ? ";" : "", g->out->pages);
    return strbuf_take(&b);
}

static enum status write_down(struct deciding *g)
{
    AUTO(free_char) char *note = note_of(g);
    struct amendment m = {.record = g->r,
                          .agent = g->d->who,
                          .note = note,
                          .seconds = g->d->seconds,
                          .access_fd = -1};
    enum status st = STATUS_OK;
    if (g->new_title)
        st = review_access_pdf(g->a, g->r, &m.access_fd);
    if (st == STATUS_OK)
        st = store_amend(g->a->store, &m);
    if (m.access_fd >= 0)
        close(m.access_fd);
    if (st != STATUS_OK)
        return st;
    g->out->version = g->r->versions[g->r->n_versions - 1].number;
    st = archive_index(g->a, g->r);
    return st == STATUS_OK ? archive_index_settle(g->a) : st;
}

enum status archive_review(struct archive *a, const struct review_decision *d,
                           struct review_outcome *out)
{
    AUTO(record_freep) struct record *r = NULL;
    struct deciding g = {.a = a, .d = d, .out = out};
    *out = (struct review_outcome){0};
    enum status st = store_read_record(a->store, d->id, &r);
    if (st != STATUS_OK)
        return st;
    g.r = r;
    strbuf_init(&g.set);
    strbuf_init(&g.accepted);
    AUTO(free_char) char *earlier = record_heading(r);
    st = apply(&g);
    if (st == STATUS_OK && !g.new_title)
        g.new_title = record_follow_heading(r, earlier);
    if (st == STATUS_OK && out->set + out->accepted + out->pages > 0)
        st = write_down(&g);
    strbuf_clear(&g.set);
    strbuf_clear(&g.accepted);
    return st;
}
