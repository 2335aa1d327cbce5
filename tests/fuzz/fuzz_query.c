/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a user types, in any bytes: it is answered, or explained as USAGE. The
 * same bytes are also the text of a page, which is put in and found again by
 * its first word.
 */
#include "fuzz.h"

#include "base/alloc.h"
#include "base/record.h"
#include "base/text.h"
#include "indexer/indexer.h"
#include "indexer/syllable.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char folder[] = "/tmp/hoso-fuzz-XXXXXX";
static struct fulltext *opened;

static void clean_up(void)
{
    static const char *const tails[] = {"", "-wal", "-shm"};
    fulltext_close(opened);
    for (int i = 0; i < 3; i++) {
        AUTO(free_char)
        char *path = xasprintf("%s/index.db%s", folder, tails[i]);
        unlink(path);
    }
    rmdir(folder);
}

static void need(enum status st)
{
    if (st == STATUS_OK)
        return;
    fprintf(stderr, "%s: %s\n", status_json(st), status_message());
    abort();
}

static struct fulltext *index_of(void)
{
    if (opened)
        return opened;
    if (!mkdtemp(folder))
        abort();
    AUTO(free_char) char *path = xasprintf("%s/index.db", folder);
    need(fulltext_open(path, FULLTEXT_WRITE, 0600, &opened));
    atexit(clean_up);
    return opened;
}

/* A page of the one word text, which is a record's word: clean and not
 * empty. */
static void put(const char *text)
{
    AUTO(record_freep) struct record *r = record_new();
    r->id = xstrdup("1");
    r->kind = xstrdup("work");
    r->batch = xstrdup("");
    r->title = xstrdup(text);
    struct page p = {
        .width_px = 100, .height_px = 100, .dpi_x = 300, .dpi_y = 300};
    struct line l = {0};
    struct word w = {
        .text = xstrdup(text), .box = {1, 2, 3, 4}, .conf_pct = 50};
    line_take_word(&l, &w);
    page_take_line(&p, &l);
    record_take_page(r, &p);
    need(fulltext_put(index_of(), r));
}

static void search(const char *text, bool must_find)
{
    struct hits h;
    struct query q = {.text = text};
    enum status st = fulltext_search(index_of(), &q, &h);
    if (st == STATUS_USAGE && !must_find)
        return;
    need(st);
    if (must_find && h.total != 1)
        abort();
    for (int i = 0; i < h.n; i++)
        if (!text_valid(h.items[i].snippet, strlen(h.items[i].snippet)))
            abort();
    hits_clear(&h);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    AUTO(free_char) char *raw = xstrndup((const char *)data, size);
    AUTO(free_char) char *text = text_nfc(raw, strlen(raw));
    struct syllable s;
    size_t pos = 0;
    if (*text)
        put(text);
    if (syllable_next(text, strlen(text), &pos, &s)) {
        /* In quotes: bare, OR and the like are words of the language. */
        AUTO(free_char)
        char *word = xasprintf("\"%.*s\"", (int)(s.end - s.start),
                               text + s.start);
        if (strlen(word) < 2000)
            search(word, true);
    }
    search(raw, false);
    return 0;
}
