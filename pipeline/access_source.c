/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Source PDFs by qpdf: what pages show, their pictures, copying them. */
#include "pipeline/access_source.h"

#include "base/alloc.h"
#include "base/i18n.h"
#include "pipeline/qpdf.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FORMS_DEEP 6
#define VALUES_DEEP 12

struct pdf_source {
    qpdf_data q;
    int n_pages;
    qpdf_oh picture; /* last found; valid if has_picture */
    bool has_picture;
    int *copied; /* pairs: object id there, object number here */
    int n_copied, cap_copied;
};

enum status pdf_source_open(const unsigned char *bytes, size_t n,
                            struct pdf_source **out)
{
    struct pdf_source *s = xcalloc(1, sizeof(*s));
    s->q = qpdf_quiet();
    enum status st = qpdf_read_bytes(s->q, bytes, n);
    s->n_pages = st == STATUS_OK ? qpdf_get_num_pages(s->q) : 0;
    if (s->n_pages < 0)
        st = qpdf_failure(s->q);
    if (st != STATUS_OK) {
        pdf_source_free(s);
        return st;
    }
    *out = s;
    return STATUS_OK;
}

void pdf_source_free(struct pdf_source *s)
{
    if (!s)
        return;
    qpdf_cleanup(&s->q);
    free(s->copied);
    free(s);
}

/* ---- what a page shows ---- */

/* A key of a page that it may inherit from the tree above. */
static qpdf_oh inherited(qpdf_data q, qpdf_oh page, const char *key)
{
    qpdf_oh node = page;
    for (int up = 0; up < 64; up++) {
        if (qpdf_oh_has_key(q, node, key))
            return qpdf_oh_get_key(q, node, key);
        if (!qpdf_oh_has_key(q, node, "/Parent"))
            break;
        node = qpdf_oh_get_key(q, node, "/Parent");
        if (!qpdf_oh_is_dictionary(q, node))
            break;
    }
    return qpdf_oh_new_null(q);
}

static bool numbers(qpdf_data q, qpdf_oh array, double *out, int n)
{
    if (!qpdf_oh_is_array(q, array) || qpdf_oh_get_array_n_items(q, array) != n)
        return false;
    for (int i = 0; i < n; i++) {
        qpdf_oh item = qpdf_oh_get_array_item(q, array, i);
        if (!qpdf_oh_get_value_as_number(q, item, &out[i]) || !isfinite(out[i]))
            return false;
    }
    return true;
}

static bool read_outline(qpdf_data q, qpdf_oh page, struct pdf_sheet *out)
{
    double box[4];
    int rotate = 0;
    if (!numbers(q, inherited(q, page, "/CropBox"), box, 4) &&
        !numbers(q, inherited(q, page, "/MediaBox"), box, 4))
        return false;
    out->left = fmin(box[0], box[2]);
    out->right = fmax(box[0], box[2]);
    out->bottom = fmin(box[1], box[3]);
    out->top = fmax(box[1], box[3]);
    qpdf_oh_get_value_as_int(q, inherited(q, page, "/Rotate"), &rotate);
    out->rotate = ((rotate % 360) + 360) % 360 / 90 * 90;
    return out->right - out->left >= 1 && out->top - out->bottom >= 1;
}

struct looking {
    struct pdf_source *source;
    struct pdf_sheet *sheet;
    struct content_scan scan;
    qpdf_oh resources;
    int width_px, height_px;
    int pictures;
    int deep;
};

static int dict_int(qpdf_data q, qpdf_oh dict, const char *key)
{
    int v = 0;
    qpdf_oh_get_value_as_int(q, qpdf_oh_get_key(q, dict, key), &v);
    return v;
}

