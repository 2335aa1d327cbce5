/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A workbook (XLSX: XML parts in a ZIP) looked through before the tool
 * xlsx2csv reads it: what is too large or no workbook is refused, the names of
 * its sheets are known, and what the tool takes wrongly is put in a form that
 * it takes rightly.
 */
#ifndef HOSO_STORE_WORKBOOK_H
#define HOSO_STORE_WORKBOOK_H

#include "base/status.h"
#include <stdbool.h>
#include <stddef.h>

#define WORKBOOK_SHEETS_MAX 200

struct workbook_sheet {
    char *name;
    bool hidden;
};

struct workbook {
    char *bytes; /* a workbook of the same tables, fit for the tool */
    size_t n;
    struct workbook_sheet *sheets; /* in the order of the tool's numbers */
    int n_sheets, cap_sheets;
};

void workbook_clear(struct workbook *w);

/* fails  INVALID (no workbook, a broken one), UNSUPPORTED (of another office
 *        program; locked), LIMIT (far larger than it looks) */
NODISCARD enum status workbook_read(const char *bytes, size_t n,
                                    const char *what, struct workbook *out);

/* ---- workbook_parts.c ---- */

/* Names and states of the sheets out of workbook.xml. */
void workbook_sheets(const char *xml, size_t n, struct workbook *out);

/* workbook.xml with the epoch of its days said as "true" or "false". Caller
 * frees. */
char *workbook_plain_epoch(const char *xml, size_t n, size_t *len);

/* A sheet without what only costs time: rows behind the head in which no cell
 * says anything, and merged ranges larger than any heading. Caller frees. */
char *workbook_plain_sheet(const char *xml, size_t n, size_t *len);

/* styles.xml in which every format of days, of times and of numbers is one of
 * three that the tool knows. Caller frees. */
char *workbook_plain_formats(const char *xml, size_t n, size_t *len);

#endif
