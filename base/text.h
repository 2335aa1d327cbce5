/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Text in Unicode as the archive needs it: valid UTF-8, NFC, folding of
 * Vietnamese letters, natural order, names that can be shown. Uses utf8proc.
 */
#ifndef HOSO_BASE_TEXT_H
#define HOSO_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Whether n bytes are valid UTF-8 without NUL. */
bool text_valid(const char *s, size_t n);

/* NFC of s (n bytes). Invalid sequences become U+FFFD, control characters
 * other than \n \t \f are dropped. Caller frees. */
char *text_nfc(const char *s, size_t n);

/* Lower case, marks off, đ -> d, of valid UTF-8 s; the form in which words
 * are compared when marks do not count. Caller frees. */
char *text_fold(const char *s);

/* Lower case NFC, marks kept. Caller frees. */
char *text_lower(const char *s);

/* Whether s has a Vietnamese mark: text_fold(s) differs from text_lower(s). */
bool text_marked(const char *s);

/*
 * One code point from s at *pos (pos moves on); -1 at the end. Bytes that are
 * no UTF-8 give U+FFFD one by one.
 */
int32_t text_next(const char *s, size_t n, size_t *pos);

/* Append code point cp to out (4 bytes or more); the bytes written. */
size_t text_put(int32_t cp, char *out);

/* s with its first letter, if it begins with one, as a capital. Caller
 * frees. */
char *text_begun(const char *s);

/* Letter or digit in Unicode's sense (marks count as part of a word). */
bool text_is_word(int32_t cp);

/* Code points of n bytes of valid UTF-8, as text_next() counts them. */
int text_points(const char *s, size_t n);

/* What a text is made of: letters with a small form, other letters, digits 0
 * to 9, and what is no part of a word. */
struct text_counts {
    int capitals, smalls, digits, others;
};
struct text_counts text_count(const char *s);

/* Letters and digits of a text. */
int text_word_length(const char *s);

/* Order in which people expect names: runs of digits by value, case-blind,
 * bytes last as tie-break. <0, 0, >0; total order over any bytes. */
int text_natural_compare(const char *a, const char *b);

/*
 * A file name as it may be shown and kept in JSON: valid UTF-8, NFC; bytes
 * that are not UTF-8, control characters, newlines and bidi controls as \xNN
 * per byte, and a backslash as \\. Caller frees.
 */
char *text_show_name(const char *bytes);

/* Columns a terminal uses for s. */
size_t text_width(const char *s);

/* Edit distance with transpositions between two ASCII words; for "did you
 * mean". Words over 63 bytes count as far apart (1000). */
unsigned text_distance(const char *a, const char *b);

#endif
