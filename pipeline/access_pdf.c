/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The access PDF of a document. First each page is told its way; if all are
 * pages of ours, the file goes straight to its descriptor and is PDF/A-2u.
 * If pages of source PDFs are to be copied, ours goes to a memory file first
 * and qpdf puts theirs in; what those pages hold is not ours to vouch for.
 */
#include "pipeline/reader.h"

#include "base/alloc.h"
#include "base/file.h"
#include "base/i18n.h"
#include "pipeline/access_page.h"
#include "pipeline/decode.h"
#include "pipeline/pdf_archival.h"
#include "pipeline/pdf_signature.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

struct assembly {
    const struct record *rec;
    int megapixels_max;
    struct access_input *inputs; /* one a source */
    struct access_plan *plans;   /* one a page */
    struct access_page *pages;
    int copies;  /* pages that take the way ACCESS_COPY */
    int unshown; /* pages without their picture */
    int first;   /* number of the first such page, from 1 */
};

static void open_input(int fd, struct access_input *in)
{
    if (source_map(fd, &in->bytes, &in->n) != STATUS_OK) {
        in->bytes = NULL;
        return;
    }
    in->media = media_sniff(in->bytes, in->n < 4096 ? in->n : 4096);
    if (in->media != MEDIA_PDF)
        return;
    json_t *signatures = pdf_signatures(in->bytes, in->n);
    in->is_signed = json_array_size(signatures) > 0;
    json_decref(signatures);
    if (pdf_source_open(in->bytes, in->n, &in->pdf) != STATUS_OK)
        in->pdf = NULL;
}

static void assembly_clear(struct assembly *j)
{
    for (int i = 0; i < j->rec->n_sources; i++) {
        pdf_source_free(j->inputs[i].pdf);
        source_unmap(j->inputs[i].bytes, j->inputs[i].n);
    }
    free(j->inputs);
    free(j->plans);
    free(j->pages);
}

/* After each page, so that a source of gigabytes takes the memory of one. */
static void release(const struct access_input *in)
{
    source_release(in->bytes, in->n);
}

static void plan_pages(struct assembly *j)
{
    for (int i = 0; i < j->rec->n_pages; i++) {
        const struct page *p = &j->rec->pages[i];
        j->plans[i] = access_page_plan(p, &j->inputs[p->source]);
        j->copies += j->plans[i].way == ACCESS_COPY;
        release(&j->inputs[p->source]);
    }
}

static void write_pages(struct assembly *j, const struct access_file *f)
{
    for (int i = 0; i < j->rec->n_pages; i++) {
        const struct page *p = &j->rec->pages[i];
        struct access_input *in = &j->inputs[p->source];
        struct access_plan *plan = &j->plans[i];
        /* Which picture a page has is known to a source only until it is
         * asked about the next. */
        if (plan->way == ACCESS_SCAN)
            *plan = access_page_plan(p, in);
        access_page_write(f, p, in, plan, &j->pages[i]);
        release(in);
        if (!j->pages[i].pictured && j->unshown++ == 0)
            j->first = i + 1;
    }
}

/* Page tree and catalogue; returns the catalogue's number. */
static int write_root(struct assembly *j, const struct access_file *f,
                      const struct pdf_archival *a)
{
    struct strbuf kids;
    strbuf_init(&kids);
    for (int i = 0; i < j->rec->n_pages; i++)
        strbuf_addf(&kids, "%d 0 R ", j->pages[i].number);
    pdf_out_object(f->out, f->tree_number,
                   "<< /Type /Pages /Count %d /Kids [%s] >>", j->rec->n_pages,
                   kids.s);
    strbuf_clear(&kids);
    int root = pdf_out_reserve(f->out);
    pdf_out_object(f->out, root,
                   "<< /Type /Catalog /Pages %d 0 R /Metadata %d 0 R "
                   "/OutputIntents [%d 0 R] /ViewerPreferences "
                   "<< /DisplayDocTitle true >> >>",
                   f->tree_number, a->metadata, a->intent);
    return root;
}

