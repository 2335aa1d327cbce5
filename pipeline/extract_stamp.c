/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What stamps and seals say: number and day of arrival, degree of urgency, and
 * that there are a seal and a signature. Degrees of urgency are printed too.
 * Clerks write number and day of arrival by hand into the stamp, which
 * recognition guesses at: they are kept only if read as surely as print.
 */
#include "base/alloc.h"
#include "base/text.h"
#include "pipeline/extract_inner.h"
#include "pipeline/match.h"
#include "pipeline/stamp.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SEAL_REACH_MM 25 /* the strokes nearest to it may be lost with it */

/* Look at each stamp of the sheets in turn until one is used. */
typedef bool (*stamp_use)(struct extraction *x, const struct sheet *s);

static void each_stamp(struct extraction *x, stamp_use use)
{
    for (int i = 0; i < x->r->n_pages; i++) {
        const struct page *page = &x->r->pages[i];
        bool used = false;
        for (int k = 0; k < page->n_marks && !used; k++) {
            if (strcmp(page->marks[k].kind, "stamp") != 0)
                continue;
            struct sheet s;
            sheet_of_mark(x->r, i + 1, &page->marks[k], &s);
            used = use(x, &s);
            mark_sheet_clear(&s);
        }
        if (used)
            return;
    }
}

/* A degree of urgency in capitals in a row down to `bottom`. */
static bool urgency_in(struct extraction *x, const struct sheet *s,
                       double bottom, const char *rule)
{
    const struct table *t = &x->rules->tables[TABLE_STAMP_LABELS];
    for (int k = 0; k < t->n_rows; k++) {
        if (label_kind(t, k) != LABEL_URGENT)
            continue;
        for (int i = 0; i < s->n_rows; i++) {
            const struct row *r = &s->rows[s->by_y[i]];
            if (r->y0 > bottom || !row_is_capitals(r) ||
                !match_close(r->p.fold, label_text(t, k)))
                continue;
            put_field(x, "urgency", rule, label_as_written(t, k),
                      row_evidence(r), true, "known");
            return true;
        }
    }
    return false;
}

static bool urgency_of(struct extraction *x, const struct sheet *s)
{
    return urgency_in(x, s, s->height * 0.5, "stamp.urgency");
}

void find_urgency(struct extraction *x)
{
    if (!urgency_in(x, x->first, x->first->height * 0.45, "head.urgency"))
        each_stamp(x, urgency_of);
}

/* The word of arrival, folded. */
static const char *arrival_word(const struct table *labels)
{
    for (int i = 0; i < labels->n_rows; i++)
        if (label_kind(labels, i) == LABEL_ARRIVAL && label_word(labels, i))
            return label_word(labels, i);
    return "";
}

/* Whether a label stands in a row of a stamp, at its beginning or behind the
 * word of arrival, or itself before that word. The first word of an agency
 * ("SỞ Y TẾ") is none. */
static bool has_label(const struct row *r, const char *label,
                      const char *arrival)
{
    size_t end;
    const char *f = r->p.fold;
    AUTO(free_char) char *both = xasprintf("%s %s", label, arrival);
    if (match_begins(f, arrival, &end))
        f += end + strspn(f + end, " :.");
    if (match_begins(f, both, &end))
        return true;
    return match_begins(f, label, &end) &&
           (strpbrk(f, "0123456789:") || f[end] == '\0');
}

/* The row of a stamp with a label of a kind; -1. */
static int row_labelled(const struct sheet *s, const struct table *labels,
                        enum stamp_label kind)
{
    for (int k = 0; k < s->n_rows; k++)
        for (int i = 0; i < labels->n_rows; i++)
            if (label_kind(labels, i) == kind &&
                has_label(&s->rows[s->by_y[k]], label_text(labels, i),
                          arrival_word(labels)))
                return s->by_y[k];
    return -1;
}

/* Whether a row of a stamp begins as stamps of arrival do. */
static bool says_arrival(const struct sheet *s, const struct table *labels)
{
    size_t end;
    for (int k = 0; k < s->n_rows; k++)
        for (int i = 0; i < labels->n_rows; i++)
            if (label_kind(labels, i) == LABEL_ARRIVAL &&
                match_begins(s->rows[k].p.fold, label_text(labels, i), &end))
                return true;
    return false;
}

