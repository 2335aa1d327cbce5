/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Stamps in black, as on a scan without colours: only their words tell them.
 * The word of arrival stands alone in capitals with hour, number or day under
 * it; a degree of urgency stands alone in the upper half. They are no text of
 * the document and go to marks.
 */
#include "pipeline/stamp.h"

#include "base/alloc.h"
#include "base/text.h"
#include <stdlib.h>
#include <string.h>

#define WIDE_GAP 2.2
#define ARRIVAL_BESIDE_MM 26 /* from its word: a stamp is 50 mm wide */
#define ARRIVAL_ABOVE_MM 16
#define ARRIVAL_BELOW_MM 30

/* Words first … last of line l. */
struct place {
    int line, first, last;
    struct box box;
};

static const char *const urgent[] = {"hoa toc", "hoa toc hen gio",
                                     "thuong khan", "khan"};
static const char *const of_arrival[] = {"gio", "ngay", "so", "chuyen",
                                         "luu ho so"};

static struct box join(struct box a, struct box b)
{
    int right = a.x + a.w > b.x + b.w ? a.x + a.w : b.x + b.w;
    int bottom = a.y + a.h > b.y + b.h ? a.y + a.h : b.y + b.h;

    a.x = a.x < b.x ? a.x : b.x;
    a.y = a.y < b.y ? a.y : b.y;
    a.w = right - a.x;
    a.h = bottom - a.y;
    return a;
}

/* The words that stand side by side from word `first` on, and their text. */
static struct place run_at(const struct page *page, int line, int first)
{
    const struct line *l = &page->lines[line];
    struct place p = {line, first, first, l->words[first].box};

    while (p.last + 1 < l->n_words) {
        const struct box *a = &l->words[p.last].box;
        const struct box *b = &l->words[p.last + 1].box;

        if (b->x - (a->x + a->w) > WIDE_GAP * (a->h < b->h ? a->h : b->h))
            break;
        p.box = join(p.box, *b);
        p.last++;
    }
    return p;
}

static char *run_text(const struct page *page, const struct place *p)
{
    char *text = xstrdup("");

    for (int i = p->first; i <= p->last; i++) {
        char *more = xasprintf("%s%s%s", text, i > p->first ? " " : "",
                               page->lines[p->line].words[i].text);

        free(text);
        text = more;
    }
    return text;
}

static bool is_capitals(const char *text)
{
    AUTO(free_char) char *lower = text_lower(text);
    size_t n = strlen(text), m = strlen(lower);

    for (size_t i = 0, k = 0; i < n && k < m;) {
        int32_t cp = text_next(text, n, &i);

        if (cp == text_next(lower, m, &k) && text_is_word(cp) && cp > '9')
            return false;
    }
    return true;
}

/* Whether the text of a run is one of the degrees of urgency. */
static bool is_urgent(const char *text)
{
    AUTO(free_char) char *fold = text_fold(text);

    for (size_t i = 0; i < ARRAY_LEN(urgent); i++)
        if (strcmp(fold, urgent[i]) == 0)
            return is_capitals(text);
    return false;
}

static bool is_arrival(const char *text)
{
    AUTO(free_char) char *fold = text_fold(text);

    return is_capitals(text) &&
           (strcmp(fold, "den") == 0 || strcmp(fold, "cong van den") == 0);
}

static bool belongs_to_arrival(const char *text)
{
    AUTO(free_char) char *fold = text_fold(text);

    for (size_t i = 0; i < ARRAY_LEN(of_arrival); i++) {
        size_t n = strlen(of_arrival[i]);

        if (strncmp(fold, of_arrival[i], n) == 0 &&
            (fold[n] == '\0' || strchr(" :.,", fold[n])))
            return true;
    }
    return false;
}

/* Move the words of a place to the mark. */
static void move(struct page *page, const struct place *p, struct mark *m)
{
    struct line *from = &page->lines[p->line];
    struct line to = {.box = p->box};
    int n = p->last - p->first + 1;

    for (int i = p->first; i <= p->last; i++)
        line_take_word(&to, &from->words[i]);
    memmove(from->words + p->first, from->words + p->last + 1,
            (size_t)(from->n_words - p->last - 1) * sizeof(*from->words));
    from->n_words -= n;
    m->box = m->n_lines ? join(m->box, p->box) : p->box;
    mark_take_line(m, &to);
}

/* The lines of an arrival stamp about its word; false if there are none. */
static bool take_arrival(struct page *page, const struct place *word,
                         struct mark *m)
{
    double mm = page->dpi_x / 25.4;
    int middle = word->box.x + word->box.w / 2;
    bool taken = false;

    for (int i = 0; i < page->n_lines; i++) {
        for (int k = 0; k < page->lines[i].n_words;) {
            struct place p = run_at(page, i, k);
            AUTO(free_char) char *text = run_text(page, &p);
            int down = p.box.y - word->box.y;
            bool here = p.box.x > middle - ARRIVAL_BESIDE_MM * mm &&
                        p.box.x + p.box.w < middle + ARRIVAL_BESIDE_MM * mm &&
                        down * 2 > word->box.h && down < ARRIVAL_BELOW_MM * mm;

            if (here && belongs_to_arrival(text)) {
                move(page, &p, m);
                taken = true;
            } else {
                k = p.last + 1;
            }
        }
    }
    return taken;
}

/* Lines without words are none. */
static void drop_empty(struct page *page)
{
    int kept = 0;

    for (int i = 0; i < page->n_lines; i++) {
        if (page->lines[i].n_words > 0)
            page->lines[kept++] = page->lines[i];
        else
            free(page->lines[i].words);
    }
    page->n_lines = kept;
}

/* What is stamped at a place goes to a mark of its own. */
static bool take_stamp(struct page *page, struct place *p)
{
    AUTO(free_char) char *text = run_text(page, p);
    struct mark m = {.conf_pct = 90};
    bool upper = p->box.y < page->height_px * 0.45;

    if (is_arrival(text)) {
        struct place word = *p;

        if (!take_arrival(page, &word, &m)) {
            mark_clear(&m);
            return false;
        }
        /* the line may be shorter now, but the word stands before */
        *p = run_at(page, p->line, p->first);
    } else if (!upper || !is_urgent(text)) {
        return false;
    }
    move(page, p, &m);
    m.kind = xstrdup("stamp");
    page_take_mark(page, &m);
    return true;
}

void stamps_from_text(struct page *page)
{
    bool taken = false;

    if (page->turn_deg != 0)
        return; /* boxes of turned pages run otherwise; rare in black */
    for (int i = 0; i < page->n_lines; i++) {
        for (int k = 0; k < page->lines[i].n_words;) {
            struct place p = run_at(page, i, k);

            if (take_stamp(page, &p)) {
                taken = true;
                k = p.first;
            } else {
                k = p.last + 1;
            }
        }
    }
    if (taken)
        drop_empty(page);
}
