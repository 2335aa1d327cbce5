/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words as they are written, and their numbers; see indexer/spellings.h. */
#include "indexer/spellings.h"

#include "base/alloc.h"
#include "base/i18n.h"
#include "base/text.h"
#include "indexer/syllable.h"
#include "indexer/tokens.h"
#include <stdlib.h>
#include <string.h>

enum { SPELLINGS_KEPT = 1 << 20 }; /* in memory between transactions */

void spellings_reset(struct spellings *s)
{
    tally_reset(&s->texts);
    tally_reset(&s->words);
    tally_reset(&s->folds);
    s->n_folds = 0;
    if (s->n_ids)
        memset(s->item_of, 0, s->n_ids * sizeof(*s->item_of));
    s->next = 0;
}

void spellings_clear(struct spellings *s)
{
    sql_finish(s->by_text);
    sql_finish(s->by_id);
    sql_finish(s->add);
    sql_finish(s->add_word);
    tally_clear(&s->texts);
    tally_clear(&s->words);
    tally_clear(&s->folds);
    free(s->items);
    free(s->fold_of);
    free(s->item_of);
    *s = (struct spellings){0};
}

enum status spellings_start(struct spellings *s, struct sql *db)
{
    int64_t version = 0;
    s->db = db;
    enum status st = sql_int_of(db, &version, "PRAGMA data_version", "");
    if (version != s->version || s->texts.n > SPELLINGS_KEPT)
        spellings_reset(s);
    s->version = version;
    return st;
}

const char *spellings_folded(const struct spellings *s, uint32_t word)
{
    return tally_text(&s->folds, (int)s->fold_of[word]);
}

const char *spellings_exact(const struct spellings *s, uint32_t word)
{
    return strchr(tally_text(&s->words, (int)word), FORM_END) + 1;
}

static void know_id(struct spellings *s, uint32_t id, int item)
{
    if (id >= s->n_ids) {
        size_t n = s->n_ids ? s->n_ids : 4096;
        while (n <= id)
            n *= 2;
        s->item_of = xrealloc(s->item_of, n, sizeof(*s->item_of));
        memset(s->item_of + s->n_ids, 0, (n - s->n_ids) * sizeof(*s->item_of));
        s->n_ids = n;
    }
    s->item_of[id] = (uint32_t)item + 1;
}

/* Remember a spelling; the item of its text. */
static int know(struct spellings *s, uint32_t id, const char *text, size_t n,
                const char *folded, const char *exact)
{
    char joined[2 * SYLLABLE_BYTES + 2];
    size_t n_folded = strlen(folded), n_exact = strlen(exact);
    memcpy(joined, folded, n_folded);
    joined[n_folded] = FORM_END;
    memcpy(joined + n_folded + 1, exact, n_exact + 1);
    int word = tally_put(&s->words, joined, n_folded + 1 + n_exact);
    while (s->n_folds <= word) {
        GROW(s->fold_of, s->n_folds, s->cap_folds);
        s->fold_of[s->n_folds++] =
            (uint32_t)tally_put(&s->folds, folded, n_folded);
    }
    int item = tally_put(&s->texts, text, n);
    while (s->cap <= item) {
        s->cap = s->cap ? s->cap * 2 : 4096;
        s->items = xrealloc(s->items, (size_t)s->cap, sizeof(*s->items));
    }
    s->items[item] =
        (struct spelling){id, (uint32_t)word, text_points(text, n)};
    know_id(s, id, item);
    return item;
}

static enum status prepare(struct spellings *s)
{
    if (s->add_word)
        return STATUS_OK;
    enum status st = sql_prepare(s->db, &s->by_text,
                                 "SELECT id FROM spelling WHERE folded = ?1 "
                                 "AND exact = ?2 AND text = ?3",
                                 NULL);
    if (st == STATUS_OK)
        st = sql_prepare(s->db, &s->add,
                         "INSERT INTO spelling(folded, exact, text, id) "
                         "VALUES(?1, ?2, ?3, ?4)",
                         NULL);
    if (st == STATUS_OK)
        st = sql_prepare(s->db, &s->add_word,
                         "INSERT OR IGNORE INTO word(folded, exact, n) "
                         "VALUES(?1, ?2, 0)",
                         NULL);
    return st;
}