static void scan_form(struct looking *l, qpdf_oh form,
                      const struct pdf_matrix *m)
{
    qpdf_data q = l->source->q;
    qpdf_oh dict = qpdf_oh_get_dict(q, form);
    qpdf_oh outer = l->resources;
    double v[6];
    struct pdf_matrix inner = *m;
    unsigned char *bytes = NULL;
    size_t n = 0;
    QPDF_BOOL filtered = QPDF_FALSE;
    if (l->deep >= FORMS_DEEP ||
        qpdf_oh_get_stream_data(q, form, qpdf_dl_generalized, &filtered, &bytes,
                                &n) &
            QPDF_ERRORS) {
        l->scan.marks++; /* who knows */
        return;
    }
    if (numbers(q, qpdf_oh_get_key(q, dict, "/Matrix"), v, 6)) {
        struct pdf_matrix own = {v[0], v[1], v[2], v[3], v[4], v[5]};
        inner = pdf_matrix_multiply(&own, m);
    }
    if (qpdf_oh_has_key(q, dict, "/Resources"))
        l->resources = qpdf_oh_get_key(q, dict, "/Resources");
    l->deep++;
    content_scan(&l->scan, bytes, n, &inner);
    l->deep--;
    l->resources = outer;
    free(bytes);
}

static void note_largest(struct looking *l, qpdf_oh dict)
{
    int w = dict_int(l->source->q, dict, "/Width");
    int h = dict_int(l->source->q, dict, "/Height");
    struct pdf_sheet *sheet = l->sheet;
    if ((double)w * h <= (double)sheet->largest_width * sheet->largest_height)
        return;
    sheet->largest_width = w;
    sheet->largest_height = h;
}

static void see_object(void *user, const char *name, const struct pdf_matrix *m)
{
    struct looking *l = user;
    qpdf_data q = l->source->q;
    AUTO(free_char) char *key = xasprintf("/%s", name);
    qpdf_oh objects = qpdf_oh_get_key_if_dict(q, l->resources, "/XObject");
    qpdf_oh object = qpdf_oh_get_key_if_dict(q, objects, key);
    if (!qpdf_oh_is_stream(q, object))
        return;
    qpdf_oh dict = qpdf_oh_get_dict(q, object);
    if (qpdf_oh_is_name_and_equals(q, qpdf_oh_get_key(q, dict, "/Subtype"),
                                   "/Form")) {
        scan_form(l, object, m);
        return;
    }
    l->pictures++;
    note_largest(l, dict);
    if (dict_int(q, dict, "/Width") == l->width_px &&
        dict_int(q, dict, "/Height") == l->height_px) {
        l->sheet->has_picture = true;
        l->sheet->place = *m;
        l->source->picture = object;
        l->source->has_picture = true;
    }
}

/* Links and notes that are closed leave nothing to see on paper. */
static bool has_visible_annotation(qpdf_data q, qpdf_oh page)
{
    qpdf_oh list = qpdf_oh_get_key(q, page, "/Annots");
    if (!qpdf_oh_is_array(q, list))
        return false;
    int n = qpdf_oh_get_array_n_items(q, list);
    for (int i = 0; i < n; i++) {
        qpdf_oh one = qpdf_oh_get_array_item(q, list, i);
        qpdf_oh kind = qpdf_oh_get_key_if_dict(q, one, "/Subtype");
        if (!qpdf_oh_is_name_and_equals(q, kind, "/Link") &&
            !qpdf_oh_is_name_and_equals(q, kind, "/Popup"))
            return true;
    }
    return false;
}

static bool can_hold(qpdf_data q, qpdf_oh dict);

enum status pdf_source_sheet(struct pdf_source *s, int index, int width_px,
                             int height_px, struct pdf_sheet *out)
{
    static const struct pdf_matrix identity = {1, 0, 0, 1, 0, 0};
    unsigned char *bytes = NULL;
    size_t n = 0;
    memset(out, 0, sizeof(*out));
    s->has_picture = false;
    if (index >= s->n_pages)
        return fail(STATUS_INVALID, _("the PDF has no page %d"), index + 1);
    qpdf_oh page = qpdf_get_page_n(s->q, (size_t)index);
    if (!read_outline(s->q, page, out))
        return fail(STATUS_INVALID, _("page %d of the PDF has no size"),
                    index + 1);
    struct looking l = {.source = s,
                        .sheet = out,
                        .scan = {.object = see_object, .user = &l},
                        .resources = inherited(s->q, page, "/Resources"),
                        .width_px = width_px,
                        .height_px = height_px};
    if (qpdf_oh_get_page_content_data(s->q, page, &bytes, &n) & QPDF_ERRORS) {
        qpdf_failure(s->q);
        return STATUS_OK; /* it can still be copied */
    }
    content_scan(&l.scan, bytes, n, &identity);
    free(bytes);
    out->has_text = l.scan.texts > 0;
    out->text_hidden = out->has_text && l.scan.seen_texts == 0;
    out->bare = l.pictures == 1 && l.scan.marks == 0 &&
                !has_visible_annotation(s->q, page);
    if (s->has_picture && !can_hold(s->q, qpdf_oh_get_dict(s->q, s->picture)))
        out->bare = false;
    return STATUS_OK;
}

