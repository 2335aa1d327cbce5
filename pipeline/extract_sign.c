/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The foot of a paper: recipients at the left ("Nơi nhận:"), at the right who
 * signs, by what right (TM., KT., TL., TUQ.) and under which title. The name
 * stands under seal and signature: what is left of it is looked at closely.
 */
#include "base/alloc.h"
#include "base/strbuf.h"
#include "base/text.h"
#include "pipeline/extract_inner.h"
#include "pipeline/match.h"
#include <stdlib.h>
#include <string.h>

#define TITLE_ROWS_MAX 4

struct foot {
    const struct sheet *sheet;
    int recipients; /* row of "Nơi nhận", -1 none */
    int titles[TITLE_ROWS_MAX];
    int n_titles;
};

static int recipients_row(const struct sheet *s)
{
    size_t end;
    for (int i = 0; i < s->n_rows; i++) {
        const struct row *r = &s->rows[s->by_y[i]];
        if (r->x0 < s->width * 0.45 &&
            match_begins(r->p.fold, "noi nhan", &end))
            return s->by_y[i];
    }
    return -1;
}

/* Letters in which two texts of the same length differ, marks counted. */
static unsigned marks_between(const char *a, const char *b)
{
    unsigned n = 0;
    size_t na = strlen(a), nb = strlen(b), i = 0, k = 0;
    while (i < na && k < nb)
        n += text_next(a, na, &i) != text_next(b, nb, &k);
    return n + (i < na || k < nb);
}

/* The title that these words are, a wrong letter or two allowed; of those that
 * differ in marks only ("THỨ TRƯỞNG", "THỦ TRƯỞNG") the one with the fewest
 * wrong ones. -1 if none or if two are equally close. */
static int closest_title(const struct table *t, const char *fold,
                         const char *text)
{
    int best = -1;
    unsigned least = 100000;
    for (int i = 0; i < t->n_rows; i++) {
        if (!match_close(fold, table_fold(t, i, 0)))
            continue;
        unsigned d = match_distance(fold, table_fold(t, i, 0)) * 100 +
                     marks_between(text, table_cell(t, i, 0));
        if (d > least)
            continue;
        best = d == least ? -1 : i;
        least = d;
    }
    return best;
}

/* A row of capacity and title ("KT. GIÁM ĐỐC"), spelled; NULL if it is none. */
static char *title_of(const struct extract_rules *rules, const struct row *r,
                      bool *known)
{
    struct span g[PATTERN_GROUPS];
    const struct passage *p = &r->p;
    AUTO(free_char) char *capacity = xstrdup("");
    size_t at = 0;
    if (pattern_find(rules->patterns[PATTERN_CAPACITY], p->fold, 0,
                     p->fold_len, g)) {
        free(capacity);
        capacity = xasprintf("%.*s. ", (int)(g[1].to - g[1].from),
                             p->fold + g[1].from);
        for (char *c = capacity; *c; c++)
            *c = (char)(*c >= 'a' && *c <= 'z' ? *c - 32 : *c);
        at = g[0].to;
    }
    const struct table *t = &rules->tables[TABLE_TITLES];
    size_t text_at = passage_text_span(p, (struct span){at, at}).from;
    int same = closest_title(t, p->fold + at, p->text + text_at);
    if (same >= 0) {
        *known = row_is_capitals(r);
        return xasprintf("%s%s", capacity, table_cell(t, same, 0));
    }
    bool begins = false;
    size_t end = 0;
    for (int i = 0; i < t->n_rows; i++)
        begins = begins ||
                 match_begins(p->fold + at, table_fold(t, i, 0), &end);
    if (!begins && !*capacity)
        return NULL;
    if (!row_is_capitals(r))
        return NULL;
    *known = false;
    struct span s = passage_trim(
        p, passage_text_span(p, (struct span){at, p->fold_len}));
    AUTO(free_char) char *rest = passage_copy(p, s);
    return xasprintf("%s%s", capacity, rest);
}

/* Collect the rows of titles at the right of a sheet. */
static void collect_titles(const struct extraction *x, struct foot *f)
{
    const struct sheet *s = f->sheet;
    double top = s->height * 0.3, left = s->width * 0.45;
    if (f->recipients >= 0) {
        const struct row *r = &s->rows[f->recipients];
        top = r->y0 - row_height(r) * 2.5;
    } else if (s != x->first) {
        top = 0;
    }
    for (int i = 0; i < s->n_rows && f->n_titles < TITLE_ROWS_MAX; i++) {
        const struct row *r = &s->rows[s->by_y[i]];
        if (r->y0 < top || r->x0 < left ||
            row_middle_x(r) < s->width * 0.55)
            continue;
        bool known;
        AUTO(free_char) char *title = title_of(x->rules, r, &known);
        if (title)
            f->titles[f->n_titles++] = s->by_y[i];
        else if (f->n_titles > 0 &&
                 row_middle_y(r) - s->rows[f->titles[f->n_titles - 1]].y1 >
                     row_height(r) * 4)
            break;
    }
}

