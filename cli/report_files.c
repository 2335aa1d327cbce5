/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reports as files, and the frame of their pages. */
#include "base/alloc.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "base/text.h"
#include "cli/report.h"

#include <string.h>
#include <sys/stat.h>

enum status report_files_check(const struct report_files *f)
{
    const char *const paths[] = {f->csv, f->xlsx, f->html};
    for (size_t i = 0; i < ARRAY_LEN(paths); i++) {
        enum status st = paths[i] ? output_allowed(paths[i], f->force)
                                  : STATUS_OK;
        if (st != STATUS_OK)
            return st;
    }
    return STATUS_OK;
}

static void tell(struct printer *p, const char *path)
{
    AUTO(free_char) char *shown = text_show_name(path);
    print_note(p, _("The report is in '%s'.\n"), shown);
}

static enum status write_csv(const struct report_files *f,
                             const struct table *main)
{
    struct strbuf b;
    strbuf_init(&b);
    table_csv(&b, main);
    enum status st = output_write(f->csv, &b, f->force, f->private);
    strbuf_clear(&b);
    return st;
}

static enum status write_xlsx(const struct report_files *f,
                              const struct table *const *tables, int n)
{
    mode_t before = umask(f->private ? 0077 : 0027);
    enum status st = tables_xlsx(f->xlsx, tables, n);
    umask(before);
    return st;
}

enum status report_files_write(struct printer *p, const struct report_files *f,
                               const struct table *main,
                               const struct table *const *tables, int n,
                               const struct strbuf *html)
{
    enum status st = STATUS_OK;
    if (f->csv) {
        st = write_csv(f, main);
        if (st == STATUS_OK)
            tell(p, f->csv);
    }
    if (st == STATUS_OK && f->xlsx) {
        st = write_xlsx(f, tables, n);
        if (st == STATUS_OK)
            tell(p, f->xlsx);
    }
    if (st == STATUS_OK && f->html && html) {
        st = output_write(f->html, html, f->force, f->private);
        if (st == STATUS_OK)
            tell(p, f->html);
    }
    return st;
}

void report_page_start(struct strbuf *b, const struct config *c,
                       const char *title, const char *about)
{
    html_start(b, HTML_REPORT, title);
    strbuf_adds(b, "<header>");
    html_leaf(b, "div", "agency", config_text(c, CONFIG_AGENCY_NAME));
    html_leaf(b, "h1", NULL, title);
    html_leaf(b, "div", "note", about);
    strbuf_adds(b, "</header>\n");
}

void report_page_end(struct strbuf *b)
{
    char iso[CLOCK_ISO_BYTES], day[DAY_BYTES];
    clock_iso(clock_now(), iso);
    AUTO(free_char) char *date = xstrndup(iso, strlen("2022-03-01"));
    AUTO(free_char)
    char *made = xasprintf(_("Made by hoso %s on %s, %.5s UTC."), HOSO_VERSION,
                           day_text(date, day), iso + strlen("2022-03-01T"));
    html_leaf(b, "footer", NULL, made);
    strbuf_addc(b, '\n');
    html_end(b);
}

void report_card(struct strbuf *b, const char *class, const char *figure,
                 const char *text)
{
    strbuf_addf(b, "<div class=\"card %s\">", class);
    html_leaf(b, "b", NULL, figure);
    html_leaf(b, "span", NULL, text);
    strbuf_adds(b, "</div>\n");
}
