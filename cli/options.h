/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Options of the command line, by table: the same table makes the parser, the
 * help, the completion and the check of the manual.
 *
 * --name value, --name=value, -n value, -nvalue, flags together (-qh), "--"
 * ends the options. Long names are not abbreviated: what a script says today
 * means the same tomorrow.
 */
#ifndef HOSO_CLI_OPTIONS_H
#define HOSO_CLI_OPTIONS_H

#include "base/status.h"
#include <stdbool.h>

enum option_type {
    OPTION_FLAG,
    OPTION_TEXT,   /* not empty */
    OPTION_INT,    /* range "min..max" */
    OPTION_CHOICE, /* range "a|b|c" */
    OPTION_DAY,    /* as clock_parse_day() */
};

struct option_def {
    const char *name; /* without "--" */
    char letter;      /* 0: none */
    enum option_type type;
    const char *range;
    const char *value; /* N_(): how help calls the value; NULL for a flag */
    const char *help;  /* N_() */
};

#define OPTIONS_MAX 12 /* in one table */

/* A table and what was given for it: NULL, or the value ("" for a flag). */
struct option_set {
    const struct option_def *defs;
    int n;
    const char *values[OPTIONS_MAX];
};

struct words {
    const char **items; /* what is no option; the array is the caller's */
    int n;
    int used; /* arguments consumed */
};

/*
 * Read argv against the sets (an option is looked for in all of them).
 * stop_at_word  stop before the first argument that is no option
 * words         items: room for argc pointers, borrowed from argv
 * fails         USAGE: the option and the nearest one are named
 */
NODISCARD enum status options_parse(struct option_set *sets, int n_sets,
                                    int argc, char *const *argv,
                                    bool stop_at_word, struct words *words);

/* Value of an OPTION_INT that was parsed, or fallback if it was not given. */
long option_int(const char *value, long fallback);

/* Of names (n of them) the nearest to word, or NULL if none is near. */
const char *nearest_name(const char *word, const char *const *names, int n);

#endif
