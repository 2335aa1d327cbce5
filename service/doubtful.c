/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is kept of a doubtful page when its record is gone. */
#include "service/doubtful.h"

#include "base/alloc.h"

#include <stdlib.h>
#include <string.h>

struct doubtful_page doubtful_page_of(const struct record *r, int index)
{
    const struct page *p = &r->pages[index];
    bool measured = p->quality.measured;
    return (struct doubtful_page){
        .id = xstrdup(r->id),
        .name = xstrdup(r->sources[p->source].name),
        .page = index + 1,
        .state = p->state,
        .doubts = p->doubts,
        .cause = p->cause ? xstrdup(p->cause) : NULL,
        .dpi = p->dpi_x < p->dpi_y ? p->dpi_x : p->dpi_y,
        .confidence_pct = p->confidence_pct,
        .sharpness_pct = measured ? p->quality.sharpness_pct : -1,
        .contrast_pct = measured ? p->quality.contrast_pct : -1,
    };
}

void doubtful_pages_free(struct doubtful_page *pages, int n)
{
    for (int i = 0; i < n; i++) {
        free(pages[i].id);
        free(pages[i].name);
        free(pages[i].cause);
    }
    free(pages);
}
