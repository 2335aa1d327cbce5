/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which column of a table is which field: by the headings people write
 * (data/rules/register-columns.tsv), or as a person has said.
 */
#ifndef HOSO_STORE_COLUMNS_H
#define HOSO_STORE_COLUMNS_H

#include "base/json.h"
#include "base/status.h"
#include "store/sheet.h"
#include "store/store.h"

/* X(name, code): fields of a register of results */
#define RESULT_FIELD_LIST(X)               \
    X(CASE_CODE, "case_code")              \
    X(PROCEDURE, "procedure")              \
    X(PROCEDURE_NAME, "procedure_name")    \
    X(APPLICANT, "applicant")              \
    X(NUMBER, "number")                    \
    X(NOTATION, "notation")                \
    X(DATE, "date")                        \
    X(EXPIRES, "expires")                  \
    X(UNIT, "unit")                        \
    X(BOX, "box")                          \
    X(NOTE, "note")                        \
    X(STATUS, "status")

/* X(name, code): fields of a staff list */
#define PERSON_FIELD_LIST(X)     \
    X(STAFF_CODE, "staff_code")  \
    X(NAME, "name")              \
    X(BIRTH_DATE, "birth_date")  \
    X(AGENCY, "agency")          \
    X(UNIT, "unit")              \
    X(TITLE, "title")            \
    X(KIND, "kind")

#define FIELD_ENUM(name, code) FIELD_##name,
enum result_field { RESULT_FIELD_LIST(FIELD_ENUM) RESULT_FIELD_COUNT };
#undef FIELD_ENUM
#define FIELD_ENUM(name, code) PERSON_##name,
enum person_field { PERSON_FIELD_LIST(FIELD_ENUM) PERSON_FIELD_COUNT };
#undef FIELD_ENUM

#define COLUMNS_FIELDS_MAX 16

struct columns {
    enum register_kind kind;
    size_t header;   /* row of the headings, from 0 */
    size_t first;    /* first row behind them */
    size_t width;    /* columns that have a heading */
    int at[COLUMNS_FIELDS_MAX]; /* column of each field; -1 none */
    bool mapped;     /* a person has said so */
};

/* Number of fields of a kind, code of one; static. */
int columns_count(enum register_kind kind);
const char *columns_code(enum register_kind kind, int field);

/* What is looked for: field -> alias, in order of preference. */
struct alias_table {
    struct alias {
        int field;
        char *key; /* folded */
    } *items;
    int n, cap;
};

void alias_table_clear(struct alias_table *t);

/* The aliases of a kind from a file of kind, field, alias.
 * fails  CONFIG (names the line), NOT_FOUND */
NODISCARD enum status alias_table_load(const char *path,
                                       enum register_kind kind,
                                       struct alias_table *out);

/* A map of a person: lines "field = heading" (or with a tab).
 * fails  CONFIG (names the line), NOT_FOUND */
NODISCARD enum status alias_table_map(const char *path,
                                      enum register_kind kind,
                                      struct alias_table *out);

/* The same from the member "columns" of an earlier import. */
void alias_table_saved(const json_t *columns, enum register_kind kind,
                       struct alias_table *out);

/* How many fields the best row for a heading has; 0: there is none. With
 * whole: every alias of the table must be found. */
int columns_find(const struct sheet *s, enum register_kind kind,
                 const struct alias_table *t, bool whole,
                 struct columns *out);

/* field -> heading, and the headings that are of no field. New. */
json_t *columns_json(const struct sheet *s, const struct columns *c);
json_t *columns_unused(const struct sheet *s, const struct columns *c);

/* The text of a heading: of both its rows where it has two. Caller frees. */
char *columns_heading(const struct sheet *s, const struct columns *c,
                      size_t column);

/* A day as people and programs write it, as "2022-03-01"; with partial also
 * "2022" and "2022-03". False, with why in *reason (static, to be translated),
 * if it is none. Text "" gives "". */
#define REGISTER_DAY_BYTES 40
bool register_day(const char *text, bool partial, char out[REGISTER_DAY_BYTES],
                  const char **reason);

#endif
