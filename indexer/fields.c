/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names of fields in queries, and days as they are written. */
#include "indexer/fields.h"

#include "base/alloc.h"
#include "base/text.h"
#include <stdlib.h>
#include <string.h>

static const struct {
    char letter;
    const char *names[4]; /* of the record's fields that answer */
    const char *spelt[5]; /* folded; the first is shown with marks */
    const char *shown;
} keys[KEY_COUNT] = {
    [KEY_NUMBER] = {'n', {"number"}, {"so", "number"}, "số:"},
    [KEY_DATE] = {'d', {"date"}, {"ngay", "date"}, "ngày:"},
    [KEY_TYPE] = {'t', {"type"}, {"loai", "type"}, "loại:"},
    [KEY_SIGNER] = {'g',
                    {"signer"},
                    {"nguoi ky", "nguoiky", "signer"},
                    "người ký:"},
    [KEY_ISSUER] = {'i',
                    {"issuer", "parent_issuer"},
                    {"co quan", "coquan", "issuer", "agency"},
                    "cơ quan:"},
    [KEY_DOSSIER] = {'h',
                     {"case_code", "batch", "applicant"},
                     {"ho so", "hoso", "dossier"},
                     "hồ sơ:"},
    [KEY_CODE] = {'c',
                  {"case_code", "staff_code", "citizen_id"},
                  {"ma", "code"},
                  "mã:"},
    [KEY_PERSON] = {'p',
                    {"person", "staff_code"},
                    {"nhan vien", "nhanvien", "person", "staff"},
                    "nhân viên:"},
    [KEY_PROCEDURE] = {'r',
                       {"procedure"},
                       {"thu tuc", "thutuc", "procedure"},
                       "thủ tục:"},
};

char field_letter(enum field_key key)
{
    return keys[key].letter;
}

const char *field_shown(enum field_key key)
{
    return keys[key].shown;
}

bool field_answers(enum field_key key, const char *name)
{
    for (size_t i = 0; i < ARRAY_LEN(keys[key].names); i++)
        if (keys[key].names[i] && strcmp(keys[key].names[i], name) == 0)
            return true;
    return false;
}

enum field_key field_named(const char *text, size_t n)
{
    if (n == 0 || n > 40)
        return KEY_NONE;
    AUTO(free_char) char *part = xstrndup(text, n);
    AUTO(free_char) char *folded = text_fold(part);
    for (int k = KEY_NONE + 1; k < KEY_COUNT; k++)
        for (size_t i = 0; i < ARRAY_LEN(keys[k].spelt); i++)
            if (keys[k].spelt[i] && strcmp(keys[k].spelt[i], folded) == 0)
                return (enum field_key)k;
    return KEY_NONE;
}

/* Numbers of text between signs; how many, or -1 if it is not of that form. */
static int read_numbers(const char *text, size_t n, int out[3], int digits[3])
{
    int count = 0;
    for (size_t i = 0; i < n;) {
        if (count == 3)
            return -1;
        out[count] = digits[count] = 0;
        while (i < n && text[i] >= '0' && text[i] <= '9' && digits[count] < 5) {
            out[count] = out[count] * 10 + (text[i++] - '0');
            digits[count]++;
        }
        if (!digits[count++])
            return -1;
        if (i < n && (!strchr("-/.", text[i]) || ++i == n))
            return -1;
    }
    return count;
}

bool field_days(const char *text, size_t n, int *from, int *to)
{
    int v[3], digits[3];
    int count = read_numbers(text, n, v, digits);
    bool year_first = count > 0 && digits[0] == 4;
    if (count < 1)
        return false;
    int year = v[year_first ? 0 : count - 1];
    int month = count == 3 ? v[1] : count == 2 ? v[year_first ? 1 : 0] : 0;
    int day = count == 3 ? v[year_first ? 2 : 0] : 0;
    if (digits[year_first ? 0 : count - 1] != 4 || year < 1 || month > 12 ||
        day > 31 || (count > 1 && !month) || (count > 2 && !day))
        return false;
    *from = year * 10000 + (month ? month : 1) * 100 + (day ? day : 1);
    *to = year * 10000 + (month ? month : 12) * 100 + (day ? day : 31);
    return true;
}
