/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Counting words and pairs; see indexer/frequency.h. */
#include "indexer/frequency.h"

#include "base/alloc.h"
#include "indexer/schema.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define COUNTED_ALL 20000 /* so many first pages */
#define ONE_OF 16

static double weight_of(int64_t row, bool pairs)
{
    if (!pairs && ROW_TOP - row < COUNTED_ALL)
        return 1;
    uint64_t h = (uint64_t)row * UINT64_C(0x9E3779B97F4A7C15);
    return (h >> 40) % ONE_OF == 0 ? ONE_OF : 0;
}

void frequency_note(struct frequency *q, int64_t row,
                    const struct page_tokens *t, int sign)
{
    double weight = weight_of(row, false), pair_weight = weight_of(row, true);
    q->pages += sign;
    q->length += sign * t->length;
    for (int i = 0; i < t->words.n; i++) {
        const char *word = tally_text(&t->words, i);
        size_t n = t->words.items[i].length;
        tally_add(&q->words, word, n, sign * weight);
        if (sign < 0)
            tally_add(&q->gone, word, n, 1);
    }
    for (int i = 0; i < t->pairs.n; i++) {
        const char *pair = tally_text(&t->pairs, i);
        size_t n = t->pairs.items[i].length;
        if (pair_weight > 0)
            tally_add(&q->pairs, pair, n, sign * pair_weight);
        if (sign < 0)
            tally_add(&q->gone_pairs, pair, n, 1);
    }
}

/* Run s, prepared for one string or two and a number, once. */
static enum status run(struct sql_stmt *s)
{
    bool row = true;
    enum status st = STATUS_OK;
    while (st == STATUS_OK && row)
        st = sql_step(s, &row);
    return st;
}

static bool is_known(const struct tally *known, const char *word, size_t n)
{
    uint64_t hash = tally_hash(word, n);
    size_t mask = known->n_slots - 1;
    if (!known->n_slots)
        return false;
    for (size_t at = (size_t)hash & mask; known->slots[at];
         at = (at + 1) & mask) {
        const struct tallied *i = &known->items[known->slots[at] - 1];
        if (i->hash == hash && strcmp(known->bytes + i->at, word) == 0)
            return true;
    }
    return false;
}

static enum status write_words(struct frequency *q, struct sql *db)
{
    AUTO(sql_finishp) struct sql_stmt *s = NULL;
    AUTO(free_void) int *order = tally_order(&q->words);
    enum status st = sql_prepare(
        db, &s,
        "INSERT INTO word(folded, exact, n) VALUES(?1, ?2, max(?3, 0)) "
        "ON CONFLICT DO UPDATE SET n = max(n + ?3, 0)",
        "ssi", "", "", (int64_t)0);
    for (int i = 0; i < q->words.n && st == STATUS_OK; i++) {
        const struct tallied *item = &q->words.items[order[i]];
        const char *word = tally_text(&q->words, order[i]);
        const char *exact = strchr(word, FORM_END) + 1;
        if (item->n == 0 && is_known(&q->known, word, item->length))
            continue;
        AUTO(free_char)
        char *folded = xstrndup(word, (size_t)(exact - word) - 1);
        st = sql_again(s, "ssi", folded, exact, (int64_t)llround(item->n));
        if (st == STATUS_OK)
            st = run(s);
        tally_add(&q->known, word, item->length, 1);
    }
    return st;
}

static enum status write_pairs(struct frequency *q, struct sql *db)
{
    AUTO(sql_finishp) struct sql_stmt *s = NULL;
    AUTO(free_void) int *order = tally_order(&q->pairs);
    enum status st =
        sql_prepare(db, &s,
                    "INSERT INTO pair(pair, n) VALUES(?1, max(?2, 0)) "
                    "ON CONFLICT DO UPDATE SET n = max(n + ?2, 0)",
                    "si", "", (int64_t)0);
    for (int i = 0; i < q->pairs.n && st == STATUS_OK; i++) {
        const struct tallied *item = &q->pairs.items[order[i]];
        if (item->n == 0)
            continue;
        st = sql_again(s, "si", tally_text(&q->pairs, order[i]),
                       (int64_t)llround(item->n));
        if (st == STATUS_OK)
            st = run(s);
    }
    return st;
}

/* Whether a page is listed under token. */
static enum status is_listed(struct sql_stmt *s, const char *token, bool *out)
{
    AUTO(free_char) char *quoted = xasprintf("\"%s\"", token);
    enum status st = sql_again(s, "s", quoted);
    return st == STATUS_OK ? sql_step(s, out) : st;
}

#define LISTED "SELECT 1 FROM fulltext WHERE fulltext MATCH ?1 LIMIT 1"

static enum status unlist_words(struct frequency *q, struct sql *db)
{
    AUTO(sql_finishp) struct sql_stmt *s = NULL;
    enum status st = sql_prepare(db, &s, LISTED, "s", "\"a\"");
    for (int i = 0; i < q->gone.n && st == STATUS_OK; i++) {
        const char *word = tally_text(&q->gone, i);
        const char *exact = strchr(word, FORM_END) + 1;
        AUTO(free_char)
        char *folded = xstrndup(word, (size_t)(exact - word) - 1);
        bool listed = false;
        st = is_listed(s, token_form(folded, exact), &listed);
        if (st == STATUS_OK && !listed)
            st = sql_run(db, "DELETE FROM word WHERE folded = ?1 AND exact = ?2",
                         "ss", folded, exact);
    }
    return st;
}

static enum status unlist_pairs(struct frequency *q, struct sql *db)
{
    AUTO(sql_finishp) struct sql_stmt *s = NULL;
    enum status st = sql_prepare(db, &s, LISTED, "s", "\"a\"");
    for (int i = 0; i < q->gone_pairs.n && st == STATUS_OK; i++) {
        const char *pair = tally_text(&q->gone_pairs, i);
        bool listed = false;
        st = is_listed(s, pair, &listed);
        if (st == STATUS_OK && !listed)
            st = sql_run(db, "DELETE FROM pair WHERE pair = ?1", "s", pair);
    }
    return st;
}

static enum status add_meta(struct sql *db, const char *name, double by)
{
    return sql_run(db,
                   "INSERT INTO meta(name, value) VALUES(?1, ?2) "
                   "ON CONFLICT DO UPDATE SET value = max(value + ?2, 0)",
                   "si", name, (int64_t)llround(by));
}

enum status frequency_write(struct frequency *q, struct sql *db)
{
    enum status st = write_words(q, db);
    if (st == STATUS_OK)
        st = write_pairs(q, db);
    if (st == STATUS_OK)
        st = add_meta(db, "pages", q->pages);
    if (st == STATUS_OK)
        st = add_meta(db, "length", q->length);
    if (st == STATUS_OK && q->gone.n > 0)
        st = unlist_words(q, db);
    if (st == STATUS_OK && q->gone_pairs.n > 0)
        st = unlist_pairs(q, db);
    if (q->gone.n > 0)
        tally_reset(&q->known);
    return st;
}

void frequency_reset(struct frequency *q, bool undone)
{
    tally_reset(&q->words);
    tally_reset(&q->pairs);
    tally_reset(&q->gone);
    tally_reset(&q->gone_pairs);
    if (undone)
        tally_reset(&q->known);
    q->pages = q->length = 0;
}

void frequency_clear(struct frequency *q)
{
    tally_clear(&q->words);
    tally_clear(&q->pairs);
    tally_clear(&q->gone);
    tally_clear(&q->gone_pairs);
    tally_clear(&q->known);
}
