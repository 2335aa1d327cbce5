/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a staff dossier must hold: staff-components.tsv and staff-papers.tsv,
 * which an archivist can read and change when a circular does.
 */
#include "service/report_inner.h"

#include "base/alloc.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/rules_dir.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

#define FILE_BYTES_MAX (1u << 20)
#define CELLS_MAX 8

void checklist_free(struct checklist *c)
{
    if (!c)
        return;
    for (int i = 0; i < c->n; i++) {
        free(c->items[i].code);
        free(c->items[i].name);
    }
    for (int i = 0; i < c->n_titles; i++) {
        free(c->titles[i].fold);
        free(c->titles[i].component);
    }
    free(c->items);
    free(c->titles);
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

static bool take_component(struct checklist *c, char **cells)
{
    struct component k = {0};
    if (!parse_need(cells[2], &k.need_official) ||
        !parse_need(cells[3], &k.need_employee) ||
        !parse_number(cells[4], 10000, &k.pages_official) ||
        !parse_number(cells[5], 10000, &k.pages_employee) ||
        !parse_number(cells[6], 9999, &k.from_year))
        return false;
    k.code = xstrdup(cells[0]);
    k.name = text_nfc(cells[1], strlen(cells[1]));
    GROW(c->items, c->n, c->cap);
    c->items[c->n++] = k;
    return true;
}

static bool take_title(struct checklist *c, char **cells)
{
    GROW(c->titles, c->n_titles, c->cap_titles);
    c->titles[c->n_titles++] = (struct title_words){
        .fold = text_fold(cells[0]), .component = xstrdup(cells[1])};
    return true;
}

static enum status load(struct checklist *c, const char *name, int columns,
                        bool (*take)(struct checklist *c, char **cells))
{
    AUTO(free_char) char *dir = rules_dir();
    AUTO(free_char) char *path = path_join(dir, name);
    AUTO(free_char) char *bytes = NULL;
    size_t size = 0;
    enum status st = file_read(path, FILE_BYTES_MAX, &bytes, &size);
    if (st != STATUS_OK)
        return explain(st, _("the components of staff dossiers"));
    int number = 0;
    char *rest = bytes;
    for (char *line; (line = strsep(&rest, "\n")) != NULL;) {
        char *cells[CELLS_MAX];
        int n = 0;
        number++;
        line[strcspn(line, "\r")] = '\0';
        if (*line == '\0' || *line == '#')
            continue;
        for (char *cell; n < CELLS_MAX && (cell = strsep(&line, "\t")); n++)
            cells[n] = cell;
        if (n != columns || !take(c, cells))
            return fail(STATUS_CONFIG,
                        _("'%s' line %d is not as the first lines of that "
                          "file say"),
                        path, number);
    }
    return STATUS_OK;
}

enum status checklist_load(struct checklist **out)
{
    struct checklist *c = xcalloc(1, sizeof(*c));
    enum status st = load(c, "staff-components.tsv", 7, take_component);
    if (st == STATUS_OK)
        st = load(c, "staff-papers.tsv", 2, take_title);
    if (st != STATUS_OK) {
        checklist_free(c);
        return st;
    }
    *out = c;
    return STATUS_OK;
}

const char *checklist_of_title(const struct checklist *c, const char *title)
{
    AUTO(free_char) char *fold = text_fold(title);
    for (int i = 0; i < c->n_titles; i++) {
        if (strstr(fold, c->titles[i].fold))
            return c->titles[i].component;
    }
    return NULL;
}
