/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Rows of registers: cells cleaned of what office programs put around them,
 * and looked at. A row that does not say for certain what it is about is left
 * out with its reason: the clerk can put it right in the register.
 */
#include "store/registers_row.h"

#include "base/alloc.h"
#include "base/i18n.h"
#include "base/text.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

const char *register_row_columns(enum register_kind kind)
{
    return kind == REGISTER_STAFF
               ? "staff_code,name,birth_date,agency,unit,title,kind"
               : "case_code,procedure,procedure_name,applicant,number,"
                 "notation,date,expires,unit,box,note";
}

int register_row_count(enum register_kind kind)
{
    return kind == REGISTER_STAFF ? (int)PERSON_FIELD_COUNT
                                  : (int)FIELD_STATUS;
}

void register_row_clear(struct register_row *r)
{
    for (int i = 0; i < COLUMNS_FIELDS_MAX; i++)
        free(r->v[i]);
    for (size_t i = 0; i < ARRAY_LEN(r->folded); i++)
        free(r->folded[i]);
    free(r->key);
    free(r->key_one);
    memset(r, 0, sizeof(*r));
}

static bool is_space(int32_t cp)
{
    return cp == ' ' || cp == '\n' || cp == '\t' || cp == '\f' ||
           cp == 0xa0 || (cp >= 0x2000 && cp <= 0x200b) || cp == 0x202f ||
           cp == 0x3000 || cp == 0xfeff;
}

static bool is_ascii(const char *s)
{
    for (; *s; s++)
        if ((unsigned char)*s >= 0x80 || (unsigned char)*s < ' ')
            return false;
    return true;
}

/* One line without white space around it, in NFC. */
static char *clean(const char *cell)
{
    size_t n = strlen(cell);
    char *text = is_ascii(cell) ? xstrdup(cell) : text_nfc(cell, n);
    char *to = text;

    n = strlen(text);
    for (size_t at = 0; at < n;) {
        size_t from = at;
        int32_t cp = text_next(text, n, &at);

        if (!is_space(cp)) {
            memmove(to, text + from, at - from);
            to += at - from;
        } else if (to > text && to[-1] != ' ') {
            *to++ = ' ';
        }
    }
    if (to > text && to[-1] == ' ')
        to--;
    *to = '\0';
    return text;
}

/* '="0012"' and "'0012" are how a text is kept from being taken for a number;
 * "-" is how people write that there is nothing. */
static void unwrap(char *text)
{
    size_t n = strlen(text);

    if (n >= 4 && strncmp(text, "=\"", 2) == 0 && text[n - 1] == '"' &&
        !memchr(text + 2, '"', n - 3)) {
        text[n - 1] = '\0';
        memmove(text, text + 2, n - 2);
    } else if (text[0] == '\'' && isdigit((unsigned char)text[1])) {
        memmove(text, text + 1, n);
    }
    if (strspn(text, "-") == strlen(text))
        text[0] = '\0';
}

static bool is_scientific(const char *s)
{
    size_t n = strspn(s, "0123456789.,");

    return n >= 3 && strpbrk(s, ".,") && (s[n] == 'E' || s[n] == 'e') &&
           (s[n + 1] == '+' || isdigit((unsigned char)s[n + 1])) &&
           strspn(s + n + 1, "+0123456789") == strlen(s + n + 1);
}

/* What no cell that is read may hold; NULL if nothing. */
static char *fault_of_cell(const char *heading, const char *text)
{
    static const char *const errors[] = {"#REF!",  "#N/A",  "#VALUE!",
                                         "#NAME?", "#NULL!", "#DIV/0!",
                                         "#NUM!"};

    if (text[0] == '=')
        return xasprintf(_("'%s' holds a formula and not a value"), heading);
    for (size_t i = 0; i < ARRAY_LEN(errors); i++)
        if (strcmp(text, errors[i]) == 0)
            return xasprintf(_("'%s' holds an error of Excel: %s"), heading,
                             text);
    return NULL;
}

static char *upper_without_spaces(const char *text)
{
    char *out = xstrdup(text);
    char *to = out;

    for (const char *c = out; *c; c++)
        if (*c != ' ')
            *to++ = (char)toupper((unsigned char)*c);
    *to = '\0';
    return out;
}

