/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The command line against tables of options. */
#include "cli/options.h"
#include "base/alloc.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "base/text.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

const char *nearest_name(const char *word, const char *const *names, int n)
{
    const char *best = NULL;
    unsigned best_distance = 0;
    for (int i = 0; i < n; i++) {
        unsigned distance = text_distance(word, names[i]);
        if (best == NULL || distance < best_distance) {
            best = names[i];
            best_distance = distance;
        }
    }
    return best_distance <= 1 + strlen(word) / 2 ? best : NULL;
}

static enum status unknown_option(const struct option_set *sets, int n_sets,
                                  const char *name)
{
    const char *names[2 * OPTIONS_MAX];
    int n = 0;
    for (int s = 0; s < n_sets; s++) {
        for (int i = 0; i < sets[s].n && n < (int)ARRAY_LEN(names); i++)
            names[n++] = sets[s].defs[i].name;
    }
    AUTO(free_char) char *shown = text_show_name(name);
    const char *near = nearest_name(name, names, n);
    if (near != NULL)
        return fail(STATUS_USAGE,
                    _("unknown option '--%s'; did you mean '--%s'?"), shown,
                    near);
    return fail(STATUS_USAGE,
                _("unknown option '--%s'; '--help' lists the options"), shown);
}

static enum status check_int(const struct option_def *d, const char *value)
{
    char *end;
    long min = strtol(d->range, &end, 10);
    assert(strncmp(end, "..", 2) == 0);
    long max = strtol(end + 2, NULL, 10);
    errno = 0;
    long n = strtol(value, &end, 10);
    if (errno != 0 || end == value || *end != '\0' || n < min || n > max)
        return fail(STATUS_USAGE,
                    _("'--%s' takes a whole number from %ld to %ld, not "
                      "'%s'"),
                    d->name, min, max, value);
    return STATUS_OK;
}

static enum status check_choice(const struct option_def *d, const char *value)
{
    const char *choices[OPTIONS_MAX];
    int n = 0;
    AUTO(free_char) char *copy = xstrdup(d->range);
    char *rest = copy;
    for (char *c; (c = strsep(&rest, "|")) != NULL;) {
        assert(n < (int)ARRAY_LEN(choices));
        choices[n++] = c;
        if (strcmp(c, value) == 0)
            return STATUS_OK;
    }
    const char *near = nearest_name(value, choices, n);
    if (near != NULL)
        return fail(STATUS_USAGE,
                    _("'--%s' takes one of %s, not '%s'; did you mean "
                      "'%s'?"),
                    d->name, d->range, value, near);
    return fail(STATUS_USAGE, _("'--%s' takes one of %s, not '%s'"), d->name,
                d->range, value);
}

static enum status check_value(const struct option_def *d, const char *value)
{
    time_t first, last;
    switch (d->type) {
    case OPTION_FLAG:
        return STATUS_OK;
    case OPTION_TEXT:
        if (*value != '\0')
            return STATUS_OK;
        return fail(STATUS_USAGE, _("'--%s' needs a value that is not empty"),
                    d->name);
    case OPTION_INT:
        return check_int(d, value);
    case OPTION_CHOICE:
        return check_choice(d, value);
    case OPTION_DAY:
        if (clock_parse_day(value, &first, &last))
            return STATUS_OK;
        return fail(STATUS_USAGE,
                    _("'--%s' takes a day such as 2022-03-01 or 01/03/2022, "
                      "a month 2022-03 or a year 2022, not '%s'"),
                    d->name, value);
    }
    return fail(STATUS_INTERNAL, _("option '--%s' has no type"), d->name);
}

/* Where an option is: its set and its number there. */
struct place {
    struct option_set *set;
    int i;
};

static bool find_long(struct option_set *sets, int n_sets, const char *name,
                      size_t n, struct place *out)
{
    for (int s = 0; s < n_sets; s++) {
        for (int i = 0; i < sets[s].n; i++) {
            const char *known = sets[s].defs[i].name;
            if (strlen(known) == n && memcmp(known, name, n) == 0) {
                *out = (struct place){&sets[s], i};
                return true;
            }
        }
    }
    return false;
}

static bool find_letter(struct option_set *sets, int n_sets, char letter,
                        struct place *out)
{
    for (int s = 0; s < n_sets; s++) {
        for (int i = 0; i < sets[s].n; i++) {
            if (sets[s].defs[i].letter == letter) {
                *out = (struct place){&sets[s], i};
                return true;
            }
        }
    }
    return false;
}

static enum status set_value(struct place at, const char *value)
{
    const struct option_def *d = &at.set->defs[at.i];
    if (value == NULL)
        return fail(STATUS_USAGE, _("'--%s' needs a value"), d->name);
    enum status st = check_value(d, value);
    if (st == STATUS_OK)
        at.set->values[at.i] = value;
    return st;
}

/* argv[*at] is "--name" or "--name=value". */
static enum status read_long(struct option_set *sets, int n_sets,
                             char *const *argv, int argc, int *at)
{
    const char *name = argv[*at] + 2;
    size_t n = strcspn(name, "=");
    const char *value = name[n] == '=' ? name + n + 1 : NULL;
    struct place p;
    if (!find_long(sets, n_sets, name, n, &p)) {
        AUTO(free_char) char *only = xstrndup(name, n);
        return unknown_option(sets, n_sets, only);
    }
    if (p.set->defs[p.i].type == OPTION_FLAG) {
        if (value != NULL)
            return fail(STATUS_USAGE, _("'--%s' takes no value"),
                        p.set->defs[p.i].name);
        value = "";
    } else if (value == NULL && *at + 1 < argc) {
        value = argv[++*at];
    }
    return set_value(p, value);
}

/* argv[*at] is "-abc", "-nvalue" or "-n" with its value behind. */
static enum status read_letters(struct option_set *sets, int n_sets,
                                char *const *argv, int argc, int *at)
{
    for (const char *c = argv[*at] + 1; *c != '\0'; c++) {
        struct place p;
        if (!find_letter(sets, n_sets, *c, &p)) {
            AUTO(free_char) char *shown = text_show_name(argv[*at]);
            return fail(STATUS_USAGE,
                        _("unknown option '%s'; '--help' lists the options"),
                        shown);
        }
        if (p.set->defs[p.i].type == OPTION_FLAG) {
            p.set->values[p.i] = "";
            continue;
        }
        const char *value = c[1] != '\0' ? c + 1 : NULL;
        if (value == NULL && *at + 1 < argc)
            value = argv[++*at];
        return set_value(p, value);
    }
    return STATUS_OK;
}

enum status options_parse(struct option_set *sets, int n_sets, int argc,
                          char *const *argv, bool stop_at_word,
                          struct words *words)
{
    int at;
    bool options = true;
    words->n = 0;
    for (at = 0; at < argc; at++) {
        const char *arg = argv[at];
        enum status st = STATUS_OK;
        if (!options || arg[0] != '-' || arg[1] == '\0') {
            if (stop_at_word)
                break;
            words->items[words->n++] = arg;
        } else if (strcmp(arg, "--") == 0) {
            options = false;
        } else if (arg[1] == '-') {
            st = read_long(sets, n_sets, argv, argc, &at);
        } else {
            st = read_letters(sets, n_sets, argv, argc, &at);
        }
        if (st != STATUS_OK)
            return st;
    }
    words->used = at;
    return STATUS_OK;
}

long option_int(const char *value, long fallback)
{
    return value == NULL ? fallback : strtol(value, NULL, 10);
}
