/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of the language that comes with hoso, for a group of tests. */
#ifndef HOSO_TESTS_KNOWN_LANGUAGE_H
#define HOSO_TESTS_KNOWN_LANGUAGE_H

#include "pipeline/language.h"
#include "unit/unit.h"

static struct language *language;

static inline int language_set_up(void **state)
{
    (void)state;
    assert_ok(language_load(NULL, &language));
    return 0;
}

static inline int language_tear_down(void **state)
{
    (void)state;
    language_free(language);
    return 0;
}

#endif
