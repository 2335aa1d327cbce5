/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Words are put together character by character; poppler says nothing between
 * the ends of two columns that share a row, so distance decides too. What a
 * font's letters mean is asked of all its words on the page together.
 */
#include "pipeline/pdf_words.h"

#include "base/alloc.h"
#include "base/strbuf.h"
#include "base/text.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define POINTS_PER_INCH 72.0
#define BLOCK_GAP_LINES 0.9  /* white between lines that parts blocks */
#define WORD_GAP_SIZES 0.3   /* white inside a word, of a letter's height */
#define COLUMN_GAP_SIZES 1.5 /* more parts columns, not words of a line */
#define SURE_WORDS_MIN 2     /* that say what a font is, whatever its name */
#define SURE_RATIO 4         /* to those that say it is not */
#define SURE_SHARE 5         /* of its words one must: signs are not enough */

/* White space of Unicode as PDFs have it; the private characters are those of
 * fonts that were sold as symbols. */
static bool is_space(int32_t cp)
{
    return cp <= ' ' || cp == 0xa0 || (cp >= 0x2000 && cp <= 0x200b) ||
           cp == 0x202f || cp == 0x3000 || cp == 0x2028 || cp == 0x2029 ||
           cp == 0xf020 || cp == 0xf0a0;
}

/* ---- words ---- */

struct word_builder {
    const struct pdf_letters *l;
    const struct legacy_table *table;
    const struct legacy_font *fonts; /* NULL: none is old */
    struct page *page;
    struct line line;
    int start; /* number of the word's first letter; -1 between words */
    double left, top, right, bottom; /* of the word */
};

static int pixels(double points, double page_points)
{
    double v = fmin(fmax(points, 0), page_points);

    return (int)lround(v * PDF_TEXT_DPI / POINTS_PER_INCH);
}

static struct box area_box(const struct word_builder *b)
{
    struct box box = {pixels(b->left, b->l->width_pt),
                      pixels(b->top, b->l->height_pt), 0, 0};

    box.w = pixels(b->right, b->l->width_pt) - box.x;
    box.h = pixels(b->bottom, b->l->height_pt) - box.y;
    return box;
}

/* Letters of one font from `from` on, below `end`; their code points. */
static int same_font(const struct pdf_letters *l, int from, int end,
                     int32_t *cps)
{
    int n = 0;

    for (int i = from; i < end && l->letters[i].font == l->letters[from].font;
         i++)
        cps[n++] = l->letters[i].cp;
    return n;
}

/* Hyphens are one sign to a reader. PDFs give any of three for it: fonts draw
 * them alike, and a soft hyphen that is drawn is one. */
static int32_t drawn(int32_t cp)
{
    return cp == 0xad || cp == 0x2010 || cp == 0x2011 ? '-' : cp;
}

/* The text of the letters from start to end, each font in its own reading. */
static char *word_text(const struct word_builder *b, int start, int end)
{
    AUTO(strbuf_clear) struct strbuf text = {0};
    AUTO(free_void) int32_t *cps =
        xcalloc((size_t)(end - start) + 1, sizeof(*cps));

    strbuf_init(&text);
    for (int i = start; i < end;) {
        int n = same_font(b->l, i, end, cps);
        int font = b->l->letters[i].font;
        char bytes[4];

        if (b->fonts != NULL && b->fonts[font].encoding != LEGACY_NONE) {
            AUTO(free_char) char *means =
                legacy_convert(b->table, b->fonts[font], cps, n);

            strbuf_adds(&text, means);
        } else {
            for (int k = 0; k < n; k++)
                strbuf_add(&text, bytes,
                           text_put(b->table ? drawn(cps[k]) : cps[k],
                                    bytes));
        }
        i += n;
    }
    return text_nfc(text.s, text.len);
}

static void end_word(struct word_builder *b, int end)
{
    struct word word = {.conf_pct = 100};

    if (b->start < 0)
        return;
    word.text = word_text(b, b->start, end);
    word.box = area_box(b);
    b->start = -1;
    if (word.text[0] == '\0' || strpbrk(word.text, " \t\n\f") != NULL) {
        free(word.text);
        return;
    }
    b->line.box = b->line.n_words ? box_union(b->line.box, word.box)
                                  : word.box;
    line_take_word(&b->line, &word);
}

/* A new block begins where a line stands off from the one before, or beside
 * or above it. */
static int block_of(const struct page *page, const struct line *line)
{
    const struct line *before;
    int gap, height;

    if (page->n_lines == 0)
        return 0;
    before = &page->lines[page->n_lines - 1];
    gap = line->box.y - (before->box.y + before->box.h);
    height = before->box.h < line->box.h ? before->box.h : line->box.h;
    return before->block +
           (gap > height * BLOCK_GAP_LINES || gap < -2 * height ||
            line->box.x > before->box.x + before->box.w ||
            line->box.x + line->box.w < before->box.x);
}

static void end_line(struct word_builder *b)
{
    if (b->line.n_words == 0)
        return;
    b->line.block = block_of(b->page, &b->line);
    page_take_line(b->page, &b->line);
}

