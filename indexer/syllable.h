/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How text becomes the words that are looked up. Vietnamese is written in
 * syllables between spaces, so a word here is a run of letters and digits:
 *
 *     "Số 15/QĐ-SKHCN"  ->  so  15  qd  skhcn
 *
 * Each comes in two forms. Folded: lower case, marks off, đ = d; the form by
 * which everything is found. Exact: with its marks, by which pages with the
 * very marks of a query are put first. The exact form has the letters without
 * tone and the tone behind them, so that hoà = hòa and thuý = thúy. Both forms
 * write i for y where spelling wavers (kỹ = kĩ, quý = quí). A day or month
 * 05 folds to 5. Text in NFC and in NFD gives the same.
 *
 * A change in what this gives is a new INDEX_SCHEMA.
 */
#ifndef HOSO_INDEXER_SYLLABLE_H
#define HOSO_INDEXER_SYLLABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SYLLABLE_BYTES 64 /* what is longer is cut, in text and query alike */

struct syllable {
    char folded[SYLLABLE_BYTES]; /* not empty */
    char exact[SYLLABLE_BYTES];  /* empty: the same as folded */
    size_t start, end;           /* bytes of the text it was made from */
};

/* The next word of text (n bytes) from *pos on, which moves behind it; false
 * if there is none. No memory of the caller or of its own is needed. */
bool syllable_next(const char *text, size_t n, size_t *pos,
                   struct syllable *out);

/* The folded form of a letter of the Vietnamese alphabet or of ASCII, 0 if cp
 * is none. For looking through much text quickly: a word all of whose signs are
 * such letters folds to them, but for the rules of spelling above. */
char syllable_letter(int32_t cp);

#endif
