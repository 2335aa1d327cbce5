/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Vietnamese letters taken apart: base letter, shape (circumflex, breve,
 * horn, stroke) and tone; the three things recognition confuses apart. */
#ifndef HOSO_PIPELINE_LETTERS_H
#define HOSO_PIPELINE_LETTERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SYLLABLE_LETTERS_MAX 8 /* nghiêng has 7 */

struct letter {
    char base;     /* a-z */
    uint8_t shape; /* 0 plain, 1 â ê ô đ, 2 ă ơ ư */
    uint8_t tone;  /* 0 level, 1 grave, 2 hook, 3 tilde, 4 acute, 5 dot */
    bool capital;
};

struct syllable {
    struct letter letters[SYLLABLE_LETTERS_MAX];
    int n;
};

/* Take apart; false if cp is no letter of Vietnamese (f j w z count). */
bool letter_parse(int32_t cp, struct letter *out);

/* Whether a letter of Vietnamese looks the same in both cases but for its size,
 * so that where nothing else stands beside it it is read in either. */
bool letter_is_twin(int32_t cp);

/* Put together; a vowel's shape or a tone that there is not is left out. */
int32_t letter_compose(const struct letter *l);

/* n bytes of UTF-8 that are all letters, at most SYLLABLE_LETTERS_MAX, with
 * at most one tone; else false. */
bool syllable_parse(const char *s, size_t n, struct syllable *out);

/* The syllable of a word as it stands in a text, signs around it allowed:
 * bytes from to to. False if the word has no syllable, or more than one, or
 * digits. */
bool syllable_in_word(const char *word, size_t *from, size_t *to,
                      struct syllable *out);

/* "mA" and "kV" are no words, whatever their letters. */
bool syllable_has_odd_capitals(const struct syllable *s);

/* Whether what stands between two syllables (n bytes) parts them: sentences
 * end, but a comma does not. */
bool syllables_parted(const char *s, size_t n);

/* UTF-8 of s, zero-terminated. */
#define SYLLABLE_BYTES (SYLLABLE_LETTERS_MAX * 4 + 1)
void syllable_text(const struct syllable *s, char out[SYLLABLE_BYTES]);

/* The tone (0 to 5) and the number of the letter that bears it (-1). */
int syllable_tone(const struct syllable *s, int *at);

/* The same syllable; where the place of the tone is a matter of taste (hoà,
 * hòa), it stands on the first letter. */
struct syllable syllable_settled(const struct syllable *s);

/* The base letters, small, zero-terminated. */
void syllable_base(const struct syllable *s,
                   char out[SYLLABLE_LETTERS_MAX + 1]);

/* In how many shapes, and whether in tone, two syllables of the same base
 * letters differ; where the tone stands does not matter. */
int syllable_distance(const struct syllable *a, const struct syllable *b);

/*
 * `spelling` in the case of `read`, both of the same base letters. Where the
 * place of the tone is a matter of taste (hoà, hòa) it stays where `read` has
 * it.
 */
struct syllable syllable_respell(const struct syllable *read,
                                 const struct syllable *spelling);

#endif
