/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Labels of forms, and the values behind them. */
#include "pipeline/extract_label.h"
#include "base/alloc.h"
#include "base/text.h"
#include "pipeline/match.h"
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define LABELS_MAX 4000

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

/* Whether only an item's number or a dash stands before `at` in its row. */
static bool begins_row(const char *fold, size_t at)
{
    while (at > 0 && fold[at - 1] != '\n') {
        char c = fold[--at];
        if (c >= 'a' && c <= 'z')
            return false;
    }
    return true;
}

/* Whether a label at `at` is parted from what stands before it, so that a
 * value in front of it ends there. */
static bool is_parted(const char *fold, size_t at)
{
    while (at > 0 && (fold[at - 1] == ' ' || fold[at - 1] == '\n'))
        if (fold[--at] == '\n')
            return true;
    if (at == 0 || strchr(",;.):|", fold[at - 1]))
        return true;
    return begins_row(fold, at);
}

/* Skip a remark in brackets and a colon after a label. */
static size_t after_label(const char *fold, size_t at, bool *colon)
{
    size_t i = at + strspn(fold + at, " \n");
    if (fold[i] == '(') {
        size_t close = strcspn(fold + i, ")");
        if (fold[i + close] == ')' && close < 120)
            i += close + 1;
        i += strspn(fold + i, " \n");
    }
    *colon = fold[i] == ':' || fold[i] == ';' ||
             (fold[i] == '.' && fold[i + 1] == ' ');
    return *colon ? i + 1 : i;
}

static int compare_labels(const void *a, const void *b)
{
    const struct label *p = a, *q = b;
    if (p->from != q->from)
        return p->from < q->from ? -1 : 1;
    /* The longer label first. */
    return (p->value.from < q->value.from) - (p->value.from > q->value.from);
}

/* Every place of every label. */
static int collect(const struct extraction *x, const struct table *t,
                   struct label **out)
{
    const struct passage *p = &x->all;
    int n = 0, cap = 0;
    for (int i = 0; i < t->n_rows; i++) {
        size_t at = 0, end = 0;
        const char *words = table_fold(t, i, 2);
        while (n < LABELS_MAX &&
               (at = match_words(p->fold, at, words, &end)) != SIZE_MAX) {
            GROW(*out, n, cap);
            struct label *l = &(*out)[n++];
            *l = (struct label){.row = i, .from = at};
            l->value.from = after_label(p->fold, end, &l->colon);
            l->value.to = p->fold_len;
            l->heads = begins_row(p->fold, at);
            at = end;
        }
    }
    return n;
}

int labels_find(const struct extraction *x, enum table_id table,
                struct label **out)
{
    *out = NULL;
    int n = collect(x, &x->rules->tables[table], out);
    if (n > 0)
        qsort(*out, (size_t)n, sizeof(**out), compare_labels);
    /* Of those that overlap, the first and longest stays. */
    int kept = 0;
    for (int i = 0; i < n; i++)
        if (kept == 0 || (*out)[i].from >= (*out)[kept - 1].value.from)
            (*out)[kept++] = (*out)[i];
    for (int i = 0; i + 1 < kept; i++) {
        size_t next = (*out)[i + 1].from;
        if (is_parted(x->all.fold, next) || (*out)[i + 1].colon)
            (*out)[i].value.to = next;
    }
    for (int i = 0; i < kept; i++) {
        struct label *l = &(*out)[i];
        l->value.to = value_end(x, l->value.from, l->value.to);
    }
    return kept;
}

static const struct sheet *sheet_of(const struct extraction *x, int page)
{
    for (int i = 0; i < x->n_sheets; i++)
        if (x->sheets[i].page == page)
            return &x->sheets[i];
    return NULL;
}

/* Whether a value goes on behind the end of row at byte `at` of the fold: the
 * next word had no room in the row. */
static bool wraps(const struct extraction *x, size_t at)
{
    const struct passage *p = &x->all;
    size_t before = (size_t)p->text_at[at];
    const struct token *a = before ? passage_token(p, before - 1) : NULL;
    const struct token *b = passage_token(p, before + 1);
    if (!a || !b || a->page != b->page)
        return false;
    const struct sheet *s = sheet_of(x, a->page);
    double space = (a->y1 - a->y0) * 0.3;
    return s && b->y0 > a->y0 && b->x0 < a->x1 &&
           a->x1 + space + (b->x1 - b->x0) > s->right - s->width * 0.02;
}

