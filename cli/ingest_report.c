/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * An ingest in words a clerk understands and as JSON events. Every file that
 * was not stored is named at the end again, with its reason, because lines
 * in between scroll away.
 */
#include "cli/ingest_report.h"
#include "base/alloc.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "cli/document.h"
#include "cli/doubtful.h"

#include <stdlib.h>
#include <string.h>

#define JSON_PROGRESS_EVERY_MS 1000
#define DOUBTFUL_SHOWN_MAX 50

struct trouble {
    char *name, *message;
};

void ingest_report_start(struct ingest_report *r, struct printer *out)
{
    *r = (struct ingest_report){.out = out};
    progress_start(&r->progress, out);
}

void ingest_report_clear(struct ingest_report *r)
{
    for (int i = 0; i < r->n_troubles; i++) {
        free(r->troubles[i].name);
        free(r->troubles[i].message);
    }
    free(r->troubles);
    r->troubles = NULL;
    r->n_troubles = r->cap_troubles = 0;
}

static const char *or_empty(const char *s)
{
    return s != NULL ? s : "";
}

static void remember(struct ingest_report *r, const struct ingest_event *e)
{
    GROW(r->troubles, r->n_troubles, r->cap_troubles);
    r->troubles[r->n_troubles++] = (struct trouble){
        .name = xstrdup(or_empty(e->name)),
        .message = xstrdup(or_empty(e->message)),
    };
}

/* ---- JSON ---- */

static json_t *rate_json(int pages, int64_t elapsed_ms)
{
    double rate = elapsed_ms > 0 ? pages * 1000.0 / (double)elapsed_ms : 0;
    return json_real((double)(int64_t)(rate * 1000 + 0.5) / 1000);
}

static json_t *progress_json(const struct ingest_event *e)
{
    int64_t left_ms = progress_left_ms(e);
    return json_pack("{s:s, s:i, s:i, s:i, s:i, s:I, s:o, s:o}", "event",
                     "progress", "documents_done", e->documents_done,
                     "documents_all", e->documents_all, "pages_done",
                     e->pages_done, "pages_known", e->pages_known, "elapsed_ms",
                     (json_int_t)e->elapsed_ms, "pages_per_second",
                     rate_json(e->pages_done, e->elapsed_ms), "left_ms",
                     left_ms < 0 ? json_null() : json_integer(left_ms));
}

static json_t *event_json(const struct ingest_event *e)
{
    static const char *const names[] = {
        [INGEST_STORED] = "stored",
        [INGEST_DUPLICATE] = "duplicate",
        [INGEST_FAILED] = "failed",
        [INGEST_QUARANTINED] = "quarantined",
    };
    json_t *j = json_pack("{s:s, s:o}", "event", names[e->kind], "name",
                          text_json(e->name));
    if (e->kind == INGEST_STORED && e->record != NULL) {
        json_t *brief = record_brief_json(e->record);
        json_object_update(j, brief);
        json_decref(brief);
        if (e->staff_form != NULL)
            json_object_set_new(j, "staff_form", text_json(e->staff_form));
    } else if (e->id != NULL) {
        json_object_set_new(j, "id", json_text_value(e->id));
    }
    if (e->kind == INGEST_FAILED)
        json_object_set_new(j, "page",
                            e->page > 0 ? json_integer(e->page) : json_null());
    if (e->entry != NULL)
        json_object_set_new(j, "entry", json_text_value(e->entry));
    if (e->kind == INGEST_FAILED || e->kind == INGEST_QUARANTINED) {
        json_object_set_new(j, "code", json_string(status_json(e->status)));
        json_object_set_new(j, "message", text_json(e->message));
    }
    return j;
}

/* "stored" is worth something only when it arrives: flushed at once. */
static void report_json(struct ingest_report *r, const struct ingest_event *e)
{
    if (e->kind == INGEST_PROGRESS) {
        int64_t now = clock_ms();
        if (now - r->last_progress_ms < JSON_PROGRESS_EVERY_MS)
            return;
        r->last_progress_ms = now;
        print_json(r->out, progress_json(e));
    } else {
        print_json(r->out, event_json(e));
    }
    if (printer_flush(r->out) != STATUS_OK)
        return; /* kept in r->out->error: the run is cancelled */
}

