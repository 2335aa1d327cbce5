/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The proof that an archive is whole: every byte of every package is read and
 * hashed, twice at most (the file as a whole, and the files in it), and disk,
 * manifests and catalogue are compared in both directions.
 *
 * It may run beside an ingest. What looks unfinished or unknown then may only
 * be in flight, so it is looked at again under the writer lock, where nothing
 * is in flight.
 */
#include "store/versions.h"

#include "base/alloc.h"
#include "base/file.h"
#include "base/i18n.h"
#include "store/package.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct proof {
    struct store *s;
    const char *const *ids;
    int n_ids;
    pthread_mutex_t mutex; /* guards all below and the catalogue */
    int next;
    uint64_t done, all;
    void (*progress)(void *user, uint64_t done, uint64_t all);
    void *user;
    struct verify_result *out;
};

/* ---- one document ---- */

static void compare_digest(const struct package_row *row,
                           const struct sealed *sealed,
                           struct verify_result *out)
{
    if (strcmp(sealed->bag.sha256, row->sha256) != 0)
        finding_take(out, CHECK_PACKAGE_BYTES, true, xstrdup(row->path),
                     xasprintf(_("SHA-256 is %s and should be %s"),
                               sealed->bag.sha256, row->sha256));
}

static void report_record(const char *package, char *text,
                          struct verify_result *out)
{
    finding_take(out, CHECK_RECORD, true,
                 xasprintf("%s!data/record.json", package), text);
}

/* The newest record says what the catalogue says. */
static void compare_with_row(const struct doc_row *row,
                             const struct sealed *sealed,
                             struct verify_result *out)
{
    const char *difference = doc_row_difference(&sealed->row, row);

    if (difference)
        report_record(
            row->package,
            xasprintf(_("record and catalogue differ: %s"), _(difference)),
            out);
}

/* One package behind the record of the one before; *last becomes its own. */
static void check_package(const char *dir, const struct package_row *row,
                          const struct doc_row *document, struct record **last,
                          struct verify_result *out)
{
    struct sealed sealed;
    bool sound = false;
    enum status st = sealed_read(dir, row->path, out, &sealed, &sound);

    if (st == STATUS_NOT_FOUND)
        finding_take(out, CHECK_PACKAGE_MISSING, true, xstrdup(row->path),
                     xstrdup(_("the catalogue has it and the disk has not")));
    else if (st != STATUS_OK)
        finding_take(out, CHECK_PACKAGE_FORM, true, xstrdup(row->path),
                     xstrdup(status_message()));
    else
        compare_digest(row, &sealed, out);
    if (st == STATUS_OK && sealed.record) {
        const char *fault = *last ? version_fault(*last, sealed.record) : NULL;

        if (fault)
            report_record(row->path, xstrdup(fault), out);
        if (row->version == document->version)
            compare_with_row(document, &sealed, out);
        record_free(*last);
        *last = STEAL(sealed.record);
    }
    sealed_clear(&sealed);
}

/* Versions are numbered without gaps. */
static void check_gaps(const struct doc_row *document,
                       const struct package_rows *l, struct verify_result *out)
{
    int year = 0;
    int64_t number = 0;
    int expected = 1;

    if (!id_parse(document->id, &year, &number))
        return;
    for (int i = 0; i < l->n; i++, expected++)
        for (; expected < l->items[i].version; expected++)
            finding_take(out, CHECK_PACKAGE_MISSING, true,
                         package_path(year, number, expected),
                         xstrdup(_("there is a later version of the document,"
                                   " and this one is not in the catalogue")));
}

static uint64_t check_packages(const char *dir, const struct doc_row *document,
                               const struct package_rows *l,
                               struct verify_result *out)
{
    AUTO(record_freep) struct record *last = NULL;
    uint64_t bytes = 0;

    for (int i = 0; i < l->n; i++) {
        check_package(dir, &l->items[i], document, &last, out);
        bytes += (uint64_t)l->items[i].bytes;
    }
    check_gaps(document, l, out);
    return bytes;
}

