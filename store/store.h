/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The archive on disk (design §3, docs/format.md): packages, catalogue,
 * quarantine, and the proof that they are whole. Knows nothing of images,
 * recognition or search.
 */
#ifndef HOSO_STORE_H
#define HOSO_STORE_H

#include "base/config.h"
#include "base/digest.h"
#include "base/record.h"
#include "base/status.h"
#include "base/strbuf.h"
#include <stdbool.h>
#include <stdint.h>

struct store; /* an open archive */

#define CATALOGUE_SCHEMA 2

/* ---- opening ---- */

/* Make a new archive in dir (made if missing, else empty): the tree of
 * design §3, hoso.ini from c, an empty catalogue.
 * fails  EXISTS (dir is an archive or not empty), DENIED, IO, UNSUPPORTED
 *        (network file system) */
NODISCARD enum status store_create(const char *dir, const struct config *c);

/* The nearest archive: dir itself if not NULL (-C), else HOSO_ARCHIVE, else
 * from the working directory upward. Caller frees *out.
 * fails  NOT_FOUND (says how to make one) */
NODISCARD enum status store_find(const char *dir, char **out);

enum store_mode { STORE_READ, STORE_WRITE };

/*
 * Open the archive at dir. STORE_WRITE also recovers (P3), under the writer
 * lock: packages that were renamed but not catalogued are taken into the
 * catalogue, temporary files of dead processes are removed, and migrations
 * are run. STORE_READ changes nothing.
 * fails  NOT_FOUND, DENIED, DAMAGED, UNSUPPORTED (newer schema, network file
 *        system), BUSY
 */
NODISCARD enum status store_open(const char *dir, enum store_mode how,
                                 struct store **out);
void store_close(struct store *s); /* NULL allowed */
void store_closep(struct store **s);

const char *store_dir(const struct store *s); /* absolute, borrowed */

/* A directory of this process's own under work/, made on first use and removed
 * by store_close(); borrowed. A later start removes those of dead processes. */
NODISCARD enum status store_work_dir(struct store *s, const char **out);

/* Take, give back the writer lock (state/lock); it nests. Whoever commits or
 * checkpoints any database in state/ holds it. */
NODISCARD enum status store_lock(struct store *s);
void store_unlock(struct store *s);

/* ---- storing ---- */

/* What goes into a package besides what the store itself makes
 * (record.json, premis.xml, the bag's own files). */
struct package_input {
    struct record *record;  /* id and stored_at are set by store_commit() */
    const int *source_fds;  /* one per record source, read from offset 0 */
    int access_fd;          /* the access PDF, read from offset 0; -1: it
                               could not be made, access_note says why */
    const char *text;       /* text.txt */
    const char *const *alto; /* one per page */
};

/*
 * Seal and commit one document, in the order of design §4: lock; next id;
 * package to a temporary name; fsync; re-read and re-hash; rename; fsync of
 * the directory; one catalogue transaction; unlock. When it returns OK the
 * document is durable, in->record->id and stored_at are set and an outbox
 * row waits for the indexer.
 * A source whose bytes are not those of record->sources[i].sha256 any more
 * fails with INVALID ("changed while it was read"); a source that another
 * process has stored in the meantime with EXISTS and existing_id (id bytes),
 * unless allow_duplicates.
 * fails  INVALID, EXISTS, NO_SPACE, IO, BAD_OUTPUT, DENIED, DAMAGED; the
 *        archive is as before then
 */
#define STORE_ID_BYTES 32
NODISCARD enum status store_commit(struct store *s,
                                   const struct package_input *in,
                                   bool allow_duplicates,
                                   char existing_id[STORE_ID_BYTES]);

/* A correction: what is to hold of a document from now on. */
struct amendment {
    struct record *record; /* as it was read, with other fields, title or
                              states of pages; gets one version more */
    const char *agent;     /* who: not empty */
    const char *note;      /* what was done */
    int seconds;           /* how long it took; 0 if nobody measured */
    int access_fd;         /* a new access PDF, read from offset 0; -1: the
                              old one stays */
    const char *text;      /* a new text.txt; NULL: the old one stays */
    const char *const *alto; /* one per page, NULL where the old one stays; or
                                NULL */
};

