/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Rows of an import in the database. The newest import that says something of
 * a key is current; what it replaced stays, so that it can come back.
 *
 * A case has one result as a rule, and its row is known by the case code
 * alone, so that a number put right in the register is a change. Where a file
 * has several results of one case, the number tells them apart.
 */
#include "store/registers_inner.h"

#include "base/alloc.h"
#include "base/i18n.h"
#include "store/registers_row.h"

#include <stdlib.h>
#include <string.h>

#define CHANGES_MAX 100

/* Cases of a file that have more than one result: hashes of key_one. */
struct cases {
    struct case_slot {
        uint64_t one, all;
        bool several;
    } *slots;
    size_t mask;
};

struct putting {
    struct sql *db;
    const struct kept_import *k;
    const struct sheet *sheet;
    const struct columns *columns;
    struct register_report *out;
    struct cases cases;
    struct sql_stmt *find, *put, *replace;
};

static uint64_t hash(const char *s)
{
    uint64_t h = 1469598103934665603u;

    for (; *s; s++)
        h = (h ^ (unsigned char)*s) * 1099511628211u;
    return h ? h : 1;
}

static struct case_slot *case_slot(const struct cases *c, const char *key_one)
{
    uint64_t h = hash(key_one);
    size_t i = (size_t)(h * 0x9e3779b97f4a7c15u >> 20) & c->mask;

    while (c->slots[i].one != 0 && c->slots[i].one != h)
        i = (i + 1) & c->mask;
    c->slots[i].one = h;
    return &c->slots[i];
}

static void note_case(struct cases *c, const struct register_row *r)
{
    struct case_slot *slot = case_slot(c, r->key_one);
    uint64_t all = hash(r->key);

    slot->several = slot->several || (slot->all != 0 && slot->all != all);
    slot->all = all;
}

static void find_cases(struct putting *p)
{
    struct columns few = *p->columns;
    size_t size = 1024;

    /* Only what makes the key is read here. */
    for (int i = 0; i < columns_count(few.kind); i++)
        if (few.kind == REGISTER_STAFF ||
            (i != FIELD_CASE_CODE && i != FIELD_NUMBER && i != FIELD_NOTATION &&
             i != FIELD_DATE))
            few.at[i] = -1;

    while (size < p->sheet->n_rows * 2)
        size *= 2;
    p->cases.slots = xcalloc(size, sizeof(*p->cases.slots));
    p->cases.mask = size - 1;
    for (size_t r = p->columns->first; r < p->sheet->n_rows; r++) {
        struct register_row row;
        AUTO(free_char) char *reason = NULL;

        if (register_row_skip(p->sheet, p->columns, r))
            continue;
        register_row_read(p->sheet, &few, r, &row, &reason);
        if (!reason)
            note_case(&p->cases, &row);
        register_row_clear(&row);
    }
}

/* ---- one row ---- */

static void note_wrong(struct register_wrong **items, int64_t *n, int64_t *cap,
                       size_t row, char *take_reason)
{
    GROW(*items, *n, *cap);
    (*items)[(*n)++] = (struct register_wrong){(int64_t)row + 1, take_reason};
}

static enum status put_wrong(struct putting *p, size_t row, char *take_reason)
{
    struct register_report *o = p->out;

    note_wrong(&o->wrong, &o->n_wrong, &o->cap_wrong, row, take_reason);
    return sql_run(p->db, "INSERT INTO wrong_row VALUES(?,?,?)", "iis",
                   p->k->number, (int64_t)row + 1, take_reason);
}

/* What p->find found against the row: NULL if it says the same. */
static char *difference(struct putting *p, const struct register_row *r)
{
    for (int i = 0; i < register_row_count(r->kind); i++) {
        const char *old = sql_text(p->find, i + 2);

        if (strcmp(old, r->v[i]) != 0)
            return xasprintf(_("%s: '%s' is now '%s'"),
                             columns_code(r->kind, i), old, r->v[i]);
    }
    return NULL;
}

static enum status find_key(struct putting *p, const char *key, bool *found)
{
    enum status st = sql_again(p->find, "s", key);

