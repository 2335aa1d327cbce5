/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The record as a structure in memory: making, filling, freeing it, and the
 * plain text it stands for. Its JSON form is in record_json.c. */
#include "base/record.h"

#include "base/alloc.h"
#include "base/strbuf.h"
#include <stdlib.h>
#include <string.h>

const char *page_state_json(enum page_state s)
{
    static const char *const codes[] = {
#define PAGE_STATE_CODE(name, json) [PAGE_##name] = (json),
        PAGE_STATE_LIST(PAGE_STATE_CODE)
#undef PAGE_STATE_CODE
    };
    return codes[s];
}

const char *doubt_json(enum doubt d)
{
    switch (d) {
#define DOUBT_CODE(name, bit, json, text) \
    case DOUBT_##name:                    \
        return (json);
        DOUBT_LIST(DOUBT_CODE)
#undef DOUBT_CODE
    }
    abort();
}

const char *doubt_text(enum doubt d)
{
    switch (d) {
#define DOUBT_TEXT(name, bit, json, text) \
    case DOUBT_##name:                    \
        return (text);
        DOUBT_LIST(DOUBT_TEXT)
#undef DOUBT_TEXT
    }
    abort();
}

const char *text_origin_json(enum text_origin o)
{
    static const char *const codes[] = {
#define TEXT_ORIGIN_CODE(name, json) [TEXT_##name] = (json),
        TEXT_ORIGIN_LIST(TEXT_ORIGIN_CODE)
#undef TEXT_ORIGIN_CODE
    };
    return codes[o];
}

struct record *record_new(void)
{
    return xcalloc(1, sizeof(struct record));
}

static void words_clear(struct word *words, int n)
{
    for (int i = 0; i < n; i++) {
        free(words[i].text);
        free(words[i].raw);
    }
    free(words);
}

static void line_clear(struct line *l)
{
    words_clear(l->words, l->n_words);
    memset(l, 0, sizeof(*l));
}

static void lines_clear(struct line *lines, int n)
{
    for (int i = 0; i < n; i++)
        line_clear(&lines[i]);
    free(lines);
}

void mark_clear(struct mark *m)
{
    lines_clear(m->lines, m->n_lines);
    free(m->kind);
    memset(m, 0, sizeof(*m));
}

void page_clear(struct page *p)
{
    lines_clear(p->lines, p->n_lines);
    for (int i = 0; i < p->n_marks; i++)
        mark_clear(&p->marks[i]);
    free(p->marks);
    words_clear(p->dropped, p->n_dropped);
    free(p->cause);
    free(p->layer.fate);
    free(p->layer.why);
    free(p->layer.text);
    memset(p, 0, sizeof(*p));
}

static void source_clear(struct source *s)
{
    free(s->name);
    free(s->name_hex);
    free(s->sha256);
    free(s->media_type);
    free(s->path);
}

static void field_clear(struct field *f)
{
    free(f->name);
    free(f->value);
    free(f->rule);
    free(f->state);
}

void record_free(struct record *r)
{
    if (!r)
        return;
    for (int i = 0; i < r->n_sources; i++)
        source_clear(&r->sources[i]);
    for (int i = 0; i < r->n_pages; i++)
        page_clear(&r->pages[i]);
    for (int i = 0; i < r->n_fields; i++)
        field_clear(&r->fields[i]);
    for (int i = 0; i < r->n_versions; i++) {
        free(r->versions[i].agent);
        free(r->versions[i].note);
    }
    free(r->sources);
    free(r->pages);
    free(r->fields);
    free(r->versions);
    free(r->id);
    free(r->kind);
    free(r->batch);
    free(r->title);
    free(r->recogniser);
    free(r->access_note);
    free(r);
}

void record_freep(struct record **r)
{
    record_free(*r);
    *r = NULL;
}

/*
 * One more element behind the n of an array. The arrays carry no capacity and
 * may have been made by anybody, so each is grown to the exact size; realloc
 * moves large ones seldom.
 */
#define TAKE(array, n, item)                                            \
    do {                                                                \
        (array) = xrealloc((array), (size_t)(n) + 1, sizeof(*(array))); \
        (array)[(n)++] = *(item);                                       \
        memset((item), 0, sizeof(*(item)));                             \
    } while (0)

void record_take_page(struct record *r, struct page *item)
{
    TAKE(r->pages, r->n_pages, item);
}

void record_take_source(struct record *r, struct source *item)
{
    TAKE(r->sources, r->n_sources, item);
}

