/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Image bytes to pixels with Leptonica's readers. Everything is decoded from
 * memory, so a worker needs no file system; a decoder that complains but
 * gives pixels (a JPEG cut off half way) is believed and reported as damaged.
 */
#include "pipeline/decode.h"

#include "base/i18n.h"
#include "pipeline/leptonica.h"
#include "pipeline/tiff_ifd.h"
#include <errno.h>
#include <sys/mman.h>
#include <sys/stat.h>

enum status source_map(int fd, const unsigned char **bytes, size_t *n)
{
    struct stat info;
    void *mapped;

    if (fstat(fd, &info) != 0)
        return fail_errno(STATUS_IO, errno, _("cannot look at the file"));
    if (!S_ISREG(info.st_mode))
        return fail(STATUS_INVALID, _("not a regular file"));
    if (info.st_size == 0)
        return fail(STATUS_INVALID, _("the file is empty"));
    mapped = mmap(NULL, (size_t)info.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
    if (mapped == MAP_FAILED)
        return fail_errno(STATUS_IO, errno, _("cannot map the file"));
    *bytes = mapped;
    *n = (size_t)info.st_size;
    return STATUS_OK;
}

void source_unmap(const unsigned char *bytes, size_t n)
{
    if (bytes != NULL)
        munmap((void *)(uintptr_t)bytes, n);
}

void source_release(const unsigned char *bytes, size_t n)
{
    if (bytes != NULL)
        (void)!madvise((void *)(uintptr_t)bytes, n, MADV_DONTNEED);
}

enum status image_count(const unsigned char *bytes, size_t n,
                        enum media media, int pages_max, int *out)
{
    int count = 1;

    if (media == MEDIA_TIFF) {
        enum status st = tiff_count(bytes, n, pages_max, &count);

        if (st != STATUS_OK)
            return st;
    }
    if (count > pages_max)
        return fail(STATUS_LIMIT,
                    _("the file has more than %d pages (file_pages)"),
                    pages_max);
    *out = count;
    return STATUS_OK;
}

static PIX *decode_tiff(const unsigned char *bytes, size_t n, int index)
{
    struct tiff_image image;
    size_t offset;

    if (tiff_image_find(bytes, n, index, &image) != STATUS_OK)
        return NULL;
    offset = index == 0 ? 0 : image.offset; /* 0: the first directory */
    return pixReadMemFromMultipageTiff(bytes, n, &offset);
}

static PIX *decode(const unsigned char *bytes, size_t n, enum media media,
                   int index, int reduction, int *complaints)
{
    switch (media) {
    case MEDIA_JPEG:
        return pixReadMemJpeg(bytes, n, 0, reduction, complaints,
                              L_JPEG_CONTINUE_WITH_BAD_DATA);
    case MEDIA_PNG: return pixReadMemPng(bytes, n);
    case MEDIA_WEBP: return pixReadMemWebP(bytes, n);
    case MEDIA_JP2: return pixReadMemJp2k(bytes, n, 1, NULL, 0, 0);
    case MEDIA_TIFF: return decode_tiff(bytes, n, index);
    default: return NULL;
    }
}

/* 16 bits a sample to 8; transparent pixels onto white paper. Takes pix. */
static PIX *normalise(PIX *pix)
{
    PIX *better = NULL;

    if (pixGetDepth(pix) == 16)
        better = pixConvert16To8(pix, L_MS_BYTE);
    else if (pixGetDepth(pix) == 32 && pixGetSpp(pix) == 4)
        better = pixRemoveAlpha(pix);
    else
        return pix;
    pixDestroy(&pix);
    return better;
}

enum status image_decode(const unsigned char *bytes, size_t n,
                         enum media media, int index, int reduction,
                         int megapixels_max, bool *damaged, struct Pix **out)
{
    struct image_info info;
    enum status st;
    int complaints = 0;
    PIX *pix;

    st = image_header(bytes, n, media, index, megapixels_max, &info);
    if (st != STATUS_OK)
        return st;
    pix = decode(bytes, n, media, index, reduction, &complaints);
    if (pix != NULL)
        pix = normalise(pix);
    if (pix == NULL)
        return fail(STATUS_INVALID,
                    _("the %s image cannot be decoded; it is damaged, cut off "
                      "or of a kind that is not handled"),
                    media_extension(media));
    *damaged = complaints > 0;
    *out = pix;
    return STATUS_OK;
}
