/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The head of an official paper by Decree 30/2020/NĐ-CP. What is printed on
 * forms and letters is Vietnamese whatever the language of the messages:
 * these are the words that the rules give.
 */
#include "base/alloc.h"
#include "base/clock.h"
#include "cli/report.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

static const char *or_dots(const char *text)
{
    return *text ? text : "………………………";
}

void form_day(const char *iso, char out[DAY_BYTES])
{
    if (strlen(iso) == 10)
        snprintf(out, DAY_BYTES, "%.2s/%.2s/%.4s", iso + 8, iso + 5, iso);
    else
        snprintf(out, DAY_BYTES, "%.20s", iso);
}

void form_head(struct strbuf *b, const struct config *c, const char *number,
               bool dated)
{
    char date[64] = "";
    time_t now = clock_now();
    struct tm tm;
    gmtime_r(&now, &tm);
    snprintf(date, sizeof(date), "……, ngày %02d tháng %s%d năm %d",
             tm.tm_mday, tm.tm_mon < 2 ? "0" : "", tm.tm_mon + 1,
             tm.tm_year + 1900);
    strbuf_adds(b, "<div class=\"head\"><div class=\"left\">");
    html_leaf(b, "div", "upper bold",
              or_dots(config_text(c, CONFIG_AGENCY_NAME)));
    strbuf_adds(b, "<div class=\"rule\"></div>");
    if (number)
        html_leaf(b, "div", NULL, number);
    strbuf_adds(b, "</div><div>");
    html_leaf(b, "div", "bold", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM");
    html_leaf(b, "div", "motto", "Độc lập - Tự do - Hạnh phúc");
    if (dated)
        html_leaf(b, "div", "italic", date);
    strbuf_adds(b, "</div></div>\n");
}
