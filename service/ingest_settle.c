/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What becomes of a document in its turn: stored, known, quarantined, failed. */
#include "service/doubtful.h"
#include "service/ingest_batch.h"

#include "base/alloc.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "base/strbuf.h"

#include <stdlib.h>
#include <string.h>

void batch_tell(struct ingest_batch *b, struct ingest_event *e)
{
    e->pages_done = b->pages_done;
    e->pages_known = b->pages_known;
    e->documents_done = b->head;
    e->documents_all = b->plan.n_documents;
    e->elapsed_ms = clock_ms() - b->started_ms;
    b->options->event(b->options->user, e);
}

static void tell_failed(struct ingest_batch *b, const char *name,
                        enum status st, const char *message)
{
    b->summary->failed++;
    struct ingest_event e = {
        .kind = INGEST_FAILED, .name = name, .status = st, .message = message};
    batch_tell(b, &e);
}

void batch_tell_problems(struct ingest_batch *b)
{
    while (b->next_problem < b->plan.n_problems &&
           b->plan.problems[b->next_problem].before <= b->head) {
        struct input_problem *p = &b->plan.problems[b->next_problem++];
        tell_failed(b, p->name, p->status, p->message);
    }
}

/* ---- stored ---- */

static void note_doubtful(struct ingest_batch *b, const struct record *r,
                          int index)
{
    struct ingest_summary *s = b->summary;
    GROW(s->doubtful, s->n_doubtful, s->cap_doubtful);
    s->doubtful[s->n_doubtful++] = doubtful_page_of(r, index);
}

static void tell_stored(struct ingest_batch *b, struct ingest_document *d)
{
    const struct record *r = d->record;
    b->summary->documents_stored++;
    b->summary->pages_stored += r->n_pages;
    b->head++; /* it counts as done in the events about it */
    struct ingest_event e = {.kind = INGEST_STORED,
                             .name = d->in->name,
                             .id = r->id,
                             .record = r,
                             .staff_form = d->staff_form};
    batch_tell(b, &e);
    for (int i = 0; i < r->n_pages; i++) {
        const struct page *p = &r->pages[i];
        if (p->state == PAGE_OK)
            continue;
        note_doubtful(b, r, i);
        if (p->state != PAGE_FAILED && p->state != PAGE_TIMEOUT)
            continue;
        b->summary->failed_pages++;
        struct ingest_event f = {
            .kind = INGEST_FAILED,
            .name = d->in->name,
            .id = r->id,
            .page = i + 1,
            .status = p->state == PAGE_TIMEOUT ? STATUS_TIMEOUT : d->status,
            .message = p->cause,
        };
        batch_tell(b, &f);
    }
}

static void tell_duplicate(struct ingest_batch *b, struct ingest_document *d)
{
    b->summary->duplicates++;
    b->head++;
    struct ingest_event e = {.kind = INGEST_DUPLICATE,
                             .name = d->in->name,
                             .id = d->existing_id};
    batch_tell(b, &e);
}

static bool was_recognised(const struct record *r)
{
    for (int i = 0; i < r->n_pages; i++)
        if (r->pages[i].origin == TEXT_OCR)
            return true;
    return false;
}

/* Make the files of the package that come from the record, and commit. */
static enum status commit(struct ingest_batch *b, struct ingest_document *d,
                          bool allow_duplicates)
{
    struct record *r = d->record;
    if (was_recognised(r) && b->recogniser && !r->recogniser)
        r->recogniser = xstrdup(b->recogniser);
    char **alto = xcalloc((size_t)r->n_pages, sizeof(*alto));
    for (int i = 0; i < r->n_pages; i++) {
        struct strbuf xml;
        strbuf_init(&xml);
        alto_write(r, i, &xml);
        alto[i] = strbuf_take(&xml);
    }
    AUTO(free_char) char *text = record_text(r);
    struct package_input in = {
        .record = r,
        .source_fds = d->fds,
        .access_fd = d->fds[d->in->n_files],
        .text = text,
        .alto = (const char *const *)alto,
    };
    enum status st = store_commit(b->archive->store, &in, allow_duplicates,
                                  d->existing_id);
    for (int i = 0; i < r->n_pages; i++)
        free(alto[i]);
    free(alto);
    return st;
}

static enum status settle_stored(struct ingest_batch *b,
                                 struct ingest_document *d)
{
    bool allow = config_bool(b->archive->config, CONFIG_DUPLICATES);
    int known = 0;
    enum status st = STATUS_OK;
    if (!allow) {
        /* A double may have been stored since the document was opened. Where
         * only some files are known (one page scanned anew), nothing may be
         * lost: the document is stored whole. */
        st = document_known_files(b->archive, d, &known);
        if (st != STATUS_OK)
            return st;
        if (known == d->in->n_files) {
            tell_duplicate(b, d);
            return STATUS_OK;
        }
    }
    st = commit(b, d, allow || known > 0);
    if (st == STATUS_EXISTS) {
        tell_duplicate(b, d);
        return STATUS_OK;
    }
    if (st == STATUS_INVALID) { /* changed while it was read */
        b->head++;
        tell_failed(b, d->in->name, st, status_message());
        return STATUS_OK;
    }
    if (st != STATUS_OK)
        return st;
    tell_stored(b, d);
    return archive_index(b->archive, d->record);
}

/* ---- not stored ---- */

static enum status quarantine_file(struct ingest_batch *b,
                                   struct ingest_document *d, int file)
{
    const struct source *s = &d->record->sources[file];
    const char *message = d->failures[file].message
                              ? d->failures[file].message
                              : d->message;
    enum status code = d->failures[file].message ? d->failures[file].status
                                                 : d->status;
    AUTO(free_char) char *entry = NULL;
    enum status st =
        store_quarantine(b->archive->store, d->fds[file], s->name, s->sha256,
                         d->record->batch, code, message, &entry);
    if (st != STATUS_OK)
        return st;
    struct ingest_event e = {
        .kind = INGEST_QUARANTINED,
        .name = d->in->n_files == 1 ? d->in->name : s->name,
        .entry = entry,
        .status = code,
        .message = message,
    };
    batch_tell(b, &e);
    return STATUS_OK;
}

static enum status settle_quarantined(struct ingest_batch *b,
                                      struct ingest_document *d)
{
    b->summary->quarantined++;
    b->summary->encrypted += d->status == STATUS_ENCRYPTED;
    b->worker_failed |=
        d->status == STATUS_CHILD || d->status == STATUS_TIMEOUT;
    b->head++;
    for (int i = 0; i < d->in->n_files; i++) {
        enum status st = quarantine_file(b, d, i);
        if (st != STATUS_OK)
            return st;
    }
    return STATUS_OK;
}

enum status batch_settle_head(struct ingest_batch *b)
{
    int number = b->head;
    struct ingest_document *d = b->documents[number];
    enum status st = STATUS_OK;
    switch (d->fate) {
    case FATE_STORE:
        st = settle_stored(b, d);
        break;
    case FATE_DUPLICATE:
        tell_duplicate(b, d);
        break;
    case FATE_QUARANTINE:
        st = settle_quarantined(b, d);
        break;
    case FATE_FAILED:
        b->head++;
        tell_failed(b, d->in->name, d->status, d->message);
        break;
    }
    b->documents[number] = NULL;
    document_free(d);
    return st;
}
