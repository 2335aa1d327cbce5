/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The pages of a document as rows of words on upright, straightened pages,
 * and where on them the parts of an administrative paper stand (Decree
 * 30/2020, annex I): a heading in two columns, a title on the middle axis, a
 * foot with recipients left and signature right.
 */
#ifndef HOSO_PIPELINE_LAYOUT_H
#define HOSO_PIPELINE_LAYOUT_H

#include "pipeline/rules.h"

/* A run of words side by side: a line, or the part of a line that stands in
 * one column. */
struct row {
    const struct token *tokens; /* n of them, in the sheet */
    int n;
    double x0, y0, x1, y1;
    struct passage p;
};

struct sheet {
    int page;             /* from 1 */
    double width, height; /* of the upright page, pixels */
    double dpi;
    double left, right; /* edges of the text */
    struct token *tokens;
    struct row *rows; /* in reading order */
    int n_rows;
    int *by_y; /* the rows from top to bottom */
};

/* The heading of the first page; row numbers, -1 where there is none. */
struct heading {
    bool found;   /* the name of the state stands at the right */
    int state;    /* "CỘNG HÒA XÃ HỘI …" */
    int motto;    /* "Độc lập - Tự do …" */
    double split; /* x between the two columns */
    double floor; /* y under the motto */
};

/* Make sheets of the pages that are looked at (all of a short document, the
 * first and last ones of a long one). Caller: sheets_free(). */
struct sheet *sheets_of(const struct record *r, int *n_sheets);
void sheets_free(struct sheet *sheets, int n_sheets);

/* The words of a mark on page number `page` (from 1) as a sheet of their own.
 * Caller: mark_sheet_clear(). */
void sheet_of_mark(const struct record *r, int page, const struct mark *m,
                   struct sheet *out);
void mark_sheet_clear(struct sheet *s);

/* Find the heading on a sheet. */
struct heading heading_find(const struct sheet *s);

double row_middle_x(const struct row *r);
double row_middle_y(const struct row *r);
double row_height(const struct row *r); /* of its usual word */

/* Whether the letters of a row are all capitals (a few odd ones allowed). */
bool row_is_capitals(const struct row *r);

/* Rows as one passage, in their order. Caller: passage_clear(). */
void rows_passage(const struct sheet *s, const int *rows, int n,
                  struct passage *out);

/* All rows of all sheets as one passage. */
void sheets_passage(const struct sheet *sheets, int n_sheets,
                    struct passage *out);

#endif
