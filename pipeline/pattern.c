/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one place that knows PCRE2. */
#define PCRE2_CODE_UNIT_WIDTH 8
#include "pipeline/pattern.h"
#include "base/alloc.h"
#include <pcre2.h>
#include <stdio.h>
#include <stdlib.h>

struct pattern {
    pcre2_code *code;
    pcre2_match_data *data;
    pcre2_match_context *limits;
};

struct pattern *pattern_new(const char *expression)
{
    int error = 0;
    PCRE2_SIZE at = 0;
    struct pattern *p = xcalloc(1, sizeof(*p));
    p->code = pcre2_compile((PCRE2_SPTR)expression, PCRE2_ZERO_TERMINATED,
                            PCRE2_UTF | PCRE2_UCP | PCRE2_MULTILINE |
                                PCRE2_NEVER_BACKSLASH_C,
                            &error, &at, NULL);
    p->data = pcre2_match_data_create(PATTERN_GROUPS, NULL);
    p->limits = pcre2_match_context_create(NULL);
    if (!p->code || !p->data || !p->limits) {
        fprintf(stderr, "hoso: pattern '%s' at %zu: error %d\n", expression,
                (size_t)at, error);
        abort();
    }
    pcre2_set_match_limit(p->limits, 1000000);
    pcre2_set_depth_limit(p->limits, 10000);
    pcre2_set_heap_limit(p->limits, 8192); /* KiB */
    return p;
}

void pattern_free(struct pattern *p)
{
    if (!p)
        return;
    pcre2_match_context_free(p->limits);
    pcre2_match_data_free(p->data);
    pcre2_code_free(p->code);
    free(p);
}

bool pattern_find(const struct pattern *p, const char *text, size_t from,
                  size_t to, struct span groups[PATTERN_GROUPS])
{
    int n = pcre2_match(p->code, (PCRE2_SPTR)text, to, from, 0, p->data,
                        p->limits);
    if (n < 0)
        return false;
    const PCRE2_SIZE *at = pcre2_get_ovector_pointer(p->data);
    for (int i = 0; i < PATTERN_GROUPS; i++) {
        groups[i] = (struct span){0, 0};
        if (i < n && at[2 * i] != PCRE2_UNSET && at[2 * i] <= at[2 * i + 1])
            groups[i] = (struct span){at[2 * i], at[2 * i + 1]};
    }
    return true;
}
