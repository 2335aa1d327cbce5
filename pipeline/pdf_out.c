/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A PDF file as a stream of objects; see pdf_out.h. */
#include "pipeline/pdf_out.h"

#include "base/alloc.h"
#include "base/file.h"
#include "base/i18n.h"
#include <assert.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#define FLUSH_BYTES ((size_t)256 * 1024)
#define FILE_NAME "access.pdf"

void pdf_out_fail(struct pdf_out *o, enum status st)
{
    if (o->st != STATUS_OK || st == STATUS_OK)
        return;
    o->st = st;
    o->message = xstrdup(status_message());
}

static void flush(struct pdf_out *o)
{
    if (o->st == STATUS_OK)
        pdf_out_fail(o, file_write_all(o->fd, o->buf.s, o->buf.len, FILE_NAME));
    strbuf_reset(&o->buf);
}

static void put(struct pdf_out *o, const void *bytes, size_t n)
{
    if (n >= FLUSH_BYTES) {
        flush(o);
        if (o->st == STATUS_OK)
            pdf_out_fail(o, file_write_all(o->fd, bytes, n, FILE_NAME));
    } else {
        strbuf_add(&o->buf, bytes, n);
    }
    o->at += n;
    if (o->buf.len >= FLUSH_BYTES)
        flush(o);
}

static void puts_out(struct pdf_out *o, const char *s)
{
    put(o, s, strlen(s));
}

void pdf_out_start(struct pdf_out *o, int fd)
{
    memset(o, 0, sizeof(*o));
    o->fd = fd;
    o->n_objects = 1;
    strbuf_init(&o->buf);
    /* Four bytes over 127: this is a binary file. */
    puts_out(o, "%PDF-1.7\n%\xE2\xE3\xCF\xD3\n");
}

void pdf_out_clear(struct pdf_out *o)
{
    strbuf_clear(&o->buf);
    free(o->offsets);
    free(o->message);
    memset(o, 0, sizeof(*o));
}

int pdf_out_reserve(struct pdf_out *o)
{
    while (o->n_objects >= o->cap) {
        int cap = o->cap ? o->cap * 2 : 64;
        o->offsets = xrealloc(o->offsets, (size_t)cap, sizeof(*o->offsets));
        memset(o->offsets + o->cap, 0,
               (size_t)(cap - o->cap) * sizeof(*o->offsets));
        o->cap = cap;
    }
    return o->n_objects++;
}

static void begin(struct pdf_out *o, int number)
{
    char head[32];
    assert(number > 0 && number < o->n_objects && o->offsets[number] == 0);
    o->offsets[number] = o->at;
    snprintf(head, sizeof(head), "%d 0 obj\n", number);
    puts_out(o, head);
}

void pdf_out_object(struct pdf_out *o, int number, const char *format, ...)
{
    char *body = NULL;
    va_list ap;
    va_start(ap, format);
    if (vasprintf(&body, format, ap) < 0)
        abort();
    va_end(ap);
    begin(o, number);
    puts_out(o, body);
    puts_out(o, "\nendobj\n");
    free(body);
}

void pdf_out_stream(struct pdf_out *o, int number, const char *entries,
                    const void *bytes, size_t n)
{
    char length[48];
    begin(o, number);
    snprintf(length, sizeof(length), "<< /Length %zu ", n);
    puts_out(o, length);
    puts_out(o, entries);
    puts_out(o, " >>\nstream\n");
    put(o, bytes, n);
    puts_out(o, "\nendstream\nendobj\n");
}

void pdf_out_flate(struct pdf_out *o, int number, const char *entries,
                   const void *bytes, size_t n)
{
    uLongf packed_n = compressBound(n);
    AUTO(free_void) void *packed = xcalloc(packed_n, 1);
    AUTO(free_char) char *all = xasprintf("/Filter /FlateDecode %s", entries);
    if (compress2(packed, &packed_n, bytes, n, Z_DEFAULT_COMPRESSION) != Z_OK)
        abort(); /* the room is always enough */
    pdf_out_stream(o, number, all, packed, packed_n);
}

enum status pdf_out_finish(struct pdf_out *o, int root, int info,
                           const char *id)
{
    char line[256];
    uint64_t xref = o->at;
    snprintf(line, sizeof(line), "xref\n0 %d\n0000000000 65535 f \n",
             o->n_objects);
    puts_out(o, line);
    for (int i = 1; i < o->n_objects; i++) {
        assert(o->offsets[i] != 0);
        snprintf(line, sizeof(line), "%010" PRIu64 " 00000 n \n",
                 o->offsets[i]);
        puts_out(o, line);
    }
    snprintf(line, sizeof(line),
             "trailer\n<< /Size %d /Root %d 0 R /Info %d 0 R "
             "/ID [<%.32s> <%.32s>] >>\nstartxref\n%" PRIu64 "\n%%%%EOF\n",
             o->n_objects, root, info, id, id, xref);
    puts_out(o, line);
    flush(o);
    if (o->st != STATUS_OK)
        return fail(o->st, "%s", o->message);
    /* Ten digits are all an offset has. */
    if (o->at > 9999999999ULL)
        return fail(STATUS_LIMIT, _("the access PDF would be too large"));
    return STATUS_OK;
}
