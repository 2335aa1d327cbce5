/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Memory that is touched at random lies in large pages. */
#include "unit/unit.h"

#include "base/alloc.h"
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Whether the system was asked for large pages at an address. */
static bool is_large(const void *p)
{
    FILE *maps = fopen("/proc/self/smaps", "r");
    char line[512];
    bool inside = false, large = false;
    uintptr_t from, to;
    assert_non_null(maps);
    while (fgets(line, sizeof(line), maps)) {
        if (sscanf(line, "%" SCNxPTR "-%" SCNxPTR " ", &from, &to) == 2)
            inside = (uintptr_t)p >= from && (uintptr_t)p < to;
        else if (inside && strncmp(line, "VmFlags:", 8) == 0)
            large |= strstr(line, " hg") != NULL;
    }
    fclose(maps);
    return large;
}

static void what_is_expected_lies_in_large_pages(void **state)
{
    /* a large page at the beginning of the heap may not be one yet */
    enum { BYTES = 16 << 20, PIECE = 200, PIECES = 40000, SAMPLE = 400 };
    static void *pieces[PIECES];
    int large = 0;
    (void)state;
    if (access("/sys/kernel/mm/transparent_hugepage/enabled", F_OK) != 0)
        skip();
    void *before = sbrk(0);
    alloc_expect(BYTES);
    if (sbrk(0) == before)
        skip(); /* a checking malloc() has its memory elsewhere */
    alloc_expect(BYTES / 2);
    for (int i = 0; i < PIECES; i++)
        pieces[i] = xcalloc(1, PIECE);
    for (int i = 0; i < PIECES; i += SAMPLE)
        large += is_large(pieces[i]);
    for (int i = 0; i < PIECES; i++)
        free(pieces[i]);
    assert_true(large > 50);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_expected_lies_in_large_pages),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
