/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What people decided, in registers/decisions.jsonl: written down and synced
 * before it is in force, a line each, never changed. A line without its end is
 * of a process that died while it wrote; the next one is written in its place.
 */
#include "store/registers_inner.h"

#include "base/alloc.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/i18n.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define LOG_NAME "decisions.jsonl"
#define LOG_BYTES_MAX (512u << 20)

static const char *const codes[] = {
#define DECISION_CODE(name, code) code,
    DECISION_LIST(DECISION_CODE)
#undef DECISION_CODE
};

/* ---- the file ---- */

/* All whole lines of it; *n: their bytes. Caller frees. */
static enum status read_log(struct store *s, char **out, size_t *n)
{
    AUTO(free_char) char *path = registers_path(s, LOG_NAME);
    enum status st = file_read(path, LOG_BYTES_MAX, out, n);

    if (st == STATUS_NOT_FOUND) {
        *out = xstrdup("");
        *n = 0;
        return STATUS_OK;
    }
    if (st == STATUS_OK)
        while (*n > 0 && (*out)[*n - 1] != '\n')
            (*out)[--*n] = '\0';
    return st;
}

enum status decisions_count(struct store *s, int64_t *out)
{
    AUTO(free_char) char *text = NULL;
    size_t n = 0;
    enum status st = read_log(s, &text, &n);

    *out = 0;
    for (size_t i = 0; st == STATUS_OK && i < n; i++)
        *out += text[i] == '\n';
    return st;
}

static enum status append(struct store *s, const char *line)
{
    AUTO(free_char) char *folder = store_path(s, "registers");
    AUTO(free_char) char *path = registers_path(s, LOG_NAME);
    AUTO(free_char) char *whole = NULL;
    AUTO(close_fdp) int fd = -1;
    size_t n = 0;
    enum status st = file_make_dirs(folder, PACKAGE_DIR_MODE);

    if (st == STATUS_OK)
        st = read_log(s, &whole, &n);
    if (st != STATUS_OK)
        return st;
    fd = open(path, O_WRONLY | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (fd < 0)
        return fail_errno(STATUS_IO, errno, _("cannot open '%s'"), path);
    if (ftruncate(fd, (off_t)n) != 0 || lseek(fd, 0, SEEK_END) < 0)
        return fail_errno(STATUS_IO, errno, _("cannot write '%s'"), path);
    st = file_write_all(fd, line, strlen(line), path);
    if (st == STATUS_OK)
        st = file_sync(fd, path);
    if (st != STATUS_OK) {
        /* Half a line, or one that may not last, must not count. */
        if (ftruncate(fd, (off_t)n) != 0)
            s->broken = true;
        return st;
    }
    return file_sync_dir(folder);
}

static enum status parse_line(const char *line, int64_t number,
                              const char *path, long long *imports,
                              json_t **out)
{
    long long n = 0;
    enum status st = json_parse(line, strlen(line), path, out);

    if (st == STATUS_OK)
        st = json_get_int(*out, "n", 1, INT64_MAX, &n);
    if (st == STATUS_OK)
        st = json_get_int(*out, "imports", 0, INT64_MAX, imports);
    if (st == STATUS_OK && n != number)
        st = fail(STATUS_INVALID, _("number %d is missing"), (int)number);
    if (st == STATUS_OK)
        return st;
    return fail(STATUS_DAMAGED, _("'%s' line %d: %s"), path, (int)number,
                status_message());
}

enum status
decisions_read(struct store *s,
               enum status (*each)(void *user, int64_t number, int64_t imports,
                                   const json_t *line),
               void *user)
{
    AUTO(free_char) char *path = registers_path(s, LOG_NAME);
    AUTO(free_char) char *text = NULL;
    size_t n = 0;
    int64_t number = 0;
    enum status st = read_log(s, &text, &n);
    char *rest = text;

    for (char *line; st == STATUS_OK && rest && *rest &&
                     (line = strsep(&rest, "\n"));) {
        AUTO(json_decrefp) json_t *j = NULL;
        long long imports = 0;

        st = parse_line(line, ++number, path, &imports, &j);
        if (st == STATUS_OK)
            st = each(user, number, imports, j);
    }
    return st;
}

/* ---- a decision ---- */

/* The names of the members, those that must be there before the bar. */
static const char *members_of(enum decision what)
{
    switch (what) {
    case DECISION_IMPORT_REVERT:
        return "import";
    case DECISION_MATCH_ACCEPT:
    case DECISION_MATCH_REJECT:
    case DECISION_MATCH_FORGET:
        return "result,document";
    case DECISION_FILE:
        return "document,person,component|year";
    case DECISION_UNFILE:
        return "document,person";
    case DECISION_DOSSIER_OPEN:
        return "dossier,kind,title|note";
    case DECISION_DOSSIER_ADD:
        return "dossier,document|position";
    case DECISION_DOSSIER_REMOVE:
        return "dossier,document";
    case DECISION_DOSSIER_CLOSE:
        return "dossier|maintenance,note";
    case DECISION_DOSSIER_REOPEN:
    case DECISION_COUNT:
        break;
    }
    return "dossier";
}

static enum status check_members(enum decision what, const json_t *data)
{
    AUTO(free_char) char *names = xstrdup(members_of(what));
    bool needed = true;