/* ---- the picture of a page ---- */

static void copy_value(struct pdf_source *s, struct pdf_out *o, qpdf_oh v,
                       struct strbuf *out, int deep);

static char **dict_keys(qpdf_data q, qpdf_oh dict, int *n)
{
    char **keys = NULL;
    int cap = 0;
    *n = 0;
    qpdf_oh_begin_dict_key_iter(q, dict);
    while (qpdf_oh_dict_more_keys(q)) {
        GROW(keys, *n, cap);
        keys[(*n)++] = xstrdup(qpdf_oh_dict_next_key(q));
    }
    return keys;
}

/* Its members, without the brackets; /Length is left out. */
static void copy_members(struct pdf_source *s, struct pdf_out *o, qpdf_oh dict,
                         struct strbuf *out, int deep)
{
    int n = 0;
    char **keys = dict_keys(s->q, dict, &n);
    for (int i = 0; i < n; i++) {
        if (strcmp(keys[i], "/Length") != 0) {
            strbuf_addf(out, "%s ", keys[i]);
            copy_value(s, o, qpdf_oh_get_key(s->q, dict, keys[i]), out,
                       deep + 1);
            strbuf_addc(out, ' ');
        }
        free(keys[i]);
    }
    free(keys);
}

/* A stream as it is stored, once for all who use it. */
static int copy_stream(struct pdf_source *s, struct pdf_out *o, qpdf_oh v,
                       int deep)
{
    int id = qpdf_oh_get_object_id(s->q, v);
    unsigned char *bytes = NULL;
    size_t n = 0;
    for (int i = 0; i < s->n_copied; i += 2) {
        if (s->copied[i] == id)
            return s->copied[i + 1];
    }
    if (qpdf_oh_get_stream_data(s->q, v, qpdf_dl_none, NULL, &bytes, &n) &
        QPDF_ERRORS)
        pdf_out_fail(o, qpdf_failure(s->q));
    struct strbuf entries;
    strbuf_init(&entries);
    copy_members(s, o, qpdf_oh_get_dict(s->q, v), &entries, deep);
    int number = pdf_out_reserve(o);
    pdf_out_stream(o, number, entries.s, bytes ? (char *)bytes : "", n);
    strbuf_clear(&entries);
    free(bytes);
    GROW(s->copied, s->n_copied, s->cap_copied);
    s->copied[s->n_copied++] = id;
    GROW(s->copied, s->n_copied, s->cap_copied);
    s->copied[s->n_copied++] = number;
    return number;
}

static void copy_value(struct pdf_source *s, struct pdf_out *o, qpdf_oh v,
                       struct strbuf *out, int deep)
{
    qpdf_data q = s->q;
    if (deep > VALUES_DEEP) {
        strbuf_adds(out, "null");
    } else if (qpdf_oh_is_stream(q, v)) {
        strbuf_addf(out, "%d 0 R", copy_stream(s, o, v, deep));
    } else if (qpdf_oh_is_array(q, v)) {
        int n = qpdf_oh_get_array_n_items(q, v);
        strbuf_addc(out, '[');
        for (int i = 0; i < n; i++) {
            copy_value(s, o, qpdf_oh_get_array_item(q, v, i), out, deep + 1);
            strbuf_addc(out, ' ');
        }
        strbuf_addc(out, ']');
    } else if (qpdf_oh_is_dictionary(q, v)) {
        strbuf_adds(out, "<< ");
        copy_members(s, o, v, out, deep);
        strbuf_adds(out, ">>");
    } else {
        strbuf_adds(out, qpdf_oh_unparse_resolved(q, v));
    }
}

