/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Spellings in a database of their own, to make codes of text with. */
#ifndef HOSO_TESTS_INDEXER_CODING_H
#define HOSO_TESTS_INDEXER_CODING_H

#include "unit/unit.h"

#include "base/alloc.h"
#include "base/sql.h"
#include "base/strbuf.h"
#include "indexer/codes.h"
#include <stdlib.h>
#include <string.h>

struct coding {
    struct sql *db;
    struct spellings words;
};

static inline int coding_start(void **state)
{
    struct coding *c = xcalloc(1, sizeof(*c));
    assert_ok(sql_open_memory(&c->db));
    assert_ok(sql_exec(c->db,
                       "CREATE TABLE word(folded TEXT, exact TEXT, n INTEGER,"
                       " PRIMARY KEY(folded, exact));"
                       "CREATE TABLE spelling(folded TEXT, exact TEXT,"
                       " text TEXT, id INTEGER UNIQUE);"
                       "CREATE TABLE meta(name TEXT PRIMARY KEY, value)"));
    assert_ok(spellings_start(&c->words, c->db));
    *state = c;
    return 0;
}

static inline int coding_end(void **state)
{
    struct coding *c = *state;
    spellings_clear(&c->words);
    sql_close(c->db);
    free(c);
    return 0;
}

static inline void encode(struct coding *c, const char *text,
                          struct strbuf *out)
{
    strbuf_init(out);
    assert_ok(codes_add(&c->words, text, strlen(text), out));
}

#define coding_test(fn) \
    cmocka_unit_test_setup_teardown(fn, coding_start, coding_end)

#endif