    for (char *c = names; *c;) {
        size_t n = strcspn(c, ",|");
        char end = c[n];
        const json_t *v;

        c[n] = '\0';
        v = json_object_get(data, c);
        if ((needed && (!json_is_string(v) || !*json_string_value(v))) ||
            (v && !json_is_string(v)))
            return fail(STATUS_INVALID, _("a decision '%s' needs '%s'"),
                        codes[what], c);
        needed = needed && end != '|';
        c += n + (end != '\0');
    }
    return STATUS_OK;
}

static enum status require(struct sql *db, const char *query,
                           const char *value)
{
    int64_t n = 0;
    enum status st = sql_int_of(db, &n, query, "s", value);

    if (st != STATUS_OK || n > 0)
        return st;
    return fail(STATUS_NOT_FOUND, _("there is no '%s'"), value);
}

static enum status require_not_reverted(struct sql *db, const char *number)
{
    int64_t reverted = -1;
    enum status st = sql_int_of(db, &reverted,
                                "SELECT reverted FROM import WHERE number = ?",
                                "s", number);

    if (st != STATUS_OK || reverted == 0)
        return st;
    return reverted < 0
               ? fail(STATUS_NOT_FOUND, _("there is no import %s"), number)
               : fail(STATUS_EXISTS, _("import %s is undone already"), number);
}

/* What a decision speaks of must be there. */
static enum status check_subjects(struct sql *db, enum decision what,
                                  const json_t *data)
{
    const char *result = json_string_or(data, "result", "");
    const char *document = json_string_or(data, "document", "");
    const char *person = json_string_or(data, "person", "");
    const char *dossier = json_string_or(data, "dossier", "");
    int64_t n = 0;
    enum status st = STATUS_OK;

    if (what == DECISION_IMPORT_REVERT)
        return require_not_reverted(db, json_string_or(data, "import", ""));
    if (*result)
        st = require(db, "SELECT count(*) FROM result WHERE key = ?", result);
    if (st == STATUS_OK && *person)
        st = require(db, "SELECT count(*) FROM person WHERE key = ?", person);
    if (st == STATUS_OK && *document)
        st = require(db, "SELECT count(*) FROM document WHERE id = ?", document);
    if (st == STATUS_OK && *dossier && what != DECISION_DOSSIER_OPEN)
        return require(db, "SELECT count(*) FROM dossier WHERE id = ?", dossier);
    if (st == STATUS_OK && what == DECISION_DOSSIER_OPEN)
        st = sql_int_of(db, &n, "SELECT count(*) FROM dossier WHERE id = ?",
                        "s", dossier);
    return st == STATUS_OK && n > 0
               ? fail(STATUS_EXISTS, _("there is a dossier '%s' already"),
                      dossier)
               : st;
}

static json_t *decision_line(int64_t number, int64_t imports,
                             enum decision what, const char *who,
                             const json_t *data)
{
    char at[CLOCK_ISO_BYTES];
    json_t *j = json_object();

    clock_iso(clock_now(), at);
    json_object_set_new(j, "n", json_integer(number));
    json_object_set_new(j, "at", json_string(at));
    json_object_set_new(j, "who", json_text_value(who));
    json_object_set_new(j, "what", json_string(codes[what]));
    json_object_set_new(j, "imports", json_integer(imports));
    json_object_set_new(j, "data", json_deep_copy(data));
    return j;
}

static enum status decide_locked(struct store *s, struct sql *db,
                                 enum decision what, const char *who,
                                 const json_t *data)
{
    AUTO(json_decrefp) json_t *j = NULL;
    AUTO(free_char) char *text = NULL;
    AUTO(free_char) char *line = NULL;
    int64_t number = 0, imports = 0;
    enum status st = check_subjects(db, what, data);

    if (st == STATUS_OK)
        st = decisions_count(s, &number);
    if (st == STATUS_OK)
        st = kept_last(s, &imports);
    if (st != STATUS_OK)
        return st;
    j = decision_line(++number, imports, what, who, data);
    text = json_text(j, false);
    line = xasprintf("%s\n", text);
    st = sql_begin(db);
    if (st == STATUS_OK)
        st = decision_apply(db, number, j);
    if (st == STATUS_OK)
        st = append(s, line);
    if (st == STATUS_OK)
        st = sql_commit(db);
    if (st == STATUS_OK)
        return sql_checkpoint(db);
    sql_rollback(db);
    return st;
}

enum status registers_decide(struct store *s, enum decision what,
                             const char *who, const json_t *data)
{
    struct sql *db = NULL;
    enum status st = check_members(what, data);

    if (st == STATUS_OK)
        st = store_lock(s);
    if (st != STATUS_OK)
        return st;
    st = registers_sql(s, &db);
    if (st == STATUS_OK)
        st = decide_locked(s, db, what, who, data);
    store_unlock(s);
    return st;
}

enum status decision_code(const char *code, enum decision *out)
{
    for (int i = 0; i < DECISION_COUNT; i++)
        if (strcmp(codes[i], code) == 0) {
            *out = (enum decision)i;
            return STATUS_OK;
        }
    return fail(STATUS_DAMAGED,
                _("a decision '%s' is of a newer hoso; install it"), code);
}
