/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Taking a register in. The order is that of documents: what was given is
 * durable in registers/ before the database says so; a crash in between is
 * found by the next writer, who makes the database again.
 */
#include "store/registers_inner.h"

#include "base/alloc.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/text.h"
#include "store/registers_read.h"

#include <stdlib.h>
#include <string.h>

static void clear_wrong(struct register_wrong *items, int64_t n)
{
    for (int64_t i = 0; i < n; i++)
        free(items[i].reason);
    free(items);
}

void register_report_clear(struct register_report *r)
{
    free(r->encoding);
    free(r->separator);
    free(r->sheet);
    free(r->other_sheets);
    json_decref(r->columns);
    json_decref(r->unused);
    clear_wrong(r->wrong, r->n_wrong);
    clear_wrong(r->changes, r->n_changes);
    memset(r, 0, sizeof(*r));
}

struct importing {
    struct store *s;
    const struct register_input *in;
    struct sql *db;
    char *name; /* fit to be shown */
    char *bytes;
    size_t n;
    char sha256[DIGEST_HEX_BYTES];
    struct read_table table;
    bool mapped;
};

/* ---- which columns ---- */

/* The map that a person gave last for this kind of register. */
static enum status saved_map(struct importing *i, struct alias_table *out)
{
    struct kept_import k;
    int64_t number = 0;
    enum status st = STATUS_OK;

    memset(out, 0, sizeof(*out));
    for (int64_t before = INT64_MAX;; before = number) {
        number = 0;
        st = sql_int_of(i->db, &number,
                        "SELECT max(number) FROM import WHERE reverted = 0"
                        " AND kind = ? AND number < ?",
                        "si", register_kind_text(i->in->kind), before);
        if (st != STATUS_OK || number == 0)
            return st;
        st = kept_read(i->s, number, &k);
        if (st != STATUS_OK)
            return st;
        if (k.mapped)
            alias_table_saved(k.columns, i->in->kind, out);
        kept_import_clear(&k);
        if (out->n > 0)
            return STATUS_OK;
    }
}

static enum status read_with(struct importing *i, struct alias_table *t,
                             bool whole)
{
    enum status st = read_table(i->bytes, i->n, i->name, i->in->kind, t, whole,
                                i->in->sheet, &i->table);

    alias_table_clear(t);
    return st;
}

static enum status read_columns(struct importing *i)
{
    struct alias_table t;
    enum status st;

    if (i->in->map) {
        i->mapped = true;
        st = alias_table_map(i->in->map, i->in->kind, &t);
        return st == STATUS_OK ? read_with(i, &t, true) : st;
    }
    st = saved_map(i, &t);
    if (st == STATUS_OK && t.n > 0) {
        st = read_with(i, &t, true);
        i->mapped = st == STATUS_OK;
        if (st != STATUS_INVALID) /* else it is another table */
            return st;
        st = STATUS_OK;
    }
    if (st == STATUS_OK)
        st = alias_table_load(i->in->aliases, i->in->kind, &t);
    return st == STATUS_OK ? read_with(i, &t, false) : st;
}

/* ---- in ---- */

/* These bytes are what the registers of this kind say already. */
static enum status look_known(struct importing *i, struct register_report *out)
{
    int64_t number = 0;
    enum status st =
        sql_int_of(i->db, &number,
                   "SELECT number FROM import WHERE sha256 = ? AND number ="
                   " (SELECT max(number) FROM import WHERE reverted = 0"
                   " AND kind = ?)",
                   "ss", i->sha256, register_kind_text(i->in->kind));

    out->known = number > 0 && !i->in->map && !i->in->sheet;
    out->number = out->known ? number : 0;
    return st;
}

static void describe(struct importing *i, struct register_report *out)
{
    const struct sheet *s = &i->table.sheet;

    out->encoding = xstrdup(s->encoding);
    out->separator = xstrdup(s->separator);
    out->sheet = STEAL(i->table.sheet_name);
    out->other_sheets = STEAL(i->table.other_sheets);
    out->header_row = (int64_t)i->table.columns.header + 1;
    out->columns = columns_json(s, &i->table.columns);
    out->unused = columns_unused(s, &i->table.columns);
}

static enum status put(struct importing *i, struct register_report *out)
{
    struct kept_import k = {.kind = i->in->kind,
                            .name = xstrdup(i->name),
                            .sha256 = xstrdup(i->sha256),
                            .who = xstrdup(i->in->who),
                            .at = clock_now(),
                            .mapped = i->mapped};
    enum status st = kept_last(i->s, &k.number);