void record_take_field(struct record *r, struct field *item)
{
    TAKE(r->fields, r->n_fields, item);
}

void record_take_version(struct record *r, struct version *item)
{
    TAKE(r->versions, r->n_versions, item);
}

void page_take_line(struct page *p, struct line *item)
{
    TAKE(p->lines, p->n_lines, item);
}

void page_take_mark(struct page *p, struct mark *item)
{
    TAKE(p->marks, p->n_marks, item);
}

void mark_take_line(struct mark *m, struct line *item)
{
    TAKE(m->lines, m->n_lines, item);
}

void line_take_word(struct line *l, struct word *item)
{
    TAKE(l->words, l->n_words, item);
}

void page_drop_empty_lines(struct page *p)
{
    int kept = 0;
    for (int i = 0; i < p->n_lines; i++) {
        if (p->lines[i].n_words > 0)
            p->lines[kept++] = p->lines[i];
        else
            line_clear(&p->lines[i]);
    }
    p->n_lines = kept;
}

int page_drop_words(struct page *p,
                    bool (*is_none)(void *user, const struct line *l, int k),
                    void *user)
{
    int before = p->n_dropped, cap = p->n_dropped;
    for (int i = 0; i < p->n_lines; i++) {
        struct line *l = &p->lines[i];
        int kept = 0;
        for (int k = 0; k < l->n_words; k++) {
            if (is_none(user, l, k)) {
                GROW(p->dropped, p->n_dropped, cap);
                p->dropped[p->n_dropped++] = l->words[k];
            } else {
                l->words[kept++] = l->words[k];
            }
        }
        l->n_words = kept;
    }
    page_drop_empty_lines(p);
    return p->n_dropped - before;
}

void page_keep_mean(struct page *p)
{
    int n = 0;
    int sum = 0;
    for (int i = 0; i < p->n_lines; i++) {
        for (int k = 0; k < p->lines[i].n_words; k++, n++)
            sum += p->lines[i].words[k].conf_pct;
    }
    p->confidence_pct = n ? (sum + n / 2) / n : 0;
}

const char *record_state(const struct record *r)
{
    const char *state = "ok";
    for (int i = 0; i < r->n_pages; i++) {
        enum page_state s = r->pages[i].state;
        if (s == PAGE_FAILED || s == PAGE_TIMEOUT)
            return "partial";
        if (s == PAGE_LOW || s == PAGE_BLANK)
            state = "doubtful";
    }
    return state;
}

static void add_page_text(const struct page *p, struct strbuf *out)
{
    for (int i = 0; i < p->n_lines; i++) {
        const struct line *l = &p->lines[i];
        if (i > 0 && l->block != p->lines[i - 1].block)
            strbuf_addc(out, '\n');
        for (int w = 0; w < l->n_words; w++) {
            if (w > 0)
                strbuf_addc(out, ' ');
            strbuf_adds(out, l->words[w].text);
        }
        strbuf_addc(out, '\n');
    }
}

char *page_text(const struct page *p)
{
    struct strbuf out;
    strbuf_init(&out);
    add_page_text(p, &out);
    return strbuf_take(&out);
}

char *record_text(const struct record *r)
{
    struct strbuf out;
    strbuf_init(&out);
    for (int i = 0; i < r->n_pages; i++) {
        if (i > 0)
            strbuf_addc(&out, '\f');
        add_page_text(&r->pages[i], &out);
    }
    return strbuf_take(&out);
}

struct box box_union(struct box a, struct box b)
{
    if (a.w == 0 && a.h == 0)
        return b;
    if (b.w == 0 && b.h == 0)
        return a;
    int x = a.x < b.x ? a.x : b.x;
    int y = a.y < b.y ? a.y : b.y;
    int x1 = a.x + a.w > b.x + b.w ? a.x + a.w : b.x + b.w;
    int y1 = a.y + a.h > b.y + b.h ? a.y + a.h : b.y + b.h;
    return (struct box){x, y, x1 - x, y1 - y};
}

int span_overlap(int a, int a_length, int b, int b_length)
{
    int from = a > b ? a : b;
    int end = a + a_length < b + b_length ? a + a_length : b + b_length;

    return end > from ? end - from : 0;
}

bool boxes_near(const struct box *a, const struct box *b, int reach)
{
    return a->x < b->x + b->w + reach && b->x < a->x + a->w + reach &&
           a->y < b->y + b->h + reach && b->y < a->y + a->h + reach;
}
