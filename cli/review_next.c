/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * hoso review next: one field after another. Plain lines on plain streams, so
 * it works over any connection, in a pipe and under a screen reader. What was
 * said of a document is written down when its last field is done, or at the
 * end; the time from its first question is kept with it.
 */
#include "base/alloc.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "cli/document.h"
#include "cli/review.h"
#include "cli/show_card.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct queue {
    char **ids;
    int n, cap;
};

/* What was said of the document at hand. */
struct answers {
    struct review_change *items; /* names, values: ours */
    int n, cap;
};

enum said { SAID_NEXT, SAID_QUIT };

static enum status add_id(void *user, const struct review_row *d)
{
    struct queue *q = user;
    GROW(q->ids, q->n, q->cap);
    q->ids[q->n++] = xstrdup(d->id);
    return STATUS_OK;
}

static void add_answer(struct answers *a, const char *name, const char *value)
{
    GROW(a->items, a->n, a->cap);
    a->items[a->n++] = (struct review_change){
        xstrdup(name), value != NULL ? xstrdup(value) : NULL};
}

static void answers_clear(struct answers *a)
{
    for (int i = 0; i < a->n; i++) {
        free((char *)a->items[i].name);
        free((char *)a->items[i].value);
    }
    free(a->items);
    *a = (struct answers){0};
}

static void print_question(struct review_run *v, const struct record *rec,
                           const struct field *f, const char *crop)
{
    struct printer *p = v->r->out;
    AUTO(free_char) char *context = review_context(rec, f);
    print(p, "\n%s  %s\n", rec->id, rec->title != NULL ? rec->title : "");
    for (char *line = context; *line != '\0';) {
        size_t n = strcspn(line, "\n");
        print(p, "  | %.*s\n", (int)n, line);
        line += n + (line[n] != '\0');
    }
    if (crop != NULL)
        print(p, _("picture: %s\n"), crop);
    print_style(p, STYLE_BOLD);
    print(p, "%s: %s", card_field_label(f->name),
          f->value != NULL ? f->value : _("(none)"));
    print_style(p, STYLE_PLAIN);
    print(p, _("  (%d %%, page %d)\n"), f->conf_pct, f->page);
}

/* The answer without its line end; NULL at the end of the input. */
static char *read_answer(struct review_run *v)
{
    char *line = NULL;
    size_t room = 0;
    print(v->r->out,
          _("[Enter] right  [text] instead  [-] there is none  [s] skip  [q] "
            "quit > "));
    if (printer_flush(v->r->out) != STATUS_OK)
        return NULL;
    if (getline(&line, &room, stdin) < 0) {
        free(line);
        return NULL;
    }
    line[strcspn(line, "\r\n")] = '\0';
    return line;
}

/* Ask until the answer is of the field's form. "=s" is the value "s". */
static enum said ask(struct review_run *v, const struct field *f,
                     const char *name, struct answers *said)
{
    for (;;) {
        AUTO(free_char) char *answer = read_answer(v);
        AUTO(free_char) char *value = NULL;
        if (answer == NULL || strcmp(answer, "q") == 0)
            return SAID_QUIT;
        if (strcmp(answer, "s") == 0)
            return SAID_NEXT;
        if (*answer == '\0' && f->value == NULL) {
            print(v->r->out, _("There is no value to accept: type one, '-' if "
                               "there is none, or 's'.\n"));
            continue;
        }
        const char *typed = strcmp(answer, "-") == 0 ? ""
                            : *answer == '='         ? answer + 1
                                                     : answer;
        if (*answer == '\0') {
            add_answer(said, name, NULL);
            return SAID_NEXT;
        }
        if (review_value(f->name, typed, &value) == STATUS_OK) {
            add_answer(said, name, typed);
            return SAID_NEXT;
        }
        print(v->r->out, "%s\n", status_message());
    }
}

static enum status write_down(struct review_run *v, const char *id,
                              const struct answers *said, int64_t began_ms)
{
    struct review_outcome outcome;
    const struct review_decision d = {
        .id = id,
        .who = v->who,
        .seconds = (int)((clock_ms() - began_ms + 500) / 1000),
        .changes = said->items,
        .n_changes = said->n,
    };
    if (said->n == 0)
        return STATUS_OK;
    enum status st = archive_review(v->archive, &d, &outcome);
    if (st == STATUS_BUSY) { /* one document must not end the round */
        print_note(v->r->out, "%s\n", status_message());
        return STATUS_OK;
    }
    if (st == STATUS_OK)
        review_print_outcome(v->r->out, id, &outcome);
    return st;
}

static enum status one_document(struct review_run *v,
                                struct review_crops *crops, const char *id,
                                enum said *how)
{
    AUTO(record_freep) struct record *rec = NULL;
    struct doc_row row = {0};
    struct answers said = {0};
    int64_t began = clock_ms();
    enum status st = archive_show(v->archive, id, &row, &rec);
    doc_row_clear(&row);
    if (st != STATUS_OK)
        return st;
    for (int i = 0; i < rec->n_fields && *how == SAID_NEXT; i++) {
        const struct field *f = &rec->fields[i];
        AUTO(free_char) char *crop = NULL;
        AUTO(free_char) char *name = field_numbered(rec, i);
        if (!archive_field_waits(v->archive, f))
            continue;
        if (crops != NULL && review_crop(crops, rec, i, &crop) != STATUS_OK)
            print_note(v->r->out, _("No picture of '%s': %s\n"), f->name,
                       status_message());
        print_question(v, rec, f, crop);
        *how = ask(v, f, name, &said);
    }
    st = write_down(v, id, &said, began);
    answers_clear(&said);
    return st;
}

static enum status go_through(struct review_run *v, const struct queue *q)
{
    AUTO(review_crops_closep) struct review_crops *crops = NULL;
    enum said how = SAID_NEXT;
    enum status st = STATUS_OK;
    if (v->crops != NULL)
        st = review_crops_open(v->archive, v->crops, &crops);
    for (int i = 0; i < q->n && st == STATUS_OK && how == SAID_NEXT; i++)
        st = one_document(v, crops, q->ids[i], &how);
    return st;
}

enum status review_next(struct review_run *v)
{
    struct queue q = {0};
    if (v->r->out->json)
        return fail(STATUS_USAGE,
                    _("'hoso review next' asks a person; a program uses "
                      "'review list', 'show' and 'set' with --json"));
    enum status st = review_require_who(v);
    if (st == STATUS_OK)
        st = archive_review_list(v->archive, v->kind, v->batch, v->limit,
                                 add_id, &q, NULL);
    if (st == STATUS_OK && q.n == 0)
        print_note(v->r->out, _("Nothing waits for review.\n"));
    if (st == STATUS_OK)
        st = go_through(v, &q);
    for (int i = 0; i < q.n; i++)
        free(q.ids[i]);
    free(q.ids);
    return st;
}