/* How far a letter stands off from the word begun, in its own size. */
static double distance(const struct word_builder *b,
                       const struct pdf_letter *a)
{
    double x = fmax(a->left - b->right, b->left - a->right);
    double y = fmax(a->top - b->bottom, b->top - a->bottom);
    double size = fmax(a->right - a->left, a->bottom - a->top);

    return size > 0 ? fmax(x, y) / size : 0;
}

static void add_letter(struct word_builder *b, int i)
{
    const struct pdf_letter *a = &b->l->letters[i];
    double off = b->start < 0 ? 0 : distance(b, a);

    if (off > WORD_GAP_SIZES)
        end_word(b, i);
    if (off > COLUMN_GAP_SIZES)
        end_line(b);
    if (b->start < 0) {
        b->start = i;
        b->left = a->left;
        b->top = a->top;
        b->right = a->right;
        b->bottom = a->bottom;
        return;
    }
    b->left = fmin(b->left, a->left);
    b->top = fmin(b->top, a->top);
    b->right = fmax(b->right, a->right);
    b->bottom = fmax(b->bottom, a->bottom);
}

void pdf_words(const struct pdf_letters *l, const struct legacy_table *t,
               const struct legacy_font *fonts, struct page *page)
{
    struct word_builder b = {
        .l = l, .table = t, .fonts = fonts, .page = page, .start = -1};

    for (int i = 0; i < l->n; i++) {
        if (!is_space(l->letters[i].cp)) {
            add_letter(&b, i);
            continue;
        }
        end_word(&b, i);
        if (l->letters[i].cp == '\n')
            end_line(&b);
    }
    end_word(&b, l->n);
    end_line(&b);
}

/* ---- letters laid over the page ---- */

static bool same_height(const struct pdf_letter *a, const struct pdf_letter *b)
{
    double middle = (a->top + a->bottom) / 2;

    return middle > b->top && middle < b->bottom;
}

/* The number of the letter behind which a word belongs; -1 if there is none
 * before it on its height. */
static int letter_before(const struct pdf_letters *l,
                         const struct pdf_letter *word)
{
    int best = -1;

    for (int i = 0; i < l->n; i++) {
        const struct pdf_letter *a = &l->letters[i];

        if (!is_space(a->cp) && same_height(word, a) &&
            a->left < word->left &&
            (best < 0 || a->right >= l->letters[best].right))
            best = i;
    }
    return best;
}

/* The line goes on behind letter number i where the next stands close. */
static void join_lines(struct pdf_letters *l, int i)
{
    int next = i + 1;

    while (next < l->n && is_space(l->letters[next].cp))
        next++;
    if (next == l->n || !same_height(&l->letters[i], &l->letters[next]) ||
        l->letters[next].left < l->letters[i].left ||
        l->letters[next].left - l->letters[i].right >
            COLUMN_GAP_SIZES * (l->letters[i].bottom - l->letters[i].top))
        return;
    for (int k = i + 1; k < next; k++)
        l->letters[k].cp = ' ';
}

/* The slash that a number stands before; -1 if there is none close by. */
static int slash_behind(const struct pdf_letters *l,
                        const struct pdf_letter *word)
{
    for (int i = 0; i < l->n; i++) {
        const struct pdf_letter *a = &l->letters[i];
        double size = a->bottom - a->top;

        if (a->cp == '/' && same_height(word, a) &&
            a->left > (word->left + word->right) / 2 &&
            a->left - word->right < COLUMN_GAP_SIZES * size)
            return i;
    }
    return -1;
}

/* How many letters from i on stand without white space. */
static int token_length(const struct pdf_letters *l, int i)
{
    int n = 0;

    while (i + n < l->n && !is_space(l->letters[i + n].cp))
        n++;
    return n;
}

/* Copy n letters to the end of out, in a font. */
static void append(struct pdf_letters *out, const struct pdf_letter *from,
                   int n, int font)
{
    for (int i = 0; i < n; i++) {
        out->letters[out->n] = from[i];
        if (font >= 0)
            out->letters[out->n].font = font;
        out->n++;
    }
}

/* The word and the n_tail letters from `tail` on, behind letter `before` and
 * a blank: as one word, however wide the room for it was. */
static void insert_with_tail(struct pdf_letters *l, int before, int tail,
                             int n_tail, const struct pdf_letter *word, int n)
{
    struct pdf_letters out = {
        .letters = xcalloc((size_t)(l->n + n) + 2, sizeof(*out.letters))};
    const struct pdf_letter *last = &l->letters[before];
    struct pdf_letter blank = *last;
    int first;

    blank.cp = ' ';
    append(&out, l->letters, before + 1, -1);
    append(&out, &blank, 1, -1);
    first = out.n;
    append(&out, word, n, last->font);
    append(&out, l->letters + tail, n_tail, -1);
    out.letters[first].left = fmin(word[0].left, last->right);
    out.letters[first + n - 1].right =
        fmax(word[n - 1].right, l->letters[tail].left);
    for (int i = before + 1; i < l->n; i++)
        if (i < tail || i >= tail + n_tail)
            append(&out, &l->letters[i], 1, -1);
    free(l->letters);
    l->letters = out.letters;
    l->n = out.n;
}

