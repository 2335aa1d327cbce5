/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pipeline/stamp_words.h"

#include "base/alloc.h"
#include "base/text.h"
#include "pipeline/language.h"
#include "pipeline/match.h"
#include "pipeline/stamp.h"
#include "pipeline/stamp_frame.h"
#include <stdlib.h>
#include <string.h>

#define READ_WELL_PCT 75
#define NUMBER_READ_WELL_PCT 85
#define SURE_PCT 60 /* words of a stamp that tell what lies there */
#define LIES_PX (0.5 * STAMP_DPI / 25.4)

/* "Số", not "Sở". */
static bool says_number(const char *word)
{
    return strncmp(word, "Số", strlen("Số")) == 0 ||
           strncmp(word, "SỐ", strlen("SỐ")) == 0 ||
           strncmp(word, "số", strlen("số")) == 0;
}

/* Words from … end - 1 of a row; caller frees. */
static char *row_text(const struct line *row, int from, int end)
{
    char *text = xstrdup("");

    for (int i = from; i < end; i++) {
        char *more =
            xasprintf("%s%s%s", text, i > from ? " " : "", row->words[i].text);

        free(text);
        text = more;
    }
    return text;
}

bool stamp_has_label(const struct line *row, int from, int end)
{
    static const char *const labels[] = {"den",      "cong van den", "ngay",
                                         "gio",      "van ban den",  "chuyen",
                                         "luu ho so"};
    AUTO(free_char) char *text = row_text(row, from, end);
    AUTO(free_char) char *fold = text_fold(text);
    size_t behind;

    for (size_t i = 0; i < ARRAY_LEN(labels); i++)
        if (match_begins(fold, labels[i], &behind))
            return true;
    /* dirt may stand before it; with a sign behind it is of the paper */
    for (int k = from; k < end && k < from + 2; k++)
        if (says_number(row->words[k].text) && strchr(text, '/') == NULL)
            return true;
    return frame_is_stamp(text);
}

int stamp_labels(const struct page *stamp)
{
    static const char *const labels[] = {"so",     "ngay", "gio",
                                         "chuyen", "luu",  "hieu"};
    bool seen[ARRAY_LEN(labels)] = {0}, arrival = false;
    int n = 0;

    for (int i = 0; i < stamp->n_lines; i++) {
        for (int k = 0; k < stamp->lines[i].n_words; k++) {
            const char *text = stamp->lines[i].words[k].text;
            AUTO(free_char) char *fold = text_fold(text);
            AUTO(free_char) char *letters = match_letters(fold);

            arrival = arrival || stamp_says_arrival(text);
            for (size_t a = 0; a < ARRAY_LEN(labels); a++)
                seen[a] = seen[a] || (strcmp(letters, labels[a]) == 0 &&
                                      (a > 0 || strchr(text, ':') != NULL));
        }
    }
    for (size_t a = 0; a < ARRAY_LEN(labels); a++)
        n += seen[a];
    return n + (arrival ? 2 : 0);
}

bool stamp_says_urgent(const struct page *stamp)
{
    static const struct {
        const char *text;
        unsigned wrong;
    } degrees[] = {{"khan", 1},
                   {"hoa toc", 2},
                   {"thuong khan", 2},
                   {"hoa toc hen gio", 3}};

    for (int i = 0; i < stamp->n_lines; i++) {
        AUTO(free_char)
        char *text = row_text(&stamp->lines[i], 0, stamp->lines[i].n_words);
        AUTO(free_char) char *fold = text_fold(text);
        struct text_counts c = text_count(text);

        for (size_t d = 0; d < ARRAY_LEN(degrees) && c.smalls == 0; d++)
            if (match_distance(fold, degrees[d].text) <= degrees[d].wrong)
                return true;
    }
    return false;
}

/* Whether a sure word of a stamp lies at a point. */
static bool lies_at(const struct page *stamp, double x, double y)
{
    for (int i = 0; i < stamp->n_lines; i++) {
        for (int k = 0; k < stamp->lines[i].n_words; k++) {
            const struct word *w = &stamp->lines[i].words[k];

            if (w->conf_pct >= SURE_PCT && x >= w->box.x - LIES_PX &&
                x < w->box.x + w->box.w + LIES_PX && y >= w->box.y - LIES_PX &&
                y < w->box.y + w->box.h + LIES_PX)
                return true;
        }
    }
    return false;
}

/* Whether a word is one of those that stamps of arrival consist of. */
static bool is_label(const char *word)
{
    static const char *const labels[] = {"den", "ngay", "gio", "chuyen",
                                         "luu", "hieu", "hs"};
    AUTO(free_char) char *fold = text_fold(word);
    AUTO(free_char) char *letters = match_letters(fold);

    for (size_t i = 0; i < ARRAY_LEN(labels); i++)
        if (strcmp(letters, labels[i]) == 0)
            return true;
    return says_number(word);
}

bool stamp_crossed_by(const struct page *stamp, const struct language *l,
                      const struct word *w, double x, double y)
{
    bool digits = text_count(w->text).digits > 0;

    if (is_label(w->text) ||
        w->conf_pct < (digits ? NUMBER_READ_WELL_PCT : READ_WELL_PCT) ||
        lies_at(stamp, x, y))
        return false;
    return digits || l == NULL || language_knows(l, w->text);
}