static void check_document(struct proof *p, const char *id)
{
    struct verify_result found = {0};
    struct package_rows packages = {0};
    struct doc_row row = {0};
    uint64_t bytes = 0;
    enum status st;

    pthread_mutex_lock(&p->mutex);
    st = catalogue_get(p->s->catalogue, id, &row);
    if (st == STATUS_OK)
        st = package_rows_get(p->s->catalogue, id, row.version, &packages);
    pthread_mutex_unlock(&p->mutex);
    if (st != STATUS_OK)
        finding_take(&found, CHECK_CATALOGUE, true, xstrdup(id),
                     xstrdup(status_message()));
    else
        bytes = check_packages(p->s->dir, &row, &packages, &found);
    pthread_mutex_lock(&p->mutex);
    p->done += bytes;
    findings_move(p->out, &found);
    if (p->progress)
        p->progress(p->user, p->done, p->all);
    pthread_mutex_unlock(&p->mutex);
    package_rows_clear(&packages);
    doc_row_clear(&row);
}

static void *work(void *arg)
{
    struct proof *p = arg;

    for (;;) {
        int i;

        pthread_mutex_lock(&p->mutex);
        i = p->next < p->n_ids ? p->next++ : -1;
        pthread_mutex_unlock(&p->mutex);
        if (i < 0)
            return NULL;
        check_document(p, p->ids[i]);
    }
}

/* The calling thread works too, so a thread that cannot be made is no
 * trouble. */
static void run_threads(struct proof *p, int threads)
{
    pthread_t *others = xcalloc((size_t)threads, sizeof(*others));
    int n = 0;

    while (n < threads - 1 && pthread_create(&others[n], NULL, work, p) == 0)
        n++;
    work(p);
    for (int i = 0; i < n; i++)
        pthread_join(others[i], NULL);
    free(others);
}

/* ---- the catalogue itself ---- */

static enum status check_catalogue(struct store *s, struct verify_result *out)
{
    static const char *const checks[] = {"PRAGMA integrity_check(20)",
                                         "PRAGMA foreign_key_check"};

    for (size_t i = 0; i < ARRAY_LEN(checks); i++) {
        AUTO(sql_finishp) struct sql_stmt *q = NULL;
        bool row = false;
        enum status st = sql_prepare(s->catalogue, &q, checks[i], "");

        while (st == STATUS_OK && (st = sql_step(q, &row)) == STATUS_OK && row)
            if (strcmp(sql_text(q, 0), "ok") != 0)
                finding_take(out, CHECK_CATALOGUE, true,
                             xstrdup("state/catalogue.db"),
                             xstrdup(sql_text(q, 0)));
        if (st == STATUS_DAMAGED)
            finding_take(out, CHECK_CATALOGUE, true,
                         xstrdup("state/catalogue.db"),
                         xstrdup(status_message()));
        else if (st != STATUS_OK)
            return st;
    }
    return STATUS_OK;
}

static enum status all_ids(struct store *s, struct path_list *ids,
                           uint64_t *bytes)
{
    AUTO(sql_finishp) struct sql_stmt *q = NULL;
    bool row = false;
    enum status st = sql_prepare(s->catalogue, &q,
                                 "SELECT document, sum(bytes) FROM package"
                                 " GROUP BY document ORDER BY document",
                                 "");

    while (st == STATUS_OK && (st = sql_step(q, &row)) == STATUS_OK && row) {
        GROW(ids->items, ids->n, ids->cap);
        ids->items[ids->n++] = xstrdup(sql_text(q, 0));
        *bytes += (uint64_t)sql_int(q, 1);
    }
    return st;
}

/* ---- the other direction: from the disk ---- */

static enum status is_catalogued(struct store *s, const char *path, bool *yes)
{
    int64_t n = 0;
    enum status st =
        sql_int_of(s->catalogue, &n,
                   "SELECT count(*) FROM package WHERE path = ?", "s", path);

    *yes = n > 0;
    return st;
}

static bool is_there(const struct store *s, const char *path)
{
    AUTO(free_char) char *absolute = store_path(s, path);
    struct stat sb;

    if (lstat(absolute, &sb) != 0)
        return false;
    return strncmp(path, "work/", 5) != 0 || !S_ISDIR(sb.st_mode) ||
           work_dir_is_dead(absolute);
}

/* Only those that the catalogue does not know are kept. */
static enum status keep_unknown(struct store *s, struct path_list *packages)
{
    int kept = 0;
    enum status st = STATUS_OK;

    for (int i = 0; i < packages->n; i++) {
        bool known = false;

        if (st == STATUS_OK)
            st = is_catalogued(s, packages->items[i], &known);
        if (known)
            free(packages->items[i]);
        else
            packages->items[kept++] = packages->items[i];
    }
    packages->n = kept;
    return st;
}

