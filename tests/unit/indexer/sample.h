/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Records out of plain text, and an index in a folder of its own. */
#ifndef HOSO_TESTS_INDEXER_SAMPLE_H
#define HOSO_TESTS_INDEXER_SAMPLE_H

#include "unit/unit.h"

#include "base/alloc.h"
#include "base/record.h"
#include "indexer/indexer.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Lines by \n, words by spaces; a word's box is 10 px a byte wide, 40 high, a
 * line is 50 px high. */
static inline void add_page(struct record *r, const char *text)
{
    struct page p = {.width_px = 2480,
                     .height_px = 3508,
                     .dpi_x = 300,
                     .dpi_y = 300,
                     .origin = TEXT_OCR,
                     .state = PAGE_OK};
    char *copy = xstrdup(text), *rest = copy, *row;
    for (int y = 100; (row = strsep(&rest, "\n")); y += 50) {
        struct line l = {.box = {100, y, 2000, 40}};
        char *word;
        for (int x = 100; (word = strsep(&row, " "));) {
            int width = (int)strlen(word) * 10;
            if (!*word)
                continue;
            struct word w = {.text = xstrdup(word),
                             .box = {x, y, width, 40},
                             .conf_pct = 90};
            line_take_word(&l, &w);
            x += width + 10;
        }
        page_take_line(&p, &l);
    }
    free(copy);
    record_take_page(r, &p);
}

static inline struct record *make_record(const char *id, const char *title,
                                         const char *text)
{
    struct record *r = record_new();
    r->id = xstrdup(id);
    r->kind = xstrdup("result");
    r->batch = xstrdup("Hộp 1");
    r->title = xstrdup(title);
    r->stored_at = 1640995200; /* 2022-01-01 */
    struct source s = {.name = xstrdup("scan.jpg"),
                       .sha256 = xstrdup("00"),
                       .media_type = xstrdup("image/jpeg"),
                       .path = xstrdup("data/original/0001.jpg"),
                       .pages = 1};
    record_take_source(r, &s);
    if (text)
        add_page(r, text);
    return r;
}

/* An index that is being tested, in a folder that goes away with it. */
struct sample {
    char dir[64], path[96];
    struct fulltext *index;
};

static inline int sample_start(void **state)
{
    struct sample *s = xcalloc(1, sizeof(*s));
    snprintf(s->dir, sizeof(s->dir), "/tmp/hoso-index-XXXXXX");
    assert_non_null(mkdtemp(s->dir));
    snprintf(s->path, sizeof(s->path), "%s/index.db", s->dir);
    assert_ok(fulltext_open(s->path, FULLTEXT_WRITE, 0640, &s->index));
    *state = s;
    return 0;
}

static inline int sample_end(void **state)
{
    struct sample *s = *state;
    static const char *const tails[] = {"", "-wal", "-shm"};
    fulltext_close(s->index);
    for (int i = 0; i < 3; i++) {
        char path[128];
        snprintf(path, sizeof(path), "%s%s", s->path, tails[i]);
        unlink(path);
    }
    rmdir(s->dir);
    free(s);
    return 0;
}

static inline void put(struct sample *s, struct record *take)
{
    assert_ok(fulltext_put(s->index, take));
    record_free(take);
}

static inline void put_text(struct sample *s, const char *id, const char *text)
{
    put(s, make_record(id, "", text));
}

/* Ids of the hits of a query in order, by spaces; the caller frees. */
static inline char *ids_of(struct sample *s, const struct query *q)
{
    struct hits h;
    char *ids = xstrdup("");
    assert_ok(fulltext_search(s->index, q, &h));
    for (int i = 0; i < h.n; i++) {
        char *longer = xasprintf("%s%s%s", ids, i ? " " : "", h.items[i].id);
        free(ids);
        ids = longer;
    }
    hits_clear(&h);
    return ids;
}

static inline void expect_ids(struct sample *s, const char *text,
                              const char *want)
{
    struct query q = {.text = text};
    char *got = ids_of(s, &q);
    if (strcmp(got, want) != 0)
        fail_msg("query [%s] found [%s] instead of [%s]", text, got, want);
    free(got);
}

#define sample_test(fn) \
    cmocka_unit_test_setup_teardown(fn, sample_start, sample_end)

#endif
