/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Stamps in black, as on a scan without colours: only their words tell them.
 * The word of arrival stands in large capitals at the left of a small box, the
 * agency over it, hour, number or day beside or under it; a degree of urgency
 * stands alone in the upper half. They are no text of the document and go to
 * marks.
 */
#include "pipeline/stamp.h"

#include "base/alloc.h"
#include "base/text.h"
#include "pipeline/stamp_labels.h"
#include "pipeline/word_runs.h"
#include <stdlib.h>
#include <string.h>

#define BEFORE_MM 20 /* of a box of arrival about its word */
#define BEHIND_MM 52
#define ABOVE_MM 10
#define BELOW_MM 18
#define AGENCY_GAP 1.6 /* heights of its row above the rest */
#define AGENCY_INTO 3  /* heights into it: scraps lie beside it */
#define AGENCY_BESIDE_MM 12
#define AGENCY_ROWS_MAX 2
#define READ_WELL_PCT 85
#define GUESSED_PCT 60 /* what was written into it by hand */

/* Words first … last of line l. */
struct place {
    int line, first, last;
    struct box box;
};

/* The words that stand side by side from word `first` on. */
static struct place run_at(const struct page *page, int line, int first)
{
    const struct line *l = &page->lines[line];
    int end = word_run_end(l, first);

    return (struct place){line, first, end - 1, words_box(l, first, end)};
}

static char *run_text(const struct page *page, const struct place *p)
{
    return words_text(&page->lines[p->line], p->first, p->last + 1);
}

static bool is_capitals(const char *text)
{
    return text_count(text).smalls == 0;
}

bool stamp_says_arrival(const char *word)
{
    AUTO(free_char) char *fold = text_fold(word);

    return strcmp(fold, "den") == 0 && is_capitals(word);
}

/* Whether the text of a run is one of the degrees of urgency. */
static bool is_urgent(const struct table *labels, const char *text)
{
    AUTO(free_char) char *fold = text_fold(text);

    return is_capitals(text) && labels_say_urgent(labels, fold, URGENCY_WHOLE);
}

/* Whether a text begins with a label of a stamp of arrival. */
static bool belongs_to_arrival(const struct table *labels, const char *text)
{
    AUTO(free_char) char *fold = text_fold(text);

    for (int i = 0; i < labels->n_rows; i++) {
        const char *label = label_text(labels, i);
        size_t n = strlen(label);

        if (label_has_value(labels, i) && strncmp(fold, label, n) == 0 &&
            (fold[n] == '\0' || strchr(" :.,", fold[n])))
            return true;
    }
    return false;
}

/* Whether number or day stand right behind the first word of a run. */
static bool label_follows(const struct table *labels, const struct page *page,
                          const struct place *p)
{
    const struct word *next = &page->lines[p->line].words[p->first + 1];

    return p->first < p->last && belongs_to_arrival(labels, next->text) &&
           !is_capitals(next->text);
}

/* The word of arrival: not the first of a phrase in capitals. */
static bool is_arrival(const struct table *labels, const struct page *page,
                       const struct place *p)
{
    const struct line *l = &page->lines[p->line];
    const struct word *w = &l->words[p->first];

    if (!stamp_says_arrival(w->text))
        return false;
    if (p->first < p->last) {
        const struct word *next = &l->words[p->first + 1];
        int gap = next->box.x - (w->box.x + w->box.w);

        return gap > w->box.h || next->conf_pct < READ_WELL_PCT ||
               label_follows(labels, page, p);
    }
    return true;
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
    m->box = m->n_lines ? box_union(m->box, p->box) : p->box;
    mark_take_line(m, &to);
}

/* Whether a run is inside the box of arrival about its word, and where. */
static bool is_in_box(const struct page *page, const struct box *word,
                      const struct box *b, bool *above)
{
    double mm = page->dpi_x / 25.4;
    double middle = b->y + b->h / 2.0 - (word->y + word->h / 2.0);

    *above = middle < -word->h / 3.0;
    return b->x > word->x - BEFORE_MM * mm &&
           b->x + b->w < word->x + BEHIND_MM * mm && middle > -ABOVE_MM * mm &&
           middle < BELOW_MM * mm;
}

static int run_conf(const struct page *page, const struct place *p)
{
    int sum = 0;

    for (int i = p->first; i <= p->last; i++)
        sum += page->lines[p->line].words[i].conf_pct;
    return sum / (p->last - p->first + 1);
}

