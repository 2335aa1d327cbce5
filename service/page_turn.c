/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Sheets of one paper lie in the feeder alike. This is said only once all
 * pages are read, so that it does not depend on which was read first.
 */
#include "service/page_turn.h"

static bool in_doubt(const struct page *p)
{
    return (p->doubts & DOUBT_TURN) && p->n_lines == 0;
}

static bool is_sure(const struct page *p)
{
    return !(p->doubts & DOUBT_TURN) && p->n_lines > 0 &&
           p->origin == TEXT_OCR;
}

/* Of two as near, the page before. */
static const struct page *nearest_sure(const struct record *r, int page)
{
    for (int away = 1; away < r->n_pages; away++) {
        if (page - away >= 0 && is_sure(&r->pages[page - away]))
            return &r->pages[page - away];
        if (page + away < r->n_pages && is_sure(&r->pages[page + away]))
            return &r->pages[page + away];
    }
    return NULL;
}

void record_inherit_turns(struct record *r)
{
    for (int i = 0; i < r->n_pages; i++) {
        const struct page *other;

        if (!in_doubt(&r->pages[i]))
            continue;
        other = nearest_sure(r, i);
        if (other != NULL)
            r->pages[i].turn_deg = other->turn_deg;
    }
}
