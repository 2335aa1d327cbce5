/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The tables that say how papers of this country look: types of document,
 * titles, labels, forms, spellings. They are files (data/rules, *.tsv) that an
 * archivist can read and change; docs in their own first lines.
 */
#ifndef HOSO_PIPELINE_RULES_H
#define HOSO_PIPELINE_RULES_H

#include "base/status.h"
#include "pipeline/extract.h"
#include "pipeline/pattern.h"
#include "pipeline/stamp_labels.h"
#include "base/table.h"
#include <stdbool.h>

/* X(name, file, columns) */
#define TABLE_LIST(X)                              \
    X(TYPES, "types.tsv", 4)                       \
    X(TITLES, "titles.tsv", 1)                     \
    X(RESULT_LABELS, "result-labels.tsv", 3)       \
    X(PROCEDURES, "procedures.tsv", 3)             \
    X(STAFF_FORMS, "staff-forms.tsv", 5)           \
    X(STAFF_LABELS, "staff-labels.tsv", 3)         \
    X(STAFF_TABLES, "staff-tables.tsv", 3)         \
    X(AGENCIES, "agencies.tsv", 1)                 \
    X(AGENCY_HEADS, "agency-heads.tsv", 1)         \
    X(PLACES, "places.tsv", 1)                     \
    X(EPONYMS, "eponyms.tsv", 1)                   \
    X(SURNAMES, "surnames.tsv", 1)                 \
    X(NAMES, "names.tsv", 1)                       \
    X(STAMP_LABELS, STAMP_LABELS_FILE, STAMP_LABELS_COLUMNS) \
    X(THRESHOLDS, "thresholds.tsv", 2)             \
    X(CONFIDENCE, "confidence.tsv", 3)

enum table_id {
#define TABLE_ENUM(name, file, columns) TABLE_##name,
    TABLE_LIST(TABLE_ENUM)
#undef TABLE_ENUM
        TABLE_COUNT
};

