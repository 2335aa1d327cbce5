/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The run of a batch: plan, read ahead with the workers, settle in order. */
#include "service/doubtful.h"
#include "service/ingest_batch.h"

#include "base/alloc.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "base/text.h"
#include "service/confirmed_words.h"
#include "service/machine.h"

#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

/* How far reading may run ahead of the document whose turn it is. */
#define DOCUMENTS_AHEAD 16
#define POLL_MS 200

static bool is_cancelled(struct ingest_batch *b)
{
    if (!b->cancelled && b->options->cancelled)
        b->cancelled = b->options->cancelled(b->options->user);
    return b->cancelled;
}

/* Every document in hand keeps its files open. */
static void allow_many_files(void)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) == 0) {
        limit.rlim_cur = limit.rlim_max;
        (void)setrlimit(RLIMIT_NOFILE, &limit);
    }
}

/* Name of the batch when none was given: the one folder's, or the day. */
static char *default_batch(const struct ingest_options *o)
{
    struct stat sb;
    if (o->n_paths == 1 && stat(o->paths[0], &sb) == 0 &&
        S_ISDIR(sb.st_mode)) {
        AUTO(free_char) char *real = realpath(o->paths[0], NULL);
        const char *slash = real ? strrchr(real, '/') : NULL;
        if (slash && slash[1])
            return text_show_name(slash + 1);
    }
    char iso[CLOCK_ISO_BYTES];
    clock_iso(clock_now(), iso);
    return xstrndup(iso, 10);
}

static enum status start_workers(struct ingest_batch *b)
{
    const struct config *c = b->archive->config;
    int jobs = b->options->jobs;
    if (jobs <= 0)
        jobs = (int)config_int(c, CONFIG_JOBS);
    struct pool_options po;
    machine_pool_options(c, jobs, &po);
    b->jobs = po.jobs;
    int pairs;
    enum status st =
        confirmed_words_write(b->archive, &b->confirmed, &pairs);
    po.confirmed = b->confirmed;
    if (st == STATUS_OK)
        st = pool_open(&po, &b->pool);
    if (st != STATUS_OK)
        return st;
    pool_warm(b->pool, b->plan.n_documents);
    AUTO(json_decrefp) json_t *info = NULL;
    st = machine_ask_worker(b->pool, &info);
    if (st != STATUS_OK)
        return st;
    b->recogniser = machine_recogniser(info, pairs);
    return STATUS_OK;
}

static enum status open_next(struct ingest_batch *b)
{
    struct ingest_document *d = NULL;
    enum status st =
        document_open(b->archive, &b->plan.documents[b->opened], b->kind,
                      b->summary->batch, &d);
    b->documents[b->opened++] = d;
    b->pages_known += d->n_pages;
    return st;
}

static enum status submit_one(struct ingest_batch *b,
                              struct ingest_document *d, bool *submitted)
{
    const char *work_dir;
    struct task t;
    *submitted = false;
    enum status st = store_work_dir(b->archive->store, &work_dir);
    if (st == STATUS_OK)
        st = document_prepare(d, work_dir);
    if (st != STATUS_OK)
        return st;
    if (!document_next_task(d, !b->cancelled, &t))
        return STATUS_OK;
    *submitted = true;
    b->in_flight++;
    return pool_submit(b->pool, &t);
}

/* Keep the workers busy: earlier documents first, then new ones. */
static enum status feed(struct ingest_batch *b, int most)
{
    for (int i = b->head; b->in_flight < most; ) {
        if (i == b->opened) {
            if (b->cancelled || b->opened == b->plan.n_documents ||
                b->opened - b->head >= DOCUMENTS_AHEAD)
                break;
            enum status st = open_next(b);
            if (st != STATUS_OK)
                return st;
        }
        bool submitted;
        enum status st = submit_one(b, b->documents[i], &submitted);
        if (st != STATUS_OK)
            return st;
        i += !submitted;
    }
    return STATUS_OK;
}

static enum status receive(struct ingest_batch *b)
{
    bool got;
    struct task_result r;
    enum status st = pool_wait(b->pool, POLL_MS, &got, &r);
    if (st != STATUS_OK || !got)
        return st;
    b->in_flight--;
    const struct errand *e = r.user;
    enum document_phase before = e->document->phase;
    st = document_take(e, b->rules, &r);
    if (before == DOCUMENT_COUNTING && e->document->n_pages > 0)
        b->pages_known += e->document->n_pages;
    if (r.kind == TASK_READ)
        b->pages_done++;
    task_result_clear(&r);
    struct ingest_event progress = {.kind = INGEST_PROGRESS};
    batch_tell(b, &progress);
    return st;
}

