/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The files that make a folder a bag: lists of digests and a few facts. */
#include "store/bag.h"

#include "base/alloc.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

#define DIGEST_DIGITS (DIGEST_HEX_BYTES - 1)

void bag_files_clear(struct bag_files *l)
{
    for (int i = 0; i < l->n; i++)
        free(l->items[i].path);
    free(l->items);
    memset(l, 0, sizeof(*l));
}

struct bag_file *bag_files_add(struct bag_files *l, const char *path,
                               uint64_t bytes)
{
    struct bag_file *f;

    GROW(l->items, l->n, l->cap);
    f = &l->items[l->n++];
    memset(f, 0, sizeof(*f));
    f->path = xstrdup(path);
    f->bytes = bytes;
    return f;
}

static int by_path(const void *a, const void *b)
{
    return strcmp(((const struct bag_file *)a)->path,
                  ((const struct bag_file *)b)->path);
}

void bag_files_sort(struct bag_files *l)
{
    if (l->n > 1)
        qsort(l->items, (size_t)l->n, sizeof(*l->items), by_path);
}

const struct bag_file *bag_files_find(const struct bag_files *l,
                                      const char *path)
{
    int low = 0;
    int high = l->n;

    while (low < high) {
        int middle = low + (high - low) / 2;
        int order = strcmp(path, l->items[middle].path);

        if (order == 0)
            return &l->items[middle];
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

char *bag_manifest_text(const struct bag_files *l)
{
    struct strbuf b;

    strbuf_init(&b);
    for (int i = 0; i < l->n; i++)
        strbuf_addf(&b, "%s  %s\n", l->items[i].sha256, l->items[i].path);
    return strbuf_take(&b);
}

char *bag_name(const char *id, int version)
{
    return version > 1 ? xasprintf("%s.%d", id, version) : xstrdup(id);
}

/* One line "label: value"; a value of several lines is made one. */
static void add_info(struct strbuf *b, const char *label, const char *value)
{
    if (!value || !*value)
        return;
    strbuf_addf(b, "%s: ", label);
    for (; *value; value++)
        strbuf_addc(b, *value == '\n' || *value == '\r' ? ' ' : *value);
    strbuf_addc(b, '\n');
}

char *bag_info_text(const struct store *s, const struct record *r,
                    const struct bag_files *payload)
{
    struct strbuf b;
    char day[CLOCK_ISO_BYTES];
    int version = record_version(r);
    AUTO(free_char) char *name = bag_name(r->id, version);
    AUTO(free_char) char *count = xasprintf("%d of ?", version);
    uint64_t bytes = 0;

    for (int i = 0; i < payload->n; i++)
        bytes += payload->items[i].bytes;
    clock_iso(record_changed_at(r), day);
    day[10] = '\0';
    strbuf_init(&b);
    add_info(&b, "Source-Organization",
             s->agency && *s->agency ? s->agency : s->fonds_name);
    add_info(&b, "External-Identifier", name);
    if (version > 1) {
        add_info(&b, "Bag-Group-Identifier", r->id);
        add_info(&b, "Bag-Count", count);
    }
    add_info(&b, "Internal-Sender-Identifier", s->fonds_code);
    add_info(&b, "Internal-Sender-Description", s->fonds_name);
    add_info(&b, "Bagging-Date", day);
    add_info(&b, "Bag-Software-Agent", "hoso " HOSO_VERSION);
    strbuf_addf(&b, "Payload-Oxum: %llu.%d\n", (unsigned long long)bytes,
                payload->n);
    return strbuf_take(&b);
}

/* A path that stays inside the bag. */
static bool is_inner_path(const char *path, size_t n)
{
    if (n == 0 || path[0] == '/' || memchr(path, '\0', n))
        return false;
    for (size_t i = 0; i < n;) {
        size_t part = 0;

        while (i + part < n && path[i + part] != '/')
            part++;
        if (part == 0 || (part == 1 && path[i] == '.') ||
            (part == 2 && path[i] == '.' && path[i + 1] == '.'))
            return false;
        i += part + 1;
        if (i == n)
            return false;
    }
    return true;
}

static bool parse_line(const char *line, size_t n, struct bag_files *out)
{
    char hex[DIGEST_HEX_BYTES];
    AUTO(free_char) char *path = NULL;
    size_t at = DIGEST_DIGITS;

    if (n < DIGEST_DIGITS + 2)
        return false;
    memcpy(hex, line, DIGEST_DIGITS);
    hex[DIGEST_DIGITS] = '\0';
    if (!digest_is_hex(hex) || (line[at] != ' ' && line[at] != '\t'))
        return false;
    while (at < n && (line[at] == ' ' || line[at] == '\t'))
        at++;
    if (at < n && line[at] == '*')
        at++;
    if (!is_inner_path(line + at, n - at))
        return false;
    path = xstrndup(line + at, n - at);
    memcpy(bag_files_add(out, path, 0)->sha256, hex, sizeof(hex));
    return true;
}

enum status bag_manifest_parse(const char *text, struct bag_files *out)
{
    int number = 0;
    enum status st;

    while (*text) {
        size_t n = strcspn(text, "\r\n");

        number++;
        if (!parse_line(text, n, out)) {
            bag_files_clear(out);
            return fail(STATUS_DAMAGED, _("line %d is not a digest and a path"),
                        number);
        }
        text += n;
        if (*text == '\r')
            text++;
        if (*text == '\n')
            text++;
    }
    bag_files_sort(out);
    for (int i = 1; i < out->n; i++) {
        if (strcmp(out->items[i - 1].path, out->items[i].path) != 0)
            continue;
        st =
            fail(STATUS_DAMAGED, _("'%s' is listed twice"), out->items[i].path);
        bag_files_clear(out);
        return st;
    }
    return STATUS_OK;
}
