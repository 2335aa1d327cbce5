/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pipeline/stamp_words.h"

#include "base/alloc.h"
#include "base/text.h"
#include "pipeline/language.h"
#include "pipeline/match.h"
#include "pipeline/stamp.h"
#include "pipeline/stamp_frame.h"
#include "pipeline/stamp_labels.h"
#include "pipeline/word_runs.h"
#include <string.h>

#define READ_WELL_PCT 75
#define NUMBER_READ_WELL_PCT 85
#define SURE_PCT 60 /* words of a stamp that tell what lies there */
#define LIES_PX (0.5 * STAMP_DPI / 25.4)

/* Whether a word is the label of a number: "Số", not "Sở". */
static bool says_number(const struct table *labels, const char *word)
{
    AUTO(free_char) char *lower = text_lower(word);

    for (int i = 0; i < labels->n_rows; i++) {
        AUTO(free_char) char *label = label_lower(labels, i);

        if (label_kind(labels, i) == LABEL_NUMBER &&
            strncmp(lower, label, strlen(label)) == 0)
            return true;
    }
    return false;
}

bool stamp_has_label(const struct table *labels, const struct line *row,
                     int from, int end)
{
    AUTO(free_char) char *text = words_text(row, from, end);
    AUTO(free_char) char *fold = text_fold(text);
    size_t behind;

    for (int i = 0; i < labels->n_rows; i++) {
        enum stamp_label kind = label_kind(labels, i);

        if (kind != LABEL_NUMBER && kind != LABEL_PART &&
            kind != LABEL_URGENT &&
            match_begins(fold, label_text(labels, i), &behind))
            return true;
    }
    /* dirt may stand before it; with a sign behind it is of the paper */
    for (int k = from; k < end && k < from + 2; k++)
        if (says_number(labels, row->words[k].text) &&
            strchr(text, '/') == NULL)
            return true;
    return frame_is_stamp(labels, text);
}

/* Note what a word of a stamp labels. */
static void see_label(const struct table *labels, const char *text,
                      bool seen[LABEL_COUNT])
{
    AUTO(free_char) char *fold = text_fold(text);
    AUTO(free_char) char *letters = match_letters(fold);

    if (stamp_says_arrival(text))
        seen[LABEL_ARRIVAL] = true;
    for (int i = 0; i < labels->n_rows; i++) {
        enum stamp_label kind = label_kind(labels, i);
        const char *word = label_word(labels, i);

        if (kind == LABEL_NUMBER && strchr(text, ':') != NULL)
            word = label_text(labels, i);
        if (kind != LABEL_ARRIVAL && word != NULL && strcmp(letters, word) == 0)
            seen[kind] = true;
    }
}

int stamp_count_labels(const struct table *labels, const struct page *stamp)
{
    bool seen[LABEL_COUNT] = {0};
    int n = 0;

    for (int i = 0; i < stamp->n_lines; i++)
        for (int k = 0; k < stamp->lines[i].n_words; k++)
            see_label(labels, stamp->lines[i].words[k].text, seen);
    for (int kind = 0; kind < LABEL_PART; kind++)
        n += seen[kind];
    return n + seen[LABEL_ARRIVAL]; /* which counts for two */
}

bool stamp_says_urgent(const struct table *labels, const struct page *stamp)
{
    for (int i = 0; i < stamp->n_lines; i++) {
        AUTO(free_char)
        char *text = words_text(&stamp->lines[i], 0, stamp->lines[i].n_words);
        AUTO(free_char) char *fold = text_fold(text);

        if (text_count(text).smalls == 0 &&
            labels_say_urgent(labels, fold, URGENCY_NEARLY))
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
static bool is_label(const struct table *labels, const char *word)
{
    AUTO(free_char) char *fold = text_fold(word);
    AUTO(free_char) char *letters = match_letters(fold);

    for (int i = 0; i < labels->n_rows; i++) {
        const char *of = label_word(labels, i);

        if (of != NULL && strcmp(letters, of) == 0)
            return true;
    }
    return says_number(labels, word);
}

bool stamp_crossed_by(const struct table *labels, const struct page *stamp,
                      const struct language *l, const struct word *w, double x,
                      double y)
{
    bool digits = text_count(w->text).digits > 0;

    if (is_label(labels, w->text) ||
        w->conf_pct < (digits ? NUMBER_READ_WELL_PCT : READ_WELL_PCT) ||
        lies_at(stamp, x, y))
        return false;
    return digits || l == NULL || language_knows(l, w->text);
}