/* Whether a run is of the box of arrival about its word. told: it says that
 * there is such a box. */
static bool is_of_box(const struct table *labels, const struct page *page,
                      const struct box *word, const struct place *p, bool *told)
{
    AUTO(free_char) char *text = run_text(page, p);
    bool above, label = belongs_to_arrival(labels, text);
    bool number = strchr(text, '/') != NULL;

    if (!is_in_box(page, word, &p->box, &above))
        return false;
    if (label && !(number && text[0] == 'S')) {
        *told = true;
        return true;
    }
    return run_conf(page, p) < GUESSED_PCT ||
           (above && !number && is_capitals(text));
}

/* Whether there is a box of arrival about its word. */
static bool has_box(const struct table *labels, const struct page *page,
                    const struct place *word)
{
    bool told = false;

    for (int i = 0; i < page->n_lines && !told; i++) {
        for (int k = 0; k < page->lines[i].n_words && !told;) {
            struct place p = run_at(page, i, k);

            is_of_box(labels, page, &word->box, &p, &told);
            k = p.last + 1;
        }
    }
    return told;
}

/* What stands in the box about its word goes to the mark. */
static void take_box(const struct table *labels, struct page *page,
                     const struct box *word, struct mark *m)
{
    bool told;

    for (int i = 0; i < page->n_lines; i++) {
        for (int k = 0; k < page->lines[i].n_words;) {
            struct place p = run_at(page, i, k);

            if (is_of_box(labels, page, word, &p, &told))
                move(page, &p, m);
            else
                k = p.last + 1;
        }
    }
}

/* Whether a run in capitals stands right above what was taken of a box: the
 * agency that received, in one row or two. */
static bool is_agency(const struct page *page, const struct box *taken,
                      const struct place *p)
{
    AUTO(free_char) char *text = run_text(page, p);
    struct text_counts c = text_count(text);
    double mm = page->dpi_x / 25.4;
    int gap = taken->y - (p->box.y + p->box.h);

    /* small print: some of its capitals are read as small letters */
    return p->last > p->first && c.capitals > c.smalls && c.digits == 0 &&
           strchr(text, '/') == NULL && gap > -AGENCY_INTO * p->box.h &&
           gap < AGENCY_GAP * p->box.h &&
           p->box.x > taken->x - AGENCY_BESIDE_MM * mm &&
           p->box.x + p->box.w < taken->x + taken->w + AGENCY_BESIDE_MM * mm;
}

static void take_agency(struct page *page, struct mark *m)
{
    int taken = 0;

    for (bool more = true; more && taken < AGENCY_ROWS_MAX;) {
        more = false;
        for (int i = 0; i < page->n_lines && !more; i++) {
            for (int k = 0; k < page->lines[i].n_words && !more;) {
                struct place p = run_at(page, i, k);

                more = is_agency(page, &m->box, &p);
                if (more)
                    move(page, &p, m);
                k = p.last + 1;
            }
        }
        taken += more;
    }
}

/* What is stamped at a place goes to a mark of its own. */
static bool take_stamp(const struct table *labels, struct page *page,
                       struct place *p)
{
    AUTO(free_char) char *text = run_text(page, p);
    struct mark m = {.conf_pct = 90};
    bool arrival = is_arrival(labels, page, p);

    if (arrival) {
        bool told = label_follows(labels, page, p);

        p->last = p->first;
        p->box = page->lines[p->line].words[p->first].box;
        arrival = told || has_box(labels, page, p);
    }
    if (!arrival &&
        !(p->box.y < page->height_px * 0.45 && is_urgent(labels, text)))
        return false;
    struct box word = p->box;
    move(page, p, &m);
    if (arrival) {
        take_box(labels, page, &word, &m);
        take_agency(page, &m);
    }
    m.kind = xstrdup("stamp");
    page_take_mark(page, &m);
    return true;
}

void stamps_from_text(const struct table *labels, struct page *page)
{
    bool taken = false;

    if (page->turn_deg != 0)
        return; /* boxes of turned pages run otherwise; rare in black */
    for (int i = 0; i < page->n_lines; i++) {
        for (int k = 0; k < page->lines[i].n_words;) {
            struct place p = run_at(page, i, k);

            if (take_stamp(labels, page, &p)) {
                taken = true;
                k = 0; /* what stood before may be gone, too */
            } else {
                k = p.last + 1;
            }
        }
    }
    if (taken)
        page_drop_empty_lines(page);
}
