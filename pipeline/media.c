/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What kind of file this is, told from its first bytes: names lie, and a
 * scanner's ".jpg" is now and then a PDF. */
#include "base/compiler.h"
#include "pipeline/pipeline.h"

#include <string.h>

#define PDF_MARK_WITHIN 1024 /* readers accept junk of that length before it */

struct magic {
    enum media media;
    size_t offset;
    size_t n;
    const char *bytes;
};

static const struct magic magics[] = {
    {MEDIA_JPEG, 0, 3, "\xFF\xD8\xFF"},
    {MEDIA_PNG, 0, 8, "\x89PNG\r\n\x1A\n"},
    {MEDIA_TIFF, 0, 4, "II*\0"},
    {MEDIA_TIFF, 0, 4, "MM\0*"},
    {MEDIA_TIFF, 0, 4, "II+\0"}, /* BigTIFF */
    {MEDIA_TIFF, 0, 4, "MM\0+"},
    {MEDIA_JP2, 0, 12, "\0\0\0\x0CjP  \r\n\x87\n"},
    {MEDIA_JP2, 0, 4, "\xFF\x4F\xFF\x51"}, /* a bare codestream */
};

enum media media_sniff(const void *head, size_t n)
{
    const char *bytes = head;
    for (size_t i = 0; i < ARRAY_LEN(magics); i++) {
        const struct magic *m = &magics[i];
        if (n >= m->offset + m->n &&
            memcmp(bytes + m->offset, m->bytes, m->n) == 0)
            return m->media;
    }
    if (n >= 12 && memcmp(bytes, "RIFF", 4) == 0 &&
        memcmp(bytes + 8, "WEBP", 4) == 0)
        return MEDIA_WEBP;
    if (memmem(bytes, n < PDF_MARK_WITHIN ? n : PDF_MARK_WITHIN, "%PDF-", 5))
        return MEDIA_PDF;
    return MEDIA_UNKNOWN;
}

static const struct {
    const char *type;
    const char *extension;
} names[] = {
    [MEDIA_UNKNOWN] = {"application/octet-stream", "bin"},
    [MEDIA_JPEG] = {"image/jpeg", "jpg"},
    [MEDIA_PNG] = {"image/png", "png"},
    [MEDIA_TIFF] = {"image/tiff", "tif"},
    [MEDIA_WEBP] = {"image/webp", "webp"},
    [MEDIA_JP2] = {"image/jp2", "jp2"},
    [MEDIA_PDF] = {"application/pdf", "pdf"},
};

const char *media_type(enum media m)
{
    return names[m].type;
}

const char *media_extension(enum media m)
{
    return names[m].extension;
}
