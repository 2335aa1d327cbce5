/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Random pages of few words, so that all of them meet, and random queries:
 * what is found must be what looking at every page finds, and pages with the
 * very marks of the query come before all others.
 */
#include "sample.h"

#include "base/strbuf.h"
#include "indexer/fulltext.h"

enum { PAGES = 700, WORDS_MAX = 40, QUERIES = 400, TERMS_MAX = 5 };

/* Several words fold to one. */
static const struct {
    const char *text, *folded;
} words[] = {
    {"quyết", "quyet"}, {"quyêt", "quyet"}, {"quyệt", "quyet"},
    {"định", "dinh"},   {"đình", "dinh"},   {"dinh", "dinh"},
    {"hội", "hoi"},     {"hỏi", "hoi"},     {"hồi", "hoi"},
    {"đồng", "dong"},   {"đông", "dong"},   {"động", "dong"},
    {"cơ", "co"},       {"có", "co"},       {"cô", "co"},
    {"quan", "quan"},   {"quản", "quan"},   {"lý", "li"},
    {"nhà", "nha"},     {"nhã", "nha"},     {"nước", "nuoc"},
    {"việc", "viec"},   {"làm", "lam"},     {"lâm", "lam"},
    {"15", "15"},       {"của", "cua"},     {"và", "va"},
};

enum { KNOWN = sizeof(words) / sizeof(words[0]) };

struct text {
    int words[WORDS_MAX];
    int n;
};

struct wish {
    int words[TERMS_MAX];
    int n;
    bool phrase, marked;
    bool either; /* one of the words is enough */
    int without; /* a word that must not be there; -1 */
};

static struct text pages[PAGES];

static int pick(unsigned *seed, int n)
{
    return rand_r(seed) % n;
}

/* Low numbers are common, high ones rare. */
static int pick_word(unsigned *seed)
{
    int a = pick(seed, KNOWN), b = pick(seed, KNOWN);
    return (a < b ? a : b) * 7 % KNOWN;
}

static void make_pages(struct sample *s)
{
    unsigned seed = 7;
    struct strbuf b;
    strbuf_init(&b);
    assert_ok(fulltext_begin(s->index, PAGES));
    for (int i = 0; i < PAGES; i++) {
        struct text *t = &pages[i];
        AUTO(free_char) char *id = xasprintf("%d", i);
        strbuf_reset(&b);
        t->n = 3 + pick(&seed, WORDS_MAX - 3);
        for (int k = 0; k < t->n; k++) {
            t->words[k] = pick_word(&seed);
            strbuf_addf(&b, "%s ", words[t->words[k]].text);
        }
        put_text(s, id, b.s);
    }
    assert_ok(fulltext_commit(s->index));
    strbuf_clear(&b);
}

static bool is_same(int a, int b, bool exact)
{
    return exact ? a == b : strcmp(words[a].folded, words[b].folded) == 0;
}

static bool has(const struct text *t, int word, bool exact)
{
    for (int i = 0; i < t->n; i++)
        if (is_same(t->words[i], word, exact))
            return true;
    return false;
}

static bool has_phrase(const struct text *t, const struct wish *w, bool exact)
{
    for (int i = 0; i + w->n <= t->n; i++) {
        int k = 0;
        while (k < w->n && is_same(t->words[i + k], w->words[k], exact))
            k++;
        if (k == w->n)
            return true;
    }
    return false;
}

/* A word that has no marks asks for none, even if the query is exact. */
static bool answers(const struct text *t, const struct wish *w, bool exact)
{
    if (w->without >= 0 && has(t, w->without, false))
        return false;
    if (w->phrase)
        return has_phrase(t, w, exact);
    for (int k = 0; k < w->n; k++)
        if (has(t, w->words[k], exact) == w->either)
            return w->either;
    return !w->either;
}

static bool has_marks(int word)
{
    return strcmp(words[word].text, words[word].folded) != 0 &&
           strcmp(words[word].text, "lý") != 0;
}

