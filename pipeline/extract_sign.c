/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The foot of a paper: recipients at the left ("Nơi nhận:"), at the right who
 * signs, by what right (TM., KT., TL., TUQ.) and under which title. The name
 * stands under seal and signature: what is left of it is looked at closely.
 */
#include "base/alloc.h"
#include "base/strbuf.h"
#include "base/text.h"
#include "pipeline/extract_namesake.h"
#include "pipeline/match.h"
#include <math.h>
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

/* Whether a title goes on in row r, in capitals and close under it: "TRƯỞNG
 * PHÒNG QUẢN LÝ", "KHOA HỌC". A name leaves room for the signature. */
static bool goes_on_in(const struct extraction *x, const struct row *title,
                       const struct row *r)
{
    double step = row_middle_y(r) - row_middle_y(title);
    int letters = 0;
    for (int i = 0; i < r->n; i++) {
        struct text_counts c = text_count(r->tokens[i].text);
        if (c.smalls + c.digits > 0)
            return false;
        letters += c.capitals;
    }
    return step > row_height(title) * 0.6 && step < row_height(title) * 2 &&
           fabs(row_middle_x(r) - row_middle_x(title)) <
               (title->x1 - title->x0) * 0.25 &&
           letters >= 4 && row_evidence(r).min_pct >= 60 &&
           !(r->n > 1 && name_is_borne(x, r->tokens, r->n));
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
        if (r->y0 < top || r->x0 < left || row_middle_x(r) < s->width * 0.55)
            continue;
        bool known;
        AUTO(free_char) char *title = signer_title_of(x->rules, r, &known);
        if (title || (f->n_titles > 0 &&
                      goes_on_in(x, &s->rows[f->titles[f->n_titles - 1]], r)))
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

void find_signer(struct extraction *x)
{
    struct foot f = {0};
    if (!find_foot(x, &f) || f.n_titles == 0)
        return;
    put_signer_title(x, f.sheet, f.titles, f.n_titles);
    find_signer_name(x, f.sheet, &f.sheet->rows[f.titles[f.n_titles - 1]]);
}

static bool begins_item(const struct row *r)
{
    const char *text = r->tokens[0].text;
    return text[0] == '-' || r->p.fold[0] == '-' || r->p.fold[0] == '~' ||
           strncmp(text, "¬", 2) == 0;
}

/* How many words of the last row ("Lưu: VT, QLKH (2). hoa") are of it: behind
 * its full stop stands who typed it. */
static int words_of_last(const struct row *r)
{
    for (int i = 1; i < r->n; i++) {
        size_t n = strlen(r->tokens[i].text);
        if (n > 1 && r->tokens[i].text[n - 1] == '.')
            return i + 1;
    }
    return r->n;
}

/* Add one row of the list: a new item if it begins with a dash or the one
 * before has ended, else more of that one. */
static void add_recipient(const struct row *r, int words, bool item,
                          struct strbuf *out, struct evidence *e)
{
    struct passage p;
    passage_begin(&p);
    passage_add_row(&p, r->tokens, words);
    passage_end(&p);
    struct span s = passage_trim(&p, (struct span){0, p.len});
    if (p.text[0] == '(')
        s.from = 0; /* "(để báo cáo);" in a row of its own */
    if (s.to > s.from) {
        /* What follows the last letter stays, but for the end of an item. */
        AUTO(free_char)
        char *text = passage_copy(&p, (struct span){s.from, p.len});
        size_t n = strlen(text);
        while (n > 0 && strchr(";. ", text[n - 1]))
            text[--n] = '\0';
        if (out->len > 0)
            strbuf_adds(out, item ? "; " : " ");
        strbuf_adds(out, text);
        *e = evidence_join(*e, passage_evidence(&p, (struct span){0, p.len}));
    }
    passage_clear(&p);
}

static bool ends_item(const struct row *r)
{
    const char *last = r->tokens[r->n - 1].text;
    size_t n = strlen(last);
    return n > 0 && last[n - 1] == ';';
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
        ended = match_begins(r->p.fold, "luu", &end);
        add_recipient(r, ended ? words_of_last(r) : r->n,
                      begins_item(r) || (above != head && ends_item(above)), &b,
                      &e);
        above = r;
    }
    char *list = strbuf_take(&b);
    if (*list)
        put_field(x, "recipients", "foot.recipients", STEAL(list), e, ended,
                  "recipients");
    free(list);
}
