/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The catalogue made again from the packages alone, in a file beside the old
 * one that takes its place when it is whole. Until then the old one stays and
 * can be read.
 */
#include "store/versions.h"

#include "base/alloc.h"
#include "base/file.h"
#include "base/i18n.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct rebuild {
    const char *dir;
    struct sql *catalogue; /* the new one */
    struct path_list packages;
    pthread_mutex_t mutex; /* guards all below and the catalogue */
    int next;
    enum status failed;
    char *message; /* of the failure: messages belong to threads */
    struct verify_result *out;
};

/* Under the mutex. */
static void keep_failure(struct rebuild *b, enum status st)
{
    if (st == STATUS_OK || b->failed != STATUS_OK)
        return;
    b->failed = st;
    b->message = xstrdup(status_message());
}

/* Packages of one document, by version. */
struct group {
    int year;
    int64_t number;
    char *const *packages;
    int n;
};

static bool belongs_to(const char *package, int year, int64_t number)
{
    int y = 0;
    int64_t n = 0;
    int version = 0;

    return package_path_parse(package, &y, &n, &version) && y == year &&
           n == number;
}

/* The next document's packages, under the mutex; false at the end. */
static bool next_group(struct rebuild *b, struct group *g)
{
    int version = 0;

    if (b->next >= b->packages.n || b->failed != STATUS_OK)
        return false;
    g->packages = &b->packages.items[b->next];
    if (!package_path_parse(g->packages[0], &g->year, &g->number, &version))
        return false;
    for (g->n = 0; b->next < b->packages.n &&
                   belongs_to(b->packages.items[b->next], g->year, g->number);
         g->n++)
        b->next++;
    return true;
}

static int by_version(const void *a, const void *b)
{
    int year[2] = {0};
    int64_t number[2] = {0};
    int version[2] = {0};

    for (int i = 0; i < 2; i++)
        if (!package_path_parse(*(char *const *)(i ? b : a), &year[i],
                                &number[i], &version[i]))
            return 0;
    if (year[0] != year[1])
        return year[0] < year[1] ? -1 : 1;
    if (number[0] != number[1])
        return number[0] < number[1] ? -1 : 1;
    return version[0] - version[1];
}

/* Whether a sound package goes on with what is in the catalogue already. */
static bool follows(const struct record *last, const struct sealed *sealed,
                    const char *package, struct verify_result *found)
{
    const char *fault = NULL;

    if (last)
        fault = version_fault(last, sealed->record);
    else if (record_version(sealed->record) > 1)
        fault = _("it amends a document whose first package cannot be taken"
                  " in");
    if (fault)
        finding_take(found, CHECK_PACKAGE_UNKNOWN, true, xstrdup(package),
                     xstrdup(fault));
    return !fault;
}

/* last becomes the record of the package if that was taken in. */
static void rebuild_package(struct rebuild *b, const char *package,
                            struct record **last)
{
    struct verify_result found = {0};
    struct sealed sealed = {0};
    bool sound = false;
    enum status st = sealed_read(b->dir, package, &found, &sealed, &sound);

    /* One that cannot be opened must not keep the others away. */
    if (st != STATUS_OK)
        finding_take(&found, CHECK_PACKAGE_FORM, true, xstrdup(package),
                     xstrdup(status_message()));
    sound = sound && follows(*last, &sealed, package, &found);
    pthread_mutex_lock(&b->mutex);
    if (sound) {
        keep_failure(b, (*last ? catalogue_amend : catalogue_insert)(
                            b->catalogue, &sealed.row, sealed.record));
        record_free(*last);
        *last = STEAL(sealed.record);
    }
    findings_move(b->out, &found);
    pthread_mutex_unlock(&b->mutex);
    sealed_clear(&sealed);
}

static void *work(void *arg)
{
    struct rebuild *b = arg;

    for (;;) {
        AUTO(record_freep) struct record *last = NULL;
        struct group g;
        bool more;

        pthread_mutex_lock(&b->mutex);
        more = next_group(b, &g);
        pthread_mutex_unlock(&b->mutex);
        if (!more)
            return NULL;
        for (int i = 0; i < g.n; i++)
            rebuild_package(b, g.packages[i], &last);
    }
}

static enum status run_threads(struct rebuild *b, int threads)
{
    pthread_t *others = xcalloc((size_t)threads, sizeof(*others));
    int n = 0;

