/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The first page of a paper has no number as a rule, annexes begin anew, blank
 * backs have none: all that is in order. What is not: 2 after 3, 4 after 2, 2
 * after 2. A single number that its neighbours belie was misread. Letters of two
 * pages often have no numbers: there the end of a paper before its beginning
 * tells.
 */
#include "service/page_order.h"

#include "base/alloc.h"
#include "base/text.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#define NUMBER_MAX 999
#define SURE_CONFIDENCE_PCT 80
#define WORDS_MAX 3 /* "Trang 2/3", "- 2 -" */
#define MARGIN_PART 8 /* of the height: head and foot */

/* Whether a line lies in the head or foot of the page as it is read. */
static bool in_margin(const struct page *p, const struct box *b)
{
    bool lies = p->turn_deg % 180 != 0;
    int height = lies ? p->width_px : p->height_px;
    int middle = lies ? b->x + b->w / 2 : b->y + b->h / 2;
    return middle < height / MARGIN_PART ||
           middle > height - height / MARGIN_PART;
}

/* A whole number at *s, which moves behind it; 0 if there is none. */
static int read_number(const char **s)
{
    int n = 0;
    while (isdigit((unsigned char)**s) && n <= NUMBER_MAX)
        n = n * 10 + *(*s)++ - '0';
    return n <= NUMBER_MAX ? n : 0;
}

/* All words of a line in one, small and without marks: "-2-", "trang2/3". */
static char *squeezed(const struct line *l)
{
    char *joined = xstrdup("");
    for (int i = 0; i < l->n_words; i++) {
        char *longer = xasprintf("%s%s", joined, l->words[i].text);
        free(joined);
        joined = longer;
    }
    char *folded = text_fold(joined);
    free(joined);
    return folded;
}

static int number_of_line(const struct line *l, int *total)
{
    *total = 0;
    if (l->n_words == 0 || l->n_words > WORDS_MAX)
        return 0;
    for (int i = 0; i < l->n_words; i++)
        if (l->words[i].conf_pct < SURE_CONFIDENCE_PCT)
            return 0;
    AUTO(free_char) char *text = squeezed(l);
    const char *at = text;
    bool said = strncmp(at, "trang", 5) == 0;
    at += said ? 5 : 0;
    bool fenced = *at == '-';
    at += fenced;
    int number = read_number(&at);
    if (number > 0 && *at == '/') {
        at++;
        *total = read_number(&at);
        if (*total < number)
            return 0;
    }
    at += fenced && *at == '-';
    return *at == '\0' ? number : 0;
}

int page_number(const struct page *p, int *total)
{
    *total = 0;
    if (p->origin == TEXT_NONE)
        return 0;
    for (int i = 0; i < p->n_lines; i++) {
        int number = in_margin(p, &p->lines[i].box)
                         ? number_of_line(&p->lines[i], total)
                         : 0;
        if (number > 0)
            return number;
    }
    *total = 0;
    return 0;
}

/* Numbers that only misreading explains count as none. */
static void drop_misread(int *numbers, int n)
{
    for (int i = 1; i + 1 < n; i++)
        if (numbers[i] > 0 && numbers[i - 1] > 0 &&
            numbers[i + 1] == numbers[i - 1] + 2 &&
            numbers[i] != numbers[i - 1] + 1)
            numbers[i] = 0;
}

/* Whether page i, which has a number, follows what stands before it. */
static bool in_order(const int *numbers, int i)
{
    int last = i - 1;
    while (last >= 0 && numbers[last] == 0)
        last--;
    int between = i - last; /* pages from the last numbered one on */
    if (last < 0)
        return numbers[i] <= i + 1;
    if (numbers[i] > numbers[last] && numbers[i] <= numbers[last] + between)
        return true;
    /* something else begins: with 1, or with pages that have no number */
    return numbers[i] == 1 || (between > 1 && numbers[i] <= between);
}

/* The words that every paper begins with, of the state's or the party's. */
static bool has_head(const struct page *p)
{
    for (int i = 0; i < p->n_lines; i++) {
        AUTO(free_char) char *text = squeezed(&p->lines[i]);
        if (strstr(text, "conghoaxahoichunghia") ||
            strstr(text, "dangcongsanvietnam") ||
            (strstr(text, "doclap") && strstr(text, "hanhphuc")))
            return true;
    }
    return false;
}

/* Who receives it stands at the end of a paper. */
static bool has_foot(const struct page *p)
{
    static const char recipients[] = "noinhan";
    for (int i = 0; i < p->n_lines; i++) {
        AUTO(free_char) char *text = squeezed(&p->lines[i]);
        if (strncmp(text, recipients, strlen(recipients)) == 0)
            return true;
    }
    return false;
}

/* Whether the end of a paper comes first and its beginning, the only one there
 * is, behind it. */
static bool ends_before_it_begins(const struct record *r)
{
    int heads = 0;
    bool ends_there = false;
    if (!has_foot(&r->pages[0]) || has_head(&r->pages[0]))
        return false;
    for (int i = 1; i < r->n_pages; i++) {
        if (!has_head(&r->pages[i]))
            continue;
        heads++;
        ends_there |= has_foot(&r->pages[i]);
    }
    return heads == 1 && !ends_there;
}

static void doubt(struct page *p)
{
    p->doubts |= DOUBT_ORDER;
    if (p->state == PAGE_OK)
        p->state = PAGE_LOW;
}

void record_check_page_order(struct record *r)
{
    size_t n = (size_t)r->n_pages;
    AUTO(free_void) int *numbers = xcalloc(n + 1, sizeof(*numbers));
    AUTO(free_void) int *totals = xcalloc(n + 1, sizeof(*totals));
    for (int i = 0; i < r->n_pages; i++)
        numbers[i] = page_number(&r->pages[i], &totals[i]);
    if (r->n_pages < 2)
        return; /* a page alone is in no order */
    if (ends_before_it_begins(r))
        doubt(&r->pages[0]);
    drop_misread(numbers, r->n_pages);
    for (int i = 0; i < r->n_pages; i++) {
        if (numbers[i] > 0 && !in_order(numbers, i))
            doubt(&r->pages[i]);
    }
    int last = r->n_pages - 1;
    if (numbers[last] > 0 && totals[last] > numbers[last] &&
        totals[last - 1] == totals[last])
        doubt(&r->pages[last]);
}
