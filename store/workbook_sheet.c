/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A sheet without what only costs time. Office programs write down every row
 * that was ever coloured, a million of them, and a merged range may cover the
 * whole sheet: the tool would look at each cell.
 */
#include "store/workbook.h"

#include "base/strbuf.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#define HEAD_ROWS 200 /* titles and headings: merged cells matter there */
#define MERGED_CELLS_MAX 20000

/* Where the first of `what` begins behind pos; n if there is none. It is near
 * as a rule: nothing may look at all that follows. */
static size_t find(const char *xml, size_t n, size_t pos, const char *what)
{
    size_t length = strlen(what);

    while (pos < n) {
        const char *hit = memchr(xml + pos, what[0], n - pos);

        if (!hit)
            return n;
        pos = (size_t)(hit - xml);
        if (n - pos >= length && memcmp(hit, what, length) == 0)
            return pos;
        pos++;
    }
    return n;
}

/* Whether nothing stands in the row but cells that end where they begin. */
static bool is_empty_row(const char *row, size_t n)
{
    for (const char *p = memchr(row, '>', n); p && p + 1 < row + n;) {
        const char *open = p + 1;

        if (*open != '<')
            return false;
        p = memchr(open, '>', n - (size_t)(open - row));
        if (!p)
            return false;
        if (open[1] == '/')
            continue;
        if (open[1] != 'c' || !isspace((unsigned char)open[2]) || p[-1] != '/')
            return false;
    }
    return true;
}

/* "B2" is 2 and 2. */
static bool cell_of(const char **p, long *column, long *row)
{
    char *end;

    *column = 0;
    for (; isupper((unsigned char)**p); ++*p)
        *column = *column * 26 + (**p - 'A' + 1);
    *row = strtol(*p, &end, 10);
    if (end == *p || *column == 0 || *column > 1 << 20)
        return false;
    *p = end;
    return true;
}

static bool is_vast(const char *range)
{
    long left, top, right, bottom;

    if (!cell_of(&range, &left, &top) || *range++ != ':' ||
        !cell_of(&range, &right, &bottom))
        return false;
    return (double)(right - left + 1) * (double)(bottom - top + 1) >
           MERGED_CELLS_MAX;
}

/* A range of one cell means nothing to the tool. */
static void plain_ranges(char *xml, size_t n)
{
    static const char mark[] = "ref=\"";

    for (size_t at = find(xml, n, 0, "mergeCells"); at < n;) {
        at = find(xml, n, at, mark) + strlen(mark);
        if (at >= n)
            return;
        if (is_vast(xml + at))
            for (; xml[at] != '\0' && xml[at] != '"'; at++)
                xml[at] = xml[at] == ':' ? '_' : xml[at];
    }
}

char *workbook_plain_sheet(const char *xml, size_t n, size_t *len)
{
    static const char begin[] = "<row ", end[] = "</row>";
    struct strbuf b;
    size_t done = 0;
    int rows = 0;

    strbuf_init(&b);
    for (size_t at = find(xml, n, 0, begin); at < n;
         at = find(xml, n, at, begin)) {
        size_t tag_end = find(xml, n, at, ">");
        size_t stop = tag_end < n && xml[tag_end - 1] == '/'
                          ? tag_end + 1
                          : find(xml, n, at, end) + strlen(end);

        if (stop > n)
            break;
        if (++rows > HEAD_ROWS && is_empty_row(xml + at, stop - at)) {
            strbuf_add(&b, xml + done, at - done);
            done = stop;
        }
        at = stop;
    }
    strbuf_add(&b, xml + done, n - done);
    plain_ranges(b.s, b.len);
    *len = b.len;
    return strbuf_take(&b);
}
