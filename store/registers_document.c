/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is known of documents, kept beside the registers: reading it out of
 * packages takes a while, so each package is read once.
 */
#include "store/registers_inner.h"

#include "base/alloc.h"
#include "base/paper.h"
#include "base/strbuf.h"

#include <stdlib.h>
#include <string.h>

#define DOCUMENTS_PER_TRANSACTION 200

/* X(name): fields that have a column of their own; number is split */
#define OWN_FIELD_LIST(X) \
    X(case_code)          \
    X(procedure)          \
    X(applicant)          \
    X(number)             \
    X(date)               \
    X(type)               \
    X(person)             \
    X(birth_date)         \
    X(staff_code)         \
    X(form)               \
    X(component)          \
    X(year)

enum own_field {
#define OWN_ENUM(name) OWN_##name,
    OWN_FIELD_LIST(OWN_ENUM)
#undef OWN_ENUM
        OWN_COUNT
};

static const char *const own_names[] = {
#define OWN_NAME(name) #name,
    OWN_FIELD_LIST(OWN_NAME)
#undef OWN_NAME
};

static int own_field(const char *name)
{
    for (int i = 0; i < OWN_COUNT; i++)
        if (strcmp(own_names[i], name) == 0)
            return i;
    return -1;
}

/* What is counted of a record. */
struct summary {
    const char *value[OWN_COUNT];
    int64_t bad_pages, blank_pages, low_pages, confidence;
    int64_t sure, review, confirmed;
    double dpi; /* 0: unknown */
    char *number, *notation;
    char *case_key, *number_key, *applicant_key, *name_key, *code_key;
    char *read[OWN_COUNT]; /* what stands where a doubtful value was found */
};

/* ---- doubtful values ---- */

static bool is_inside(const struct box *word, const struct box *b)
{
    int x = word->x + word->w / 2, y = word->y + word->h / 2;

    return x >= b->x && x < b->x + b->w && y >= b->y && y < b->y + b->h;
}

/* The words of the page that stand in the box of a field. Caller frees. */
static char *words_in_box(const struct record *r, const struct field *f)
{
    const struct page *p;
    struct strbuf b;

    strbuf_init(&b);
    if (f->page < 1 || f->page > r->n_pages)
        return strbuf_take(&b);
    p = &r->pages[f->page - 1];
    for (int l = 0; l < p->n_lines; l++)
        for (int w = 0; w < p->lines[l].n_words; w++) {
            const struct word *word = &p->lines[l].words[w];

            if (is_inside(&word->box, &f->box))
                strbuf_addf(&b, "%s%s", b.len ? " " : "", word->text);
        }
    return strbuf_take(&b);
}

/*
 * A value that the reader was not sure of has been left out of the record. For
 * the matching what stands there is good enough: a register that says the same
 * settles the doubt, and one that does not settles nothing.
 */
static char *doubtful_value(const struct record *r, const struct field *f,
                            enum own_field own)
{
    AUTO(free_char) char *text = words_in_box(r, f);
    char day[REGISTER_DAY_BYTES];
    const char *reason = NULL;

    switch (own) {
    case OWN_case_code:
    case OWN_number:
    case OWN_applicant:
        return strlen(text) < 200 ? STEAL(text) : NULL;
    case OWN_date:
        return register_day(text, false, day, &reason) ? xstrdup(day) : NULL;
    default:
        return NULL;
    }
}

static void sum_pages(const struct record *r, struct summary *s)
{
    int64_t confidence = 0, read = 0;

    for (int i = 0; i < r->n_pages; i++) {
        const struct page *p = &r->pages[i];
        double dpi = p->dpi_x < p->dpi_y ? p->dpi_x : p->dpi_y;

        s->bad_pages += p->state == PAGE_FAILED || p->state == PAGE_TIMEOUT;
        s->blank_pages += p->state == PAGE_BLANK;
        s->low_pages += p->state == PAGE_LOW;
        if (!p->dpi_assumed && (s->dpi == 0 || dpi < s->dpi))
            s->dpi = dpi;
        if (p->n_lines > 0) {
            confidence += p->confidence_pct;
            read++;
        }
    }
    s->confidence = read > 0 ? confidence / read : 0;
}

