/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A file someone scanned, or says so: header, decoding, and passing it into
 * an access PDF. Small images only, so that a run tries many.
 */
#include "fuzz.h"

#include "pipeline/access_image.h"
#include "pipeline/decode.h"
#include "pipeline/leptonica.h"
#include <fcntl.h>
#include <unistd.h>

enum { MEGAPIXELS_MAX = 2, PAGES_MAX = 3 };

static void pass(const uint8_t *data, size_t size, enum media media, int index)
{
    static int null = -1;
    struct pdf_out out;
    struct access_image image;
    if (null < 0)
        null = open("/dev/null", O_WRONLY | O_CLOEXEC);
    pdf_out_start(&out, null);
    access_image_pass(&out, data, size, media, index, &image);
    pdf_out_clear(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    enum media media = media_sniff(data, size);
    int count = 0;
    setMsgSeverity(L_SEVERITY_NONE);
    if (media == MEDIA_UNKNOWN || media == MEDIA_PDF ||
        image_count(data, size, media, PAGES_MAX, &count) != STATUS_OK)
        return 0;
    for (int i = 0; i < count; i++) {
        struct image_info info;
        PIX *pix = NULL;
        bool damaged = false;
        pass(data, size, media, i);
        if (image_header(data, size, media, i, MEGAPIXELS_MAX, &info) !=
            STATUS_OK)
            continue;
        if (image_decode(data, size, media, i, 1, MEGAPIXELS_MAX, &damaged,
                         &pix) == STATUS_OK)
            pixDestroy(&pix);
    }
    return 0;
}
