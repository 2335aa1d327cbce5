/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The hoso side of bench/known-items:
 *
 *     search_items INDEX PAGES QUERIES
 *
 * PAGES: a line each, id TAB text; QUERIES: id TAB what is typed. Makes INDEX
 * of the pages and says for each query, a line each: id, place of that page in
 * the answer (0: not in the first ten), its place in the answer to what was
 * suggested instead, pages found, milliseconds.
 */
#include "base/alloc.h"
#include "indexer/indexer.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { FIRST = 10, BATCH_PAGES = 20000 };

static void need(enum status st)
{
    if (st == STATUS_OK)
        return;
    fprintf(stderr, "%s: %s\n", status_json(st), status_message());
    exit(1);
}

static double now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static FILE *open_file(const char *path)
{
    FILE *in = fopen(path, "r");
    if (!in) {
        perror(path);
        exit(1);
    }
    return in;
}

/* The next line in two parts; false at the end. */
static bool next_line(FILE *in, char **line, size_t *cap, char **rest)
{
    ssize_t n = getline(line, cap, in);
    if (n <= 0)
        return false;
    (*line)[strcspn(*line, "\n")] = '\0';
    *rest = strchr(*line, '\t');
    if (!*rest) {
        fprintf(stderr, "a line without a tab\n");
        exit(1);
    }
    *(*rest)++ = '\0';
    return true;
}

static struct record *make(const char *id, char *text)
{
    struct record *r = record_new();
    struct page p = {.width_px = 2480,
                     .height_px = 3508,
                     .dpi_x = 300,
                     .dpi_y = 300,
                     .origin = TEXT_OCR,
                     .state = PAGE_OK};
    struct line l = {.box = {0, 0, 2000, 40}};
    r->id = xstrdup(id);
    r->kind = xstrdup("result");
    r->batch = xstrdup("");
    r->title = xstrdup("");
    for (char *word; (word = strsep(&text, " "));) {
        struct word w = {.text = xstrdup(word), .box = {0, 0, 9, 9}};
        if (*word)
            line_take_word(&l, &w);
        else
            free(w.text);
    }
    page_take_line(&p, &l);
    record_take_page(r, &p);
    return r;
}

static void put_all(struct fulltext *f, const char *path)
{
    FILE *in = open_file(path);
    char *line = NULL, *text;
    size_t cap = 0;
    need(fulltext_begin(f, BATCH_PAGES));
    while (next_line(in, &line, &cap, &text)) {
        struct record *r = make(line, text);
        need(fulltext_put(f, r));
        record_free(r);
    }
    need(fulltext_commit(f));
    need(fulltext_optimize(f));
    free(line);
    fclose(in);
}

/* Where id is in the answer to text, from 1; 0: not there. */
static int place_of(struct fulltext *f, const char *id, const char *text,
                    int64_t *total, char **suggestion)
{
    struct query q = {.text = text, .limit = FIRST};
    struct hits h;
    int place = 0;
    enum status st = fulltext_search(f, &q, &h);
    if (st == STATUS_USAGE)
        return 0;
    need(st);
    for (int i = h.n; i > 0; i--)
        if (strcmp(h.items[i - 1].id, id) == 0)
            place = i;
    *total = h.total;
    if (suggestion)
        *suggestion = h.suggestion ? xstrdup(h.suggestion) : NULL;
    hits_clear(&h);
    return place;
}

static void ask_all(struct fulltext *f, const char *path)
{
    FILE *in = open_file(path);
    char *line = NULL, *text;
    size_t cap = 0;
    while (next_line(in, &line, &cap, &text)) {
        AUTO(free_char) char *suggestion = NULL;
        int64_t total = 0, other = 0;
        double begun = now_ms();
        int place = place_of(f, line, text, &total, &suggestion);
        double ms = now_ms() - begun;
        int then = suggestion ? place_of(f, line, suggestion, &other, NULL) : 0;
        printf("%s\t%d\t%d\t%lld\t%.2f\t%s\n", line, place, then,
               (long long)total, ms, suggestion ? suggestion : "");
    }
    free(line);
    fclose(in);
}

int main(int argc, char **argv)
{
    struct fulltext *f = NULL;
    if (argc != 4) {
        fprintf(stderr, "see the top of search_items.c\n");
        return 1;
    }
    need(fulltext_open(argv[1], FULLTEXT_WRITE, 0640, &f));
    if (fulltext_is_new(f))
        put_all(f, argv[2]);
    ask_all(f, argv[3]);
    fulltext_close(f);
    return 0;
}
