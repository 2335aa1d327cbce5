/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pages for benchmarks of searching, made from a folder of texts: paragraphs
 * in another order, with names, numbers and dates; the same for a seed. */
#ifndef HOSO_BENCH_SEARCH_PAGES_H
#define HOSO_BENCH_SEARCH_PAGES_H

#include "base/record.h"
#include "base/status.h"
#include <stdint.h>

struct corpus {
    char **paragraphs;
    int n, cap;
};

/* All *.txt of a folder; ends the program if there are none. */
void corpus_read(const char *folder, struct corpus *out);
void corpus_clear(struct corpus *c);

/* A number below n, of a sequence that a seed begins. */
uint32_t pick(uint64_t *seed, uint32_t n);

/* Document number i of the benchmark: 1 to 9 pages. */
struct record *make_document(const struct corpus *c, int i);

/* A person's name with marks; static memory. */
const char *made_name(uint64_t *seed);

/* ---- what the programs of bench/search share ---- */

enum { QUERIES_MAX = 1000 };

/* A query, and the best of its times. */
struct asked {
    char kind[16];
    char *text;
    double ms, cpu_ms;
};

/* Queries of a file, one a line: kind, tab, text; how many. */
int read_queries(const char *path, struct asked *out);

double now_ms(void);

/* End the program, saying why, unless st is OK. */
void need(enum status st);

#endif