/*
 * Put an amendment beside the first package, which is never touched, by the
 * order of store_commit(). The document waits for the indexer again. id, kind,
 * batch, time of storing, sources and number of pages stay what they are.
 * fails  BUSY (someone else amended it since the record was read), INVALID
 *        (something else than what may be amended), NOT_FOUND, NO_SPACE, IO,
 *        BAD_OUTPUT, DENIED, DAMAGED; the archive is as before then
 */
NODISCARD enum status store_amend(struct store *s, const struct amendment *a);

/* Which document has this source; *found false if none.  */
NODISCARD enum status store_find_source(struct store *s, const char *sha256,
                                        bool *found,
                                        char id[STORE_ID_BYTES]);

/* Outbox: documents that wait for the index, oldest first, at most max.
 * Caller frees each and the array. */
NODISCARD enum status store_outbox(struct store *s, int max, char ***ids,
                                   int *n);
NODISCARD enum status store_outbox_done(struct store *s, const char *id);

/* Put every document into the outbox again (reindex). */
NODISCARD enum status store_outbox_all(struct store *s);

/* ---- quarantine ---- */

/*
 * Keep what could not be read: quarantine/<sha256>/ with the bytes of fd
 * (from offset 0) under a safe name and reason.json (name, batch, time, code,
 * message). The same bytes again only renew the reason. Durable.
 * sha256  of the bytes; entry: path relative to the archive, caller frees
 */
NODISCARD enum status store_quarantine(struct store *s, int fd,
                                       const char *shown_name,
                                       const char *sha256, const char *batch,
                                       enum status code, const char *message,
                                       char **entry);

/* ---- reading ---- */

struct doc_source {
    char *name, *sha256;
    int64_t bytes;
};

struct doc_row {
    char *id, *kind, *batch, *title, *state;
    int pages;
    int version; /* newest, from 1 */
    time_t stored_at;
    char *package;        /* newest, path relative to the archive */
    char *package_sha256; /* of the whole tar */
    int64_t package_bytes;
    struct doc_source *sources;
    int n_sources;
};

void doc_row_clear(struct doc_row *d);

struct list_filter {
    const char *kind;  /* NULL: every kind but staff */
    const char *batch; /* NULL: any */
    time_t from, to;   /* stored_at, inclusive; 0: open */
    int64_t limit, offset; /* limit < 0: all */
};

/* Call each() for every matching document in order of id, until it returns
 * something else than OK, which is then the result. */
NODISCARD enum status store_list(struct store *s, const struct list_filter *f,
                                 enum status (*each)(void *user,
                                                     const struct doc_row *d),
                                 void *user);

/* Number of documents that f would list without limit and offset. */
NODISCARD enum status store_count(struct store *s,
                                  const struct list_filter *f, int64_t *out);

/* fails  NOT_FOUND */
NODISCARD enum status store_get(struct store *s, const char *id,
                                struct doc_row *out);

/* record.json of a document, from its newest package.
 * fails  NOT_FOUND, DAMAGED */
NODISCARD enum status store_read_record(struct store *s, const char *id,
                                        struct record **out);

/* The same as it was in that version. */
NODISCARD enum status store_read_version(struct store *s, const char *id,
                                         int version, struct record **out);

/* One file of a document ("data/access.pdf"), from its newest package that
 * has it, copied to fd, its digest checked against the manifest on the way.
 * fails  NOT_FOUND, DAMAGED, IO */
NODISCARD enum status store_read_file(struct store *s, const char *id,
                                      const char *path, int fd);

/* ---- what waits for a person ---- */

struct review_filter {
    const char *kind;  /* NULL: every kind but staff */
    const char *batch; /* NULL: any */
    int min_confidence_pct; /* "sure" fields below wait too */
    bool pages;             /* doubtful pages wait too */
    int64_t limit;          /* < 0: all */
};

