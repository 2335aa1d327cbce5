/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which words of a page are a stamp's that was read alone. */
#ifndef HOSO_PIPELINE_STAMP_WORDS_H
#define HOSO_PIPELINE_STAMP_WORDS_H

#include "base/record.h"

struct language;
struct table; /* of labels: stamp_labels.h */

/* Whether words from … end - 1 of a row begin as those of stamps of arrival do:
 * "ĐẾN", "Ngày", …; or say how urgent it is. */
bool stamp_has_label(const struct table *labels, const struct line *row,
                     int from, int end);

/*
 * How much the words in an outline are those of a stamp of arrival: two for its
 * word "ĐẾN", one for each label. Three are a stamp, or one where the outline
 * leans against the page; so is a degree of urgency with a wrong letter.
 */
int stamp_count_labels(const struct table *labels, const struct page *stamp);
bool stamp_says_urgent(const struct table *labels, const struct page *stamp);

/*
 * Whether a word of the page that lies in a stamp is print that runs across
 * it: read well, and none that the stamp says there.
 *
 * stamp  its words, in pixels of its picture
 * l      NULL: any word is one of the language
 * x, y   the middle of the word on that picture
 */
bool stamp_crossed_by(const struct table *labels, const struct page *stamp,
                      const struct language *l, const struct word *w, double x,
                      double y);

#endif
