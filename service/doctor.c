/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What keeps hoso from working here, and what to do about it. */
#include "service/archive.h"

#include "base/alloc.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/i18n.h"
#include "service/machine.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A day of scanning (design: one office PC) takes some gigabytes. */
#define SPACE_WARNING_BYTES (10ULL << 30)
#define SPACE_ERROR_BYTES (1ULL << 30)

struct doctor {
    struct doctor_report *report;
    enum status worst; /* what the run is to return */
    char *worst_text;
};

/* text and advice are taken over; st is the status an error stands for. */
static void say(struct doctor *d, const char *name, enum doctor_level level,
                enum status st, char *text, char *advice)
{
    struct doctor_report *r = d->report;
    GROW(r->items, r->n_items, r->cap_items);
    r->items[r->n_items++] = (struct doctor_item){name, level, text, advice};
    if (level == DOCTOR_ERROR && d->worst == STATUS_OK) {
        d->worst = st;
        d->worst_text = xstrdup(text);
    }
}

static void look_at_model(struct doctor *d, const struct config *c)
{
    struct pool_options po;
    machine_pool_options(c, 1, &po);
    struct pool *pool = NULL;
    AUTO(json_decrefp) json_t *info = NULL;
    enum status st = pool_open(&po, &pool);
    if (st == STATUS_OK)
        st = machine_ask_worker(pool, &info);
    if (st != STATUS_OK) {
        bool no_model = pool && st == STATUS_MISSING;
        say(d, "model", DOCTOR_ERROR, st, xstrdup(status_message()),
            no_model ? xasprintf(_("install the model: apt install "
                                   "tesseract-ocr-%s"),
                                 po.model)
                     : NULL);
    } else {
        say(d, "model", DOCTOR_OK, STATUS_OK, machine_recogniser(info, 0), NULL);
        say(d, "libraries", DOCTOR_OK, STATUS_OK,
            xasprintf("leptonica %s, poppler %s, qpdf %s",
                      json_string_or(info, "leptonica", "?"),
                      json_string_or(info, "poppler", "?"),
                      json_string_or(info, "qpdf", "?")),
            NULL);
    }
    pool_close(pool);
}

static void look_at_memory(struct doctor *d, const struct config *c)
{
    struct pool_options po;
    machine_pool_options(c, (int)config_int(c, CONFIG_JOBS), &po);
    long long have_mb = (long long)sysconf(_SC_PHYS_PAGES) *
                        sysconf(_SC_PAGESIZE) / (1 << 20);
    long long need_mb = (long long)po.jobs * po.worker_mb + 500;
    char *text = xasprintf(_("%lld MB of memory; %d workers may use %lld MB"),
                           have_mb, po.jobs, need_mb);
    if (need_mb > have_mb)
        say(d, "memory", DOCTOR_WARNING, STATUS_OK, text,
            xstrdup(_("set ingest.jobs in hoso.ini to fewer workers")));
    else
        say(d, "memory", DOCTOR_OK, STATUS_OK, text, NULL);
}

static void look_at_space(struct doctor *d, const char *dir)
{
    uint64_t bytes;
    enum status st = file_free_bytes(dir, &bytes);
    if (st != STATUS_OK) {
        say(d, "space", DOCTOR_ERROR, st, xstrdup(status_message()), NULL);
        return;
    }
    char *text =
        xasprintf(_("%.1f GB free"), (double)bytes / (double)(1ULL << 30));
    if (bytes < SPACE_ERROR_BYTES)
        say(d, "space", DOCTOR_ERROR, STATUS_NO_SPACE, text,
            xstrdup(_("make room or move the archive to a larger disk before "
                      "the next batch")));
    else if (bytes < SPACE_WARNING_BYTES)
        say(d, "space", DOCTOR_WARNING, STATUS_OK, text,
            xstrdup(_("plan for a larger disk")));
    else
        say(d, "space", DOCTOR_OK, STATUS_OK, text, NULL);
}

