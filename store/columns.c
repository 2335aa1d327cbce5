/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Finding the headings of a table: below titles, in one row or in two (a
 * heading over several columns and their own below it), by their words.
 */
#include "store/columns.h"

#include "base/alloc.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/strbuf.h"
#include "base/text.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#define TITLE_ROWS_MAX 60
#define TABLE_BYTES_MAX (1u << 20)

#define FIELD_CODE(name, code) code,
static const char *const result_codes[] = {RESULT_FIELD_LIST(FIELD_CODE)};
static const char *const person_codes[] = {PERSON_FIELD_LIST(FIELD_CODE)};

int columns_count(enum register_kind kind)
{
    return kind == REGISTER_STAFF ? (int)PERSON_FIELD_COUNT
                                  : (int)RESULT_FIELD_COUNT;
}

const char *columns_code(enum register_kind kind, int field)
{
    return kind == REGISTER_STAFF ? person_codes[field] : result_codes[field];
}

/* ---- aliases ---- */

void alias_table_clear(struct alias_table *t)
{
    for (int i = 0; i < t->n; i++)
        free(t->items[i].key);
    free(t->items);
    memset(t, 0, sizeof(*t));
}

static int field_of(enum register_kind kind, const char *code)
{
    for (int i = 0; i < columns_count(kind); i++)
        if (strcmp(columns_code(kind, i), code) == 0)
            return i;
    return -1;
}

static void add_alias(struct alias_table *t, int field, const char *text)
{
    AUTO(free_char) char *nfc = text_nfc(text, strlen(text));

    GROW(t->items, t->n, t->cap);
    t->items[t->n++] = (struct alias){field, register_words_key(nfc)};
}

static char *trim(char *s)
{
    size_t n;

    while (isspace((unsigned char)*s))
        s++;
    n = strlen(s);
    while (n > 0 && isspace((unsigned char)s[n - 1]))
        s[--n] = '\0';
    return s;
}

/* "field<TAB>heading" or "field = heading"; false if it is neither. */
static bool read_pair(enum register_kind kind, char *line, struct alias_table *t)
{
    char *parting = strpbrk(line, "\t=");
    int field;

    if (!parting)
        return false;
    *parting = '\0';
    field = field_of(kind, trim(line));
    if (field < 0 || !*trim(parting + 1))
        return false;
    add_alias(t, field, trim(parting + 1));
    return true;
}

static enum status read_lines(const char *path, enum register_kind kind,
                              bool with_kind, struct alias_table *out)
{
    AUTO(free_char) char *text = NULL;
    size_t n = 0;
    int number = 0;
    enum status st = file_read(path, TABLE_BYTES_MAX, &text, &n);
    char *rest = text;

    memset(out, 0, sizeof(*out));
    if (st != STATUS_OK)
        return st;
    if (strncmp(text, "\xef\xbb\xbf", 3) == 0)
        rest += 3;
    for (char *line; (line = strsep(&rest, "\n"));) {
        char *tab;

        number++;
        line[strcspn(line, "\r")] = '\0';
        if (!*trim(line) || *trim(line) == '#')
            continue;
        tab = with_kind ? strchr(line, '\t') : NULL;
        if (tab) {
            *tab = '\0';
            if (strcmp(line, register_kind_text(kind)) != 0)
                continue;
            line = tab + 1;
        }
        if (text_valid(line, strlen(line)) && read_pair(kind, line, out))
            continue;
        alias_table_clear(out);
        return fail(STATUS_CONFIG,
                    with_kind ? _("'%s' line %d: kind, field and heading are"
                                  " needed, parted by tabs")
                              : _("'%s' line %d: 'field = heading' is needed,"
                                  " with a field of this kind of register"),
                    path, number);
    }
    return STATUS_OK;
}

enum status alias_table_load(const char *path, enum register_kind kind,
                             struct alias_table *out)
{
    enum status st = read_lines(path, kind, true, out);

    return st == STATUS_OK ? st : explain(st, _("the headings of registers"));
}

enum status alias_table_map(const char *path, enum register_kind kind,
                            struct alias_table *out)
{
    return read_lines(path, kind, false, out);
}

void alias_table_saved(const json_t *columns, enum register_kind kind,
                       struct alias_table *out)
{
    const char *name;
    json_t *heading;

    memset(out, 0, sizeof(*out));
    json_object_foreach((json_t *)columns, name, heading) {
        int field = field_of(kind, name);

        if (field >= 0 && json_is_string(heading))
            add_alias(out, field, json_string_value(heading));
    }
}

/* ---- headings ---- */

/* Words of a cell; with `short_form` without what stands in brackets. */
static char *cell_key(const char *text, bool short_form)
{
    AUTO(free_char) char *nfc = text_nfc(text, strlen(text));
    char *open = short_form ? strchr(nfc, '(') : NULL;

    if (open && open > nfc)
        *open = '\0';
    return register_words_key(nfc);
}

/* A heading over several columns stands in the first of them alone. */
static const char *spread_cell(const struct sheet *s, size_t row, size_t column)
{
    for (size_t c = column + 1; c-- > 0;)
        if (sheet_cell(s, row, c)[0])
            return sheet_cell(s, row, c);
    return "";
}

static size_t header_width(const struct sheet *s, size_t row, bool two)
{
    size_t n = sheet_width(s, row);

    if (two && row + 1 < s->n_rows && sheet_width(s, row + 1) > n)
        n = sheet_width(s, row + 1);
    return n;
}