    return st == STATUS_OK ? sql_step(p->find, found) : st;
}

/* By which key this row goes: also that of an earlier import which knew one
 * result of the case, or several. */
static enum status choose_key(struct putting *p, const struct register_row *r,
                              const char **key, bool *found)
{
    bool several = case_slot(&p->cases, r->key_one)->several;
    const char *other = several ? r->key_one : r->key;
    enum status st;

    *key = several ? r->key : r->key_one;
    st = find_key(p, *key, found);
    if (st != STATUS_OK || *found || strcmp(r->key, r->key_one) == 0)
        return st;
    st = find_key(p, other, found);
    if (st != STATUS_OK || !*found)
        return st;
    /* A case of one result takes it whatever its number was; of several, only
     * the one of this very number. */
    if (!several || (strcmp(sql_text(p->find, 2 + FIELD_NUMBER),
                            r->v[FIELD_NUMBER]) == 0 &&
                     strcmp(sql_text(p->find, 2 + FIELD_NOTATION),
                            r->v[FIELD_NOTATION]) == 0))
        *key = other;
    else
        *found = false;
    return STATUS_OK;
}

static enum status insert(struct putting *p, size_t row, const char *key,
                          const struct register_row *r)
{
    char *const *v = r->v;
    bool more = true;
    enum status st;

    if (r->kind == REGISTER_STAFF)
        st = sql_again(p->put, "iissssssssss", p->k->number, (int64_t)row + 1,
                       key, v[0], v[1], v[2], v[3], v[4], v[5], v[6],
                       r->folded[0], r->folded[1]);
    else
        st = sql_again(p->put, "iisssssssssssssss", p->k->number,
                       (int64_t)row + 1, key, v[0], v[1], v[2], v[3], v[4],
                       v[5], v[6], v[7], v[8], v[9], v[10], r->folded[0],
                       r->folded[1], r->folded[2]);
    return st == STATUS_OK ? sql_step(p->put, &more) : st;
}

/* The key is known: by an earlier row of this file, or by an import before. */
static enum status put_known(struct putting *p, size_t row, const char *key,
                             const struct register_row *r)
{
    struct register_report *o = p->out;
    int64_t import = sql_int(p->find, 0), other = sql_int(p->find, 1);
    char *change = difference(p, r);
    bool more = true;
    enum status st;

    if (import == p->k->number) {
        o->repeated += change == NULL;
        if (!change)
            return STATUS_OK;
        free(change);
        return put_wrong(p, row,
                         xasprintf(_("row %d says something else of the same"),
                                   (int)other));
    }
    o->same += change == NULL;
    o->changed += change != NULL;
    if (change && o->n_changes < CHANGES_MAX)
        note_wrong(&o->changes, &o->n_changes, &o->cap_changes, row, change);
    else
        free(change);
    st = sql_again(p->replace, "ii", import, other);
    if (st == STATUS_OK)
        st = sql_step(p->replace, &more);
    return st == STATUS_OK ? insert(p, row, key, r) : st;
}

static enum status put_row(struct putting *p, size_t row)
{
    struct register_row r;
    AUTO(free_char) char *reason = NULL;
    const char *key = NULL;
    bool found = false;
    enum status st = STATUS_OK;

    if (register_row_skip(p->sheet, p->columns, row))
        return STATUS_OK;
    p->out->rows++;
    register_row_read(p->sheet, p->columns, row, &r, &reason);
    if (reason) {
        st = put_wrong(p, row, STEAL(reason));
    } else {
        st = choose_key(p, &r, &key, &found);
        if (st == STATUS_OK && found) {
            st = put_known(p, row, key, &r);
        } else if (st == STATUS_OK) {
            p->out->added++;
            st = insert(p, row, key, &r);
        }
    }
    register_row_clear(&r);
    return st;
}

/* ---- a whole import ---- */

static const char *table_of(enum register_kind kind)
{
    return kind == REGISTER_STAFF ? "person" : "result";
}

