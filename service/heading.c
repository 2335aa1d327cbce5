/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A scanner calls its files scan0042.jpg: in a list that tells nobody
 * anything. So a document is called as it would be cited, as soon as what it
 * is has been read; the names of its files stay with the sources.
 */
#include "service/heading.h"

#include "base/alloc.h"
#include "base/strbuf.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

/* A heading is one line of a list; a subject may be a paragraph. */
#define SUBJECT_BYTES_MAX 200

static const char *known(const struct record *r, const char *name)
{
    for (int i = 0; i < r->n_fields; i++) {
        const struct field *f = &r->fields[i];
        if (strcmp(f->name, name) == 0)
            return f->value && *f->value && strcmp(f->state, "review") != 0
                       ? f->value
                       : NULL;
    }
    return NULL;
}

/* 2020-11-08 as 08/11/2020. */
static void add_day(struct strbuf *b, const char *before, const char *iso)
{
    if (iso && strlen(iso) == strlen("2020-11-08"))
        strbuf_addf(b, "%s%.2s/%.2s/%.4s", before, iso + 8, iso + 5, iso);
}

/* Cut between syllables, never within a letter. */
static void add_subject(struct strbuf *b, const char *subject)
{
    size_t n = strlen(subject);
    if (n <= SUBJECT_BYTES_MAX) {
        strbuf_adds(b, subject);
        return;
    }
    n = SUBJECT_BYTES_MAX;
    while (n > 0 && subject[n] != ' ')
        n--;
    strbuf_addf(b, "%.*s …", (int)n, subject);
}

static void add_person(struct strbuf *b, const struct record *r,
                       const char *type, const char *person)
{
    const char *born = known(r, "birth_date");
    strbuf_addf(b, "%s: %s", type, person);
    if (born)
        strbuf_addf(b, " (%.4s)", born);
}

char *record_heading(const struct record *r)
{
    const char *type = known(r, "type");
    const char *number = known(r, "number");
    const char *subject = known(r, "subject");
    const char *person = known(r, "person");
    bool staff = strcmp(r->kind, "staff") == 0;
    struct strbuf b;

    if (!type || !(number || subject || (staff && person)))
        return NULL;
    strbuf_init(&b);
    if (staff && person && !number) {
        add_person(&b, r, type, person);
        return strbuf_take(&b);
    }
    strbuf_adds(&b, type);
    if (number)
        strbuf_addf(&b, " %s", number);
    add_day(&b, " ngày ", known(r, "date"));
    if (staff && person)
        strbuf_addf(&b, ": %s", person);
    else if (subject && strcmp(subject, type) != 0) {
        strbuf_adds(&b, ": ");
        add_subject(&b, subject);
    }
    return strbuf_take(&b);
}

/* The title that a document had of its file or group of files: the name
 * begins with it. */
static bool is_file_name(const struct record *r)
{
    size_t n = r->title ? strlen(r->title) : 0;
    return n == 0 ||
           (r->n_sources > 0 && strncmp(r->sources[0].name, r->title, n) == 0);
}

bool record_follow_heading(struct record *r, const char *earlier)
{
    AUTO(free_char) char *heading = record_heading(r);
    bool ours = is_file_name(r) ||
                (earlier && r->title && strcmp(r->title, earlier) == 0);
    if (!heading || !ours || (r->title && strcmp(r->title, heading) == 0))
        return false;
    free(r->title);
    r->title = text_show_name(heading);
    return true;
}