/* X(name, expression): over folded text, unless the name begins with RAW. */
#define PATTERN_LIST(X)                                                       \
    X(NUMBER_LABEL, "^[^a-z0-9\\n]{0,6}s[o06ae](?:[ ]?[:;.,*]+[ ]*|"          \
                    "[ ]*(?=[\\d/]|$)|[ ]+(?=\\S{1,6}[ ]?/))")                \
    X(NUMBER_AFTER, "\\G(\\d{1,5}[a-z]?)([ ]*)/[ ]?(?:((?:19|20)\\d\\d)/)?"   \
                    "[ ]?([a-z&][\\w&.,]*(?:[ ]?[-/][ ]?[\\w&.,]+)*)")        \
    X(NUMBER_PARTY, "\\G(\\d{1,5})([ ]*)-[ ]?()([a-z]{2,5}[ ]?/[ ]?"          \
                    "[\\w&.]+(?:-[\\w&.]+)*)")                                \
    X(NUMBER_BLANK, "/[ ]?(?:(?:19|20)\\d\\d/)?([a-z][\\w&.]*"                \
                    "(?:[ ]?-[ ]?[\\w&.]+)*)[ ]*$")                           \
    X(DATE_LINE, "(?:^|[ ,.])ngay(?![a-z])")                                  \
    X(DATE_WORDS, "ngay[ \\n]*(\\d{1,2})[ \\n]*thang[ \\n]*(\\d{1,2})"        \
                  "[ \\n]*nam[ \\n]*"                                         \
                  "((?:19|20)\\d\\d)(?!\\d)")                                 \
    X(DATE_VALUE, "\\G[ \\n]*(?:ngay[ ]*)?(\\d{1,2})(?:[ ]*[/.-][ ]*|"        \
                  "[ ,]*thang[ ]*)(\\d{1,2})(?:[ ]*[/.-][ ]*|[ ,]*nam[ ]*)"   \
                  "((?:19|20)\\d\\d)(?!\\d)")                                 \
    X(CAPACITY, "^[^a-z0-9\\n]{0,3}(tm|kt|tl|tuq|q)[ ]*[.,][ ]*(?=[a-z])")    \
    X(CITED, "\\b(\\d{1,5}[a-z]?/(?:(?:19|20)\\d\\d/)?"                       \
             "[a-z][a-z0-9&]*(?:-[ \\n]?[a-z][a-z0-9&]*)*|"                   \
             "\\d{1,5}-[ \\n]?[a-z]{2,4}/[a-z]{2,6})(?![\\w/])")              \
    X(CITED_LABEL, "(?:[ \\n]+(?:so|s6))?[ \\n:]*\\z")                           \
    X(CITED_LAW, "(bo luat|luat|phap lenh|nghi quyet)\\b[^;.:]{0,90}"         \
                 "(?:so|s6)[ \\n]*\\z")                                       \
    X(CITED_NEARLY, "\\b(?:so|s6)[ \\n:]+(\\d[^ \\n]*[a-z][^ \\n]*)")         \
    X(CITED_DAY, "\\G[ \\n,]*ngay[ \\n]*(\\d{1,2})(?:[ ]?[/.-][ ]?|"              \
                 "[ \\n]*thang[ \\n]*)(\\d{1,2})(?:[ ]?[/.-][ ]?|"                \
                 "[ \\n]*nam[ \\n]*)((?:19|20)\\d\\d)(?!\\d)")                    \
    X(CITED_BY_DAY, "(?:can cu|[;,])[ \\n]+((?:bo luat|luat|phap lenh)[ \\n]"  \
                    "[^;:()/\\d]{3,140}?)[ \\n]+(?=ngay[ \\n]*\\d)")            \
    X(CASE_CODE, "\\b([0-9a-z]{3}\\.[0-9a-z]{2}\\.[0-9a-z]{2}\\.[a-z]\\d{2}"  \
                 "-[ \\n]?\\d{6}-[ \\n]?\\d{4,5})(?!\\d)")                    \
    X(CASE_CODE_NEW, "\\b([a-k]\\d{2}(?:\\.\\d{1,3}){0,5}-[ \\n]?\\d{6}-"     \
                     "[ \\n]?\\d{4,5})(?!\\d)")                               \
    X(PROCEDURE_CODE, "(?<![\\d.])([1-3]\\.\\d{6}(?:\\.\\d{3}\\.\\d{2}\\."    \
                      "\\d{2}\\.h\\d{2})?)(?![\\d])")                         \
    X(PERIOD, "^[^a-z0-9]{0,3}(?:tu )?(?:(?:0?[1-9]|1[0-2])[/.])?"            \
              "(?:19|20)\\d\\d[ ]*(?:-|den)[ ]*"                              \
              "(?:(?:(?:0?[1-9]|1[0-2])[/.])?(?:19|20)\\d\\d|(?:den )?nay)"   \
              "[ ]*$")                                                        \
    X(PERIOD_BEGIN, "^[^a-z0-9]{0,3}(?:tu )?(?:(?:0?[1-9]|1[0-2])[/.])?"      \
                    "(?:19|20)\\d\\d[ ]*(?:-|den)?[ ]*$")                       \
    X(PERIOD_END, "^[^a-z0-9]{0,3}(?:den )?(?:(?:(?:0?[1-9]|1[0-2])[/.])?"    \
                  "(?:19|20)\\d\\d|nay)[ ]*$")                                  \
    X(MONTH, "^[^a-z0-9]{0,3}(?:\\d{1,2}[/.]){0,2}(?:19|20)\\d\\d[ ]*$")      \
    X(RELATION, "^[^a-z0-9]{0,3}(?:bo|me|cha|ong|ba|vo|chong|con|anh|chi|em)" \
                "(?:[ ](?:de|vo|chong|trai|gai|ruot|ngoai|noi|re|dau|"  \
                "\\d|thu \\w+))*[ ]*$")       \
    X(SECTION, "^[ ]*(?:[ivx]{1,5}|\\d{1,2}|[a-h])[ ]?[.)][ ]")               \
    X(ITEM_NUMBER, "^[ ]*\\d{1,2}(?:[.,]\\d{1,2})?[ ]?[).]")                  \
    X(ITEM, "(?:^[ ]*(?:\\d{1,2}(?:[.,]\\d{1,2})?[ ]?[).:/]|[-+*][ ]|"        \
            "[a-z]\\))|[ ]\\d{1,2}(?:\\.\\d)?\\)[ ])")

enum pattern_id {
#define PATTERN_ENUM(name, expression) PATTERN_##name,
    PATTERN_LIST(PATTERN_ENUM)
#undef PATTERN_ENUM
        PATTERN_COUNT
};

struct extract_rules {
    struct table tables[TABLE_COUNT];
    struct pattern *patterns[PATTERN_COUNT];
    int fill_pct; /* how often a value must be right to be kept */
};

/* How sure (in percent) the worst word of this field must be. */
int rules_threshold(const struct extract_rules *r, const char *field);

/* How many in a hundred values of this field are right whose worst word was
 * read with confidence_pct. */
int rules_right_pct(const struct extract_rules *r, const char *field,
                    int confidence_pct);

/* text with the spelling of known agencies and places where only marks differ;
 * known: all of its words are such. Caller frees. */
char *rules_spell(const struct extract_rules *r, const char *text, bool *known);

#endif
