/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What was found to belong together. Finding is done elsewhere and often;
 * what a person decided is never touched by it.
 */
#include "store/registers_inner.h"

enum status registers_put_match(struct store *s, const char *result,
                                const char *document, int score,
                                const char *evidence, const char *state)
{
    struct sql *db = NULL;
    enum status st = registers_sql(s, &db);

    if (st != STATUS_OK)
        return st;
    return sql_run(db,
                   "INSERT INTO match(result, document, score, evidence, state,"
                   " who, at) VALUES(?,?,?,?,?,'',0)"
                   " ON CONFLICT(document, result) DO UPDATE SET"
                   " score = excluded.score, evidence = excluded.evidence,"
                   " state = CASE WHEN state IN ('confirmed','rejected')"
                   " THEN state ELSE excluded.state END",
                   "ssiss", result, document, (int64_t)score, evidence, state);
}

enum status registers_put_filing(struct store *s, const char *document,
                                 const char *person, const char *component,
                                 const char *year, int score,
                                 const char *evidence, const char *state)
{
    struct sql *db = NULL;
    int64_t decided = 0;
    enum status st = registers_sql(s, &db);

    if (st == STATUS_OK)
        st = sql_int_of(db, &decided,
                        "SELECT count(*) FROM filing WHERE document = ?"
                        " AND (state = 'confirmed' OR (person = ?"
                        " AND state = 'rejected'))",
                        "ss", document, person);
    if (st != STATUS_OK || decided > 0)
        return st;
    return sql_run(db,
                   "INSERT INTO filing(document, person, component, year,"
                   " score, evidence, state, who, at)"
                   " VALUES(?,?,?,?,?,?,?,'',0)"
                   " ON CONFLICT(document, person) DO UPDATE SET"
                   " component = excluded.component, year = excluded.year,"
                   " score = excluded.score, evidence = excluded.evidence,"
                   " state = excluded.state",
                   "ssssiss", document, person, component, year,
                   (int64_t)score, evidence, state);
}

static enum status run_statement(struct store *s, const char *statement)
{
    struct sql *db = NULL;
    enum status st = registers_sql(s, &db);

    return st == STATUS_OK ? sql_exec(db, statement) : st;
}

enum status unmatch_all(struct sql *db)
{
    return sql_exec(db, "INSERT OR IGNORE INTO unmatched"
                        " SELECT id FROM document WHERE kind <> 'staff'");
}

enum status registers_unmatch_all(struct store *s)
{
    struct sql *db = NULL;
    enum status st = registers_sql(s, &db);

    return st == STATUS_OK ? unmatch_all(db) : st;
}

enum status registers_clear_matches(struct store *s)
{
    return run_statement(s, "DELETE FROM match"
                          " WHERE state IN ('sure','review')"
                          " AND document IN (SELECT document FROM unmatched)");
}

enum status registers_matched(struct store *s)
{
    return run_statement(s, "DELETE FROM unmatched");
}

enum status registers_clear_filings(struct store *s)
{
    return run_statement(s, "DELETE FROM filing"
                          " WHERE state IN ('sure','review')");
}
