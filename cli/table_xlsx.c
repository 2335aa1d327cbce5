/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tables as a workbook (libxlsxwriter, and only here). Every text is written
 * as a string, so nothing in it is ever a formula; days are real days, and
 * percents real percents, so that the sheet can be sorted and summed.
 */
#include "cli/table.h"
#include "base/alloc.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "base/text.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <xlsxwriter.h>

#define WIDEST 60.0
#define LINE_POINTS 15.0
#define NAME_MAX_LETTERS 31 /* of a sheet, by Excel */

struct book {
    lxw_workbook *workbook;
    lxw_format *title, *note, *heading, *total;
    lxw_format *formats[CELL_DAY + 1], *total_formats[CELL_DAY + 1];
};

static lxw_format *format_of(lxw_workbook *w, enum cell_type type, bool bold)
{
    static const char *const patterns[] = {
        [CELL_TEXT] = NULL, [CELL_CODE] = NULL,      [CELL_COUNT] = "#,##0",
        [CELL_DECIMAL] = "#,##0.0", [CELL_PERCENT] = "0.0%",
        [CELL_DAY] = "dd/mm/yyyy",
    };
    lxw_format *f = workbook_add_format(w);
    format_set_border(f, LXW_BORDER_THIN);
    format_set_border_color(f, 0xB8C0C8);
    format_set_align(f, LXW_ALIGN_VERTICAL_TOP);
    if (type == CELL_TEXT || type == CELL_CODE)
        format_set_text_wrap(f);
    if (patterns[type])
        format_set_num_format(f, patterns[type]);
    if (bold) {
        format_set_bold(f);
        format_set_bg_color(f, 0xEEF2F5);
    }
    return f;
}

static void make_formats(struct book *b)
{
    b->title = workbook_add_format(b->workbook);
    format_set_bold(b->title);
    format_set_font_size(b->title, 14);
    b->note = workbook_add_format(b->workbook);
    format_set_italic(b->note);
    b->heading = workbook_add_format(b->workbook);
    format_set_bold(b->heading);
    format_set_bg_color(b->heading, 0x1F5B8C);
    format_set_font_color(b->heading, LXW_COLOR_WHITE);
    format_set_text_wrap(b->heading);
    format_set_border(b->heading, LXW_BORDER_THIN);
    format_set_align(b->heading, LXW_ALIGN_VERTICAL_CENTER);
    for (int type = 0; type <= CELL_DAY; type++) {
        b->formats[type] = format_of(b->workbook, (enum cell_type)type, false);
        b->total_formats[type] =
            format_of(b->workbook, (enum cell_type)type, true);
    }
}

/* A sheet's name: no []:*?/\, 31 letters, not the same twice. */
static char *sheet_name(const char *title, int number)
{
    struct strbuf b;
    int letters = 0;
    size_t n = strlen(title);
    strbuf_init(&b);
    strbuf_addf(&b, "%d. ", number);
    for (size_t at = 0; at < n && letters < NAME_MAX_LETTERS - 4; letters++) {
        char bytes[4];
        int32_t cp = text_next(title, n, &at);
        if (cp < 0x80 && strchr("[]:*?/\\'", (int)cp))
            cp = '-';
        strbuf_add(&b, bytes, text_put(cp, bytes));
    }
    return strbuf_take(&b);
}

static bool day_of(const char *text, lxw_datetime *out)
{
    int year, month, day;
    char end;
    *out = (lxw_datetime){0};
    if (sscanf(text, "%4d-%2d-%2d%c", &year, &month, &day, &end) != 3 ||
        year < 1900)
        return false;
    out->year = year;
    out->month = month;
    out->day = day;
    return true;
}

static lxw_error write_cell(lxw_worksheet *sheet, lxw_row_t row, lxw_col_t col,
                            const struct cell *c, enum cell_type type,
                            lxw_format *format)
{
    lxw_datetime day;
    if (c->empty)
        return worksheet_write_blank(sheet, row, col, format);
    if (type == CELL_DAY && day_of(c->text, &day))
        return worksheet_write_datetime(sheet, row, col, &day, format);
    if (type <= CELL_CODE || type == CELL_DAY)
        return worksheet_write_string(sheet, row, col, c->text, format);
    return worksheet_write_number(
        sheet, row, col, type == CELL_PERCENT ? c->number / 100 : c->number,
        format);
}

static double width_of(const struct table *t, int c)
{
    double width = (double)text_width(t->columns[c].heading);
    if (width > 16)
        width = 16;
    for (int r = 0; r < table_rows(t) && r < 1000; r++) {
        AUTO(free_char)
        char *text = cell_text(table_at(t, r, c), t->columns[c].type);
        double w = (double)text_width(text);
        width = w > width ? w : width;
    }
    return width + 2.5 > WIDEST ? WIDEST : width + 2.5;
}

/* Lines that a text takes in a column so wide, broken between words. */
static int lines_of(const char *text, double width)
{
    double n = (double)text_width(text) / (width - 2);
    return n <= 1 ? 1 : (int)(n * 1.1) + 1;
}

