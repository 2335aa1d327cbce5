/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How a document becomes stored: the next id, then the steps of place.c.
 */
#include "store/place.h"

#include "base/alloc.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/i18n.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *extension(const char *media_type)
{
    static const char *const known[][2] = {
        {"image/jpeg", "jpg"}, {"image/png", "png"},
        {"image/tiff", "tif"}, {"image/webp", "webp"},
        {"image/jp2", "jp2"},  {"application/pdf", "pdf"}};

    for (size_t i = 0; media_type && i < ARRAY_LEN(known); i++)
        if (strcmp(known[i][0], media_type) == 0)
            return known[i][1];
    return "bin";
}

/* What only the store knows: places in the package, times, id. */
static void complete_record(struct record *r, const char *id, time_t now)
{
    free(r->id);
    r->id = xstrdup(id);
    r->stored_at = now;
    for (int i = 0; i < r->n_sources; i++) {
        struct source *src = &r->sources[i];

        free(src->path);
        src->path = xasprintf("data/original/%04d.%s", i + 1,
                              extension(src->media_type));
    }
    if (r->n_versions == 0) {
        struct version first = {.number = 1,
                                .agent = xstrdup("hoso " HOSO_VERSION),
                                .note = xstrdup("ingest")};

        record_take_version(r, &first);
    }
    r->versions[0].at = now;
}

static enum status refuse_duplicate(struct place *c,
                                    char existing_id[STORE_ID_BYTES])
{
    const struct record *r = c->in->record;

    for (int i = 0; i < r->n_sources; i++) {
        bool found = false;
        enum status st = catalogue_find_source(
            c->s->catalogue, r->sources[i].sha256, &found, existing_id);

        if (st != STATUS_OK)
            return st;
        if (found)
            return fail(STATUS_EXISTS,
                        _("'%s' is in the archive already, as"
                          " %s"),
                        r->sources[i].name ? r->sources[i].name : "",
                        existing_id);
    }
    return STATUS_OK;
}

/*
 * Another process may have died since this one started, between giving its
 * package a name and cataloguing it: that document comes first, or it would
 * be stored a second time.
 */
static enum status settle(struct place *c, int year)
{
    AUTO(free_char) char *package = NULL;
    AUTO(free_char) char *path = NULL;
    int64_t number = 0;
    enum status st = catalogue_last_number(c->s->catalogue, year, &number);

    if (st != STATUS_OK)
        return st;
    package = package_path(year, number + 1, 1);
    path = store_path(c->s, package);
    return access(path, F_OK) == 0 ? store_recover_year(c->s, year) : STATUS_OK;
}

/* The next number that neither the catalogue nor the disk has. */
static enum status choose_place(struct place *c, time_t now)
{
    char id[STORE_ID_BYTES];
    int year = year_of(now);
    int64_t number = 0;
    enum status st = catalogue_last_number(c->s->catalogue, year, &number);

    if (st != STATUS_OK)
        return st;
    do
        place_choose(c, package_path(year, ++number, 1));
    while (access(c->path, F_OK) == 0);
    id_format(year, number, id);
    complete_record(c->in->record, id, now);
    return file_make_dirs(c->folder, PACKAGE_DIR_MODE);
}

static enum status commit_locked(struct place *c, bool allow_duplicates,
                                 char existing_id[STORE_ID_BYTES])
{
    struct record *r = c->in->record;
    time_t now = clock_now();
    enum status st = settle(c, year_of(now));

    if (st == STATUS_OK && !allow_duplicates)
        st = refuse_duplicate(c, existing_id);
    if (st == STATUS_OK)
        st = place_require_room(c);
    if (st == STATUS_OK)
        st = choose_place(c, now);
    if (st == STATUS_OK)
        st = place_fill(c, catalogue_insert);
    if (st == STATUS_OK)
        return st;
    free(r->id);
    r->id = NULL;
    r->stored_at = 0;
    return st;
}

enum status store_commit(struct store *s, const struct package_input *in,
                         bool allow_duplicates,
                         char existing_id[STORE_ID_BYTES])
{
    struct place c = {.s = s, .in = in};
    enum status st;

    assert(s->mode == STORE_WRITE);
    existing_id[0] = '\0';
    st = place_allowed(s);
    if (st == STATUS_OK)
        st = store_lock(s);
    if (st != STATUS_OK)
        return st;
    st = commit_locked(&c, allow_duplicates, existing_id);
    place_clear(&c);
    store_unlock(s);
    return st;
}