/* ---- results ---- */

static char *fault_of_case(const char *code)
{
    bool digit = false;

    if (is_scientific(code))
        return xasprintf(_("'%s' is a case code that Excel has made a number"
                           " of; give the column the format of a text"),
                         code);
    for (const char *c = code; *c; c++) {
        digit = digit || isdigit((unsigned char)*c);
        if (!isalnum((unsigned char)*c) && !strchr(".-/_ ", *c))
            return xasprintf(_("'%s' is no case code"), code);
    }
    if (strlen(code) < 3 || strlen(code) > 64 || !digit)
        return xasprintf(_("'%s' is no case code"), code);
    return NULL;
}

/* No result was issued: the case is still open or was refused. */
static bool is_open(const char *status)
{
    static const char *const begins[] = {
        "dang ", "cho ",     "chua ", "tu choi", "huy",    "da huy",
        "rut",   "cong dan", "moi ",  "da rut",  "tra lai", "khong "};
    AUTO(free_char) char *key = register_words_key(status);

    for (size_t i = 0; i < ARRAY_LEN(begins); i++)
        if (strncmp(key, begins[i], strlen(begins[i])) == 0)
            return true;
    return false;
}

static char *take_day(char **value, bool partial, const char *heading)
{
    char day[REGISTER_DAY_BYTES];
    const char *reason = NULL;

    if (!register_day(*value, partial, day, &reason))
        return xasprintf(_("'%s' of '%s': %s"), *value, heading, _(reason));
    free(*value);
    *value = xstrdup(day);
    return NULL;
}

static char *split_number(struct register_row *r)
{
    char *number = NULL, *notation = NULL;

    if (!r->v[FIELD_NUMBER][0])
        return NULL;
    if (is_scientific(r->v[FIELD_NUMBER]) ||
        !strpbrk(r->v[FIELD_NUMBER], "0123456789"))
        return xasprintf(_("'%s' is no number of a document"),
                         r->v[FIELD_NUMBER]);
    register_split_number(r->v[FIELD_NUMBER], &number, &notation);
    free(r->v[FIELD_NUMBER]);
    r->v[FIELD_NUMBER] = number;
    if (notation[0]) {
        free(r->v[FIELD_NOTATION]);
        r->v[FIELD_NOTATION] = notation;
    } else {
        free(notation);
    }
    return NULL;
}

static void result_keys(struct register_row *r)
{
    AUTO(free_char) char *code = upper_without_spaces(r->v[FIELD_CASE_CODE]);
    AUTO(free_char)
    char *number =
        xasprintf("%s/%s", r->v[FIELD_NUMBER], r->v[FIELD_NOTATION]);

    r->folded[0] = register_key(r->v[FIELD_CASE_CODE]);
    r->folded[1] = register_key(number);
    r->folded[2] = register_words_key(r->v[FIELD_APPLICANT]);
    if (code[0]) {
        r->key_one = xasprintf("c:%s", code);
        r->key = xasprintf("c:%s#%s", code, number);
    } else {
        r->key = xasprintf("n:%s@%s", number, r->v[FIELD_DATE]);
        r->key_one = xstrdup(r->key);
    }
}

static char *look_at_result(struct register_row *r)
{
    char *reason = NULL;

    if (r->v[FIELD_STATUS][0] && is_open(r->v[FIELD_STATUS]))
        return xasprintf(_("no result was issued: '%s'"), r->v[FIELD_STATUS]);
    if (!r->v[FIELD_CASE_CODE][0] && !r->v[FIELD_NUMBER][0])
        return xstrdup(_("neither case code nor number"));
    if (r->v[FIELD_CASE_CODE][0])
        reason = fault_of_case(r->v[FIELD_CASE_CODE]);
    if (!reason)
        reason = split_number(r);
    if (!reason)
        reason = take_day(&r->v[FIELD_DATE], false, _("date"));
    if (!reason)
        reason = take_day(&r->v[FIELD_EXPIRES], false, _("end of validity"));
    if (!reason && !r->v[FIELD_CASE_CODE][0] && !r->v[FIELD_DATE][0])
        reason = xstrdup(_("a number without a date and without a case code"));
    if (!reason)
        result_keys(r);
    return reason;
}

