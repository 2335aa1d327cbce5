/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The use cases of an archive: the only place where pipeline, store and
 * indexer meet, and all that the command (and later the web face) calls. No
 * argv, no printing: progress and results go to callbacks and structs.
 *
 * The structs in which the store and the index answer (doc_row,
 * verify_result, hits) are part of this interface; their functions are not.
 */
#ifndef HOSO_SERVICE_H
#define HOSO_SERVICE_H

#include "base/config.h"
#include "base/json.h"
#include "base/record.h"
#include "base/status.h"
#include "indexer/indexer.h"
#include "service/registers.h"
#include "store/store.h"
#include <stdbool.h>
#include <stdint.h>

/* ---- the archive ---- */

struct archive; /* an open archive: its store, its settings */

/* Make an archive in dir with the settings of c (see store_create()). */
NODISCARD enum status archive_create(const char *dir, const struct config *c);

/*
 * Open the archive of dir (-C), of HOSO_ARCHIVE, or the nearest upward from
 * the working directory, and read its hoso.ini.
 * how  STORE_WRITE also recovers what a crash left and indexes what waits
 * fails  as store_find(), store_open(), config_load()
 */
NODISCARD enum status archive_open(const char *dir, enum store_mode how,
                                   struct archive **out);
void archive_close(struct archive *a); /* NULL allowed */
void archive_closep(struct archive **a);

const char *archive_dir(const struct archive *a); /* absolute, borrowed */

/* Its settings, to read and, for this run, to set; borrowed. */
struct config *archive_config(struct archive *a);

/* ---- ingest ---- */

enum split {
    SPLIT_DEFAULT, /* images by name, PDF and multi-page TIFF by file */
    SPLIT_FILE,    /* a file is a document */
    SPLIT_FOLDER,  /* the images of a folder are one */
    SPLIT_NAME,    /* X-p1, X-p2 or X_0001, X_0002 are the pages of X */
};

enum ingest_event_kind {
    INGEST_STORED,      /* durable: id, record */
    INGEST_DUPLICATE,   /* id: the document that has these bytes */
    INGEST_FAILED,      /* a page (page > 0, id) or a file (page 0) */
    INGEST_QUARANTINED, /* entry */
    INGEST_PROGRESS,    /* only the counters */
};

struct ingest_event {
    enum ingest_event_kind kind;
    const char *name;  /* of the document or file, fit to be shown */
    const char *id;    /* NULL if it has none */
    int page;          /* from 1; 0: the whole */
    const struct record *record; /* STORED; else NULL */
    const char *staff_form; /* STORED: it was kept as a staff paper though not
                               said to be one, because it reads as this form */
    const char *entry; /* QUARANTINED: path relative to the archive */
    enum status status;  /* FAILED, QUARANTINED: why */
    const char *message; /* the same in the user's words; else NULL */
    int pages_done, documents_done; /* of this run so far, doubles included */
    int documents_all;  /* in this run */
    int pages_known;    /* pages of the documents opened so far */
    int64_t elapsed_ms;
};

struct ingest_options {
    const char *kind;  /* "result", "staff", "work"; NULL: as configured */
    const char *batch; /* NULL: the name of the folder if there is only one
                          PATH and it is one, else the day, "2022-03-01" */
    enum split split;
    int jobs; /* 0: as configured */
    const char *const *paths;
    int n_paths;
    /* Polled between pages; true: finish the pages in hand, then stop. */
    bool (*cancelled)(void *user);
    /* Called in input order (PROGRESS at any time); never NULL. */
    void (*event)(void *user, const struct ingest_event *e);
    void *user;
};

/* A page that a clerk should look at again. */
struct doubtful_page {
    char *id, *name; /* document; file it came from */
    int page;        /* in the document, from 1 */
    enum page_state state;
    unsigned doubts;
    char *cause; /* of a failed page; else NULL */
    double dpi;
    int confidence_pct;
    int sharpness_pct, contrast_pct; /* -1: not measured */
};

struct ingest_summary {
    char *batch;
    int documents_stored, pages_stored;
    int duplicates;   /* documents */
    int failed_pages; /* in stored documents */
    int failed;       /* files that could not be opened or stored */
    int quarantined;  /* documents */
    int encrypted;    /* of the quarantined */
    struct doubtful_page *doubtful;
    int n_doubtful, cap_doubtful;
    char *stopped_at; /* cancelled: the first document not stored; or NULL */
    struct match_gain matched; /* what the registers know of it */
    char *unmatched_why; /* or why they could not be asked; else NULL */
    int64_t elapsed_ms;
};

void ingest_summary_clear(struct ingest_summary *s);

/*
 * Take documents in. Every file is stored, known already, kept in quarantine
 * or reported as failed; none is forgotten. out is filled in every case.
 * fails  NOT_FOUND, DENIED, USAGE (a path given; nothing was begun),
 *        PARTIAL (a page or file failed), ENCRYPTED (all that was not stored
 *        was encrypted), QUARANTINED, CANCELLED, NO_SPACE and IO (stopped:
 *        the disk), MISSING (worker or model)
 */
