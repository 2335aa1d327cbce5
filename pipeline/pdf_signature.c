/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Fields of type Sig in the form of a PDF. Signing software puts one
 * signature's field on every page; they share a dictionary and count once.
 */
#include "pipeline/pdf_signature.h"

#include "base/alloc.h"
#include "base/certificate.h"
#include "base/strbuf.h"
#include "base/text.h"
#include "pipeline/pdf_words.h"
#include "pipeline/qpdf.h"
#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FIELDS_DEEP 16
#define FIELDS_MAX 5000
#define SIGNATURES_MAX 50
#define APPEARANCE_BOX "[-2000 -2000 2000 2000]" /* around any appearance */
#define APPEARANCE_SIDE 2000
#define ANNOTATIONS_MAX 500
#define SHORT_LETTERS 8 /* "1234a": a number or a day, not a banner */

struct search {
    qpdf_data q;
    const unsigned char *bytes;
    size_t n;
    json_t *found;
    int ids[SIGNATURES_MAX]; /* of the dictionaries */
    int n_ids, looked;
};

/* A text string of a PDF as NFC on one line; NULL if it is none or empty. */
static char *text_of(qpdf_data q, qpdf_oh dict, const char *key)
{
    qpdf_oh value = qpdf_oh_get_key(q, dict, key);
    const char *s;
    size_t n = 0;
    char *out;

    if (!qpdf_oh_is_string(q, value))
        return NULL;
    s = qpdf_oh_get_utf8_value(q, value);
    n = strlen(s);
    out = text_nfc(s, n);
    for (char *p = out; *p; p++)
        if (*p == '\n' || *p == '\t' || *p == '\f')
            *p = ' ';
    if (out[strspn(out, " ")] == '\0') {
        free(out);
        return NULL;
    }
    return out;
}

static bool all_digits(const char *s, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!isdigit((unsigned char)s[i]))
            return false;
    return true;
}

/* "D:20250108103049+07'00'" as ISO 8601; NULL if it is no time to a second. */
static char *time_of(qpdf_data q, qpdf_oh dict)
{
    AUTO(free_char) char *text = text_of(q, dict, "/M");
    const char *t = text;
    char zone[8] = "";

    if (t == NULL)
        return NULL;
    t += strncmp(t, "D:", 2) == 0 ? 2 : 0;
    if (strlen(t) < 14 || !all_digits(t, 14))
        return NULL;
    if (t[14] == 'Z')
        strcpy(zone, "Z");
    else if ((t[14] == '+' || t[14] == '-') && strlen(t + 14) >= 3 &&
             all_digits(t + 15, 2))
        snprintf(zone, sizeof(zone), "%.3s:%.2s", t + 14,
                 t[17] == '\'' && strlen(t + 17) >= 3 &&
                         all_digits(t + 18, 2)
                     ? t + 18
                     : "00");
    return xasprintf("%.4s-%.2s-%.2sT%.2s:%.2s:%.2s%s", t, t + 4, t + 6, t + 8,
                     t + 10, t + 12, zone);
}

static bool only_space(const unsigned char *at, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!isspace(at[i]) && at[i] != '\0')
            return false;
    return true;
}

/* Two stretches of the file, with nothing between but the signature. */
static const char *scope_of(const struct search *s, qpdf_oh dict)
{
    qpdf_oh range = qpdf_oh_get_key(s->q, dict, "/ByteRange");
    long long v[4];
    size_t end;

    if (!qpdf_oh_is_array(s->q, range) ||
        qpdf_oh_get_array_n_items(s->q, range) != 4)
        return "part";
    for (int i = 0; i < 4; i++)
        if (!qpdf_oh_get_value_as_longlong(
                s->q, qpdf_oh_get_array_item(s->q, range, i), &v[i]) ||
            v[i] < 0 || v[i] > (long long)s->n)
            return "part";
    if (v[0] != 0 || v[1] >= v[2] || v[2] + v[3] > (long long)s->n ||
        s->bytes[v[1]] != '<' || s->bytes[v[2] - 1] != '>')
        return "part";
    for (long long i = v[1] + 1; i < v[2] - 1; i++)
        if (!isxdigit(s->bytes[i]) && !isspace(s->bytes[i]))
            return "part";
    end = (size_t)(v[2] + v[3]);
    if (only_space(s->bytes + end, s->n - end))
        return "whole-file";
    while (end > 0 && isspace(s->bytes[end - 1]))
        end--;
    return end > 5 && memcmp(s->bytes + end - 5, "%%EOF", 5) == 0
               ? "earlier-version"
               : "part";
}

