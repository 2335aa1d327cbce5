/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two readings of one page must be the same to the last pixel. */
#ifndef HOSO_TESTS_SAME_WORDS_H
#define HOSO_TESTS_SAME_WORDS_H

#include "base/record.h"
#include "unit/unit.h"

/* Lines, words, boxes and confidences of both pages are the same. */
static inline void assert_same_words(const struct page *a, const struct page *b)
{
    assert_int_equal(a->n_lines, b->n_lines);
    for (int i = 0; i < a->n_lines; i++) {
        assert_int_equal(a->lines[i].n_words, b->lines[i].n_words);
        for (int k = 0; k < a->lines[i].n_words; k++) {
            const struct word *v = &a->lines[i].words[k];
            const struct word *w = &b->lines[i].words[k];

            assert_string_equal(v->text, w->text);
            assert_int_equal(v->conf_pct, w->conf_pct);
            assert_memory_equal(&v->box, &w->box, sizeof(v->box));
        }
    }
}

#endif