/* Until all is settled, or the run is cancelled and nothing is in hand. */
static enum status run(struct ingest_batch *b)
{
    int most = b->jobs * 2 + 1;
    for (;;) {
        (void)is_cancelled(b);
        batch_tell_problems(b);
        if (b->head == b->plan.n_documents)
            return STATUS_OK;
        enum status st = feed(b, most);
        if (st != STATUS_OK)
            return st;
        struct ingest_document *d = b->documents[b->head];
        if (d && d->phase == DOCUMENT_READY)
            st = batch_settle_head(b);
        else if (b->in_flight > 0)
            st = receive(b);
        else
            return STATUS_OK; /* cancelled: the head is not read to its end */
        if (st != STATUS_OK)
            return st;
    }
}

/* How the run is to be reported when nothing made it stop. */
static enum status outcome(struct ingest_batch *b)
{
    const struct ingest_summary *s = b->summary;
    if (b->cancelled && b->head < b->plan.n_documents)
        return fail(STATUS_CANCELLED,
                    _("interrupted before '%s'; the same command goes on "
                      "from there"),
                    s->stopped_at);
    if (s->failed_pages > 0 || s->failed > 0 || b->worker_failed)
        return fail(STATUS_PARTIAL,
                    _("not everything was stored: %d files and %d pages "
                      "failed, %d documents are in quarantine"),
                    s->failed, s->failed_pages, s->quarantined);
    if (s->quarantined > 0 && s->encrypted == s->quarantined)
        return fail(STATUS_ENCRYPTED,
                    _("%d documents are encrypted and are in quarantine; "
                      "take the password off and ingest them again"),
                    s->encrypted);
    if (s->quarantined > 0)
        return fail(STATUS_QUARANTINED,
                    _("%d documents could not be read and are in quarantine; "
                      "the reasons are beside them"),
                    s->quarantined);
    return STATUS_OK;
}

/* Which results of the registers have been taken in. What is stored is stored:
 * a failure is told, and the next report asks again. */
static void match_batch(struct ingest_batch *b)
{
    struct ingest_summary *s = b->summary;
    if (s->documents_stored == 0 || b->cancelled)
        return;
    if (archive_match_ingested(b->archive, &s->matched) != STATUS_OK)
        s->unmatched_why = xstrdup(status_message());
}

static enum status run_batch(struct ingest_batch *b)
{
    enum status st = extract_rules_load(NULL, &b->rules);
    if (st == STATUS_OK) {
        extract_rules_fill(b->rules, (int)config_int(b->archive->config,
                                                     CONFIG_FILL_PCT));
        st = start_workers(b);
    }
    if (st == STATUS_OK)
        st = run(b);
    if (b->head < b->plan.n_documents)
        b->summary->stopped_at = xstrdup(b->plan.documents[b->head].name);
    AUTO(free_char) char *why = NULL;
    if (st != STATUS_OK)
        why = xstrdup(status_message());
    pool_close(b->pool); /* says its own about workers that do not end well */
    b->pool = NULL;
    enum status settled = b->summary->documents_stored && !b->cancelled
                              ? archive_index_tidy(b->archive)
                              : archive_index_settle(b->archive);
    if (st != STATUS_OK)
        return fail(st, "%s", why);
    if (settled != STATUS_OK)
        return settled;
    match_batch(b);
    return outcome(b);
}

enum status archive_ingest(struct archive *a, const struct ingest_options *o,
                           struct ingest_summary *out)
{
    *out = (struct ingest_summary){0};
    struct ingest_batch b = {
        .archive = a, .options = o, .summary = out, .started_ms = clock_ms()};
    b.kind = o->kind ? o->kind : config_text(a->config, CONFIG_KINDS_DEFAULT);
    out->batch = o->batch ? text_show_name(o->batch) : default_batch(o);
    enum status st =
        inputs_plan(o->paths, o->n_paths, o->split, a->dir, &b.plan);
    if (st == STATUS_OK) {
        allow_many_files();
        b.documents = xcalloc((size_t)b.plan.n_documents,
                              sizeof(*b.documents));
        st = run_batch(&b);
    }
    pool_close(b.pool);
    if (b.confirmed)
        unlink(b.confirmed);
    free(b.confirmed);
    for (int i = 0; i < b.opened; i++)
        document_free(b.documents[i]);
    free(b.documents);
    extract_rules_free(b.rules);
    free(b.recogniser);
    input_plan_clear(&b.plan);
    out->elapsed_ms = clock_ms() - b.started_ms;
    return st;
}

void ingest_summary_clear(struct ingest_summary *s)
{
    doubtful_pages_free(s->doubtful, s->n_doubtful);
    free(s->batch);
    free(s->stopped_at);
    free(s->unmatched_why);
    *s = (struct ingest_summary){0};
}
