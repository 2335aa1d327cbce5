/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the actions of hoso review share. */
#ifndef HOSO_CLI_REVIEW_H
#define HOSO_CLI_REVIEW_H

#include "cli/command.h"

struct review_run {
    struct run *r;
    struct archive *archive; /* opened for what the action needs */
    const char *kind, *batch, *crops; /* NULL: not given */
    int64_t limit;                    /* < 0: all */
    const char *who;                  /* NULL: not known */
    int seconds;
};

/* One document: every field beside what is known of it. */
NODISCARD enum status review_show(struct review_run *v, const char *id);

/* One field after another, asked on the terminal. */
NODISCARD enum status review_next(struct review_run *v);

/* Say what was done, for people or as JSON. */
void review_print_outcome(struct printer *p, const char *id,
                          const struct review_outcome *o);

/* fails  USAGE: nobody knows who is at work */
NODISCARD enum status review_require_who(const struct review_run *v);

#endif
