/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A page of print that has been read, for tests of what is done to it then. */
#ifndef HOSO_TESTS_READ_SHEET_H
#define HOSO_TESTS_READ_SHEET_H

#include "pipeline/recognise.h"
#include "unit/sample_print.h"
#include "unit/unit.h"

#define DPI 150

struct sheet {
    struct recogniser *r;
    PIX *pix;
    struct page page;
};

/* Six lines, read by a model; skips the test where it is not installed. */
static inline void sheet_make(struct sheet *s, const char *model)
{
    int turn_deg;

    *s = (struct sheet){0};
    if (recogniser_new(model, &s->r) != STATUS_OK) {
        print_message("%s\n", status_message());
        skip();
    }
    s->pix = sample_print(900, 500, 6);
    assert_ok(recognise(s->r, s->pix, DPI, &s->page, &turn_deg));
    assert_true(s->page.n_lines >= 6);
}

static inline void sheet_clear(struct sheet *s)
{
    page_clear(&s->page);
    pixDestroy(&s->pix);
    recogniser_free(s->r);
}

#endif
