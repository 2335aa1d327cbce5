/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How often syllables and pairs of them occur in Vietnamese: counts of a
 * corpus of laws (data/language), by which doubtful readings are weighed. */
#ifndef HOSO_PIPELINE_LANGUAGE_H
#define HOSO_PIPELINE_LANGUAGE_H

#include "base/status.h"
#include "pipeline/letters.h"

struct language;

/*
 * Load the counts.
 * path  NULL: bigrams.tsv where the program's data are
 * fails NOT_FOUND, IO, CONFIG (which line is wrong)
 */
NODISCARD enum status language_load(const char *path, struct language **out);

/*
 * Add the counts of a file of confirmed_write(). A syllable or a pair that
 * people confirmed counts as if the laws had it CONFIRMED_WORTH times as
 * often, and at most CONFIRMED_MOST times: it becomes likely, yet what the laws
 * have often stays more so. Ids change.
 * fails  as language_load(); l is as before then
 */
#define CONFIRMED_WORTH 4
#define CONFIRMED_MOST 40
NODISCARD enum status language_add(struct language *l, const char *path);

void language_free(struct language *l); /* NULL allowed */
void language_freep(struct language **l);

/* The syllables of these base letters: ids from *first, that many. */
int language_same_base(const struct language *l, const char *base, int *first);

/* How syllable number id is spelled, small letters. */
const struct syllable *language_spelling(const struct language *l, int id);

/* The id of a syllable whatever the place of its tone and its case; -1. */
int language_find(const struct language *l, const struct syllable *s);

/* -ln of how likely id is, after `before` (-1: after anything). A syllable
 * that the corpus lacks (id -1) is half as likely as one it has once. */
double language_cost(const struct language *l, int before, int id);

/* How often the corpus has id right behind `before`. */
int language_pair_count(const struct language *l, int before, int id);

/* Whether two syllables are a word ("tinh thần"): of the rarer one, so many in
 * a hundred stand right beside the other in the corpus. */
bool language_is_word(const struct language *l, int before, int id, int pct);

/* Whether a word as it was read, signs around it allowed, is a syllable of the
 * corpus. */
bool language_knows(const struct language *l, const char *word);

#endif