/* Keys by which the column may be known, best first; caller frees each. */
#define KEYS_MAX 4
static int column_keys(const struct sheet *s, size_t row, bool two,
                       size_t column, char *keys[KEYS_MAX])
{
    const char *upper = sheet_cell(s, row, column);
    const char *lower = two ? sheet_cell(s, row + 1, column) : "";
    int n = 0;

    if (lower[0] && strcmp(upper, lower) != 0) {
        AUTO(free_char)
        char *both = xasprintf("%s %s", spread_cell(s, row, column), lower);

        keys[n++] = cell_key(both, false);
        keys[n++] = cell_key(lower, false);
        keys[n++] = cell_key(lower, true);
    } else if (upper[0]) {
        keys[n++] = cell_key(upper, false);
        keys[n++] = cell_key(upper, true);
    }
    return n;
}

struct headings {
    char *keys[SHEET_COLUMNS_MAX][KEYS_MAX];
    int n_keys[SHEET_COLUMNS_MAX];
    bool used[SHEET_COLUMNS_MAX];
    size_t width;
};

static bool has_key(const struct headings *h, size_t column, const char *key)
{
    for (int i = 0; i < h->n_keys[column]; i++)
        if (strcmp(h->keys[column][i], key) == 0)
            return true;
    return false;
}

static int assign(struct headings *h, const struct alias_table *t,
                  struct columns *c)
{
    int found = 0;

    for (int i = 0; i < COLUMNS_FIELDS_MAX; i++)
        c->at[i] = -1;
    for (int a = 0; a < t->n; a++) {
        if (c->at[t->items[a].field] >= 0)
            continue;
        for (size_t column = 0; column < h->width; column++) {
            if (h->used[column] || !has_key(h, column, t->items[a].key))
                continue;
            h->used[column] = true;
            c->at[t->items[a].field] = (int)column;
            found++;
            break;
        }
    }
    return found;
}

static int try_row(const struct sheet *s, size_t row, bool two,
                   const struct alias_table *t, struct columns *c)
{
    struct headings *h = xcalloc(1, sizeof(*h));
    int found;

    h->width = header_width(s, row, two);
    for (size_t i = 0; i < h->width; i++)
        h->n_keys[i] = column_keys(s, row, two, i, h->keys[i]);
    found = assign(h, t, c);
    for (size_t i = 0; i < h->width; i++)
        for (int k = 0; k < h->n_keys[i]; k++)
            free(h->keys[i][k]);
    c->header = row;
    c->first = row + (two ? 2 : 1);
    c->width = h->width;
    free(h);
    return found;
}

/* Without these nothing can be told apart or looked for. */
static bool enough(const struct columns *c, int found)
{
    if (c->kind == REGISTER_STAFF)
        return found >= 2 && (c->at[PERSON_NAME] >= 0);
    return found >= 2 &&
           (c->at[FIELD_CASE_CODE] >= 0 || c->at[FIELD_NUMBER] >= 0);
}

/* Look at headings of one row, or of two, all over the top of the table. */
static void try_rows(const struct sheet *s, bool two,
                     const struct alias_table *t, bool whole, int *best,
                     struct columns *out)
{
    enum register_kind kind = out->kind;
    int seen = 0;

    for (size_t r = 0; r + two < s->n_rows && seen < TITLE_ROWS_MAX; r++) {
        struct columns c = {.kind = kind};
        int found;

        if (sheet_row_empty(s, r))
            continue;
        seen++;
        found = try_row(s, r, two, t, &c);
        if (found > *best && enough(&c, found) && (!whole || found == t->n)) {
            *best = found;
            *out = c;
        }
    }
}

/* Two rows only if they say more than one: a title above is no heading. */
int columns_find(const struct sheet *s, enum register_kind kind,
                 const struct alias_table *t, bool whole, struct columns *out)
{
    int best = 0;

    *out = (struct columns){.kind = kind};
    try_rows(s, false, t, whole, &best, out);
    try_rows(s, true, t, whole, &best, out);
    return best;
}

char *columns_heading(const struct sheet *s, const struct columns *c,
                      size_t column)
{
    const char *upper = sheet_cell(s, c->header, column);
    const char *lower = "";

    if (c->first > c->header + 1)
        lower = sheet_cell(s, c->header + 1, column);
    if (!lower[0] || strcmp(upper, lower) == 0)
        return xstrdup(upper);
    return xasprintf("%s %s", spread_cell(s, c->header, column), lower);
}

json_t *columns_json(const struct sheet *s, const struct columns *c)
{
    json_t *j = json_object();

    for (int i = 0; i < columns_count(c->kind); i++) {
        if (c->at[i] < 0)
            continue;
        AUTO(free_char)
        char *heading = columns_heading(s, c, (size_t)c->at[i]);

        json_object_set_new(j, columns_code(c->kind, i),
                            json_text_value(heading));
    }
    return j;
}

json_t *columns_unused(const struct sheet *s, const struct columns *c)
{
    json_t *j = json_array();

    for (size_t column = 0; column < c->width; column++) {
        AUTO(free_char) char *heading = columns_heading(s, c, column);
        bool used = !heading[0];

        for (int i = 0; i < columns_count(c->kind); i++)
            used = used || c->at[i] == (int)column;
        if (!used)
            json_array_append_new(j, json_text_value(heading));
    }
    return j;
}
