/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Documents and pages into tokens; see indexer/tokens.h. */
#include "indexer/tokens.h"

#include "base/alloc.h"
#include "indexer/rank.h"
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* ---- a document ---- */

/* text with its line ends and tabs as spaces, appended. */
static void add_flat(struct strbuf *b, const char *text)
{
    for (; *text; text++)
        strbuf_addc(b, (unsigned char)*text < 0x20 ? ' ' : *text);
}

static char *fields_of(const struct record *r)
{
    struct strbuf b;
    strbuf_init(&b);
    for (int i = 0; i < r->n_fields; i++) {
        const struct field *f = &r->fields[i];
        if (!f->value || !f->value[0])
            continue;
        add_flat(&b, f->name);
        strbuf_addc(&b, '\t');
        add_flat(&b, f->value);
        strbuf_addc(&b, '\n');
    }
    return strbuf_take(&b);
}

static char *names_of(const struct record *r)
{
    struct strbuf b;
    strbuf_init(&b);
    for (int i = 0; i < r->n_sources; i++) {
        if (i > 0)
            strbuf_addc(&b, '\n');
        strbuf_adds(&b, r->sources[i].name);
    }
    return strbuf_take(&b);
}

/* The next line of fields into name and value, which borrow from it. */
static bool next_field(const char **at, const char **name, int *n_name,
                       const char **value, int *n_value)
{
    const char *tab = strchr(*at, '\t');
    const char *end = tab ? strchr(tab, '\n') : NULL;
    if (!end)
        return false;
    *name = *at;
    *n_name = (int)(tab - *at);
    *value = tab + 1;
    *n_value = (int)(end - tab - 1);
    *at = end + 1;
    return true;
}

char *entry_field(const struct entry *e, const char *name)
{
    const char *at = e->fields, *key, *value;
    int n, n_value;
    while (next_field(&at, &key, &n, &value, &n_value))
        if ((size_t)n == strlen(name) && memcmp(key, name, (size_t)n) == 0)
            return xstrndup(value, (size_t)n_value);
    return xstrdup("");
}

void entry_make(const struct record *r, struct entry *out)
{
    *out = (struct entry){
        .pages = r->n_pages > 0 ? r->n_pages : 1,
        .id = xstrdup(r->id),
        .kind = xstrdup(r->kind),
        .batch = xstrdup(r->batch ? r->batch : ""),
        .title = xstrdup(r->title ? r->title : ""),
        .names = names_of(r),
        .fields = fields_of(r),
        .stored_at = (int64_t)r->stored_at,
        .version = r->n_versions ? r->versions[r->n_versions - 1].number : 0,
    };
    AUTO(free_char) char *date = entry_field(out, "date");
    int from = 0, to = 0;
    if (field_days(date, strlen(date), &from, &to) && from == to)
        out->day = from;
}

void entry_clear(struct entry *e)
{
    free(e->id);
    free(e->kind);
    free(e->batch);
    free(e->title);
    free(e->names);
    free(e->fields);
    *e = (struct entry){0};
}

char *entry_head(const struct entry *e)
{
    const char *at = e->fields, *name, *value;
    int n, n_value;
    struct strbuf b;
    strbuf_init(&b);
    add_flat(&b, e->title);
    strbuf_addc(&b, SECTION_END);
    add_flat(&b, e->names);
    while (next_field(&at, &name, &n, &value, &n_value)) {
        strbuf_addc(&b, SECTION_END);
        strbuf_add(&b, value, (size_t)n_value);
    }
    return strbuf_take(&b);
}

double section_weight(int section)
{
    return section == 1 ? RANK_NAMES : RANK_TITLE;
}

/* ---- what a document is narrowed by ---- */

void token_of_text(char letter, const char *text, struct strbuf *out)
{
    strbuf_addc(out, '=');
    strbuf_addc(out, letter);
    add_flat(out, text);
    strbuf_addc(out, TOKEN_END);
}

void token_of_word(enum field_key key, const char *folded, struct strbuf *out)
{
    strbuf_addf(out, "=%c%s%c", field_letter(key), folded, TOKEN_END);
}

void token_of_day(int day, int digits, struct strbuf *out)
{
    int cut = digits == 4 ? 10000 : digits == 6 ? 100 : 1;
    strbuf_addf(out, "=d%0*d%c", digits, day / cut, TOKEN_END);
}

void token_of_month(int64_t at, int digits, struct strbuf *out)
{
    time_t t = (time_t)at;
    struct tm tm = {0};
    gmtime_r(&t, &tm);
    strbuf_addf(out, "=s%04d", tm.tm_year + 1900);
    if (digits == 6)
        strbuf_addf(out, "%02d", tm.tm_mon + 1);
    strbuf_addc(out, TOKEN_END);
}

static void add_words(enum field_key key, const char *value, size_t n,
                      struct tally *seen)
{
    AUTO(strbuf_clear) struct strbuf b = {0};
    struct syllable s;
    strbuf_init(&b);
    for (size_t pos = 0; syllable_next(value, n, &pos, &s);) {
        strbuf_reset(&b);
        token_of_word(key, s.folded, &b);
        tally_add(seen, b.s, b.len, 1);
    }
}

void tokens_of_entry(const struct entry *e, struct strbuf *out)
{
    const char *at = e->fields, *name, *value;
    int n, n_value;
    struct tally seen = {0};
    token_of_text('k', e->kind, out);
    token_of_text('b', e->batch, out);
    token_of_month(e->stored_at, 4, out);
    token_of_month(e->stored_at, 6, out);
    for (int digits = 4; digits <= 8 && e->day; digits += 2)
        token_of_day(e->day, digits, out);
    add_words(KEY_DOSSIER, e->batch, strlen(e->batch), &seen);
    while (next_field(&at, &name, &n, &value, &n_value)) {
        AUTO(free_char) char *key = xstrndup(name, (size_t)n);
        for (int k = KEY_NONE + 1; k < KEY_COUNT; k++)
            if (k != KEY_DATE && field_answers((enum field_key)k, key))
                add_words((enum field_key)k, value, (size_t)n_value, &seen);
    }
    for (int i = 0; i < seen.n; i++)
        strbuf_adds(out, tally_text(&seen, i));
    tally_clear(&seen);
}

/* Whether value has the words in a row. */
static bool has_row(const char *value, size_t n_value,
                    const struct syllable *words, int n)
{
    struct syllable s;
    for (size_t start = 0; start < n_value;) {
        size_t pos = start, after = 0;
        int k = 0;
        while (k < n && syllable_next(value, n_value, &pos, &s) &&
               strcmp(s.folded, words[k].folded) == 0) {
            after = k == 0 ? s.end : after;
            k++;
        }
        if (k == n)
            return true;
        if (k > 0)
            start = after;
        else if (pos > start)
            start = pos;
        else
            return false;
    }
    return false;
}

bool entry_has(const struct entry *e, enum field_key key,
               const struct syllable *words, int n)
{
    const char *at = e->fields, *name, *value;
    int n_name, n_value;
    if (key == KEY_DOSSIER && has_row(e->batch, strlen(e->batch), words, n))
        return true;
    while (next_field(&at, &name, &n_name, &value, &n_value)) {
        AUTO(free_char) char *own = xstrndup(name, (size_t)n_name);
        if (field_answers(key, own) &&
            has_row(value, (size_t)n_value, words, n))
            return true;
    }
    return false;
}

/* ---- a page ---- */

const char *token_form(const char *folded, const char *exact)
{
    return exact[0] ? exact : folded;
}