/* Whether the colours mean the same under an sRGB output intent. */
static bool is_safe_colour(qpdf_data q, qpdf_oh space, int deep)
{
    static const char *const names[] = {"/DeviceGray", "/DeviceRGB", "/CalGray",
                                        "/CalRGB", "/ICCBased"};
    bool in_array = qpdf_oh_is_array(q, space);
    qpdf_oh head = in_array ? qpdf_oh_get_array_item(q, space, 0) : space;
    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        if (qpdf_oh_is_name_and_equals(q, head, names[i]))
            return in_array || i < 2;
    }
    return in_array && deep == 0 &&
           qpdf_oh_is_name_and_equals(q, head, "/Indexed") &&
           is_safe_colour(q, qpdf_oh_get_array_item(q, space, 1), 1);
}

static bool has_filter(qpdf_data q, qpdf_oh dict, const char *name)
{
    return qpdf_oh_is_or_has_name(q, qpdf_oh_get_key(q, dict, "/Filter"), name);
}

static bool can_hold(qpdf_data q, qpdf_oh dict)
{
    static const char *const unwanted[] = {"/SMask", "/Mask", "/SMaskInData",
                                           "/F"};
    static const char *const filters[] = {"/LZWDecode", "/JPXDecode", "/Crypt"};
    for (size_t i = 0; i < ARRAY_LEN(unwanted); i++) {
        if (qpdf_oh_has_key(q, dict, unwanted[i]))
            return false;
    }
    for (size_t i = 0; i < ARRAY_LEN(filters); i++) {
        if (has_filter(q, dict, filters[i]))
            return false;
    }
    QPDF_BOOL mask = QPDF_FALSE;
    qpdf_oh_get_value_as_bool(q, qpdf_oh_get_key(q, dict, "/ImageMask"), &mask);
    return mask ||
           is_safe_colour(q, qpdf_oh_get_key(q, dict, "/ColorSpace"), 0);
}

bool pdf_source_picture(struct pdf_source *s, struct pdf_out *o,
                        struct access_image *out)
{
    static const char *const keys[] = {
        "/Width",     "/Height", "/BitsPerComponent", "/ColorSpace",
        "/ImageMask", "/Decode", "/Filter",           "/DecodeParms"};
    qpdf_data q = s->q;
    unsigned char *bytes = NULL;
    size_t n = 0;
    if (!s->has_picture)
        return false;
    qpdf_oh dict = qpdf_oh_get_dict(q, s->picture);
    if (qpdf_oh_get_stream_data(q, s->picture, qpdf_dl_none, NULL, &bytes, &n) &
        QPDF_ERRORS)
        return false;
    struct strbuf entries;
    strbuf_init(&entries);
    strbuf_adds(&entries, "/Type /XObject /Subtype /Image");
    for (size_t i = 0; i < ARRAY_LEN(keys); i++) {
        if (!qpdf_oh_has_key(q, dict, keys[i]))
            continue;
        strbuf_addf(&entries, " %s ", keys[i]);
        copy_value(s, o, qpdf_oh_get_key(q, dict, keys[i]), &entries, 0);
    }
    out->number = pdf_out_reserve(o);
    out->width_px = dict_int(q, dict, "/Width");
    out->height_px = dict_int(q, dict, "/Height");
    pdf_out_stream(o, out->number, entries.s, bytes, n);
    strbuf_clear(&entries);
    free(bytes);
    return true;
}

/* ---- pages of sources in a file of ours ---- */

static qpdf_oh small_stream(qpdf_data q, const char *text)
{
    qpdf_oh stream = qpdf_oh_new_stream(q);
    qpdf_oh_replace_stream_data(q, stream, (const unsigned char *)text,
                                strlen(text), qpdf_oh_new_null(q),
                                qpdf_oh_new_null(q));
    return stream;
}

/* What the page paints, fenced in so that it leaves no state behind, then our
 * invisible text. */