/* ---- what is to be seen of it ---- */

/* A page that shows nothing but the appearance of a field, in memory of q. */
static bool write_appearance(qpdf_data q, qpdf_oh look,
                             const unsigned char **bytes, size_t *n)
{
    static const char paint[] = "/Look Do";
    qpdf_oh page = qpdf_oh_new_dictionary(q);
    qpdf_oh objects = qpdf_oh_new_dictionary(q);
    qpdf_oh resources = qpdf_oh_new_dictionary(q);
    qpdf_oh contents = qpdf_oh_new_stream(q);

    qpdf_oh_replace_stream_data(q, contents, (const unsigned char *)paint,
                                strlen(paint), qpdf_oh_new_null(q),
                                qpdf_oh_new_null(q));
    qpdf_oh_replace_key(q, objects, "/Look", look);
    qpdf_oh_replace_key(q, resources, "/XObject", objects);
    qpdf_oh_replace_key(q, page, "/Type", qpdf_oh_new_name(q, "/Page"));
    qpdf_oh_replace_key(q, page, "/MediaBox",
                        qpdf_oh_parse(q, APPEARANCE_BOX));
    qpdf_oh_replace_key(q, page, "/Resources", resources);
    qpdf_oh_replace_key(q, page, "/Contents", contents);
    if (qpdf_add_page(q, q, qpdf_make_indirect_object(q, page), QPDF_TRUE) &
            QPDF_ERRORS ||
        qpdf_init_write_memory(q) & QPDF_ERRORS || qpdf_write(q) & QPDF_ERRORS)
        return false;
    *bytes = qpdf_get_buffer(q);
    *n = qpdf_get_buffer_length(q);
    return true;
}

/* The letters of a field's appearance in the space of its own page; the
 * appearance itself, or a null. */
static qpdf_oh appearance_letters(qpdf_data q, qpdf_oh field,
                                  struct pdf_letters *out)
{
    qpdf_oh states = qpdf_oh_get_key_if_dict(q, field, "/AP");
    qpdf_oh normal = qpdf_oh_get_key_if_dict(q, states, "/N");
    AUTO(pdf_page_freep) struct pdf_page *page = NULL;
    const unsigned char *bytes = NULL;
    size_t n = 0;
    qpdf_data own;

    *out = (struct pdf_letters){0};
    if (!qpdf_oh_is_stream(q, normal))
        return qpdf_oh_new_null(q);
    own = qpdf_quiet();
    qpdf_empty_pdf(own);
    if (write_appearance(own, qpdf_oh_copy_foreign_object(own, q, normal),
                         &bytes, &n) &&
        pdf_page_open(bytes, n, 0, &page) == STATUS_OK)
        pdf_page_letters(page, out);
    pdf_page_freep(&page);
    page = NULL;
    qpdf_cleanup(&own);
    return normal;
}

/* The words a field's appearance shows over the page; NULL if none. */
static char *appearance_text(const struct search *s, qpdf_oh field)
{
    struct pdf_letters letters;
    struct page words = {0};
    char *out = NULL;

    appearance_letters(s->q, field, &letters);
    pdf_words(&letters, NULL, NULL, &words);
    if (words.n_lines > 0)
        out = page_text(&words);
    page_clear(&words);
    pdf_letters_clear(&letters);
    return out;
}

