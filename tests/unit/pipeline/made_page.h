/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Records made by hand, for tests: pages of rows of words at given places. */
#ifndef HOSO_TESTS_MADE_PAGE_H
#define HOSO_TESTS_MADE_PAGE_H

#include "base/alloc.h"
#include "base/record.h"
#include "base/strbuf.h"
#include "pipeline/extract.h"
#include "unit/unit.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A4 at 200 dpi. */
#define MADE_WIDTH 1654
#define MADE_HEIGHT 2339
#define MADE_LETTER 17 /* pixels a letter */
#define MADE_HIGH 34   /* of a word */
#define LEFT 400       /* axes of the columns */
#define RIGHT 1180
#define MIDDLE 860
#define FROM_LEFT (-1) /* text begins at the left margin */

/* One row. axis: where its middle stands, or FROM_LEFT. "{45}" behind a word
 * is how surely it was read (else 95). */
struct made_row {
    int axis, y;
    const char *text;
};

static inline int made_letters(const char *s)
{
    int n = 0;
    for (; *s; s++)
        n += ((unsigned char)*s & 0xc0) != 0x80;
    return n;
}

static inline void made_word(struct line *l, const char *word, int *x, int y)
{
    char *text = xstrdup(word);
    char *brace = strchr(text, '{');
    int conf = brace ? atoi(brace + 1) : 95;
    if (brace)
        *brace = '\0';
    int w = made_letters(text) * MADE_LETTER;
    struct word made = {
        .text = text, .box = {*x, y, w, MADE_HIGH}, .conf_pct = conf};
    line_take_word(l, &made);
    *x += w + MADE_LETTER;
}

/* Length of a row without the braces. */
static inline int made_width(const char *text)
{
    int n = 0, in = 0;
    for (const char *c = text; *c; c++) {
        in += *c == '{';
        n += !in && ((unsigned char)*c & 0xc0) != 0x80;
        in -= *c == '}';
    }
    return n * MADE_LETTER;
}

static inline struct page made_page(const struct made_row *rows, int n)
{
    struct page p = {.width_px = MADE_WIDTH,
                     .height_px = MADE_HEIGHT,
                     .dpi_x = 200,
                     .dpi_y = 200,
                     .confidence_pct = 95,
                     .origin = TEXT_OCR};
    for (int i = 0; i < n; i++) {
        int x = rows[i].axis == FROM_LEFT
                    ? 240
                    : rows[i].axis - made_width(rows[i].text) / 2;
        struct line l = {.block = i,
                         .box = {x, rows[i].y, made_width(rows[i].text),
                                 MADE_HIGH}};
        AUTO(free_char) char *copy = xstrdup(rows[i].text);
        char *rest = copy;
        for (char *word; (word = strsep(&rest, " ")) != NULL;)
            made_word(&l, word, &x, rows[i].y);
        page_take_line(&p, &l);
    }
    return p;
}

/* A box turned with the page. */
static inline struct box made_turned(struct box b, int turn_deg)
{
    /* The page stands so that turning it clockwise by turn_deg sets it
     * upright: what is written here is the other turn. */
    if (turn_deg == 90)
        return (struct box){b.y, MADE_WIDTH - b.x - b.w, b.h, b.w};
    if (turn_deg == 180)
        return (struct box){MADE_WIDTH - b.x - b.w, MADE_HEIGHT - b.y - b.h,
                            b.w, b.h};
    return (struct box){MADE_HEIGHT - b.y - b.h, b.x, b.h, b.w};
}

static inline void made_turn(struct page *p, int turn_deg)
{
    p->turn_deg = turn_deg;
    for (int i = 0; i < p->n_lines; i++)
        for (int k = 0; k < p->lines[i].n_words; k++)
            p->lines[i].words[k].box =
                made_turned(p->lines[i].words[k].box, turn_deg);
    if (turn_deg != 180) {
        p->width_px = MADE_HEIGHT;
        p->height_px = MADE_WIDTH;
    }
}

static struct extract_rules *made_rules;

static inline int made_setup(void **state)
{
    (void)state;
    assert_ok(extract_rules_load(NULL, &made_rules));
    return 0;
}

static inline int made_teardown(void **state)
{
    (void)state;
    extract_rules_free(made_rules);
    return 0;
}

static inline struct record *made_record(const char *kind)
{
    struct record *r = record_new();
    r->kind = xstrdup(kind);
    return r;
}

static inline void made_add(struct record *r, const struct made_row *rows,
                            int n)
{
    struct page p = made_page(rows, n);
    record_take_page(r, &p);
}

/* A record of one page, its fields found. */
static inline struct record *made_fields(const char *kind,
                                         const struct made_row *rows, int n)
{
    struct record *r = made_record(kind);
    made_add(r, rows, n);
    assert_ok(extract_fields(made_rules, r));
    return r;
}

#define MADE(kind, rows) made_fields(kind, rows, (int)ARRAY_LEN(rows))

static inline const struct field *made_field(const struct record *r,
                                             const char *name)
{
    for (int i = 0; i < r->n_fields; i++)
        if (strcmp(r->fields[i].name, name) == 0)
            return &r->fields[i];
    return NULL;
}

/* The field is there, sure, and has this value. */
static inline void assert_field(const struct record *r, const char *name,
                                const char *value)
{
    const struct field *f = made_field(r, name);
    if (!f)
        fail_msg("no field %s", name);
    if (!f->value)
        fail_msg("field %s is empty (%s, %d)", name, f->rule, f->conf_pct);
    assert_string_equal(f->value, value);
    assert_string_equal(f->state, "sure");
    assert_true(f->page >= 1);
}

/* The field is there, empty, for a person to look at. */
static inline void assert_review(const struct record *r, const char *name)
{
    const struct field *f = made_field(r, name);
    if (!f)
        fail_msg("no field %s", name);
    if (f->value)
        fail_msg("field %s has the value %s", name, f->value);
    assert_string_equal(f->state, "review");
}

static inline void assert_no_field(const struct record *r, const char *name)
{
    const struct field *f = made_field(r, name);
    if (f)
        fail_msg("field %s: %s", name, f->value ? f->value : "(empty)");
}

#endif