/* Digits and what parts them behind the label of a row, without spaces. */
static char *figures_of(const struct row *r)
{
    const char *from = strpbrk(r->p.fold, "0123456789");
    char *out = xstrdup(from ? from : ""), *to = out;
    for (const char *c = out; *c; c++)
        if (*c != ' ' && *c != '.')
            *to++ = *c;
    *to = '\0';
    return out;
}

static char *arrival_day(const char *figures)
{
    int day = 0, month = 0, year = 0, n = 0;
    static const int days[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (sscanf(figures, "%2d%*1[/-]%2d%*1[/-]%4d%n", &day, &month, &year, &n) !=
            3 ||
        figures[n] != '\0' || month < 1 || month > 12 || day < 1 ||
        day > days[month - 1])
        return NULL;
    year += year < 100 ? 2000 : 0;
    if (year < 1945 || year > 2100)
        return NULL;
    return xasprintf("%04d-%02d-%02d", year, month, day);
}

static bool arrival_of(struct extraction *x, const struct sheet *s)
{
    const struct table *labels = &x->rules->tables[TABLE_STAMP_LABELS];
    if (!says_arrival(s, labels))
        return false;
    int number = row_labelled(s, labels, LABEL_NUMBER);
    int day = row_labelled(s, labels, LABEL_DAY);
    if (number >= 0) {
        const struct row *r = &s->rows[number];
        char *value = figures_of(r);
        bool ok = *value && strspn(value, "0123456789") == strlen(value);
        put_field(x, "arrival_number", "stamp.arrival", value, row_evidence(r),
                  ok, "arrival");
    }
    if (day >= 0) {
        const struct row *r = &s->rows[day];
        AUTO(free_char) char *figures = figures_of(r);
        char *value = arrival_day(figures);
        bool ok = value != NULL;
        put_field(x, "arrival_date", "stamp.arrival", value, row_evidence(r),
                  ok, "arrival");
    }
    return number >= 0 || day >= 0;
}

/* Whether the title or the name of who signs was found on a page. */
static bool somebody_signs(const struct extraction *x, int page)
{
    for (int i = 0; i < x->r->n_fields; i++) {
        const struct field *f = &x->r->fields[i];
        if (f->page == page && (strcmp(f->name, "signer") == 0 ||
                                strcmp(f->name, "signer_title") == 0))
            return true;
    }
    return false;
}

/* Whether a mark is beside a seal. */
static bool is_sealed(const struct page *page, const struct mark *m)
{
    int reach = (int)(page->dpi_x * SEAL_REACH_MM / 25.4);
    for (int i = 0; i < page->n_marks; i++) {
        const struct box *a = &page->marks[i].box, *b = &m->box;
        if (strcmp(page->marks[i].kind, "seal") == 0 &&
            a->x < b->x + b->w + reach && b->x < a->x + a->w + reach &&
            a->y < b->y + b->h + reach && b->y < a->y + a->h + reach)
            return true;
    }
    return false;
}

/* That a mark is there: its colour, with the place of the last one. What is
 * seen less surely than a coloured one was dark; strokes in black are no
 * signature where nobody signs or seals. */
static void put_presence(struct extraction *x, const char *kind,
                         const char *colour)
{
    for (int i = x->r->n_pages - 1; i >= 0; i--) {
        const struct page *page = &x->r->pages[i];
        for (int k = page->n_marks - 1; k >= 0; k--) {
            const struct mark *m = &page->marks[k];
            bool dark = m->conf_pct < SEAL_RED_PCT;
            if (strcmp(m->kind, kind) != 0 ||
                (dark && strcmp(kind, "signature") == 0 &&
                 !somebody_signs(x, i + 1) && !is_sealed(page, m)))
                continue;
            struct evidence e = {.page = i + 1,
                                 .box = m->box,
                                 .min_pct = m->conf_pct,
                                 .n_words = 1};
            put_field(x, kind, "stamp.seen",
                      xstrdup(dark ? "dark" : colour), e, true, "known");
            return;
        }
    }
}

void find_stamps(struct extraction *x)
{
    each_stamp(x, arrival_of);
    put_presence(x, "seal", "red");
    put_presence(x, "signature", "blue");
}
