/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The order in which a package becomes part of the archive (design §4). Each
 * step leaves something that the next start can finish or undo:
 *
 *     temporary package      removed
 *     renamed package        taken into the catalogue
 *     catalogue transaction  whole or absent
 */
#include "store/place.h"

#include "base/alloc.h"
#include "base/file.h"
#include "base/i18n.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* What the catalogue, its log and the index may need besides a package. */
#define ROOM_LEFT_BYTES (UINT64_C(2) << 20)

void place_clear(struct place *p)
{
    free(p->package);
    free(p->path);
    free(p->temporary);
    free(p->folder);
    p->package = p->path = p->temporary = p->folder = NULL;
}

enum status place_allowed(const struct store *s)
{
    if (s->broken)
        return fail(STATUS_IO,
                    _("an earlier write did not reach the disk; nothing more"
                      " is stored until hoso is started again"));
    return STATUS_OK;
}

/* Bytes of the payload, roughly. */
static uint64_t bytes_of(const struct package_input *in)
{
    const struct record *r = in->record;
    uint64_t n = in->text ? strlen(in->text) : 0;
    struct stat sb;

    for (int i = 0; in->source_fds && i < r->n_sources; i++)
        n += r->sources[i].bytes;
    for (int i = 0; in->alto && i < r->n_pages; i++)
        n += in->alto[i] ? strlen(in->alto[i]) : 0;
    if (fstat(in->access_fd, &sb) == 0)
        n += (uint64_t)sb.st_size;
    return n;
}

/*
 * Refuse before anything is written what the disk has no room for: a commit
 * that runs into the end of the disk can be undone, but costs more than one
 * that is not begun.
 */
enum status place_require_room(const struct place *p)
{
    uint64_t need = ROOM_LEFT_BYTES + bytes_of(p->in);
    uint64_t has = 0;
    enum status st = file_free_bytes(p->s->dir, &has);

    if (st != STATUS_OK || has >= need)
        return st;
    return fail(STATUS_NO_SPACE,
                _("the disk of the archive is full: %llu MB free, %llu MB"
                  " needed; make room and give the file again"),
                (unsigned long long)(has >> 20),
                (unsigned long long)((need >> 20) + 1));
}

void place_choose(struct place *p, char *take_relative)
{
    place_clear(p);
    p->package = take_relative;
    p->path = store_path(p->s, p->package);
    p->folder = xstrndup(p->path, (size_t)(path_base(p->path) - p->path - 1));
    p->temporary = xasprintf("%s/.%s.tmp", p->folder, path_base(p->path));
}

/* Give the package its name. renameat2 would refuse an existing target; under
 * the lock nobody makes one after the place was chosen. */
static enum status publish(struct place *p)
{
    enum status st;

    if (rename(p->temporary, p->path) != 0)
        return fail_errno(STATUS_IO, errno, _("cannot put '%s' in its place"),
                          p->path);
    st = file_sync_dir(p->folder);
    if (st != STATUS_OK)
        p->s->broken = true;
    return st;
}

static enum status catalogue(struct place *p, place_insert *insert,
                             bool *committing)
{
    struct doc_row row;
    struct sql *db = p->s->catalogue;
    enum status st = sql_begin(db);

    if (st != STATUS_OK)
        return st;
    doc_row_of_record(p->in->record, p->package, p->sha256, p->bytes, &row);
    st = insert(db, &row, p->in->record);
    doc_row_clear(&row);
    if (st == STATUS_OK) {
        *committing = true;
        st = sql_commit(db);
    }
    if (st != STATUS_OK)
        sql_rollback(db);
    return st;
}

/* Undo without touching the message of what went wrong. */
static void withdraw(struct place *p)
{
    unlink(p->temporary);
    if (unlink(p->path) == 0 && file_sync_dir(p->folder) != STATUS_OK)
        p->s->broken = true;
}

static void checkpoint_now_and_then(struct store *s)
{
    if (++s->commits % COMMITS_PER_CHECKPOINT != 0)
        return;
    /* Not this document's trouble: what is in the log is durable there. */
    if (sql_checkpoint(s->catalogue) != STATUS_OK)
        s->broken = true;
}

enum status place_fill(struct place *p, place_insert *insert)
{
    bool committing = false;
    enum status st;

    unlink(p->temporary); /* of a dead process: we have the lock */
    st = seal(p->s, p->in, p->temporary, p->sha256, &p->bytes);
    if (st != STATUS_OK) {
        unlink(p->temporary);
        return st;
    }
    st = publish(p);
    if (st == STATUS_OK)
        st = catalogue(p, insert, &committing);
    if (st == STATUS_OK) {
        checkpoint_now_and_then(p->s);
        return st;
    }
    /* A COMMIT that failed may still be found in the log at the next start,
     * so its package has to stay: whichever way it goes, the two agree. */
    if (committing) {
        p->s->broken = true;
    } else {
        AUTO(free_char) char *message = xstrdup(status_message());

        withdraw(p);
        return fail(st, "%s", message);
    }
    return st;
}

enum status place_adopt(struct store *s, const char *package, place_fits *fits,
                        place_insert *insert)
{
    struct verify_result found = {0};
    struct sealed sealed;
    bool sound = false;
    enum status st = sealed_read(s->dir, package, &found, &sealed, &sound);

    verify_result_clear(&found);
    if (st == STATUS_OK && sound && fits)
        st = fits(s, &sealed, &sound);
    if (st == STATUS_OK && sound) {
        st = sql_begin(s->catalogue);
        if (st == STATUS_OK)
            st = insert(s->catalogue, &sealed.row, sealed.record);
        if (st == STATUS_OK)
            st = sql_commit(s->catalogue);
        if (st != STATUS_OK)
            sql_rollback(s->catalogue);
        else
            s->commits++;
    }
    sealed_clear(&sealed);
    return st;
}
