/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The hoso side of bench/search:
 *
 *     search_bench make CORPUS PAGES INDEX     an index of so many pages
 *     search_bench finish INDEX                bring its lists together
 *     search_bench one CORPUS INDEX            one more document, by itself
 *     search_bench dump CORPUS PAGES           folded words, a page a line
 *     search_bench queries CORPUS [SEED]       queries, one a line: kind, text
 *     search_bench ask INDEX QUERIES           times of complete answers
 *     search_bench fold QUERIES                their words alone, folded
 *     search_bench score INDEX QUERIES         scores beside the exhaustive
 */
#include "base/alloc.h"
#include "base/strbuf.h"
#include "bench/search_pages.h"
#include "indexer/indexer.h"
#include "indexer/syllable.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { ROUNDS = 8, BATCH_PAGES = 100000 };

static double cpu_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static size_t text_bytes(const struct record *r)
{
    AUTO(free_char) char *text = record_text(r);
    return strlen(text);
}

static int make(const char *folder, int pages, const char *path)
{
    struct corpus c;
    struct fulltext *f = NULL;
    double wall = 0, cpu = 0, begun, begun_cpu;
    size_t bytes = 0;
    int done = 0, in_batch = 0;
    corpus_read(folder, &c);
    need(fulltext_open(path, FULLTEXT_WRITE, 0640, &f));
    for (int i = 0; done < pages; i++) {
        struct record *r = make_document(&c, i);
        bytes += text_bytes(r);
        begun = now_ms();
        begun_cpu = cpu_ms();
        if (in_batch == 0)
            need(fulltext_begin(f, BATCH_PAGES + 16));
        need(fulltext_put(f, r));
        in_batch += r->n_pages;
        done += r->n_pages;
        if (in_batch >= BATCH_PAGES || done >= pages) {
            need(fulltext_commit(f));
            need(fulltext_checkpoint(f));
            in_batch = 0;
            fprintf(stderr, "%d pages\n", done);
        }
        wall += now_ms() - begun;
        cpu += cpu_ms() - begun_cpu;
        record_free(r);
    }
    begun = now_ms();
    begun_cpu = cpu_ms();
    need(fulltext_optimize(f));
    need(fulltext_checkpoint(f));
    wall += now_ms() - begun;
    cpu += cpu_ms() - begun_cpu;
    fulltext_close(f);
    corpus_clear(&c);
    printf("pages %d text_bytes %zu wall_s %.1f cpu_s %.1f pages/s %.0f "
           "pages/cpu-s %.0f\n",
           done, bytes, wall / 1e3, cpu / 1e3, done / wall * 1e3,
           done / cpu * 1e3);
    return 0;
}

static int finish(const char *path)
{
    struct fulltext *f = NULL;
    double begun = now_ms(), begun_cpu = cpu_ms();
    need(fulltext_open(path, FULLTEXT_WRITE, 0640, &f));
    need(fulltext_optimize(f));
    need(fulltext_checkpoint(f));
    fulltext_close(f);
    printf("lists brought together: wall_s %.1f cpu_s %.1f\n",
           (now_ms() - begun) / 1e3, (cpu_ms() - begun_cpu) / 1e3);
    return 0;
}

/* Puts 20 documents of 5 pages, each by itself and durable. */
static void put_each(const struct corpus *c, struct fulltext *f, int first,
                     const char *what)
{
    double all = 0, worst = 0, cpu = 0;
    int n = 0;
    for (int i = first; n < 20; i++) {
        struct record *r = make_document(c, i);
        if (r->n_pages == 5) {
            double begun = now_ms(), begun_cpu = cpu_ms();
            need(fulltext_put(f, r));
            double ms = now_ms() - begun;
            cpu += cpu_ms() - begun_cpu;
            all += ms;
            worst = ms > worst ? ms : worst;
            n++;
        }
        record_free(r);
    }
    printf("%s of 5 pages, durable: mean %.1f ms (CPU %.1f), worst %.1f ms\n",
           what, all / n, cpu / n, worst);
}

static int one(const char *folder, const char *path)
{
    struct corpus c;
    struct fulltext *f = NULL;
    corpus_read(folder, &c);
    need(fulltext_open(path, FULLTEXT_WRITE, 0640, &f));
    /* An index that was asked before has those of that time. */
    int first = 900000000 + (int)(time(NULL) % 100000) * 1000;
    put_each(&c, f, first, "one document");
    put_each(&c, f, first, "its next version");
    need(fulltext_checkpoint(f));
    fulltext_close(f);
    corpus_clear(&c);
    return 0;
}

