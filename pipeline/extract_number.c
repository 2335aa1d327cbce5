/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Number and notation ("Số: 247/GP-SKHCN"). The number is often written by
 * hand into a printed "Số:      /QĐ-SKHCN": then it stands apart from the
 * slash, or is not there at all, and a person has to read it.
 */
#include "base/alloc.h"
#include "base/strbuf.h"
#include "base/text.h"
#include "pipeline/extract_inner.h"
#include "pipeline/match.h"
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define RULE_PCT 50 /* no label is read so badly */

/* The abbreviation of a type or agency spelled as it should be, or NULL. */
static const char *known_abbreviation(const struct extract_rules *rules,
                                      const char *folded)
{
    const struct table *types = &rules->tables[TABLE_TYPES];
    const struct table *agencies = &rules->tables[TABLE_AGENCIES];
    int row = table_find_fold(types, 1, folded);
    if (row >= 0)
        return table_cell(types, row, 1);
    row = table_find_fold(agencies, 0, folded);
    return row < 0 ? NULL : table_cell(agencies, row, 0);
}

/* One part of a notation: a capital first, letters, digits, & and dots. */
static bool part_is_good(const char *part)
{
    size_t n = strlen(part);
    int letters = 0;
    for (size_t at = 0; at < n;) {
        int32_t cp = text_next(part, n, &at);
        bool digit = cp >= '0' && cp <= '9';
        if (!text_is_word(cp) && cp != '&' && cp != '.' && cp != ',')
            return false;
        letters += text_is_word(cp) && !digit;
    }
    AUTO(free_char) char *lower = text_lower(part);
    return letters > 0 && strncmp(lower, part, 2) != 0 && n <= 40;
}

static void add_part(const struct extract_rules *rules, const char *part,
                     struct strbuf *out)
{
    AUTO(free_char) char *folded = text_fold(part);
    const char *known = known_abbreviation(rules, folded);
    if (known) {
        strbuf_adds(out, known);
        return;
    }
    strbuf_adds(out, part);
}

/* A notation without spaces, with one kind of dash and of Đ; the letter Eth
 * beside a Đ is the same letter read twice. */
static char *plain_notation(const char *read)
{
    struct strbuf b;
    strbuf_init(&b);
    size_t n = strlen(read);
    int32_t last = 0;
    for (size_t at = 0; at < n;) {
        int32_t cp = text_next(read, n, &at);
        char one[8] = "";
        if (cp == ' ' || cp == '\n' || (cp == 0xd0 && last == 0x110))
            continue;
        if (cp >= 0x2010 && cp <= 0x2014)
            cp = '-';
        last = cp == 0xd0 ? 0x110 : cp;
        strbuf_add(&b, one, text_put(last, one));
    }
    while (b.len > 0 && strchr(".,-/", b.s[b.len - 1]))
        b.s[--b.len] = '\0';
    return strbuf_take(&b);
}

char *notation_clean(const struct extract_rules *rules, const char *read)
{
    struct strbuf out;
    strbuf_init(&out);
    AUTO(free_char) char *plain = plain_notation(read);
    bool good = *plain != '\0';
    char *rest = plain;
    while (good && *rest) {
        size_t len = strcspn(rest, "-/");
        AUTO(free_char) char *part = xstrndup(rest, len);
        good = part_is_good(part);
        add_part(rules, part, &out);
        rest += len;
        if (*rest)
            strbuf_addc(&out, *rest++);
    }
    char *clean = strbuf_take(&out);
    if (!good) {
        free(clean);
        return NULL;
    }
    return clean;
}

/* Whether a row may carry the number: in the left column of the heading. */
static bool may_carry(const struct extraction *x, const struct row *r)
{
    if (r->y0 > x->first->height * 0.45)
        return false;
    return !x->head.found || row_middle_x(r) < x->head.split;
}

/* Whether row number i from the top is a rule under an agency's name that was
 * read as "số": alone, with doubt, and the number right under it. */
static bool is_rule(const struct extraction *x, int i)
{
    const struct sheet *s = x->first;
    const struct row *r = &s->rows[s->by_y[i]];
    struct span g[PATTERN_GROUPS];
    bool below = false;
    for (int k = i + 1; k < s->n_rows && !below; k++) {
        const struct row *o = &s->rows[s->by_y[k]];
        below = may_carry(x, o) && strchr(o->p.fold, '/') &&
                row_middle_y(o) - row_middle_y(r) < row_height(o) * 3 &&
                pattern_find(x->rules->patterns[PATTERN_NUMBER_LABEL],
                             o->p.fold, 0, o->p.fold_len, g);
    }
    return below && r->n == 1 && row_evidence(r).min_pct < RULE_PCT;
}

