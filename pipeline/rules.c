/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Looking things up in the tables of data/rules. */
#include "pipeline/rules.h"
#include "base/alloc.h"
#include "base/i18n.h"
#include "base/strbuf.h"
#include "base/text.h"
#include "pipeline/match.h"
#include <stdlib.h>
#include <string.h>

#define SPELL_WORDS_MAX 12 /* longest entry of the spelling tables */

static const struct {
    const char *file;
    int columns;
} table_files[] = {
#define TABLE_FILE(name, file, columns) {file, columns},
    TABLE_LIST(TABLE_FILE)
#undef TABLE_FILE
};

static const char *const pattern_texts[] = {
#define PATTERN_TEXT(name, expression) expression,
    PATTERN_LIST(PATTERN_TEXT)
#undef PATTERN_TEXT
};

enum status extract_rules_load(const char *dir, struct extract_rules **out)
{
    struct extract_rules *r = xcalloc(1, sizeof(*r));
    for (int i = 0; i < TABLE_COUNT; i++) {
        enum status st = table_load(dir, table_files[i].file,
                                    table_files[i].columns, &r->tables[i]);
        if (st != STATUS_OK) {
            extract_rules_free(r);
            return explain(st, _("the rules for reading fields"));
        }
    }
    for (int i = 0; i < PATTERN_COUNT; i++)
        r->patterns[i] = pattern_new(pattern_texts[i]);
    *out = r;
    return STATUS_OK;
}

void extract_rules_free(struct extract_rules *r)
{
    if (!r)
        return;
    for (int i = 0; i < TABLE_COUNT; i++)
        table_free_rows(&r->tables[i]);
    for (int i = 0; i < PATTERN_COUNT; i++)
        pattern_free(r->patterns[i]);
    free(r);
}

int rules_threshold(const struct extract_rules *r, const char *field)
{
    const struct table *t = &r->tables[TABLE_THRESHOLDS];
    int any = 100;
    for (int i = 0; i < t->n_rows; i++) {
        if (strcmp(table_cell(t, i, 0), field) == 0)
            return atoi(table_cell(t, i, 1));
        if (strcmp(table_cell(t, i, 0), "*") == 0)
            any = atoi(table_cell(t, i, 1));
    }
    return any;
}

/* The row for a field with the highest start that is reached; -1 none. */
static int confidence_row(const struct table *t, const char *field,
                          int confidence_pct)
{
    int best = -1, start = -1;
    for (int i = 0; i < t->n_rows; i++) {
        int from = atoi(table_cell(t, i, 1));
        if (strcmp(table_cell(t, i, 0), field) != 0 ||
            from > confidence_pct || from <= start)
            continue;
        best = i;
        start = from;
    }
    return best;
}

int rules_right_pct(const struct extract_rules *r, const char *field,
                    int confidence_pct)
{
    const struct table *t = &r->tables[TABLE_CONFIDENCE];
    int row = confidence_row(t, field, confidence_pct);
    if (row < 0)
        row = confidence_row(t, "*", confidence_pct);
    return row < 0 ? confidence_pct : atoi(table_cell(t, row, 2));
}

void extract_rules_fill(struct extract_rules *r, int pct)
{
    r->fill_pct = pct;
}

/* `right` (in capitals) with each letter in the case of `read`. */
static void respell(const char *read, const char *right, struct strbuf *out)
{
    size_t n = strlen(read), m = strlen(right);
    for (size_t i = 0, k = 0; k < m;) {
        char was[8] = "", now[8] = "";
        int32_t cp = i < n ? text_next(read, n, &i) : ' ';
        was[text_put(cp, was)] = '\0';
        now[text_put(text_next(right, m, &k), now)] = '\0';
        AUTO(free_char) char *was_lower = text_lower(was);
        AUTO(free_char) char *now_lower = text_lower(now);
        strbuf_adds(out, strcmp(was, was_lower) == 0 ? now_lower : now);
    }
}

/* The spelling of exactly these words, or NULL. */
static const char *known_spelling(const struct extract_rules *r,
                                  const char *folded)
{
    static const enum table_id where[] = {TABLE_AGENCIES, TABLE_PLACES,
                                          TABLE_EPONYMS};
    for (size_t i = 0; i < ARRAY_LEN(where); i++) {
        int row = table_find_fold(&r->tables[where[i]], 0, folded);
        if (row >= 0)
            return table_cell(&r->tables[where[i]], row, 0);
    }
    return NULL;
}

/* Spell the longest known run of words at the start of text; the bytes that
 * were taken, 0 for none. */
static size_t spell_run(const struct extract_rules *r, const char *text,
                        struct strbuf *out)
{
    size_t ends[SPELL_WORDS_MAX];
    int n = 0;
    for (size_t i = 1; n < SPELL_WORDS_MAX; i++) {
        if (text[i - 1] == '\0')
            break;
        if (text[i] == ' ' || text[i] == '\0')
            ends[n++] = i;
    }
    for (int i = n - 1; i >= 0; i--) {
        AUTO(free_char) char *words = xstrndup(text, ends[i]);
        AUTO(free_char) char *folded = text_fold(words);
        const char *right = known_spelling(r, folded);
        if (right) {
            respell(words, right, out);
            return ends[i];
        }
    }
    return 0;
}

/* The agency whose letters these are, words run together or not; NULL if
 * none. */
static const char *run_together(const struct extract_rules *r,
                                const char *text)
{
    const struct table *t = &r->tables[TABLE_AGENCIES];
    AUTO(free_char) char *fold = text_fold(text);
    AUTO(free_char) char *letters = match_letters(fold);
    for (int i = 0; i < t->n_rows && strlen(letters) > 8; i++) {
        AUTO(free_char) char *other = match_letters(table_fold(t, i, 0));
        if (strcmp(letters, other) == 0)
            return table_cell(t, i, 0);
    }
    return NULL;
}

char *rules_spell(const struct extract_rules *r, const char *text, bool *known)
{
    AUTO(free_char) char *lower = text_lower(text);
    const char *agency = run_together(r, text);
    if (agency && strncmp(lower, text, 4) != 0) {
        *known = true;
        return xstrdup(agency);
    }
    struct strbuf b;
    strbuf_init(&b);
    *known = *text != '\0';
    while (*text) {
        size_t n = spell_run(r, text, &b);
        if (n == 0) {
            n = strcspn(text, " ");
            *known = *known && n == 0;
            strbuf_add(&b, text, n);
        }
        text += n;
        for (; *text == ' '; text++)
            strbuf_addc(&b, ' ');
    }
    return strbuf_take(&b);
}