static void look_at_permissions(struct doctor *d, const char *dir)
{
    static const char *const folders[] = {"", "packages", "state",
                                          "quarantine", "work"};
    for (size_t i = 0; i < ARRAY_LEN(folders); i++) {
        AUTO(free_char) char *path = path_join(dir, folders[i]);
        if (access(path, R_OK | W_OK | X_OK) == 0)
            continue;
        say(d, "permissions", DOCTOR_ERROR, STATUS_DENIED,
            xasprintf(_("you cannot write in '%s'"), path),
            xstrdup(_("ask the archive's owner for the right, or only search "
                      "and verify")));
        return;
    }
    say(d, "permissions", DOCTOR_OK, STATUS_OK,
        xstrdup(_("you may read and write the archive")), NULL);
}

static enum status latest(void *user, const struct doc_row *row)
{
    time_t *t = user;
    if (row->stored_at > *t)
        *t = row->stored_at;
    return STATUS_OK;
}

/* A clock that was set back would date new documents before old ones. */
static void look_at_clock(struct doctor *d, struct store *store)
{
    time_t now = clock_now(), newest = 0;
    char iso[CLOCK_ISO_BYTES];
    clock_iso(now, iso);
    if (store) {
        struct list_filter general = {.limit = -1};
        struct list_filter staff = {.kind = "staff", .limit = -1};
        enum status st = store_list(store, &general, latest, &newest);
        if (st == STATUS_OK)
            st = store_list(store, &staff, latest, &newest);
        if (st != STATUS_OK)
            newest = 0; /* said where the archive is looked at */
    }
    static const time_t first_release = 1735689600; /* 2025-01-01 */
    if (now + 86400 < newest || now < first_release)
        say(d, "clock", DOCTOR_ERROR, STATUS_CONFIG,
            xasprintf(_("the clock says %s, which is too early"), iso),
            xstrdup(_("set the clock (timedatectl set-ntp true) before you "
                      "ingest")));
    else
        say(d, "clock", DOCTOR_OK, STATUS_OK, xstrdup(iso), NULL);
}

static void look_at_archive(struct doctor *d, const char *dir)
{
    struct archive *a = NULL;
    enum status st = archive_open(dir, STORE_READ, &a);
    if (st != STATUS_OK) {
        bool none = st == STATUS_NOT_FOUND && !dir;
        say(d, "archive", none ? DOCTOR_WARNING : DOCTOR_ERROR, st,
            xstrdup(status_message()), NULL);
        look_at_clock(d, NULL);
        return;
    }
    struct list_filter general = {.limit = -1};
    int64_t n = 0;
    st = store_count(a->store, &general, &n);
    if (st == STATUS_OK)
        say(d, "archive", DOCTOR_OK, STATUS_OK,
            xasprintf(_("'%s', %lld documents besides staff dossiers"),
                      a->dir, (long long)n),
            NULL);
    else
        say(d, "archive", DOCTOR_ERROR, st, xstrdup(status_message()),
            xstrdup(_("run 'hoso rebuild'")));
    look_at_permissions(d, a->dir);
    look_at_space(d, a->dir);
    look_at_clock(d, a->store);
    archive_close(a);
}

enum status archive_doctor(const char *dir, struct doctor_report *out)
{
    *out = (struct doctor_report){0};
    struct doctor d = {.report = out};
    struct config *c = NULL;
    enum status st = config_new(&c);
    if (st != STATUS_OK)
        return st;
    AUTO(free_char) char *root = NULL;
    if (store_find(dir, &root) == STATUS_OK) {
        AUTO(free_char) char *ini = path_join(root, "hoso.ini");
        st = config_load(c, ini);
        if (st != STATUS_OK)
            say(&d, "configuration", DOCTOR_ERROR, st,
                xstrdup(status_message()), NULL);
    }
    look_at_model(&d, c);
    look_at_memory(&d, c);
    look_at_archive(&d, dir);
    config_free(c);
    if (d.worst != STATUS_OK)
        st = fail(d.worst, "%s", d.worst_text);
    else
        st = STATUS_OK;
    free(d.worst_text);
    return st;
}

void doctor_report_clear(struct doctor_report *r)
{
    for (int i = 0; i < r->n_items; i++) {
        free(r->items[i].text);
        free(r->items[i].advice);
    }
    free(r->items);
    *r = (struct doctor_report){0};
}
