/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Rows of the registers by keys. A key of n letters is entered whole and n
 * times with one letter left out; asked for in the same way, two keys that
 * differ in one letter (read wrongly, lost, or added) always meet. All of it
 * is one array of hashes in buckets: a hash that meets by chance costs one
 * score and no more.
 */
#include "service/pairing.h"

#include "base/alloc.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CASE_TAIL 10      /* day and number of a case: what tells cases apart */
#define BUCKET_MAX 256    /* a key that more rows have says nothing */
#define WIDE_BUCKET_MAX 600 /* rows of one day, of one applicant */
#define DAYS_MAX 3
#define KEY_MAX 160

struct entry {
    uint64_t hash;
    uint32_t row;
};

#define BUCKETS (1u << 20)

struct pairing_index {
    struct entry *entries; /* those of a bucket side by side, rows in order */
    size_t n;
    uint32_t *begins; /* of every bucket, and one more */
    uint32_t *stamps; /* a row seen for the document in hand */
    uint32_t stamp;
    size_t bucket_max;
    uint32_t found[CANDIDATES_MAX];
    size_t n_found;
};

typedef void (*key_fn)(struct pairing_index *x, uint64_t hash, uint32_t row);

static uint64_t hash_bytes(uint64_t h, const char *s, size_t n)
{
    for (size_t i = 0; i < n; i++)
        h = (h ^ (unsigned char)s[i]) * 1099511628211u;
    return h;
}

static uint64_t seed(char kind)
{
    return hash_bytes(1469598103934665603u, &kind, 1);
}

/* The key and every form of it without one letter. */
static void neighbours(struct pairing_index *x, char kind, const char *key,
                       uint32_t row, key_fn each)
{
    size_t n = strlen(key);

    each(x, hash_bytes(seed(kind), key, n), row);
    for (size_t i = 0; i < n; i++) {
        if (i > 0 && key[i] == key[i - 1])
            continue; /* the same form */
        each(x,
             hash_bytes(hash_bytes(seed(kind), key, i), key + i + 1,
                        n - i - 1),
             row);
    }
}

static void whole(struct pairing_index *x, char kind, const char *key,
                  uint32_t row, key_fn each)
{
    each(x, hash_bytes(seed(kind), key, strlen(key)), row);
}

/* Every key of one side. */
static void keys_of(struct pairing_index *x, const struct side *s, uint32_t row,
                    key_fn each)
{
    char key[KEY_MAX];
    size_t n = strlen(s->case_key);

    if (n >= 4) {
        const char *tail = s->case_key + (n > CASE_TAIL ? n - CASE_TAIL : 0);

        neighbours(x, 'c', tail, row, each);
        if (n > CASE_TAIL + 4)
            /* all but the running number, for one with two wrong letters */
            each(x, hash_bytes(seed('h'), s->case_key, n - 4), row);
    }
    if (*s->number)
        whole(x, 'd', s->number, row, each);
    if (*s->number && s->date) {
        snprintf(key, sizeof(key), "%.20s%08d", s->number, s->date);
        neighbours(x, 'n', key, row, each);
    }
    if (*s->number && *s->notation) {
        snprintf(key, sizeof(key), "%.20s/%.60s@%d", s->number, s->notation,
                 s->date / 10000);
        whole(x, 'y', key, row, each);
        if (s->date) {
            snprintf(key, sizeof(key), "%.20s/%.60s@0", s->number, s->notation);
            whole(x, 'y', key, row, each);
        }
    }
    if (*s->applicant && s->date) {
        snprintf(key, sizeof(key), "%.120s@%d", s->applicant, s->date);
        whole(x, 'a', key, row, each);
    }
    if (*s->applicant && *s->number) {
        snprintf(key, sizeof(key), "%.120s@%.20s", s->applicant, s->number);
        whole(x, 'p', key, row, each);
    }
}

