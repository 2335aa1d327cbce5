/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a query can ask of a document's fields, and how it is spelt: one table
 * for the query language, the index and the manual. */
#ifndef HOSO_INDEXER_FIELDS_H
#define HOSO_INDEXER_FIELDS_H

#include <stdbool.h>
#include <stddef.h>

/* A document's own days are asked by days, all others by their words. */
enum field_key {
    KEY_NONE,
    KEY_NUMBER,
    KEY_DATE,
    KEY_TYPE,
    KEY_SIGNER,
    KEY_ISSUER,
    KEY_DOSSIER,
    KEY_CODE,
    KEY_PERSON,
    KEY_PROCEDURE,
    KEY_COUNT
};

/* The letter of key in the tokens of the index. */
char field_letter(enum field_key key);

/* Whether the record's field of this name answers to key. */
bool field_answers(enum field_key key, const char *name);

/* The key that text (n bytes, up to a colon) names, with marks or without, in
 * any case; KEY_NONE if it names none. */
enum field_key field_named(const char *text, size_t n);

/* How key is written in a query, for messages. */
const char *field_shown(enum field_key key);

/* Days as numbers, 20220105. A day, a month or a year: 2022, 3/2022, 2022-03,
 * 05/03/2022, 2022-03-05; from its first to its last day. False if text is
 * none. */
bool field_days(const char *text, size_t n, int *from, int *to);

#define DAY_FIRST 1
#define DAY_LAST 99991231

#endif
