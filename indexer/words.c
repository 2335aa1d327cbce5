/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Packing and unpacking the words of a page; see indexer/words.h. */
#include "indexer/words.h"

#include "base/alloc.h"
#include "base/i18n.h"
#include <stdlib.h>
#include <string.h>

enum { PACKED_FORM = 1 };

static void add_varint(struct strbuf *out, unsigned v)
{
    while (v >= 0x80) {
        strbuf_addc(out, (char)(v | 0x80));
        v >>= 7;
    }
    strbuf_addc(out, (char)v);
}

/* What b is more than a; going round at the ends of int. */
static void add_difference(struct strbuf *out, int a, int b)
{
    int v = (int)((unsigned)b - (unsigned)a);
    unsigned twice = (unsigned)v << 1;
    add_varint(out, v < 0 ? ~twice : twice);
}

static bool is_gap(char c)
{
    return c == ' ' || c == '\n';
}

/* A word has no white space; one that has is several to the reader, so the
 * box is said for each. */
static int parts_of(const char *word)
{
    int n = 0;
    for (const char *p = word; *p; p++)
        n += !is_gap(*p) && (p == word || is_gap(p[-1]));
    return n;
}

void words_pack(const struct page *p, struct strbuf *text,
                struct strbuf *boxes)
{
    struct box before = {0};
    strbuf_addc(boxes, PACKED_FORM);
    for (int i = 0; i < p->n_lines; i++) {
        const struct line *l = &p->lines[i];
        for (int j = 0; j < l->n_words; j++) {
            const struct word *w = &l->words[j];
            strbuf_adds(text, w->text);
            strbuf_addc(text, j + 1 < l->n_words ? ' ' : '\n');
            for (int part = parts_of(w->text); part > 0; part--) {
                add_difference(boxes, before.x, w->box.x);
                add_difference(boxes, before.y, w->box.y);
                add_difference(boxes, before.w, w->box.w);
                add_difference(boxes, before.h, w->box.h);
                before = w->box;
            }
        }
    }
}

/* Packed bytes while they are read; bad once they do not add up. */
struct reading {
    const unsigned char *at, *end;
    bool bad;
};

static unsigned take_varint(struct reading *r)
{
    unsigned v = 0;
    for (int shift = 0; shift < 32; shift += 7) {
        if (r->at == r->end)
            break;
        unsigned char c = *r->at++;
        v |= (unsigned)(c & 0x7F) << shift;
        if (c < 0x80)
            return v;
    }
    r->bad = true;
    return 0;
}

static int take_difference(struct reading *r, int a)
{
    unsigned v = take_varint(r);
    unsigned d = v & 1 ? ~(v >> 1) : v >> 1;
    return (int)((unsigned)a + d);
}

static struct box take_box(struct reading *r, const struct box *before)
{
    struct box b;
    b.x = take_difference(r, before->x);
    b.y = take_difference(r, before->y);
    b.w = take_difference(r, before->w);
    b.h = take_difference(r, before->h);
    return b;
}

enum status words_unpack(const char *text, size_t n_text, const void *boxes,
                         int n_boxes, struct page_words *out)
{
    struct page_words w = {0};
    int cap = 0;
    struct reading r = {boxes, (const unsigned char *)boxes + n_boxes, false};
    struct box before = {0};
    r.bad = n_boxes < 1 || *r.at++ != PACKED_FORM;
    for (size_t at = 0; at < n_text && !r.bad;) {
        size_t from = at;
        while (at < n_text && !is_gap(text[at]))
            at++;
        if (at > from) {
            GROW(w.items, w.n, cap);
            before = take_box(&r, &before);
            w.items[w.n++] =
                (struct page_word){
                text + from, (int)from, (int)(at - from), before};
        }
        at++;
    }
    if (r.bad || r.at != r.end) {
        words_clear(&w);
        return fail(STATUS_DAMAGED, _("the words of a page do not add up"));
    }
    *out = w;
    return STATUS_OK;
}

void words_clear(struct page_words *w)
{
    free(w->items);
    *w = (struct page_words){0};
}