/* Keys that many rows share: only for a closer look. */
static void wide_keys_of(struct pairing_index *x, const char *applicant,
                         int date, uint32_t row, key_fn each)
{
    char key[KEY_MAX];

    if (date) {
        snprintf(key, sizeof(key), "%08d", date);
        whole(x, 't', key, row, each);
    }
    if (*applicant)
        whole(x, 'q', applicant, row, each);
}

static size_t bucket_of(uint64_t hash)
{
    return (size_t)(hash * 0x9e3779b97f4a7c15u >> 44);
}

static void all_keys_of(struct pairing_index *x, const struct side *s,
                        uint32_t row, key_fn each)
{
    keys_of(x, s, row, each);
    wide_keys_of(x, s->applicant, s->date, row, each);
}

static void count(struct pairing_index *x, uint64_t hash, uint32_t row)
{
    (void)row;
    x->begins[bucket_of(hash) + 1]++;
    x->n++;
}

/* begins[b] is where the next of bucket b goes, until all are in. */
static void enter(struct pairing_index *x, uint64_t hash, uint32_t row)
{
    x->entries[x->begins[bucket_of(hash)]++] = (struct entry){hash, row};
}

struct pairing_index *pairing_index_new(const struct side_set *rows)
{
    struct pairing_index *x = xcalloc(1, sizeof(*x));

    x->stamps = xcalloc(rows->n + 1, sizeof(*x->stamps));
    x->begins = xcalloc(BUCKETS + 1, sizeof(*x->begins));
    for (size_t r = 0; r < rows->n; r++)
        all_keys_of(x, &rows->items[r], (uint32_t)r, count);
    for (size_t b = 0; b < BUCKETS; b++)
        x->begins[b + 1] += x->begins[b];
    x->entries = xcalloc(x->n + 1, sizeof(*x->entries));
    for (size_t r = 0; r < rows->n; r++)
        all_keys_of(x, &rows->items[r], (uint32_t)r, enter);
    /* Each has moved on to where the next one begins. */
    memmove(x->begins + 1, x->begins, BUCKETS * sizeof(*x->begins));
    x->begins[0] = 0;
    return x;
}

void pairing_index_free(struct pairing_index *x)
{
    if (!x)
        return;
    free(x->entries);
    free(x->begins);
    free(x->stamps);
    free(x);
}

static void look_up(struct pairing_index *x, uint64_t hash, uint32_t unused)
{
    size_t from = x->begins[bucket_of(hash)];
    size_t to = x->begins[bucket_of(hash) + 1];
    size_t n = 0;

    (void)unused;
    for (size_t i = from; i < to; i++)
        n += x->entries[i].hash == hash;
    if (n > x->bucket_max)
        return;
    for (size_t i = from; n > 0 && i < to; i++) {
        uint32_t row = x->entries[i].row;

        if (x->entries[i].hash != hash || x->stamps[row] == x->stamp ||
            x->n_found == CANDIDATES_MAX)
            continue;
        x->stamps[row] = x->stamp;
        x->found[x->n_found++] = row;
    }
}

static void look_up_wide(struct pairing_index *x, const struct side *document)
{
    int days[DAYS_MAX];
    size_t n = pairing_days_in_text(document->text, days, DAYS_MAX);

    x->bucket_max = WIDE_BUCKET_MAX;
    wide_keys_of(x, document->applicant, document->date, 0, look_up);
    for (size_t i = 0; i < n; i++)
        wide_keys_of(x, "", days[i], 0, look_up);
}

size_t pairing_candidates(struct pairing_index *x, const struct side *document,
                          const uint32_t **out)
{
    x->stamp++;
    x->n_found = 0;
    x->bucket_max = BUCKET_MAX;
    if (x->n > 0)
        keys_of(x, document, 0, look_up);
    if (x->n > 0 && document->text)
        look_up_wide(x, document);
    *out = x->found;
    return x->n_found;
}