static json_t *register_json(const struct ingest_summary *s)
{
    if (s->matched.registers == 0)
        return json_null();
    return json_pack("{s:I, s:I, s:o}", "digitised",
                     (json_int_t)s->matched.results, "review",
                     (json_int_t)s->matched.review, "message",
                     text_json(s->unmatched_why));
}

static json_t *summary_json(const struct ingest_summary *s)
{
    json_t *doubtful = json_array();
    for (int i = 0; i < s->n_doubtful; i++)
        json_array_append_new(doubtful, doubtful_page_json(&s->doubtful[i]));
    return json_pack(
        "{s:s, s:o, s:i, s:i, s:i, s:i, s:i, s:i, s:i, s:o, s:o, s:o, s:I,"
        " s:o}",
        "event", "summary", "batch", text_json(s->batch), "stored",
        s->documents_stored, "pages", s->pages_stored, "duplicates",
        s->duplicates, "failed", s->failed, "failed_pages", s->failed_pages,
        "quarantined", s->quarantined, "encrypted", s->encrypted, "doubtful",
        doubtful, "stopped_at", text_json(s->stopped_at), "register",
        register_json(s), "elapsed_ms",
        (json_int_t)s->elapsed_ms, "pages_per_second",
        rate_json(s->pages_stored, s->elapsed_ms));
}

/* ---- words ---- */

static void report_text(struct ingest_report *r, const struct ingest_event *e)
{
    struct printer *p = r->out;
    const char *name = or_empty(e->name);
    int pages = e->record != NULL ? e->record->n_pages : 0;
    if (e->kind == INGEST_PROGRESS) {
        progress_ingest(&r->progress, e);
        return;
    }
    progress_clear(&r->progress);
    switch (e->kind) {
    case INGEST_STORED:
        print(p,
              ngettext("stored       %s  %s (%d page)\n",
                       "stored       %s  %s (%d pages)\n",
                       (unsigned long)pages),
              or_empty(e->id), name, pages);
        if (e->staff_form != NULL)
            print(p, _("             kept as a staff dossier: it reads as %s\n"),
                  e->staff_form);
        break;
    case INGEST_DUPLICATE:
        print(p, _("known        %s  %s\n"), or_empty(e->id), name);
        break;
    case INGEST_FAILED:
        if (e->page > 0)
            print(p, _("page failed  %s, page %d: %s\n"), name, e->page,
                  or_empty(e->message));
        else
            print(p, _("failed       %s: %s\n"), name, or_empty(e->message));
        break;
    case INGEST_QUARANTINED:
        print(p, _("quarantined  %s: %s\n"), name, or_empty(e->message));
        break;
    case INGEST_PROGRESS:
        break;
    }
    if (printer_flush(p) != STATUS_OK)
        return; /* kept in p->error: the run is cancelled */
    progress_ingest(&r->progress, e);
}

void ingest_report_event(void *user, const struct ingest_event *e)
{
    struct ingest_report *r = user;
    r->began = true;
    /* Pages that failed are in the summary's own list. */
    if ((e->kind == INGEST_FAILED && e->page == 0) ||
        e->kind == INGEST_QUARANTINED)
        remember(r, e);
    if (r->out->json) {
        report_json(r, e);
        if (e->kind == INGEST_PROGRESS)
            progress_ingest(&r->progress, e);
    } else {
        report_text(r, e);
    }
}

