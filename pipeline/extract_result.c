/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Results of administrative procedures: who applied, which procedure, the
 * one-stop system's case code, until when the result is in force.
 */
#include "base/alloc.h"
#include "base/strbuf.h"
#include "base/text.h"
#include "pipeline/extract_label.h"
#include "pipeline/match.h"
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* The one value of a code pattern in the document; several different ones are
 * for a person to choose from. */
static void put_code_by(struct extraction *x, enum pattern_id id,
                        const char *name, const char *rule)
{
    const struct passage *p = &x->all;
    struct span g[PATTERN_GROUPS];
    AUTO(free_char) char *value = NULL;
    struct evidence e = {0};
    bool one = true;
    for (size_t at = 0;
         pattern_find(x->rules->patterns[id], p->fold, at, p->fold_len, g);
         at = g[0].to) {
        struct span s = passage_text_span(p, g[1]);
        AUTO(free_char) char *read = passage_copy(p, s);
        char *to = read;
        for (const char *c = read; *c; c++)
            if (*c != ' ')
                *to++ = *c;
        *to = '\0';
        if (!value) {
            value = STEAL(read);
            e = passage_evidence(p, s);
        } else if (strcmp(value, read) != 0) {
            one = false;
        }
    }
    if (value)
        put_field(x, name, rule, STEAL(value), e, one, "case_code");
}

/* Letters and digits of the fold of a text, without the rest. */
static char *bare(const char *text)
{
    char *fold = text_fold(text), *to = fold;
    for (const char *c = fold; *c; c++)
        if ((*c >= 'a' && *c <= 'z') || (*c >= '0' && *c <= '9'))
            *to++ = *c;
    *to = '\0';
    return fold;
}

/* The procedure by type and subject of the result. */
static void procedure_by_subject(struct extraction *x)
{
    /* Letters are compared, not marks: a reading in doubt will do. */
    const char *subject = x->subject_read;
    const char *type = field_value(x, "type");
    const struct table *t = &x->rules->tables[TABLE_PROCEDURES];
    if (!subject || !type)
        return;
    AUTO(free_char) char *have = bare(subject);
    int found = -1, n = 0;
    for (int i = 0; i < t->n_rows; i++) {
        AUTO(free_char) char *want = bare(table_cell(t, i, 2));
        AUTO(free_char) char *titled =
            xasprintf("%s%s", table_cell(t, i, 1), table_cell(t, i, 2));
        AUTO(free_char) char *whole = bare(titled);
        if (strcmp(type, table_cell(t, i, 1)) == 0 &&
            (strcmp(have, want) == 0 || strcmp(have, whole) == 0)) {
            found = i;
            n++;
        }
    }
    for (int i = 0; n == 1 && i < x->r->n_fields; i++) {
        const struct field *f = &x->r->fields[i];
        if (strcmp(f->name, "subject") != 0)
            continue;
        struct evidence e = {f->page, f->box, f->conf_pct, 1};
        put_field(x, "procedure", "result.subject",
                  xstrdup(table_cell(t, found, 0)), e, true, "known");
        return;
    }
}

static bool put_applicant(struct extraction *x, const struct label *l)
{
    const struct passage *p = &x->all;
    struct span s = passage_trim(p, passage_text_span(p, l->value));
    if (!l->heads || !l->colon || s.to - s.from < 4 || s.to - s.from > 400)
        return false;
    int said = said_elsewhere(x, p, s, NULL);
    put_field(x, "applicant", "result.label", passage_copy(p, s),
              passage_evidence(p, s), said >= 0,
              said > 0 ? "known" : "applicant");
    return true;
}

void find_result(struct extraction *x)
{
    put_code_by(x, PATTERN_CASE_CODE, "case_code", "result.case-code");
    put_code_by(x, PATTERN_CASE_CODE_NEW, "case_code", "result.case-code");
    const struct table *types = &x->rules->tables[TABLE_TYPES];
    bool result =
        x->type >= 0 && strcmp(table_cell(types, x->type, 3), "result") == 0;
    if (!result || x->staff)
        return;
    put_code_by(x, PATTERN_PROCEDURE_CODE, "procedure", "result.code");
    procedure_by_subject(x);
    const struct table *t = &x->rules->tables[TABLE_RESULT_LABELS];
    struct label *labels = NULL;
    int n = labels_find(x, TABLE_RESULT_LABELS, &labels);
    for (int i = 0; i < n; i++) {
        const char *name = table_cell(t, labels[i].row, 0);
        if (has_field(x, name))
            continue;
        if (strcmp(name, "applicant") == 0)
            put_applicant(x, &labels[i]);
        else
            label_put(x, &labels[i], name, table_cell(t, labels[i].row, 1),
                      "result.label");
    }
    free(labels);
    struct evidence none = {0};
    put_field(x, "applicant", "result.none", NULL, none, false, "applicant");
}
