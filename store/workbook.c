/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The ZIP of a workbook; see store/workbook.h. Its parts are taken out within
 * limits and packed again, without compression: what follows reads a ZIP that
 * holds what it says and no more. */
#include "store/workbook.h"

#include "base/alloc.h"
#include "base/i18n.h"
#include "base/strbuf.h"

#include <archive.h>
#include <archive_entry.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define PARTS_MAX 4000
#define PART_BYTES_MAX (512u << 20) /* a sheet of a million rows has 100 MB */
#define CHUNK_BYTES (256u << 10)

struct packing {
    const char *what;
    struct workbook *out;
    struct archive *in, *to;
    struct strbuf zip;
    size_t total;
    int parts;
    bool has_workbook, has_sheet;
};

void workbook_clear(struct workbook *w)
{
    free(w->bytes);
    for (int i = 0; i < w->n_sheets; i++)
        free(w->sheets[i].name);
    free(w->sheets);
    memset(w, 0, sizeof(*w));
}

static enum status broken(const struct packing *p, const char *why)
{
    return fail(STATUS_INVALID,
                _("the workbook '%s' cannot be read (%s); open it in Excel or"
                  " LibreOffice and save it anew"),
                p->what, why ? why : _("it is damaged"));
}

static enum status too_large(const struct packing *p)
{
    return fail(STATUS_LIMIT,
                _("the workbook '%s' is too large to be read; save the sheet"
                  " as 'CSV UTF-8' and import that"),
                p->what);
}

/* ---- out ---- */

static la_ssize_t take_zip(struct archive *a, void *user, const void *bytes,
                           size_t n)
{
    (void)a;
    strbuf_add(user, bytes, n);
    return (la_ssize_t)n;
}

static enum status put_part(struct packing *p, const char *name,
                            const char *text, size_t n)
{
    struct archive_entry *e = archive_entry_new();
    bool ok;

    archive_entry_set_pathname(e, name);
    archive_entry_set_size(e, (la_int64_t)n);
    archive_entry_set_filetype(e, AE_IFREG);
    archive_entry_set_perm(e, 0600);
    ok = archive_write_header(p->to, e) == ARCHIVE_OK &&
         archive_write_data(p->to, text, n) == (la_ssize_t)n;
    archive_entry_free(e);
    return ok ? STATUS_OK : broken(p, archive_error_string(p->to));
}

/* ---- in ---- */

static enum status read_part(struct packing *p, struct strbuf *out)
{
    AUTO(free_char) char *chunk = xrealloc(NULL, CHUNK_BYTES, 1);

    for (;;) {
        la_ssize_t n = archive_read_data(p->in, chunk, CHUNK_BYTES);

        if (n == 0)
            return STATUS_OK;
        if (n < 0)
            return broken(p, archive_error_string(p->in));
        p->total += (size_t)n;
        if (p->total > PART_BYTES_MAX)
            return too_large(p);
        strbuf_add(out, chunk, (size_t)n);
    }
}

static bool ends_with(const char *s, const char *end)
{
    size_t n = strlen(s), m = strlen(end);

    return n >= m && strcasecmp(s + n - m, end) == 0;
}

static const char *base_of(const char *name)
{
    const char *slash = strrchr(name, '/');

    return slash ? slash + 1 : name;
}

/* What entities of its own a part makes is nobody's business. */
static bool has_doctype(const struct strbuf *b)
{
    size_t n = b->len < 4096 ? b->len : 4096;

    return memmem(b->s, n, "<!DOCTYPE", 9) != NULL;
}

/* The tool would take the rows there are for all of them. */
static bool is_whole_sheet(const struct strbuf *b)
{
    static const char end[] = "worksheet>";
    size_t n = b->len < 200 ? b->len : 200;

    return memmem(b->s + b->len - n, n, end, strlen(end)) != NULL;
}

