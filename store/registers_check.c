/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The proof of registers/: every register is byte for byte what was given,
 * none is missing, and every decision can be read.
 */
#include "store/registers_inner.h"

#include "base/alloc.h"
#include "base/file.h"
#include "base/i18n.h"

#include <ctype.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

bool belongs_in_registers(const char *path)
{
    static const char *const endings[] = {".json", ".csv", ".xlsx",
                                          ".sheet.csv"};
    const char *name = path + strlen("registers/");
    size_t digits = 0;

    if (strncmp(path, "registers/", strlen("registers/")) != 0)
        return false;
    if (strcmp(name, "decisions.jsonl") == 0)
        return true;
    while (isdigit((unsigned char)name[digits]))
        digits++;
    for (size_t i = 0; digits >= 6 && i < ARRAY_LEN(endings); i++)
        if (strcmp(name + digits, endings[i]) == 0)
            return true;
    return false;
}

static void check_file(struct store *s, const char *name, const char *sha256,
                       struct verify_result *out)
{
    AUTO(free_char) char *path = registers_path(s, name);
    AUTO(close_fdp) int fd = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    char hex[DIGEST_HEX_BYTES];
    uint64_t bytes = 0;

    if (fd < 0 || digest_fd(fd, path, hex, &bytes) != STATUS_OK)
        finding_take(out, CHECK_FILE_MISSING, true,
                     path_join("registers", name),
                     xstrdup(_("the register cannot be read")));
    else if (strcmp(hex, sha256) != 0)
        finding_take(out, CHECK_FILE_DIGEST, true, path_join("registers", name),
                     xasprintf(_("SHA-256 is %s and should be %s"), hex,
                               sha256));
    out->files++;
    out->bytes += bytes;
}

static void check_import(struct store *s, int64_t number,
                         struct verify_result *out)
{
    struct kept_import k;
    AUTO(free_char)
    char *where = xasprintf("registers/%06d.json", (int)number);
    enum status st = kept_read(s, number, &k);

    if (st != STATUS_OK) {
        finding_take(out,
                     st == STATUS_NOT_FOUND ? CHECK_FILE_MISSING
                                            : CHECK_FILE_DIGEST,
                     true, STEAL(where), xstrdup(status_message()));
        return;
    }
    check_file(s, k.file, k.sha256, out);
    if (k.sheet && k.sheet_sha256)
        check_file(s, k.sheet, k.sheet_sha256, out);
    kept_import_clear(&k);
}

static enum status look_at_decision(void *user, int64_t number, int64_t imports,
                                    const json_t *line)
{
    enum decision what;
    int64_t *last = user;
    enum status st =
        decision_code(json_string_or(line, "what", ""), &what);

    *last = number;
    if (st == STATUS_OK && imports < 0)
        return fail(STATUS_DAMAGED, _("decision %d cannot be read"),
                    (int)number);
    return st;
}

enum status registers_check(struct store *s, struct verify_result *out)
{
    int64_t last = 0, decisions = 0;
    enum status st = kept_last(s, &last);

    if (st != STATUS_OK)
        return st;
    for (int64_t i = 1; i <= last; i++)
        check_import(s, i, out);
    st = decisions_read(s, look_at_decision, &decisions);
    if (st == STATUS_DAMAGED) {
        finding_take(out, CHECK_FILE_DIGEST, true,
                     xstrdup("registers/decisions.jsonl"),
                     xstrdup(status_message()));
        return STATUS_OK;
    }
    return st;
}
