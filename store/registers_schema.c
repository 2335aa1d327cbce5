/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The tables of state/registers.db. All of them follow from registers/ and
 * from the packages, so there are no steps from one version to the next: a
 * database of another version is made again.
 *
 * Rows of registers are kept import by import, and one of those with the same
 * key is current: so an import can be undone and what it replaced comes back.
 */
#include "store/registers_inner.h"

static const char imports[] =
    "CREATE TABLE import("
    " number INTEGER NOT NULL PRIMARY KEY CHECK(number > 0),"
    " kind TEXT NOT NULL CHECK(kind IN ('result','staff')),"
    " name TEXT NOT NULL,"
    " sha256 TEXT NOT NULL CHECK(length(sha256) = 64),"
    " who TEXT NOT NULL,"
    " at INTEGER NOT NULL,"
    " rows INTEGER NOT NULL, good INTEGER NOT NULL, wrong INTEGER NOT NULL,"
    " reverted INTEGER NOT NULL DEFAULT 0 CHECK(reverted IN (0,1))"
    ") STRICT;"

    "CREATE TABLE wrong_row("
    " import INTEGER NOT NULL REFERENCES import(number),"
    " row INTEGER NOT NULL,"
    " reason TEXT NOT NULL,"
    " PRIMARY KEY(import, row)"
    ") STRICT, WITHOUT ROWID;";

static const char rows[] =
    "CREATE TABLE result("
    " import INTEGER NOT NULL REFERENCES import(number),"
    " row INTEGER NOT NULL,"
    " current INTEGER NOT NULL CHECK(current IN (0,1)),"
    " key TEXT NOT NULL,"
    " case_code TEXT NOT NULL, procedure TEXT NOT NULL,"
    " procedure_name TEXT NOT NULL, applicant TEXT NOT NULL,"
    " number TEXT NOT NULL, notation TEXT NOT NULL,"
    " date TEXT NOT NULL, expires TEXT NOT NULL,"
    " unit TEXT NOT NULL, box TEXT NOT NULL, note TEXT NOT NULL,"
    " case_key TEXT NOT NULL, number_key TEXT NOT NULL,"
    " applicant_key TEXT NOT NULL,"
    " PRIMARY KEY(import, row)"
    ") STRICT, WITHOUT ROWID;"
    "CREATE INDEX result_key ON result(key);"

    "CREATE TABLE person("
    " import INTEGER NOT NULL REFERENCES import(number),"
    " row INTEGER NOT NULL,"
    " current INTEGER NOT NULL CHECK(current IN (0,1)),"
    " key TEXT NOT NULL,"
    " staff_code TEXT NOT NULL, name TEXT NOT NULL,"
    " birth_date TEXT NOT NULL, agency TEXT NOT NULL,"
    " unit TEXT NOT NULL, title TEXT NOT NULL,"
    " kind TEXT NOT NULL CHECK(kind IN ('cong-chuc','vien-chuc','')),"
    " name_key TEXT NOT NULL, code_key TEXT NOT NULL,"
    " PRIMARY KEY(import, row)"
    ") STRICT, WITHOUT ROWID;"
    "CREATE INDEX person_key ON person(key);";

