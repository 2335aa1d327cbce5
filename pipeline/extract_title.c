/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Under which title somebody signs, and by what right (TM., KT., TL., TUQ.).
 * Seal and signature lie over it, and "KT." is often written by hand: a title
 * alone is believed only where nothing is left of a second one under it or of
 * a stroke before it, because a deputy would be called the head.
 */
#include "base/alloc.h"
#include "base/strbuf.h"
#include "base/text.h"
#include "pipeline/extract_inner.h"
#include "pipeline/match.h"
#include <stdlib.h>
#include <string.h>

#define TAIL_LETTERS 5    /* of a title, that tell it from scraps */
#define UNDER_HEIGHTS 2.4 /* the next title stands so far under one, at most */

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

char *signer_title_of(const struct extract_rules *rules, const struct row *r,
                      bool *known)
{
    struct span g[PATTERN_GROUPS];
    const struct passage *p = &r->p;
    AUTO(free_char) char *capacity = xstrdup("");
    size_t at = 0;
    if (pattern_find(rules->patterns[PATTERN_CAPACITY], p->fold, 0, p->fold_len,
                     g)) {
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
        begins =
            begins || match_begins(p->fold + at, table_fold(t, i, 0), &end);
    if (!begins && !*capacity)
        return NULL;
    if (!row_is_capitals(r))
        return NULL;
    *known = false;
    struct span s =
        passage_trim(p, passage_text_span(p, (struct span){at, p->fold_len}));
    AUTO(free_char) char *rest = passage_copy(p, s);
    return xasprintf("%s%s", capacity, rest);
}

/* ---- titles that were not read as rows ---- */

/* Letters that two texts have in common at their ends. */
static size_t common_tail(const char *a, const char *b)
{
    size_t n = strlen(a), m = strlen(b), same = 0;
    while (same < n && same < m && a[n - 1 - same] == b[m - 1 - same])
        same++;
    return same;
}

/* Whether the letters of a row end as a title does ("HỦ TƯỚNG"). */
static bool ends_as(const struct row *r, const char *title)
{
    AUTO(free_char) char *fold = text_fold(title);
    AUTO(free_char) char *want = match_letters(fold);
    AUTO(free_char) char *have = match_letters(r->p.fold);
    return common_tail(have, want) >= TAIL_LETTERS;
}

/* Whether row r is where a second title would be under row `above`. */
static bool is_under(const struct row *r, const struct row *above)
{
    double high = row_height(above);
    return row_middle_y(r) > row_middle_y(above) + high * 0.45 &&
           row_middle_y(r) < above->y1 + high * UNDER_HEIGHTS &&
           r->x0 < above->x1 && r->x1 > above->x0;
}

/* Whether `above` is where a title before row r would be. */
static bool is_over(const struct row *above, const struct row *r)
{
    return is_under(r, above);
}

/* A look at each row that was read beside a title, on the page or in the marks
 * that lie over it; it ends when told that enough was seen. */
typedef bool look_fn(const struct row *r, void *user);

/* Which rows: those for which this holds beside `title`. */
typedef bool place_fn(const struct row *r, const struct row *title);

static bool rows_at(const struct sheet *s, place_fn *at,
                    const struct row *title, look_fn *look, void *user)
{
    for (int i = 0; i < s->n_rows; i++)
        if (at(&s->rows[i], title) && look(&s->rows[i], user))
            return true;
    return false;
}

static bool readings_at(const struct extraction *x, const struct sheet *s,
                        place_fn *at, const struct row *title, look_fn *look,
                        void *user)
{
    const struct page *page = &x->r->pages[s->page - 1];
    bool enough = rows_at(s, at, title, look, user);
    for (int i = 0; i < page->n_marks && !enough; i++) {
        const char *kind = page->marks[i].kind;
        if (strcmp(kind, "stamp") != 0 && strcmp(kind, "signing") != 0)
            continue;
        struct sheet of;
        sheet_of_mark(x->r, s->page, &page->marks[i], &of);
        enough = rows_at(&of, at, title, look, user);
        mark_sheet_clear(&of);
    }
    return enough;
}

/* Whether a row is a title or the end of one. */
static bool is_title_left(const struct row *r, void *user)
{
    const struct extract_rules *rules = user;
    const struct table *t = &rules->tables[TABLE_TITLES];
    for (int i = 0; i < t->n_rows; i++)
        if (ends_as(r, table_cell(t, i, 0)))
            return true;
    bool known;
    AUTO(free_char) char *title = signer_title_of(rules, r, &known);
    return title != NULL;
}

static bool ends_as_wanted(const struct row *r, void *user)
{
    return ends_as(r, user);
}

/* ---- what a title asks for ---- */

/* The title of who signs for somebody ("KT. BỘ TRƯỞNG, CHỦ NHIỆM": "PHÓ CHỦ
 * NHIỆM"); NULL if it can be any. Caller frees. */
static char *deputy_of(const char *title)
{
    if (strncmp(title, "KT. ", 4) != 0)
        return NULL;
    const char *comma = strrchr(title, ',');
    const char *head = comma ? comma + 1 : title + 4;
    head += strspn(head, " ");
    if (strcmp(head, "BỘ TRƯỞNG") == 0)
        return xstrdup("THỨ TRƯỞNG");
    return xasprintf("PHÓ %s", head);
}

/* Whether somebody signs for who is named: the own title must follow. */
static bool is_for_another(const char *title)
{
    static const char *const rights[] = {"KT. ", "TL. ", "TM. ", "TUQ. "};
    for (size_t i = 0; i < ARRAY_LEN(rights); i++)
        if (strncmp(title, rights[i], strlen(rights[i])) == 0)
            return true;
    return false;
}

static bool is_deputy(const char *title)
{
    return strncmp(title, "PHÓ ", strlen("PHÓ ")) == 0 ||
           strcmp(title, "THỨ TRƯỞNG") == 0;
}

/* Whether a row says its title and not a letter more. */
static bool is_clean(const struct row *r, const char *title)
{
    AUTO(free_char) char *fold = text_fold(title);
    AUTO(free_char) char *want = match_letters(fold);
    AUTO(free_char) char *have = match_letters(r->p.fold);
    return strcmp(want, have) == 0;
}

/*
 * Whether the titles read are all there are; b may get one more that can be
 * told from what is left of it.
 * first, last   the titles as they were read
 */
static bool complete(const struct extraction *x, const struct sheet *s,
                     const struct row *rows[2], const char *first,
                     const char *last, struct strbuf *b)
{
    void *rules = (void *)x->rules;
    bool twice = rows[0] != rows[1] && strcmp(first, last) == 0;
    if (twice || is_deputy(first))
        return false; /* the right by which, or for whom, was not read */
    if (!is_for_another(last)) {
        bool alone = rows[0] == rows[1] && !is_for_another(first);
        return (!alone ||
                (is_clean(rows[0], first) &&
                 !readings_at(x, s, is_over, rows[0], is_title_left, rules))) &&
               !readings_at(x, s, is_under, rows[1], is_title_left, rules);
    }
    AUTO(free_char) char *deputy = deputy_of(last);
    if (!deputy ||
        !readings_at(x, s, is_under, rows[1], ends_as_wanted, deputy))
        return false;
    strbuf_addf(b, ", %s", deputy);
    return true;
}

/* The title in row r, under the title `last` (NULL: the first); NULL if the
 * one above goes on in it. What is left of a deputy's ("Ứ TRƯỞNG" under "KT. BỘ
 * TRƯỞNG") is near to others, too, and nobody signs for his own title ("THỦ
 * TƯỚNG" under "KT. THỦ TƯỚNG"). */
static char *title_after(const struct extract_rules *rules, const struct row *r,
                         const char *last, bool *known)
{
    char *title = signer_title_of(rules, r, known);
    AUTO(free_char) char *deputy = last ? deputy_of(last) : NULL;
    bool own = title && deputy && strcmp(title, last + strlen("KT. ")) == 0;
    if (!title || !deputy ||
        (!own && (is_clean(r, title) || !ends_as(r, deputy))))
        return title;
    free(title);
    *known = true;
    return STEAL(deputy);
}

static char *row_text(const struct row *r)
{
    return passage_copy(&r->p,
                        passage_trim(&r->p, (struct span){0, r->p.len}));
}

void put_signer_title(struct extraction *x, const struct sheet *s,
                      const int *rows, int n)
{
    struct strbuf b;
    strbuf_init(&b);
    struct evidence e = {0};
    bool all_known = true;
    AUTO(free_char) char *first = NULL;
    AUTO(free_char) char *last = NULL;
    for (int i = 0; i < n; i++) {
        const struct row *r = &s->rows[rows[i]];
        bool known = false;
        AUTO(free_char)
        char *title = title_after(x->rules, r, last, &known);
        AUTO(free_char) char *more = title ? NULL : row_text(r);
        strbuf_addf(&b, "%s%s", !i ? "" : title ? ", " : " ",
                    title ? title : more);
        all_known = all_known && known;
        e = evidence_join(e, row_evidence(r));
        if (title) {
            free(last);
            last = STEAL(title);
        }
        if (!first)
            first = xstrdup(last);
    }
    const struct row *ends[2] = {&s->rows[rows[0]], &s->rows[rows[n - 1]]};
    bool whole = complete(x, s, ends, first, last, &b);
    if (all_known && e.min_pct < 60)
        e.min_pct = 60; /* the table vouches for the spelling */
    put_field(x, "signer_title", "foot.title", strbuf_take(&b), e, whole,
              all_known ? "known" : "signer_title");
}
