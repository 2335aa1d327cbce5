/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The registers: what the office says it has issued and whom it employs, held
 * against what the archive has (docs/format.md, "Registers").
 *
 *     registers/000001.csv   a register as it was given, byte for byte
 *     registers/000001.json  what it is, who gave it, what came of it
 *     registers/decisions.jsonl  what people decided, one a line, only added to
 *     state/registers.db     made from these and from the records
 *
 * Included by store/store.h. The tables of state/registers.db may be read by
 * the rooms above with registers_sql(); they are written by this room alone,
 * and by what is called with a transaction of registers_begin().
 */
#ifndef HOSO_STORE_REGISTERS_H
#define HOSO_STORE_REGISTERS_H

#include "base/json.h"
#include "base/record.h"
#include "base/sql.h"
#include "base/status.h"
#include <stdbool.h>
#include <stdint.h>
#include <time.h>

struct store;

#define REGISTERS_SCHEMA 3
#define REGISTERS_MODE 0600 /* it names persons: for its owner alone */

/*
 * state/registers.db of an open archive; opened when first asked for, closed
 * by store_close(), borrowed. For an archive opened to be read that has none,
 * an empty one of this process's own.
 *
 * Tables (all STRICT; texts are "" where nothing is known; days are
 * "YYYY-MM-DD"):
 *
 * import    number, kind ('result','staff'), name, sha256, who, at (seconds),
 *           rows, good, wrong, reverted (0, 1)
 * wrong_row import, row (in the sheet, from 1), reason
 * result    import, row, current (1: this is what the registers say now),
 *           key, case_code, procedure, procedure_name, applicant, number,
 *           notation (number is "12", notation "GP-SKHCN"), date, expires,
 *           unit, box, note, and the folded case_key, number_key, applicant_key
 * person    import, row, current, key, staff_code, name, birth_date, agency,
 *           unit, title, kind ('cong-chuc','vien-chuc',''), name_key, code_key
 * document  id, package_sha256, kind, title, batch, state, pages, bad_pages
 *           (failed, not read in time), blank_pages, dpi (lowest; 0 unknown),
 *           confidence (mean), stored_at, and of its fields:
 *           case_code, procedure, applicant, number, notation, date, type,
 *           person, birth_date, staff_code, form, component, year ("2022" of
 *           a yearly paper), with case_key, number_key, applicant_key,
 *           name_key, code_key (case_code, applicant, number and date also as
 *           read with doubt: see table field); fields_sure, fields_review, fields_confirmed
 *           (numbers of fields in that state); last,
 *           for the reports: low_pages (read with doubt), a4 (the pages in
 *           sheets of A4, paper_a4() of base/paper.h), operator (who took it
 *           in: what stands behind "ingest by " in the note of its first
 *           version; "" if it is not said)
 * field     document, name, value, state, confidence: every field of it (of a
 *           staff document only those above and subject)
 * document_text  document, text: what stands on its first page and at the end
 *           of its last, as register_key() writes it; of no staff document
 * match     result (key), document, score, evidence (JSON), state ('sure',
 *           'review','confirmed','rejected'), who, at
 * unmatched document: those that the next run of the matching must look at,
 *           because they, the registers or a decision on them are new
 * filing    document, person (key), component, year, score, evidence, state,
 *           who, at: papers in dossiers of persons
 * dossier   id, kind ('case','staff','work'), title, opened_at, opened_by,
 *           closed_at (0: open), closed_by, maintenance, note
 * dossier_document  dossier, document, position
 * decision  number, at, who, what, data (JSON): decisions.jsonl as it stands
 */
NODISCARD enum status registers_sql(struct store *s, struct sql **out);

/* One transaction of several of the calls below; the writer lock is held
 * meanwhile. registers_end() commits if st is OK, else rolls back; it returns
 * st or why it could not commit. */
NODISCARD enum status registers_begin(struct store *s);
NODISCARD enum status registers_end(struct store *s, enum status st);

/* ---- registers in ---- */

enum register_kind { REGISTER_RESULT, REGISTER_STAFF };

/* "result", "staff"; static. */
const char *register_kind_text(enum register_kind k);

/* A row that did not go in. */
struct register_wrong {
    int64_t row; /* in the sheet, from 1 */
    char *reason;
};

struct register_report {
    int64_t number;     /* of the import; 0: a dry run or nothing new */
    int64_t rows;       /* rows with something in them below the header */
    int64_t added;      /* keys that were not there */
    int64_t changed;    /* keys that say something else now */
    int64_t same;       /* keys that say what they said */
    int64_t repeated;   /* rows that say what another of this file says */
    int64_t header_row; /* from 1 */
    char *encoding;     /* "UTF-8", "UTF-16LE" … */
    char *separator;    /* ",", ";", "tab"; "sheet" for XLSX */
    char *sheet;        /* of a workbook: its name; NULL */
    char *other_sheets; /* that would have done as well; NULL: none */
    json_t *columns;    /* field -> heading it was taken from */
    json_t *unused;     /* headings that were not understood */
    struct register_wrong *wrong;
    int64_t n_wrong, cap_wrong;
    struct register_wrong *changes; /* row and what it changes, the first 100 */
    int64_t n_changes, cap_changes;
    int64_t elapsed_ms;
    bool known; /* these very bytes were imported before, as `number` */
};

void register_report_clear(struct register_report *r);