static void print_counts(struct printer *p, const struct ingest_summary *s)
{
    char documents[NUMBER_BYTES], pages[NUMBER_BYTES], time[NUMBER_BYTES];
    char number[NUMBER_BYTES];
    print(p, _("Batch '%s': %s documents stored, %s pages, in %s.\n"),
          or_empty(s->batch), number_text(s->documents_stored, documents),
          number_text(s->pages_stored, pages),
          duration_text(s->elapsed_ms, time));
    if (s->duplicates > 0)
        print(p,
              ngettext("%s document was in the archive already.\n",
                       "%s documents were in the archive already.\n",
                       (unsigned long)s->duplicates),
              number_text(s->duplicates, number));
    if (s->quarantined > 0)
        print(p,
              ngettext("%s document could not be read and is in "
                       "quarantine/.\n",
                       "%s documents could not be read and are in "
                       "quarantine/.\n",
                       (unsigned long)s->quarantined),
              number_text(s->quarantined, number));
    if (s->failed > 0)
        print(p,
              ngettext("%s file could not be opened or stored.\n",
                       "%s files could not be opened or stored.\n",
                       (unsigned long)s->failed),
              number_text(s->failed, number));
    if (s->failed_pages > 0)
        print(p,
              ngettext("%s page of a stored document could not be read.\n",
                       "%s pages of stored documents could not be read.\n",
                       (unsigned long)s->failed_pages),
              number_text(s->failed_pages, number));
}

static void print_matched(struct printer *p, const struct ingest_summary *s)
{
    char number[NUMBER_BYTES];
    if (s->unmatched_why != NULL)
        print_note(p, _("The registers could not be asked about it: %s\n"),
                   s->unmatched_why);
    else if (s->matched.registers > 0 && s->documents_stored > 0)
        print(p,
              ngettext("%s result of the register digitised.\n",
                       "%s results of the register digitised.\n",
                       (unsigned long)s->matched.results),
              number_text(s->matched.results, number));
    if (s->matched.review > 0)
        print(p,
              ngettext("%s document may be a result of the register: 'hoso "
                       "register review' asks.\n",
                       "%s documents may be results of the register: 'hoso "
                       "register review' asks.\n",
                       (unsigned long)s->matched.review),
              number_text(s->matched.review, number));
}

static void print_troubles(const struct ingest_report *r)
{
    for (int i = 0; i < r->n_troubles; i++)
        print(r->out, "  %s: %s\n", r->troubles[i].name,
              r->troubles[i].message);
}

static void print_all_doubtful(struct printer *p,
                               const struct ingest_summary *s)
{
    char number[NUMBER_BYTES];
    if (s->n_doubtful == 0)
        return;
    print(p,
          ngettext("%s page should be looked at:\n",
                   "%s pages should be looked at:\n",
                   (unsigned long)s->n_doubtful),
          number_text(s->n_doubtful, number));
    for (int i = 0; i < s->n_doubtful && i < DOUBTFUL_SHOWN_MAX; i++)
        print_doubtful_page(p, &s->doubtful[i]);
    if (s->n_doubtful > DOUBTFUL_SHOWN_MAX)
        print(p, _("  … and %s more; 'hoso show ID' names them.\n"),
              number_text(s->n_doubtful - DOUBTFUL_SHOWN_MAX, number));
}

static void print_advice(struct printer *p, const struct ingest_summary *s)
{
    unsigned doubts = 0;
    for (int i = 0; i < s->n_doubtful; i++)
        doubts |= doubtful_for_scanner(&s->doubtful[i]);
    print_scan_again(p, doubts, s->failed_pages > 0);
    if (doubts & DOUBT_BLANK)
        print_note(p, _("Blank pages: see whether the sheet went in the "
                        "wrong side up.\n"));
    if (s->encrypted > 0)
        print_note(p, _("Encrypted files: save them without a password and "
                        "take them in again.\n"));
    if (s->quarantined > s->encrypted)
        print_note(p, _("In quarantine/ each file lies with its reason.json; "
                        "scan the paper again or ask for the file anew.\n"));
}

void ingest_report_end(struct ingest_report *r, const struct ingest_summary *s)
{
    progress_clear(&r->progress);
    if (r->out->json) {
        print_json(r->out, summary_json(s));
        return;
    }
    print(r->out, "\n");
    print_counts(r->out, s);
    print_matched(r->out, s);
    print_troubles(r);
    print_all_doubtful(r->out, s);
    print_advice(r->out, s);
}
