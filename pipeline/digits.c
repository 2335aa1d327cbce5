/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * 1 is read as l, I, ] or |, 0 as o, and a space comes or goes between word
 * and number. Only where nothing but a number can stand is this put right, and
 * only in words with a digit: a word of letters alone is left as it is.
 */
#include "pipeline/digits.h"

#include "base/alloc.h"
#include "base/text.h"
#include <stdlib.h>
#include <string.h>

static const char *const before_numbers[] = {"ngày", "tháng", "năm"};

/* How many bytes of text are one of the words before numbers, whatever the
 * case; 0: none. */
static size_t word_before(const char *text)
{
    AUTO(free_char) char *lower = text_lower(text);

    for (size_t i = 0; i < ARRAY_LEN(before_numbers); i++) {
        size_t n = strlen(before_numbers[i]);

        if (strncmp(lower, before_numbers[i], n) == 0 &&
            strlen(lower) == strlen(text))
            return n;
    }
    return 0;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Digits at the beginning of text. */
static size_t count_digits(const char *text)
{
    size_t n = 0;

    while (is_digit(text[n]))
        n++;
    return n;
}

static char digit_for(char c)
{
    switch (c) {
    case 'l':
    case 'I':
    case ']':
    case '|':
        return '1';
    case 'o':
    case 'O':
        return '0';
    default:
        return is_digit(c) ? c : '\0';
    }
}

/* The number that text means, signs behind it kept; NULL: it is one as it
 * stands, or none. */
static char *number_meant(const char *text)
{
    size_t n = 0, digits = 0;
    char *meant;

    while (digit_for(text[n]) != '\0')
        digits += is_digit(text[n++]);
    if (digits == 0 || digits == n || n > 4 ||
        strspn(text + n, ".,;:)") != strlen(text + n))
        return NULL;
    meant = xstrdup(text);
    for (size_t i = 0; i < n; i++)
        meant[i] = digit_for(meant[i]);
    return meant;
}

static void set_text(struct word *w, char *text)
{
    if (w->raw == NULL)
        w->raw = w->text;
    else
        free(w->text);
    w->text = text;
}

/* "ngày23": two words, each with its share of the box. */
static bool part(struct line *line, int i)
{
    const struct word *w = &line->words[i];
    size_t n = word_before(w->text), all = strlen(w->text);
    struct word number = {.conf_pct = w->conf_pct, .box = w->box};
    int letters = 0, width;

    if (n == 0 || !is_digit(w->text[n]) ||
        strspn(w->text + n, "0123456789,.;") != all - n)
        return false;
    for (size_t at = 0; at < n; letters++)
        text_next(w->text, n, &at);
    width = w->box.w * letters / (int)(all - n + (size_t)letters);
    number.text = xstrdup(w->text + n);
    number.box.x += width;
    number.box.w -= width;
    line->words =
        xrealloc(line->words, (size_t)line->n_words + 1, sizeof(*line->words));
    memmove(line->words + i + 2, line->words + i + 1,
            (size_t)(line->n_words - i - 1) * sizeof(*line->words));
    line->n_words++;
    line->words[i + 1] = number;
    line->words[i].box.w = width;
    set_text(&line->words[i], xasprintf("%.*s", (int)n, line->words[i].text));
    return true;
}

/* "201 5" behind "năm": one number of four digits, 19… or 20…. */
static bool join(struct line *line, int i)
{
    struct word *a = &line->words[i], *b = a + 1;
    size_t n = count_digits(a->text), more;
    int right;

    if (i + 1 >= line->n_words || n == 0 || n > 3 || a->text[n] != '\0')
        return false;
    more = count_digits(b->text);
    if (n + more != 4 ||
        strspn(b->text + more, ".,;:)") != strlen(b->text + more))
        return false;
    if (strncmp(a->text, "19", n < 2 ? n : 2) != 0 &&
        strncmp(a->text, "20", n < 2 ? n : 2) != 0)
        return false;
    right = b->box.x + b->box.w;
    a->box.w = right > a->box.x + a->box.w ? right - a->box.x : a->box.w;
    a->conf_pct = a->conf_pct < b->conf_pct ? a->conf_pct : b->conf_pct;
    set_text(a, xasprintf("%s%s", a->text, b->text));
    free(b->text);
    free(b->raw);
    memmove(b, b + 1, (size_t)(line->n_words - i - 2) * sizeof(*b));
    line->n_words--;
    return true;
}

static int mend_line(struct line *line)
{
    int mended = 0;

    for (int i = 0; i < line->n_words; i++) {
        const char *text = line->words[i].text;
        size_t n = word_before(text);
        char *meant;

        if (n > 0 && text[n] != '\0')
            mended += part(line, i);
        if (n == 0 || line->words[i].text[n] != '\0' || i + 1 >= line->n_words)
            continue;
        meant = number_meant(line->words[i + 1].text);
        if (meant != NULL) {
            set_text(&line->words[i + 1], meant);
            mended++;
        }
        if (strcmp(line->words[i].text, "năm") == 0)
            mended += join(line, i + 1);
    }
    return mended;
}

int digits_mend(struct page *page)
{
    int mended = 0;

    for (int i = 0; i < page->n_lines; i++)
        mended += mend_line(&page->lines[i]);
    return mended;
}