struct register_input {
    enum register_kind kind;
    const char *path;
    const char *map;     /* a file that says which heading is which field, or
                            NULL: as saved, else by the aliases */
    const char *sheet;   /* of a workbook, its name or number; NULL: the one
                            whose headings are understood best */
    const char *aliases; /* register-columns.tsv */
    const char *who;
    bool dry_run; /* read and compare only */
};

/*
 * Read a register (CSV or XLSX, told by its bytes), put its good rows in, keep
 * its bytes. Rows whose key is known take the place of what it said.
 * fails  NOT_FOUND, DENIED, INVALID (no register, no header row, broken
 *        quotes: names the row), UNSUPPORTED (encoding), LIMIT, MISSING (the
 *        tool for XLSX), IO, NO_SPACE; nothing was changed then
 */
NODISCARD enum status registers_import(struct store *s,
                                       const struct register_input *in,
                                       struct register_report *out);

/* Undo an import: its rows go, what they had replaced comes back. The bytes
 * stay.  fails  NOT_FOUND, EXISTS (it is undone already) */
NODISCARD enum status registers_revert(struct store *s, int64_t number,
                                       const char *who);

struct register_import_row {
    int64_t number;
    enum register_kind kind;
    char *name, *sha256, *who;
    time_t at;
    int64_t rows, good, wrong, current; /* current: rows that are in force */
    bool reverted;
};

/* Every import in order; each borrows its row. */
NODISCARD enum status
registers_list(struct store *s,
               enum status (*each)(void *user,
                                   const struct register_import_row *r),
               void *user);

/* ---- decisions ---- */

/* X(name, code): what a person may decide; `data` of each has */
#define DECISION_LIST(X)                                                       \
    X(IMPORT_REVERT, "import-revert")   /* import: its number */               \
    X(MATCH_ACCEPT, "match-accept")     /* result, document */                 \
    X(MATCH_REJECT, "match-reject")     /* result, document */                 \
    X(MATCH_FORGET, "match-forget")     /* result, document: neither */        \
    X(FILE, "file")                     /* document, person, component, year */\
    X(UNFILE, "unfile")                 /* document, person */                 \
    X(DOSSIER_OPEN, "dossier-open")     /* dossier, kind, title, note */       \
    X(DOSSIER_ADD, "dossier-add")       /* dossier, document, position */      \
    X(DOSSIER_REMOVE, "dossier-remove") /* dossier, document */                \
    X(DOSSIER_CLOSE, "dossier-close")   /* dossier, maintenance, note */       \
    X(DOSSIER_REOPEN, "dossier-reopen") /* dossier */

enum decision {
#define DECISION_ENUM(name, code) DECISION_##name,
    DECISION_LIST(DECISION_ENUM)
#undef DECISION_ENUM
        DECISION_COUNT
};

/*
 * Write a decision down (durable when this returns) and put it in force.
 * data   an object with the members named above, texts (position, year: a
 *        text as well); it is checked, and takes no reference
 * fails  INVALID, NOT_FOUND (no such result, document, person, dossier),
 *        EXISTS (a dossier of that id), DENIED, IO, NO_SPACE
 */
NODISCARD enum status registers_decide(struct store *s, enum decision what,
                                       const char *who, const json_t *data);

/* ---- documents ---- */

/* Bring table document up to date with the catalogue: only documents whose
 * package is new are read. n: how many were; may be NULL. */
NODISCARD enum status registers_gather(struct store *s, int64_t *n);

/* The same for those alone that people amended, staff dossiers left out: of
 * a large archive these are few. */
NODISCARD enum status registers_gather_amended(struct store *s);

/* Put one document in from its record. In a transaction. */
NODISCARD enum status registers_put_document(struct store *s,
                                             const struct record *r,
                                             const char *package_sha256);

/* ---- matches ---- */

/* Put a match that was found in; what a person decided on it stays. In a
 * transaction.  state: "sure" or "review" */
NODISCARD enum status registers_put_match(struct store *s, const char *result,
                                          const char *document, int score,
                                          const char *evidence,
                                          const char *state);

/* The same for a paper in a person's dossier. */
NODISCARD enum status registers_put_filing(struct store *s,
                                           const char *document,
                                           const char *person,
                                           const char *component,
                                           const char *year, int score,
                                           const char *evidence,
                                           const char *state);

/* Matching begins anew: every document that is no staff paper is unmatched. In
 * a transaction. */
NODISCARD enum status registers_unmatch_all(struct store *s);

/* Forget what was found for the unmatched and not decided by a person. In a
 * transaction. */
NODISCARD enum status registers_clear_matches(struct store *s);

/* The unmatched have been looked at. In the same transaction. */
NODISCARD enum status registers_matched(struct store *s);

/* Forget what was found and not decided by a person. In a transaction. */
NODISCARD enum status registers_clear_filings(struct store *s);

/* ---- keys: what is compared, tolerant of how paper is read ---- */

/* Letters and digits alone, marks and case off, look-alikes as one (O 0 Q, I l
 * 1, S 5, B 8, Z 2). Caller frees. */
char *register_key(const char *text);

/* Words without marks and case, parted by one space. Caller frees. */
char *register_words_key(const char *text);

/* "7281/GCN-SKHCN", "Số 7281 /GCN - SKHCN" as number and notation; a text
 * without a number has number "". Caller frees both. */
void register_split_number(const char *text, char **number, char **notation);

/* ---- proof and repair ---- */

/* state/registers.db again from registers/ and the packages, but for the
 * matches, which the caller makes again. The decisions are in force.
 * fails  DAMAGED (a file of registers/ is not what it was) … */
NODISCARD enum status registers_rebuild(struct store *s);

#endif