static void report_unknown(struct store *s, const struct path_list *packages,
                           struct verify_result *out)
{
    for (int i = 0; i < packages->n; i++)
        if (is_there(s, packages->items[i]))
            finding_take(out, CHECK_PACKAGE_UNKNOWN, true,
                         xstrdup(packages->items[i]),
                         xstrdup(_("the disk has it and the catalogue has"
                                   " not; the next ingest or hoso rebuild"
                                   " takes it in if it is sound")));
}

/* Among the packages nothing else may lie; hoso's own temporaries and what is
 * beside the packages harm nothing. */
static void report_strays(struct store *s, const struct path_list *strays,
                          struct verify_result *out)
{
    for (int i = 0; i < strays->n; i++) {
        const char *path = strays->items[i];
        bool own = is_own_temporary(path) || strncmp(path, "work/", 5) == 0;
        bool error = !own && strncmp(path, "packages/", 9) == 0;

        if (is_there(s, path))
            finding_take(out, CHECK_STRAY, error, xstrdup(path),
                         xstrdup(own ? _("left by a process that ended; the"
                                         " next ingest removes it")
                                     : _("it does not belong in the"
                                         " archive")));
    }
}

static enum status check_disk(struct store *s, struct verify_result *out)
{
    struct path_list packages = {0};
    struct path_list strays = {0};
    bool locked = false;
    enum status st = tree_walk(s->dir, &packages, &strays);

    if (st == STATUS_OK)
        st = keep_unknown(s, &packages);
    if (st == STATUS_OK && packages.n + strays.n > 0) {
        st = store_lock(s);
        locked = st == STATUS_OK;
        /* Who may only read cannot lock, and nothing of his is in flight. */
        if (st == STATUS_DENIED)
            st = STATUS_OK;
    }
    if (st == STATUS_OK)
        st = keep_unknown(s, &packages);
    if (st == STATUS_OK) {
        report_unknown(s, &packages, out);
        report_strays(s, &strays, out);
    }
    if (locked)
        store_unlock(s);
    path_list_clear(&packages);
    path_list_clear(&strays);
    return st;
}

/* ---- the whole ---- */

static enum status check_selected(struct proof *p)
{
    for (int i = 0; i < p->n_ids; i++) {
        struct doc_row row;
        int64_t bytes = 0;
        enum status st = catalogue_get(p->s->catalogue, p->ids[i], &row);

        if (st != STATUS_OK)
            return st;
        doc_row_clear(&row);
        st = sql_int_of(p->s->catalogue, &bytes,
                        "SELECT sum(bytes) FROM package WHERE document = ?",
                        "s", p->ids[i]);
        if (st != STATUS_OK)
            return st;
        p->all += (uint64_t)bytes;
    }
    return STATUS_OK;
}

static enum status prepare(struct proof *p, struct path_list *ids)
{
    enum status st;

    if (p->n_ids > 0)
        return check_selected(p);
    st = check_catalogue(p->s, p->out);
    if (st == STATUS_OK)
        st = all_ids(p->s, ids, &p->all);
    /* A catalogue too damaged to list is a finding already. */
    if (st == STATUS_DAMAGED)
        st = STATUS_OK;
    p->ids = (const char *const *)ids->items;
    p->n_ids = ids->n;
    return st;
}

enum status
store_verify(struct store *s, const char *const *ids, int n_ids, int threads,
             void (*progress)(void *user, uint64_t done, uint64_t all),
             void *user, struct verify_result *out)
{
    struct proof p = {.s = s,
                      .ids = ids,
                      .n_ids = n_ids,
                      .progress = progress,
                      .user = user,
                      .out = out};
    struct path_list all = {0};
    enum status st;

    assert(threads >= 1);
    memset(out, 0, sizeof(*out));
    pthread_mutex_init(&p.mutex, NULL);
    st = prepare(&p, &all);
    if (st == STATUS_OK)
        run_threads(&p, threads);
    if (st == STATUS_OK && n_ids == 0)
        st = check_disk(s, out);
    if (st == STATUS_OK && n_ids == 0)
        st = quarantine_check(s, out);
    if (st == STATUS_OK && n_ids == 0)
        st = registers_check(s, out);
    if (st == STATUS_OK && out->packages == 0)
        finding_take(out, CHECK_NOTHING, true, xstrdup("packages"),
                     xstrdup(_("there was nothing to check")));
    findings_finish(out);
    pthread_mutex_destroy(&p.mutex);
    path_list_clear(&all);
    if (st != STATUS_OK)
        verify_result_clear(out);
    return st;
}
