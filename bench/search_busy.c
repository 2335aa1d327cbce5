/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How long answers take while something else is going on:
 *
 *     search_busy during CORPUS INDEX QUERIES  another process puts documents
 *                                              in and makes them again
 *     search_busy watch INDEX QUERIES PROGRAM…  a program runs, such as
 *                                              "hoso ingest" on an archive
 *                                              with this index
 *
 * Before and after it nothing is going on. An answer with fewer pages than
 * there were before is wrong.
 */
#include "bench/search_pages.h"
#include "indexer/indexer.h"
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MOST = 1000000, SECONDS = 15 };

/* Documents one by one, as an ingest does, then the newest ones again in
 * batches, as a reindex does, until the parent ends it. */
static void write_beside(const char *folder, const char *path)
{
    struct corpus c;
    struct fulltext *f = NULL;
    corpus_read(folder, &c);
    need(fulltext_open(path, FULLTEXT_WRITE, 0640, &f));
    for (int i = 0;; i++) {
        bool batch = i / 200 % 2, first = i % 200 == 0;
        struct record *r = make_document(&c, 800000000 + i % 200);
        if (batch && first)
            need(fulltext_begin(f, 1000));
        need(fulltext_put(f, r));
        record_free(r);
        if (batch && i % 200 == 199)
            need(fulltext_commit(f));
        if (i % 64 == 63 && !batch)
            need(fulltext_checkpoint(f));
    }
}

/* What is asked, how long it took, and how many pages were found at least. */
static struct asked queries[QUERIES_MAX];
static int64_t found[QUERIES_MAX];
static int n_queries, n_wrong;
static double ms[MOST];

/* A query, by its number. Documents are put in and put in again: there are
 * never fewer than before. */
static double ask(struct fulltext *f, int q)
{
    struct hits h;
    double begun = now_ms();
    need(fulltext_search(f, &(struct query){.text = queries[q].text}, &h));
    double took = now_ms() - begun;
    if (!h.about && h.total < found[q]) {
        fprintf(stderr, "[%s]: %lld pages, and %lld before\n", queries[q].text,
                (long long)h.total, (long long)found[q]);
        n_wrong++;
    }
    if (!h.about)
        found[q] = h.total;
    hits_clear(&h);
    return took;
}

/* The queries in turn for some seconds, or until a process ends. */
static int ask_for(const char *path, double seconds, pid_t until, int *status)
{
    struct fulltext *f = NULL;
    int asked = 0;
    double end = now_ms() + seconds * 1e3;
    need(fulltext_open(path, FULLTEXT_READ, 0, &f));
    while (asked < MOST &&
           (until ? waitpid(until, status, WNOHANG) == 0 : now_ms() < end)) {
        ms[asked] = ask(f, asked % n_queries);
        asked++;
    }
    fulltext_close(f);
    return asked;
}

static int by_number(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Of the first n of ms. */
static double p95_of(int n)
{
    if (n < 1)
        return 0;
    qsort(ms, (size_t)n, sizeof(*ms), by_number);
    return ms[n * 95 / 100];
}

/* Times before, while another process is there, and after. */
static void measure(const char *path, const char *what, pid_t other,
                    double before, bool ends, int *status)
{
    int n = ask_for(path, SECONDS, ends ? other : 0, status);
    double busy = p95_of(n);
    if (!ends) {
        kill(other, SIGTERM);
        waitpid(other, status, 0);
    }
    double after = p95_of(ask_for(path, SECONDS, 0, NULL));
    printf("while %s: p95 %.2f ms over %d answers, %d of them wrong; nothing "
           "going on: %.2f ms before, %.2f ms after\n",
           what, busy, n, n_wrong, before, after);
}

static double before(const char *path, const char *file)
{
    n_queries = read_queries(file, queries);
    (void)ask_for(path, SECONDS / 3.0, 0, NULL);
    return p95_of(ask_for(path, SECONDS, 0, NULL));
}

static int during(const char *folder, const char *path, const char *file)
{
    int status = 0;
    double idle = before(path, file);
    pid_t writer = fork();
    if (writer == 0)
        write_beside(folder, path);
    measure(path, "documents go in", writer, idle, false, &status);
    return n_wrong > 0 || !WIFSIGNALED(status);
}

static int watch(const char *path, const char *file, char **program)
{
    int status = 0;
    double idle = before(path, file);
    pid_t other = fork();
    if (other == 0) {
        execvp(program[0], program);
        perror(program[0]);
        _exit(127);
    }
    measure(path, "it runs", other, idle, true, &status);
    return n_wrong > 0 || !WIFEXITED(status) || WEXITSTATUS(status) != 0;
}

int main(int argc, char **argv)
{
    const char *what = argc > 4 ? argv[1] : "";
    if (argc == 5 && strcmp(what, "during") == 0)
        return during(argv[2], argv[3], argv[4]);
    if (strcmp(what, "watch") == 0)
        return watch(argv[2], argv[3], argv + 4);
    fprintf(stderr, "see the top of search_busy.c\n");
    return 1;
}
