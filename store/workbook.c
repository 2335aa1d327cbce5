/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The ZIP of a workbook; see store/workbook.h. Its parts are taken out within
 * limits and packed again, without compression: what follows reads a ZIP that
 * holds what it says and no more. */
#include "store/workbook.h"

#include "base/alloc.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/strbuf.h"
#include "store/package.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/mman.h>

#define PARTS_MAX 4000
#define PART_BYTES_MAX (512u << 20) /* a sheet of a million rows has 100 MB */
#define ZIP_BYTES_MAX (2 * (size_t)PART_BYTES_MAX)

struct packing {
    const char *what;
    struct workbook *out;
    struct package_reader *in;
    struct package_writer *to;
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

/* What package.h says of a ZIP, in the words for a workbook. */
static enum status of_workbook(const struct packing *p, enum status st)
{
    if (st == STATUS_DAMAGED)
        return broken(p, NULL);
    if (st == STATUS_ENCRYPTED)
        return fail(STATUS_UNSUPPORTED,
                    _("the workbook '%s' is locked with a password; save it"
                      " without one"),
                    p->what);
    return st;
}

static enum status put_part(struct packing *p, const char *name,
                            const char *text, size_t n)
{
    enum status st = package_member(p->to, name, n, 0);

    return st == STATUS_OK ? package_write(p->to, text, n) : st;
}

static enum status read_part(struct packing *p, struct strbuf *out)
{
    const void *bytes;
    size_t n = 0;

    for (;;) {
        enum status st = package_block(p->in, &bytes, &n);

        if (st != STATUS_OK || n == 0)
            return st;
        p->total += n;
        if (p->total > PART_BYTES_MAX)
            return too_large(p);
        strbuf_add(out, bytes, n);
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

static enum status take_entry(struct packing *p, const char *name)
{
    struct strbuf b;
    enum status st;

    if (++p->parts > PARTS_MAX)
        return broken(p, NULL);
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
    char sha256[DIGEST_HEX_BYTES];
    const char *name = NULL;
    uint64_t bytes;
    enum status st;

    while ((st = package_next(p->in, &name, &bytes)) == STATUS_OK && name) {
        st = take_entry(p, name);
        if (st != STATUS_OK)
            return st;
    }
    if (st == STATUS_OK && (!p->has_workbook || !p->has_sheet))
        return broken(p, _("it is a ZIP without a workbook in it"));
    return st == STATUS_OK ? package_writer_end(p->to, sha256, &bytes) : st;
}

/* From one ZIP into another that nobody else sees. */
static enum status repack(struct packing *p, const char *bytes, size_t n)
{
    AUTO(close_fdp) int fd = memfd_create("workbook", MFD_CLOEXEC);
    AUTO(free_char) char *path = xasprintf("/proc/self/fd/%d", fd);
    enum status st;

    if (fd < 0)
        return fail_errno(STATUS_IO, errno, _("cannot open '%s'"), p->what);
    st = package_open_bytes(bytes, n, p->what, &p->in);
    if (st == STATUS_OK)
        st = package_writer_new(fd, p->what, PACKAGE_ZIP_STORED, &p->to);
    if (st == STATUS_OK)
        st = take_all(p);
    if (st == STATUS_OK)
        st = file_read(path, ZIP_BYTES_MAX, &p->out->bytes, &p->out->n);
    package_writer_free(p->to);
    package_close(p->in);
    return of_workbook(p, st);
}

enum status workbook_read(const char *bytes, size_t n, const char *what,
                          struct workbook *out)
{
    struct packing p = {.what = what, .out = out};
    enum status st;

    memset(out, 0, sizeof(*out));
    st = repack(&p, bytes, n);
    if (st != STATUS_OK)
        workbook_clear(out);
    return st;
}
