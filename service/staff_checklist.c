/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a staff dossier must hold: staff-components.tsv and staff-papers.tsv,
 * which an archivist can read and change when a circular does.
 */
#include "service/report_inner.h"

#include "base/alloc.h"
#include "base/i18n.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

#define COMPONENTS_FILE "staff-components.tsv"
#define TITLES_FILE "staff-papers.tsv"

void checklist_free(struct checklist *c)
{
    if (!c)
        return;
    for (int i = 0; i < c->n; i++) {
        free(c->items[i].code);
        free(c->items[i].name);
    }
    table_free_rows(&c->titles);
    free(c->items);
    free(c);
}

static bool parse_need(const char *text, enum staff_need *out)
{
    static const char *const words[] = {[NEED_NO] = "no",
                                        [NEED_ANY] = "any",
                                        [NEED_MUST] = "must",
                                        [NEED_YEARLY] = "yearly"};
    for (size_t i = 0; i < ARRAY_LEN(words); i++) {
        if (strcmp(text, words[i]) == 0) {
            *out = (enum staff_need)i;
            return true;
        }
    }
    return false;
}

static bool parse_number(const char *text, int max, int *out)
{
    char *end;
    if (strcmp(text, "-") == 0) {
        *out = 0;
        return true;
    }
    long n = strtol(text, &end, 10);
    *out = (int)n;
    return *text != '\0' && *end == '\0' && n >= 1 && n <= max;
}

/* The component of a row; false if the row is none. */
static bool take_component(const struct table *t, int row, struct checklist *c)
{
    struct component k = {0};
    if (!parse_need(table_cell(t, row, 2), &k.need_official) ||
        !parse_need(table_cell(t, row, 3), &k.need_employee) ||
        !parse_number(table_cell(t, row, 4), 10000, &k.pages_official) ||
        !parse_number(table_cell(t, row, 5), 10000, &k.pages_employee) ||
        !parse_number(table_cell(t, row, 6), 9999, &k.from_year))
        return false;
    k.code = xstrdup(table_cell(t, row, 0));
    k.name = xstrdup(table_cell(t, row, 1));
    GROW(c->items, c->n, c->cap);
    c->items[c->n++] = k;
    return true;
}

static enum status load_components(struct checklist *c)
{
    AUTO(table_free_rows) struct table t = {0};
    enum status st = table_load(NULL, COMPONENTS_FILE, 7, &t);
    for (int i = 0; st == STATUS_OK && i < t.n_rows; i++)
        if (!take_component(&t, i, c))
            st = fail(STATUS_CONFIG,
                      _("'%s' line %d is not as the first lines of that file "
                        "say"),
                      t.path, t.line[i]);
    return st;
}

enum status checklist_load(struct checklist **out)
{
    struct checklist *c = xcalloc(1, sizeof(*c));
    enum status st = load_components(c);
    if (st == STATUS_OK)
        st = table_load(NULL, TITLES_FILE, 2, &c->titles);
    if (st != STATUS_OK) {
        checklist_free(c);
        return explain(st, _("the components of staff dossiers"));
    }
    *out = c;
    return STATUS_OK;
}

const char *checklist_of_title(const struct checklist *c, const char *title)
{
    AUTO(free_char) char *fold = text_fold(title);
    for (int i = 0; i < c->titles.n_rows; i++) {
        if (strstr(fold, table_fold(&c->titles, i, 0)))
            return table_cell(&c->titles, i, 1);
    }
    return NULL;
}
