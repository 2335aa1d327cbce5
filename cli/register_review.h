/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Doubtful matches before a person: both sides, and the decision. */
#ifndef HOSO_CLI_REGISTER_REVIEW_H
#define HOSO_CLI_REGISTER_REVIEW_H

#include "cli/command.h"

/* hoso register review [list | show ID | accept ID [RESULT] | reject …] */
NODISCARD enum status register_review(struct run *r);

/* Whether it only shows. */
bool register_review_looks(const struct run *r);

/* The numbers of a run of the matching. */
void register_print_summary(struct printer *p, const struct match_summary *s);

#endif