static enum status write_ours(struct assembly *j, int fd)
{
    struct pdf_out out;
    struct pdf_archival a;
    char id[33];
    pdf_out_start(&out, fd);
    struct access_file f = {.out = &out,
                            .font = pdf_font_new(),
                            .font_number = pdf_out_reserve(&out),
                            .tree_number = pdf_out_reserve(&out),
                            .megapixels_max = j->megapixels_max};
    write_pages(j, &f);
    pdf_font_write(f.font, &out, f.font_number);
    pdf_archival_write(&out, j->rec, j->copies == 0, &a);
    pdf_archival_id(j->rec, id);
    int root = write_root(j, &f, &a);
    enum status st = pdf_out_finish(&out, root, a.info, id);
    pdf_font_free(f.font);
    pdf_out_clear(&out);
    return st;
}

static enum status graft_pages(const struct assembly *j, int ours_fd,
                               int out_fd)
{
    const unsigned char *bytes = NULL;
    size_t n = 0;
    enum status st = source_map(ours_fd, &bytes, &n);
    if (st != STATUS_OK)
        return st;
    int n_pages = j->rec->n_pages;
    AUTO(free_void)
    struct pdf_graft *grafts = xcalloc((size_t)n_pages, sizeof(*grafts));
    for (int i = 0; i < n_pages; i++) {
        const struct page *p = &j->rec->pages[i];
        if (j->plans[i].way != ACCESS_COPY)
            continue;
        grafts[i].source = j->inputs[p->source].pdf;
        grafts[i].index = p->source_page;
        grafts[i].rotate = j->pages[i].rotate;
        grafts[i].with_text = p->origin == TEXT_OCR;
    }
    st = pdf_graft_pages(bytes, n, grafts, n_pages, out_fd);
    source_unmap(bytes, n);
    return st;
}

/* With pages to copy: ours in memory, then both together. */
static enum status write_with_copies(struct assembly *j, int out_fd)
{
    AUTO(close_fdp) int fd = memfd_create("ours.pdf", MFD_CLOEXEC);
    if (fd < 0)
        return fail_errno(STATUS_IO, errno, _("cannot put the PDF together"));
    enum status st = write_ours(j, fd);
    if (st == STATUS_OK)
        st = graft_pages(j, fd, out_fd);
    return st;
}

/* In English whatever the locale: it is kept in the record. */
static json_t *describe(const struct assembly *j)
{
    struct strbuf note;
    strbuf_init(&note);
    if (j->copies == 0)
        strbuf_adds(&note, "PDF/A-2u");
    else
        strbuf_addf(&note,
                    "PDF 1.7, not PDF/A: %d of %d pages copied from the "
                    "source PDF as they are",
                    j->copies, j->rec->n_pages);
    if (j->unshown > 0)
        strbuf_addf(&note,
                    "; without the picture of %d pages, the first of "
                    "them page %d",
                    j->unshown, j->first);
    for (int i = 0; i < j->rec->n_sources; i++) {
        if (!j->inputs[i].is_signed)
            continue;
        strbuf_adds(&note, "; not signed: the signatures hold for the "
                           "original alone");
        break;
    }
    json_t *info =
        json_pack("{s:b,s:s}", "pdfa", j->copies == 0, "note", note.s);
    strbuf_clear(&note);
    return info;
}

enum status access_pdf_write(const struct pool_options *o,
                             const struct record *rec, const int *fds,
                             int n_fds, int out_fd, json_t **info)
{
    if (rec->n_pages == 0 || n_fds < rec->n_sources)
        return fail(STATUS_INVALID, _("a document without pages"));
    for (int i = 0; i < rec->n_pages; i++) {
        if (rec->pages[i].source >= rec->n_sources)
            return fail(STATUS_INVALID, _("a page without a source"));
    }
    size_t n = (size_t)rec->n_pages;
    struct assembly j = {.rec = rec,
                         .megapixels_max = o->page_megapixels,
                         .plans = xcalloc(n, sizeof(*j.plans)),
                         .pages = xcalloc(n, sizeof(*j.pages))};
    j.inputs = xcalloc((size_t)rec->n_sources, sizeof(*j.inputs));
    for (int i = 0; i < rec->n_sources; i++)
        open_input(fds[i], &j.inputs[i]);
    plan_pages(&j);
    enum status st = ftruncate(out_fd, 0) == 0
                         ? STATUS_OK
                         : fail_errno(STATUS_IO, errno, "access.pdf");
    if (st == STATUS_OK && j.copies > 0)
        st = write_with_copies(&j, out_fd);
    else if (st == STATUS_OK)
        st = write_ours(&j, out_fd);
    if (st == STATUS_OK)
        *info = describe(&j);
    assembly_clear(&j);
    return st;
}
