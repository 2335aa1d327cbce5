/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Decisions of people put in force. A decision on a pair stays whatever a
 * later run finds: only the score and the evidence of the pair may change.
 */
#include "store/registers_inner.h"

#include "base/clock.h"
#include "base/i18n.h"

#include <stdlib.h>
#include <string.h>

/* One decision on its way into the tables. */
struct applying {
    struct sql *db;
    const json_t *data;
    const char *who;
    time_t at;
};

static const char *member(const struct applying *a, const char *name)
{
    return json_string_or(a->data, name, "");
}

/* What else was found for the document is to be found again. */
static enum status unmatch(const struct applying *a)
{
    return sql_run(a->db, "INSERT OR IGNORE INTO unmatched VALUES(?)", "s",
                   member(a, "document"));
}

static enum status decide_match(const struct applying *a, const char *state)
{
    enum status st = unmatch(a);

    if (st != STATUS_OK)
        return st;
    return sql_run(a->db,
                   "INSERT INTO match(result, document, score, evidence, state,"
                   " who, at) VALUES(?,?,0,'{}',?,?,?)"
                   " ON CONFLICT(document, result) DO UPDATE SET"
                   " state = excluded.state, who = excluded.who,"
                   " at = excluded.at",
                   "ssssi", member(a, "result"), member(a, "document"), state,
                   a->who, (int64_t)a->at);
}

static enum status forget_match(const struct applying *a)
{
    enum status st = unmatch(a);

    if (st != STATUS_OK)
        return st;
    return sql_run(a->db,
                   "DELETE FROM match WHERE result = ? AND document = ?", "ss",
                   member(a, "result"), member(a, "document"));
}

/* A paper lies in one place: where a person puts it. */
static enum status file_paper(const struct applying *a)
{
    enum status st = sql_run(a->db,
                             "DELETE FROM filing WHERE document = ?"
                             " AND state <> 'rejected'",
                             "s", member(a, "document"));

    if (st != STATUS_OK)
        return st;
    return sql_run(a->db,
                   "INSERT INTO filing(document, person, component, year,"
                   " score, evidence, state, who, at)"
                   " VALUES(?,?,?,?,0,'{}','confirmed',?,?)"
                   " ON CONFLICT(document, person) DO UPDATE SET"
                   " component = excluded.component, year = excluded.year,"
                   " state = excluded.state, who = excluded.who,"
                   " at = excluded.at",
                   "sssssi", member(a, "document"), member(a, "person"),
                   member(a, "component"), member(a, "year"), a->who,
                   (int64_t)a->at);
}

static enum status unfile_paper(const struct applying *a)
{
    return sql_run(a->db,
                   "INSERT INTO filing(document, person, component, year,"
                   " score, evidence, state, who, at)"
                   " VALUES(?,?,'','',0,'{}','rejected',?,?)"
                   " ON CONFLICT(document, person) DO UPDATE SET"
                   " state = excluded.state, who = excluded.who,"
                   " at = excluded.at",
                   "sssi", member(a, "document"), member(a, "person"), a->who,
                   (int64_t)a->at);
}

static enum status open_dossier(const struct applying *a)
{
    return sql_run(a->db, "INSERT INTO dossier VALUES(?,?,?,?,?,0,'','',?)",
                   "sssiss", member(a, "dossier"), member(a, "kind"),
                   member(a, "title"), (int64_t)a->at, a->who,
                   member(a, "note"));
}

static enum status add_to_dossier(const struct applying *a)
{
    int64_t position = strtoll(member(a, "position"), NULL, 10);
    enum status st = STATUS_OK;

    if (position <= 0)
        st = sql_int_of(a->db, &position,
                        "SELECT coalesce(max(position), 0) + 1"
                        " FROM dossier_document WHERE dossier = ?",
                        "s", member(a, "dossier"));
    if (st != STATUS_OK)
        return st;
    return sql_run(a->db,
                   "INSERT INTO dossier_document VALUES(?,?,?)"
                   " ON CONFLICT(dossier, document) DO UPDATE SET"
                   " position = excluded.position",
                   "ssi", member(a, "dossier"), member(a, "document"),
                   position);
}

static enum status remove_from_dossier(const struct applying *a)
{
    return sql_run(a->db,
                   "DELETE FROM dossier_document WHERE dossier = ?"
                   " AND document = ?",
                   "ss", member(a, "dossier"), member(a, "document"));
}

static enum status close_dossier(const struct applying *a)
{
    return sql_run(a->db,
                   "UPDATE dossier SET closed_at = ?, closed_by = ?,"
                   " maintenance = ?, note = CASE ? WHEN '' THEN note"
                   " ELSE ? END WHERE id = ?",
                   "isssss", (int64_t)a->at, a->who, member(a, "maintenance"),
                   member(a, "note"), member(a, "note"), member(a, "dossier"));
}

static enum status reopen_dossier(const struct applying *a)
{
    return sql_run(a->db,
                   "UPDATE dossier SET closed_at = 0, closed_by = ''"
                   " WHERE id = ?",
                   "s", member(a, "dossier"));
}

static enum status apply(const struct applying *a, enum decision what)
{
    switch (what) {
    case DECISION_IMPORT_REVERT:
        return rows_revert(a->db, strtoll(member(a, "import"), NULL, 10));
    case DECISION_MATCH_ACCEPT:
        return decide_match(a, "confirmed");
    case DECISION_MATCH_REJECT:
        return decide_match(a, "rejected");
    case DECISION_MATCH_FORGET:
        return forget_match(a);
    case DECISION_FILE:
        return file_paper(a);
    case DECISION_UNFILE:
        return unfile_paper(a);
    case DECISION_DOSSIER_OPEN:
        return open_dossier(a);
    case DECISION_DOSSIER_ADD:
        return add_to_dossier(a);
    case DECISION_DOSSIER_REMOVE:
        return remove_from_dossier(a);
    case DECISION_DOSSIER_CLOSE:
        return close_dossier(a);
    case DECISION_DOSSIER_REOPEN:
        return reopen_dossier(a);
    case DECISION_COUNT:
        break;
    }
    return fail(STATUS_INTERNAL, _("an unknown decision"));
}

enum status decision_apply(struct sql *db, int64_t number, const json_t *line)
{
    struct applying a = {.db = db};
    const char *what = "", *at = "";
    enum decision code = DECISION_COUNT;
    json_t *data = NULL;
    enum status st = json_get_string(line, "what", &what);

    if (st == STATUS_OK)
        st = json_get_string(line, "who", &a.who);
    if (st == STATUS_OK)
        st = json_get_string(line, "at", &at);
    if (st == STATUS_OK)
        st = json_get_object(line, "data", &data);
    if (st == STATUS_OK && !clock_parse_iso(at, &a.at))
        st = fail(STATUS_INVALID, _("'%s' is no time"), at);
    if (st != STATUS_OK)
        return fail(STATUS_DAMAGED, _("decision %d: %s"), (int)number,
                    status_message());
    a.data = data;
    st = decision_code(what, &code);
    if (st == STATUS_OK)
        st = apply(&a, code);
    if (st != STATUS_OK)
        return st;
    char *text = json_text(data, false);
    st = sql_run(db, "INSERT INTO decision VALUES(?,?,?,?,?)", "iisss", number,
                 (int64_t)a.at, a.who, what, text);
    free(text);
    return st;
}
