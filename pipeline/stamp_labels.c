/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pipeline/stamp_labels.h"

#include "base/alloc.h"
#include "base/i18n.h"
#include "base/text.h"
#include "pipeline/match.h"
#include <string.h>

#define DIRT_MAX 3 /* signs read behind a degree of urgency */

enum { COLUMN_KIND, COLUMN_TEXT, COLUMN_WORD };

static const char *const kinds[] = {
#define LABEL_KIND(name, word) word,
    LABEL_LIST(LABEL_KIND)
#undef LABEL_KIND
};

enum status stamp_labels_load(const char *dir, struct table *out)
{
    enum status st =
        table_load(dir, STAMP_LABELS_FILE, STAMP_LABELS_COLUMNS, out);

    for (int i = 0; st == STATUS_OK && i < out->n_rows; i++)
        if (label_kind(out, i) == LABEL_COUNT)
            st = fail(STATUS_CONFIG, _("'%s': '%s' is no kind of label"),
                      out->path, table_cell(out, i, COLUMN_KIND));
    return st;
}

enum stamp_label label_kind(const struct table *labels, int row)
{
    enum stamp_label kind = 0;

    while (kind < LABEL_COUNT &&
           strcmp(table_cell(labels, row, COLUMN_KIND), kinds[kind]) != 0)
        kind++;
    return kind;
}

bool label_has_value(const struct table *labels, int row)
{
    enum stamp_label kind = label_kind(labels, row);

    return kind != LABEL_ARRIVAL && kind != LABEL_PART && kind != LABEL_URGENT;
}

const char *label_text(const struct table *labels, int row)
{
    return table_fold(labels, row, COLUMN_TEXT);
}

static bool fits(const char *fold, const char *label, enum urgency_fit fit)
{
    size_t n = strlen(label);

    if (fit == URGENCY_BEGINS)
        return strncmp(fold, label, n) == 0 && strlen(fold) <= n + DIRT_MAX;
    if (fit == URGENCY_NEARLY)
        return match_distance(fold, label) <= (n + 3) / 5;
    return strcmp(fold, label) == 0;
}

bool labels_say_urgent(const struct table *labels, const char *fold,
                       enum urgency_fit fit)
{
    for (int i = 0; i < labels->n_rows; i++)
        if (label_kind(labels, i) == LABEL_URGENT &&
            fits(fold, label_text(labels, i), fit))
            return true;
    return false;
}

char *label_as_written(const struct table *labels, int row)
{
    return xstrdup(table_cell(labels, row, COLUMN_TEXT));
}

char *label_lower(const struct table *labels, int row)
{
    return text_lower(table_cell(labels, row, COLUMN_TEXT));
}

const char *label_word(const struct table *labels, int row)
{
    const char *word = table_fold(labels, row, COLUMN_WORD);

    return strcmp(word, "-") == 0 ? NULL : word;
}
