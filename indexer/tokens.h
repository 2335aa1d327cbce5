/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the index lists of a page, each distinct token once:
 *
 *     word        its form with marks: "quyết" (letters, then tones)
 *     pair        two words side by side, folded: "quyet dinh"
 *     either \1   again if it stands out on the page, \2 if it does so much
 *     =k =b =s =d …   kind, batch, month it was stored, days and words of the
 *                 document's fields: what queries are narrowed by
 *
 * Lists of pairs stay short where lists of syllables are long, and the listing
 * by level gives the best pages first. Tokens are made again from the stored
 * text when a page is taken out, so a change here is a new INDEX_SCHEMA.
 */
#ifndef HOSO_INDEXER_TOKENS_H
#define HOSO_INDEXER_TOKENS_H

#include "base/record.h"
#include "base/strbuf.h"
#include "indexer/fields.h"
#include "indexer/spellings.h"
#include "indexer/syllable.h"
#include "indexer/tally.h"

#define TOKEN_END '\n'     /* between the tokens of a page */
#define SECTION_END '\x1e' /* between title, names and fields of a head */
#define FORM_END '\x1f'    /* between folded and exact form of a word */

/* A document as the index has it. */
struct entry {
    int64_t first; /* row of its first page; 0: not there */
    int pages;     /* rows it has; at least 1 */
    char *id, *kind, *batch, *title;
    char *names;  /* of the source files, by newlines */
    char *fields; /* "name value\n" with a tab between, each one line */
    int64_t stored_at;
    int day;      /* of the document itself, 20220105; 0: not known */
    int version;  /* of its record */
};

/* out: entry_clear(); first is 0 */
void entry_make(const struct record *r, struct entry *out);
void entry_clear(struct entry *e);

/* The first value of a field; the caller frees; "" if it has none. */
char *entry_field(const struct entry *e, const char *name);

/* What is searched on the first page besides its text. The caller frees. */
char *entry_head(const struct entry *e);

/* What every page of the document is listed under, for narrowing; appended,
 * each ended by TOKEN_END. */
void tokens_of_entry(const struct entry *e, struct strbuf *out);

/* One such token: text folded or as it is, numbers as they are. */
void token_of_word(enum field_key key, const char *folded, struct strbuf *out);
void token_of_day(int day, int digits, struct strbuf *out);
void token_of_month(int64_t at, int digits, struct strbuf *out);
void token_of_text(char letter, const char *text, struct strbuf *out);

/* A word of spellings, or two of its folds side by side, and how much it
 * counts on a page. */
struct counted {
    uint32_t a, b;
    double n;
};

/* Words and pairs of a page, weighed. */
struct page_tokens {
    struct counted *words, *pairs;
    int n_words, cap_words, n_pairs, cap_pairs;
    int *slots_words, *slots_pairs; /* item + 1; 0: free */
    size_t n_slots_words, n_slots_pairs;
    int length; /* words of the text, head apart */
};

/* Count the words of head (may be NULL) and text, both codes, into t, which
 * was reset. */
NODISCARD enum status tokens_count(struct spellings *s, const void *head,
                                   int n_head, const void *text, int n_text,
                                   struct page_tokens *t);
void tokens_reset(struct page_tokens *t);
void tokens_clear(struct page_tokens *t);

/* A pair as it is listed, appended. */
void token_of_pair(const struct spellings *s, const struct counted *pair,
                   struct strbuf *out);

/* The tokens of the page, appended as tokens_of_entry() does. */
void tokens_of_page(const struct spellings *s, const struct page_tokens *t,
                    struct strbuf *out);

/* What a section of a head counts; from 0. */
double section_weight(int section);

/* The form a word is listed by: that with marks if it has any. */
const char *token_form(const char *folded, const char *exact);

/* Whether the field of this name and value line has words (n, folded) in a
 * row. */
bool entry_has(const struct entry *e, enum field_key key,
               const struct syllable *words, int n);

#endif
