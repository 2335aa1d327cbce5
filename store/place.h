/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a package goes, and the steps by which it comes there: the same for
 * a document (commit.c) and for an amendment (amend.c). */
#ifndef HOSO_STORE_PLACE_H
#define HOSO_STORE_PLACE_H

#include "store/bag.h"

struct place {
    struct store *s;
    const struct package_input *in;
    char *package;   /* relative path of the package */
    char *path;      /* the same, absolute */
    char *temporary; /* where it is written first */
    char *folder;    /* where both are */
    char sha256[DIGEST_HEX_BYTES];
    uint64_t bytes;
};

void place_clear(struct place *p);

/* Nothing is written when an earlier write did not reach the disk.
 * fails  IO */
NODISCARD enum status place_allowed(const struct store *s);

/* fails  NO_SPACE: the disk has no room for what p->in holds */
NODISCARD enum status place_require_room(const struct place *p);

/* The package will be that one; relative is taken. */
void place_choose(struct place *p, char *take_relative);

/*
 * Write, sync, read back, name and catalogue the package of p->in. When it
 * fails the archive is as before, or the next start makes it whole.
 * insert  puts its rows into the catalogue, within a transaction
 */
NODISCARD enum status
place_fill(struct place *p,
           enum status (*insert)(struct sql *catalogue, const struct doc_row *d,
                                 const struct record *r));

#endif
