/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Whose paper is it? The staff code tells, else name and day of birth, else a
 * name that one person of the registers bears alone. What contradicts (another
 * code, another day of birth) makes a paper doubtful and never sure; what a
 * person decided stands above all of it.
 */
#include "service/report_inner.h"

#include "base/alloc.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

void staff_paper_clear(struct staff_paper *p)
{
    free(p->document);
    free(p->title);
    free(p->component);
    free(p->year);
    free(p->person);
    free(p->birth_date);
    free(p->staff_code);
    free(p->evidence);
    *p = (struct staff_paper){0};
}

/* A person with what papers are compared by. */
struct candidate {
    struct staff_person *person;
    char *name_key, *code_key;
};

struct filing {
    struct candidate *items;
    int n;
    struct sql_stmt *decided; /* what people said of a document */
    const struct checklist *checklist;
    struct staff_report *out;
};

enum column {
    ID, TITLE, PAGES, BAD_PAGES, PERSON, BIRTH_DATE, STAFF_CODE, COMPONENT,
    YEAR, TYPE, NUMBER_DATE, SUBJECT
};

static void add_paper(struct staff_papers *l, struct staff_paper *take_p)
{
    GROW(l->items, l->n, l->cap);
    l->items[l->n++] = *take_p;
}

/* How well a paper fits a person, 0 to 100. */
static int score_of(const struct candidate *c, const char *name_key,
                    const char *code_key, const char *birth, int bearers,
                    const char **evidence)
{
    const struct staff_person *p = c->person;
    bool same_name = *name_key && strcmp(c->name_key, name_key) == 0;
    bool near_name = !same_name && *name_key &&
                     text_distance(c->name_key, name_key) == 1;
    bool same_code = *code_key && strcmp(c->code_key, code_key) == 0;
    bool other_code = *code_key && *c->code_key && !same_code;
    bool same_birth = *birth && strcmp(p->birth_date, birth) == 0;
    bool other_birth = *birth && *p->birth_date && !same_birth;
    *evidence = same_code ? "code" : same_birth ? "name+birth" : "name";
    if (same_code)
        return same_name || near_name || !*name_key ? 100 : 50;
    if (same_name && same_birth)
        return other_code ? 70 : 95;
    if (near_name && same_birth)
        return other_code ? 50 : 85;
    if (!same_name || other_birth || other_code)
        return same_name && !(other_birth && other_code) ? 30 : 0;
    return bearers == 1 ? 80 : 60;
}

#define SURE 80   /* from here on it needs nobody's word */
#define DOUBT 50  /* below that it is nobody's paper */

/* What people decided: 1 with *person set, -1 with a person it is not of. */
static enum status decision(struct filing *f, const char *document,
                            const struct candidate *c, char **component,
                            char **year, int *said)
{
    bool row = false;
    *said = 0;
    enum status st =
        sql_again(f->decided, "ss", document, c->person->key);
    if (st == STATUS_OK)
        st = sql_step(f->decided, &row);
    if (st != STATUS_OK || !row)
        return st;
    *said = strcmp(sql_text(f->decided, 0), "confirmed") == 0 ? 1 : -1;
    if (*said == 1) {
        *component = xstrdup(sql_text(f->decided, 1));
        *year = xstrdup(sql_text(f->decided, 2));
    }
    return st;
}

static int bearers_of(const struct filing *f, const char *name_key)
{
    int n = 0;
    for (int i = 0; i < f->n; i++)
        n += strcmp(f->items[i].name_key, name_key) == 0;
    return n;
}

struct choice {
    int score;
    struct candidate *best;
    const char *evidence;
    bool tie; /* two fit equally well */
    char *component, *year; /* as a person said */
};

static enum status choose(struct filing *f, struct sql_stmt *s,
                          struct choice *out)
{
    AUTO(free_char) char *name_key = register_words_key(sql_text(s, PERSON));
    AUTO(free_char) char *code_key = register_key(sql_text(s, STAFF_CODE));
    int bearers = bearers_of(f, name_key);
    for (int i = 0; i < f->n; i++) {
        const char *evidence = "";
        int said = 0;
        enum status st = decision(f, sql_text(s, ID), &f->items[i],
                                  &out->component, &out->year, &said);
        if (st != STATUS_OK)
            return st;
        if (said == 1) {
            out->score = 100;
            out->best = &f->items[i];
            out->evidence = "decision";
            out->tie = false;
            return STATUS_OK;
        }
        int score = score_of(&f->items[i], name_key, code_key,
                             sql_text(s, BIRTH_DATE), bearers, &evidence);
        if (said == -1 || score == 0 || score < out->score)
            continue;
        out->tie = score == out->score;
        out->score = score;
        out->best = &f->items[i];
        out->evidence = evidence;
    }
    return STATUS_OK;
}

