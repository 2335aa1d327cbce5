/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One page of record.json, schema 1 (docs/format.md): writing it and reading
 * it back with every value checked, because what is read may have been
 * damaged or come from a worker that hostile bytes have taken over.
 *
 * A word is an array, ["text", x, y, w, h, confidence], to keep a record of
 * hundreds of pages small; a mended one has what was recognised as a seventh
 * item. "dropped" and "marks" are there only if something was found, "layer"
 * only if there is something to say of it.
 */
#include "base/alloc.h"
#include "base/i18n.h"
#include "base/record.h"
#include <limits.h>
#include <math.h>
#include <string.h>

#define PX_MAX 10000000 /* no image is wider or higher */
#define DPI_MAX 100000.0

/* ---- writing ---- */

static json_t *hundredths(double value)
{
    return json_real(round(value * 100) / 100 + 0.0); /* no -0.0 */
}

json_t *box_to_json(const struct box *b)
{
    return json_pack("[i,i,i,i]", b->x, b->y, b->w, b->h);
}

static json_t *words_json(const struct word *words, int n)
{
    json_t *list = json_array();
    for (int i = 0; i < n; i++) {
        const struct word *w = &words[i];
        json_t *item = json_pack("[o,i,i,i,i,i]", json_text_value(w->text),
                                 w->box.x, w->box.y, w->box.w, w->box.h,
                                 w->conf_pct);
        if (w->raw)
            json_array_append_new(item, json_text_value(w->raw));
        json_array_append_new(list, item);
    }
    return list;
}

static json_t *line_json(const struct line *l)
{
    return json_pack("{s:i,s:o,s:o}", "block", l->block, "box",
                     box_to_json(&l->box), "words",
                     words_json(l->words, l->n_words));
}

