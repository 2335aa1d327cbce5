/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Registers: taking them in, undoing them, and what people decide. */
#include "service/archive.h"

#include "base/alloc.h"
#include "base/file.h"
#include "base/i18n.h"

#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

char *archive_who(void)
{
    const struct passwd *p = getpwuid(getuid());

    return p && p->pw_name && *p->pw_name
               ? xstrdup(p->pw_name)
               : xasprintf("uid %u", (unsigned)getuid());
}

enum status archive_registers(struct archive *a, struct sql **out)
{
    return registers_sql(a->store, out);
}

/* ---- in ---- */

/* Where the headings are when nobody says; caller frees. */
static char *aliases_path(void)
{
    static const char name[] = "register-columns.tsv";
    const char *data = getenv("HOSO_DATADIR");
    char self[4096];
    ssize_t n = readlink("/proc/self/exe", self, sizeof(self) - 1);
    char *slash = NULL;

    if (data && *data)
        return xasprintf("%s/rules/%s", data, name);
    if (n > 0) {
        self[n] = '\0';
        slash = strrchr(self, '/');
    }
    if (slash) {
        *slash = '\0';
        char *beside = xasprintf("%s/../share/hoso/rules/%s", self, name);
        if (access(beside, R_OK) == 0)
            return beside;
        free(beside);
    }
    char *installed = xasprintf("%s/%s", HOSO_RULES_INSTALL, name);
    if (access(installed, R_OK) == 0)
        return installed;
    free(installed);
    return xasprintf("%s/%s", HOSO_RULES_SOURCE, name);
}

enum status archive_register_import(struct archive *a,
                                    const struct register_input *in,
                                    struct register_report *out)
{
    AUTO(free_char) char *aliases = aliases_path();
    AUTO(free_char) char *who = archive_who();
    struct register_input whole = *in;

    if (!whole.aliases)
        whole.aliases = aliases;
    if (!whole.who)
        whole.who = who;
    enum status st = registers_import(a->store, &whole, out);
    if (st != STATUS_OK || in->dry_run || out->known ||
        in->kind == REGISTER_STAFF)
        return st;
    return archive_match_new(a);
}

enum status archive_register_revert(struct archive *a, int64_t number)
{
    AUTO(free_char) char *who = archive_who();
    enum status st = registers_revert(a->store, number, who);

    return st == STATUS_OK ? archive_match_new(a) : st;
}

enum status archive_register_list(
    struct archive *a,
    enum status (*each)(void *user, const struct register_import_row *r),
    void *user)
{
    return registers_list(a->store, each, user);
}

/* ---- numbers ---- */

enum status archive_match_count(struct archive *a, struct match_summary *out)
{
    static const char good[] = "state IN ('sure','confirmed')";
    struct sql *db = NULL;
    enum status st = registers_sql(a->store, &db);
    const struct {
        int64_t *to;
        char *query;
    } numbers[] = {
        {&out->results,
         xstrdup("SELECT count(*) FROM result WHERE current = 1")},
        {&out->documents,
         xstrdup("SELECT count(*) FROM document WHERE kind = 'result'")},
        {&out->matched,
         xasprintf("SELECT count(*) FROM result WHERE current = 1 AND key IN"
                   " (SELECT result FROM match WHERE %s)",
                   good)},
        {&out->review,
         xstrdup("SELECT count(*) FROM match WHERE state = 'review'")},
        {&out->several,
         xasprintf("SELECT count(*) FROM (SELECT result FROM match WHERE %s"
                   " GROUP BY result HAVING count(*) > 1)",
                   good)},
        {&out->shared,
         xasprintf("SELECT count(*) FROM (SELECT document FROM match WHERE %s"
                   " GROUP BY document HAVING count(*) > 1)",
                   good)},
        {&out->unknown,
         xstrdup("SELECT count(*) FROM document WHERE kind = 'result'"
                 " AND id NOT IN (SELECT document FROM match"
                 " WHERE state <> 'rejected')")},
    };
    for (size_t i = 0; i < ARRAY_LEN(numbers); i++) {
        if (st == STATUS_OK)
            st = sql_int_of(db, numbers[i].to, numbers[i].query, "");
        free(numbers[i].query);
    }
    return st;
}

/* ---- pairs ---- */

static void fill_sides(struct sql_stmt *q, struct match_pair *p)
{
    p->row = (struct match_side){sql_text(q, 6),  sql_text(q, 7),
                                 sql_text(q, 8),  sql_text(q, 9),
                                 sql_text(q, 10), sql_text(q, 11),
                                 sql_text(q, 12)};
    p->paper = (struct match_side){sql_text(q, 13), sql_text(q, 14),
                                   sql_text(q, 15), sql_text(q, 16),
                                   sql_text(q, 17), sql_text(q, 18),
                                   sql_text(q, 19)};
}