static int dump(const char *folder, int pages)
{
    struct corpus c;
    struct strbuf b;
    corpus_read(folder, &c);
    strbuf_init(&b);
    for (int i = 0, done = 0; done < pages; i++) {
        struct record *r = make_document(&c, i);
        for (int k = 0; k < r->n_pages; k++, done++) {
            AUTO(free_char) char *text = page_text(&r->pages[k]);
            struct syllable s;
            strbuf_reset(&b);
            for (size_t pos = 0; syllable_next(text, strlen(text), &pos, &s);)
                strbuf_addf(&b, "%s ", s.folded);
            puts(b.s);
        }
        record_free(r);
    }
    strbuf_clear(&b);
    corpus_clear(&c);
    return 0;
}

/* n words of a random place of the corpus, with marks or folded. */
static void take_words(const struct corpus *c, uint64_t *seed, int n,
                       bool marked, struct strbuf *out)
{
    for (int tries = 0; tries < 1000; tries++) {
        const char *text = c->paragraphs[pick(seed, (uint32_t)c->n)];
        size_t length = strlen(text), pos = 0;
        struct syllable s;
        int words = 0;
        while (syllable_next(text, length, &pos, &s))
            words++;
        if (words < n + 2)
            continue;
        int skip = (int)pick(seed, (uint32_t)(words - n));
        pos = 0;
        for (int i = 0; i < skip; i++)
            (void)syllable_next(text, length, &pos, &s);
        for (int i = 0; i < n && syllable_next(text, length, &pos, &s); i++)
            if (marked)
                strbuf_addf(out, "%s%.*s", i ? " " : "", (int)(s.end - s.start),
                            text + s.start);
            else
                strbuf_addf(out, "%s%s", i ? " " : "", s.folded);
        return;
    }
}

static void say(const char *kind, const struct strbuf *b)
{
    printf("%s\t%s\n", kind, b->s);
}

/* Of kinds that no drawing of words gives. */
static const char *const fixed[][2] = {
    {"common", "của"},
    {"common", "và"},
    {"common", "quy dinh"},
    {"common", "quyết định"},
    {"common", "dat"},
    {"common", "theo quy định của pháp luật"},
    {"common", "co quan nha nuoc co tham quyen"},
    {"common", "ngày tháng năm"},
    {"common", "các"},
    {"common", "la"},
    {"prefix", "ng*"},
    {"prefix", "th*"},
    {"prefix", "quy*"},
    {"prefix", "nguy* hiểm"},
    {"prefix", "20*"},
    {"filter", "đất đai loại:\"quyết định\""},
    {"filter", "xây dựng ngày:2015"},
    {"filter", "bao hiem ngày:2013..2016"},
    {"filter", "giao thông cơ quan:\"nội vụ\""},
    {"filter", "loại:\"giấy phép\" ngày:3/2018"},
    {"filter", "an toàn -lao"},
    {"filter", "thuế OR phí hải quan"},
    {"filter", "số:15/QĐ-SKHCN"},
    {"filter", "người ký:\"Lê Thị Ánh\""},
    {"filter", "hinh phat nguoi ky:hung"},
};

static int queries(const char *folder, uint64_t seed)
{
    struct corpus c;
    struct strbuf b;
    corpus_read(folder, &c);
    strbuf_init(&b);
    for (int n = 1; n <= 6; n++)
        for (int i = 0; i < 18; i++) {
            strbuf_reset(&b);
            take_words(&c, &seed, n, i % 2, &b);
            say(i % 2 ? "marked" : "folded", &b);
        }
    for (int i = 0; i < 20; i++) {
        strbuf_reset(&b);
        strbuf_addc(&b, '"');
        take_words(&c, &seed, 2 + i % 5, i % 2, &b);
        strbuf_addc(&b, '"');
        say("phrase", &b);
    }
    for (int i = 0; i < 12; i++) {
        strbuf_reset(&b);
        strbuf_adds(&b, made_name(&seed));
        say("name", &b);
        strbuf_reset(&b);
        strbuf_addf(&b, "%u/QĐ-SKHCN", 1 + pick(&seed, 2500));
        say("number", &b);
    }
    for (size_t i = 0; i < ARRAY_LEN(fixed); i++)
        printf("%s\t%s\n", fixed[i][0], fixed[i][1]);
    strbuf_reset(&b);
    for (int i = 0; i < 10; i++) {
        strbuf_adds(&b, i ? " " : "");
        take_words(&c, &seed, 10, false, &b);
    }
    say("hundred", &b);
    strbuf_clear(&b);
    corpus_clear(&c);
    return 0;
}

static int by_ms(const void *a, const void *b)
{
    double x = ((const struct asked *)a)->ms, y = ((const struct asked *)b)->ms;
    return (x > y) - (x < y);
}

static int by_cpu(const void *a, const void *b)
{
    double x = ((const struct asked *)a)->cpu_ms,
           y = ((const struct asked *)b)->cpu_ms;
    return (x > y) - (x < y);
}

