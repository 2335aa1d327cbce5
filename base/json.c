/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Strict reading and stable writing of JSON: what jansson leaves to the
 * caller (types, ranges, messages that name the member) is done here once. */
#include "base/json.h"

#include "base/alloc.h"
#include "base/i18n.h"
#include "base/strbuf.h"
#include "base/text.h"
#include <stdlib.h>
#include <string.h>

/* Reals in records are rounded to hundredths; twelve digits print them
 * without the noise of binary fractions and read back as the same number. */
#define REAL_DIGITS 12

enum status json_parse(const char *bytes, size_t n, const char *what,
                       json_t **out)
{
    json_error_t error;
    json_t *j = json_loadb(bytes, n, JSON_REJECT_DUPLICATES, &error);
    if (!j) {
        return fail(STATUS_INVALID, _("'%s' is not valid JSON: line %d: %s"),
                    what, error.line, error.text);
    }
    *out = j;
    return STATUS_OK;
}

char *json_text(const json_t *j, bool indented)
{
    size_t flags = JSON_ENCODE_ANY | JSON_REAL_PRECISION(REAL_DIGITS);
    flags |= indented ? JSON_INDENT(2) : JSON_COMPACT;
    char *text = json_dumps(j, flags);
    /* Every string in a json_t is UTF-8 and every number finite, so only a
     * want of memory can fail here. */
    if (!text)
        abort();
    return text;
}

static enum status wrong_member(const char *name, const char *want)
{
    return fail(STATUS_INVALID, _("'%s' is missing or is not %s"), name, want);
}

enum status json_get_string(const json_t *j, const char *name, const char **out)
{
    const json_t *member = json_object_get(j, name);
    if (!json_is_string(member))
        return wrong_member(name, _("a text"));
    *out = json_string_value(member);
    return STATUS_OK;
}

enum status json_get_int(const json_t *j, const char *name, long long min,
                         long long max, long long *out)
{
    const json_t *member = json_object_get(j, name);
    if (!json_is_integer(member))
        return wrong_member(name, _("a whole number"));
    long long value = json_integer_value(member);
    if (value < min || value > max) {
        return fail(STATUS_INVALID,
                    _("'%s' is %lld, but must lie between %lld and %lld"), name,
                    value, min, max);
    }
    *out = value;
    return STATUS_OK;
}

enum status json_get_int32(const json_t *j, const char *name, int min, int max,
                           int *out)
{
    long long value = 0;
    enum status st = json_get_int(j, name, min, max, &value);
    if (st == STATUS_OK)
        *out = (int)value;
    return st;
}

enum status json_get_bool(const json_t *j, const char *name, bool *out)
{
    const json_t *member = json_object_get(j, name);
    if (!json_is_boolean(member))
        return wrong_member(name, _("true or false"));
    *out = json_is_true(member);
    return STATUS_OK;
}

enum status json_get_text_or_null(const json_t *j, const char *name, char **out)
{
    const char *s = NULL;
    if (json_is_null(json_object_get(j, name)))
        return STATUS_OK;
    enum status st = json_get_string(j, name, &s);
    if (st == STATUS_OK)
        *out = xstrdup(s);
    return st;
}

enum status json_get_array(const json_t *j, const char *name, json_t **out)
{
    json_t *member = json_object_get(j, name);
    if (!json_is_array(member))
        return wrong_member(name, _("a list"));
    *out = member;
    return STATUS_OK;
}

enum status json_get_object(const json_t *j, const char *name, json_t **out)
{
    json_t *member = json_object_get(j, name);
    if (!json_is_object(member))
        return wrong_member(name, _("an object"));
    *out = member;
    return STATUS_OK;
}

const char *json_string_or(const json_t *j, const char *name,
                           const char *fallback)
{
    const char *s = json_string_value(json_object_get(j, name));
    return s ? s : fallback;
}

json_t *json_text_value(const char *s)
{
    json_t *j = json_string(s);
    if (j)
        return j;
    struct strbuf clean;
    strbuf_init(&clean);
    size_t n = strlen(s);
    for (size_t pos = 0; pos < n;) {
        char utf8[4];
        int32_t cp = text_next(s, n, &pos);
        strbuf_add(&clean, utf8, text_put(cp, utf8));
    }
    j = json_stringn(clean.s, clean.len);
    if (!j)
        abort();
    strbuf_clear(&clean);
    return j;
}

json_t *json_text_or_null(const char *s)
{
    return s ? json_text_value(s) : json_null();
}
