/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the text refers to: documents cited by number ("Căn cứ Nghị định số
 * 87/2019/NĐ-CP ngày 14/11/2019"), laws also by their day alone. Each is a
 * field of its own, "cites", in the order in which they come, so that one that
 * cannot be read takes no other with it.
 */
#include "base/alloc.h"
#include "base/strbuf.h"
#include "base/text.h"
#include "pipeline/extract_inner.h"
#include <stdlib.h>
#include <string.h>

#define CITES_MAX 60
#define LOOK_BACK 120 /* bytes of fold before a number, for its type */

/* One that was found, perhaps in several places. */
struct cited {
    char *value;        /* "Nghị định 87/2019/NĐ-CP ngày 14/11/2019" */
    const char *number; /* in value; NULL: by its day alone */
    struct evidence e;
    bool clear;
    size_t at; /* in the fold, for the order */
};

struct cited_list {
    struct cited items[CITES_MAX];
    int n;
};

/* Kinds of document that are cited but are no titles of papers here. */
static const char *const other_types[] = {"Bộ luật", "Văn bản"};

static bool ends_with(const char *words, const char *end)
{
    size_t n = strlen(words), m = strlen(end);
    return n >= m && strcmp(words + n - m, end) == 0 &&
           (n == m || words[n - m - 1] == ' ');
}

/* The longest type with which folded words end; NULL if there is none. */
static const char *type_at_end(const struct extract_rules *rules,
                               const char *words)
{
    const struct table *t = &rules->tables[TABLE_TYPES];
    const char *best = NULL;
    size_t longest = 0;
    for (int i = 0; i < t->n_rows; i++) {
        if (strlen(table_fold(t, i, 0)) > longest &&
            ends_with(words, table_fold(t, i, 0))) {
            longest = strlen(table_fold(t, i, 0));
            best = table_cell(t, i, 0);
        }
    }
    for (size_t i = 0; i < ARRAY_LEN(other_types); i++) {
        AUTO(free_char) char *fold = text_fold(other_types[i]);
        if (strlen(fold) > longest && ends_with(words, fold)) {
            longest = strlen(fold);
            best = other_types[i];
        }
    }
    return best;
}

/* The type by the abbreviation that a notation begins with ("CTr/TU"); NULL if
 * it is none. */
static const char *type_of_notation(const struct extract_rules *rules,
                                    const char *notation)
{
    const struct table *t = &rules->tables[TABLE_TYPES];
    size_t n = strcspn(notation, "/-");
    for (int i = 0; i < t->n_rows; i++)
        if (strlen(table_cell(t, i, 1)) == n && n > 1 &&
            strncmp(table_cell(t, i, 1), notation, n) == 0)
            return table_cell(t, i, 0);
    return NULL;
}

/* The type that stands before a number ("Nghị định số"); NULL if there is
 * none. */
static const char *type_before(const struct extraction *x, struct span number,
                               const char *notation)
{
    const char *fold = x->all.fold;
    struct span g[PATTERN_GROUPS];
    size_t from = number.from > LOOK_BACK ? number.from - LOOK_BACK : 0;
    while ((fold[from] & 0xc0) == 0x80)
        from++;
    /* Acts of the assembly stand apart from their number ("Luật Đấu thầu số
     * 43/2013/QH13"). */
    bool law = strncmp(notation, "QH", 2) == 0;
    enum pattern_id id = law ? PATTERN_CITED_LAW : PATTERN_CITED_LABEL;
    if (!pattern_find(x->rules->patterns[id], fold, from, number.from, g))
        return NULL;
    AUTO(free_char)
    char *words = xstrndup(fold + from, (law ? g[1].to : g[0].from) - from);
    for (char *c = words; *c; c++)
        *c = *c == '\n' ? ' ' : *c;
    return type_at_end(x->rules, words);
}

/*
 * The day behind byte `at` of the fold as "14/11/2019"; NULL if there is none.
 * Caller frees.
 * seen   what its digits say of themselves
 */
static char *day_behind(const struct extraction *x, size_t at,
                        struct evidence *seen)
{
    const struct passage *p = &x->all;
    struct span g[PATTERN_GROUPS];
    if (!pattern_find(x->rules->patterns[PATTERN_CITED_DAY], p->fold, at,
                      p->fold_len, g))
        return NULL;
    AUTO(free_char) char *iso = date_iso(p, g[1], g[2], g[3]);
    for (int i = 1; i <= 3; i++)
        *seen = evidence_join(*seen,
                              passage_evidence(p, passage_text_span(p, g[i])));
    return iso ? xasprintf("%.2s/%.2s/%.4s", iso + 8, iso + 5, iso) : NULL;
}

static int threshold(const struct extraction *x)
{
    return rules_threshold(x->rules, "cites");
}

/* Add the day behind a number, if it can be read. A document has its number
 * from the year of its day: where they say otherwise the day is left out. */
static void add_day(const struct extraction *x, size_t at, const char *year,
                    struct strbuf *out)
{
    struct evidence seen = {0};
    AUTO(free_char) char *day = day_behind(x, at, &seen);
    if (!day || seen.min_pct < threshold(x) ||
        (year && strncmp(year, strrchr(day, '/') + 1, 4) != 0))
        return;
    strbuf_addf(out, " ngày %s", day);
}

/* The document cited at `number` of the fold; false if it is none. */
static bool read_cited(const struct extraction *x, struct span number,
                       struct cited *out)
{
    const struct passage *p = &x->all;
    struct span text = passage_text_span(p, number);
    AUTO(free_char) char *read = passage_copy(p, text);
    /* "87/2019/NĐ-CP", "92/TTr-UBND", "20-NQ/TW" */
    char *notation = read + strcspn(read, "/-");
    if (*notation == '\0')
        return false;
    char *year = ++notation;
    char *second = strchr(notation, '/');
    bool dated = second && second - notation == 4 && notation[-1] == '/';
    if (dated)
        notation = second + 1;
    AUTO(free_char) char *clean = notation_clean(x->rules, notation);
    if (!clean || (!dated && !strpbrk(clean, "-/")))
        return false;
    *notation = '\0';
    struct strbuf b;
    strbuf_init(&b);
    const char *type = type_before(x, number, clean);
    if (!type)
        type = type_of_notation(x->rules, clean);
    if (type)
        strbuf_addf(&b, "%s ", type);
    size_t start = b.len;
    strbuf_adds(&b, read);
    strbuf_adds(&b, clean);
    add_day(x, number.to, dated ? year : NULL, &b);
    out->e = passage_evidence(p, text);
    out->clear = out->e.min_pct >= threshold(x);
    out->value = strbuf_take(&b);
    out->number = out->value + start;
    out->at = number.from;
    return true;
}

/* A law cited by its day alone ("Luật Khoa học và Công nghệ ngày 18 tháng 6
 * năm 2013"), its name at `name` of the fold. */
static bool read_law(const struct extraction *x, struct span name,
                     struct cited *out)
{
    const struct passage *p = &x->all;
    struct span text = passage_trim(p, passage_text_span(p, name));
    struct evidence seen = {0};
    AUTO(free_char) char *day = day_behind(x, name.to, &seen);
    if (!day)
        return false;
    AUTO(free_char) char *law = passage_copy(p, text);
    out->e = evidence_join(passage_evidence(p, text), seen);
    out->clear = out->e.min_pct >= threshold(x) && !marks_in_doubt(x, p, text);
    out->value = xasprintf("%s ngày %s", law, day);
    out->number = NULL;
    out->at = name.from;
    return true;
}

/* Whether it is the document itself, as its annexes cite it. */
static bool is_itself(const struct extraction *x, const struct cited *c)
{
    const char *own = field_value(x, "number");
    size_t n = own ? strlen(own) : 0;
    return n > 0 && c->number && strncmp(c->number, own, n) == 0 &&
           (c->number[n] == '\0' || c->number[n] == ' ');
}

/* Whether a span of the whole text is the document's own number. */
static bool is_own_number(const struct extraction *x, struct span text)
{
    if (x->number_row < 0)
        return false;
    const struct row *r = &x->first->rows[x->number_row];
    const struct token *t = passage_token(&x->all, text.from);
    return t && t >= r->tokens && t < r->tokens + r->n;
}

/* Whether two say the same number, whatever kind of document it was called
 * ("Văn bản 92/TTr-UBND", "Tờ trình 92/TTr-UBND") and with a day or without. */
static bool is_same(const struct cited *a, const struct cited *b)
{
    if (!a->number || !b->number)
        return !a->number && !b->number && a->value && b->value &&
               strcmp(a->value, b->value) == 0;
    size_t n = strcspn(a->number, " ");
    return n == strcspn(b->number, " ") &&
           strncmp(a->number, b->number, n) == 0;
}

/* Take one in. Of two places that say the same the clearer is kept, and what
 * is said twice was read rightly. */
static void keep(struct cited_list *l, struct cited *take)
{
    for (int i = 0; i < l->n; i++) {
        struct cited *had = &l->items[i];
        if (!is_same(had, take))
            continue;
        bool better = take->clear && !had->clear;
        if (better) {
            take->at = had->at;
            free(had->value);
            *had = *take;
        } else {
            free(take->value);
        }
        return;
    }
    if (l->n < CITES_MAX)
        l->items[l->n++] = *take;
    else
        free(take->value);
}

/* What stands behind "số", looks like a number with notation, and cannot be
 * read as one: for a person. */
static void find_unread(const struct extraction *x, struct cited_list *l)
{
    const struct passage *p = &x->all;
    struct pattern *const *patterns = x->rules->patterns;
    struct span g[PATTERN_GROUPS], h[PATTERN_GROUPS];
    for (size_t at = 0; pattern_find(patterns[PATTERN_CITED_NEARLY], p->fold,
                                     at, p->fold_len, g);
         at = g[0].to) {
        struct span text = passage_text_span(p, g[1]);
        bool read = pattern_find(patterns[PATTERN_CITED], p->fold, g[1].from,
                                 p->fold_len, h) &&
                    h[0].from < g[1].to;
        if (read || is_own_number(x, text) || l->n >= CITES_MAX)
            continue;
        l->items[l->n++] =
            (struct cited){.e = passage_evidence(p, text), .at = g[1].from};
    }
}

/* Whether a place in the fold stands in a row that says which form this is
 * ("Mẫu 2C-BNV/2008 ban hành kèm theo Quyết định số …"). */
static bool names_form(const struct passage *p, size_t at)
{
    while (at > 0 && p->fold[at - 1] != '\n')
        at--;
    return strncmp(p->fold + at, "mau ", 4) == 0;
}

static void find_numbers(const struct extraction *x, struct cited_list *l)
{
    const struct passage *p = &x->all;
    const struct pattern *cited = x->rules->patterns[PATTERN_CITED];
    struct span g[PATTERN_GROUPS];
    for (size_t at = 0; pattern_find(cited, p->fold, at, p->fold_len, g);
         at = g[0].to) {
        struct cited one = {0};
        if (!is_own_number(x, passage_text_span(p, g[1])) &&
            !names_form(p, g[1].from) && read_cited(x, g[1], &one))
            keep(l, &one);
    }
}

static void find_laws(const struct extraction *x, struct cited_list *l)
{
    const struct passage *p = &x->all;
    const struct pattern *law = x->rules->patterns[PATTERN_CITED_BY_DAY];
    struct span g[PATTERN_GROUPS];
    for (size_t at = 0; pattern_find(law, p->fold, at, p->fold_len, g);
         at = g[0].to) {
        struct cited one = {0};
        if (read_law(x, g[1], &one))
            keep(l, &one);
    }
}

static int by_place(const void *a, const void *b)
{
    const struct cited *x = a, *y = b;
    return (x->at > y->at) - (x->at < y->at);
}

void find_cites(struct extraction *x)
{
    struct cited_list l = {.n = 0};
    find_numbers(x, &l);
    find_laws(x, &l);
    find_unread(x, &l);
    qsort(l.items, (size_t)l.n, sizeof(l.items[0]), by_place);
    for (int i = 0; i < l.n; i++) {
        struct cited *c = &l.items[i];
        if (is_itself(x, c))
            free(c->value);
        else
            put_one_field(x, "cites", "body.cites", c->value, c->e, c->clear,
                          "cites");
    }
}
