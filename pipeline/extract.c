/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The order in which the fields of a document are looked for. */
#include "base/alloc.h"
#include "base/text.h"
#include "pipeline/extract_inner.h"
#include "pipeline/letters.h"
#include "pipeline/match.h"
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define LOST_LETTERS 3 /* fewer are a smudge */

/* How the rules of these finders begin; those of others begin otherwise. */
static const char *const our_rules[] = {"head.", "foot.",   "body.",
                                        "form.", "result.", "staff.",
                                        "stamp."};

static bool is_ours(const struct field *f)
{
    if (!f->rule || (f->state && strcmp(f->state, "confirmed") == 0))
        return false;
    for (size_t i = 0; i < ARRAY_LEN(our_rules); i++)
        if (strncmp(f->rule, our_rules[i], strlen(our_rules[i])) == 0)
            return true;
    return false;
}

static void forget_earlier_run(struct record *r)
{
    int kept = 0;
    for (int i = 0; i < r->n_fields; i++) {
        struct field *f = &r->fields[i];
        if (!is_ours(f)) {
            r->fields[kept++] = *f;
            continue;
        }
        free(f->name);
        free(f->value);
        free(f->rule);
        free(f->state);
    }
    r->n_fields = kept;
}

static const struct field *find_field(const struct extraction *x,
                                      const char *name)
{
    for (int i = 0; i < x->r->n_fields; i++)
        if (strcmp(x->r->fields[i].name, name) == 0)
            return &x->r->fields[i];
    return NULL;
}

bool word_is_lost(const struct extraction *x, const struct evidence *e)
{
    const struct page *page = e->page > 0 ? &x->r->pages[e->page - 1] : NULL;
    bool lost = false;
    for (int i = 0; page && i < page->n_dropped && !lost; i++) {
        const struct word *w = &page->dropped[i];
        lost = text_word_length(w->text) >= LOST_LETTERS &&
               boxes_near(&w->box, &e->box, w->box.h);
    }
    return lost;
}

bool has_field(const struct extraction *x, const char *name)
{
    return find_field(x, name) != NULL;
}

const char *field_value(const struct extraction *x, const char *name)
{
    const struct field *f = find_field(x, name);
    return f ? f->value : NULL;
}

/* How sure the worst word must be. On a page that was read badly as a whole,
 * words of free text are wrong at confidences that are right elsewhere, and no
 * table vouches for them. */
static int needed_pct(const struct extraction *x, const char *as,
                      const char *value, int page)
{
    static const char *const vouched[] = {"known", "number", "number_known",
                                          "date", "signer", "person"};
    int pct = rules_threshold(x->rules, as);
    for (size_t i = 0; i < ARRAY_LEN(vouched); i++)
        if (strcmp(as, vouched[i]) == 0)
            return pct;
    int poor = rules_threshold(x->rules, "poor");
    bool text = strchr(value, ' ') != NULL;
    bool badly = x->r->pages[page - 1].confidence_pct <
                 rules_threshold(x->rules, "poor_page");
    return text && badly && pct < poor ? poor : pct;
}

void put_field(struct extraction *x, const char *name, const char *rule,
               char *value, struct evidence e, bool ok, const char *as)
{
    if (has_field(x, name))
        free(value);
    else
        put_one_field(x, name, rule, value, e, ok, as);
}

/* What a reading is worth that a rule has a doubt about, however surely its
 * words were read. */
static int doubted_pct(const struct extraction *x, int right_pct)
{
    int least_pct = rules_right_pct(x->rules, "*", 0);

    return right_pct < least_pct ? right_pct : least_pct;
}

