/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * bigrams.tsv (data/language/make-bigrams): a line a syllable, "syllable TAB
 * count TAB follower count follower count …". Syllables are kept ordered by
 * base letters, so those that differ in marks only stand together. Pairs that
 * the corpus lacks are estimated from the single counts (Witten and Bell).
 */
#include "pipeline/language.h"

#include "base/alloc.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/rules_dir.h"
#include "base/text.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define TABLE_BYTES_MAX (8u << 20)
#define LANGUAGE_FILE "../language/bigrams.tsv" /* beside the rules */

struct follower {
    int id;
    int count;
};

struct entry {
    char base[SYLLABLE_LETTERS_MAX + 1];
    struct syllable spelling;
    int count;
    char *rest;                 /* of its line, while the file is read */
    struct follower *followers; /* by id */
    int n_followers, total;     /* kinds, and how often in all */
};

struct language {
    struct entry *entries; /* by base, then shapes and tone */
    int n, cap;
    double all; /* syllables in the corpus */
};

/* Order among syllables of the same base letters; 0: the same syllable. */
static int compare_marks(const struct syllable *a, const struct syllable *b)
{
    int at;

    for (int i = 0; i < a->n && i < b->n; i++)
        if (a->letters[i].shape != b->letters[i].shape)
            return a->letters[i].shape - b->letters[i].shape;
    return syllable_tone(a, &at) - syllable_tone(b, &at);
}

static int compare_entries(const void *a, const void *b)
{
    const struct entry *left = a, *right = b;
    int order = strcmp(left->base, right->base);

    return order ? order : compare_marks(&left->spelling, &right->spelling);
}

static int compare_followers(const void *a, const void *b)
{
    return ((const struct follower *)a)->id - ((const struct follower *)b)->id;
}

static bool read_count(const char *s, int *out)
{
    char *end;
    long n = strtol(s, &end, 10);

    *out = (int)n;
    return end != s && *end == '\0' && n > 0 && n < 1000000000;
}

/* "syllable TAB count TAB rest". */
static bool add_entry(struct language *l, char *line)
{
    struct entry e = {0};
    char *name = strsep(&line, "\t"), *count = strsep(&line, "\t");

    if (count == NULL || line == NULL || !read_count(count, &e.count) ||
        !syllable_parse(name, strlen(name), &e.spelling))
        return false;
    e.rest = line;
    syllable_base(&e.spelling, e.base);
    l->all += e.count;
    GROW(l->entries, l->n, l->cap);
    l->entries[l->n++] = e;
    return true;
}

/* "follower count follower count …", once all entries are in order. */
static bool add_followers(struct language *l, struct entry *e)
{
    int cap = 0;

    for (char *name; (name = strsep(&e->rest, " ")) != NULL && *name;) {
        const char *count = strsep(&e->rest, " ");
        struct syllable s;
        struct follower f;

        if (count == NULL || !read_count(count, &f.count) ||
            !syllable_parse(name, strlen(name), &s) ||
            (f.id = language_find(l, &s)) < 0)
            return false;
        GROW(e->followers, e->n_followers, cap);
        e->followers[e->n_followers++] = f;
        e->total += f.count;
    }
    if (e->n_followers > 1)
        qsort(e->followers, (size_t)e->n_followers, sizeof(*e->followers),
              compare_followers);
    return true;
}

static enum status parse(struct language *l, char *rest, const char *path)
{
    int number = 0;

    for (char *line; (line = strsep(&rest, "\n")) != NULL;) {
        number++;
        if (line[0] == '\0' || line[0] == '#')
            continue;
        if (!add_entry(l, line))
            return fail(STATUS_CONFIG, _("'%s' line %d is no count of a "
                                         "syllable; make the file again"),
                        path, number);
    }
    if (l->n > 1)
        qsort(l->entries, (size_t)l->n, sizeof(*l->entries), compare_entries);
    for (int i = 0; i < l->n; i++) {
        if (!add_followers(l, &l->entries[i]))
            return fail(STATUS_CONFIG, _("'%s': what follows '%s' is in no "
                                         "order; make the file again"),
                        path, l->entries[i].base);
    }
    return STATUS_OK;
}

static enum status load(const char *path, struct language **out)
{
    AUTO(free_char) char *bytes = NULL;
    AUTO(language_freep) struct language *l = NULL;
    size_t n;
    enum status st = file_read(path, TABLE_BYTES_MAX, &bytes, &n);

    if (st != STATUS_OK)
        return explain(st, _("the table for repair by context"));
    l = xcalloc(1, sizeof(*l));
    st = parse(l, bytes, path);
    if (st == STATUS_OK)
        *out = STEAL(l);
    return st;
}

enum status language_load(const char *path, struct language **out)
{
    AUTO(free_char) char *folder = rules_dir();
    AUTO(free_char) char *found =
        path ? xstrdup(path) : path_join(folder, LANGUAGE_FILE);

    return load(found, out);
}

/* ---- counts of an archive's own ---- */

static int worth(int count)
{
    int most = CONFIRMED_MOST / CONFIRMED_WORTH;

    return (count < most ? count : most) * CONFIRMED_WORTH;
}

/* The entries of both in order, as new ids; where each stood first is in
 * the maps. Entries of `more` come with what they are worth. */