/* ---- fields ---- */

static json_t *text_or_null(const char *s)
{
    return s ? json_text_value(s) : json_null();
}

/* field shows the signature that dict describes. */
static void take_signature(struct search *s, qpdf_oh dict, qpdf_oh field)
{
    qpdf_oh contents = qpdf_oh_get_key(s->q, dict, "/Contents");
    AUTO(free_char) char *signer = NULL;
    AUTO(free_char) char *time = time_of(s->q, dict);
    AUTO(free_char) char *text = NULL;
    int id = qpdf_oh_get_object_id(s->q, dict);

    for (int i = 0; i < s->n_ids; i++)
        if (id != 0 && s->ids[i] == id)
            return;
    if (s->n_ids == SIGNATURES_MAX)
        return;
    s->ids[s->n_ids++] = id;
    if (qpdf_oh_is_string(s->q, contents)) {
        size_t n = 0;
        const char *der = qpdf_oh_get_binary_string_value(s->q, contents, &n);

        signer = certificate_signer((const unsigned char *)der, n);
    }
    if (signer == NULL)
        signer = text_of(s->q, dict, "/Name");
    text = appearance_text(s, field);
    json_array_append_new(
        s->found, json_pack("{s:o, s:o, s:s, s:o}", "signer",
                            text_or_null(signer), "time", text_or_null(time),
                            "scope", scope_of(s, dict), "text",
                            text_or_null(text)));
}

/* Fields below one; is_sig: the type it has from those above. */
static void look_at(struct search *s, qpdf_oh field, bool is_sig, int deep)
{
    qpdf_oh type, kids, value;

    if (deep > FIELDS_DEEP || s->looked++ > FIELDS_MAX ||
        !qpdf_oh_is_dictionary(s->q, field))
        return;
    type = qpdf_oh_get_key(s->q, field, "/FT");
    if (qpdf_oh_is_name(s->q, type))
        is_sig = qpdf_oh_is_name_and_equals(s->q, type, "/Sig");
    value = qpdf_oh_get_key(s->q, field, "/V");
    if (is_sig && qpdf_oh_is_dictionary(s->q, value))
        take_signature(s, value, field);
    kids = qpdf_oh_get_key(s->q, field, "/Kids");
    if (!qpdf_oh_is_array(s->q, kids))
        return;
    for (int i = 0; i < qpdf_oh_get_array_n_items(s->q, kids); i++)
        look_at(s, qpdf_oh_get_array_item(s->q, kids, i), is_sig, deep + 1);
}

json_t *pdf_signatures(const unsigned char *bytes, size_t n)
{
    struct search s = {.q = qpdf_quiet(),
                       .bytes = bytes,
                       .n = n,
                       .found = json_array()};

    if (qpdf_read_bytes(s.q, bytes, n) == STATUS_OK) {
        qpdf_oh root = qpdf_get_root(s.q);
        qpdf_oh form = qpdf_oh_get_key_if_dict(s.q, root, "/AcroForm");
        qpdf_oh fields = qpdf_oh_get_key_if_dict(s.q, form, "/Fields");

        if (qpdf_oh_is_array(s.q, fields))
            for (int i = 0; i < qpdf_oh_get_array_n_items(s.q, fields); i++)
                look_at(&s, qpdf_oh_get_array_item(s.q, fields, i), false, 0);
    }
    qpdf_cleanup(&s.q);
    return s.found;
}

/* ---- numbers and days that are laid over a page ---- */

static bool is_signature(qpdf_data q, qpdf_oh field)
{
    for (int up = 0; up < FIELDS_DEEP; up++) {
        if (qpdf_oh_is_name_and_equals(
                q, qpdf_oh_get_key_if_dict(q, field, "/FT"), "/Sig"))
            return true;
        field = qpdf_oh_get_key_if_dict(q, field, "/Parent");
        if (!qpdf_oh_is_dictionary(q, field))
            return false;
    }
    return false;
}