/* ---- persons ---- */

static const char *person_kind(const char *text)
{
    AUTO(free_char) char *key = register_words_key(text);

    if (strstr(key, "vien chuc") && strstr(key, "cong chuc"))
        return "";
    if (strstr(key, "vien chuc") || strcmp(key, "vc") == 0)
        return "vien-chuc";
    return strstr(key, "cong chuc") || strcmp(key, "cc") == 0 ? "cong-chuc"
                                                              : "";
}

static char *look_at_person(struct register_row *r)
{
    const char *kind = person_kind(r->v[PERSON_KIND]);
    char *reason;

    if (!r->v[PERSON_NAME][0])
        return xstrdup(_("no name"));
    if (strpbrk(r->v[PERSON_NAME], "0123456789"))
        return xasprintf(_("'%s' is no name of a person"), r->v[PERSON_NAME]);
    if (is_scientific(r->v[PERSON_STAFF_CODE]))
        return xasprintf(_("'%s' is a staff code that Excel has made a number"
                           " of; give the column the format of a text"),
                         r->v[PERSON_STAFF_CODE]);
    reason = take_day(&r->v[PERSON_BIRTH_DATE], true, _("date of birth"));
    if (reason)
        return reason;
    if (!r->v[PERSON_STAFF_CODE][0] && !r->v[PERSON_BIRTH_DATE][0])
        return xstrdup(_("neither staff code nor date of birth: the person"
                         " could not be told from one of the same name"));
    free(r->v[PERSON_KIND]);
    r->v[PERSON_KIND] = xstrdup(kind);
    r->folded[0] = register_words_key(r->v[PERSON_NAME]);
    r->folded[1] = register_key(r->v[PERSON_STAFF_CODE]);
    AUTO(free_char) char *code = upper_without_spaces(r->v[PERSON_STAFF_CODE]);
    r->key = code[0] ? xasprintf("s:%s", code)
                     : xasprintf("p:%s@%s", r->folded[0],
                                 r->v[PERSON_BIRTH_DATE]);
    r->key_one = xstrdup(r->key);
    r->folded[2] = xstrdup("");
    return NULL;
}

/* ---- rows ---- */

void register_row_read(const struct sheet *s, const struct columns *c,
                       size_t row, struct register_row *out, char **reason)
{
    int n = columns_count(c->kind);

    memset(out, 0, sizeof(*out));
    out->kind = c->kind;
    *reason = NULL;
    for (int i = 0; i < n; i++) {
        out->v[i] = c->at[i] < 0 ? xstrdup("")
                                 : clean(sheet_cell(s, row, (size_t)c->at[i]));
        unwrap(out->v[i]);
        if (!*reason)
            *reason = fault_of_cell(columns_code(c->kind, i), out->v[i]);
    }
    if (!*reason && sheet_width(s, row) > c->width)
        *reason = xasprintf(_("it has %zu cells under %zu headings; is a"
                              " separator in a text without quotes?"),
                            sheet_width(s, row), c->width);
    if (!*reason)
        *reason = c->kind == REGISTER_STAFF ? look_at_person(out)
                                            : look_at_result(out);
}

/* "(1)", "2", "[3]" in the column of that number. */
static bool is_numbering(const struct sheet *s, size_t row)
{
    int counted = 0;

    for (size_t c = 0; c < sheet_width(s, row); c++) {
        const char *cell = sheet_cell(s, row, c);
        char *end = NULL;
        long v;

        if (!cell[0])
            continue;
        cell += *cell == '(' || *cell == '[';
        v = strtol(cell, &end, 10);
        if (end == cell || end[strspn(end, ")]")] || v < counted ||
            v > counted + 2)
            return false;
        counted = (int)v;
    }
    return counted >= 3;
}

bool register_row_skip(const struct sheet *s, const struct columns *c,
                       size_t row)
{
    size_t n = sheet_width(s, row);

    if (sheet_row_empty(s, row))
        return true;
    if (row == c->first && is_numbering(s, row))
        return true;
    if (n != sheet_width(s, c->header))
        return false;
    for (size_t i = 0; i < n; i++)
        if (strcmp(sheet_cell(s, row, i), sheet_cell(s, c->header, i)) != 0)
            return false;
    return true;
}
