/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The rows of one document. A row is sure if enough says the same, nothing
 * speaks against it and no other row comes near: a number read with one wrong
 * digit is often the number of another result of the same day.
 */
#include "service/pairing.h"

#include <stdlib.h>
#include <string.h>

static int by_score(const void *a, const void *b)
{
    const struct pair *p = a, *q = b;

    if (p->evidence.score != q->evidence.score)
        return q->evidence.score - p->evidence.score;
    return p->row < q->row ? -1 : p->row > q->row;
}

/* Keep the best in out, which has room for max. */
static size_t take(struct pair *out, size_t n, size_t max, struct pair p)
{
    size_t worst = 0;

    if (n < max) {
        out[n] = p;
        return n + 1;
    }
    for (size_t i = 1; i < n; i++)
        if (by_score(&out[i], &out[worst]) > 0)
            worst = i;
    if (by_score(&p, &out[worst]) < 0)
        out[worst] = p;
    return n;
}

/* Number, notation and date are those of the document: it is that one, of
 * however many cases. */
static bool is_very_number(const struct evidence_of_pair *e)
{
    return e->number == LIKE_SAME && e->notation == LIKE_SAME &&
           e->date == LIKE_SAME;
}

/* Nothing but the number tells the document from its neighbours. */
static bool by_number_alone(const struct evidence_of_pair *e)
{
    return e->case_code != LIKE_SAME && e->case_code != LIKE_NEAR &&
           !like_agrees(e->applicant) && e->applicant != LIKE_NEAR;
}

/* Another row of that day has nearly this number. */
static bool has_neighbour(const struct pair *all, size_t n, size_t self)
{
    for (size_t i = 0; i < n; i++) {
        const struct evidence_of_pair *e = &all[i].evidence;

        if (i != self && e->number == LIKE_NEAR && e->date == LIKE_SAME &&
            e->notation != LIKE_OTHER)
            return true;
    }
    return false;
}

/* Two cases that end with one paper. */
static bool is_twin(const struct side *a, const struct side *b)
{
    return *a->number && a->date && a->date == b->date &&
           strcmp(a->number, b->number) == 0 &&
           strcmp(a->notation, b->notation) == 0;
}

static bool is_sure(const struct side_set *rows, const struct side *document,
                    const struct pair *all, size_t n, size_t i)
{
    const struct evidence_of_pair *e = &all[i].evidence;

    if (e->score < SCORE_SURE || pairing_conflict(e))
        return false;
    if (by_number_alone(e) && document->number_pct < NUMBER_SURE_PCT &&
        has_neighbour(all, n, i))
        return false;
    /* A number that was read well and is another is another paper's. */
    if (e->number == LIKE_NEAR && document->number_pct >= NUMBER_SURE_PCT &&
        e->case_code != LIKE_SAME && e->case_code != LIKE_NEAR)
        return false;
    for (size_t k = 0; k < n; k++) {
        bool twin = is_twin(&rows->items[all[i].row], &rows->items[all[k].row]);

        if (k != i && !twin && all[k].evidence.score > e->score - SCORE_MARGIN)
            return false;
    }
    return true;
}

/* Behind a sure row, others are only worth a look if they are the other cases
 * of the same paper. */
static size_t drop_weak(struct pair *out, size_t n)
{
    bool any = false, by_number = false;
    size_t kept = 0;

    for (size_t i = 0; i < n; i++) {
        any = any || out[i].sure;
        by_number =
            by_number || (out[i].sure && is_very_number(&out[i].evidence));
    }
    for (size_t i = 0; i < n; i++)
        if (out[i].sure ||
            (out[i].evidence.score >= SCORE_REVIEW &&
             (!any || (by_number && is_very_number(&out[i].evidence)))))
            out[kept++] = out[i];
    return kept;
}

struct scored {
    uint32_t row;
    struct evidence_of_pair evidence;
};

/* Score all candidates that nobody has barred. *foreign: the document names a
 * case, and none of them is of it. */
static size_t score_all(const struct side_set *rows,
                        const struct side *document,
                        bool (*barred)(void *user, const struct side *document,
                                       const struct side *row),
                        void *user, const uint32_t *candidates, size_t n,
                        struct scored *out, bool *foreign)
{
    size_t kept = 0;

    *foreign = *document->case_key != '\0';
    for (size_t i = 0; i < n; i++) {
        const struct side *row = &rows->items[candidates[i]];
        struct scored *s = &out[kept];

        s->row = candidates[i];
        pairing_score(document, row, &s->evidence);
        if (s->evidence.case_code == LIKE_SAME ||
            s->evidence.case_code == LIKE_NEAR)
            *foreign = false;
        kept += !barred || !barred(user, document, row);
    }
    return kept;
}

size_t pairing_find(struct pairing_index *x, const struct side_set *rows,
                    const struct side *document,
                    bool (*barred)(void *user, const struct side *document,
                                   const struct side *row),
                    void *user, struct pair *out, size_t max)
{
    struct scored scored[CANDIDATES_MAX];
    const uint32_t *candidates = NULL;
    bool foreign;
    size_t n_candidates = pairing_candidates(x, document, &candidates);
    size_t n_scored = score_all(rows, document, barred, user, candidates,
                                n_candidates, scored, &foreign);
    size_t n = 0;

    for (size_t i = 0; i < n_scored; i++) {
        struct pair p = {.row = scored[i].row, .evidence = scored[i].evidence};

        if (foreign)
            pairing_foreign_case(&p.evidence);
        if (p.evidence.score > 0)
            n = take(out, n, max, p);
    }
    if (n > 1)
        qsort(out, n, sizeof(*out), by_score);
    for (size_t i = 0; i < n; i++)
        out[i].sure = is_sure(rows, document, out, n, i);
    return drop_weak(out, n);
}
