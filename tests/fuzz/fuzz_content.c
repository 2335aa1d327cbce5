/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A content stream of a foreign PDF, or a whole one: what it shows. */
#include "fuzz.h"

#include "pipeline/access_source.h"
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void see(void *user, const char *name, const struct pdf_matrix *m)
{
    int *n = user;
    (void)m;
    *n += strlen(name) > 0;
}

static void as_pdf(const uint8_t *data, size_t size)
{
    struct pdf_source *source = NULL;
    struct pdf_sheet sheet;
    struct pdf_out out;
    struct access_image image;
    static int null = -1;
    if (null < 0)
        null = open("/dev/null", O_WRONLY | O_CLOEXEC);
    if (pdf_source_open(data, size, &source) != STATUS_OK)
        return;
    pdf_out_start(&out, null);
    for (int i = 0; i < 2; i++) {
        if (pdf_source_sheet(source, i, 8, 8, &sheet) == STATUS_OK)
            pdf_source_picture(source, &out, &image);
    }
    pdf_out_clear(&out);
    pdf_source_free(source);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct pdf_matrix identity = {1, 0, 0, 1, 0, 0};
    int n = 0;
    struct content_scan scan = {.object = see, .user = &n};
    content_scan(&scan, data, size, &identity);
    if (scan.marks < 0 || scan.texts < 0)
        abort();
    if (size > 4 && memcmp(data, "%PDF", 4) == 0)
        as_pdf(data, size);
    return 0;
}
