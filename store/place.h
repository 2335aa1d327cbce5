/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a package goes, and the steps by which it comes there: the same for
 * a document (commit.c) and for an amendment (amend.c). */
#ifndef HOSO_STORE_PLACE_H
#define HOSO_STORE_PLACE_H

#include "store/bag.h"

/* Puts the rows of a package into the catalogue, within a transaction. */
typedef enum status place_insert(struct sql *catalogue, const struct doc_row *d,
                                 const struct record *r);

/* Whether a package belongs where it was found. */
typedef enum status place_fits(struct store *s, const struct sealed *sealed,
                               bool *yes);

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
 */
NODISCARD enum status place_fill(struct place *p, place_insert *insert);

/*
 * Take in a package that a dead process named but did not catalogue. One that
 * is not sound, or does not fit, is left as it is: verify names it.
 * fits    whether it may follow what the catalogue has; NULL: it may
 * insert  as of place_fill()
 */
NODISCARD enum status place_adopt(struct store *s, const char *package,
                                  place_fits *fits, place_insert *insert);

#endif