    while (n < threads - 1 && pthread_create(&others[n], NULL, work, b) == 0)
        n++;
    work(b);
    for (int i = 0; i < n; i++)
        pthread_join(others[i], NULL);
    free(others);
    if (b->failed == STATUS_OK)
        return STATUS_OK;
    return fail(b->failed, "%s", b->message);
}

static enum status fill(struct rebuild *b, int threads)
{
    enum status st = schema_migrate(b->catalogue, NULL);

    if (st == STATUS_OK)
        st = sql_begin(b->catalogue);
    if (st == STATUS_OK)
        st = run_threads(b, threads);
    if (st == STATUS_OK)
        st = sql_commit(b->catalogue);
    if (st == STATUS_OK)
        st = sql_checkpoint(b->catalogue);
    if (st != STATUS_OK)
        sql_rollback(b->catalogue);
    return st;
}

static void remove_with(const char *path, const char *ending)
{
    AUTO(free_char) char *name = xasprintf("%s%s", path, ending);

    unlink(name);
}

/* A catalogue in the making and what SQLite puts beside it. */
static void remove_made(const char *made)
{
    remove_with(made, "");
    remove_with(made, "-journal");
    remove_with(made, "-wal");
    remove_with(made, "-shm");
}

/*
 * Put the new catalogue in the old one's place. The old one's log must be gone
 * before: SQLite would take it for the new one's. What the old one had in it
 * is moved into it first, so that a crash in between loses nothing.
 */
static enum status replace(const char *path, const char *made,
                           const char *folder)
{
    AUTO(sql_closep) struct sql *old = NULL;

    if (sql_open(path, SQL_WRITE, 0, &old) == STATUS_OK &&
        sql_checkpoint(old) != STATUS_OK)
        sql_closep(&old); /* damaged: there is nothing to be saved */
    sql_closep(&old);
    remove_with(path, "-wal");
    remove_with(path, "-shm");
    if (rename(made, path) != 0)
        return fail_errno(STATUS_IO, errno, _("cannot put '%s' in its place"),
                          path);
    /* And once more: a reader may have come to the old one in between. */
    remove_with(path, "-wal");
    remove_with(path, "-shm");
    remove_with(made, "-wal");
    remove_with(made, "-shm");
    return file_sync_dir(folder);
}

static enum status rebuild_locked(const char *dir, int threads,
                                  struct verify_result *out)
{
    AUTO(free_char) char *folder = path_join(dir, "state");
    AUTO(free_char) char *path = path_join(folder, "catalogue.db");
    AUTO(free_char) char *made = path_join(folder, ".catalogue.db.tmp");
    struct rebuild b = {.dir = dir, .out = out};
    struct path_list strays = {0};
    enum status st = tree_walk(dir, &b.packages, &strays);

    path_list_clear(&strays);
    if (b.packages.n > 1)
        qsort(b.packages.items, (size_t)b.packages.n, sizeof(char *),
              by_version);
    pthread_mutex_init(&b.mutex, NULL);
    remove_made(made);
    if (st == STATUS_OK)
        st = sql_open(made, SQL_CREATE, 0640, &b.catalogue);
    if (st == STATUS_OK)
        st = fill(&b, threads);
    sql_closep(&b.catalogue);
    if (st == STATUS_OK)
        st = replace(path, made, folder);
    if (st != STATUS_OK)
        remove_made(made);
    pthread_mutex_destroy(&b.mutex);
    path_list_clear(&b.packages);
    free(b.message);
    return st;
}

enum status store_rebuild(const char *dir, int threads,
                          struct verify_result *out)
{
    AUTO(free_char) char *state = path_join(dir, "state");
    AUTO(free_char) char *lock = path_join(state, "lock");
    AUTO(close_fdp) int fd = -1;
    enum status st = require_archive(dir);

    assert(threads >= 1);
    memset(out, 0, sizeof(*out));
    if (st == STATUS_OK)
        st = refuse_network(dir);
    if (st == STATUS_OK)
        st = file_make_dirs(state, PACKAGE_DIR_MODE);
    if (st == STATUS_OK)
        st = file_lock(lock, LOCK_WAIT_MS, &fd);
    if (st == STATUS_OK)
        st = rebuild_locked(dir, threads, out);
    findings_finish(out);
    if (st != STATUS_OK)
        verify_result_clear(out);
    return st;
}
