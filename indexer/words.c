/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Packing and unpacking the words of a page; see indexer/words.h. */
#include "indexer/words.h"

#include "base/alloc.h"
#include "base/i18n.h"
#include <limits.h>
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

static void add_zigzag(struct strbuf *out, int v)
{
    unsigned twice = (unsigned)v << 1;
    add_varint(out, v < 0 ? ~twice : twice);
}

void words_pack(const struct page *p, struct strbuf *out)
{
    int x = 0, y = 0;
    strbuf_addc(out, PACKED_FORM);
    for (int i = 0; i < p->n_lines; i++) {
        const struct line *l = &p->lines[i];
        add_varint(out, (unsigned)l->n_words);
        add_varint(out, (unsigned)l->block);
        for (int j = 0; j < l->n_words; j++) {
            const struct word *w = &l->words[j];
            size_t length = strlen(w->text);
            add_varint(out, (unsigned)length);
            strbuf_add(out, w->text, length);
            add_zigzag(out, (int)((unsigned)w->box.x - (unsigned)x));
            add_zigzag(out, (int)((unsigned)w->box.y - (unsigned)y));
            add_varint(out, (unsigned)w->box.w);
            add_varint(out, (unsigned)w->box.h);
            x = w->box.x;
            y = w->box.y;
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

static int take_zigzag(struct reading *r)
{
    unsigned v = take_varint(r);
    return (int)(v & 1 ? ~(v >> 1) : v >> 1);
}

static void take_word(struct reading *r, const struct box *before,
                      struct page_word *out)
{
    unsigned length = take_varint(r);
    if (r->bad || length > (size_t)(r->end - r->at) || length > INT_MAX) {
        r->bad = true;
        return;
    }
    out->text = (const char *)r->at;
    out->length = (int)length;
    r->at += length;
    out->box.x = (int)((unsigned)before->x + (unsigned)take_zigzag(r));
    out->box.y = (int)((unsigned)before->y + (unsigned)take_zigzag(r));
    out->box.w = (int)take_varint(r);
    out->box.h = (int)take_varint(r);
}

enum status words_unpack(const void *packed, int n, struct page_words *out)
{
    struct page_words w = {0};
    int cap = 0;
    struct reading r = {packed, (const unsigned char *)packed + n, false};
    struct box before = {0};
    r.bad = n < 1 || *r.at++ != PACKED_FORM;
    while (!r.bad && r.at < r.end) {
        unsigned left = take_varint(&r);
        take_varint(&r); /* the block */
        for (; left > 0 && !r.bad; left--) {
            GROW(w.items, w.n, cap);
            take_word(&r, &before, &w.items[w.n]);
            before = w.items[w.n++].box;
        }
    }
    if (r.bad) {
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

void words_text(const struct page_words *w, struct strbuf *out)
{
    for (int i = 0; i < w->n; i++) {
        if (i > 0)
            strbuf_addc(out, ' ');
        strbuf_add(out, w->items[i].text, (size_t)w->items[i].length);
    }
}
