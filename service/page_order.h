/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pages that came in another order than their numbers, or that are missing. */
#ifndef HOSO_SERVICE_PAGE_ORDER_H
#define HOSO_SERVICE_PAGE_ORDER_H

#include "base/record.h"

/*
 * The number printed at the head or foot of a page ("2", "- 2 -", "2/3",
 * "Trang 2/3"), 0 without one that was read surely.
 * total  of "2/3": 3; else 0
 */
int page_number(const struct page *p, int *total);

/* Mark pages whose numbers jump, fall or repeat, the last page of a document
 * that says there are more, and a first page that is the end of the paper which
 * begins behind it; good ones become doubtful by it. */
void record_check_page_order(struct record *r);

#endif