static void make_wish(unsigned *seed, struct wish *w, struct strbuf *out)
{
    *w = (struct wish){.n = 1 + pick(seed, TERMS_MAX), .without = -1};
    w->phrase = pick(seed, 3) == 0;
    w->either = !w->phrase && pick(seed, 4) == 0;
    w->marked = pick(seed, 2);
    const struct text *from = &pages[pick(seed, PAGES)];
    int at = pick(seed, from->n);
    for (int k = 0; k < w->n; k++) {
        w->words[k] = pick(seed, 4) && at + k < from->n ? from->words[at + k]
                                                        : pick_word(seed);
        /* With the words that never have marks the oracle would have to know
         * which form was meant. */
        while (w->marked && !has_marks(w->words[k]))
            w->words[k] = pick_word(seed);
    }
    strbuf_reset(out);
    strbuf_adds(out, w->phrase ? "\"" : "");
    for (int k = 0; k < w->n; k++)
        strbuf_addf(out, "%s%s", !k ? "" : w->either ? " OR " : " ",
                    w->marked ? words[w->words[k]].text
                              : words[w->words[k]].folded);
    strbuf_adds(out, w->phrase ? "\"" : "");
    if (pick(seed, 4) == 0) {
        w->without = pick_word(seed);
        strbuf_addf(out, " -%s", words[w->without].folded);
    }
}

/* The word left out must not have marks in the query: it is folded. Of the
 * `first` pages, those with the very marks come first. */
static void expect_all(struct sample *s, const struct wish *w, const char *text,
                       int first)
{
    struct hits h;
    int want = 0;
    bool loose = false;
    for (int i = 0; i < PAGES; i++)
        want += answers(&pages[i], w, false);
    assert_ok(fulltext_search(
        s->index, &(struct query){.text = text, .limit = PAGES}, &h));
    if (h.n != want || (!h.about && h.total != want))
        fail_msg("[%s]: %d pages, %lld in all, instead of %d", text, h.n,
                 (long long)h.total, want);
    for (int i = 0; i < h.n && i < first; i++) {
        const struct text *t = &pages[atoi(h.items[i].id)];
        if (!answers(t, w, false))
            fail_msg("[%s]: page %s does not answer", text, h.items[i].id);
        bool exact = w->marked && answers(t, w, true);
        if (w->marked && exact && loose)
            fail_msg("[%s]: page %s has the very marks and comes late", text,
                     h.items[i].id);
        loose |= !exact;
    }
    hits_clear(&h);
    /* The first twenty alone: their number is exact, or said to be about. */
    assert_ok(fulltext_search(s->index, &(struct query){.text = text}, &h));
    if (!h.about && h.total != want)
        fail_msg("[%s]: %lld counted instead of %d", text, (long long)h.total,
                 want);
    hits_clear(&h);
}

/* Read on to the end, twenty at a time: every page that answers once, in the
 * order in which all at once come. */
static void expect_pages_in_turn(struct sample *s, const char *text)
{
    struct hits all, part;
    AUTO(free_char) char *after = NULL;
    int n = 0;
    assert_ok(fulltext_search(
        s->index, &(struct query){.text = text, .limit = PAGES}, &all));
    assert_true(all.n > 40);
    do {
        struct query q = {.text = text, .after = after};
        assert_ok(fulltext_search(s->index, &q, &part));
        for (int i = 0; i < part.n; i++, n++)
            assert_string_equal(part.items[i].id, all.items[n].id);
        free(after);
        after = STEAL(part.next);
        hits_clear(&part);
    } while (after);
    assert_int_equal(n, all.n);
    hits_clear(&all);
}

static void ask(struct sample *s, unsigned seed, int first)
{
    struct strbuf text;
    strbuf_init(&text);
    for (int i = 0; i < QUERIES; i++) {
        struct wish w;
        make_wish(&seed, &w, &text);
        expect_all(s, &w, text.s, first);
    }
    strbuf_clear(&text);
}

static void what_is_found_is_what_is_there(void **state)
{
    struct sample *s = *state;
    make_pages(s);
    ask(s, 11, 200);
}

/* The same with the ways of a large archive: lists that are not read, parts
 * that end early. */
static void ways_of_a_large_archive_find_the_same(void **state)
{
    struct sample *s = *state;
    make_pages(s);
    s->index->effort =
        (struct effort){.long_list = 30, .looks = 200, .found = 5};
    ask(s, 12, 20);
    expect_pages_in_turn(s, "\"quyet dinh\"");
    expect_pages_in_turn(s, "hội đồng");
    expect_pages_in_turn(s, "cơ quan nha");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        sample_test(what_is_found_is_what_is_there),
        sample_test(ways_of_a_large_archive_find_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
