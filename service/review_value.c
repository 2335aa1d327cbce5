/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a person types as the value of a field, held to the form that the field
 * has, so that what is confirmed can be sorted, matched and searched like what
 * was found.
 */
#include "service/review_inner.h"

#include "base/alloc.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "base/strbuf.h"
#include "base/text.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#define VALUE_BYTES_MAX 4000
#define NUMBER_BYTES_MAX 80
#define NAME_NEAR 2 /* letters that may differ in "did you mean" */

const char *const review_field_names[] = {
    "number",     "date",         "place",      "issuer",     "parent_issuer",
    "type",       "subject",      "signer",     "signer_title", "recipients",
    "cites",      "urgency",      "applicant",  "procedure",  "case_code",
    "expires",    "form",         "component",  "person",     "birth_date",
    "sex",        "home",         "staff_code", "citizen_id", "rank",
    "degree",     "party_date",   "title",      "arrival_number",
    "arrival_date", "seal",       "signature",  "training",   "work",
    "family",     "pay",          "birth_place", "position",  "rank_code",
    "insurance_code", "recruited_date", "party_official_date", NULL};

char *review_name_parts(const char *typed, int *which)
{
    const char *dot = strrchr(typed, '.');
    size_t n = dot ? strlen(dot + 1) : 0;
    if (n == 0 || n > 4 || dot[1] == '0' ||
        strspn(dot + 1, "0123456789") != n)
        return xstrdup(typed);
    *which = atoi(dot + 1);
    return xstrndup(typed, (size_t)(dot - typed));
}

bool review_name_is_known(const char *name)
{
    for (int i = 0; review_field_names[i]; i++)
        if (strcmp(review_field_names[i], name) == 0)
            return true;
    return false;
}

enum status review_unknown_name(const char *name)
{
    AUTO(free_char) char *shown = text_show_name(name);
    const char *near = NULL;
    unsigned least = NAME_NEAR + 1;
    for (int i = 0; review_field_names[i]; i++) {
        unsigned far = text_distance(name, review_field_names[i]);
        if (far < least) {
            least = far;
            near = review_field_names[i];
        }
    }
    if (near)
        return fail(STATUS_USAGE,
                    _("there is no field '%s'; did you mean '%s'?"), shown,
                    near);
    return fail(STATUS_USAGE, _("there is no field '%s'"), shown);
}

static bool one_of(const char *name, const char *const *names)
{
    for (; *names; names++)
        if (strcmp(*names, name) == 0)
            return true;
    return false;
}

/* NFC, on one line, single spaces, none at the ends. */
static char *tidy(const char *typed)
{
    AUTO(free_char) char *nfc = text_nfc(typed, strlen(typed));
    struct strbuf b;
    strbuf_init(&b);
    for (const char *p = nfc; *p; p++) {
        bool space = strchr(" \t\n\f", *p) != NULL;
        if (!space)
            strbuf_addc(&b, *p);
        else if (b.len > 0 && b.s[b.len - 1] != ' ')
            strbuf_addc(&b, ' ');
    }
    while (b.len > 0 && b.s[b.len - 1] == ' ')
        b.s[--b.len] = '\0';
    return strbuf_take(&b);
}

static int digits(const char *s)
{
    int n = 0;
    for (; *s; s++)
        n += isdigit((unsigned char)*s) != 0;
    return n;
}

/* A whole day; of a birth also a month or a year, as old papers have it. */
static enum status day_value(const char *name, char **value)
{
    time_t first = 0, last = 0;
    char iso[CLOCK_ISO_BYTES];
    bool known = clock_parse_day(*value, &first, &last);
    bool whole = known && last - first < 24 * 60 * 60;
    bool part = known && strcmp(name, "birth_date") == 0 && !strchr(*value, '/');
    if (!whole && !part)
        return fail(STATUS_USAGE,
                    _("'%s' is no day for '%s'; write it as 01/03/2022 or "
                      "2022-03-01"),
                    *value, name);
    if (!whole)
        return STATUS_OK;
    clock_iso(first, iso);
    iso[strlen("2022-03-01")] = '\0';
    free(*value);
    *value = xstrdup(iso);
    return STATUS_OK;
}

/* "247/GP-SKHCN": begins with a digit, no spaces. */
static enum status number_value(const char *value)
{
    size_t n = strlen(value);
    bool good = isdigit((unsigned char)value[0]) && n <= NUMBER_BYTES_MAX;
    for (size_t at = 0; good && at < n;) {
        int32_t cp = text_next(value, n, &at);
        good = text_is_word(cp) || cp == '/' || cp == '-' || cp == '.' ||
               cp == '&' || cp == ',';
    }
    if (good)
        return STATUS_OK;
    return fail(STATUS_USAGE,
                _("'%s' is no number of a document; write it like "
                  "247/GP-SKHCN, without spaces"),
                value);
}

static enum status check(const char *name, char **value)
{
    static const char *const days[] = {"date", "expires", "birth_date",
                                       "party_date", "party_official_date",
                                       "recruited_date", "arrival_date",
                                       NULL};
    static const char *const persons[] = {"signer", "person", NULL};
    if (one_of(name, days))
        return day_value(name, value);
    if (strcmp(name, "number") == 0)
        return number_value(*value);
    if (one_of(name, persons) && digits(*value) > 0)
        return fail(STATUS_USAGE, _("'%s' is no name of a person"), *value);
    if (strcmp(name, "citizen_id") == 0 &&
        (strspn(*value, "0123456789") != strlen(*value) ||
         (strlen(*value) != 9 && strlen(*value) != 12)))
        return fail(STATUS_USAGE,
                    _("'%s' is no citizen id: it has 12 digits, an old one 9"),
                    *value);
    return STATUS_OK;
}

enum status review_value(const char *name, const char *typed, char **out)
{
    AUTO(free_char) char *value = NULL;
    *out = NULL;
    if (!text_valid(typed, strlen(typed)))
        return fail(STATUS_USAGE, _("the value of '%s' is not UTF-8"), name);
    value = tidy(typed);
    if (strlen(value) > VALUE_BYTES_MAX)
        return fail(STATUS_USAGE, _("the value of '%s' is too long"), name);
    if (!*value)
        return STATUS_OK; /* there is no such thing */
    enum status st = check(name, &value);
    if (st == STATUS_OK)
        *out = STEAL(value);
    return st;
}