static void lay_text_over(qpdf_data q, qpdf_oh page, qpdf_oh ours)
{
    qpdf_oh old = qpdf_oh_get_key(q, page, "/Contents");
    qpdf_oh all = qpdf_oh_new_array(q);
    qpdf_oh_append_item(q, all, small_stream(q, "q\n"));
    if (qpdf_oh_is_array(q, old)) {
        int n = qpdf_oh_get_array_n_items(q, old);
        for (int i = 0; i < n; i++)
            qpdf_oh_append_item(q, all, qpdf_oh_get_array_item(q, old, i));
    } else if (qpdf_oh_is_stream(q, old)) {
        qpdf_oh_append_item(q, all, old);
    }
    qpdf_oh_append_item(q, all, small_stream(q, "\nQ\n"));
    qpdf_oh_append_item(q, all, qpdf_oh_get_key(q, ours, "/Contents"));
    qpdf_oh_replace_key(q, page, "/Contents", all);

    qpdf_oh our_fonts =
        qpdf_oh_get_key(q, qpdf_oh_get_key(q, ours, "/Resources"), "/Font");
    if (!qpdf_oh_is_dictionary(q, qpdf_oh_get_key(q, page, "/Resources")))
        qpdf_oh_replace_key(q, page, "/Resources", qpdf_oh_new_dictionary(q));
    qpdf_oh resources = qpdf_oh_get_key(q, page, "/Resources");
    if (!qpdf_oh_is_dictionary(q, qpdf_oh_get_key(q, resources, "/Font")))
        qpdf_oh_replace_key(q, resources, "/Font", qpdf_oh_new_dictionary(q));
    qpdf_oh fonts = qpdf_oh_get_key(q, resources, "/Font");
    qpdf_oh_replace_key(q, fonts, ACCESS_FONT_KEY,
                        qpdf_oh_get_key(q, our_fonts, ACCESS_FONT_KEY));
}

static enum status graft(qpdf_data q, const struct pdf_graft *g, int at)
{
    qpdf_oh ours = qpdf_get_page_n(q, (size_t)at);
    qpdf_oh theirs = qpdf_get_page_n(g->source->q, (size_t)g->index);
    if (qpdf_add_page_at(q, g->source->q, theirs, QPDF_TRUE, ours) &
        QPDF_ERRORS)
        return qpdf_failure(q);
    qpdf_oh page = qpdf_get_page_n(q, (size_t)at);
    qpdf_oh_replace_key(q, page, "/Rotate", qpdf_oh_new_integer(q, g->rotate));
    if (g->with_text)
        lay_text_over(q, page, ours);
    if (qpdf_remove_page(q, ours) & QPDF_ERRORS)
        return qpdf_failure(q);
    return STATUS_OK;
}

static enum status write_file(qpdf_data q, int out_fd)
{
    char path[32];
    snprintf(path, sizeof(path), "/proc/self/fd/%d", out_fd);
    if (qpdf_init_write(q, path) & QPDF_ERRORS)
        return explain(qpdf_failure(q), "access.pdf");
    qpdf_set_object_stream_mode(q, qpdf_o_disable);
    qpdf_set_stream_data_mode(q, qpdf_s_preserve);
    qpdf_set_newline_before_endstream(q, QPDF_TRUE);
    qpdf_set_preserve_encryption(q, QPDF_FALSE);
    qpdf_set_suppress_original_object_IDs(q, QPDF_TRUE);
    qpdf_set_deterministic_ID(q, QPDF_TRUE);
    if (qpdf_write(q) & QPDF_ERRORS)
        return explain(qpdf_failure(q), "access.pdf");
    return STATUS_OK;
}

enum status pdf_graft_pages(const unsigned char *ours, size_t size,
                            const struct pdf_graft *grafts, int n, int out_fd)
{
    qpdf_data q = qpdf_quiet();
    enum status st = STATUS_OK;
    if (qpdf_read_memory(q, "ours", (const char *)ours, size, NULL) &
        QPDF_ERRORS)
        st = qpdf_failure(q);
    for (int i = 0; i < n && st == STATUS_OK; i++) {
        if (grafts[i].source)
            st = graft(q, &grafts[i], i);
    }
    if (st == STATUS_OK)
        st = write_file(q, out_fd);
    qpdf_cleanup(&q);
    return st;
}