static struct entry *merge_entries(const struct language *l,
                                   const struct language *more, int *ids,
                                   int *more_ids, int *n)
{
    struct entry *merged =
        xcalloc((size_t)l->n + (size_t)more->n + 1, sizeof(*merged));
    int i = 0, k = 0;

    *n = 0;
    while (i < l->n || k < more->n) {
        int order = i == l->n ? 1 : -1; /* one of them has ended */
        struct entry *e = &merged[*n];

        if (i < l->n && k < more->n)
            order = compare_entries(&l->entries[i], &more->entries[k]);
        if (order <= 0) {
            *e = l->entries[i];
            ids[i++] = *n;
        } else {
            *e = more->entries[k];
            e->followers = NULL;
            e->count = e->total = e->n_followers = 0;
        }
        if (order >= 0) {
            e->count += worth(more->entries[k].count);
            more_ids[k++] = *n;
        }
        (*n)++;
    }
    return merged;
}

/* Ids go up in both, so what follows stays in order by the new ones. */
static void renumber(struct entry *e, const int *ids)
{
    for (int i = 0; i < e->n_followers; i++)
        e->followers[i].id = ids[e->followers[i].id];
}

/* Put what follows an entry of `more`, renumbered, behind e as well. */
static void merge_followers(struct entry *e, const struct entry *more)
{
    struct follower *merged =
        xcalloc((size_t)e->n_followers + (size_t)more->n_followers + 1,
                sizeof(*merged));
    int n = 0;

    for (int i = 0, k = 0; i < e->n_followers || k < more->n_followers; n++) {
        const struct follower *a = &e->followers[i];
        const struct follower *b = &more->followers[k];
        int order = i == e->n_followers ? 1 : -1;

        if (i < e->n_followers && k < more->n_followers)
            order = compare_followers(a, b);
        merged[n] = order <= 0 ? *a : (struct follower){.id = b->id};
        i += order <= 0;
        if (order >= 0) {
            merged[n].count += worth(b->count);
            e->total += worth(b->count);
            k++;
        }
    }
    free(e->followers);
    e->followers = merged;
    e->n_followers = n;
}

static void add(struct language *l, struct language *more)
{
    int *ids = xcalloc((size_t)l->n + 1, sizeof(*ids));
    int *more_ids = xcalloc((size_t)more->n + 1, sizeof(*more_ids));
    int n;
    struct entry *merged = merge_entries(l, more, ids, more_ids, &n);

    for (int i = 0; i < l->n; i++)
        renumber(&merged[ids[i]], ids);
    for (int k = 0; k < more->n; k++) {
        renumber(&more->entries[k], more_ids);
        merge_followers(&merged[more_ids[k]], &more->entries[k]);
        l->all += worth(more->entries[k].count);
    }
    free(l->entries);
    l->entries = merged;
    l->n = l->cap = n;
    free(ids);
    free(more_ids);
}

enum status language_add(struct language *l, const char *path)
{
    AUTO(language_freep) struct language *more = NULL;
    enum status st = load(path, &more);

    if (st == STATUS_OK)
        add(l, more);
    return st;
}

void language_free(struct language *l)
{
    if (l == NULL)
        return;
    for (int i = 0; i < l->n; i++)
        free(l->entries[i].followers);
    free(l->entries);
    free(l);
}

void language_freep(struct language **l)
{
    language_free(*l);
}

int language_same_base(const struct language *l, const char *base, int *first)
{
    int low = 0, high = l->n, n = 0;

    while (low < high) {
        int middle = (low + high) / 2;

        if (strcmp(l->entries[middle].base, base) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    *first = low;
    while (low + n < l->n && strcmp(l->entries[low + n].base, base) == 0)
        n++;
    return n;
}

const struct syllable *language_spelling(const struct language *l, int id)
{
    return &l->entries[id].spelling;
}

int language_find(const struct language *l, const struct syllable *s)
{
    char base[SYLLABLE_LETTERS_MAX + 1];
    int first, n;

    syllable_base(s, base);
    n = language_same_base(l, base, &first);
    for (int i = first; i < first + n; i++)
        if (compare_marks(&l->entries[i].spelling, s) == 0)
            return i;
    return -1;
}

int language_pair_count(const struct language *l, int before, int id)
{
    struct follower key = {.id = id};
    const struct follower *f = NULL;

    if (before >= 0 && id >= 0 && l->entries[before].n_followers > 0)
        f = bsearch(&key, l->entries[before].followers,
                    (size_t)l->entries[before].n_followers, sizeof(key),
                    compare_followers);
    return f ? f->count : 0;
}

bool language_is_word(const struct language *l, int before, int id, int pct)
{
    int pairs = language_pair_count(l, before, id), rarer;

    if (pairs == 0)
        return false;
    rarer = l->entries[before].count < l->entries[id].count
                ? l->entries[before].count
                : l->entries[id].count;
    return pairs * 100.0 >= (double)rarer * pct;
}

double language_cost(const struct language *l, int before, int id)
{
    double single = (id >= 0 ? l->entries[id].count : 0.5) / (l->all + 1);
    struct follower key = {.id = id};
    const struct entry *e;
    const struct follower *f;

    if (before < 0 || l->entries[before].n_followers == 0)
        return -log(single);
    e = &l->entries[before];
    f = bsearch(&key, e->followers, (size_t)e->n_followers, sizeof(key),
                compare_followers);
    return -log(((f ? f->count : 0) + e->n_followers * single) /
                (e->total + e->n_followers));
}

bool language_knows(const struct language *l, const char *word)
{
    size_t n = strlen(word), at = 0, from = n, to = 0, start;
    struct letter letter;
    struct syllable s;

    while ((start = at) < n) {
        if (letter_parse(text_next(word, n, &at), &letter)) {
            from = start < from ? start : from;
            to = at;
        }
    }
    return from < to && syllable_parse(word + from, to - from, &s) &&
           language_find(l, &s) >= 0;
}
