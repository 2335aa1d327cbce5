/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * "Did you mean" where a space is missing or too many: "quyetdinh" for "quyet
 * dinh", "micro soft" for "microsoft". Words that a line's end cut in two by a
 * hyphen are found so, as the index has them as two neighbours.
 */
#include "indexer/search.h"

#include "base/alloc.h"
#include "base/text.h"
#include <stdlib.h>
#include <string.h>

enum { ENOUGH = 20 }; /* pages: more need not be counted */

/* The best way to write the query so far. */
struct respelling {
    struct search *in;
    int found; /* pages */
    char *text;
};

/* Take text (the callee's) if it finds more than what is known. */
static enum status weigh(struct respelling *r, char *text)
{
    struct query q = *r->in->q;
    int n = 0;
    q.text = text;
    q.exhaustive = false;
    enum status st = search_count(r->in->f, &q, ENOUGH, &n);
    if (st == STATUS_OK && n > r->found) {
        free(r->text);
        r->text = STEAL(text);
        r->found = n;
    }
    free(text);
    return st == STATUS_USAGE ? STATUS_OK : st;
}

static enum status has(struct search *in, enum fulltext_stmt which,
                       const char *token, bool *out)
{
    struct sql_stmt *s;
    bool row = false;
    enum status st = fulltext_ready(in->f, which, &s);
    if (st == STATUS_OK)
        st = sql_again(s, "s", token);
    if (st == STATUS_OK)
        st = sql_step(s, &row);
    *out = st == STATUS_OK && row && !sql_is_null(s, 0);
    sql_rest(s);
    return st;
}

/* The one word that text (n bytes) is; false if it is none or several. */
static bool is_word(const char *text, size_t n, struct syllable *out)
{
    size_t pos = 0;
    return syllable_next(text, n, &pos, out) && out->start == 0 &&
           out->end == n;
}

/* The word of the query from start to end, cut in two that are neighbours
 * somewhere. */
static enum status split(struct respelling *r, size_t start, size_t end)
{
    const char *text = r->in->q->text;
    enum status st = STATUS_OK;
    for (size_t at = start; st == STATUS_OK;) {
        struct syllable a, b;
        bool there = false;
        (void)text_next(text, end, &at);
        if (at >= end)
            break;
        if (!is_word(text + start, at - start, &a) ||
            !is_word(text + at, end - at, &b))
            continue;
        AUTO(free_char) char *pair = xasprintf("\"%s %s\"", a.folded, b.folded);
        st = has(r->in, HAS_TOKEN, pair, &there);
        if (st == STATUS_OK && there)
            st = weigh(r, xasprintf("%.*s %s", (int)at, text, text + at));
    }
    return st;
}

/* The words from start to gap and from next to end, as one. */
static enum status join(struct respelling *r, size_t start, size_t gap,
                        size_t next, size_t end)
{
    const char *text = r->in->q->text;
    struct syllable both;
    bool there = false;
    AUTO(free_char)
    char *joined = xasprintf("%.*s%.*s", (int)(gap - start), text + start,
                             (int)(end - next), text + next);
    if (!is_word(joined, strlen(joined), &both))
        return STATUS_OK;
    enum status st = has(r->in, COUNT_WORD, both.folded, &there);
    return st == STATUS_OK && there
               ? weigh(r, xasprintf("%.*s%s", (int)gap, text, text + next))
               : st;
}

enum status search_respace(struct search *in, int64_t total, char **out)
{
    struct respelling r = {in, (int)total, NULL};
    const char *text = in->q->text;
    size_t n = strlen(text), pos = 0, start = 0, gap = 0;
    struct syllable w;
    enum status st = STATUS_OK;
    for (bool before = false; st == STATUS_OK;) {
        bool known = false;
        if (!syllable_next(text, n, &pos, &w))
            break;
        bool is_key = text[w.end] == ':'; /* the name of a field */
        if (before && w.start == gap + 1 && text[gap] == ' ' && !is_key)
            st = join(&r, start, gap, w.start, w.end);
        start = w.start;
        gap = w.end;
        before = true;
        if (st == STATUS_OK)
            st = has(in, COUNT_WORD, w.folded, &known);
        if (st == STATUS_OK && !known && !is_key)
            st = split(&r, w.start, w.end);
    }
    *out = r.text;
    return st;
}