/* Heights are written down: not every program works them out for itself. */
static void set_height(lxw_worksheet *sheet, lxw_row_t row, int lines)
{
    if (lines > 1)
        worksheet_set_row(sheet, row, LINE_POINTS * lines, NULL);
}

static void set_sizes(lxw_worksheet *sheet, const struct table *t,
                      lxw_row_t heading)
{
    double widths[TABLE_COLUMNS];
    int most = 1;
    for (int c = 0; c < t->n_columns; c++) {
        widths[c] = width_of(t, c);
        worksheet_set_column(sheet, (lxw_col_t)c, (lxw_col_t)c, widths[c],
                             NULL);
        int lines = lines_of(t->columns[c].heading, widths[c]);
        most = lines > most ? lines : most;
    }
    set_height(sheet, heading, most);
    for (int r = 0; r < table_rows(t); r++) {
        most = 1;
        for (int c = 0; c < t->n_columns; c++) {
            const struct cell *cell = table_at(t, r, c);
            if (cell->empty || t->columns[c].type > CELL_CODE)
                continue;
            int lines = lines_of(cell->text, widths[c]);
            most = lines > most ? lines : most;
        }
        set_height(sheet, heading + 1 + (lxw_row_t)r, most);
    }
}

static void page_setup(lxw_worksheet *sheet, const struct table *t,
                       lxw_row_t heading)
{
    worksheet_set_paper(sheet, 9); /* A4 */
    if (t->n_columns > 5)
        worksheet_set_landscape(sheet);
    worksheet_fit_to_pages(sheet, 1, 0);
    worksheet_repeat_rows(sheet, heading, heading);
    worksheet_set_footer(sheet, "&C&P/&N");
    worksheet_freeze_panes(sheet, heading + 1, 0);
}

static enum status write_table(struct book *b, const struct table *t,
                               int number)
{
    AUTO(free_char) char *name = sheet_name(t->title, number);
    lxw_worksheet *sheet = workbook_add_worksheet(b->workbook, name);
    lxw_row_t row = 0;
    lxw_error error = LXW_NO_ERROR;
    int rows = table_rows(t);
    if (!sheet)
        return fail(STATUS_INTERNAL, _("the workbook takes no sheet '%s'"),
                    name);
    worksheet_write_string(sheet, row++, 0, t->title, b->title);
    if (t->note)
        worksheet_write_string(sheet, row++, 0, t->note, b->note);
    row++;
    if (rows > LXW_ROW_MAX - (int)row - 1)
        return fail(STATUS_LIMIT,
                    _("%d rows are more than a sheet holds; use --csv"), rows);
    lxw_row_t heading = row++;
    for (int c = 0; c < t->n_columns; c++)
        worksheet_write_string(sheet, heading, (lxw_col_t)c,
                               t->columns[c].heading, b->heading);
    for (int r = 0; r < rows; r++, row++) {
        bool total = t->total && r + 1 == rows;
        for (int c = 0; c < t->n_columns && error == LXW_NO_ERROR; c++) {
            enum cell_type type = t->columns[c].type;
            error = write_cell(sheet, row, (lxw_col_t)c, table_at(t, r, c),
                               type,
                               total ? b->total_formats[type]
                                     : b->formats[type]);
        }
    }
    if (rows > 1 && !t->total)
        worksheet_autofilter(sheet, heading, 0, row - 1,
                             (lxw_col_t)(t->n_columns - 1));
    set_sizes(sheet, t, heading);
    page_setup(sheet, t, heading);
    if (error != LXW_NO_ERROR)
        return fail(STATUS_LIMIT, _("a text is too long for a workbook: %s"),
                    lxw_strerror(error));
    return STATUS_OK;
}

/* Under a temporary name first: a half workbook must never look like one. */
enum status tables_xlsx(const char *path, const struct table *const *tables,
                        int n)
{
    AUTO(free_char) char *temporary = xasprintf("%s.hoso-part", path);
    AUTO(free_char) char *shown = text_show_name(path);
    struct book b = {.workbook = workbook_new(temporary)};
    char maker[] = "hoso";
    lxw_doc_properties about = {.company = maker, .created = clock_now()};
    enum status st = STATUS_OK;
    if (!b.workbook)
        return fail(STATUS_INTERNAL, _("the workbook '%s' cannot be made"),
                    shown);
    workbook_set_properties(b.workbook, &about);
    make_formats(&b);
    for (int i = 0; st == STATUS_OK && i < n; i++)
        st = write_table(&b, tables[i], i + 1);
    errno = 0;
    lxw_error error = workbook_close(b.workbook);
    if (st == STATUS_OK && error != LXW_NO_ERROR)
        st = fail_errno(STATUS_IO, errno ? errno : EIO,
                        _("'%s' cannot be written"), shown);
    if (st == STATUS_OK && rename(temporary, path) < 0)
        st = fail_errno(STATUS_IO, errno, _("'%s' cannot be written"), shown);
    if (st != STATUS_OK)
        (void)unlink(temporary);
    return st;
}
