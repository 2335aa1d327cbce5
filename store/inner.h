/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of store/ know of an open archive and of one another. */
#ifndef HOSO_STORE_INNER_H
#define HOSO_STORE_INNER_H

#include "base/sql.h"
#include "store/store.h"
#include <pthread.h>
#include <sys/types.h>

/* Longest wait for the writer lock: a commit takes a fraction of a second, a
 * rebuild of a large archive may take minutes. */
#define LOCK_WAIT_MS 120000

/* Pages of the WAL are moved into the database after so many commits. */
#define COMMITS_PER_CHECKPOINT 64

struct store {
    char *dir;
    enum store_mode mode;
    struct sql *catalogue;
    dev_t catalogue_dev; /* which file `catalogue` has open: a rebuild puts */
    ino_t catalogue_ino; /* another in its place */
    int lock_fd;         /* -1: not held */
    int lock_depth;
    char *work_dir; /* NULL until asked for */
    int work_fd;    /* holds the lock on work_dir */
    int commits;    /* since the last checkpoint */
    bool broken; /* a write did not reach the disk: nothing more is written */
    struct sql *registers; /* NULL until asked for */
    char *agency, *fonds_code, *fonds_name; /* of hoso.ini, for bag-info.txt */
};

/* ---- layout.c: names and places ---- */

#define PACKAGE_DIR_MODE 0750

/* "2022-000123" */
void id_format(int year, int64_t number, char id[STORE_ID_BYTES]);

/* The other way round; false if text is no id of a document. */
bool id_parse(const char *text, int *year, int64_t *number);

/* "packages/2022/000/2022-000123.tar"; version 2: "….2.tar". Caller frees. */
char *package_path(int year, int64_t number, int version);

/* Which package a path relative to the archive is; false if the path is not
 * exactly where that package belongs. */
bool package_path_parse(const char *path, int *year, int64_t *number,
                        int *version);

/* Year of t in UTC. */
int year_of(time_t t);

/* Permission bits of a package of that kind. */
mode_t package_mode(const char *kind);

/* dir of s joined with a path relative to it; caller frees. */
char *store_path(const struct store *s, const char *relative);

/* The tree of a new archive, ends with NULL. */
extern const char *const store_folders[];

/* ---- create.c, store.c ---- */

/* fails  UNSUPPORTED if dir lies on a network file system */
NODISCARD enum status refuse_network(const char *dir);

/* Look that dir is an archive at all.  fails  NOT_FOUND */
NODISCARD enum status require_archive(const char *dir);

/* ---- schema.c ---- */

/* Run the migrations that are missing, each in its own transaction. What
 * follows from packages is read from those of s; NULL: an empty catalogue. */
NODISCARD enum status schema_migrate(struct sql *catalogue, struct store *s);

/* fails  UNSUPPORTED (newer, or older and only read), DAMAGED (none) */
NODISCARD enum status schema_require(struct sql *catalogue);

/* ---- catalogue.c ---- */

/* Put one document and its first package in. No transaction of its own. */
NODISCARD enum status catalogue_insert(struct sql *catalogue,
                                       const struct doc_row *d,
                                       const struct record *r);

/* The row that the catalogue has for a record in that package. Caller
 * clears it. */
void doc_row_of_record(const struct record *r, const char *package,
                       const char *sha256, uint64_t bytes, struct doc_row *out);

NODISCARD enum status catalogue_find_source(struct sql *catalogue,
                                            const char *sha256, bool *found,
                                            char id[STORE_ID_BYTES]);

/* Highest number of a year; 0 if it has none. */
NODISCARD enum status catalogue_last_number(struct sql *catalogue, int year,
                                            int64_t *out);

NODISCARD enum status catalogue_get(struct sql *catalogue, const char *id,
                                    struct doc_row *out);

/* What differs between two rows of a document, NULL if nothing. Static. */
const char *doc_row_difference(const struct doc_row *a,
                               const struct doc_row *b);

/* ---- recover.c ---- */

/* Under the lock: finish or undo what dead processes left. */
NODISCARD enum status store_recover(struct store *s);

/* The same for what lies at the numbers behind the last one of a year. */
NODISCARD enum status store_recover_year(struct store *s, int year);

/* ---- workdir.c ---- */

/* Remove work directories of processes that are gone. */
NODISCARD enum status work_dirs_clean(const char *dir);

/* Whether nobody holds the work directory at path any more. */
bool work_dir_is_dead(const char *path);

/* ---- findings.c ---- */

/* Appends; where and text are taken. */
void finding_take(struct verify_result *r, enum check check, bool error,
                  char *where, char *text);

/* Counts and findings of `from` are put behind those of `into`. */
void findings_move(struct verify_result *into, struct verify_result *from);

/* Order by place, tell whether all is well. */
void findings_finish(struct verify_result *r);

/* ---- quarantine.c ---- */

/* Every quarantined file against the digest it is kept under. */
NODISCARD enum status quarantine_check(struct store *s,
                                       struct verify_result *out);

/* ---- registers_check.c ---- */

/* What registers/ holds against the digests it was kept with. */
NODISCARD enum status registers_check(struct store *s,
                                      struct verify_result *out);

/* Whether the file at a path relative to the archive is one of registers/. */
bool belongs_in_registers(const char *path);

/* ---- stray.c ---- */

/* A path relative to the archive; caller's business what it means. */
struct path_list {
    char **items;
    int n, cap;
};

void path_list_clear(struct path_list *l);

/* Packages by name and place in `packages`, everything else that does not
 * belong in the archive in `strays`. */
NODISCARD enum status tree_walk(const char *dir, struct path_list *packages,
                                struct path_list *strays);

/* Whether a stray is a temporary file of hoso's own. */
bool is_own_temporary(const char *path);

#endif