void pdf_letters_insert(struct pdf_letters *l, const struct pdf_letter *word,
                        int n)
{
    int before = n > 0 ? letter_before(l, &word[0]) : -1;
    int slash = n > 0 ? slash_behind(l, &word[n - 1]) : -1;

    if (before < 0)
        return;
    if (slash > before) {
        insert_with_tail(l, before, slash, token_length(l, slash), word, n);
        return;
    }
    l->letters = xrealloc(l->letters, (size_t)(l->n + n) + 1,
                          sizeof(*l->letters));
    memmove(l->letters + before + 1 + n, l->letters + before + 1,
            (size_t)(l->n - before - 1) * sizeof(*l->letters));
    for (int i = 0; i < n; i++) {
        l->letters[before + 1 + i] = word[i];
        l->letters[before + 1 + i].font = l->letters[before].font;
    }
    l->n += n;
    join_lines(l, before + n);
}

/* ---- fonts ---- */

/* What the words of each font say of e: n_fonts evidences. */
static void weigh_fonts(const struct pdf_letters *l,
                        const struct legacy_table *t, enum legacy_encoding e,
                        struct legacy_evidence *of)
{
    AUTO(free_void) int32_t *cps = xcalloc((size_t)l->n + 1, sizeof(*cps));

    for (int start = 0; start < l->n;) {
        int end = start;

        while (end < l->n && !is_space(l->letters[end].cp))
            end++;
        for (int i = start; i < end;) {
            int n = same_font(l, i, end, cps);

            legacy_weigh(t, e, cps, n, &of[l->letters[i].font]);
            i += n;
        }
        start = end + 1;
    }
}

/* A font is what its name promises unless its words speak against it, or what
 * enough of its words say; on a page that has such fonts one is enough. */
static void judge_fonts(const struct pdf_letters *l, enum legacy_encoding e,
                        const struct legacy_evidence *of,
                        struct legacy_font *fonts)
{
    bool occurs = false;

    for (int i = 0; i < l->n_fonts; i++) {
        bool sure = of[i].for_it >= SURE_WORDS_MIN &&
                    of[i].for_it >= SURE_RATIO * of[i].against &&
                    of[i].for_it * SURE_SHARE >= of[i].words;

        if (sure && fonts[i].encoding == LEGACY_NONE)
            fonts[i].encoding = e;
        else if (fonts[i].encoding == e && of[i].against > of[i].for_it)
            fonts[i] = (struct legacy_font){0};
        occurs = occurs || fonts[i].encoding == e;
    }
    for (int i = 0; i < l->n_fonts && occurs; i++)
        if (fonts[i].encoding == LEGACY_NONE && of[i].for_it > 0 &&
            of[i].against == 0)
            fonts[i].encoding = e;
}

/* Whether a font has a word of letters that mean others. */
static bool changes_words(const struct pdf_letters *l,
                          const struct legacy_table *t, int font,
                          struct legacy_font as)
{
    for (int i = 0; i < l->n; i++) {
        AUTO(free_char) char *means = NULL;
        char bytes[5] = {0};

        if (l->letters[i].font != font || is_space(l->letters[i].cp))
            continue;
        text_put(l->letters[i].cp, bytes);
        means = legacy_convert(t, as, &l->letters[i].cp, 1);
        if (strcmp(means, bytes) != 0 || as.encoding == LEGACY_VNI)
            return true;
    }
    return false;
}

struct legacy_font *pdf_words_fonts(const struct pdf_letters *l,
                                    const struct legacy_table *t,
                                    char **encodings)
{
    struct legacy_font *fonts =
        xcalloc((size_t)l->n_fonts + 1, sizeof(*fonts));
    AUTO(free_void) struct legacy_evidence *of =
        xcalloc((size_t)l->n_fonts + 1, sizeof(*of));
    AUTO(strbuf_clear) struct strbuf names = {0};

    strbuf_init(&names);
    for (int i = 0; i < l->n_fonts; i++)
        fonts[i] = legacy_font_named(l->fonts[i]);
    for (enum legacy_encoding e = LEGACY_TCVN3; e <= LEGACY_VNI; e++) {
        bool occurs = false;

        memset(of, 0, ((size_t)l->n_fonts + 1) * sizeof(*of));
        weigh_fonts(l, t, e, of);
        judge_fonts(l, e, of, fonts);
        for (int i = 0; i < l->n_fonts && !occurs; i++)
            occurs = fonts[i].encoding == e &&
                     changes_words(l, t, i, fonts[i]);
        if (occurs)
            strbuf_addf(&names, "%s%s", names.len > 0 ? ", " : "",
                        legacy_name(e));
    }
    *encodings = names.len > 0 ? strbuf_take(&names) : NULL;
    return fonts;
}