enum status
archive_match_pairs(struct archive *a, const char *state, const char *document,
                    enum status (*each)(void *user, const struct match_pair *p),
                    void *user)
{
    AUTO(sql_finishp) struct sql_stmt *q = NULL;
    struct sql *db = NULL;
    bool row = false;
    int64_t number = 0;
    enum status st = registers_sql(a->store, &db);

    if (st == STATUS_OK)
        st = sql_prepare(
            db, &q,
            "SELECT m.result, m.document, m.score, m.state, m.evidence, m.who,"
            " r.case_code, r.procedure, r.applicant, r.number, r.notation,"
            " r.date, r.procedure_name, d.case_code, d.procedure, d.applicant,"
            " d.number, d.notation, d.date, d.title,"
            " (SELECT count(*) - 1 FROM match AS o WHERE o.document ="
            "  m.document AND o.state <> 'rejected') +"
            " (SELECT count(*) - 1 FROM match AS o WHERE o.result = m.result"
            "  AND o.state <> 'rejected')"
            " FROM match AS m JOIN document AS d ON d.id = m.document"
            " LEFT JOIN result AS r ON r.key = m.result AND r.current = 1"
            " WHERE (?1 = '' OR m.state = ?1) AND (?2 = '' OR m.document = ?2)"
            " ORDER BY m.document, m.score DESC, m.result",
            "ss", state ? state : document ? "" : "review",
            document ? document : "");
    while (st == STATUS_OK && (st = sql_step(q, &row)) == STATUS_OK && row) {
        struct match_pair p = {.number = ++number,
                               .result = sql_text(q, 0),
                               .document = sql_text(q, 1),
                               .score = (int)sql_int(q, 2),
                               .state = sql_text(q, 3),
                               .evidence = sql_text(q, 4),
                               .who = sql_text(q, 5),
                               .rivals = sql_int(q, 20)};
        fill_sides(q, &p);
        st = each(user, &p);
    }
    return st;
}

/* The key of a result that a clerk calls by its key, its case code, or, with
 * NULL, by being the only one that the document may be. Caller frees. */
static enum status find_result(struct sql *db, const char *document,
                               const char *called, char **key)
{
    AUTO(sql_finishp) struct sql_stmt *q = NULL;
    bool row = false, more = false;
    enum status st;

    if (called)
        st = sql_prepare(db, &q,
                         "SELECT key FROM result WHERE current = 1 AND"
                         " (key = ?1 OR case_code = ?1 OR number || '/' ||"
                         " notation = ?1) ORDER BY key = ?1 DESC",
                         "s", called);
    else
        st = sql_prepare(db, &q,
                         "SELECT result FROM match WHERE document = ?"
                         " AND state = 'review'",
                         "s", document);
    if (st == STATUS_OK)
        st = sql_step(q, &row);
    if (st != STATUS_OK)
        return st;
    if (!row)
        return called ? fail(STATUS_NOT_FOUND,
                             _("the registers have no result '%s'"), called)
                      : fail(STATUS_NOT_FOUND,
                             _("no match of '%s' waits for a decision"),
                             document);
    *key = xstrdup(sql_text(q, 0));
    if (called && strcmp(*key, called) == 0)
        return STATUS_OK;
    st = sql_step(q, &more);
    if (st != STATUS_OK || !more)
        return st;
    free(*key);
    *key = NULL;
    return fail(STATUS_INVALID,
                _("more than one result is meant; name it as 'hoso register"
                  " review show %s' does"),
                document);
}

enum status archive_match_decide(struct archive *a, const char *document,
                                 const char *result, bool accept)
{
    AUTO(json_decrefp) json_t *data = json_object();
    AUTO(free_char) char *who = archive_who();
    AUTO(free_char) char *key = NULL;
    struct sql *db = NULL;
    enum status st = registers_gather(a->store, NULL);

    if (st == STATUS_OK)
        st = registers_sql(a->store, &db);
    if (st == STATUS_OK)
        st = find_result(db, document, result, &key);
    if (st != STATUS_OK)
        return st;
    json_object_set_new(data, "result", json_text_value(key));
    json_object_set_new(data, "document", json_text_value(document));
    st = registers_decide(a->store,
                          accept ? DECISION_MATCH_ACCEPT
                                 : DECISION_MATCH_REJECT,
                          who, data);
    return st == STATUS_OK ? archive_match_new(a) : st;
}

enum status archive_match_unknown(struct archive *a,
                                  enum status (*each)(void *user,
                                                      const char *document,
                                                      const char *title),
                                  void *user)
{
    AUTO(sql_finishp) struct sql_stmt *q = NULL;
    struct sql *db = NULL;
    bool row = false;
    enum status st = registers_sql(a->store, &db);

    if (st == STATUS_OK)
        st = sql_prepare(db, &q,
                         "SELECT id, title FROM document WHERE kind = 'result'"
                         " AND id NOT IN (SELECT document FROM match"
                         "  WHERE state <> 'rejected') ORDER BY id",
                         "");
    while (st == STATUS_OK && (st = sql_step(q, &row)) == STATUS_OK && row)
        st = each(user, sql_text(q, 0), sql_text(q, 1));
    return st;
}
