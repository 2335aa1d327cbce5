/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which staff form a paper is: by the code that forms carry in their first
 * rows ("Mẫu 2C-BNV/2008"), else by its title. Staff papers are told by what
 * they are, whatever the clerk said, so that no text of them is shown to
 * everybody; a letter that only speaks of such a form is not one.
 */
#include "base/alloc.h"
#include "base/text.h"
#include "pipeline/extract_inner.h"
#include "pipeline/match.h"
#include <stdlib.h>
#include <string.h>

/* Whether a row bears the code of a form as forms do: "Mẫu 2C-BNV/2008 …", or
 * alone. */
static bool bears_code(const struct row *r, const char *code)
{
    AUTO(free_char) char *want = match_letters(code);
    for (int i = 0; i < r->n && i < 5; i++) {
        AUTO(free_char) char *fold = text_fold(r->tokens[i].text);
        AUTO(free_char) char *have = match_letters(fold);
        if (strcmp(have, want) != 0)
            continue;
        size_t end;
        return r->n <= 3 || match_begins(r->p.fold, "mau", &end);
    }
    return false;
}

/* Whether a row is, or begins, the title of a form. */
static bool bears_title(const struct sheet *s, const struct row *r,
                        const char *title)
{
    size_t end;
    return r->x0 < s->width * 0.6 && r->x1 > s->width * 0.35 &&
           row_is_capitals(r) && match_begins(r->p.fold, title, &end);
}

/* Complete a form known by its code only with what the title says, and the
 * other way round. */
static void take(struct staff_form *out, const struct table *t, int row,
                 int page)
{
    *out = (struct staff_form){
        .code = strcmp(table_cell(t, row, 0), "-") == 0 ? ""
                                                        : table_cell(t, row, 0),
        .type = table_cell(t, row, 1),
        .component = table_cell(t, row, 2),
        .tells = strcmp(table_cell(t, row, 3), "yes") == 0,
        .page = page,
    };
}

static bool look_at_sheet(const struct table *t, const struct sheet *s,
                          struct staff_form *out)
{
    bool found = false;
    size_t longest = 0;
    for (int i = 0; i < s->n_rows; i++) {
        const struct row *r = &s->rows[s->by_y[i]];
        for (int k = 0; k < t->n_rows; k++) {
            const char *code = table_fold(t, k, 0);
            const char *title = table_fold(t, k, 4);
            if (code[0] != '-' && r->y0 < s->height * 0.2 &&
                bears_code(r, code)) {
                take(out, t, k, s->page);
                return true;
            }
            /* To the letter comes before nearly. */
            size_t weight = strlen(title);
            if (strncmp(r->p.fold, title, weight) == 0)
                weight += 100;
            if (title[0] != '-' && r->y0 < s->height * 0.45 &&
                weight > longest && bears_title(s, r, title)) {
                longest = weight;
                take(out, t, k, s->page);
                found = true;
            }
        }
    }
    return found;
}

bool extract_staff_form(const struct extract_rules *rules,
                        const struct record *r, struct staff_form *out)
{
    const struct table *t = &rules->tables[TABLE_STAFF_FORMS];
    int n = 0;
    bool found = false;
    *out = (struct staff_form){.code = ""};
    struct sheet *sheets = sheets_of(r, &n);
    for (int i = 0; i < n; i++) {
        struct staff_form here;
        if (!look_at_sheet(t, &sheets[i], &here))
            continue;
        if (!found || (here.tells && !out->tells))
            *out = here;
        found = true;
    }
    sheets_free(sheets, n);
    return found;
}
