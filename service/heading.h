/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a document is called in lists, answers and PDF viewers. */
#ifndef HOSO_SERVICE_HEADING_H
#define HOSO_SERVICE_HEADING_H

#include "base/record.h"

/* As a document is cited (Decree 30/2020/NĐ-CP, appendix I): "Quyết định
 * 12/QĐ-SKHCN ngày 08/11/2020: Về việc …"; a staff paper by its type, person
 * and year of birth. Of fields that are sure or confirmed alone. NULL if
 * they say too little; else the caller frees it. */
char *record_heading(const struct record *r);

/* Title the document by its heading, if there is one and nobody gave it
 * another title: what it has is `earlier` (a heading, or NULL) or the name of
 * its file. Returns whether the title is another now. */
bool record_follow_heading(struct record *r, const char *earlier);

#endif