static enum status pack_part(struct packing *p, const char *name,
                             const struct strbuf *b)
{
    const char *base = base_of(name);
    AUTO(free_char) char *plain = NULL;
    size_t n = b->len;

    if (has_doctype(b))
        return broken(p, _("a part of it declares entities"));
    if (strncasecmp(base, "workbook", 8) == 0 && ends_with(base, ".xml")) {
        p->has_workbook = true;
        workbook_sheets(b->s, b->len, p->out);
        plain = workbook_plain_epoch(b->s, b->len, &n);
    } else if (strncasecmp(base, "styles", 6) == 0) {
        plain = workbook_plain_formats(b->s, b->len, &n);
    } else if (strstr(name, "worksheets/") && ends_with(base, ".xml")) {
        p->has_sheet = true;
        if (!is_whole_sheet(b))
            return broken(p, _("a sheet of it breaks off"));
        plain = workbook_plain_sheet(b->s, b->len, &n);
    }
    return put_part(p, name, plain ? plain : b->s, n);
}

/* Programs that write a ZIP as well. */
static enum status refuse_others(const struct packing *p, const char *name)
{
    if (strcmp(name, "mimetype") != 0 && strncmp(name, "word/", 5) != 0 &&
        strncmp(name, "ppt/", 4) != 0 && strcmp(name, "xl/workbook.bin") != 0)
        return STATUS_OK;
    return fail(STATUS_UNSUPPORTED,
                _("'%s' is of another program or kind (.ods, .xlsb, .docx …);"
                  " save the sheet as .xlsx or 'CSV UTF-8'"),
                p->what);
}

static enum status take_entry(struct packing *p, struct archive_entry *e)
{
    const char *name = archive_entry_pathname(e);
    struct strbuf b;
    enum status st;

    if (!name || ++p->parts > PARTS_MAX)
        return broken(p, NULL);
    if (archive_entry_is_encrypted(e))
        return fail(STATUS_UNSUPPORTED,
                    _("the workbook '%s' is locked with a password; save it"
                      " without one"),
                    p->what);
    st = refuse_others(p, name);
    /* Pictures, macros, settings of printers: nothing of a table. */
    if (st != STATUS_OK ||
        (!ends_with(name, ".xml") && !ends_with(name, ".rels")))
        return st;
    strbuf_init(&b);
    st = read_part(p, &b);
    if (st == STATUS_OK)
        st = pack_part(p, name, &b);
    strbuf_clear(&b);
    return st;
}

static enum status take_all(struct packing *p)
{
    struct archive_entry *e = NULL;
    enum status st = STATUS_OK;
    int r = ARCHIVE_OK;

    while (st == STATUS_OK &&
           (r = archive_read_next_header(p->in, &e)) == ARCHIVE_OK)
        st = take_entry(p, e);
    if (st == STATUS_OK && r != ARCHIVE_EOF)
        st = broken(p, archive_error_string(p->in));
    if (st == STATUS_OK && (!p->has_workbook || !p->has_sheet))
        st = broken(p, _("it is a ZIP without a workbook in it"));
    if (st == STATUS_OK && archive_write_close(p->to) != ARCHIVE_OK)
        st = broken(p, archive_error_string(p->to));
    return st;
}

enum status workbook_read(const char *bytes, size_t n, const char *what,
                          struct workbook *out)
{
    struct packing p = {.what = what, .out = out};
    enum status st;

    memset(out, 0, sizeof(*out));
    strbuf_init(&p.zip);
    p.in = archive_read_new();
    p.to = archive_write_new();
    if (archive_read_support_format_zip(p.in) != ARCHIVE_OK ||
        archive_write_set_format_zip(p.to) != ARCHIVE_OK ||
        archive_write_zip_set_compression_store(p.to) != ARCHIVE_OK ||
        archive_write_set_bytes_in_last_block(p.to, 1) != ARCHIVE_OK ||
        archive_write_open(p.to, &p.zip, NULL, take_zip, NULL) != ARCHIVE_OK ||
        archive_read_open_memory(p.in, bytes, n) != ARCHIVE_OK)
        st = broken(&p, archive_error_string(p.in));
    else
        st = take_all(&p);
    archive_read_free(p.in);
    archive_write_free(p.to);
    if (st == STATUS_OK) {
        out->n = p.zip.len;
        out->bytes = strbuf_take(&p.zip);
        return st;
    }
    strbuf_clear(&p.zip);
    workbook_clear(out);
    return st;
}