void put_one_field(struct extraction *x, const char *name, const char *rule,
                   char *value, struct evidence e, bool ok, const char *as)
{
    AUTO(free_char) char *mine = value;
    bool known = strcmp(as, "known") == 0;
    int right_pct =
        rules_right_pct(x->rules, known ? as : name, e.min_pct);
    if (!ok)
        right_pct = doubted_pct(x, right_pct);
    bool sure = ok && mine && *mine && e.page > 0 &&
                e.min_pct >= needed_pct(x, as, mine, e.page) &&
                right_pct >= x->rules->fill_pct;
    struct field f = {
        .name = xstrdup(name),
        .value = sure ? STEAL(mine) : NULL,
        .page = e.page,
        .box = e.box,
        .conf_pct = e.page > 0 ? right_pct : 0,
        .rule = xstrdup(rule),
        .state = xstrdup(sure ? "sure" : "review"),
    };
    record_take_field(x->r, &f);
}

struct evidence row_evidence(const struct row *r)
{
    return passage_evidence(&r->p, (struct span){0, r->p.len});
}

/* Whether two readings have the same letters and marks; case and signs between
 * words are of each place. */
static bool same_words(const char *a, const char *b)
{
    AUTO(free_char) char *x = text_lower(a);
    AUTO(free_char) char *y = text_lower(b);
    size_t n = strlen(x), m = strlen(y), i = 0, k = 0;
    for (;;) {
        int32_t p = 0, q = 0;
        while (i < n && !text_is_word(p))
            p = text_next(x, n, &i);
        while (k < m && !text_is_word(q))
            q = text_next(y, m, &k);
        if (!text_is_word(p) || !text_is_word(q))
            return !text_is_word(p) && !text_is_word(q);
        if (p != q)
            return false;
    }
}

/* Whether two readings differ at most in the case of letters that look the
 * same in both cases, and `other` has the small ones. */
static bool only_smaller(const char *mine, const char *other)
{
    AUTO(free_char) char *mine_lower = text_lower(mine);
    AUTO(free_char) char *other_lower = text_lower(other);
    if (strcmp(mine_lower, other_lower) != 0)
        return false;
    size_t n = strlen(mine), m = strlen(other);
    for (size_t i = 0, k = 0; i < n && k < m;) {
        int32_t a = text_next(mine, n, &i), b = text_next(other, m, &k);
        char one[8] = "";
        one[text_put(b, one)] = '\0';
        AUTO(free_char) char *small = text_lower(one);
        if (a != b && (strcmp(one, small) != 0 || !letter_is_twin(b)))
            return false;
    }
    return true;
}

int said_elsewhere(const struct extraction *x, const struct passage *p,
                   struct span s, char **better)
{
    const struct passage *all = &x->all;
    const struct token *here = passage_token(p, s.from);
    AUTO(free_char) char *mine = passage_copy(p, s);
    AUTO(free_char) char *words = text_fold(mine);
    int verdict = 0;
    size_t end = 0;
    for (size_t at = 0; *words && (at = match_words(all->fold, at, words,
                                                    &end)) != SIZE_MAX;
         at = end) {
        struct span there =
            passage_text_span(all, (struct span){at, end});
        if (passage_token(all, there.from) == here)
            continue;
        AUTO(free_char) char *other = passage_copy(all, there);
        if (strcmp(mine, other) == 0)
            return 1;
        if (better && !*better && only_smaller(mine, other)) {
            other[0] = mine[0]; /* a sentence of its own here */
            *better = STEAL(other);
        } else if (same_words(mine, other)) {
            return 1;
        }
        verdict = -1;
    }
    return better && *better ? 1 : verdict;
}

/* Whether the words of span s of p stand elsewhere, and never with the same
 * marks; case does not count. */