static bool four_numbers(qpdf_data q, qpdf_oh array, double out[4])
{
    if (!qpdf_oh_is_array(q, array) || qpdf_oh_get_array_n_items(q, array) != 4)
        return false;
    for (int i = 0; i < 4; i++)
        if (!qpdf_oh_get_value_as_number(
                q, qpdf_oh_get_array_item(q, array, i), &out[i]) ||
            !isfinite(out[i]))
            return false;
    return true;
}

/* Letters without white space and banners: digits, perhaps a letter. */
static int keep_short(struct pdf_letters *l)
{
    int n = 0, digits = 0;

    for (int i = 0; i < l->n; i++) {
        if (l->letters[i].cp <= ' ')
            continue;
        if (n == SHORT_LETTERS || !text_is_word(l->letters[i].cp))
            return 0;
        digits += l->letters[i].cp >= '0' && l->letters[i].cp <= '9';
        l->letters[n++] = l->letters[i];
    }
    l->n = n;
    return digits > 0 ? n : 0;
}

/* From the appearance's own page to the page, as displayed. */
static bool place(qpdf_data q, qpdf_oh look, const double rect[4],
                  const struct pdf_sheet *sheet, struct pdf_letters *l)
{
    double box[4], scale_x, scale_y;

    if (!four_numbers(q, qpdf_oh_get_key(q, qpdf_oh_get_dict(q, look), "/BBox"),
                      box) ||
        fabs(box[2] - box[0]) < 1 || fabs(box[3] - box[1]) < 1)
        return false;
    scale_x = fabs(rect[2] - rect[0]) / fabs(box[2] - box[0]);
    scale_y = fabs(rect[3] - rect[1]) / fabs(box[3] - box[1]);
    for (int i = 0; i < l->n; i++) {
        struct pdf_letter *a = &l->letters[i];
        double left = fmin(rect[0], rect[2]) - sheet->left;
        double bottom = fmin(rect[1], rect[3]);
        double x = a->left - APPEARANCE_SIDE - fmin(box[0], box[2]);
        double y = APPEARANCE_SIDE - a->bottom - fmin(box[1], box[3]);
        double w = (a->right - a->left) * scale_x;
        double h = (a->bottom - a->top) * scale_y;

        a->left = left + x * scale_x;
        a->right = a->left + w;
        a->bottom = sheet->top - (bottom + y * scale_y);
        a->top = a->bottom - h;
    }
    return true;
}

static void add_overlay(qpdf_data q, qpdf_oh widget,
                        const struct pdf_sheet *sheet, struct pdf_letters *out)
{
    struct pdf_letters l;
    double rect[4];
    qpdf_oh look;

    if (!is_signature(q, widget) ||
        !four_numbers(q, qpdf_oh_get_key(q, widget, "/Rect"), rect))
        return;
    look = appearance_letters(q, widget, &l);
    if (keep_short(&l) > 0 && place(q, look, rect, sheet, &l))
        pdf_letters_insert(out, l.letters, l.n);
    pdf_letters_clear(&l);
}

void pdf_signature_overlays(const unsigned char *bytes, size_t n, int index,
                            const struct pdf_sheet *sheet,
                            struct pdf_letters *out)
{
    qpdf_data q;
    qpdf_oh list;

    if (sheet->rotate != 0)
        return;
    q = qpdf_quiet();
    if (qpdf_read_bytes(q, bytes, n) == STATUS_OK &&
        index < qpdf_get_num_pages(q)) {
        list = qpdf_oh_get_key(q, qpdf_get_page_n(q, (size_t)index), "/Annots");
        if (qpdf_oh_is_array(q, list))
            for (int i = 0; i < qpdf_oh_get_array_n_items(q, list) &&
                            i < ANNOTATIONS_MAX;
                 i++)
                add_overlay(q, qpdf_oh_get_array_item(q, list, i), sheet, out);
    }
    qpdf_cleanup(&q);
}
