/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A run of the matching: the documents that are unmatched against the
 * registers. What was found for them before is forgotten and found again, so a
 * run may be repeated; what people have decided stays, and what they have
 * rejected is not looked at again. What one document is does not depend on the
 * other documents, so a run over a few gives what a run over all would.
 */
#include "service/archive.h"

#include "base/alloc.h"
#include "base/clock.h"
#include "service/pairing.h"

#include <stdlib.h>
#include <string.h>

/* "document key" of pairs that a person has decided, in order. */
struct decided {
    char **items;
    size_t n, cap;
};

static void decided_clear(struct decided *d)
{
    for (size_t i = 0; i < d->n; i++)
        free(d->items[i]);
    free(d->items);
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static enum status load_decided(struct sql *db, const char *query,
                                struct decided *out)
{
    AUTO(sql_finishp) struct sql_stmt *q = NULL;
    bool row = false;
    enum status st = sql_prepare(db, &q, query, "");

    while (st == STATUS_OK && (st = sql_step(q, &row)) == STATUS_OK && row) {
        GROW(out->items, out->n, out->cap);
        out->items[out->n++] = xstrdup(sql_text(q, 0));
    }
    if (out->n > 1)
        qsort(out->items, out->n, sizeof(char *), by_text);
    return st;
}

static bool is_in(const struct decided *d, const char *text)
{
    return d->n > 0 &&
           bsearch(&text, d->items, d->n, sizeof(char *), by_text) != NULL;
}

struct matching {
    struct archive *a;
    struct side_set results, documents;
    struct decided rejected;  /* pairs */
    struct decided confirmed; /* documents */
    struct pairing_index *index;
    struct sql_stmt *text; /* of a document */
};

static bool is_rejected(void *user, const struct side *document,
                        const struct side *row)
{
    const struct decided *d = user;
    AUTO(free_char) char *text = NULL;

    if (d->n == 0)
        return false;
    text = xasprintf("%s %s", document->id, row->id);
    return is_in(d, text);
}

static bool any_sure(const struct pair *pairs, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (pairs[i].sure)
            return true;
    return false;
}

/* What its fields do not settle, its text may. */
static enum status look_closer(struct matching *m, const struct side *d,
                               struct pair *pairs, size_t *n)
{
    bool row = false;
    enum status st = sql_again(m->text, "s", d->id);

    if (st == STATUS_OK)
        st = sql_step(m->text, &row);
    if (st == STATUS_OK && row) {
        struct side closer = *d;

        closer.text = sql_text(m->text, 0);
        *n = pairing_find(m->index, &m->results, &closer, is_rejected,
                          &m->rejected, pairs, PAIRS_MAX);
    }
    return st;
}

static enum status match_document(struct matching *m, const struct side *d)
{
    struct pair pairs[PAIRS_MAX];
    bool settled = is_in(&m->confirmed, d->id);
    size_t n = pairing_find(m->index, &m->results, d, is_rejected,
                            &m->rejected, pairs, PAIRS_MAX);
    enum status st = STATUS_OK;

    if (!any_sure(pairs, n))
        st = look_closer(m, d, pairs, &n);
    for (size_t i = 0; st == STATUS_OK && i < n; i++) {
        AUTO(free_char) char *evidence = pairing_evidence(&pairs[i].evidence);

        /* Where a person has said which it is, there is nothing to ask. */
        if (settled && !pairs[i].sure)
            continue;
        st = registers_put_match(m->a->store, m->results.items[pairs[i].row].id,
                                 d->id, pairs[i].evidence.score, evidence,
                                 pairs[i].sure ? "sure" : "review");
    }
    return st;
}

static enum status load_all(struct matching *m, struct sql *db)
{
    enum status st = pairing_load_results(db, &m->results);

    if (st == STATUS_OK)
        st = pairing_load_documents(db, &m->documents);
    if (st == STATUS_OK)
        st = load_decided(db,
                          "SELECT document || ' ' || result FROM match"
                          " WHERE state = 'rejected'",
                          &m->rejected);
    if (st == STATUS_OK)
        st = load_decided(db,
                          "SELECT DISTINCT document FROM match"
                          " WHERE state = 'confirmed'",
                          &m->confirmed);
    return st;
}

static enum status run_locked(struct archive *a)
{
    struct matching m = {.a = a};
    struct sql *db = NULL;
    enum status st = registers_sql(a->store, &db);

    if (st == STATUS_OK)
        st = load_all(&m, db);
    if (st == STATUS_OK)
        st = registers_clear_matches(a->store);
    if (st == STATUS_OK)
        st = sql_prepare(db, &m.text,
                         "SELECT text FROM document_text WHERE document = ?",
                         "s", "");
    if (st == STATUS_OK)
        m.index = pairing_index_new(&m.results);
    for (size_t i = 0; st == STATUS_OK && i < m.documents.n; i++)
        st = match_document(&m, &m.documents.items[i]);
    if (st == STATUS_OK)
        st = registers_matched(a->store);
    pairing_index_free(m.index);
    sql_finish(m.text);
    side_set_clear(&m.results);
    side_set_clear(&m.documents);
    decided_clear(&m.rejected);
    decided_clear(&m.confirmed);
    return st;
}

static enum status run(struct archive *a, bool all)
{
    enum status st = registers_begin(a->store);

    if (st != STATUS_OK)
        return st;
    if (all)
        st = registers_unmatch_all(a->store);
    if (st == STATUS_OK)
        st = run_locked(a);
    return registers_end(a->store, st);
}

static enum status count_into(struct archive *a, const char *query,
                              int64_t *out)
{
    struct sql *db = NULL;
    enum status st = registers_sql(a->store, &db);

    return st == STATUS_OK ? sql_int_of(db, out, query, "") : st;
}

static enum status run_if_needed(struct archive *a)
{
    int64_t imports = 0, waiting = 0;
    enum status st = count_into(a, "SELECT count(*) FROM import", &imports);

    if (st == STATUS_OK && imports > 0)
        st = count_into(a, "SELECT count(*) FROM unmatched", &waiting);
    return st == STATUS_OK && waiting > 0 ? run(a, false) : st;
}

enum status archive_match(struct archive *a, struct match_summary *out)
{
    int64_t started = clock_ms();
    int64_t gathered = 0;
    enum status st = registers_gather(a->store, &gathered);

    *out = (struct match_summary){0};
    if (st == STATUS_OK)
        st = run(a, true);
    if (st == STATUS_OK)
        st = archive_match_count(a, out);
    out->gathered = gathered;
    out->elapsed_ms = clock_ms() - started;
    return st;
}

enum status archive_match_new(struct archive *a)
{
    int64_t imports = 0;
    enum status st = count_into(a, "SELECT count(*) FROM import", &imports);

    if (st != STATUS_OK || imports == 0)
        return st;
    st = registers_gather(a->store, NULL);
    return st == STATUS_OK ? run_if_needed(a) : st;
}

enum status archive_match_ingested(struct archive *a, struct match_gain *out)
{
    static const char results[] =
        "SELECT count(*) FROM result WHERE current = 1 AND key IN"
        " (SELECT result FROM match WHERE state IN ('sure','confirmed'))";
    static const char doubtful[] =
        "SELECT count(DISTINCT document) FROM match WHERE state = 'review'";
    struct match_gain before = {0}, after = {0};
    enum status st = count_into(
        a, "SELECT count(*) FROM import WHERE reverted = 0", &out->registers);

    if (st != STATUS_OK || out->registers == 0)
        return st;
    st = count_into(a, results, &before.results);
    if (st == STATUS_OK)
        st = count_into(a, doubtful, &before.review);
    if (st == STATUS_OK)
        st = archive_match_new(a);
    if (st == STATUS_OK)
        st = count_into(a, results, &after.results);
    if (st == STATUS_OK)
        st = count_into(a, doubtful, &after.review);
    out->results = after.results - before.results;
    out->review = after.review - before.review;
    return st;
}

enum status archive_registers_rebuild(struct archive *a)
{
    enum status st = registers_rebuild(a->store);

    return st == STATUS_OK ? run(a, true) : st;
}