static bool only_other_marks(const struct extraction *x,
                             const struct passage *p, struct span s)
{
    const struct passage *all = &x->all;
    const struct token *here = passage_token(p, s.from);
    AUTO(free_char) char *text = passage_copy(p, s);
    AUTO(free_char) char *mine = text_lower(text);
    AUTO(free_char) char *words = text_fold(mine);
    bool others = false;
    size_t end = 0;
    for (size_t at = 0; *words && (at = match_words(all->fold, at, words,
                                                    &end)) != SIZE_MAX;
         at = end) {
        struct span there = passage_text_span(all, (struct span){at, end});
        if (passage_token(all, there.from) == here)
            continue;
        AUTO(free_char) char *read = passage_copy(all, there);
        AUTO(free_char) char *other = text_lower(read);
        if (strcmp(mine, other) == 0)
            return false;
        others = true;
    }
    return others;
}

bool marks_in_doubt(const struct extraction *x, const struct passage *p,
                    struct span s)
{
    size_t first = s.from;
    while (first < s.to) {
        size_t second = first + strcspn(p->text + first, " \n");
        second += strspn(p->text + second, " \n");
        size_t end = second + strcspn(p->text + second, " \n");
        if (second >= s.to)
            break;
        struct span pair =
            passage_trim(p, (struct span){first, end < s.to ? end : s.to});
        if (pair.to > second && only_other_marks(x, p, pair))
            return true;
        first = second;
    }
    return false;
}

void withdraw_field(struct extraction *x, const char *name, const char *rule)
{
    for (int i = 0; i < x->r->n_fields; i++) {
        struct field *f = &x->r->fields[i];
        if (strcmp(f->name, name) != 0 || !is_ours(f) || !f->value)
            continue;
        free(f->value);
        free(f->rule);
        free(f->state);
        f->value = NULL;
        f->conf_pct = doubted_pct(x, f->conf_pct);
        f->rule = xstrdup(rule);
        f->state = xstrdup("review");
    }
}

/* The sheet whose heading counts: the first that has one, else the first. */
static void choose_first(struct extraction *x)
{
    x->first = &x->sheets[0];
    x->head = heading_find(x->first);
    for (int i = 1; i < x->n_sheets && i < 3 && !x->head.found; i++) {
        struct heading h = heading_find(&x->sheets[i]);
        if (h.found) {
            x->first = &x->sheets[i];
            x->head = h;
        }
    }
}

/* The fields every paper of an office has: say that they were not found. */
static void miss(struct extraction *x)
{
    static const char *const wanted[] = {"number", "date", "type", "subject",
                                         "signer"};
    static const char *const person[] = {"person", "birth_date"};
    struct evidence none = {0};
    for (size_t i = x->form ? 1 : 0; i < ARRAY_LEN(wanted); i++)
        put_field(x, wanted[i], "head.none", NULL, none, false, "*");
    for (size_t i = 0; x->staff && i < ARRAY_LEN(person); i++)
        put_field(x, person[i], "staff.none", NULL, none, false, "*");
}

static void find_all(struct extraction *x)
{
    find_number(x);
    find_type(x);
    find_issuer(x);
    find_date(x);
    find_signer(x);
    find_recipients(x);
    find_cites(x);
    find_urgency(x);
    find_stamps(x);
    find_result(x);
    if (x->staff) {
        find_staff(x);
        find_tables(x);
    }
    miss(x);
}

enum status extract_fields(const struct extract_rules *rules, struct record *r)
{
    forget_earlier_run(r);
    struct extraction x = {
        .rules = rules, .r = r, .number_row = -1, .title_row = -1, .type = -1};
    x.sheets = sheets_of(r, &x.n_sheets);
    if (x.n_sheets > 0) {
        bool form = extract_staff_form(rules, r, &x.staff_form);
        bool kind = r->kind && strcmp(r->kind, "staff") == 0;
        x.form = form && (kind || x.staff_form.tells);
        x.staff = kind || x.form;
        choose_first(&x);
        sheets_passage(x.sheets, x.n_sheets, &x.all);
        find_all(&x);
        passage_clear(&x.all);
    }
    free(x.notation);
    free(x.signer_read);
    free(x.subject_read);
    sheets_free(x.sheets, x.n_sheets);
    return STATUS_OK;
}
