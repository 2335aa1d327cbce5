/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Labelled values: "Quê quán: xã Xuân Định". Where labels of a table stand in
 * a document, where the value of each begins and ends, and values of the
 * shapes the tables name.
 */
#ifndef HOSO_PIPELINE_EXTRACT_LABEL_H
#define HOSO_PIPELINE_EXTRACT_LABEL_H

#include "pipeline/extract_inner.h"

/* A label found; places are bytes of the fold of x->all. */
struct label {
    int row;       /* of the table */
    size_t from;   /* where the label begins */
    struct span value;
    bool colon;    /* a colon stands between them */
    bool heads;    /* the label begins a row or an item */
};

/* All labels of a table in the order of the text, values cut at the next
 * label or item. Caller frees *out. */
int labels_find(const struct extraction *x, enum table_id table,
                struct label **out);

/* Keep the value of a label as field `name`; false if it does not have the
 * shape ("name", "date", "sex", "text", "code", "digits"). */
bool label_put(struct extraction *x, const struct label *l, const char *name,
               const char *shape, const char *rule);

#endif