static void sum_fields(const struct record *r, struct summary *s)
{
    for (int i = 0; i < OWN_COUNT; i++)
        s->value[i] = "";
    for (int i = 0; i < r->n_fields; i++) {
        const struct field *f = &r->fields[i];
        int own = own_field(f->name);

        s->sure += strcmp(f->state, "sure") == 0;
        s->review += strcmp(f->state, "review") == 0;
        s->confirmed += strcmp(f->state, "confirmed") == 0;
        if (own < 0 || s->value[own][0])
            continue;
        if (f->value)
            s->value[own] = f->value;
        else if (!s->read[own])
            s->read[own] = doubtful_value(r, f, (enum own_field)own);
    }
    for (int i = 0; i < OWN_COUNT; i++)
        if (!s->value[i][0] && s->read[i])
            s->value[i] = s->read[i];
}

static void make_keys(struct summary *s)
{
    register_split_number(s->value[OWN_number], &s->number, &s->notation);
    AUTO(free_char)
    char *number = xasprintf("%s/%s", s->number, s->notation);
    s->case_key = register_key(s->value[OWN_case_code]);
    s->number_key = register_key(number);
    s->applicant_key = register_words_key(s->value[OWN_applicant]);
    s->name_key = register_words_key(s->value[OWN_person]);
    s->code_key = register_key(s->value[OWN_staff_code]);
}

static void summary_clear(struct summary *s)
{
    for (int i = 0; i < OWN_COUNT; i++)
        free(s->read[i]);
    free(s->number);
    free(s->notation);
    free(s->case_key);
    free(s->number_key);
    free(s->applicant_key);
    free(s->name_key);
    free(s->code_key);
}

static enum status put_fields(struct sql *db, const struct record *r)
{
    bool staff = strcmp(r->kind, "staff") == 0;
    enum status st =
        sql_run(db, "DELETE FROM field WHERE document = ?", "s", r->id);

    for (int i = 0; st == STATUS_OK && i < r->n_fields; i++) {
        const struct field *f = &r->fields[i];

        if (staff && own_field(f->name) < 0 && strcmp(f->name, "subject") != 0)
            continue;
        st = sql_run(db, "INSERT INTO field VALUES(?,?,?,?,?,?)", "ssssii",
                     r->id, f->name, f->value ? f->value : "", f->state,
                     (int64_t)f->conf_pct, (int64_t)i);
    }
    return st;
}

/* Who took it in, if the record says so. */
static const char *operator_of(const struct record *r)
{
    static const char mark[] = "ingest by ";
    const char *note = r->n_versions > 0 ? r->versions[0].note : NULL;

    return note && strncmp(note, mark, strlen(mark)) == 0 ? note + strlen(mark)
                                                          : "";
}

static enum status put_row(struct sql *db, const struct record *r,
                           const char *package_sha256,
                           const struct summary *s)
{
    const char *const *v = s->value;

    return sql_run(
        db,
        "INSERT INTO document(id, package_sha256, kind, title, batch, state,"
        " pages, bad_pages, blank_pages, dpi, confidence, stored_at,"
        " case_code, procedure, applicant, number, notation, date, type,"
        " person, birth_date, staff_code, form, component, year, case_key,"
        " number_key, applicant_key, name_key, code_key, fields_sure,"
        " fields_review, fields_confirmed, low_pages, a4, operator)"
        " VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,"
        "?,?,?,?,?,?)",
        "ssssssiiidiissssssssssssssssssiiiiis", r->id, package_sha256, r->kind,
        r->title ? r->title : "", r->batch ? r->batch : "", record_state(r),
        (int64_t)r->n_pages, s->bad_pages, s->blank_pages, s->dpi,
        s->confidence, (int64_t)r->stored_at, v[OWN_case_code],
        v[OWN_procedure], v[OWN_applicant], s->number, s->notation,
        v[OWN_date], v[OWN_type], v[OWN_person], v[OWN_birth_date],
        v[OWN_staff_code], v[OWN_form], v[OWN_component], v[OWN_year],
        s->case_key, s->number_key, s->applicant_key, s->name_key, s->code_key,
        s->sure, s->review, s->confirmed, s->low_pages,
        (int64_t)paper_a4_of(r), operator_of(r));
}