struct review_row { /* borrowed */
    const char *id, *kind, *batch, *title;
    int pages, version;
    int fields;         /* in state "review" */
    int doubtful_pages; /* low, failed, timeout */
    int worst_pct;      /* lowest confidence of a field that no person has
                           confirmed; above 100: there is none */
};

/* Whether a page waits for a person: read with doubt, or not at all. */
bool review_page_waits(const struct page *p);

/* Documents with something to look at, the worst first. */
NODISCARD enum status
store_review_list(struct store *s, const struct review_filter *f,
                  enum status (*each)(void *user, const struct review_row *r),
                  void *user);
NODISCARD enum status store_review_count(struct store *s,
                                         const struct review_filter *f,
                                         int64_t *out);

/* ---- proof ---- */

/* X(name, JSON code, text) */
#define CHECK_LIST(X)                                                          \
    X(CATALOGUE, "catalogue", "the catalogue is not sound")                    \
    X(PACKAGE_MISSING, "package-missing", "a catalogued package is not there") \
    X(PACKAGE_UNKNOWN, "package-unknown", "a package is not in the catalogue") \
    X(PACKAGE_BYTES, "package-bytes", "a package is not the one catalogued")   \
    X(PACKAGE_FORM, "package-form", "a package cannot be read as one")         \
    X(FILE_DIGEST, "file-digest", "a file is not what its manifest says")      \
    X(FILE_MISSING, "file-missing", "a file of the manifest is not there")     \
    X(FILE_UNKNOWN, "file-unknown", "a file is in no manifest")                \
    X(RECORD, "record", "record.json and catalogue differ")                    \
    X(STRAY, "stray", "a file that does not belong in the archive")            \
    X(INDEX, "index", "the index and the catalogue differ")                    \
    X(NOTHING, "nothing-checked", "there was nothing to check")

enum check {
#define CHECK_ENUM(name, json, text) CHECK_##name,
    CHECK_LIST(CHECK_ENUM)
#undef CHECK_ENUM
        CHECK_COUNT
};

/* The stable id of a check in JSON; static. */
const char *check_json(enum check c);

struct finding {
    enum check check;
    bool error;  /* else a warning */
    char *where; /* path relative to the archive, with the file in a package
                    after "!": "packages/2022/000/2022-000001.tar!data/…" */
    char *text;
};

struct verify_result {
    int64_t packages, files;
    uint64_t bytes;
    struct finding *findings;
    int n_findings, cap_findings;
    bool ok; /* something was checked and no finding is an error */
};

void verify_result_clear(struct verify_result *r);

/*
 * Re-read and re-hash every file of the packages of ids (n_ids 0: all, then
 * also both directions between directory, catalogue and manifests).
 * threads   >= 1
 * progress  may be NULL; called with bytes done and bytes in all, from one
 *           thread at a time
 * fails     NOT_FOUND (an id), IO …; findings are data, not failure
 */
NODISCARD enum status store_verify(struct store *s, const char *const *ids,
                                   int n_ids, int threads,
                                   void (*progress)(void *user, uint64_t done,
                                                    uint64_t all),
                                   void *user, struct verify_result *out);

/* Make the catalogue again from packages alone, beside the old one, then put
 * it in its place. Packages that cannot be read are findings in out. */
NODISCARD enum status store_rebuild(const char *dir, int threads,
                                    struct verify_result *out);

/*
 * Export documents as bags, each amendment as a bag of its own beside the
 * first: to a directory (to ends with "/" or is one or has
 * no known ending), a .tar or a .zip. Read back and every digest compared
 * before it returns OK. Existing targets are not overwritten.
 * fails  EXISTS, NOT_FOUND, NO_SPACE, IO, BAD_OUTPUT
 */
NODISCARD enum status store_export(struct store *s, const char *const *ids,
                                   int n_ids, const char *to, int64_t *files,
                                   uint64_t *bytes);

/* Registers of results and staff, and what they are held against. */
#include "store/registers.h"

#endif
