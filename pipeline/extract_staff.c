/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Fields of a person from the papers of a staff dossier: the numbered items of
 * a CV (2C, HS02 …) and the labelled lines of other forms.
 */
#include "base/alloc.h"
#include "base/text.h"
#include "pipeline/extract_label.h"
#include "pipeline/match.h"
#include <stdlib.h>
#include <string.h>

static void set_value(struct field *f, const char *value)
{
    char *copy = value ? xstrdup(value) : NULL;
    free(f->value);
    free(f->state);
    f->value = copy;
    f->state = xstrdup(value ? "sure" : "review");
}

/* Two printings of one name vouch for each other: that of the item and that
 * above which the person signed. */
static void confirm_by_signer(struct extraction *x)
{
    struct field *person = NULL, *signer = NULL;
    for (int i = 0; i < x->r->n_fields; i++) {
        if (strcmp(x->r->fields[i].name, "person") == 0)
            person = &x->r->fields[i];
        if (strcmp(x->r->fields[i].name, "signer") == 0)
            signer = &x->r->fields[i];
    }
    if (!person || !signer || !person->value)
        return;
    if (!signer->value && x->signer_read &&
        strcmp(x->signer_read, person->value) == 0)
        set_value(signer, person->value);
    if (!signer->value || strcmp(person->value, signer->value) == 0)
        return;
    AUTO(free_char) char *a = text_fold(person->value);
    AUTO(free_char) char *b = text_fold(signer->value);
    if (strcmp(a, b) != 0)
        return;
    /* The same letters, other marks: one of them was read wrongly. */
    set_value(person->conf_pct < signer->conf_pct ? person : signer, NULL);
}

/* Put the name that begins there, if it is one: as many words as are known. */
static bool put_person_at(struct extraction *x, size_t from)
{
    const struct passage *p = &x->all;
    size_t to = from;
    for (int n = 0; n < 4 && to < p->fold_len; n++)
        to += strcspn(p->fold + to + 1, " \n,.;:") + 1;
    for (; to > from; to--) {
        char *value = NULL;
        struct span s =
            passage_trim(p, passage_text_span(p, (struct span){from, to}));
        bool whole = strchr(" \n,.;:", p->fold[to]) != NULL;
        bool known = whole && name_look(x->rules, p, s, &value) == NAME_KNOWN;
        free(value);
        if (known) {
            put_name(x, "person", "staff.subject", p, s);
            return true;
        }
    }
    return false;
}

/* "… bổ nhiệm ông Nguyễn Văn A giữ chức vụ …": the person of a decision. The
 * first one is; behind it others are named that have to do with it. */
static void person_of_subject(struct extraction *x)
{
    const struct passage *p = &x->all;
    for (size_t at = 0; !has_field(x, "person");) {
        size_t man_end = 0, woman_end = 0;
        size_t man = match_words(p->fold, at, "ong", &man_end);
        size_t woman = match_words(p->fold, at, "ba", &woman_end);
        if (man >= p->fold_len && woman >= p->fold_len)
            return;
        at = man < woman ? man_end : woman_end;
        if (put_person_at(x, at))
            return;
    }
}

static void put_form(struct extraction *x)
{
    const struct staff_form *f = &x->staff_form;
    if (!f->type)
        return;
    struct evidence e = {.page = f->page, .min_pct = 90};
    if (*f->code)
        put_field(x, "form", "form.code", xstrdup(f->code), e, true, "known");
    put_field(x, "component", "form.component", xstrdup(f->component), e, true,
              "known");
}

void find_staff(struct extraction *x)
{
    const struct table *t = &x->rules->tables[TABLE_STAFF_LABELS];
    put_form(x);
    struct label *labels = NULL;
    int n = labels_find(x, TABLE_STAFF_LABELS, &labels);
    for (int i = 0; i < n; i++) {
        const char *name = table_cell(t, labels[i].row, 0);
        if (name[0] != '-' && !has_field(x, name))
            label_put(x, &labels[i], name, table_cell(t, labels[i].row, 1),
                      "staff.label");
    }
    free(labels);
    if (!x->form)
        person_of_subject(x);
    confirm_by_signer(x);
}
