/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which documents of the archive a document cites, and which cite it. */
#ifndef HOSO_SERVICE_CITATIONS_H
#define HOSO_SERVICE_CITATIONS_H

#include "base/record.h"
#include "base/status.h"
#include <stdbool.h>

struct archive;

/* A document of the archive. */
struct linked {
    char *id, *title;
};

struct linked_list {
    struct linked *items;
    int n, cap;
    bool more; /* not all were looked at */
};

/* One document that is cited. */
struct citation {
    char *text;   /* "Quyết định 15/QĐ-SKHCN ngày 05/03/2020" */
    char *type;   /* "Quyết định"; NULL: not said */
    char *number; /* "15/QĐ-SKHCN"; NULL: a law, by its day alone */
    char *date;   /* "2020-03-05"; NULL: not said */
    const struct field *field; /* of the record: its place and confidence */
    struct linked_list documents; /* with that number, and day if it is said;
                                     several if offices share a notation */
};

struct citations {
    struct citation *items;
    int n, cap;
    struct linked_list cited_by; /* in order of id */
};

void citations_clear(struct citations *c);

/*
 * What rec cites, by its fields "cites", and which documents have its number
 * in theirs. The field is borrowed from rec. Documents of the general index
 * alone; those of a staff paper among staff papers, too. An index that is
 * missing or damaged is no failure: nothing is linked then.
 * fails  IO, DAMAGED (a package)
 */
NODISCARD enum status archive_citations(struct archive *a,
                                        const struct record *rec,
                                        struct citations *out);

#endif