static json_t *doubts_json(unsigned doubts)
{
    json_t *list = json_array();
#define DOUBT_APPEND(name, bit, json, text) \
    if (doubts & DOUBT_##name)              \
        json_array_append_new(list, json_string(json));
    DOUBT_LIST(DOUBT_APPEND)
#undef DOUBT_APPEND
    return list;
}

static json_t *lines_json(const struct line *lines, int n)
{
    json_t *list = json_array();
    for (int i = 0; i < n; i++)
        json_array_append_new(list, line_json(&lines[i]));
    return list;
}

static json_t *marks_json(const struct page *p)
{
    json_t *list = json_array();
    for (int i = 0; i < p->n_marks; i++) {
        const struct mark *m = &p->marks[i];
        json_array_append_new(
            list, json_pack("{s:s,s:o,s:i,s:o}", "kind", m->kind, "box",
                            box_to_json(&m->box), "confidence", m->conf_pct,
                            "lines", lines_json(m->lines, m->n_lines)));
    }
    return list;
}

json_t *page_to_json(const struct page *p)
{
    json_t *lines = lines_json(p->lines, p->n_lines);
    json_t *j = json_pack("{s:i,s:i,s:i,s:i,s:[o,o],s:b,s:i,s:o,s:i,s:s,s:o}",
                          "source", p->source, "source_page", p->source_page,
                          "width", p->width_px, "height", p->height_px, "dpi",
                          hundredths(p->dpi_x), hundredths(p->dpi_y),
                          "dpi_assumed", p->dpi_assumed, "turn", p->turn_deg,
                          "skew", hundredths(p->skew_deg), "confidence",
                          p->confidence_pct, "state", page_state_json(p->state),
                          "doubts", doubts_json(p->doubts));
    json_object_set_new(j, "cause", json_text_or_null(p->cause));
    json_object_set_new(j, "origin", json_string(text_origin_json(p->origin)));
    json_object_set_new(j, "lines", lines);
    if (p->n_dropped > 0)
        json_object_set_new(j, "dropped",
                            words_json(p->dropped, p->n_dropped));
    if (p->n_marks > 0)
        json_object_set_new(j, "marks", marks_json(p));
    if (p->layer.fate)
        json_object_set_new(j, "layer",
                            json_pack("{s:s,s:s,s:o}", "fate", p->layer.fate,
                                      "why", p->layer.why, "text",
                                      json_text_value(p->layer.text)));
    if (p->quality.measured)
        json_object_set_new(
            j, "quality",
            json_pack("{s:i,s:i,s:i,s:i}", "contrast", p->quality.contrast_pct,
                      "sharpness", p->quality.sharpness_pct, "frame",
                      p->quality.frame_permille, "streaks",
                      p->quality.streaks));
    return j;
}

/* ---- reading ---- */

static enum status get_real(const json_t *j, const char *name, double limit,
                            double *out)
{
    if (!json_is_number(j) || !(fabs(json_number_value(j)) <= limit)) {
        return fail(STATUS_INVALID, _("'%s' is missing or is not %s"), name,
                    _("a number in its range"));
    }
    *out = json_number_value(j);
    return STATUS_OK;
}

bool box_from_json(const json_t *array, size_t first, struct box *out)
{
    int v[4];
    for (size_t i = 0; i < 4; i++) {
        const json_t *item = json_array_get(array, first + i);
        if (!json_is_integer(item) || json_integer_value(item) < 0 ||
            json_integer_value(item) > PX_MAX)
            return false;
        v[i] = (int)json_integer_value(item);
    }
    *out = (struct box){v[0], v[1], v[2], v[3]};
    return true;
}

static bool read_box(const json_t *array, size_t first, const struct page *p,
                     struct box *out)
{
    return box_from_json(array, first, out) && out->x + out->w <= p->width_px &&
           out->y + out->h <= p->height_px;
}

/* A word is not empty and has neither white space nor control characters. */
static bool is_word_text(const char *s)
{
    if (!*s)
        return false;
    for (; *s; s++) {
        if ((unsigned char)*s <= ' ' || *s == 0x7F)
            return false;
    }
    return true;
}

static enum status word_from_json(const json_t *j, const struct page *p,
                                  struct word *out)
{
    const char *text = json_string_value(json_array_get(j, 0));
    const json_t *conf = json_array_get(j, 5);
    const char *raw = json_string_value(json_array_get(j, 6));
    size_t n = json_array_size(j);
    if ((n != 6 && n != 7) || !text || !is_word_text(text) ||
        (n == 7 && (!raw || !is_word_text(raw))))
        return fail(STATUS_INVALID, _("a word is not in its form"));
    if (!read_box(j, 1, p, &out->box))
        return fail(STATUS_INVALID, _("a word lies outside its page"));
    if (!json_is_integer(conf) || json_integer_value(conf) < 0 ||
        json_integer_value(conf) > 100)
        return fail(STATUS_INVALID, _("the confidence of a word is wrong"));
    out->conf_pct = (int)json_integer_value(conf);
    out->text = xstrdup(text);
    out->raw = raw ? xstrdup(raw) : NULL;
    return STATUS_OK;
}

/* Counted one by one, so that what stands before a bad word is freed too. */
static enum status words_from_json(json_t *list, const struct page *p,
                                   struct word **out, int *n)
{
    size_t i;
    json_t *item;
    *out = xcalloc(json_array_size(list) + 1, sizeof(**out));
    json_array_foreach(list, i, item)
    {
        enum status st = word_from_json(item, p, &(*out)[i]);
        if (st != STATUS_OK)
            return st;
        ++*n;
    }
    return STATUS_OK;
}

static enum status line_from_json(const json_t *j, const struct page *p,
                                  int block_min, struct line *out)
{
    json_t *words = NULL;
    enum status st =
        json_get_int32(j, "block", block_min, INT_MAX, &out->block);
    if (st == STATUS_OK)
        st = json_get_array(j, "words", &words);
    if (st != STATUS_OK)
        return st;
    const json_t *box = json_object_get(j, "box");
    if (json_array_size(box) != 4 || !read_box(box, 0, p, &out->box))
        return fail(STATUS_INVALID, _("a line lies outside its page"));
    return words_from_json(words, p, &out->words, &out->n_words);
}

static enum status lines_from_json(const json_t *j, const struct page *p,
                                   struct line **out, int *n)
{
    json_t *lines = NULL;
    size_t i;
    json_t *item;
    enum status st = json_get_array(j, "lines", &lines);
    if (st != STATUS_OK)
        return st;
    *out = xcalloc(json_array_size(lines) + 1, sizeof(**out));
    json_array_foreach(lines, i, item)
    {
        /* Counted first, so that what a bad line holds is freed too. */
        struct line line = {0};
        st = line_from_json(item, p, *n ? (*out)[*n - 1].block : 0, &line);
        (*out)[(*n)++] = line;
        if (st != STATUS_OK)
            return st;
    }
    return STATUS_OK;
}

static enum status mark_from_json(const json_t *j, const struct page *p,
                                  struct mark *out)
{
    const char *kind = NULL;
    enum status st = json_get_string(j, "kind", &kind);
    if (st == STATUS_OK)
        st = json_get_int32(j, "confidence", 0, 100, &out->conf_pct);
    if (st == STATUS_OK)
        st = lines_from_json(j, p, &out->lines, &out->n_lines);
    if (st != STATUS_OK)
        return st;
    out->kind = xstrdup(kind);
    const json_t *box = json_object_get(j, "box");
    if (json_array_size(box) != 4 || !read_box(box, 0, p, &out->box))
        return fail(STATUS_INVALID, _("a mark lies outside its page"));
    return STATUS_OK;
}

static enum status marks_from_json(const json_t *j, struct page *out)
{
    json_t *list = NULL;
    size_t i;
    json_t *item;
    if (!json_object_get(j, "marks"))
        return STATUS_OK;
    enum status st = json_get_array(j, "marks", &list);
    if (st != STATUS_OK)
        return st;
    json_array_foreach(list, i, item)
    {
        struct mark mark = {0};
        st = mark_from_json(item, out, &mark);
        page_take_mark(out, &mark);
        if (st != STATUS_OK)
            return st;
    }
    return STATUS_OK;
}

static enum status dropped_from_json(const json_t *j, struct page *out)
{
    json_t *list = NULL;
    if (!json_object_get(j, "dropped"))
        return STATUS_OK;
    enum status st = json_get_array(j, "dropped", &list);
    if (st == STATUS_OK)
        st = words_from_json(list, out, &out->dropped, &out->n_dropped);
    return st;
}

static enum status layer_from_json(const json_t *j, struct page *out)
{
    const json_t *layer = json_object_get(j, "layer");
    const char *fate = NULL, *why = NULL, *text = NULL;
    if (!layer)
        return STATUS_OK;
    enum status st = json_get_string(layer, "fate", &fate);
    if (st == STATUS_OK)
        st = json_get_string(layer, "why", &why);
    if (st == STATUS_OK)
        st = json_get_string(layer, "text", &text);
    if (st == STATUS_OK)
        out->layer =
            (struct text_note){xstrdup(fate), xstrdup(why), xstrdup(text)};
    return st;
}

static enum status quality_from_json(const json_t *j, struct page *out)
{
    const json_t *quality = json_object_get(j, "quality");
    struct page_quality *q = &out->quality;
    if (!quality)
        return STATUS_OK;
    enum status st =
        json_get_int32(quality, "contrast", -1, 100, &q->contrast_pct);
    if (st == STATUS_OK)
        st = json_get_int32(quality, "sharpness", -1, 100, &q->sharpness_pct);
    if (st == STATUS_OK)
        st = json_get_int32(quality, "frame", 0, 1000, &q->frame_permille);
    if (st == STATUS_OK)
        st = json_get_int32(quality, "streaks", 0, 1000, &q->streaks);
    q->measured = st == STATUS_OK;
    return st;
}

static enum status state_from_json(const json_t *j, struct page *out)
{
    const char *code = NULL;
    enum status st = json_get_string(j, "state", &code);
    if (st != STATUS_OK)
        return st;
#define PAGE_STATE_READ(name, json) \
    if (strcmp(code, json) == 0) {  \
        out->state = PAGE_##name;   \
        return STATUS_OK;           \
    }
    PAGE_STATE_LIST(PAGE_STATE_READ)
#undef PAGE_STATE_READ
    return fail(STATUS_INVALID, _("unknown state of a page: '%s'"), code);
}

static enum status origin_from_json(const json_t *j, struct page *out)
{
    const char *code = NULL;
    enum status st = json_get_string(j, "origin", &code);
    if (st != STATUS_OK)
        return st;
#define TEXT_ORIGIN_READ(name, json) \
    if (strcmp(code, json) == 0) {   \
        out->origin = TEXT_##name;   \
        return STATUS_OK;            \
    }
    TEXT_ORIGIN_LIST(TEXT_ORIGIN_READ)
#undef TEXT_ORIGIN_READ
    return fail(STATUS_INVALID, _("unknown origin of text: '%s'"), code);
}

static unsigned doubt_from_code(const char *code)
{
#define DOUBT_READ(name, bit, json, text) \
    if (strcmp(code, json) == 0)          \
        return DOUBT_##name;
    DOUBT_LIST(DOUBT_READ)
#undef DOUBT_READ
    return 0;
}

static enum status doubts_from_json(const json_t *j, struct page *out)
{
    json_t *list = NULL;
    size_t i;
    json_t *item;
    enum status st = json_get_array(j, "doubts", &list);
    if (st != STATUS_OK)
        return st;
    json_array_foreach(list, i, item)
    {
        const char *code = json_string_value(item);
        unsigned doubt = code ? doubt_from_code(code) : 0;
        if (!doubt)
            return fail(STATUS_INVALID, _("unknown doubt about a page"));
        out->doubts |= doubt;
    }
    return STATUS_OK;
}

/* Size and resolution: all positive, unless the page could not be read. */
static enum status measures_from_json(const json_t *j, struct page *out)
{
    bool read = out->state != PAGE_FAILED && out->state != PAGE_TIMEOUT;
    const json_t *dpi = json_object_get(j, "dpi");
    enum status st = json_get_int32(j, "width", read, PX_MAX, &out->width_px);
    if (st == STATUS_OK)
        st = json_get_int32(j, "height", read, PX_MAX, &out->height_px);
    if (st == STATUS_OK)
        st = get_real(json_array_get(dpi, 0), "dpi", DPI_MAX, &out->dpi_x);
    if (st == STATUS_OK)
        st = get_real(json_array_get(dpi, 1), "dpi", DPI_MAX, &out->dpi_y);
    if (st == STATUS_OK)
        st = json_get_bool(j, "dpi_assumed", &out->dpi_assumed);
    if (st == STATUS_OK)
        st = json_get_int32(j, "turn", 0, 270, &out->turn_deg);
    if (st == STATUS_OK)
        st = get_real(json_object_get(j, "skew"), "skew", 360, &out->skew_deg);
    if (st != STATUS_OK)
        return st;
    if (out->dpi_x < 0 || out->dpi_y < 0 ||
        (read && (out->dpi_x == 0 || out->dpi_y == 0)))
        return fail(STATUS_INVALID, _("the resolution of a page is wrong"));
    if (out->turn_deg % 90 != 0)
        return fail(STATUS_INVALID, _("the turn of a page is wrong"));
    return STATUS_OK;
}

enum status page_from_json(const json_t *j, struct page *out)
{
    struct page p = {0};
    enum status st = json_get_int32(j, "source", 0, INT_MAX, &p.source);
    if (st == STATUS_OK)
        st = json_get_int32(j, "source_page", 0, INT_MAX, &p.source_page);
    if (st == STATUS_OK)
        st = state_from_json(j, &p);
    if (st == STATUS_OK)
        st = measures_from_json(j, &p);
    if (st == STATUS_OK)
        st = json_get_int32(j, "confidence", 0, 100, &p.confidence_pct);
    if (st == STATUS_OK)
        st = doubts_from_json(j, &p);
    if (st == STATUS_OK)
        st = json_get_text_or_null(j, "cause", &p.cause);
    if (st == STATUS_OK)
        st = origin_from_json(j, &p);
    if (st == STATUS_OK)
        st = lines_from_json(j, &p, &p.lines, &p.n_lines);
    if (st == STATUS_OK)
        st = dropped_from_json(j, &p);
    if (st == STATUS_OK)
        st = marks_from_json(j, &p);
    if (st == STATUS_OK)
        st = layer_from_json(j, &p);
    if (st == STATUS_OK)
        st = quality_from_json(j, &p);
    if (st != STATUS_OK) {
        page_clear(&p);
        return st;
    }
    *out = p;
    return STATUS_OK;
}
