/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which files are the pages of one document. */
#ifndef HOSO_SERVICE_GROUP_H
#define HOSO_SERVICE_GROUP_H

#include "service/inputs.h"

struct group; /* the documents that further files may still join */

struct group *group_new(enum split split);

/* Add a file to the document it belongs to, or begin a new one with it.
 * multipage: it has pages of its own (PDF, TIFF with several) */
void group_add(struct group *g, struct input_plan *plan, const char *path,
               enum media media, bool multipage);

/* Name the documents; frees g. */
void group_finish(struct group *g, struct input_plan *plan);

#endif
