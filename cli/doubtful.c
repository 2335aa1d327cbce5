/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pages to look at again: the same words after an ingest and in a report. */
#include "cli/doubtful.h"

#include "base/alloc.h"
#include "base/i18n.h"
#include "cli/document.h"

/* Null where there was too little to measure. */
static json_t *measure_json(int pct)
{
    return pct < 0 ? json_null() : json_integer(pct);
}

json_t *doubtful_page_json(const struct doubtful_page *d)
{
    return json_pack("{s:o, s:o, s:i, s:s, s:o, s:o, s:f, s:i, s:o, s:o}", "id",
                     text_json(d->id), "name", text_json(d->name), "page",
                     d->page, "state", page_state_json(d->state), "doubts",
                     doubts_json(d->doubts), "cause", text_json(d->cause),
                     "dpi", d->dpi, "confidence", d->confidence_pct,
                     "sharpness", measure_json(d->sharpness_pct), "contrast",
                     measure_json(d->contrast_pct));
}

void print_doubtful_page(struct printer *p, const struct doubtful_page *d)
{
    AUTO(free_char) char *doubts = doubts_text(d->doubts);
    if (d->name != NULL)
        print(p, _("  %s, page %d (%s): "), d->id, d->page, d->name);
    else
        print(p, _("  %s, page %d: "), d->id, d->page);
    if (d->cause != NULL)
        print(p, "%s", d->cause);
    else
        print(p, "%s", *doubts != '\0' ? doubts : page_state_text(d->state));
    if (d->doubts & DOUBT_LOW_DPI)
        print(p, _(" (%.0f dpi)"), d->dpi);
    if (d->doubts & DOUBT_LOW_CONFIDENCE)
        print(p, _(" (%d %% sure)"), d->confidence_pct);
    if (d->doubts & DOUBT_BLUR)
        print(p, _(" (sharpness %d %%)"), d->sharpness_pct);
    if (d->doubts & DOUBT_FAINT)
        print(p, _(" (contrast %d %%)"), d->contrast_pct);
    print(p, "\n");
}

void print_scan_again(struct printer *p, unsigned doubts, bool unread)
{
    if (unread || doubts & (DOUBT_LOW_DPI | DOUBT_LOW_CONFIDENCE |
                            DOUBT_DAMAGED | DOUBT_FAINT))
        print_note(p, _("Scan pages that are faint, damaged or below 200 dpi "
                        "again at 300 dpi and take them in anew.\n"));
    if (doubts & DOUBT_BLUR)
        print_note(p, _("Out of focus: clean the glass, press the sheet flat "
                        "and scan again.\n"));
    if (doubts & (DOUBT_CUT | DOUBT_DARK_EDGE))
        print_note(p, _("Cut or dark edges: lay the sheet straight, choose its "
                        "paper size and scan again.\n"));
    if (doubts & DOUBT_ORDER)
        print_note(p, _("Page numbers out of order: see whether a sheet is "
                        "missing, double or in the wrong place.\n"));
}