static const char documents[] =
    "CREATE TABLE document("
    " id TEXT NOT NULL PRIMARY KEY,"
    " package_sha256 TEXT NOT NULL,"
    " kind TEXT NOT NULL, title TEXT NOT NULL, batch TEXT NOT NULL,"
    " state TEXT NOT NULL, pages INTEGER NOT NULL,"
    " bad_pages INTEGER NOT NULL, blank_pages INTEGER NOT NULL,"
    " dpi REAL NOT NULL, confidence INTEGER NOT NULL,"
    " stored_at INTEGER NOT NULL,"
    " case_code TEXT NOT NULL, procedure TEXT NOT NULL,"
    " applicant TEXT NOT NULL, number TEXT NOT NULL, notation TEXT NOT NULL,"
    " date TEXT NOT NULL, type TEXT NOT NULL,"
    " person TEXT NOT NULL, birth_date TEXT NOT NULL,"
    " staff_code TEXT NOT NULL, form TEXT NOT NULL, component TEXT NOT NULL,"
    " year TEXT NOT NULL,"
    " case_key TEXT NOT NULL, number_key TEXT NOT NULL,"
    " applicant_key TEXT NOT NULL, name_key TEXT NOT NULL,"
    " code_key TEXT NOT NULL,"
    " fields_sure INTEGER NOT NULL, fields_review INTEGER NOT NULL,"
    " fields_confirmed INTEGER NOT NULL,"
    " low_pages INTEGER NOT NULL, a4 INTEGER NOT NULL,"
    " operator TEXT NOT NULL"
    ") STRICT, WITHOUT ROWID;"

    "CREATE TABLE document_text("
    " document TEXT NOT NULL PRIMARY KEY,"
    " text TEXT NOT NULL"
    ") STRICT;"

    "CREATE TABLE field("
    " document TEXT NOT NULL REFERENCES document(id),"
    " name TEXT NOT NULL, value TEXT NOT NULL, state TEXT NOT NULL,"
    " confidence INTEGER NOT NULL,"
    " position INTEGER NOT NULL,"
    " PRIMARY KEY(document, position)"
    ") STRICT, WITHOUT ROWID;";

static const char matches[] =
    "CREATE TABLE match("
    " result TEXT NOT NULL,"
    " document TEXT NOT NULL,"
    " score INTEGER NOT NULL,"
    " evidence TEXT NOT NULL,"
    " state TEXT NOT NULL"
    "  CHECK(state IN ('sure','review','confirmed','rejected')),"
    " who TEXT NOT NULL, at INTEGER NOT NULL,"
    " PRIMARY KEY(document, result)"
    ") STRICT, WITHOUT ROWID;"
    "CREATE INDEX match_result ON match(result);"

    "CREATE TABLE unmatched("
    " document TEXT NOT NULL PRIMARY KEY"
    ") STRICT, WITHOUT ROWID;"

    "CREATE TABLE filing("
    " document TEXT NOT NULL,"
    " person TEXT NOT NULL,"
    " component TEXT NOT NULL, year TEXT NOT NULL,"
    " score INTEGER NOT NULL,"
    " evidence TEXT NOT NULL,"
    " state TEXT NOT NULL"
    "  CHECK(state IN ('sure','review','confirmed','rejected')),"
    " who TEXT NOT NULL, at INTEGER NOT NULL,"
    " PRIMARY KEY(document, person)"
    ") STRICT, WITHOUT ROWID;"
    "CREATE INDEX filing_person ON filing(person);";

static const char dossiers[] =
    "CREATE TABLE dossier("
    " id TEXT NOT NULL PRIMARY KEY,"
    " kind TEXT NOT NULL CHECK(kind IN ('case','staff','work')),"
    " title TEXT NOT NULL,"
    " opened_at INTEGER NOT NULL, opened_by TEXT NOT NULL,"
    " closed_at INTEGER NOT NULL, closed_by TEXT NOT NULL,"
    " maintenance TEXT NOT NULL, note TEXT NOT NULL"
    ") STRICT, WITHOUT ROWID;"

    "CREATE TABLE dossier_document("
    " dossier TEXT NOT NULL REFERENCES dossier(id),"
    " document TEXT NOT NULL,"
    " position INTEGER NOT NULL,"
    " PRIMARY KEY(dossier, document)"
    ") STRICT, WITHOUT ROWID;"

    "CREATE TABLE decision("
    " number INTEGER NOT NULL PRIMARY KEY CHECK(number > 0),"
    " at INTEGER NOT NULL,"
    " who TEXT NOT NULL,"
    " what TEXT NOT NULL,"
    " data TEXT NOT NULL"
    ") STRICT;";

enum status registers_schema_make(struct sql *db)
{
    static const char *const parts[] = {imports, rows, documents, matches,
                                        dossiers};
    enum status st = sql_begin(db);

    for (size_t i = 0; st == STATUS_OK && i < ARRAY_LEN(parts); i++)
        st = sql_exec(db, parts[i]);
    if (st == STATUS_OK)
        st = sql_set_version(db, REGISTERS_SCHEMA);
    if (st == STATUS_OK)
        return sql_commit(db);
    sql_rollback(db);
    return st;
}
