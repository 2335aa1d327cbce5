/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Names and places in the archive (docs/format.md, "Tree"): a thousand
 * packages a folder, so that no folder grows without bound and every place
 * follows from the id alone.
 */
#include "store/inner.h"

#include "base/alloc.h"
#include "base/file.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NUMBER_MAX INT64_C(999999999)

const char *const store_folders[] = {"packages",   "ledger",   "parity",
                                     "state",      "incoming", "work",
                                     "quarantine", "registers", NULL};

void id_format(int year, int64_t number, char id[STORE_ID_BYTES])
{
    snprintf(id, STORE_ID_BYTES, "%04d-%06lld", year, (long long)number);
}

/* Read digits; the end of them, NULL if there are none. */
static const char *digits(const char *s, int64_t *out)
{
    const char *p = s;

    *out = 0;
    while (isdigit((unsigned char)*p) && *out <= NUMBER_MAX)
        *out = *out * 10 + (*p++ - '0');
    return p == s ? NULL : p;
}

bool id_parse(const char *text, int *year, int64_t *number)
{
    char again[STORE_ID_BYTES];
    int64_t y = 0;
    const char *p = digits(text, &y);

    if (!p || *p != '-' || y < 1 || y > 9999)
        return false;
    p = digits(p + 1, number);
    if (!p || *p || *number < 1 || *number > NUMBER_MAX)
        return false;
    *year = (int)y;
    id_format(*year, *number, again);
    return strcmp(again, text) == 0;
}

char *package_path(int year, int64_t number, int version)
{
    char id[STORE_ID_BYTES];

    id_format(year, number, id);
    if (version > 1)
        return xasprintf("packages/%04d/%03lld/%s.%d.tar", year,
                         (long long)(number / 1000), id, version);
    return xasprintf("packages/%04d/%03lld/%s.tar", year,
                     (long long)(number / 1000), id);
}

bool package_path_parse(const char *path, int *year, int64_t *number,
                        int *version)
{
    AUTO(free_char) char *name = xstrdup(path_base(path));
    AUTO(free_char) char *expected = NULL;
    char *end = strstr(name, ".tar");
    char *dot;

    if (!end || end[4])
        return false;
    *end = '\0';
    *version = 1;
    dot = strchr(name, '.');
    if (dot) {
        int64_t v = 0;
        const char *p = digits(dot + 1, &v);

        if (!p || *p || v < 2 || v > 9999)
            return false;
        *version = (int)v;
        *dot = '\0';
    }
    if (!id_parse(name, year, number))
        return false;
    expected = package_path(*year, *number, *version);
    return strcmp(expected, path) == 0;
}

int year_of(time_t t)
{
    struct tm tm;

    gmtime_r(&t, &tm);
    return tm.tm_year + 1900;
}

mode_t package_mode(const char *kind)
{
    return strcmp(kind, "staff") == 0 ? 0600 : 0640;
}

char *store_path(const struct store *s, const char *relative)
{
    return path_join(s->dir, relative);
}
