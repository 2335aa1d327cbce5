/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The letter that asks a person for the papers the dossier lacks. */
#include "base/alloc.h"
#include "cli/report.h"

#include <stdlib.h>
#include <string.h>

static const char *kind_vi(const char *kind)
{
    return strcmp(kind, "vien-chuc") == 0 ? "viên chức" : "công chức";
}

static const char *rule_vi(const char *kind)
{
    return strcmp(kind, "vien-chuc") == 0
               ? "Thông tư số 07/2019/TT-BNV ngày 01/6/2019 của Bộ Nội vụ"
               : "Thông tư số 11/2012/TT-BNV ngày 17/12/2012 của Bộ Nội vụ";
}

static const char *state_vi(const struct staff_entry *e)
{
    switch (e->state) {
    case STAFF_SHORT:
        return "chưa đủ trang hoặc có trang không đọc được";
    case STAFF_REVIEW:
        return "có bản quét cần xác nhận";
    default:
        return "chưa có";
    }
}

static bool lacks(const struct staff_entry *e)
{
    return e->need != NEED_ANY && e->state != STAFF_HERE;
}

static void person_lines(struct strbuf *b, const struct staff_person *p)
{
    char born[DAY_BYTES];
    form_day(p->birth_date, born);
    AUTO(free_char)
    char *to = xasprintf("Kính gửi: Ông (Bà) %s", p->name);
    html_leaf(b, "p", "to bold", to);
    AUTO(free_char)
    char *who = xasprintf("Số hiệu: %s. Ngày sinh: %s. Chức vụ: %s. Đơn vị: "
                          "%s.",
                          *p->code ? p->code : "……", *born ? born : "……",
                          *p->title ? p->title : "……",
                          *p->unit ? p->unit : "……");
    html_leaf(b, "p", NULL, who);
}

static void missing_rows(struct strbuf *b, const struct staff_person *p)
{
    int number = 0;
    strbuf_adds(b, "<table><thead><tr><th>STT</th><th>Thành phần hồ sơ</th>"
                   "<th>Năm</th><th>Số trang</th><th>Hiện trạng</th></tr>"
                   "</thead><tbody>\n");
    for (int i = 0; i < p->n_entries; i++) {
        const struct staff_entry *e = &p->entries[i];
        if (!lacks(e))
            continue;
        strbuf_addf(b, "<tr><td class=\"n\">%d</td>", ++number);
        html_leaf(b, "td", NULL, e->name);
        html_leaf(b, "td", "c", e->year);
        if (e->pages_expected > 0)
            strbuf_addf(b, "<td class=\"c\">từ %d</td>", e->pages_expected);
        else
            strbuf_adds(b, "<td></td>");
        html_leaf(b, "td", NULL, state_vi(e));
        strbuf_adds(b, "</tr>\n");
    }
    strbuf_adds(b, "</tbody></table>\n");
}

static int count_missing(const struct staff_person *p)
{
    int n = 0;
    for (int i = 0; i < p->n_entries; i++)
        n += lacks(&p->entries[i]);
    return n;
}

void staff_letter(struct strbuf *b, const struct config *c,
                  const struct staff_report *r, const struct staff_person *p)
{
    strbuf_adds(b, "<section class=\"sheet\">\n");
    form_head(b, c, "Số: ……/TB-………", true);
    html_leaf(b, "h1", NULL, "Thông báo");
    AUTO(free_char)
    char *about = xasprintf("Về việc bổ sung thành phần hồ sơ %s năm %d",
                            kind_vi(p->kind), r->year);
    html_leaf(b, "div", "about", about);
    person_lines(b, p);
    AUTO(free_char)
    char *text = xasprintf(
        "Căn cứ %s về chế độ quản lý hồ sơ %s; qua rà soát hồ sơ %s đã số hóa, "
        "hồ sơ của Ông (Bà) có %d trên %d thành phần phải có, còn thiếu hoặc "
        "chưa đạt %d thành phần sau đây:",
        rule_vi(p->kind), kind_vi(p->kind), kind_vi(p->kind), p->here,
        p->needed, count_missing(p));
    html_leaf(b, "p", NULL, text);
    missing_rows(b, p);
    strbuf_adds(b, "<div class=\"end\">\n"); /* none signs an empty page */
    html_leaf(b, "p", NULL,
              "Đề nghị Ông (Bà) nộp bản giấy của các thành phần nêu trên cho bộ "
              "phận tổ chức cán bộ trước ngày …/…/…… để số hóa và cập nhật vào "
              "hồ sơ. Nếu đã nộp, đề nghị cho biết ngày nộp và người nhận.");
    html_leaf(b, "p", NULL, "Trân trọng./.");
    strbuf_adds(b, "<div class=\"sign\"><div class=\"to\"><b>Nơi nhận:</b><br>"
                   "- Như trên;<br>- Lưu: VT, TCCB.</div><div class=\"by\">");
    html_leaf(b, "div", "bold", "THỦ TRƯỞNG CƠ QUAN");
    html_leaf(b, "div", "italic", "(Ký, ghi rõ họ tên)");
    strbuf_adds(b, "<div class=\"space\"></div></div></div>\n</div>\n"
                   "</section>\n");
}