/* The sheet with the foot: the first that has recipients and titles, else the
 * last that has titles. */
static bool find_foot(const struct extraction *x, struct foot *f)
{
    bool found = false;
    for (int i = 0; i < x->n_sheets; i++) {
        struct foot here = {.sheet = &x->sheets[i]};
        here.recipients = recipients_row(here.sheet);
        collect_titles(x, &here);
        if (here.n_titles > 0 || here.recipients >= 0) {
            *f = here;
            found = true;
        }
        if (here.n_titles > 0 && here.recipients >= 0)
            break;
    }
    return found;
}

/* Whether a title is stamped under those that are printed: a deputy signs,
 * and "KT." was written by hand. */
static bool title_is_stamped(const struct extraction *x, const struct foot *f)
{
    const struct page *page = &x->r->pages[f->sheet->page - 1];
    const struct row *last = &f->sheet->rows[f->titles[f->n_titles - 1]];
    bool found = false;
    for (int i = 0; i < page->n_marks && !found; i++) {
        if (strcmp(page->marks[i].kind, "stamp") != 0)
            continue;
        struct sheet s;
        sheet_of_mark(x->r, f->sheet->page, &page->marks[i], &s);
        for (int k = 0; k < s.n_rows && !found; k++) {
            const struct row *r = &s.rows[k];
            bool known;
            if (r->y0 > last->y0 && r->y0 < last->y1 + s.height * 0.2) {
                AUTO(free_char) char *title = title_of(x->rules, r, &known);
                found = title != NULL;
            }
        }
        mark_sheet_clear(&s);
    }
    return found;
}

static void put_titles(struct extraction *x, const struct foot *f)
{
    struct strbuf b;
    strbuf_init(&b);
    struct evidence e = {0};
    bool all_known = true;
    for (int i = 0; i < f->n_titles; i++) {
        const struct row *r = &f->sheet->rows[f->titles[i]];
        bool known = false;
        AUTO(free_char) char *title = title_of(x->rules, r, &known);
        strbuf_addf(&b, "%s%s", i ? ", " : "", title);
        all_known = all_known && known;
        e = evidence_join(e, row_evidence(r));
    }
    if (all_known && e.min_pct < 60)
        e.min_pct = 60; /* the table vouches for the spelling */
    bool stamped = title_is_stamped(x, f);
    put_field(x, "signer_title", "foot.title", strbuf_take(&b), e, !stamped,
              all_known ? "known" : "signer_title");
}

void find_signer(struct extraction *x)
{
    struct foot f = {0};
    if (!find_foot(x, &f) || f.n_titles == 0)
        return;
    put_titles(x, &f);
    find_signer_name(x, f.sheet, &f.sheet->rows[f.titles[f.n_titles - 1]]);
}

/* One row of the list: a new item if it begins with a dash, else more of the
 * one before. */
static void add_recipient(const struct row *r, struct strbuf *out)
{
    const struct passage *p = &r->p;
    const struct token *t = &r->tokens[0];
    bool item = t->text[0] != '\0' &&
                (t->text[0] == '-' || r->p.fold[0] == '-' ||
                 r->p.fold[0] == '~' || strncmp(t->text, "¬", 2) == 0);
    struct span s = passage_trim(p, (struct span){0, p->len});
    if (s.to == s.from)
        return;
    /* What follows the last letter stays, but for the end of an item. */
    AUTO(free_char) char *text =
        passage_copy(p, (struct span){s.from, p->len});
    size_t n = strlen(text);
    while (n > 0 && strchr(";. ", text[n - 1]))
        text[--n] = '\0';
    if (out->len > 0)
        strbuf_adds(out, item ? "; " : " ");
    strbuf_adds(out, text);
}

void find_recipients(struct extraction *x)
{
    struct foot f = {0};
    if (!find_foot(x, &f) || f.recipients < 0)
        return;
    const struct sheet *s = f.sheet;
    const struct row *head = &s->rows[f.recipients];
    struct strbuf b;
    strbuf_init(&b);
    struct evidence e = {0};
    const struct row *above = head;
    size_t end;
    bool ended = false;
    for (int i = 0; i < s->n_rows && !ended; i++) {
        const struct row *r = &s->rows[s->by_y[i]];
        if (row_middle_y(r) <= row_middle_y(head) + row_height(head) * 0.5 ||
            r->x0 > head->x0 + s->width * 0.15 ||
            row_middle_x(r) > s->width * 0.6)
            continue;
        if (row_middle_y(r) - row_middle_y(above) > row_height(head) * 4)
            break;
        add_recipient(r, &b);
        e = evidence_join(e, row_evidence(r));
        ended = match_begins(r->p.fold, "luu", &end);
        above = r;
    }
    char *list = strbuf_take(&b);
    if (*list)
        put_field(x, "recipients", "foot.recipients", STEAL(list), e, ended,
                  "recipients");
    free(list);
}
