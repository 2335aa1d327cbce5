/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Counting strings: how often each of them came. */
#ifndef HOSO_INDEXER_TALLY_H
#define HOSO_INDEXER_TALLY_H

#include <stddef.h>
#include <stdint.h>

struct tallied {
    uint32_t at;     /* where it begins in bytes; ended by NUL */
    uint32_t length;
    uint64_t hash;
    double n;
};

struct tally {
    struct tallied *items; /* in the order they first came */
    int n, cap;
    char *bytes;
    size_t used, room;
    uint32_t *slots; /* item + 1; 0: free */
    size_t n_slots;
};

/* Add by to the count of the string of n bytes; an all zero tally is empty. */
void tally_add(struct tally *t, const char *s, size_t n, double by);

/* The item of the string, with its count as it is; tally_find() gives -1 if
 * there is none, tally_put() adds one that counts nothing. */
int tally_find(const struct tally *t, const char *s, size_t n);
int tally_put(struct tally *t, const char *s, size_t n);

/* The string of item i; borrowed until the next tally_add(). */
const char *tally_text(const struct tally *t, int i);

/* Item numbers in order of their bytes, for writing them sorted; the caller
 * frees. */
int *tally_order(const struct tally *t);

void tally_reset(struct tally *t); /* empty, keeping its memory */
void tally_clear(struct tally *t);

/* A good hash of n bytes. */
uint64_t tally_hash(const char *s, size_t n);

#endif
