/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the finders of fields share: one document while it is looked at. */
#ifndef HOSO_PIPELINE_EXTRACT_INNER_H
#define HOSO_PIPELINE_EXTRACT_INNER_H

#include "pipeline/extract.h"
#include "pipeline/layout.h"

/* One document. Finders run in the order in which they stand below; each may
 * use what those before it found. */
struct extraction {
    const struct extract_rules *rules;
    struct record *r;
    struct sheet *sheets;
    int n_sheets;
    const struct sheet *first; /* the sheet with the heading */
    struct heading head;
    struct passage all; /* all sheets */
    bool staff;         /* look for the fields of a person */
    bool form;          /* a staff form: has no number of its own */
    struct staff_form staff_form;
    int number_row; /* on `first`; -1 none */
    int title_row;  /* on `first`; -1 none */
    int type;       /* row of the table of types; -1 not known */
    char *subject_read; /* the subject, sure or not; NULL not found */
    char *signer_read; /* the signer's name, sure or not; NULL not found */
    char *notation; /* folded first part of the notation; NULL not known */
};

void find_number(struct extraction *x);
void find_type(struct extraction *x);      /* and subject */
void find_issuer(struct extraction *x);    /* and parent issuer */
void find_date(struct extraction *x);      /* and place */
void find_signer(struct extraction *x);    /* and title of the signer */
/* A row of capacity and title ("KT. GIÁM ĐỐC"), spelled; NULL if it is none.
 * known: the table has it so. Caller frees. */
char *signer_title_of(const struct extract_rules *rules, const struct row *r,
                      bool *known);
/* The title of the signer: n rows of sheet s, from the top. */
void put_signer_title(struct extraction *x, const struct sheet *s,
                      const int *rows, int n);
/* The signer's name, under row `title` of sheet s. */
void find_signer_name(struct extraction *x, const struct sheet *s,
                      const struct row *title);
void find_recipients(struct extraction *x);
void find_cites(struct extraction *x);
void find_urgency(struct extraction *x);
void find_stamps(struct extraction *x); /* arrival, seal, signature */
void find_result(struct extraction *x); /* applicant, procedure, case, expiry */
void find_staff(struct extraction *x);
void find_tables(struct extraction *x); /* of a CV */

/*
 * Keep a field. Its state is "sure" with the value if ok and the evidence is
 * not under the threshold of `as` (a name in thresholds.tsv), else "review"
 * without a value. Nothing is done if the document has this field already.
 * value  taken; NULL: not found
 */
void put_field(struct extraction *x, const char *name, const char *rule,
               char *value, struct evidence e, bool ok, const char *as);

/* Keep one of several fields of a name: as put_field(), whatever there is. */
void put_one_field(struct extraction *x, const char *name, const char *rule,
                   char *value, struct evidence e, bool ok, const char *as);

/* Take the value of a field back, for a person to look at. */
void withdraw_field(struct extraction *x, const char *name, const char *rule);

/* Whether something of several letters that was dropped as no text lies in or
 * right beside the evidence: a word of the value may be missing. */
bool word_is_lost(const struct extraction *x, const struct evidence *e);

bool has_field(const struct extraction *x, const char *name);

/* The value of a field that is sure, borrowed; NULL if there is none. */
const char *field_value(const struct extraction *x, const char *name);

/* Evidence of a row, of all its words. */
struct evidence row_evidence(const struct row *r);

/* What is known of a name of a person as it was read. */
enum name_kind {
    NAME_NONE,    /* not shaped like a name */
    NAME_UNKNOWN, /* shaped like one, with syllables not in the tables */
    NAME_KNOWN    /* all syllables in the tables */
};

/* Look at the text of a span as a person's name. value: "Lê Thị Hoa", capitals
 * turned into that form; NULL for NAME_NONE. Caller frees. */
enum name_kind name_look(const struct extract_rules *rules,
                         const struct passage *p, struct span s, char **value);

/* Parts of a name: "HOA" or "Hoa" as "Hoa", NULL if a letter is where none
 * should be (caller frees); whether people bear it; a family name that nobody
 * bears as the only one that differs from it in marks ("Trấn" -> "Trần"), if
 * there is no other but rare ones; a degree of learning before it. */
char *name_syllable(const char *word);
bool name_is_known(const struct extract_rules *rules, const char *syllable,
                   bool family);
bool name_family_is_rare(const struct extract_rules *rules, const char *family);
/* Whether another common family name differs in one letter, marks aside. */
bool name_family_has_neighbour(const struct extract_rules *rules,
                               const char *family);
void name_mend_family(const struct extract_rules *rules, char **syllable);
/* Whether nobody bears this family name, but others bear ones that differ from
 * it in marks alone ("Tông": Tống, Tòng): it was misread, however surely. */
bool name_family_is_misread(const struct extract_rules *rules,
                            const char *family);
bool name_is_degree(const char *word);

/* A name as a field: sure by the tables and the reading. */
void put_name(struct extraction *x, const char *name, const char *rule,
              const struct passage *p, struct span s);

/* A date (three spans of digits: day, month, year) as "2022-03-01"; NULL if
 * there is no such day. Caller frees. */
char *date_iso(const struct passage *p, struct span day, struct span month,
               struct span year);

/* A notation ("QD- UBND") as it should be ("QĐ-UBND"): no spaces, known
 * abbreviations in their spelling; NULL if it does not look like one. Caller
 * frees. */
char *notation_clean(const struct extract_rules *rules, const char *read);

/* Whether the document says what stands in span s of p once more: 1 with the
 * same letters and marks (case and signs are of each place), -1 only with
 * others, 0 not at all.
 * better  NULL or a place, empty, for the reading to be taken where a word
 *         stood alone in a row and its case could not be seen ("hồ Sơ"); the
 *         result is 1 then. Caller frees. */
int said_elsewhere(const struct extraction *x, const struct passage *p,
                   struct span s, char **better);

/* Whether two words side by side in span s of p stand elsewhere in the
 * document, but never with these marks ("biến đối", "biến đổi"). */
bool marks_in_doubt(const struct extraction *x, const struct passage *p,
                    struct span s);

/* Where a value goes on over the ends of rows: the end of the value that
 * starts at byte `from` of the fold of x->all, at most `limit`. */
size_t value_end(const struct extraction *x, size_t from, size_t limit);

#endif
