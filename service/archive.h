/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the use cases share of an open archive; for service/ alone. */
#ifndef HOSO_SERVICE_ARCHIVE_H
#define HOSO_SERVICE_ARCHIVE_H

#include "service/service.h"

struct archive {
    char *dir;
    struct config *config;
    struct store *store;
    struct fulltext *index; /* opened for writing when first needed */
    struct fulltext *staff;
    int unmoved; /* documents indexed since the last checkpoint */
};

/* Path of the index of the archive at dir: that of staff dossiers, or that of
 * all other documents. Caller frees. */
char *archive_index_path(const char *dir, bool staff);

#define INDEX_MODE 0640
#define STAFF_INDEX_MODE 0600

/* Pages that go into the index in one transaction, about. */
#define ARCHIVE_BATCH_PAGES 2000

/* The index, opened for writing; of this archive. An index that had to be
 * made although there are documents puts all of them into the outbox. Under
 * the writer lock. */
NODISCARD enum status archive_index_open(struct archive *a, bool staff,
                                         struct fulltext **out);

/* Remove the files of an index; under the writer lock. */
NODISCARD enum status archive_drop_index(const struct archive *a, bool staff);

/* Put a document that is in the catalogue into its index and take it out of
 * the outbox. */
NODISCARD enum status archive_index(struct archive *a, const struct record *r);

/* The index to read. One of an older hoso is made anew first, if the archive
 * may be written to.  fails  as fulltext_open() */
NODISCARD enum status archive_index_reader(struct archive *a, bool staff,
                                           struct fulltext **out);

/* Index all that waits in the outbox (after a crash, at a rebuild). pages is
 * added to; may be NULL. */
NODISCARD enum status archive_index_waiting(struct archive *a, int64_t *pages);

/* Move the logs of the indexes into them; under the writer lock. */
NODISCARD enum status archive_index_settle(struct archive *a);

/* The same after many documents were put in one by one; the lists they left
 * are brought together first, for a second or so at most. */
NODISCARD enum status archive_index_tidy(struct archive *a);

#endif
