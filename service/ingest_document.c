/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A document's tasks for the workers, and what their answers make of it. */
#include "service/ingest_document.h"

#include "base/alloc.h"
#include "base/file.h"
#include "base/i18n.h"
#include "service/heading.h"
#include "service/page_order.h"
#include "service/page_turn.h"
#include "service/scratch.h"
#include "service/signatures.h"

#include <stdlib.h>
#include <string.h>

static void keep_first_failure(struct ingest_document *d, enum status st,
                               const char *message)
{
    if (d->message)
        return;
    d->status = st;
    d->message = xstrdup(message);
}

void document_file_failed(struct ingest_document *d, int file, enum status st,
                          const char *message)
{
    d->failures[file].status = st;
    d->failures[file].message = xstrdup(message);
    d->record->sources[file].pages = 1;
}

static void page_failed(struct ingest_document *d, int index, enum status st,
                        const char *message)
{
    struct page *p = &d->pages[index];
    p->state = st == STATUS_TIMEOUT ? PAGE_TIMEOUT : PAGE_FAILED;
    p->cause = xstrdup(message);
    keep_first_failure(d, st, message);
}

/* Every page of the document failed. */
static void refuse(struct ingest_document *d)
{
    if (d->n_pages > 1) {
        char *all = xasprintf(_("none of its %d pages can be read: %s"),
                              d->n_pages, d->message);
        free(d->message);
        d->message = all;
    }
    d->fate = FATE_QUARANTINE;
    d->phase = DOCUMENT_READY;
}

static void all_pages_read(struct ingest_document *d)
{
    int readable = 0;
    for (int i = 0; i < d->n_pages; i++)
        readable += d->pages[i].state != PAGE_FAILED &&
                    d->pages[i].state != PAGE_TIMEOUT;
    if (readable == 0) {
        refuse(d);
        return;
    }
    for (int i = 0; i < d->n_pages; i++)
        record_take_page(d->record, &d->pages[i]);
    record_inherit_turns(d->record);
    record_check_page_order(d->record);
    d->phase = DOCUMENT_ASSEMBLING;
}

/* A staff paper is kept apart from all others, whatever it was said to be:
 * none of its text may reach the general index. */
static void tell_staff_papers(struct ingest_document *d,
                              const struct extract_rules *rules)
{
    struct record *r = d->record;
    struct staff_form form;
    if (strcmp(r->kind, "staff") == 0 ||
        !extract_staff_form(rules, r, &form) || !form.tells)
        return;
    free(r->kind);
    r->kind = xstrdup("staff");
    d->staff_form = xasprintf("%s%s%s", form.type, *form.code ? " " : "",
                              form.code);
}

static enum status find_fields(struct ingest_document *d,
                               const struct extract_rules *rules)
{
    if (d->phase != DOCUMENT_ASSEMBLING)
        return STATUS_OK;
    tell_staff_papers(d, rules);
    enum status st = extract_fields(rules, d->record);
    if (st == STATUS_OK) {
        record_follow_heading(d->record, NULL);
        record_add_signatures(d->record, d->signatures);
    }
    return st;
}

static void lay_out_pages(struct ingest_document *d)
{
    const struct record *r = d->record;
    for (int f = 0; f < r->n_sources; f++)
        d->n_pages += r->sources[f].pages;
    d->pages = xcalloc((size_t)d->n_pages, sizeof(*d->pages));
    d->page_errands = xcalloc((size_t)d->n_pages, sizeof(*d->page_errands));
    int n = 0;
    for (int f = 0; f < r->n_sources; f++) {
        for (int k = 0; k < r->sources[f].pages; k++, n++) {
            d->pages[n].source = f;
            d->pages[n].source_page = k;
            d->page_errands[n] = (struct errand){d, TASK_READ, n};
        }
    }
}

/* Whether a worker has to say how many pages a file has. */
static bool needs_counting(const struct ingest_document *d, int file)
{
    return d->record->sources[file].pages == 0;
}

void document_counted(struct ingest_document *d)
{
    int left = 0;
    for (int i = 0; i < d->in->n_files; i++)
        left += needs_counting(d, i);
    d->files_left = left;
    if (left > 0)
        return;
    lay_out_pages(d);
    d->phase = DOCUMENT_READING;
    d->pages_left = d->n_pages;
    for (int i = 0; i < d->n_pages; i++) {
        const struct file_failure *f = &d->failures[d->pages[i].source];
        if (f->message) {
            page_failed(d, i, f->status, f->message);
            d->pages_left--;
        }
    }
    if (d->pages_left == 0)
        all_pages_read(d);
}

