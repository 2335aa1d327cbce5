/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Counting words and pairs; see indexer/frequency.h. */
#include "indexer/frequency.h"

#include "base/alloc.h"
#include "base/strbuf.h"
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

static void count_word(struct frequency *q, uint32_t word, double by)
{
    if ((int)word >= q->n_words) {
        int n = q->n_words ? q->n_words : 4096;
        while (n <= (int)word)
            n *= 2;
        q->words = xrealloc(q->words, (size_t)n, sizeof(*q->words));
        for (int i = q->n_words; i < n; i++)
            q->words[i] = 0;
        q->n_words = n;
    }
    q->words[word] += by;
}

/* Word or pair s of a page that goes out, or comes in: what comes back need
 * not be looked for. */
static void note_gone(struct tally *gone, const char *s, size_t n, int sign)
{
    int back = sign > 0 ? tally_find(gone, s, n) : -1;
    if (sign < 0)
        tally_add(gone, s, n, 1);
    else if (back >= 0)
        gone->items[back].n = 0;
}

void frequency_note(struct frequency *q, int64_t row, const struct spellings *s,
                    const struct page_tokens *t, int sign)
{
    double weight = weight_of(row, false), pair_weight = weight_of(row, true);
    AUTO(strbuf_clear) struct strbuf pair = {0};
    strbuf_init(&pair);
    q->pages += sign;
    q->length += sign * t->length;
    bool goes = sign < 0 || q->gone.n > 0, moves = goes || pair_weight > 0;
    for (int i = 0; i < t->n_words && (weight > 0 || goes); i++) {
        uint32_t word = t->words[i].a;
        count_word(q, word, sign * weight);
        if (goes)
            note_gone(&q->gone, tally_text(&s->words, (int)word),
                      s->words.items[word].length, sign);
    }
    for (int i = 0; i < t->n_pairs && moves; i++) {
        strbuf_reset(&pair);
        token_of_pair(s, &t->pairs[i], &pair);
        if (pair_weight > 0)
            tally_add(&q->pairs, pair.s, pair.len, sign * pair_weight);
        if (goes)
            note_gone(&q->gone_pairs, pair.s, pair.len, sign);
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

static enum status write_words(struct frequency *q,
                               const struct spellings *known, struct sql *db)
{
    AUTO(sql_finishp) struct sql_stmt *s = NULL;
    enum status st = sql_prepare(db, &s,
                                 "UPDATE word SET n = max(n + ?3, 0) "
                                 "WHERE folded = ?1 AND exact = ?2",
                                 "ssi", "", "", (int64_t)0);
    for (int i = 0; i < q->n_words && i < known->words.n && st == STATUS_OK;
         i++) {
        uint32_t word = (uint32_t)i;
        if (q->words[i] == 0)
            continue;
        st = sql_again(s, "ssi", spellings_folded(known, word),
                       spellings_exact(known, word),
                       (int64_t)llround(q->words[i]));
        if (st == STATUS_OK)
            st = run(s);
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
        if (q->gone.items[i].n == 0)
            continue;
        const char *word = tally_text(&q->gone, i);
        const char *exact = strchr(word, FORM_END) + 1;
        AUTO(free_char)
        char *folded = xstrndup(word, (size_t)(exact - word) - 1);
        bool listed = false;
        st = is_listed(s, token_form(folded, exact), &listed);
        if (st == STATUS_OK && !listed)
            st =
                sql_run(db, "DELETE FROM word WHERE folded = ?1 AND exact = ?2",
                        "ss", folded, exact);
        if (st == STATUS_OK && !listed)
            st = sql_run(db,
                         "DELETE FROM spelling WHERE folded = ?1 AND "
                         "exact = ?2",
                         "ss", folded, exact);
    }
    return st;
}

static enum status unlist_pairs(struct frequency *q, struct sql *db)
{
    AUTO(sql_finishp) struct sql_stmt *s = NULL;
    enum status st = sql_prepare(db, &s, LISTED, "s", "\"a\"");
    for (int i = 0; i < q->gone_pairs.n && st == STATUS_OK; i++) {
        if (q->gone_pairs.items[i].n == 0)
            continue;
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

enum status frequency_write(struct frequency *q, struct spellings *s,
                            struct sql *db)
{
    enum status st = write_words(q, s, db);
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
        spellings_reset(s);
    return st;
}

void frequency_reset(struct frequency *q)
{
    for (int i = 0; i < q->n_words; i++)
        q->words[i] = 0;
    tally_reset(&q->pairs);
    tally_reset(&q->gone);
    tally_reset(&q->gone_pairs);
    q->pages = q->length = 0;
}

void frequency_clear(struct frequency *q)
{
    free(q->words);
    q->words = NULL;
    q->n_words = 0;
    tally_clear(&q->pairs);
    tally_clear(&q->gone);
    tally_clear(&q->gone_pairs);
}