/* What the paper is: as a person said, as its form, as its title says. */
static char *component_of(const struct filing *f, struct sql_stmt *s,
                          const char *said)
{
    if (said && *said)
        return xstrdup(said);
    if (*sql_text(s, COMPONENT))
        return xstrdup(sql_text(s, COMPONENT));
    AUTO(free_char)
    char *words = xasprintf("%s %s %s", sql_text(s, SUBJECT),
                            sql_text(s, TITLE), sql_text(s, TYPE));
    const char *found = checklist_of_title(f->checklist, words);
    return xstrdup(found ? found : "");
}

static char *year_of_paper(struct sql_stmt *s, const char *said)
{
    if (said && *said)
        return xstrdup(said);
    if (*sql_text(s, YEAR))
        return xstrdup(sql_text(s, YEAR));
    return xstrndup(sql_text(s, NUMBER_DATE), 4);
}

static enum status file_paper(struct filing *f, struct sql_stmt *s)
{
    struct choice c = {0};
    enum status st = choose(f, s, &c);
    if (st != STATUS_OK)
        return st;
    bool mine = c.best && c.score >= DOUBT;
    struct staff_paper p = {
        .document = xstrdup(sql_text(s, ID)),
        .title = xstrdup(sql_text(s, TITLE)),
        .component = component_of(f, s, c.component),
        .year = year_of_paper(s, c.year),
        .person = xstrdup(sql_text(s, PERSON)),
        .birth_date = xstrdup(sql_text(s, BIRTH_DATE)),
        .staff_code = xstrdup(sql_text(s, STAFF_CODE)),
        .pages = sql_int(s, PAGES),
        .bad_pages = sql_int(s, BAD_PAGES),
        .score = mine ? c.score : 0,
        .evidence = xstrdup(mine ? c.evidence : ""),
        .sure = mine && c.score >= SURE && !c.tie,
    };
    free(c.component);
    free(c.year);
    add_paper(mine && !c.tie ? &c.best->person->papers : &f->out->nobody, &p);
    return STATUS_OK;
}

static enum status walk_papers(struct filing *f, struct sql *db)
{
    AUTO(sql_finishp) struct sql_stmt *s = NULL;
    bool row = false;
    enum status st = sql_prepare(
        db, &s,
        "SELECT id, title, pages, bad_pages, person, birth_date, staff_code,"
        " component, year, type, date, coalesce((SELECT value FROM field"
        "  WHERE document = id AND name = 'subject'), '')"
        " FROM document WHERE kind = 'staff'"
        " ORDER BY stored_at, id",
        "");
    if (st == STATUS_OK)
        st = sql_prepare(db, &f->decided,
                         "SELECT state, component, year FROM filing WHERE"
                         " document = ? AND person = ?"
                         " AND state IN ('confirmed', 'rejected')",
                         "ss", "", "");
    while (st == STATUS_OK && (st = sql_step(s, &row)) == STATUS_OK && row)
        st = file_paper(f, s);
    sql_finish(f->decided);
    return st;
}

enum status staff_file_papers(struct sql *db, const struct checklist *c,
                              struct staff_report *out)
{
    struct filing f = {.checklist = c, .out = out, .n = out->n_persons};
    f.items = xcalloc((size_t)f.n + 1, sizeof(*f.items));
    for (int i = 0; i < f.n; i++) {
        f.items[i].person = &out->persons[i];
        f.items[i].name_key = register_words_key(out->persons[i].name);
        f.items[i].code_key = register_key(out->persons[i].code);
    }
    enum status st = walk_papers(&f, db);
    for (int i = 0; i < f.n; i++) {
        free(f.items[i].name_key);
        free(f.items[i].code_key);
    }
    free(f.items);
    return st;
}
