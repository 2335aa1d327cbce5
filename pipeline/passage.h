/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A passage: some words of a document as one text in which patterns can be
 * looked for, and the way back from a place in that text to the words, their
 * boxes and how surely they were read.
 *
 * It is kept twice: `text` as it was read, and `fold` without marks and case,
 * in which most looking is done because recognition loses marks first. Rows
 * are parted by \n, words by one space.
 */
#ifndef HOSO_PIPELINE_PASSAGE_H
#define HOSO_PIPELINE_PASSAGE_H

#include "base/record.h"
#include "base/strbuf.h"
#include <stdbool.h>
#include <stddef.h>

/* A word, where it is on the upright and straightened page. */
struct token {
    const char *text; /* borrowed from the record */
    struct box box;   /* pixels of the original page */
    int conf_pct;
    int page; /* from 1 */
    double x0, y0, x1, y1;
};

struct passage {
    struct strbuf rows; /* the text while rows are added */
    char *text, *fold;  /* set by passage_end() */
    size_t len, fold_len;
    int *text_at; /* of each byte of fold, and of its end: where in text */
    const struct token **tokens;
    int *token_at; /* where each token starts in text */
    int n_tokens, cap_tokens;
};

/* From byte `from` up to byte `to` of a passage's text. */
struct span {
    size_t from, to;
};

/* What the words of a span say about it. */
struct evidence {
    int page; /* 0: no words */
    struct box box;
    int min_pct; /* the worst word that has a letter or digit */
    int n_words;
};

/* An empty passage; add rows, then passage_end(). */
void passage_begin(struct passage *p);
void passage_add_row(struct passage *p, const struct token *tokens, int n);
void passage_end(struct passage *p);
void passage_clear(struct passage *p);

/* The span of text that a span of fold stands for. */
struct span passage_text_span(const struct passage *p, struct span fold);

/* Words that a span of text touches; the box is of those on its first page. */
struct evidence passage_evidence(const struct passage *p, struct span s);

/* What p and q say together; either may be empty. */
struct evidence evidence_join(struct evidence p, struct evidence q);

/* The text of a span, trimmed, white space as single spaces but where a row
 * ends behind a hyphen or stroke in a word. Caller frees. */
char *passage_copy(const struct passage *p, struct span s);

/* s without what is neither letter nor digit at its ends; a bracket that
 * closes one inside it stays. */
struct span passage_trim(const struct passage *p, struct span s);

/* The token at byte `at` of the text, or NULL. */
const struct token *passage_token(const struct passage *p, size_t at);

#endif
