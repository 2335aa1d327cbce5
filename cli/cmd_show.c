/* SPDX-License-Identifier: GPL-3.0-or-later */
/* hoso show: one document: its card, text, fields, PDF or one page. */
#include "base/alloc.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "cli/command.h"
#include "cli/document.h"
#include "cli/show_card.h"
#include "cli/show_history.h"

#include <string.h>
#include <unistd.h>

enum { TEXT, FIELDS, PDF, FORCE, PAGE, HISTORY, OPTION_COUNT };

static const struct option_def options[OPTION_COUNT] = {
    [TEXT] = {"text", 't', OPTION_FLAG, "", NULL, N_("the text that was read")},
    [FIELDS] = {"fields", 'f', OPTION_FLAG, "", NULL,
                N_("the fields: number, date, issuer …")},
    [PDF] = {"pdf", 0, OPTION_TEXT, "", N_("FILE"),
             N_("write the searchable PDF to FILE ('-': standard output)")},
    [FORCE] = {"force", 0, OPTION_FLAG, "", NULL,
               N_("with --pdf: overwrite FILE")},
    [PAGE] = {"page", 'p', OPTION_INT, "1..100000", N_("N"),
              N_("only page N, with its text")},
    [HISTORY] = {"history", 0, OPTION_FLAG, "", NULL,
                 N_("its versions: who changed what, and when")},
};

static enum status write_pdf(struct run *r)
{
    const char *path = r->values[PDF];
    enum status st = printer_flush(r->out);
    if (st != STATUS_OK)
        return st;
    if (strcmp(path, "-") == 0) {
        if (isatty(STDOUT_FILENO))
            return fail(STATUS_USAGE,
                        _("a PDF is not for a terminal; name a file after "
                          "'--pdf'"));
        return archive_pdf(r->archive, r->args[0], NULL, STDOUT_FILENO, false);
    }
    st =
        archive_pdf(r->archive, r->args[0], path, -1, r->values[FORCE] != NULL);
    if (st != STATUS_OK)
        return st;
    if (r->out->json)
        print_json(r->out, json_pack("{s:s, s:o}", "id", r->args[0], "pdf",
                                     json_text_value(path)));
    else
        print_note(r->out, _("The searchable PDF is in '%s'.\n"), path);
    return STATUS_OK;
}

static void print_text(struct printer *p, const struct record *rec)
{
    if (p->json) {
        json_t *pages = json_array();
        for (int i = 0; i < rec->n_pages; i++) {
            AUTO(free_char) char *text = page_text(&rec->pages[i]);
            json_array_append_new(pages,
                                  json_pack("{s:i, s:o}", "page", i + 1, "text",
                                            json_text_value(text)));
        }
        print_json(p, json_pack("{s:s, s:o}", "id", rec->id, "pages", pages));
        return;
    }
    AUTO(free_char) char *text = record_text(rec);
    print_document(p, text);
}

static void print_fields(struct printer *p, const struct record *rec)
{
    if (p->json)
        print_json(p, json_pack("{s:s, s:o}", "id", rec->id, "fields",
                                fields_json(rec)));
    else if (rec->n_fields == 0)
        print_note(p, _("No field of this document is known yet.\n"));
    else
        card_fields(p, rec);
}

static enum status print_page(struct run *r, const struct record *rec)
{
    long n = option_int(r->values[PAGE], 1);
    if (n > rec->n_pages)
        return fail(STATUS_USAGE,
                    ngettext("'%s' has %d page, there is no page %ld",
                             "'%s' has %d pages, there is no page %ld",
                             (unsigned long)rec->n_pages),
                    r->args[0], rec->n_pages, n);
    const struct page *page = &rec->pages[n - 1];
    AUTO(free_char) char *text = page_text(page);
    if (r->out->json) {
        json_t *j = card_page_json(rec, (int)n - 1);
        json_object_set_new(j, "id", json_string(rec->id));
        json_object_set_new(j, "text", json_text_value(text));
        print_json(r->out, j);
        return STATUS_OK;
    }
    if (page->cause != NULL)
        print_note(r->out, _("Page %ld was not read: %s\n"), n, page->cause);
    print_document(r->out, text);
    return STATUS_OK;
}

static enum status print_card(struct run *r, const struct doc_row *row,
                              const struct record *rec)
{
    struct citations links = {0};
    enum status st = archive_citations(r->archive, rec, &links);
    if (st != STATUS_OK)
        return st;
    if (r->out->json)
        print_json(r->out, card_json(row, rec, &links));
    else
        card_print(r->out, row, rec, &links);
    citations_clear(&links);
    return STATUS_OK;
}

static enum status show(struct run *r)
{
    AUTO(record_freep) struct record *rec = NULL;
    struct doc_row row = {0};
    int asked = (r->values[TEXT] != NULL) + (r->values[FIELDS] != NULL) +
                (r->values[PDF] != NULL) + (r->values[PAGE] != NULL) +
                (r->values[HISTORY] != NULL);
    if (asked > 1)
        return fail(STATUS_USAGE,
                    _("choose one of --text, --fields, --pdf, --page and --history"));
    if (r->values[PDF] != NULL)
        return write_pdf(r);
    if (r->values[FORCE] != NULL)
        return fail(STATUS_USAGE, _("'--force' goes with '--pdf FILE'"));
    enum status st = archive_show(r->archive, r->args[0], &row, &rec);
    if (st != STATUS_OK)
        return st;
    if (r->values[TEXT] != NULL)
        print_text(r->out, rec);
    else if (r->values[FIELDS] != NULL)
        print_fields(r->out, rec);
    else if (r->values[PAGE] != NULL)
        st = print_page(r, rec);
    else if (r->values[HISTORY] != NULL)
        st = show_history(r, rec);
    else
        st = print_card(r, &row, rec);
    doc_row_clear(&row);
    return st;
}

const struct command command_show = {
    .name = "show",
    .arguments = N_("ID"),
    .summary = N_("show a document: card, text, fields, PDF"),
    .about = N_("Show what is known of a document: where it comes from, its "
                "fields, and each page with its state. With an option, only "
                "its text, its fields, its PDF or one page."),
    .example = "hoso show 2022-000123 --pdf giay-phep.pdf",
    OPTIONS_OF(options),
    .needs = NEEDS_READ,
    .min_args = 1,
    .max_args = 1,
    .run = show,
};
