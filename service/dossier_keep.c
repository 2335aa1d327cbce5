/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What people do with dossiers: open, fill, close. Each is a decision that is
 * written down before it holds. */
#include "service/report_inner.h"

#include "base/alloc.h"
#include "base/i18n.h"

#include <stdlib.h>
#include <string.h>

static enum status decide(struct archive *a, enum decision what,
                          json_t *take_data)
{
    AUTO(free_char) char *who = archive_who();
    enum status st = registers_decide(a->store, what, who, take_data);
    json_decref(take_data);
    return st;
}

static enum status open_dossier(struct archive *a, const char *id,
                                const char *kind, const char *title)
{
    return decide(a, DECISION_DOSSIER_OPEN,
                  json_pack("{s:o, s:s, s:o, s:s}", "dossier",
                            json_text_value(id), "kind", kind, "title",
                            json_text_value(title), "note", ""));
}

static enum status add(struct archive *a, const char *id, const char *document,
                       int position)
{
    AUTO(free_char) char *place = xasprintf("%d", position);
    return decide(a, DECISION_DOSSIER_ADD,
                  json_pack("{s:o, s:o, s:s}", "dossier", json_text_value(id),
                            "document", json_text_value(document), "position",
                            place));
}

static enum status in_table(struct archive *a, const char *id, bool *yes)
{
    struct sql *db = NULL;
    int64_t n = 0;
    enum status st = archive_registers(a, &db);
    if (st == STATUS_OK)
        st = sql_int_of(db, &n, "SELECT count(*) FROM dossier WHERE id = ?",
                        "s", id);
    *yes = n > 0;
    return st;
}

/* A staff paper in a work file would be shown where it must not be. */
static enum status require_documents(struct archive *a,
                                     const char *const *documents, int n)
{
    for (int i = 0; i < n; i++) {
        struct doc_row row = {0};
        enum status st = store_get(a->store, documents[i], &row);
        if (st == STATUS_OK && strcmp(row.kind, "staff") == 0)
            st = fail(STATUS_USAGE,
                      _("'%s' is a staff paper; it goes into the dossier of "
                        "its person by itself"),
                      documents[i]);
        doc_row_clear(&row);
        if (st != STATUS_OK)
            return st;
    }
    return STATUS_OK;
}

static enum status add_all(struct archive *a, const char *id,
                           const char *const *documents, int n)
{
    struct dossier d;
    enum status st = archive_dossier(a, id, &d);
    int position = d.n_papers;
    if (st == STATUS_OK && d.closed_at != 0)
        st = fail(STATUS_EXISTS, _("the dossier '%s' is closed"), id);
    dossier_clear(&d);
    for (int i = 0; st == STATUS_OK && i < n; i++)
        st = add(a, id, documents[i], ++position);
    return st;
}

enum status archive_dossier_add(struct archive *a, const char *id,
                                const char *title,
                                const char *const *documents, int n)
{
    bool known = false;
    enum status st = require_documents(a, documents, n);
    if (st == STATUS_OK)
        st = in_table(a, id, &known);
    if (st != STATUS_OK)
        return st;
    if (!known && !title)
        return fail(STATUS_USAGE,
                    _("the dossier '%s' is new; give it a title with "
                      "'--title'"),
                    id);
    if (!known)
        st = open_dossier(a, id, "work", title);
    return st == STATUS_OK ? add_all(a, id, documents, n) : st;
}

enum status archive_dossier_close(struct archive *a, const char *id,
                                  const char *maintenance, const char *note)
{
    struct dossier d;
    bool known = false;
    enum status st = archive_dossier(a, id, &d);
    if (st == STATUS_OK && d.closed_at != 0)
        st = fail(STATUS_EXISTS, _("the dossier '%s' is closed already"), id);
    if (st == STATUS_OK)
        st = in_table(a, id, &known);
    if (st == STATUS_OK && !known)
        st = open_dossier(a, id, d.kind, d.title);
    for (int i = 0; st == STATUS_OK && i < d.n_papers; i++)
        st = add(a, id, d.papers[i].document, i + 1);
    if (st == STATUS_OK)
        st = decide(a, DECISION_DOSSIER_CLOSE,
                    json_pack("{s:o, s:o, s:o}", "dossier",
                              json_text_value(id), "maintenance",
                              json_text_value(maintenance ? maintenance : ""),
                              "note", json_text_value(note ? note : "")));
    dossier_clear(&d);
    return st;
}

enum status archive_staff_file(struct archive *a, const char *document,
                               const char *key, const char *component,
                               const char *year, bool file)
{
    struct doc_row row = {0};
    enum status st = store_get(a->store, document, &row);
    if (st == STATUS_OK && strcmp(row.kind, "staff") != 0)
        st = fail(STATUS_USAGE,
                  _("'%s' is no staff paper; 'hoso list --kind staff' lists "
                    "them"),
                  document);
    doc_row_clear(&row);
    if (st != STATUS_OK)
        return st;
    json_t *data = json_pack("{s:o, s:o}", "document",
                             json_text_value(document), "person",
                             json_text_value(key));
    if (!file)
        return decide(a, DECISION_UNFILE, data);
    json_object_set_new(data, "component",
                        json_text_value(component ? component : ""));
    json_object_set_new(data, "year", json_text_value(year ? year : ""));
    return decide(a, DECISION_FILE, data);
}
