/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The issuing agency and the one above it, in the left column of the heading.
 * Both run over several rows, and what parts them in print is only that one is
 * bold: here it is the words with which names of agencies begin.
 */
#include "base/alloc.h"
#include "base/text.h"
#include "pipeline/extract_inner.h"
#include "pipeline/match.h"
#include <stdlib.h>
#include <string.h>

#define HEAD_ROWS_MAX 6
#define OVER_SHARE 0.03 /* of the page: how far a row reaches over the middle */

/* Words with which a row goes on with the name begun in the row above. The
 * first ones begin a place wherever they stand; QUẢN and XÃ begin other words,
 * too. */
static const char *const going_on[] = {
    "tinh", "thanh pho", "huyen",    "thi xa",  "quan", "phuong",
    "xa",   "thi tran",  "viet nam", "dac khu", "va",   "-"};

#define PLACE_WORDS 3

static bool begins_with_one_of(const char *fold, int n)
{
    bool found = false;
    for (int i = 0; i < n && !found; i++) {
        size_t length = strlen(going_on[i]);
        found = strncmp(fold, going_on[i], length) == 0 &&
                (fold[length] == ' ' || fold[length] == '\0');
    }
    return found;
}

static bool goes_on(const char *fold)
{
    return begins_with_one_of(fold, (int)ARRAY_LEN(going_on));
}

static bool is_place(const char *fold)
{
    return begins_with_one_of(fold, PLACE_WORDS);
}

/* Whether a folded row begins with this word or these; end: the byte behind
 * them. A single word is too short to have a letter wrong. */
static bool begins_with(const char *fold, const char *head, size_t *end)
{
    size_t first = strcspn(fold, "abcdefghijklmnopqrstuvwxyz");
    return strchr(head, ' ') != NULL
               ? match_begins(fold, head, end)
               : match_words(fold, first, head, end) == first;
}

/* The words with which a name begins at the start of a folded row; the byte
 * behind them, 0 if there are none. A single word wants a name behind it that
 * is no place: "PHÒNG TỈNH" is the end of another name. */
static size_t head_end(const struct extract_rules *rules, const char *fold)
{
    const struct table *t = &rules->tables[TABLE_AGENCY_HEADS];
    size_t best = 0, end;
    for (int i = 0; i < t->n_rows; i++) {
        const char *head = table_fold(t, i, 0);
        if (!begins_with(fold, head, &end) || end <= best)
            continue;
        const char *rest = fold + end + strspn(fold + end, " ");
        if (strchr(head, ' ') != NULL || (*rest != '\0' && !is_place(rest)))
            best = end;
    }
    return best;
}

/* Whether a name goes on in the row under r: agencies that issue a paper
 * together are joined by a dash, and "VĂN PHÒNG" alone is no agency above
 * another. */
static bool goes_on_below(const struct extract_rules *rules,
                          const struct row *r)
{
    const char *last = r->tokens[r->n - 1].text;
    size_t head = head_end(rules, r->p.fold);
    return strcmp(last, "-") == 0 || strcmp(last, "–") == 0 ||
           strcmp(last, "VÀ") == 0 || (head > 0 && r->p.fold[head] == '\0');
}

/* Whether a row of capitals can be of a name: no notation, no rule that was
 * taken for letters ("TT TT"). */
static bool can_be_agency(const struct row *r)
{
    AUTO(free_char) char *letters = match_letters(r->p.fold);
    bool few = strlen(letters) <= (size_t)r->n * 2;
    return !strchr(r->p.fold, '/') && !(few && row_evidence(r).min_pct < 50);
}