static bool next_count(struct ingest_document *d, struct task *t)
{
    while (d->next_file < d->in->n_files &&
           !needs_counting(d, d->next_file))
        d->next_file++;
    if (d->next_file == d->in->n_files)
        return false;
    int f = d->next_file++;
    *t = (struct task){
        .kind = TASK_PROBE,
        .user = &d->file_errands[f],
        .fds = &d->fds[f],
        .n_fds = 1,
        .media = d->in->files[f].media,
        .sha256 = d->record->sources[f].sha256,
    };
    return true;
}

static bool next_page(struct ingest_document *d, struct task *t)
{
    while (d->next_page < d->n_pages && d->pages[d->next_page].cause)
        d->next_page++;
    if (d->next_page == d->n_pages)
        return false;
    int n = d->next_page++;
    int f = d->pages[n].source;
    *t = (struct task){
        .kind = TASK_READ,
        .user = &d->page_errands[n],
        .fds = &d->fds[f],
        .n_fds = 1,
        .media = d->in->files[f].media,
        .sha256 = d->record->sources[f].sha256,
        .source_page = d->pages[n].source_page,
    };
    return true;
}

static bool assembling(struct ingest_document *d, struct task *t)
{
    if (d->submitted)
        return false;
    d->submitted = true;
    d->assemble_errand = (struct errand){d, TASK_ASSEMBLE, 0};
    *t = (struct task){
        .kind = TASK_ASSEMBLE,
        .user = &d->assemble_errand,
        .fds = d->fds,
        .n_fds = d->in->n_files + 1,
        .record = d->record,
    };
    return true;
}

bool document_next_task(struct ingest_document *d, bool reading,
                        struct task *t)
{
    switch (d->phase) {
    case DOCUMENT_COUNTING:
        return reading && next_count(d, t);
    case DOCUMENT_READING:
        return reading && next_page(d, t);
    case DOCUMENT_ASSEMBLING:
        return assembling(d, t);
    case DOCUMENT_READY:
        return false;
    }
    return false;
}

static void take_count(struct ingest_document *d, int file,
                       const struct task_result *r)
{
    d->signatures[file] = json_incref(json_object_get(r->info, "signatures"));
    if (r->status == STATUS_OK && r->pages > 0)
        d->record->sources[file].pages = r->pages;
    else if (r->status == STATUS_OK)
        document_file_failed(d, file, STATUS_INVALID,
                             _("the file has no pages"));
    else
        document_file_failed(d, file, r->status, r->message);
    document_counted(d);
}

static void take_page(struct ingest_document *d, int index,
                      struct task_result *r)
{
    struct page *p = &d->pages[index];
    int source = p->source, source_page = p->source_page;
    if (r->status == STATUS_OK) {
        *p = r->page;
        r->page = (struct page){0};
        p->source = source;
        p->source_page = source_page;
    } else {
        page_failed(d, index, r->status, r->message);
    }
    if (--d->pages_left == 0)
        all_pages_read(d);
}

/* Without an access PDF the document is stored all the same: the original
 * and the text are what counts, and the record says why there is none. */
static void take_access(struct ingest_document *d, struct task_result *r)
{
    int *access = &d->fds[d->in->n_files];
    if (r->status == STATUS_OK) {
        d->record->access_note =
            xstrdup(json_string_or(r->info, "note", ""));
    } else {
        d->record->access_note = xasprintf("no access PDF: %s", r->message);
        close_fdp(access);
        *access = -1;
    }
    d->fate = FATE_STORE;
    d->phase = DOCUMENT_READY;
}

enum status document_take(const struct errand *e,
                          const struct extract_rules *rules,
                          struct task_result *r)
{
    struct ingest_document *d = e->document;
    if (r->status == STATUS_MISSING)
        return fail(r->status, "%s", r->message);
    if (e->kind == TASK_PROBE)
        take_count(d, e->index, r);
    else if (e->kind == TASK_READ)
        take_page(d, e->index, r);
    else
        take_access(d, r);
    return e->kind == TASK_READ ? find_fields(d, rules) : STATUS_OK;
}

enum status document_prepare(struct ingest_document *d, const char *work_dir)
{
    if (d->phase != DOCUMENT_ASSEMBLING || d->fds[d->in->n_files] >= 0)
        return STATUS_OK;
    return scratch_open(work_dir, &d->fds[d->in->n_files]);
}