size_t value_end(const struct extraction *x, size_t from, size_t limit)
{
    const struct passage *p = &x->all;
    struct span g[PATTERN_GROUPS];
    const struct pattern *item = x->rules->patterns[PATTERN_ITEM];
    size_t start = from;
    while (start < limit && (p->fold[start] == ' ' || p->fold[start] == '\n'))
        start++;
    if (start < limit && pattern_find(item, p->fold, start, limit, g))
        limit = g[0].from;
    for (size_t i = from; i < limit; i++) {
        if (p->fold[i] != '\n')
            continue;
        bool empty = strspn(p->fold + from, " ._\n") + from >= i;
        if (!empty && !wraps(x, i))
            return i;
    }
    return limit;
}

static bool put_date(struct extraction *x, const struct label *l,
                     const char *name, const char *rule)
{
    struct span g[PATTERN_GROUPS];
    const struct passage *p = &x->all;
    if (!pattern_find(x->rules->patterns[PATTERN_DATE_VALUE], p->fold,
                      l->value.from, p->fold_len, g))
        return false;
    char *iso = date_iso(p, g[1], g[2], g[3]);
    struct span all = {g[1].from, g[3].to};
    put_field(x, name, rule, iso,
              passage_evidence(p, passage_text_span(p, all)), true, name);
    return true;
}

static bool put_sex(struct extraction *x, const struct label *l,
                    const char *name, const char *rule)
{
    const char *f = x->all.fold + l->value.from;
    size_t skip = strspn(f, " \n");
    size_t n = strncmp(f + skip, "nam", 3) == 0  ? 3
               : strncmp(f + skip, "nu", 2) == 0 ? 2
                                                 : 0;
    if (n == 0 || is_letter(f[skip + n]) || f[skip + n] == ',')
        return false;
    struct span s = {l->value.from + skip, l->value.from + skip + n};
    put_field(x, name, rule, xstrdup(n == 3 ? "Nam" : "Nữ"),
              passage_evidence(&x->all, passage_text_span(&x->all, s)), true,
              "known");
    return true;
}

/* Digits, or digits and dots and capitals, up to the first blank. */
static bool put_code(struct extraction *x, const struct label *l,
                     const char *name, const char *rule, bool digits)
{
    const struct passage *p = &x->all;
    size_t from = l->value.from + strspn(p->fold + l->value.from, " \n.");
    size_t to = from, count = 0;
    while (to < l->value.to &&
           (is_letter(p->fold[to]) ||
            (!digits && strchr(".-/", p->fold[to]) != NULL))) {
        count += p->fold[to] >= '0' && p->fold[to] <= '9';
        to++;
    }
    while (to > from && !is_letter(p->fold[to - 1]))
        to--;
    if (to == from || to - from > 40)
        return false;
    bool ok = count > 0;
    size_t n = to - from;
    if (digits)
        ok = count == n && (n == 9 || n == 10 || n == 12);
    if (strcmp(name, "citizen_id") == 0)
        ok = ok && (n == 9 || n == 12);
    struct span s = passage_text_span(p, (struct span){from, to});
    put_field(x, name, rule, passage_copy(p, s), passage_evidence(p, s), ok,
              name);
    return true;
}

static bool put_text(struct extraction *x, const struct label *l,
                     const char *name, const char *rule)
{
    const struct passage *p = &x->all;
    struct span s = passage_trim(p, passage_text_span(p, l->value));
    if (s.to == s.from || s.to - s.from > 600)
        return false;
    put_field(x, name, rule, passage_copy(p, s), passage_evidence(p, s), true,
              name);
    return true;
}

bool label_put(struct extraction *x, const struct label *l, const char *name,
               const char *shape, const char *rule)
{
    if (strcmp(shape, "date") == 0)
        return put_date(x, l, name, rule);
    if (!l->colon)
        return false;
    if (strcmp(shape, "sex") == 0)
        return put_sex(x, l, name, rule);
    if (strcmp(shape, "code") == 0 || strcmp(shape, "digits") == 0)
        return put_code(x, l, name, rule, strcmp(shape, "digits") == 0);
    if (strcmp(shape, "name") == 0) {
        struct span s = passage_text_span(&x->all, l->value);
        if (passage_trim(&x->all, s).from == passage_trim(&x->all, s).to)
            return false;
        put_name(x, name, rule, &x->all, s);
        return true;
    }
    return put_text(x, l, name, rule);
}