NODISCARD enum status archive_ingest(struct archive *a,
                                     const struct ingest_options *o,
                                     struct ingest_summary *out);

/* ---- finding ---- */

/* Search; q->kind "staff" looks in the staff index only, anything else never
 * there. hits_clear().  fails  as fulltext_search() */
NODISCARD enum status archive_search(struct archive *a, const struct query *q,
                                     struct hits *out);

/* Documents like one, of its own index. hits_clear().  fails  NOT_FOUND */
NODISCARD enum status archive_like(struct archive *a, const char *id,
                                   const struct query *q, struct hits *out);

/* A search that was given a name. */
struct saved_search {
    char *name, *text;
    char *kind, *batch; /* NULL: any */
};

void saved_search_clear(struct saved_search *s);

/* Keep the text, kind and batch of q under a name, in place of what it was. */
NODISCARD enum status archive_save_search(struct archive *a, const char *name,
                                          const struct query *q);

/* fails  NOT_FOUND */
NODISCARD enum status archive_saved_search(struct archive *a, const char *name,
                                           struct saved_search *out);
NODISCARD enum status archive_forget_search(struct archive *a,
                                            const char *name);
NODISCARD enum status
archive_saved_searches(struct archive *a,
                       enum status (*each)(void *user,
                                           const struct saved_search *s),
                       void *user);

/* Documents in order of id (see store_list()). */
NODISCARD enum status archive_list(struct archive *a,
                                   const struct list_filter *f,
                                   enum status (*each)(void *user,
                                                       const struct doc_row *d),
                                   void *user);
NODISCARD enum status archive_count(struct archive *a,
                                    const struct list_filter *f, int64_t *out);

/* Catalogue row and record of a document; doc_row_clear(), record_free().
 * fails  NOT_FOUND, DAMAGED */
NODISCARD enum status archive_show(struct archive *a, const char *id,
                                   struct doc_row *row, struct record **rec);

/* The access PDF of a document, digest checked, to path (not overwritten
 * unless force) or to fd if path is NULL.  fails  NOT_FOUND, EXISTS, DAMAGED */
NODISCARD enum status archive_pdf(struct archive *a, const char *id,
                                  const char *path, int fd, bool force);

/* What waits for a person, and history. */
#include "service/review.h"

/* What cites what. */
#include "service/citations.h"

/* ---- proof and repair ---- */

/* store_verify(), and index against catalogue when n_ids is 0. */
NODISCARD enum status archive_verify(struct archive *a, const char *const *ids,
                                     int n_ids,
                                     void (*progress)(void *user,
                                                      uint64_t done,
                                                      uint64_t all),
                                     void *user, struct verify_result *out);

struct rebuild_result {
    int64_t documents, pages; /* in the new catalogue, in the new index */
    struct verify_result found; /* packages that could not be read */
};

void rebuild_result_clear(struct rebuild_result *r);

/* Catalogue and index again from the packages alone. dir as archive_open().
 * fails  UNVERIFIED (some packages could not be read; the others are in) */
NODISCARD enum status archive_rebuild(const char *dir,
                                      struct rebuild_result *out);

struct reindex_options {
    bool (*cancelled)(void *user); /* polled between batches; may be NULL */
    void (*progress)(void *user, int64_t done, int64_t all); /* may be NULL */
    void *user;
};

struct reindex_result {
    int64_t documents, pages; /* put in by this run */
    int removed;              /* documents the catalogue does not have */
    int unread;               /* documents whose package cannot be read */
    bool resumed;             /* an earlier run was gone on with */
};

/* The index again from the packages; searching and ingest go on meanwhile.
 * One that was stopped or killed is gone on with.
 * fails  UNVERIFIED (some packages could not be read), CANCELLED */
NODISCARD enum status archive_reindex(struct archive *a,
                                      const struct reindex_options *o,
                                      struct reindex_result *out);

/* See store_export(). */
NODISCARD enum status archive_export(struct archive *a, const char *const *ids,
                                     int n_ids, const char *to, int64_t *files,
                                     uint64_t *bytes);

/* ---- doctor ---- */

enum doctor_level { DOCTOR_OK, DOCTOR_WARNING, DOCTOR_ERROR };

struct doctor_item {
    const char *name; /* stable, for JSON: "model", "space", "clock" …; static */
    enum doctor_level level;
    char *text;   /* what is so */
    char *advice; /* what to do; NULL if nothing */
};

struct doctor_report {
    struct doctor_item *items;
    int n_items, cap_items;
};

void doctor_report_clear(struct doctor_report *r);

/* Look at the machine and, if there is one, the archive of dir (as
 * archive_open()): models, versions, space, permissions, clock.
 * fails  MISSING, CONFIG, DENIED … : the worst that was found; out is filled */
NODISCARD enum status archive_doctor(const char *dir,
                                     struct doctor_report *out);

/* Registers, matching, staff, dossiers. */
#include "service/report.h"

#endif
