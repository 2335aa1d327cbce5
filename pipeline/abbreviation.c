/* SPDX-License-Identifier: GPL-3.0-or-later */
/* See abbreviation.h. */
#include "pipeline/abbreviation.h"

#include "base/alloc.h"
#include <string.h>

static bool is_letter(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
           (unsigned char)c >= 0x80; /* of one with a mark */
}

static bool is_consonant(char c)
{
    return c >= 'A' && c <= 'Z' && strchr("AEIOUY", c) == NULL;
}

/* The U in text that must be an L; NULL if there is none. */
static char *wrong_u(char *text)
{
    for (char *q = strchr(text, 'Q'); q != NULL; q = strchr(q + 1, 'Q'))
        if ((q == text || !is_letter(q[-1])) && q[1] == 'U' &&
            is_consonant(q[2]))
            return q + 1;
    return NULL;
}

int abbreviations_mend(struct page *page)
{
    int mended = 0;

    for (int i = 0; i < page->n_lines; i++) {
        for (int k = 0; k < page->lines[i].n_words; k++) {
            struct word *w = &page->lines[i].words[k];
            char *u = wrong_u(w->text);

            if (u == NULL)
                continue;
            if (w->raw == NULL)
                w->raw = xstrdup(w->text);
            *u = 'L';
            mended++;
        }
    }
    return mended;
}
