/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Place and date: right in the heading, or, on forms and certificates, above
 * the signature. Never from the body: a cited decree has a date, too. The day
 * is often written by hand; digits taller than the print beside them are not
 * believed.
 */
#include "base/alloc.h"
#include "base/strbuf.h"
#include "base/text.h"
#include "pipeline/extract_inner.h"
#include "pipeline/match.h"
#include <stdlib.h>
#include <string.h>

#define YEAR_FIRST 1945
#define TALL 1.3 /* digits by hand are so much taller than print */

static int number_of(const struct passage *p, struct span s)
{
    AUTO(free_char) char *digits = passage_copy(p, s);
    return atoi(digits);
}

char *date_iso(const struct passage *p, struct span day, struct span month,
               struct span year)
{
    static const int days[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int d = number_of(p, passage_text_span(p, day));
    int m = number_of(p, passage_text_span(p, month));
    int y = number_of(p, passage_text_span(p, year));
    bool leap = (y % 4 == 0 && y % 100 != 0) || y % 400 == 0;
    if (m < 1 || m > 12 || d < 1 || d > days[m - 1] ||
        (m == 2 && d == 29 && !leap) || y < YEAR_FIRST - 50)
        return NULL;
    return xasprintf("%04d-%02d-%02d", y, m, d);
}

static double token_height(const struct passage *p, struct span fold)
{
    const struct token *t =
        passage_token(p, passage_text_span(p, fold).from);
    return t ? t->y1 - t->y0 : 0;
}

/* Whether day and month look printed like the year. */
static bool looks_printed(const struct passage *p,
                          const struct span g[PATTERN_GROUPS])
{
    double year = token_height(p, g[3]);
    const struct token *day =
        passage_token(p, passage_text_span(p, g[1]).from);
    /* Print leaves a space between "ngày" and the day; a pen may not. */
    bool alone = day && day->text[0] >= '0' && day->text[0] <= '9';
    return alone && token_height(p, g[1]) <= TALL * year &&
           token_height(p, g[2]) <= TALL * 1.1 * year;
}

/* The name of the table that a name is but for a letter ("Quảng Ngõi"); NULL
 * if it is none. */
static const char *nearly_known(const struct extract_rules *rules,
                                const char *name)
{
    const struct table *t = &rules->tables[TABLE_PLACES];
    AUTO(free_char) char *fold = text_fold(name);
    for (int i = 0; i < t->n_rows; i++)
        if (match_distance(fold, table_fold(t, i, 0)) == 1)
            return table_cell(t, i, 0);
    return NULL;
}

/* Whether the agencies of the heading are of that place. */
static bool agencies_are_of(const struct extraction *x, const char *capitals)
{
    const char *issuer = field_value(x, "issuer");
    const char *parent = field_value(x, "parent_issuer");
    return (issuer && strstr(issuer, capitals)) ||
           (parent && strstr(parent, capitals));
}

/* "QUẢNG NGÃI" as "Quảng Ngãi". Caller frees. */
static char *small_letters(const char *capitals)
{
    struct strbuf b;
    AUTO(free_char) char *copy = xstrdup(capitals);
    char *rest = copy;
    strbuf_init(&b);
    for (char *w; (w = strsep(&rest, " ")) != NULL;) {
        AUTO(free_char) char *fine = name_syllable(w);
        strbuf_addf(&b, "%s%s", b.len ? " " : "", fine ? fine : w);
    }
    return strbuf_take(&b);
}

static void put_place(struct extraction *x, const struct passage *p,
                      size_t ngay, const char *rule)
{
    struct span s = passage_trim(
        p, passage_text_span(p, (struct span){0, ngay}));
    if (s.to == s.from || s.to - s.from > 60)
        return;
    AUTO(free_char) char *read = passage_copy(p, s);
    bool known = false;
    char *place = rules_spell(x->rules, read, &known);
    const char *nearly = known ? NULL : nearly_known(x->rules, place);
    if (nearly && agencies_are_of(x, nearly)) {
        free(place);
        place = small_letters(nearly);
        known = true;
    } else if (known) { /* "kiên Giang" */
        char *begun = text_begun(place);
        free(place);
        place = begun;
    }
    put_field(x, "place", rule, place, passage_evidence(p, s),
              known || !nearly, known ? "known" : "place");
}

/* The row under r in its column, where a long line went on; NULL if none. */
static const struct row *row_under(const struct sheet *s, const struct row *r)
{
    for (int i = 0; i < s->n_rows; i++) {
        const struct row *u = &s->rows[s->by_y[i]];
        double step = row_middle_y(u) - row_middle_y(r);
        if (step > row_height(r) * 0.6 && step < row_height(r) * 2 &&
            u->x0 > r->x0 - row_height(r) && u->x1 < r->x1 + row_height(r))
            return u;
    }
    return NULL;
}

static bool try_passage(struct extraction *x, const struct passage *p,
                        bool last, const char *rule, const char *place_rule)
{
    struct span line[PATTERN_GROUPS], g[PATTERN_GROUPS];
    struct pattern *const *patterns = x->rules->patterns;
    bool whole =
        pattern_find(patterns[PATTERN_DATE_WORDS], p->fold, 0, p->fold_len, g);
    if (!whole && (!last || !pattern_find(patterns[PATTERN_DATE_LINE], p->fold,
                                          0, p->fold_len, line)))
        return false;
    put_place(x, p, whole ? g[0].from : line[0].from, place_rule);
    if (!whole) {
        put_field(x, "date", rule, NULL,
                  passage_evidence(p, (struct span){0, p->len}), false,
                  "date");
        return true;
    }
    char *iso = date_iso(p, g[1], g[2], g[3]);
    struct evidence e = passage_evidence(p, passage_text_span(p, g[0]));
    e.min_pct = 100;
    for (int i = 1; i <= 3; i++) {
        struct evidence d = passage_evidence(p, passage_text_span(p, g[i]));
        e.min_pct = d.min_pct < e.min_pct ? d.min_pct : e.min_pct;
    }
    put_field(x, "date", rule, iso, e, looks_printed(p, g), "date");
    return true;
}

static bool try_row(struct extraction *x, const struct sheet *s,
                    const struct row *r, const char *rule,
                    const char *place_rule)
{
    const struct row *under = row_under(s, r);
    struct span g[PATTERN_GROUPS];
    if (!pattern_find(x->rules->patterns[PATTERN_DATE_LINE], r->p.fold, 0,
                      r->p.fold_len, g))
        return false;
    if (try_passage(x, &r->p, !under, rule, place_rule))
        return true;
    if (!under)
        return false;
    int rows[] = {(int)(r - s->rows), (int)(under - s->rows)};
    struct passage both;
    rows_passage(s, rows, 2, &both);
    bool found = try_passage(x, &both, false, rule, place_rule);
    passage_clear(&both);
    return found || try_passage(x, &r->p, true, rule, place_rule);
}

/* In the right column of the heading, not far under it. */
static bool in_heading(const struct extraction *x, const struct row *r)
{
    double reach = x->first->height * 0.12;
    return row_middle_x(r) > x->head.split && r->y0 > x->head.floor - 5 &&
           r->y0 < x->head.floor + reach;
}

/* "Bắc Kạn, ngày 22 tháng 11 năm 2019" alone in a row of the right half. */
static bool above_signature(const struct extraction *x, const struct sheet *s,
                            const struct row *r)
{
    struct span g[PATTERN_GROUPS];
    const struct passage *p = &r->p;
    if (row_middle_x(r) < s->width * 0.5 || r->x0 < s->width * 0.3 ||
        !pattern_find(x->rules->patterns[PATTERN_DATE_LINE], p->fold, 0,
                      p->fold_len, g))
        return false;
    return g[0].from < 40 && strstr(p->fold, "thang") != NULL;
}

void find_date(struct extraction *x)
{
    const struct sheet *s = x->first;
    for (int i = 0; x->head.found && i < s->n_rows; i++) {
        const struct row *r = &s->rows[s->by_y[i]];
        if (!in_heading(x, r) || !try_row(x, s, r, "head.date", "head.place"))
            continue;
        /* Who writes the day by hand writes the number by hand, and a pen's
         * 1 is surely read as 4. */
        if (!field_value(x, "date"))
            withdraw_field(x, "number", "head.number-by-hand");
        return;
    }
    for (int i = x->n_sheets - 1; i >= 0; i--) {
        s = &x->sheets[i];
        for (int k = s->n_rows - 1; k >= 0; k--) {
            const struct row *r = &s->rows[s->by_y[k]];
            if (above_signature(x, s, r) &&
                try_row(x, s, r, "foot.date", "foot.place"))
                return;
        }
    }
}
