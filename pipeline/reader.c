/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The worker's reader: a recogniser, the limits, and the choice of the way a
 * page takes by the kind of its file.
 */
#include "pipeline/reader.h"

#include "base/alloc.h"
#include "base/digest.h"
#include "base/file.h"
#include "base/i18n.h"
#include "pipeline/access_source.h"
#include "pipeline/junk.h"
#include "pipeline/legacy.h"
#include "pipeline/leptonica.h"
#include "pipeline/pdf_page.h"
#include "pipeline/pdf_read.h"
#include "pipeline/pdf_signature.h"
#include "pipeline/recognise.h"
#include "pipeline/recognise_replay.h"
#include "pipeline/repair.h"
#include "pipeline/scan.h"
#include "pipeline/second_look.h"
#include "pipeline/stamp_labels.h"
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>

struct reader {
    struct pool_options options; /* model is ours */
    char *model;
    struct recogniser *recogniser; /* NULL when replaying */
    struct language *language;     /* NULL when nothing needs it */
    char confirmed[DIGEST_HEX_BYTES]; /* what joined it; "" if nothing did */
    struct second_look *second;    /* NULL: one look is enough */
    struct legacy_table *legacy;
    struct table stamp_labels;
    struct replay replay;
};

/* A file's bytes for the length of one task. */
struct mapping {
    const unsigned char *bytes;
    size_t n;
};

static void mapping_clear(struct mapping *m)
{
    source_unmap(m->bytes, m->n);
}

/* The counts of the laws, and of what people of the archive confirmed. */
static enum status load_language(struct reader *r)
{
    const char *path = r->options.confirmed;
    enum status st = language_load(NULL, &r->language);
    uint64_t bytes;

    if (st != STATUS_OK || !r->options.repair || path == NULL)
        return st;
    AUTO(close_fdp) int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return fail_errno(STATUS_IO, errno, _("cannot open '%s'"), path);
    st = digest_fd(fd, path, r->confirmed, &bytes);
    return st == STATUS_OK ? language_add(r->language, path) : st;
}

enum status reader_new(const struct pool_options *o, struct reader **out)
{
    struct reader *r = xcalloc(1, sizeof(*r));
    enum status st = replay_parse(getenv("HOSO_OCR"), &r->replay);

    setMsgSeverity(L_SEVERITY_NONE); /* what fails is told by statuses */
    r->options = *o;
    r->options.model = r->model = xstrdup(o->model);
    if (st == STATUS_OK && r->replay.mode != REPLAY_PLAY)
        st = recogniser_new(o->model, &r->recogniser);
    if (st == STATUS_OK && r->recogniser && (o->repair || o->drop_junk))
        st = load_language(r);
    if (r->recogniser && o->second_look)
        r->second = second_look_new();
    if (st == STATUS_OK)
        st = legacy_load(NULL, &r->legacy);
    if (st == STATUS_OK)
        st = stamp_labels_load(NULL, &r->stamp_labels);
    if (st != STATUS_OK) {
        reader_free(r);
        return st;
    }
    *out = r;
    return STATUS_OK;
}

void reader_free(struct reader *r)
{
    if (r == NULL)
        return;
    recogniser_free(r->recogniser);
    language_free(r->language);
    second_look_free(r->second);
    legacy_free(r->legacy);
    table_free_rows(&r->stamp_labels);
    free(r->model);
    free(r);
}

static void add_model(struct reader *r, json_t *info)
{
    const char *path = recogniser_model_path(r->recogniser);
    AUTO(close_fdp) int fd = open(path, O_RDONLY | O_CLOEXEC);
    char hex[DIGEST_HEX_BYTES];
    uint64_t bytes;

    json_object_set_new(info, "model", json_string(recogniser_model(r->recogniser)));
    json_object_set_new(info, "model_path", json_text_value(path));
    if (fd >= 0 && digest_fd(fd, path, hex, &bytes) == STATUS_OK)
        json_object_set_new(info, "model_sha256", json_string(hex));
    if (r->second != NULL && recogniser_second_sha256() != NULL) {
        json_object_set_new(info, "second_model", json_string(SECOND_MODEL));
        json_object_set_new(info, "second_model_sha256",
                            json_string(recogniser_second_sha256()));
    }
}

json_t *reader_info(struct reader *r)
{
    json_t *info = json_object();
    char *leptonica = getLeptonicaVersion();

    json_object_set_new(info, "tesseract", json_string(recogniser_version()));
    json_object_set_new(info, "leptonica", json_text_value(leptonica));
    json_object_set_new(info, "poppler", json_string(pdf_poppler_version()));
    json_object_set_new(info, "qpdf", json_string(pdf_qpdf_version()));
    lept_free(leptonica);
    if (r->recogniser != NULL)
        add_model(r, info);
    else
        json_object_set_new(info, "model", json_string("replay"));
    if (r->confirmed[0])
        json_object_set_new(info, "confirmed_sha256",
                            json_string(r->confirmed));
    return info;
}