/* Rows of the left column above the number, from the top. */
static int agency_rows(const struct extraction *x, int rows[HEAD_ROWS_MAX])
{
    const struct sheet *s = x->first;
    const struct row *top = &s->rows[x->head.state >= 0 ? x->head.state
                                                        : x->head.motto];
    double bottom = x->number_row >= 0 ? s->rows[x->number_row].y0
                                       : x->head.floor + row_height(top) * 3;
    int n = 0;
    for (int i = 0; i < s->n_rows && n < HEAD_ROWS_MAX; i++) {
        const struct row *r = &s->rows[s->by_y[i]];
        if (row_middle_x(r) < x->head.split &&
            r->x1 < x->head.split + s->width * OVER_SHARE &&
            row_middle_y(r) > top->y0 - row_height(top) &&
            row_middle_y(r) < bottom && s->by_y[i] != x->number_row &&
            row_is_capitals(r) && can_be_agency(r))
            rows[n++] = s->by_y[i];
    }
    return n;
}

/* Whether a consonant stands alone: a word was read as two ("TRUN G TÂM"). */
static bool has_lone_consonant(const char *name)
{
    AUTO(free_char) char *copy = xstrdup(name);
    char *rest = copy;
    bool lone = false;
    for (char *word; (word = strsep(&rest, " ")) != NULL;) {
        AUTO(free_char) char *fold = text_fold(word);
        AUTO(free_char) char *letters = match_letters(fold);
        lone = lone || (strlen(letters) == 1 && !strchr("aeiouy", *letters) &&
                        *letters > '9');
    }
    return lone;
}

static void put_agency(struct extraction *x, const char *name,
                       const char *rule, const int *rows, int n)
{
    struct passage p;
    rows_passage(x->first, rows, n, &p);
    struct span s = passage_trim(&p, (struct span){0, p.len});
    AUTO(free_char) char *read = passage_copy(&p, s);
    bool known = false;
    char *value = rules_spell(x->rules, read, &known);
    struct evidence e = passage_evidence(&p, s);
    bool whole = !word_is_lost(x, &e) && !has_lone_consonant(value);
    put_field(x, name, rule, value, e, known || whole, known ? "known" : name);
    passage_clear(&p);
}

/* On a certificate the agency stands on the middle axis, in capitals, under
 * the title. */
static void issuer_under_title(struct extraction *x)
{
    const struct sheet *s = x->first;
    const struct table *t = &x->rules->tables[TABLE_AGENCIES];
    size_t end;
    if (x->title_row < 0)
        return;
    for (int i = 0; i < s->n_rows; i++) {
        const struct row *r = &s->rows[s->by_y[i]];
        if (r->y0 < s->rows[x->title_row].y1 || r->y0 > s->height * 0.6 ||
            !row_is_capitals(r))
            continue;
        for (int k = 0; k < t->n_rows; k++) {
            if (strlen(table_fold(t, k, 0)) >= 7 &&
                match_begins(r->p.fold, table_fold(t, k, 0), &end)) {
                put_agency(x, "issuer", "head.authority", &s->by_y[i], 1);
                return;
            }
        }
    }
}

/* Where the name begins that ends with the last of n rows. Where no row begins
 * one, each is one but for what goes on with the row above. */
static int name_start(const struct extraction *x, const int *rows, int n)
{
    int last = -1;
    for (int i = n - 1; i >= 0; i--) {
        const struct row *r = &x->first->rows[rows[i]];
        if (i > 0 && goes_on_below(x->rules, &x->first->rows[rows[i - 1]]))
            continue;
        if (head_end(x->rules, r->p.fold) > 0)
            return i;
        last = last < 0 && !goes_on(r->p.fold) ? i : last;
    }
    return last > 0 ? last : 0;
}

void find_issuer(struct extraction *x)
{
    int rows[HEAD_ROWS_MAX];
    int n = x->head.found ? agency_rows(x, rows) : 0;
    if (n == 0) {
        issuer_under_title(x);
        return;
    }
    int start = name_start(x, rows, n);
    put_agency(x, "issuer", "head.issuer", rows + start, n - start);
    if (start > 0) {
        int above = name_start(x, rows, start);
        put_agency(x, "parent_issuer", "head.parent", rows + above,
                   start - above);
    }
}
