/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pages to look at again, in lists. */
#ifndef HOSO_SERVICE_DOUBTFUL_H
#define HOSO_SERVICE_DOUBTFUL_H

#include "service/service.h"

/* Page number index (from 0) of r; doubtful_pages_free() frees it. */
struct doubtful_page doubtful_page_of(const struct record *r, int index);

/* Free a list of n and the list itself. */
void doubtful_pages_free(struct doubtful_page *pages, int n);

#endif
