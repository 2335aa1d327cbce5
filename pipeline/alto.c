/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * ALTO 4.4 (Library of Congress): one page's words with their places, for
 * programs that know nothing of hoso. Everything is in pixels of the original
 * image, as in the record; the schema's counter-clockwise ROTATION of the
 * text is the clockwise turn that puts the page upright.
 */
#include "base/alloc.h"
#include "base/xml.h"
#include "pipeline/pipeline.h"
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#define NS "http://www.loc.gov/standards/alto/ns-v4#"

struct writer {
    struct xml x;
    const struct page *page;
    int number; /* of the page, from 1 */
    int words;  /* written so far */
};

/* Identifiers are unique over all pages of a document, so that the files may
 * be joined. */
static void attr_id(struct writer *w, const char *part, int number)
{
    AUTO(free_char) char *id = xasprintf("p%d_%s%d", w->number, part, number);
    xml_attr(&w->x, "ID", id);
}

static void attr_box(struct writer *w, const struct box *b)
{
    xml_attr_int(&w->x, "HPOS", b->x);
    xml_attr_int(&w->x, "VPOS", b->y);
    xml_attr_int(&w->x, "WIDTH", b->w);
    xml_attr_int(&w->x, "HEIGHT", b->h);
}

static void attr_share(struct writer *w, const char *name, int pct)
{
    AUTO(free_char) char *share = xasprintf("%d.%02d", pct / 100, pct % 100);
    xml_attr(&w->x, name, share);
}

/* ---- description ---- */

static void write_source(struct writer *w, const struct record *r)
{
    const struct source *s = &r->sources[w->page->source];
    struct xml *x = &w->x;
    xml_open(x, "sourceImageInformation");
    if (s->name)
        xml_leaf(x, "fileName", s->name);
    if (s->sha256) {
        xml_open(x, "fileIdentifier");
        xml_attr(x, "fileIdentifierLocation", "sha256");
        xml_text(x, s->sha256);
        xml_close(x);
    }
    if (r->id)
        xml_leaf(x, "documentIdentifier", r->id);
    xml_close(x);
}

static const char *step_description(const struct page *p)
{
    switch (p->origin) {
    case TEXT_OCR:
        return "text recognition";
    case TEXT_DIGITAL:
        return "text taken from the born-digital PDF";
    case TEXT_NONE:
        break;
    }
    return p->cause ? "the page could not be read" : "no text on the page";
}

static void write_processing(struct writer *w, const struct record *r)
{
    struct xml *x = &w->x;
    bool ocr = w->page->origin == TEXT_OCR && r->recogniser;
    xml_open(x, "Processing");
    attr_id(w, "processing", 1);
    xml_leaf(x, "processingCategory", "contentGeneration");
    xml_leaf(x, "processingStepDescription", step_description(w->page));
    if (ocr)
        xml_leaf(x, "processingStepSettings", r->recogniser);
    xml_open(x, "processingSoftware");
    xml_leaf(x, "softwareName", "hoso");
    xml_leaf(x, "softwareVersion", HOSO_VERSION);
    if (ocr)
        xml_leaf(x, "applicationDescription", r->recogniser);
    xml_close(x);
    xml_close(x);
}

/* ---- layout ---- */

static void write_space(struct writer *w, const struct box *left,
                        const struct box *right)
{
    int from = left->x + left->w;
    xml_open(&w->x, "SP");
    xml_attr_int(&w->x, "HPOS", from);
    xml_attr_int(&w->x, "VPOS", left->y);
    /* Lines of turned pages do not run to the right: no width then. */
    xml_attr_int(&w->x, "WIDTH", right->x > from ? right->x - from : 0);
    xml_close(&w->x);
}

static void write_line(struct writer *w, const struct line *l, int number)
{
    xml_open(&w->x, "TextLine");
    attr_id(w, "l", number);
    attr_box(w, &l->box);
    for (int i = 0; i < l->n_words; i++) {
        const struct word *word = &l->words[i];
        if (i > 0)
            write_space(w, &l->words[i - 1].box, &word->box);
        xml_open(&w->x, "String");
        attr_id(w, "w", ++w->words);
        attr_box(w, &word->box);
        xml_attr(&w->x, "CONTENT", word->text);
        attr_share(w, "WC", word->conf_pct);
        if (word->raw) {
            xml_open(&w->x, "ALTERNATIVE");
            xml_attr(&w->x, "PURPOSE", "as recognised");
            xml_text(&w->x, word->raw);
            xml_close(&w->x);
        }
        xml_close(&w->x);
    }
    xml_close(&w->x);
}

/* One past the last line of the block that starts at line `first`. */
static int block_end(const struct page *p, int first, struct box *bounds)
{
    int end = first;
    *bounds = p->lines[first].box;
    while (end < p->n_lines && p->lines[end].block == p->lines[first].block) {
        *bounds = box_union(*bounds, p->lines[end].box);
        end++;
    }
    return end;
}

