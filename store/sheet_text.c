/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Bytes of a text file as UTF-8. UTF-8 and UTF-16 are told by their mark or by
 * their form; the eight-bit codes of old Vietnamese programs are not guessed
 * at: a register with wrong letters would be worse than none.
 */
#include "store/sheet.h"

#include "base/alloc.h"
#include "base/i18n.h"
#include "base/strbuf.h"
#include "base/text.h"

#include <string.h>

static bool begins(const char *bytes, size_t n, const char *mark, size_t m)
{
    return n >= m && memcmp(bytes, mark, m) == 0;
}

/* 0: no UTF-16; else 'L' or 'B'. Without a mark: nearly every second byte of a
 * table is zero, always on the same side. */
static char utf16_order(const char *bytes, size_t n)
{
    size_t zero[2] = {0, 0};
    size_t look = n < 4096 ? n : 4096;

    if (begins(bytes, n, "\xff\xfe", 2))
        return 'L';
    if (begins(bytes, n, "\xfe\xff", 2))
        return 'B';
    for (size_t i = 0; i < look; i++)
        zero[i & 1] += bytes[i] == 0;
    if (look < 4 || n % 2 != 0)
        return 0;
    if (zero[1] > look / 5 && zero[0] < look / 50 + 1)
        return 'L';
    if (zero[0] > look / 5 && zero[1] < look / 50 + 1)
        return 'B';
    return 0;
}

static unsigned unit_at(const char *bytes, size_t i, char order)
{
    unsigned a = (unsigned char)bytes[i], b = (unsigned char)bytes[i + 1];

    return order == 'L' ? a | b << 8 : a << 8 | b;
}

static enum status from_utf16(const char *bytes, size_t n, char order,
                              const char *what, char **text, size_t *len)
{
    struct strbuf out;
    size_t i = unit_at(bytes, 0, order) == 0xfeff ? 2 : 0;

    if (n % 2 != 0)
        return fail(STATUS_INVALID,
                    _("'%s' ends in the middle of a character"), what);
    strbuf_init(&out);
    for (; i < n; i += 2) {
        char utf8[4];
        int32_t cp = (int32_t)unit_at(bytes, i, order);

        if (cp >= 0xd800 && cp < 0xdc00 && i + 3 < n) {
            int32_t low = (int32_t)unit_at(bytes, i + 2, order);

            if (low >= 0xdc00 && low < 0xe000) {
                cp = 0x10000 + ((cp - 0xd800) << 10) + (low - 0xdc00);
                i += 2;
            }
        }
        if (cp == 0 || (cp >= 0xd800 && cp < 0xe000)) {
            strbuf_clear(&out);
            return fail(STATUS_INVALID,
                        _("'%s' has something at byte %zu that is no"
                          " character of UTF-16"),
                        what, i);
        }
        strbuf_add(&out, utf8, text_put(cp, utf8));
    }
    *len = out.len;
    *text = strbuf_take(&out);
    return STATUS_OK;
}

/* Number of the line on which the first byte that is no UTF-8 stands. */
static size_t bad_line(const char *bytes, size_t n)
{
    size_t line = 1, from = 0;

    for (size_t i = 0; i < n; i++) {
        if (bytes[i] != '\n' && i + 1 < n)
            continue;
        if (!text_valid(bytes + from, i + 1 - from))
            return line;
        from = i + 1;
        line++;
    }
    return line;
}

enum status sheet_decode(const char *bytes, size_t n, const char *what,
                         char **text, size_t *len, const char **encoding)
{
    char order;

    if (begins(bytes, n, "\xff\xfe\0\0", 4) ||
        begins(bytes, n, "\0\0\xfe\xff", 4))
        return fail(STATUS_UNSUPPORTED,
                    _("'%s' is in UTF-32; save it as CSV UTF-8"), what);
    order = utf16_order(bytes, n);
    if (order) {
        *encoding = order == 'L' ? "UTF-16LE" : "UTF-16BE";
        return from_utf16(bytes, n, order, what, text, len);
    }
    *encoding = "UTF-8";
    if (begins(bytes, n, "\xef\xbb\xbf", 3)) {
        bytes += 3;
        n -= 3;
    }
    if (memchr(bytes, 0, n))
        return fail(STATUS_INVALID,
                    _("'%s' is no table: it holds zero bytes"), what);
    if (!text_valid(bytes, n))
        return fail(STATUS_UNSUPPORTED,
                    _("'%s' line %zu is not in Unicode; it may be in"
                      " windows-1258, TCVN3 or VNI: open it in Excel or"
                      " LibreOffice and save it as 'CSV UTF-8' or as .xlsx"),
                    what, bad_line(bytes, n));
    *text = xstrndup(bytes, n);
    *len = n;
    return STATUS_OK;
}