static enum status map_source(int fd, enum media media, struct mapping *m)
{
    if (media == MEDIA_UNKNOWN)
        return fail(STATUS_UNSUPPORTED,
                    _("not a kind of file hoso reads (JPEG, PNG, TIFF, WebP, "
                      "JPEG 2000, PDF)"));
    return source_map(fd, &m->bytes, &m->n);
}

static enum status probe_images(struct reader *r, const struct mapping *m,
                                enum media media, int *pages)
{
    struct image_info first;
    enum status st = image_count(m->bytes, m->n, media,
                                 r->options.file_pages, pages);

    if (st != STATUS_OK || *pages > 1)
        return st; /* one bad page of many costs that page */
    return image_header(m->bytes, m->n, media, 0, r->options.page_megapixels,
                        &first);
}

static enum status probe_pdf(struct reader *r, const struct mapping *m,
                             int *pages, json_t *found)
{
    enum status st =
        pdf_probe(m->bytes, m->n, r->options.file_pages, pages, found);

    if (st != STATUS_OK)
        return st;
    json_object_set_new(found, "encrypted",
                        json_boolean(pdf_is_encrypted(m->bytes, m->n)));
    if (json_is_true(json_object_get(found, "signed")))
        json_object_set_new(found, "signatures",
                            pdf_signatures(m->bytes, m->n));
    return st;
}

enum status reader_probe(struct reader *r, int fd, enum media media,
                         int *pages, json_t **info)
{
    AUTO(mapping_clear) struct mapping m = {0};
    AUTO(json_decrefp) json_t *found = json_object();
    enum status st = map_source(fd, media, &m);

    if (st != STATUS_OK)
        return st;
    if (media == MEDIA_PDF)
        st = probe_pdf(r, &m, pages, found);
    else
        st = probe_images(r, &m, media, pages);
    if (st == STATUS_OK)
        *info = STEAL(found);
    return st;
}

static enum status read_source(struct reader *r, const struct mapping *m,
                               enum media media, int source_page,
                               struct page *page)
{
    struct scan scan = {0};
    struct text_note layer;
    enum status st;

    if (media == MEDIA_PDF)
        st = pdf_read(m->bytes, m->n, source_page, r->legacy,
                      r->options.page_megapixels, &scan, page);
    else
        st = scan_from_image(m->bytes, m->n, media, source_page, &r->options,
                             &scan);
    if (st == STATUS_OK && scan.pix != NULL) {
        source_release(m->bytes, m->n); /* reading takes the most memory */
        layer = page->layer; /* scan_read() makes the page anew */
        page->layer = (struct text_note){0};
        if (r->recogniser != NULL) /* else replaying: it could be decoded */
            st = scan_read(&scan,
                           &(struct reading){.recogniser = r->recogniser,
                                             .language = r->language,
                                             .second = r->second,
                                             .stamp_labels = &r->stamp_labels,
                                             .options = &r->options},
                           page);
        page->layer = layer;
    }
    scan_clear(&scan);
    return st;
}

/*
 * A recorded page. A source without recording fails as it would have failed
 * to decode, so that damaged files stay what they are in replayed tests.
 */
static enum status read_replayed(struct reader *r, const struct mapping *m,
                                 enum media media, const char *sha256,
                                 int source_page, struct page *out)
{
    struct page decoded = {0};
    enum status st = replay_load(&r->replay, sha256, source_page, out);

    if (st != STATUS_NOT_FOUND)
        return st;
    st = read_source(r, m, media, source_page, &decoded);
    if (st != STATUS_OK)
        return st;
    if (decoded.origin == TEXT_DIGITAL) { /* needs no recogniser */
        decoded.source_page = source_page;
        *out = decoded;
        return STATUS_OK;
    }
    page_clear(&decoded);
    return replay_load(&r->replay, sha256, source_page, out);
}

enum status reader_read(struct reader *r, int fd, enum media media,
                        const char *sha256, int source_page,
                        struct page *out)
{
    AUTO(mapping_clear) struct mapping m = {0};
    struct page page = {0};
    enum status st = map_source(fd, media, &m);

    if (st != STATUS_OK)
        return st;
    if (r->replay.mode == REPLAY_PLAY)
        return read_replayed(r, &m, media, sha256, source_page, out);
    st = read_source(r, &m, media, source_page, &page);
    page.source_page = source_page;
    if (st == STATUS_OK && r->replay.mode == REPLAY_RECORD)
        st = replay_store(&r->replay, sha256, source_page, &page);
    if (st != STATUS_OK) {
        page_clear(&page);
        return st;
    }
    *out = page;
    return STATUS_OK;
}