static enum status run(struct sql_stmt *s)
{
    bool row = false;
    enum status st = sql_step(s, &row);
    sql_rest(s);
    return st;
}

static enum status next_id(struct spellings *s, int64_t *id)
{
    enum status st = STATUS_OK;
    if (!s->next) {
        s->next = 1;
        st = sql_int_of(s->db, &s->next,
                        "SELECT value FROM meta WHERE name = 'spelling'", "");
    }
    if (st == STATUS_OK && s->next > (int64_t)SPELLING_MAX)
        st = fail(STATUS_LIMIT,
                  _("the index '%s' has no room for more pages; make it "
                    "anew with 'hoso reindex'"),
                  sql_path(s->db));
    *id = s->next++;
    return st;
}

static enum status add(struct spellings *s, const struct syllable *w,
                       const char *text, int64_t *id)
{
    enum status st = next_id(s, id);
    if (st == STATUS_OK)
        st = sql_again(s->add, "sssi", w->folded, w->exact, text, *id);
    if (st == STATUS_OK)
        st = run(s->add);
    if (st == STATUS_OK)
        st = sql_again(s->add_word, "ss", w->folded, w->exact);
    if (st == STATUS_OK)
        st = run(s->add_word);
    return st;
}

enum status spellings_write(struct spellings *s)
{
    if (!s->next)
        return STATUS_OK;
    return sql_run(s->db,
                   "INSERT INTO meta(name, value) VALUES('spelling', ?1) "
                   "ON CONFLICT DO UPDATE SET value = ?1",
                   "i", s->next);
}

enum status spellings_take(struct spellings *s, const char *text, size_t n,
                           int *item)
{
    struct syllable w;
    size_t pos = 0;
    int64_t id = 0;
    bool row = false;
    *item = tally_find(&s->texts, text, n);
    if (*item >= 0)
        return STATUS_OK;
    if (!syllable_next(text, n, &pos, &w))
        return fail(STATUS_DAMAGED, _("the words of a page do not add up"));
    AUTO(free_char) char *own = xstrndup(text, n);
    enum status st = prepare(s);
    if (st == STATUS_OK)
        st = sql_again(s->by_text, "sss", w.folded, w.exact, own);
    if (st == STATUS_OK)
        st = sql_step(s->by_text, &row);
    if (st == STATUS_OK && row)
        id = sql_int(s->by_text, 0);
    sql_rest(s->by_text);
    if (st == STATUS_OK && !row)
        st = add(s, &w, own, &id);
    if (st == STATUS_OK)
        *item = know(s, (uint32_t)id, text, n, w.folded, w.exact);
    return st;
}

enum status spellings_item(struct spellings *s, uint32_t id, int *item)
{
    bool row = false;
    if (id < s->n_ids && s->item_of[id]) {
        *item = (int)s->item_of[id] - 1;
        return STATUS_OK;
    }
    enum status st =
        s->by_id ? STATUS_OK
                 : sql_prepare(s->db, &s->by_id,
                               "SELECT text, folded, exact FROM spelling "
                               "WHERE id = ?1",
                               NULL);
    if (st == STATUS_OK)
        st = sql_again(s->by_id, "i", (int64_t)id);
    if (st == STATUS_OK)
        st = sql_step(s->by_id, &row);
    if (st == STATUS_OK && !row)
        st = fail(STATUS_DAMAGED, _("the words of a page do not add up"));
    if (st != STATUS_OK)
        return st;
    const char *text = sql_text(s->by_id, 0);
    *item = know(s, id, text, strlen(text), sql_text(s->by_id, 1),
                 sql_text(s->by_id, 2));
    sql_rest(s->by_id);
    return STATUS_OK;
}