static const struct row *find_row(struct extraction *x, size_t *after)
{
    const struct sheet *s = x->first;
    const struct pattern *label = x->rules->patterns[PATTERN_NUMBER_LABEL];
    for (int pass = 0; pass < 2; pass++) {
        for (int i = 0; i < s->n_rows; i++) {
            const struct row *r = &s->rows[s->by_y[i]];
            struct span g[PATTERN_GROUPS];
            if (r->y0 > s->height * 0.6 ||
                (pass == 0 && (!may_carry(x, r) || is_rule(x, i))) ||
                !pattern_find(label, r->p.fold, 0, r->p.fold_len, g))
                continue;
            if (pass == 1 && !strchr(r->p.fold + g[0].to, '/'))
                continue;
            x->number_row = s->by_y[i];
            *after = g[0].to;
            return r;
        }
    }
    return NULL;
}

/* The evidence of a number that is not there: its row, and what stands at the
 * same height in its column ("/TB-UBND"). */
static struct evidence around(const struct extraction *x, const struct row *r)
{
    struct evidence e = row_evidence(r);
    for (int i = 0; i < x->first->n_rows; i++) {
        const struct row *o = &x->first->rows[i];
        if (o != r && o->x0 > r->x1 && o->x1 < x->head.split &&
            row_middle_y(o) > r->y0 - row_height(r) * 0.3 &&
            row_middle_y(o) < r->y1 + row_height(r) * 0.3)
            e = evidence_join(e, row_evidence(o));
    }
    return e;
}

/* Keep the first part of the notation, to tell the type by. */
static void keep_notation(struct extraction *x, const char *notation)
{
    size_t n = strcspn(notation, "-/");
    AUTO(free_char) char *first = xstrndup(notation, n);
    free(x->notation);
    x->notation = text_fold(first);
}

/* The first letters of a name: "SỞ KHOA HỌC VÀ CÔNG NGHỆ" -> "skhcn". */
static char *initials(const char *fold)
{
    struct strbuf b;
    strbuf_init(&b);
    for (const char *c = fold; *c;) {
        size_t n = strcspn(c, " -,\n");
        if (n > 0 && !(n == 2 && strncmp(c, "va", 2) == 0))
            strbuf_addc(&b, *c);
        c += n;
        c += strspn(c, " -,\n");
    }
    return strbuf_take(&b);
}

/* Whether a part is the initials of an agency in the heading's left column. */
static bool is_issuer(const struct extraction *x, const char *folded)
{
    const struct sheet *s = x->first;
    for (int i = 0; i < s->n_rows; i++) {
        const struct row *r = &s->rows[i];
        if (!may_carry(x, r) || !row_is_capitals(r))
            continue;
        AUTO(free_char) char *letters = initials(r->p.fold);
        if (strcmp(letters, folded) == 0)
            return true;
    }
    return false;
}

/* Whether tables and heading vouch for all of a notation, so that only the
 * digits are left to doubt. */
static bool is_vouched(const struct extraction *x, const char *notation)
{
    AUTO(free_char) char *fold = text_fold(notation);
    char *rest = fold;
    for (char *part; (part = strsep(&rest, "-/")) != NULL;)
        if (!known_abbreviation(x->rules, part) && !is_issuer(x, part))
            return false;
    return true;
}

/* A number with its notation in groups 1, 3, 4 (group 2: the gap). */
static void put_number(struct extraction *x, const struct row *r,
                       const struct span g[PATTERN_GROUPS], char between)
{
    const struct passage *p = &r->p;
    AUTO(free_char) char *digits =
        passage_copy(p, passage_text_span(p, g[1]));
    AUTO(free_char) char *year = passage_copy(p, passage_text_span(p, g[3]));
    AUTO(free_char) char *read = passage_copy(p, passage_text_span(p, g[4]));
    AUTO(free_char) char *notation = notation_clean(x->rules, read);
    if (notation)
        keep_notation(x, notation);
    char *value = NULL;
    if (notation)
        value = xasprintf("%s%c%s%s%s", digits, between, year,
                          *year ? "/" : "", notation);
    struct evidence e = passage_evidence(p, passage_text_span(p, g[0]));
    bool apart = g[2].to > g[2].from;
    put_field(x, "number", apart ? "head.number-by-hand" : "head.number",
              value, e, !apart,
              notation && is_vouched(x, notation) ? "number_known"
                                                  : "number");
}

void find_number(struct extraction *x)
{
    size_t after = 0;
    const struct row *r = find_row(x, &after);
    if (!r)
        return;
    struct span g[PATTERN_GROUPS];
    const struct passage *p = &r->p;
    struct pattern *const *patterns = x->rules->patterns;
    if (pattern_find(patterns[PATTERN_NUMBER_AFTER], p->fold, after,
                     p->fold_len, g)) {
        put_number(x, r, g, '/');
        return;
    }
    if (pattern_find(patterns[PATTERN_NUMBER_PARTY], p->fold, after,
                     p->fold_len, g)) {
        put_number(x, r, g, '-');
        return;
    }
    if (pattern_find(patterns[PATTERN_NUMBER_BLANK], p->fold, after,
                     p->fold_len, g)) {
        AUTO(free_char) char *read =
            passage_copy(p, passage_text_span(p, g[1]));
        AUTO(free_char) char *notation = notation_clean(x->rules, read);
        if (notation)
            keep_notation(x, notation);
    }
    put_field(x, "number", "head.number-by-hand", NULL, around(x, r), false,
              "number");
}
