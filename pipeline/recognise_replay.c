/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pages as JSON files, one a page, named by the source's digest: the form of
 * a page in record.json, so recordings are made and read by the same code. */
#include "pipeline/recognise_replay.h"

#include "base/alloc.h"
#include "base/digest.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/json.h"
#include <stdlib.h>
#include <string.h>

#define RECORDING_MAX_BYTES (64u << 20)

enum status replay_parse(const char *setting, struct replay *out)
{
    static const char play[] = "replay:", record[] = "record:";
    struct replay r = {.mode = REPLAY_OFF};

    if (setting != NULL && setting[0] != '\0') {
        if (strncmp(setting, play, strlen(play)) == 0)
            r.mode = REPLAY_PLAY;
        else if (strncmp(setting, record, strlen(record)) == 0)
            r.mode = REPLAY_RECORD;
        r.folder = setting + strlen(play); /* both are as long */
        if (r.mode == REPLAY_OFF || r.folder[0] == '\0')
            return fail(STATUS_CONFIG,
                        _("HOSO_OCR is '%s'; it must be replay:DIR or "
                          "record:DIR"),
                        setting);
    }
    *out = r;
    return STATUS_OK;
}

static enum status recording_path(const struct replay *r, const char *sha256,
                                  int source_page, char **out)
{
    AUTO(free_char) char *name = NULL;

    if (sha256 == NULL || !digest_is_hex(sha256))
        return fail(STATUS_INTERNAL, _("a page without the digest of its "
                                       "source cannot be replayed"));
    name = xasprintf("%s-%d.json", sha256, source_page + 1);
    *out = path_join(r->folder, name);
    return STATUS_OK;
}

enum status replay_load(const struct replay *r, const char *sha256,
                        int source_page, struct page *out)
{
    AUTO(free_char) char *path = NULL;
    AUTO(free_char) char *bytes = NULL;
    AUTO(json_decrefp) json_t *json = NULL;
    size_t n;
    enum status st = recording_path(r, sha256, source_page, &path);

    if (st == STATUS_OK)
        st = file_read(path, RECORDING_MAX_BYTES, &bytes, &n);
    if (st != STATUS_OK)
        return st;
    st = json_parse(bytes, n, path, &json);
    if (st == STATUS_OK)
        st = page_from_json(json, out);
    if (st != STATUS_OK)
        return explain(st, _("recording '%s'"), path);
    out->source = 0;
    out->source_page = source_page;
    return STATUS_OK;
}

enum status replay_store(const struct replay *r, const char *sha256,
                         int source_page, const struct page *page)
{
    AUTO(free_char) char *path = NULL;
    AUTO(free_char) char *text = NULL;
    AUTO(json_decrefp) json_t *json = page_to_json(page);
    enum status st = recording_path(r, sha256, source_page, &path);

    if (st != STATUS_OK)
        return st;
    text = json_text(json, false);
    return file_write_durable(path, text, strlen(text), 0644);
}