enum status registers_put_document(struct store *s, const struct record *r,
                                   const char *package_sha256)
{
    struct summary sum = {0};
    struct sql *db = NULL;
    enum status st = registers_sql(s, &db);

    if (st != STATUS_OK)
        return st;
    sum_pages(r, &sum);
    sum_fields(r, &sum);
    make_keys(&sum);
    st = sql_run(db, "DELETE FROM field WHERE document = ?", "s", r->id);
    if (st == STATUS_OK)
        st = sql_run(db, "DELETE FROM document WHERE id = ?", "s", r->id);
    if (st == STATUS_OK)
        st = put_row(db, r, package_sha256, &sum);
    if (st == STATUS_OK)
        st = put_fields(db, r);
    if (st == STATUS_OK)
        st = put_document_text(db, r);
    if (st == STATUS_OK && strcmp(r->kind, "staff") != 0)
        st = sql_run(db, "INSERT OR IGNORE INTO unmatched VALUES(?)", "s",
                     r->id);
    summary_clear(&sum);
    return st;
}

/* ---- all that are new ---- */

struct gathering {
    struct sql *db;
    struct sql_stmt *known;
    struct new_document {
        char *id, *package_sha256;
    } *items;
    int n, cap;
};

static enum status note_if_new(struct gathering *g, const char *id,
                               const char *package_sha256)
{
    bool known = false;
    enum status st = sql_again(g->known, "ss", id, package_sha256);

    if (st == STATUS_OK)
        st = sql_step(g->known, &known);
    if (st != STATUS_OK || known)
        return st;
    GROW(g->items, g->n, g->cap);
    g->items[g->n++] =
        (struct new_document){xstrdup(id), xstrdup(package_sha256)};
    return STATUS_OK;
}

static enum status note_new(void *user, const struct doc_row *d)
{
    return note_if_new(user, d->id, d->package_sha256);
}

static enum status find_all(struct store *s, struct gathering *g)
{
    static const char *const kinds[] = {NULL, "staff"};
    enum status st = STATUS_OK;

    for (size_t i = 0; st == STATUS_OK && i < ARRAY_LEN(kinds); i++) {
        struct list_filter f = {.kind = kinds[i], .limit = -1};

        st = store_list(s, &f, note_new, g);
    }
    return st;
}

/* max(): the other columns are those of the newest package. */
static enum status find_amended(struct store *s, struct gathering *g)
{
    AUTO(sql_finishp) struct sql_stmt *q = NULL;
    bool row = false;
    enum status st = sql_prepare(
        s->catalogue, &q,
        "SELECT p.document, p.sha256, max(p.version) FROM package AS p"
        " JOIN document AS d ON d.id = p.document"
        " WHERE p.version > 1 AND d.kind <> 'staff' GROUP BY p.document",
        "");

    while (st == STATUS_OK && (st = sql_step(q, &row)) == STATUS_OK && row)
        st = note_if_new(g, sql_text(q, 0), sql_text(q, 1));
    return st;
}

static enum status put_some(struct store *s, const struct gathering *g,
                            int from, int to)
{
    enum status st = registers_begin(s);

    if (st != STATUS_OK)
        return st;
    for (int i = from; st == STATUS_OK && i < to; i++) {
        AUTO(record_freep) struct record *r = NULL;

        st = store_read_record(s, g->items[i].id, &r);
        if (st == STATUS_OK)
            st = registers_put_document(s, r, g->items[i].package_sha256);
        /* A damaged package is the business of verify, and no reason to keep
         * the others away. */
        if (st == STATUS_DAMAGED || st == STATUS_NOT_FOUND)
            st = STATUS_OK;
    }
    return registers_end(s, st);
}

static enum status gather(struct store *s,
                          enum status (*find)(struct store *s,
                                              struct gathering *g),
                          int64_t *n)
{
    struct gathering g = {0};
    enum status st = registers_sql(s, &g.db);

    if (st == STATUS_OK)
        st = sql_prepare(g.db, &g.known,
                         "SELECT 1 FROM document WHERE id = ?"
                         " AND package_sha256 = ?",
                         "ss", "", "");
    if (st == STATUS_OK)
        st = find(s, &g);
    sql_finishp(&g.known);
    for (int i = 0; st == STATUS_OK && i < g.n;
         i += DOCUMENTS_PER_TRANSACTION) {
        int to = i + DOCUMENTS_PER_TRANSACTION;

        st = put_some(s, &g, i, to < g.n ? to : g.n);
    }
    if (n)
        *n = g.n;
    for (int i = 0; i < g.n; i++) {
        free(g.items[i].id);
        free(g.items[i].package_sha256);
    }
    free(g.items);
    return st;
}

enum status registers_gather(struct store *s, int64_t *n)
{
    return gather(s, find_all, n);
}

enum status registers_gather_amended(struct store *s)
{
    return gather(s, find_amended, NULL);
}
