/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What two models read at the same place, and what of it stands. */
#ifndef HOSO_PIPELINE_TWO_READINGS_H
#define HOSO_PIPELINE_TWO_READINGS_H

#include "base/record.h"

struct language;

/* Words from … to of a line. */
struct line_part {
    struct line *line;
    int from, to;
};

/* Whether another model is to be asked about a word: it was read with doubt,
 * or is a number or a name that must be right. */
bool word_is_weak(const struct word *w);

/*
 * Settle the weak words of a part of a line with another reading of the same
 * place. Words that turn out to be one are joined: the others of them are
 * left without text until two_readings_tidy(). What was read first is kept as
 * raw; what is in dispute stays and is sure to nobody.
 *
 * l      NULL: any word may be one
 * other  one line, boxes in pixels of the same image; its texts may be taken
 */
void two_readings_settle(const struct language *l, const struct line_part *part,
                         struct line *other);

/* Take the words without text out of a line. */
void two_readings_tidy(struct line *line);

#endif
