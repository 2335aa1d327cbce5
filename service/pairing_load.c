/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Both sides of the matching, out of state/registers.db into memory. */
#include "service/pairing.h"

#include "base/alloc.h"
#include "service/service.h"

#include <stdlib.h>
#include <string.h>

#define BLOCK_BYTES (1u << 20)

void side_set_clear(struct side_set *s)
{
    for (size_t i = 0; i < s->n_blocks; i++)
        free(s->blocks[i]);
    free(s->blocks);
    free(s->items);
    memset(s, 0, sizeof(*s));
}

/* A copy of a text, at most so long that it fits a block. */
static const char *keep(struct side_set *s, const char *text)
{
    size_t n = strlen(text);
    char *to;

    if (n == 0)
        return "";
    n = n < 4096 ? n : 4096;
    if (s->n_blocks == 0 || s->used + n + 1 > BLOCK_BYTES) {
        GROW(s->blocks, s->n_blocks, s->cap_blocks);
        s->blocks[s->n_blocks++] = xrealloc(NULL, BLOCK_BYTES, 1);
        s->used = 0;
    }
    to = s->blocks[s->n_blocks - 1] + s->used;
    memcpy(to, text, n);
    to[n] = '\0';
    s->used += n + 1;
    return to;
}

static const char *keep_key(struct side_set *s, const char *text)
{
    AUTO(free_char) char *key = register_key(text);

    return keep(s, key);
}

/* "2022-09-02" is 20220902; anything else 0, and what no paper of an office
 * that is read here can be of. */
static int day_number(const char *date)
{
    if (strlen(date) != 10 || atoi(date) < 1900)
        return 0;
    return atoi(date) * 10000 + atoi(date + 5) * 100 + atoi(date + 8);
}

static enum status load(struct sql *db, const char *query, struct side_set *out)
{
    AUTO(sql_finishp) struct sql_stmt *q = NULL;
    bool row = false;
    enum status st = sql_prepare(db, &q, query, "");

    while (st == STATUS_OK && (st = sql_step(q, &row)) == STATUS_OK && row) {
        GROW(out->items, out->n, out->cap);
        out->items[out->n++] =
            (struct side){.id = keep(out, sql_text(q, 0)),
                          .case_key = keep(out, sql_text(q, 1)),
                          .number = keep_key(out, sql_text(q, 2)),
                          .notation = keep_key(out, sql_text(q, 3)),
                          .applicant = keep_key(out, sql_text(q, 4)),
                          .procedure = keep(out, sql_text(q, 5)),
                          .date = day_number(sql_text(q, 6)),
                          .number_pct = (int)sql_int(q, 7)};
    }
    return st;
}

enum status pairing_load_results(struct sql *db, struct side_set *out)
{
    memset(out, 0, sizeof(*out));
    return load(db,
                "SELECT key, case_key, number, notation, applicant_key,"
                " procedure, date, 100 FROM result WHERE current = 1"
                " ORDER BY key",
                out);
}

enum status pairing_load_documents(struct sql *db, struct side_set *out)
{
    memset(out, 0, sizeof(*out));
    return load(db,
                "SELECT id, case_key, number, notation, applicant_key,"
                " procedure, date, coalesce((SELECT max(CASE state WHEN"
                "  'confirmed' THEN 100 ELSE confidence END) FROM field"
                "  WHERE document = id AND name = 'number'), 0)"
                " FROM document WHERE kind <> 'staff' AND id IN"
                " (SELECT document FROM unmatched) ORDER BY id",
                out);
}