/* The schema wants at least one String in a line and one line in a block. */
static bool has_words(const struct page *p, int first, int end)
{
    for (int i = first; i < end; i++) {
        if (p->lines[i].n_words > 0)
            return true;
    }
    return false;
}

static void write_blocks(struct writer *w)
{
    const struct page *p = w->page;
    int number = 0;
    for (int first = 0, end; first < p->n_lines; first = end) {
        struct box bounds;
        end = block_end(p, first, &bounds);
        if (!has_words(p, first, end))
            continue;
        xml_open(&w->x, "TextBlock");
        attr_id(w, "b", ++number);
        attr_box(w, &bounds);
        for (int i = first; i < end; i++) {
            if (p->lines[i].n_words > 0)
                write_line(w, &p->lines[i], i + 1);
        }
        xml_close(&w->x);
    }
}

/* ---- what lies over the text ---- */

/* Kinds of marks that the file shows, by the same label. */
static const char *const tagged[] = {"seal", "signature", "stamp"};

/* Number of the kind of a mark; -1 of those that are not shown. */
static int tag_of(const struct mark *m)
{
    for (size_t i = 0; i < ARRAY_LEN(tagged); i++)
        if (strcmp(m->kind, tagged[i]) == 0)
            return (int)i;
    return -1;
}

static void write_tags(struct writer *w)
{
    unsigned used = 0;
    for (int i = 0; i < w->page->n_marks; i++) {
        int tag = tag_of(&w->page->marks[i]);
        used |= tag >= 0 ? 1u << tag : 0;
    }
    if (used == 0)
        return;
    xml_open(&w->x, "Tags");
    for (size_t i = 0; i < ARRAY_LEN(tagged); i++) {
        if (!(used & 1u << i))
            continue;
        xml_open(&w->x, "LayoutTag");
        attr_id(w, "tag", (int)i + 1);
        xml_attr(&w->x, "LABEL", tagged[i]);
        xml_close(&w->x);
    }
    xml_close(&w->x);
}

static void write_marks(struct writer *w)
{
    int number = w->page->n_lines;
    for (int i = 0; i < w->page->n_marks; i++) {
        const struct mark *m = &w->page->marks[i];
        int tag = tag_of(m);
        if (tag < 0)
            continue;
        AUTO(free_char) char *ref = xasprintf("p%d_tag%d", w->number, tag + 1);
        xml_open(&w->x, m->n_lines > 0 ? "TextBlock" : "GraphicalElement");
        attr_id(w, "m", i + 1);
        attr_box(w, &m->box);
        xml_attr(&w->x, "TAGREFS", ref);
        for (int k = 0; k < m->n_lines; k++)
            write_line(w, &m->lines[k], ++number);
        xml_close(&w->x);
    }
}

static void write_page(struct writer *w)
{
    const struct page *p = w->page;
    AUTO(free_char) char *id = xasprintf("p%d", w->number);
    AUTO(free_char) char *step = xasprintf("p%d_processing1", w->number);
    xml_open(&w->x, "Page");
    xml_attr(&w->x, "ID", id);
    xml_attr(&w->x, "PROCESSINGREFS", step);
    xml_attr_int(&w->x, "HEIGHT", p->height_px);
    xml_attr_int(&w->x, "WIDTH", p->width_px);
    xml_attr_int(&w->x, "PHYSICAL_IMG_NR", w->number);
    attr_share(w, "PC", p->confidence_pct);
    if (p->turn_deg != 0)
        xml_attr_int(&w->x, "ROTATION", p->turn_deg);
    xml_open(&w->x, "PrintSpace");
    attr_box(w, &(struct box){0, 0, p->width_px, p->height_px});
    write_blocks(w);
    write_marks(w);
    xml_close(&w->x);
    xml_close(&w->x);
}

void alto_write(const struct record *r, int index, struct strbuf *out)
{
    assert(index >= 0 && index < r->n_pages);
    struct writer w = {.page = &r->pages[index], .number = index + 1};
    xml_start(&w.x, out);
    xml_open(&w.x, "alto");
    xml_attr(&w.x, "xmlns", NS);
    xml_attr(&w.x, "xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance");
    xml_attr(&w.x, "xsi:schemaLocation",
             NS " http://www.loc.gov/standards/alto/v4/alto-4-4.xsd");
    xml_attr(&w.x, "SCHEMAVERSION", "4.4");
    xml_open(&w.x, "Description");
    xml_leaf(&w.x, "MeasurementUnit", "pixel");
    if (w.page->source < r->n_sources)
        write_source(&w, r);
    write_processing(&w, r);
    xml_close(&w.x);
    write_tags(&w);
    xml_open(&w.x, "Layout");
    write_page(&w);
    xml_close(&w.x);
    xml_close(&w.x);
    xml_end(&w.x);
}
