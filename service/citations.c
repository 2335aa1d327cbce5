/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Citations as links. A citation is text ("Quyết định 15/QĐ-SKHCN ngày
 * 05/03/2020"); the index says cheaply which pages may hold its number, and
 * the records of those few documents whether it is really theirs. Nothing is
 * kept: a document that is taken in later is linked at once, and a number
 * that a person corrects moves its links.
 */
#include "service/citations.h"

#include "base/alloc.h"
#include "base/strbuf.h"
#include "base/text.h"
#include "service/archive.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#define PAGES_MAX 100    /* of the index, for one question */
#define DOCUMENTS_MAX 50 /* whose records are read for one question */

static void linked_clear(struct linked_list *l)
{
    for (int i = 0; i < l->n; i++) {
        free(l->items[i].id);
        free(l->items[i].title);
    }
    free(l->items);
    *l = (struct linked_list){0};
}

void citations_clear(struct citations *c)
{
    for (int i = 0; i < c->n; i++) {
        free(c->items[i].text);
        free(c->items[i].type);
        free(c->items[i].number);
        free(c->items[i].date);
        linked_clear(&c->items[i].documents);
    }
    free(c->items);
    linked_clear(&c->cited_by);
    *c = (struct citations){0};
}

/* ---- what a citation says ---- */

/* Whether a word is the number of a document: "15/QĐ-SKHCN", "20-NQ/TW". */
static bool is_number(const char *word)
{
    size_t sign = strcspn(word, "/-");
    return isdigit((unsigned char)word[0]) && word[sign] != '\0' &&
           strpbrk(word + sign, "\"*") == NULL;
}

/* "05/03/2020" as "2020-03-05"; NULL if it is no such day. Caller frees. */
static char *iso_of(const char *day)
{
    int digits = 0;
    for (const char *c = day; *c; c++)
        digits += isdigit((unsigned char)*c) != 0;
    if (strlen(day) != 10 || digits != 8 || day[2] != '/' || day[5] != '/')
        return NULL;
    return xasprintf("%.4s-%.2s-%.2s", day + 6, day + 3, day);
}

/* Take one citation apart; false if it has neither number nor day. */
static bool read_citation(const char *text, struct citation *out)
{
    static const char before_day[] = " ngày ";
    *out = (struct citation){.text = xstrdup(text)};
    AUTO(free_char) char *rest = xstrdup(text);
    char *day = strstr(rest, before_day);
    if (day) {
        out->date = iso_of(day + strlen(before_day));
        *day = '\0';
    }
    char *last = strrchr(rest, ' ');
    char *word = last ? last + 1 : rest;
    if (is_number(word)) {
        out->number = xstrdup(word);
        *(last ? last : rest) = '\0';
    }
    if (*rest)
        out->type = xstrdup(rest);
    return out->number || out->date;
}

/* The field may hold a list: so it was kept at first, and so people type. */
static void add_field(struct citations *c, const struct field *f)
{
    AUTO(free_char) char *list = xstrdup(f->value);
    char *rest = list;
    for (char *part; (part = strsep(&rest, ";")) != NULL;) {
        part += strspn(part, " ");
        struct citation one;
        if (read_citation(part, &one)) {
            one.field = f;
            GROW(c->items, c->n, c->cap);
            c->items[c->n++] = one;
            continue;
        }
        free(one.text);
        free(one.type);
    }
}

/* ---- is it this one? ---- */

static const char *known(const struct record *r, const char *name)
{
    for (int i = 0; i < r->n_fields; i++) {
        const struct field *f = &r->fields[i];
        if (strcmp(f->name, name) == 0)
            return f->value && strcmp(f->state, "review") != 0 ? f->value
                                                               : NULL;
    }
    return NULL;
}

/* Whether two numbers are the same, but for case and marks, zeros before the
 * first digit and spaces. */
static bool same_number(const char *a, const char *b)
{
    AUTO(free_char) char *x = text_fold(a);
    AUTO(free_char) char *y = text_fold(b);
    const char *p = x + strspn(x, "0 "), *q = y + strspn(y, "0 ");
    while (*p && *q) {
        if (*p == ' ')
            p++;
        else if (*q == ' ')
            q++;
        else if (*p++ != *q++)
            return false;
    }
    return *p == '\0' && *q == '\0';
}

static bool same_words(const char *a, const char *b)
{
    AUTO(free_char) char *x = text_fold(a);
    AUTO(free_char) char *y = text_fold(b);
    return strcmp(x, y) == 0;
}

/* Whether r is the document that is cited. */
static bool is_cited(const struct record *r, const struct citation *c)
{
    const char *number = known(r, "number"), *date = known(r, "date");
    if (c->date && date && strcmp(c->date, date) != 0)
        return false;
    if (c->number)
        return number && same_number(c->number, number);
    /* "Luật Đấu thầu" of that day: its type and its subject */
    const char *type = known(r, "type"), *subject = known(r, "subject");
    if (!date || !type || !subject || !c->type)
        return false;
    AUTO(free_char) char *whole = xasprintf("%s %s", type, subject);
    return same_words(c->type, whole) || same_words(c->type, subject);
}

/* Whether r cites the document of this number and day. */
static bool cites(const struct record *r, const char *number, const char *date)
{
    struct citations c = {0};
    bool found = false;
    for (int i = 0; i < r->n_fields; i++)
        if (strcmp(r->fields[i].name, "cites") == 0 && r->fields[i].value &&
            strcmp(r->fields[i].state, "review") != 0)
            add_field(&c, &r->fields[i]);
    for (int i = 0; i < c.n && !found; i++)
        found =
            c.items[i].number && same_number(c.items[i].number, number) &&
            (!date || !c.items[i].date || strcmp(date, c.items[i].date) == 0);
    citations_clear(&c);
    return found;
}

/* ---- asking the archive ---- */

/* One question: pages that may answer, and whether a record does. */
struct question {
    struct archive *a;
    const struct record *self;
    const struct citation *cited; /* looked for; NULL: who cites self */
    struct linked_list *out;
};

static bool answers(const struct question *q, const struct record *r)
{
    if (q->cited)
        return is_cited(r, q->cited);
    return cites(r, known(q->self, "number"), known(q->self, "date"));
}

static enum status look_at(const struct question *q, const struct hit *h)
{
    AUTO(record_freep) struct record *r = NULL;
    enum status st = store_read_record(q->a->store, h->id, &r);
    if (st == STATUS_NOT_FOUND) /* the index is behind */
        return STATUS_OK;
    if (st != STATUS_OK || !answers(q, r))
        return st;
    GROW(q->out->items, q->out->n, q->out->cap);
    q->out->items[q->out->n++] =
        (struct linked){xstrdup(h->id), xstrdup(r->title ? r->title : "")};
    return STATUS_OK;
}

static int by_id(const void *a, const void *b)
{
    return strcmp(((const struct linked *)a)->id,
                  ((const struct linked *)b)->id);
}

/* Whether the document of hit i is that of an earlier one, or self. */
static bool is_seen(const struct question *q, const struct hits *h, int i)
{
    for (int k = 0; k < i; k++)
        if (strcmp(h->items[k].id, h->items[i].id) == 0)
            return true;
    return strcmp(h->items[i].id, q->self->id) == 0;
}

static enum status ask_index(const struct question *q, const char *text,
                             bool staff)
{
    struct query asked = {
        .text = text, .kind = staff ? "staff" : NULL, .limit = PAGES_MAX};
    struct hits h = {0};
    if (archive_search(q->a, &asked, &h) != STATUS_OK)
        return STATUS_OK; /* no index, or nothing that can be asked */
    enum status st = STATUS_OK;
    int looked = 0;
    q->out->more = q->out->more || h.next != NULL;
    for (int i = 0; i < h.n && st == STATUS_OK; i++) {
        if (is_seen(q, &h, i))
            continue;
        if (looked++ == DOCUMENTS_MAX) {
            q->out->more = true;
            break;
        }
        st = look_at(q, &h.items[i]);
    }
    hits_clear(&h);
    return st;
}

static enum status ask(const struct question *q, const char *text)
{
    enum status st = ask_index(q, text, false);
    if (st == STATUS_OK && q->self->kind && strcmp(q->self->kind, "staff") == 0)
        st = ask_index(q, text, true);
    if (q->out->n > 1)
        qsort(q->out->items, (size_t)q->out->n, sizeof(q->out->items[0]),
              by_id);
    return st;
}

/* The day first: a number alone is also on every page that cites it. */
static enum status find_cited(struct archive *a, const struct record *rec,
                              struct citation *c)
{
    struct question q = {.a = a, .self = rec, .cited = c, .out = &c->documents};
    AUTO(free_char)
    char *number = c->number ? xasprintf("số:\"%s\"", c->number) : xstrdup("");
    enum status st = STATUS_OK;
    if (c->date) {
        AUTO(free_char)
        char *text =
            xasprintf("ngày:%s %s", c->date, c->number ? number : "loại:luật");
        st = ask(&q, text);
    }
    if (st != STATUS_OK || c->documents.n > 0 || !c->number)
        return st;
    return ask(&q, number);
}

enum status archive_citations(struct archive *a, const struct record *rec,
                              struct citations *out)
{
    *out = (struct citations){0};
    for (int i = 0; i < rec->n_fields; i++)
        if (strcmp(rec->fields[i].name, "cites") == 0 && rec->fields[i].value)
            add_field(out, &rec->fields[i]);
    enum status st = STATUS_OK;
    for (int i = 0; i < out->n && st == STATUS_OK; i++)
        st = find_cited(a, rec, &out->items[i]);
    const char *number = known(rec, "number");
    if (st == STATUS_OK && number && is_number(number)) {
        struct question q = {.a = a, .self = rec, .out = &out->cited_by};
        AUTO(free_char) char *text = xasprintf("\"%s\"", number);
        st = ask(&q, text);
    }
    if (st != STATUS_OK)
        citations_clear(out);
    return st;
}
