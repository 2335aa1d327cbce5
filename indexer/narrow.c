/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tokens in expressions of FTS5, and what narrows a query: days, months, kind
 * and batch. */
#include "indexer/plan.h"

#include "base/strbuf.h"
#include <string.h>
#include <time.h>

enum { YEARS_MAX = 200 };

void plan_token(struct strbuf *out, const char *token, size_t n, int level)
{
    strbuf_addc(out, '"');
    for (size_t i = 0; i < n; i++) {
        if (token[i] == '"')
            strbuf_addc(out, '"');
        strbuf_addc(out, token[i]);
    }
    if (level)
        strbuf_addc(out, (char)level);
    strbuf_addc(out, '"');
}

/* Tokens ended by TOKEN_END, joined by word. */
void plan_tokens(struct strbuf *out, const char *tokens, const char *word)
{
    bool first = true;
    for (const char *end; (end = strchr(tokens, TOKEN_END)); tokens = end + 1) {
        if (!first)
            strbuf_adds(out, word);
        plan_token(out, tokens, (size_t)(end - tokens), 0);
        first = false;
    }
}

void plan_and(struct strbuf *out)
{
    if (out->len && out->s[out->len - 1] != '(')
        strbuf_adds(out, " AND ");
}

static int last_day(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100) || year % 400 == 0;
    return days[month - 1] + (month == 2 && leap);
}

/* The days of the document from `from` to `to`, as few tokens as do. */
void plan_days(int from, int to, struct strbuf *out)
{
    AUTO(strbuf_clear) struct strbuf tokens = {0};
    int first = from / 10000, last = to / 10000;
    strbuf_init(&tokens);
    first = first < 1900 ? 1900 : first;
    last = last > first + YEARS_MAX ? first + YEARS_MAX : last;
    for (int y = first; y <= last; y++) {
        if (from <= y * 10000 + 101 && to >= y * 10000 + 1231) {
            token_of_day(y * 10000, 4, &tokens);
            continue;
        }
        for (int m = 1; m <= 12; m++) {
            int day = y * 10000 + m * 100;
            int end = day + last_day(y, m);
            if (from <= day + 1 && to >= end) {
                token_of_day(day, 6, &tokens);
                continue;
            }
            for (int d = day + 1; d <= end; d++)
                if (d >= from && d <= to)
                    token_of_day(d, 8, &tokens);
        }
    }
    if (!tokens.len)
        token_of_day(0, 8, &tokens);
    plan_tokens(out, tokens.s, " OR ");
}

void plan_filters(struct strbuf *out, const struct query *q)
{
    AUTO(strbuf_clear) struct strbuf tokens = {0};
    strbuf_init(&tokens);
    if (q->kind)
        token_of_text('k', q->kind, &tokens);
    if (q->batch)
        token_of_text('b', q->batch, &tokens);
    if (tokens.len) {
        plan_and(out);
        plan_tokens(out, tokens.s, " AND ");
    }
    if (!q->from && !q->to)
        return;
    time_t end = q->to ? q->to : time(NULL);
    strbuf_reset(&tokens);
    for (time_t at = q->from; at <= end; at += 28 * 86400)
        if (tokens.len < 10000)
            token_of_month((int64_t)at, 6, &tokens);
    token_of_month((int64_t)end, 6, &tokens);
    if (!q->from || !q->to || tokens.len >= 10000)
        return; /* an open end narrows little: stored_at of the page says it */
    plan_and(out);
    strbuf_adds(out, "(");
    plan_tokens(out, tokens.s, " OR ");
    strbuf_adds(out, ")");
}