    k.number++;
    k.columns = json_incref(out->columns);
    if (st == STATUS_OK)
        st = rows_put(i->db, &k, &i->table.sheet, &i->table.columns, out);
    k.rows = out->rows;
    k.wrong = out->n_wrong;
    k.good = k.rows - k.wrong;
    if (st == STATUS_OK && k.good == 0 && k.rows > 0)
        st = fail(STATUS_INVALID,
                  _("no row of '%s' can be taken in; the first: row %d: %s"),
                  i->name, (int)out->wrong[0].row, out->wrong[0].reason);
    if (st == STATUS_OK && k.rows == 0)
        st = fail(STATUS_INVALID, _("'%s' has no rows below its headings"),
                  i->name);
    if (st == STATUS_OK && !i->in->dry_run) {
        st = kept_write(i->s, &k, i->bytes, i->n, i->table.csv,
                        i->table.n_csv);
        out->number = k.number;
    }
    kept_import_clear(&k);
    return st;
}

static enum status import_locked(struct importing *i,
                                 struct register_report *out)
{
    enum status st = look_known(i, out);

    if (st != STATUS_OK || out->known)
        return st;
    st = read_columns(i);
    if (st != STATUS_OK)
        return st;
    describe(i, out);
    st = sql_begin(i->db);
    if (st == STATUS_OK)
        st = put(i, out);
    if (st == STATUS_OK && !i->in->dry_run) {
        st = sql_commit(i->db);
        return st == STATUS_OK ? sql_checkpoint(i->db) : st;
    }
    sql_rollback(i->db);
    return st;
}

enum status registers_import(struct store *s, const struct register_input *in,
                             struct register_report *out)
{
    struct importing i = {.s = s, .in = in};
    int64_t started = clock_ms();
    enum status st = file_read(in->path, SHEET_BYTES_MAX, &i.bytes, &i.n);

    memset(out, 0, sizeof(*out));
    i.name = text_show_name(path_base(in->path));
    if (st == STATUS_OK) {
        digest_bytes(i.bytes, i.n, i.sha256);
        st = store_lock(s);
    }
    if (st == STATUS_OK) {
        st = registers_sql(s, &i.db);
        if (st == STATUS_OK)
            st = import_locked(&i, out);
        store_unlock(s);
    }
    out->elapsed_ms = clock_ms() - started;
    read_table_clear(&i.table);
    free(i.bytes);
    free(i.name);
    if (st != STATUS_OK)
        register_report_clear(out);
    return st;
}

/* ---- again ---- */

/* The bytes that a table is read from, against the digest they were kept
 * with. */
static enum status read_kept(struct store *s, const struct kept_import *k,
                             char **bytes, size_t *n)
{
    const char *file = k->sheet ? k->sheet : k->file;
    const char *want = k->sheet ? k->sheet_sha256 : k->sha256;
    AUTO(free_char) char *path = registers_path(s, file);
    char hex[DIGEST_HEX_BYTES];
    enum status st = file_read(path, SHEET_BYTES_MAX, bytes, n);

    if (st != STATUS_OK)
        return explain(st, _("the register of import %d"), (int)k->number);
    digest_bytes(*bytes, *n, hex);
    if (want && strcmp(hex, want) == 0)
        return STATUS_OK;
    return fail(STATUS_DAMAGED,
                _("'%s' is not what was imported: SHA-256 is %s and should be"
                  " %s"),
                path, hex, want ? want : "-");
}

enum status rows_replay(struct store *s, struct sql *db, int64_t number)
{
    struct kept_import k;
    struct alias_table t;
    struct read_table table = {0};
    struct register_report report = {0};
    AUTO(free_char) char *bytes = NULL;
    size_t n = 0;
    enum status st = kept_read(s, number, &k);

    if (st == STATUS_NOT_FOUND) /* a gap is the business of verify */
        return STATUS_OK;
    if (st != STATUS_OK)
        return st;
    st = read_kept(s, &k, &bytes, &n);
    alias_table_saved(k.columns, k.kind, &t);
    if (st == STATUS_OK)
        st = read_table(bytes, n, k.name, k.kind, &t, true, NULL, &table);
    if (st == STATUS_OK)
        st = rows_put(db, &k, &table.sheet, &table.columns, &report);
    alias_table_clear(&t);
    read_table_clear(&table);
    register_report_clear(&report);
    kept_import_clear(&k);
    return st;
}