static int ask(const char *path, const char *file)
{
    static struct asked all[QUERIES_MAX];
    struct fulltext *f = NULL;
    int n = read_queries(file, all);
    need(fulltext_open(path, FULLTEXT_READ, 0, &f));
    for (int round = 0; round <= ROUNDS; round++)
        for (int i = 0; i < n; i++) {
            struct query q = {.text = all[i].text};
            struct hits h;
            double begun = now_ms(), begun_cpu = cpu_ms();
            need(fulltext_search(f, &q, &h));
            double ms = now_ms() - begun, cpu = cpu_ms() - begun_cpu;
            if (round == 1 || (round > 1 && ms < all[i].ms))
                all[i].ms = ms;
            if (round == 1 || (round > 1 && cpu < all[i].cpu_ms))
                all[i].cpu_ms = cpu;
            if (round == ROUNDS)
                fprintf(stderr, "%8.2f ms %6lld%s%s %-8s %.60s\n",
                        all[i].cpu_ms, (long long)h.total, h.capped ? "+" : " ",
                        h.about ? "~" : " ", all[i].kind, all[i].text);
            hits_clear(&h);
        }
    qsort(all, (size_t)n, sizeof(all[0]), by_ms);
    printf("hoso: %d queries, p50 %.2f ms, p95 %.2f ms, max %.2f ms\n", n,
           all[n / 2].ms, all[n * 95 / 100].ms, all[n - 1].ms);
    qsort(all, (size_t)n, sizeof(all[0]), by_cpu);
    printf("hoso, CPU time: p50 %.2f ms, p95 %.2f ms, max %.2f ms\n",
           all[n / 2].cpu_ms, all[n * 95 / 100].cpu_ms, all[n - 1].cpu_ms);
    fulltext_close(f);
    return 0;
}

/* Words of plain queries, for an engine with another language of queries. */
static int fold(const char *file)
{
    static struct asked all[QUERIES_MAX];
    int n = read_queries(file, all);
    for (int i = 0; i < n; i++) {
        struct syllable s;
        if (strcmp(all[i].kind, "filter") == 0 ||
            strcmp(all[i].kind, "prefix") == 0)
            continue;
        printf("%s\t",
               strcmp(all[i].kind, "number") == 0 ? "phrase" : all[i].kind);
        for (size_t pos = 0;
             syllable_next(all[i].text, strlen(all[i].text), &pos, &s);)
            printf("%s ", s.folded);
        puts("");
    }
    return 0;
}

static double sum_of(const struct hits *h)
{
    double sum = 0;
    for (int i = 0; i < h->n; i++)
        sum += h->items[i].score >= 20000 ? h->items[i].score - 20000
                                          : h->items[i].score;
    return sum;
}

static int score(const char *path, const char *file)
{
    static struct asked all[QUERIES_MAX];
    struct fulltext *f = NULL;
    int n = read_queries(file, all), counted = 0;
    double sum = 0, worst = 1;
    need(fulltext_open(path, FULLTEXT_READ, 0, &f));
    for (int i = 0; i < n; i++) {
        struct hits quick, slow;
        need(fulltext_search(f, &(struct query){.text = all[i].text}, &quick));
        need(fulltext_search(
            f, &(struct query){.text = all[i].text, .exhaustive = true},
            &slow));
        if (slow.n > 0 && sum_of(&slow) > 0) {
            double share = sum_of(&quick) / sum_of(&slow);
            sum += share;
            counted++;
            worst = share < worst ? share : worst;
            fprintf(stderr, "%.3f %-8s %.60s\n", share, all[i].kind,
                    all[i].text);
        }
        hits_clear(&quick);
        hits_clear(&slow);
    }
    printf("score of the top 20: %.4f of exhaustive over %d queries, "
           "worst %.3f\n",
           sum / counted, counted, worst);
    fulltext_close(f);
    return 0;
}

int main(int argc, char **argv)
{
    const char *what = argc > 2 ? argv[1] : "";
    if (argc == 5 && strcmp(what, "make") == 0)
        return make(argv[2], atoi(argv[3]), argv[4]);
    if (argc == 3 && strcmp(what, "finish") == 0)
        return finish(argv[2]);
    if (argc == 4 && strcmp(what, "one") == 0)
        return one(argv[2], argv[3]);
    if (argc == 4 && strcmp(what, "dump") == 0)
        return dump(argv[2], atoi(argv[3]));
    if ((argc == 3 || argc == 4) && strcmp(what, "queries") == 0)
        return queries(argv[2], argc == 4 ? strtoull(argv[3], NULL, 10) : 42);
    if (argc == 4 && strcmp(what, "ask") == 0)
        return ask(argv[2], argv[3]);
    if (argc == 4 && strcmp(what, "score") == 0)
        return score(argv[2], argv[3]);
    if (argc == 3 && strcmp(what, "fold") == 0)
        return fold(argv[2]);
    fprintf(stderr, "see the top of search_bench.c\n");
    return 1;
}
