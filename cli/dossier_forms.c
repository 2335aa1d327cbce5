/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The printed forms of a dossier: cover, list of its papers, closing note
 * (Decree 30/2020/NĐ-CP, article 29). What is not known is left as dots, to be
 * written by hand.
 */
#include "base/alloc.h"
#include "base/clock.h"
#include "base/text.h"
#include "cli/report.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static const char *or_dots(const char *text)
{
    return *text ? text : "……………";
}

static void time_vi(time_t t, char out[DAY_BYTES])
{
    char iso[CLOCK_ISO_BYTES];
    clock_iso(t, iso);
    iso[strlen("2022-03-01")] = '\0';
    form_day(iso, out);
}

static void line(struct strbuf *b, const char *label, const char *value)
{
    strbuf_adds(b, "<p class=\"line\">");
    html_text(b, label);
    strbuf_adds(b, ": ");
    html_leaf(b, "b", NULL, or_dots(value));
    strbuf_adds(b, "</p>\n");
}

/* "từ 01/02/2022 đến 03/04/2022"; caller frees. */
static char *span_vi(const struct dossier *d)
{
    char first[DAY_BYTES], last[DAY_BYTES];
    if (d->first_date[0] == '\0')
        return xstrdup("");
    form_day(d->first_date, first);
    form_day(d->last_date, last);
    return xasprintf("từ ngày %s đến ngày %s", first, last);
}

void form_cover(struct strbuf *b, const struct config *c,
                const struct dossier *d)
{
    AUTO(free_char) char *span = span_vi(d);
    AUTO(free_char)
    char *volume = xasprintf("%d văn bản, %" PRId64 " tờ", d->n_papers,
                             d->pages);
    strbuf_adds(b, "<section class=\"sheet\"><div class=\"cover\">\n");
    html_leaf(b, "div", "bold", or_dots(config_text(c, CONFIG_AGENCY_NAME)));
    html_leaf(b, "h1", NULL, "HỒ SƠ");
    html_leaf(b, "div", "what", d->title);
    line(b, "Số, ký hiệu hồ sơ", d->id);
    line(b, "Thời gian của tài liệu", span);
    line(b, "Thời hạn bảo quản", d->maintenance);
    line(b, "Khối lượng", volume);
    strbuf_adds(b, "<div class=\"foot\">\n");
    line(b, "Phông lưu trữ", config_text(c, CONFIG_FONDS_NAME));
    line(b, "Mã phông", config_text(c, CONFIG_FONDS_CODE));
    line(b, "Hộp số", "");
    strbuf_adds(b, "</div></div></section>\n");
}

/* "Giấy phép: Tiến hành …", unless the title says the type itself. */
static char *type_and_title(const struct dossier_paper *p)
{
    AUTO(free_char) char *type = text_fold(p->type);
    AUTO(free_char) char *title = text_fold(p->title);
    bool said = *type == '\0' || strncmp(title, type, strlen(type)) == 0;
    return said ? xstrdup(p->title) : xasprintf("%s: %s", p->type, p->title);
}

static void contents_row(struct strbuf *b, const struct dossier_paper *p,
                         int number)
{
    char day[DAY_BYTES];
    AUTO(free_char) char *what = type_and_title(p);
    form_day(p->date, day);
    strbuf_addf(b, "<tr><td class=\"n\">%d</td>", number);
    html_leaf(b, "td", NULL, p->number);
    html_leaf(b, "td", "c", day);
    html_leaf(b, "td", NULL, what);
    html_leaf(b, "td", NULL, p->issuer);
    if (p->pages > 1)
        strbuf_addf(b, "<td class=\"c\">%" PRId64 "–%" PRId64 "</td>",
                    p->first_sheet, p->first_sheet + p->pages - 1);
    else
        strbuf_addf(b, "<td class=\"c\">%" PRId64 "</td>", p->first_sheet);
    html_leaf(b, "td", NULL, p->late ? "bổ sung sau khi kết thúc" : "");
    strbuf_adds(b, "</tr>\n");
}

void form_contents(struct strbuf *b, const struct config *c,
                   const struct dossier *d)
{
    strbuf_adds(b, "<section class=\"sheet\">\n");
    form_head(b, c, NULL, false);
    html_leaf(b, "h1", NULL, "Mục lục văn bản trong hồ sơ");
    html_leaf(b, "div", "about", d->title);
    line(b, "Số, ký hiệu hồ sơ", d->id);
    strbuf_adds(b, "<table><thead><tr><th>STT</th><th>Số, ký hiệu</th>"
                   "<th>Ngày tháng</th><th>Tên loại, trích yếu</th>"
                   "<th>Tác giả</th><th>Tờ số</th><th>Ghi chú</th></tr></thead>"
                   "<tbody>\n");
    for (int i = 0; i < d->n_papers; i++)
        contents_row(b, &d->papers[i], i + 1);
    strbuf_adds(b, "</tbody></table>\n");
    AUTO(free_char)
    char *sum = xasprintf("Mục lục này có %d văn bản, %" PRId64 " tờ.",
                          d->n_papers, d->pages);
    html_leaf(b, "p", "line italic", sum);
    strbuf_adds(b, "</section>\n");
}

void form_closing(struct strbuf *b, const struct config *c,
                  const struct dossier *d)
{
    char closed[DAY_BYTES] = "……/……/………";
    int late = 0;
    int64_t sheets = d->pages;
    for (int i = 0; i < d->n_papers; i++) {
        late += d->papers[i].late;
        sheets -= d->papers[i].late ? d->papers[i].pages : 0;
    }
    if (d->closed_at != 0)
        time_vi(d->closed_at, closed);
    strbuf_adds(b, "<section class=\"sheet\">\n");
    form_head(b, c, NULL, false);
    html_leaf(b, "h1", NULL, "Chứng từ kết thúc");
    html_leaf(b, "div", "about", d->title);
    line(b, "Số, ký hiệu hồ sơ", d->id);
    AUTO(free_char)
    char *held = xasprintf("Hồ sơ này gồm có %d văn bản, %" PRId64
                           " tờ, được đánh số từ 1 đến %" PRId64 ".",
                           d->n_papers - late, sheets, sheets);
    html_leaf(b, "p", "line", held);
    AUTO(free_char)
    char *list = xasprintf("Mục lục văn bản có %d mục.", d->n_papers - late);
    html_leaf(b, "p", "line", list);
    line(b, "Thời hạn bảo quản", d->maintenance);
    line(b, "Đặc điểm của tài liệu trong hồ sơ", d->note);
    strbuf_adds(b, "<div class=\"sign\"><div></div><div class=\"by\">");
    AUTO(free_char) char *when = xasprintf("Kết thúc ngày %s", closed);
    html_leaf(b, "div", "italic", when);
    html_leaf(b, "div", "bold", "NGƯỜI LẬP HỒ SƠ");
    html_leaf(b, "div", "italic", "(Ký, ghi rõ họ tên)");
    strbuf_adds(b, "<div class=\"space\"></div>");
    html_leaf(b, "div", NULL, d->closed_by);
    strbuf_adds(b, "</div></div>\n</section>\n");
}
