/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The labels of stamps of arrival, as data/rules/stamp-labels.tsv has them:
 * what stands behind each, the label, and the word that tells it alone. Beside
 * them the degrees of urgency, each a stamp of its own.
 */
#ifndef HOSO_PIPELINE_STAMP_LABELS_H
#define HOSO_PIPELINE_STAMP_LABELS_H

#include "base/table.h"
#include <stdbool.h>

#define STAMP_LABELS_FILE "stamp-labels.tsv"
#define STAMP_LABELS_COLUMNS 3

/* What stands behind a label; X(name, its word in the table). */
#define LABEL_LIST(X)     \
    X(ARRIVAL, "arrival") \
    X(NUMBER, "number")   \
    X(DAY, "day")         \
    X(HOUR, "hour")       \
    X(FORWARD, "forward") \
    X(FILE, "file")       \
    X(SIGN, "sign")       \
    X(PART, "part")       \
    X(URGENT, "urgent")

enum stamp_label {
#define LABEL_ENUM(name, word) LABEL_##name,
    LABEL_LIST(LABEL_ENUM)
#undef LABEL_ENUM
        LABEL_COUNT
};

/* fails  as table_load() does; CONFIG: a label is of none of these kinds */
NODISCARD enum status stamp_labels_load(const char *dir, struct table *out);

/* LABEL_COUNT: of a kind that is not known. */
enum stamp_label label_kind(const struct table *labels, int row);
/* Whether something stands behind it in a stamp of arrival. */
bool label_has_value(const struct table *labels, int row);
/* Folded. */
const char *label_text(const struct table *labels, int row);
/* How near to a degree of urgency a text must be. */
enum urgency_fit {
    URGENCY_WHOLE,  /* it is one */
    URGENCY_BEGINS, /* it begins with one and a few signs are all that follow */
    URGENCY_NEARLY, /* it is one but for a letter in five */
};

/* Whether a folded text says how urgent a document is. */
bool labels_say_urgent(const struct table *labels, const char *fold,
                       enum urgency_fit fit);
/* As the table has it. Caller frees. */
char *label_as_written(const struct table *labels, int row);
/* In small letters, with its marks. Caller frees. */
char *label_lower(const struct table *labels, int row);
/* The word that tells it alone, folded; NULL if none does. */
const char *label_word(const struct table *labels, int row);

#endif
