/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Packing and unpacking the words of a page; see indexer/words.h. */
#include "indexer/words.h"

#include "base/alloc.h"
#include "base/i18n.h"
#include "base/text.h"
#include <stdlib.h>
#include <string.h>

enum {
    PACKED_FORM = 2,
    STEP = 7,   /* y and h differ by so much at most in one byte */
    FAR = 0xFF, /* they do by more: two numbers follow */
    STEPS = 2 * STEP + 1,
};

/* A box that the next one is told from. */
struct known_box {
    struct box box;
    int letters;
};

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

/* The next word of text from *at on, which moves behind it; its length. A
 * record's word has no white space; one that has is several here, and the box
 * is said for each. */
static int next_part(const char *text, size_t n, size_t *at)
{
    while (*at < n && is_gap(text[*at]))
        ++*at;
    size_t from = *at;
    while (*at < n && !is_gap(text[*at]))
        ++*at;
    return (int)(*at - from);
}

/* Where a word of so many letters most likely is behind another. */
static struct box likely_box(const struct known_box *before, int letters)
{
    struct box b = before->box;
    b.x = (int)((unsigned)b.x + (unsigned)b.w);
    if (before->letters > 0)
        b.w = (int)((int64_t)b.w * letters / before->letters);
    return b;
}

static void add_box(struct strbuf *out, struct known_box *before,
                    const struct box *box, int letters)
{
    struct box likely = likely_box(before, letters);
    int64_t dy = (int64_t)box->y - likely.y, dh = (int64_t)box->h - likely.h;
    add_difference(out, likely.x, box->x);
    add_difference(out, likely.w, box->w);
    if (dy >= -STEP && dy <= STEP && dh >= -STEP && dh <= STEP) {
        strbuf_addc(out, (char)((dy + STEP) * STEPS + dh + STEP));
    } else {
        strbuf_addc(out, (char)FAR);
        add_difference(out, likely.y, box->y);
        add_difference(out, likely.h, box->h);
    }
    *before = (struct known_box){*box, letters};
}

void words_pack(const struct page *p, struct strbuf *text, struct strbuf *boxes)
{
    struct known_box before = {0};
    strbuf_addc(boxes, PACKED_FORM);
    for (int i = 0; i < p->n_lines; i++) {
        const struct line *l = &p->lines[i];
        for (int j = 0; j < l->n_words; j++) {
            const struct word *w = &l->words[j];
            size_t n = strlen(w->text), at = 0;
            strbuf_add(text, w->text, n);
            strbuf_addc(text, j + 1 < l->n_words ? ' ' : '\n');
            for (int part; (part = next_part(w->text, n, &at)) > 0;)
                add_box(boxes, &before, &w->box,
                        text_points(w->text + at - part, (size_t)part));
        }
    }
}

static enum status fail_words(void)
{
    return fail(STATUS_DAMAGED, _("the words of a page do not add up"));
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

static struct box take_box(struct reading *r, struct known_box *before,
                           int letters)
{
    struct box b = likely_box(before, letters);
    b.x = take_difference(r, b.x);
    b.w = take_difference(r, b.w);
    int step = r->at < r->end ? *r->at++ : -1;
    r->bad |= step < 0 || (step != FAR && step >= STEPS * STEPS);
    if (step == FAR) {
        b.y = take_difference(r, b.y);
        b.h = take_difference(r, b.h);
    } else if (!r->bad) {
        b.y = (int)((unsigned)b.y + (unsigned)(step / STEPS - STEP));
        b.h = (int)((unsigned)b.h + (unsigned)(step % STEPS - STEP));
    }
    *before = (struct known_box){b, letters};
    return b;
}

enum status words_boxes(const struct page_words *w, const void *boxes,
                        int n_boxes, int n, struct box *out)
{
    struct reading r = {boxes, (const unsigned char *)boxes + n_boxes, false};
    struct known_box before = {0};
    r.bad = n_boxes < 1 || *r.at++ != PACKED_FORM;
    for (int i = 0; i < n && !r.bad; i++)
        out[i] = take_box(&r, &before, w->items[i].letters);
    return r.bad || (n == w->n && r.at != r.end) ? fail_words() : STATUS_OK;
}

/* Letters of one item; *ends says whether the word ends behind it. */
static enum status item_letters(struct spellings *s, const struct code *one,
                                int *out, bool *ends)
{
    int item = 0, own = 0;
    enum status st = STATUS_OK;
    if (one->id)
        st = spellings_item(s, one->id, &item);
    if (st != STATUS_OK)
        return st;
    *ends = code_ends_word(one, &own);
    *out = text_points(one->glue, (size_t)own) +
           (one->id ? s->items[item].letters : 0);
    return STATUS_OK;
}

/* A word ends before the codes `next`, if there is one. */
static void end_word(struct page_words *out, struct page_word *w,
                     struct codes next, int syllables)
{
    if (w->letters > 0) {
        GROW(out->items, out->n, out->cap);
        out->items[out->n++] = *w;
    }
    *w = (struct page_word){.codes = next, .first = syllables};
}

enum status words_read(struct spellings *s, const void *codes, int n,
                       struct page_words *out)
{
    struct codes c = codes_begin(codes, n);
    struct page_word w = {.codes = c};
    struct code one;
    int syllables = 0;
    enum status st = STATUS_OK;
    *out = (struct page_words){0};
    while (st == STATUS_OK && codes_next(&c, &one)) {
        int letters = 0;
        bool ends = false;
        st = item_letters(s, &one, &letters, &ends);
        w.letters += letters;
        syllables += (one.id != 0) + one.ends;
        if (ends)
            end_word(out, &w, c, syllables);
    }
    end_word(out, &w, c, syllables);
    if (st == STATUS_OK && c.bad)
        st = fail_words();
    if (st != STATUS_OK)
        words_clear(out);
    return st;
}

void words_clear(struct page_words *w)
{
    free(w->items);
    *w = (struct page_words){0};
}
