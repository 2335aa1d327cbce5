/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Counting strings: one table of slots over one heap of bytes. */
#include "indexer/tally.h"

#include "base/alloc.h"
#include <stdlib.h>
#include <string.h>

uint64_t tally_hash(const char *s, size_t n)
{
    uint64_t h = UINT64_C(0x9E3779B97F4A7C15) ^ n;
    while (n >= 8) {
        uint64_t part;
        memcpy(&part, s, 8);
        h = (h ^ part) * UINT64_C(0xFF51AFD7ED558CCD);
        h ^= h >> 32;
        s += 8;
        n -= 8;
    }
    uint64_t rest = 0;
    memcpy(&rest, s, n);
    h = (h ^ rest) * UINT64_C(0xC4CEB9FE1A85EC53);
    return h ^ h >> 29;
}

const char *tally_text(const struct tally *t, int i)
{
    return t->bytes + t->items[i].at;
}

static void place(struct tally *t, int item)
{
    size_t mask = t->n_slots - 1;
    size_t at = (size_t)t->items[item].hash & mask;
    while (t->slots[at])
        at = (at + 1) & mask;
    t->slots[at] = (uint32_t)item + 1;
}

static void widen(struct tally *t)
{
    size_t n = t->n_slots ? t->n_slots * 2 : 256;
    free(t->slots);
    t->slots = xcalloc(n, sizeof(*t->slots));
    t->n_slots = n;
    for (int i = 0; i < t->n; i++)
        place(t, i);
}

static uint32_t keep(struct tally *t, const char *s, size_t n)
{
    size_t at = t->used;
    if (t->used + n + 1 > t->room) {
        t->room = (t->used + n + 1) * 2;
        t->bytes = xrealloc(t->bytes, t->room, 1);
    }
    memcpy(t->bytes + at, s, n);
    t->bytes[at + n] = '\0';
    t->used += n + 1;
    return (uint32_t)at;
}

static int find(const struct tally *t, const char *s, size_t n, uint64_t hash)
{
    if (!t->n_slots)
        return -1;
    size_t mask = t->n_slots - 1;
    for (size_t at = (size_t)hash & mask; t->slots[at]; at = (at + 1) & mask) {
        const struct tallied *i = &t->items[t->slots[at] - 1];
        if (i->hash == hash && i->length == n &&
            memcmp(t->bytes + i->at, s, n) == 0)
            return (int)t->slots[at] - 1;
    }
    return -1;
}

int tally_find(const struct tally *t, const char *s, size_t n)
{
    return find(t, s, n, tally_hash(s, n));
}

int tally_put(struct tally *t, const char *s, size_t n)
{
    uint64_t hash = tally_hash(s, n);
    int i = find(t, s, n, hash);
    if (i >= 0)
        return i;
    if ((size_t)t->n * 2 >= t->n_slots)
        widen(t);
    GROW(t->items, t->n, t->cap);
    t->items[t->n] = (struct tallied){keep(t, s, n), (uint32_t)n, hash, 0};
    place(t, t->n);
    return t->n++;
}

void tally_add(struct tally *t, const char *s, size_t n, double by)
{
    int i = tally_put(t, s, n); /* it may move the items */
    t->items[i].n += by;
}

static int by_bytes(const void *a, const void *b, void *user)
{
    const struct tally *t = user;
    return strcmp(tally_text(t, *(const int *)a),
                  tally_text(t, *(const int *)b));
}

int *tally_order(const struct tally *t)
{
    int *order = xcalloc((size_t)t->n + 1, sizeof(*order));
    for (int i = 0; i < t->n; i++)
        order[i] = i;
    if (t->n > 1)
        qsort_r(order, (size_t)t->n, sizeof(*order), by_bytes, (void *)t);
    return order;
}

void tally_reset(struct tally *t)
{
    t->n = 0;
    t->used = 0;
    if (t->slots)
        memset(t->slots, 0, t->n_slots * sizeof(*t->slots));
}

void tally_clear(struct tally *t)
{
    free(t->items);
    free(t->bytes);
    free(t->slots);
    *t = (struct tally){0};
}
