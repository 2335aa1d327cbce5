/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Corrections: a new package beside the first, by the same steps. Numbers of
 * documents are given in order, so a start knows where a new one may lie half
 * finished; an amendment may be at any old document. So its place is written
 * down, durably, before the first byte goes there (state/amending), and the
 * note is removed when all is done.
 */
#include "store/place.h"
#include "store/versions.h"

#include "base/alloc.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/i18n.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define NOTE_BYTES_MAX 4096

/* ---- the note ---- */

static enum status write_note(struct store *s, const char *package)
{
    AUTO(free_char) char *path = store_path(s, AMENDING);

    return file_write_durable(path, package, strlen(package), 0640);
}

/* A note that stays is harmless: the next start finds its package in the
 * catalogue. */
static void remove_note(struct store *s)
{
    AUTO(free_char) char *path = store_path(s, AMENDING);

    unlink(path);
}

/* Whether an amendment of that version may follow what the catalogue has. */
static enum status fits(struct store *s, const struct sealed *sealed,
                        bool *yes)
{
    AUTO(record_freep) struct record *last = NULL;
    enum status st = store_read_record(s, sealed->record->id, &last);

    *yes = false;
    if (st == STATUS_NOT_FOUND || st == STATUS_DAMAGED)
        return STATUS_OK; /* verify names what is wrong */
    if (st != STATUS_OK)
        return st;
    *yes = record_version(sealed->record) == record_version(last) + 1 &&
           !version_fault(last, sealed->record);
    return STATUS_OK;
}

static enum status finish(struct store *s, const char *package)
{
    struct place p = {.s = s};
    int64_t n = 0;
    enum status st;

    place_choose(&p, xstrdup(package));
    unlink(p.temporary);
    st = sql_int_of(s->catalogue, &n,
                    "SELECT count(*) FROM package WHERE path = ?", "s",
                    package);
    if (st == STATUS_OK && n == 0 && access(p.path, F_OK) == 0)
        st = place_adopt(s, package, fits, catalogue_amend);
    place_clear(&p);
    return st == STATUS_OK
               ? st
               : explain(st, _("taking '%s' into the catalogue"), package);
}

enum status amend_recover(struct store *s)
{
    AUTO(free_char) char *path = store_path(s, AMENDING);
    AUTO(free_char) char *package = NULL;
    int year;
    int64_t number;
    int version = 0;
    enum status st;

    if (access(path, F_OK) != 0)
        return STATUS_OK;
    st = file_read(path, NOTE_BYTES_MAX, &package, NULL);
    if (st == STATUS_OK &&
        package_path_parse(package, &year, &number, &version) && version > 1)
        st = finish(s, package);
    if (st == STATUS_OK)
        remove_note(s);
    return st;
}

/* ---- amending ---- */

/* The record as it is now must be the one that was changed. */
static enum status require_newest(struct store *s, const struct record *r)
{
    AUTO(record_freep) struct record *last = NULL;
    const char *fault;
    enum status st = store_read_record(s, r->id, &last);

    if (st != STATUS_OK)
        return st;
    if (record_version(last) != record_version(r) - 1)
        return fail(STATUS_BUSY,
                    _("'%s' was changed by someone else meanwhile (version"
                      " %d); look at it again"),
                    r->id, record_version(last));
    fault = version_fault(last, r);
    if (fault)
        return fail(STATUS_INVALID, _("'%s' cannot be amended so: %s"), r->id,
                    fault);
    return STATUS_OK;
}

static enum status choose(struct place *p, const struct record *r)
{
    int year = 0;
    int64_t number = 0;

    if (!id_parse(r->id, &year, &number))
        return fail(STATUS_NOT_FOUND, _("'%s' is no id of a document"), r->id);
    place_choose(p, package_path(year, number, record_version(r)));
    if (access(p->path, F_OK) == 0)
        return fail(STATUS_DAMAGED,
                    _("'%s' is there and not in the catalogue; run: hoso"
                      " verify"),
                    p->package);
    return STATUS_OK;
}

static enum status amend_locked(struct place *p)
{
    const struct record *r = p->in->record;
    enum status st = amend_recover(p->s);

    if (st == STATUS_OK)
        st = require_newest(p->s, r);
    if (st == STATUS_OK)
        st = place_require_room(p);
    if (st == STATUS_OK)
        st = choose(p, r);
    if (st == STATUS_OK)
        st = write_note(p->s, p->package);
    if (st == STATUS_OK)
        st = place_fill(p, catalogue_amend);
    if (st == STATUS_OK)
        remove_note(p->s);
    return st;
}

/* Put the version at hand behind the others. */
static void add_version(const struct amendment *a)
{
    struct version v = {.number = record_version(a->record) + 1,
                        .at = clock_now(),
                        .agent = xstrdup(a->agent),
                        .note = xstrdup(a->note),
                        .seconds = a->seconds};

    record_take_version(a->record, &v);
}

static void drop_version(struct record *r)
{
    struct version *v = &r->versions[--r->n_versions];

    free(v->agent);
    free(v->note);
}

enum status store_amend(struct store *s, const struct amendment *a)
{
    const struct package_input in = {.record = a->record,
                                     .access_fd = a->access_fd,
                                     .text = a->text,
                                     .alto = a->alto};
    struct place p = {.s = s, .in = &in};
    enum status st;

    assert(s->mode == STORE_WRITE && a->record->id && a->agent[0]);
    st = place_allowed(s);
    if (st == STATUS_OK)
        st = store_lock(s);
    if (st != STATUS_OK)
        return st;
    add_version(a);
    st = amend_locked(&p);
    if (st != STATUS_OK)
        drop_version(a->record);
    place_clear(&p);
    store_unlock(s);
    return st;
}