static enum status prepare(struct putting *p)
{
    enum register_kind kind = p->columns->kind;
    const char *table = table_of(kind);
    bool staff = kind == REGISTER_STAFF;
    AUTO(free_char)
    char *find = xasprintf("SELECT import, row, %s FROM %s"
                           " WHERE key = ? AND current = 1",
                           register_row_columns(kind), table);
    AUTO(free_char)
    char *put = xasprintf("INSERT INTO %s(import,row,current,key,%s,%s)"
                          " VALUES(?,?,1,?,?,?,?,?,?,?,?,?,?%s)",
                          table, register_row_columns(kind),
                          staff ? "name_key,code_key"
                                : "case_key,number_key,applicant_key",
                          staff ? "" : ",?,?,?,?,?");
    AUTO(free_char)
    char *replace = xasprintf("UPDATE %s SET current = 0"
                              " WHERE import = ? AND row = ?",
                              table);
    enum status st = sql_prepare(p->db, &p->find, find, "s", "");

    if (st == STATUS_OK)
        st = sql_prepare(p->db, &p->replace, replace, "ii", (int64_t)0,
                         (int64_t)0);
    if (st == STATUS_OK && staff)
        st = sql_prepare(p->db, &p->put, put, "iissssssssss", (int64_t)0,
                         (int64_t)0, "", "", "", "", "", "", "", "", "", "");
    else if (st == STATUS_OK)
        st = sql_prepare(p->db, &p->put, put, "iisssssssssssssss", (int64_t)0,
                         (int64_t)0, "", "", "", "", "", "", "", "", "", "",
                         "", "", "", "", "");
    return st;
}

enum status rows_put(struct sql *db, const struct kept_import *k,
                     const struct sheet *sheet, const struct columns *columns,
                     struct register_report *out)
{
    struct putting p = {
        .db = db, .k = k, .sheet = sheet, .columns = columns, .out = out};
    enum status st =
        sql_run(db, "INSERT INTO import VALUES(?,?,?,?,?,?,0,0,0,0)", "issssi",
                k->number, register_kind_text(k->kind), k->name, k->sha256,
                k->who, (int64_t)k->at);

    find_cases(&p);
    if (st == STATUS_OK)
        st = prepare(&p);
    for (size_t r = columns->first; st == STATUS_OK && r < sheet->n_rows; r++)
        st = put_row(&p, r);
    if (st == STATUS_OK)
        st = sql_run(db,
                     "UPDATE import SET rows = ?, good = ?, wrong = ?"
                     " WHERE number = ?",
                     "iiii", out->rows, out->rows - out->n_wrong, out->n_wrong,
                     k->number);
    if (st == STATUS_OK && k->kind == REGISTER_RESULT)
        st = unmatch_all(db);
    sql_finish(p.find);
    sql_finish(p.put);
    sql_finish(p.replace);
    free(p.cases.slots);
    return st;
}

static enum status revert_table(struct sql *db, const char *table,
                                int64_t number)
{
    /* The row of the newest import in force that has the key comes back. */
    AUTO(free_char)
    char *back = xasprintf(
        "UPDATE %s SET current = 1 WHERE (import, row) IN ("
        " SELECT max(o.import), o.row FROM %s AS n"
        " JOIN %s AS o ON o.key = n.key AND o.import <> n.import"
        " JOIN import AS i ON i.number = o.import AND i.reverted = 0"
        " WHERE n.import = ? AND n.current = 1 GROUP BY o.key)",
        table, table, table);
    AUTO(free_char)
    char *away =
        xasprintf("UPDATE %s SET current = 0 WHERE import = ?", table);
    enum status st = sql_run(db, back, "i", number);

    return st == STATUS_OK ? sql_run(db, away, "i", number) : st;
}

enum status rows_revert(struct sql *db, int64_t number)
{
    enum status st = sql_run(
        db, "UPDATE import SET reverted = 1 WHERE number = ?", "i", number);

    if (st == STATUS_OK)
        st = revert_table(db, "result", number);
    if (st == STATUS_OK)
        st = revert_table(db, "person", number);
    return st == STATUS_OK ? unmatch_all(db) : st;
}
