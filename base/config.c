/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Settings from defaults, hoso.ini, environment and command line. The ini
 * syntax is inih's; what is known, of which type and in which range is
 * CONFIG_LIST's.
 */
#include "base/config.h"
#include "base/alloc.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/strbuf.h"
#include "base/text.h"

#include <assert.h>
#include <ctype.h>
#include <errno.h>
#include <ini.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* inih reads lines of 200 bytes; key and value of a line fit in any case. */
#define VALUE_BYTES_MAX 160
#define FILE_BYTES_MAX (1024 * 1024)
#define ENV_NAME_MAX 128

struct setting_def {
    const char *section, *key;
    enum config_type type;
    const char *initial;
    const char *range; /* "min..max", "a|b|c" or "" */
    const char *comment_vi, *comment_en;
};

static const struct setting_def defs[CONFIG_COUNT] = {
#define CONFIG_DEF(id, section, key, type, initial, range, vi, en) \
    [CONFIG_##id] = {section, key, CONFIG_##type, initial, range, vi, en},
    CONFIG_LIST(CONFIG_DEF)
#undef CONFIG_DEF
};

/* How strong a value is; a weaker one never replaces a stronger one. */
enum rank { RANK_DEFAULT, RANK_FILE, RANK_ENVIRONMENT, RANK_SAID };

struct value {
    char *text;
    char *origin;
    enum rank rank;
};

struct config {
    struct value values[CONFIG_COUNT];
};

/* ---- checking one value ---- */

static bool parse_int(const char *text, long *out)
{
    char *end;
    if (*text == '\0' || isspace((unsigned char)*text))
        return false;
    errno = 0;
    *out = strtol(text, &end, 10);
    return errno == 0 && *end == '\0';
}

static enum status check_int(const struct setting_def *d, const char *text)
{
    long min, max, n;
    char *end;
    min = strtol(d->range, &end, 10);
    assert(strncmp(end, "..", 2) == 0);
    max = strtol(end + 2, NULL, 10);
    if (!parse_int(text, &n) || n < min || n > max)
        return fail(STATUS_CONFIG,
                    _("setting %s.%s is '%s', but must be a whole number "
                      "from %ld to %ld"),
                    d->section, d->key, text, min, max);
    return STATUS_OK;
}

static int bool_value(const char *text)
{
    static const char *const yes[] = {"true", "yes", "on", "1"};
    static const char *const no[] = {"false", "no", "off", "0"};
    for (size_t i = 0; i < ARRAY_LEN(yes); i++) {
        if (strcasecmp(text, yes[i]) == 0)
            return 1;
        if (strcasecmp(text, no[i]) == 0)
            return 0;
    }
    return -1;
}

static bool in_choices(const char *choices, const char *text)
{
    size_t n = strlen(text);
    for (const char *p = choices; n > 0;) {
        size_t len = strcspn(p, "|");
        if (len == n && memcmp(p, text, n) == 0)
            return true;
        if (p[len] == '\0')
            return false;
        p += len + 1;
    }
    return false;
}

/* What is set must also survive being written to hoso.ini and read again:
 * one line, no white space at its ends, nothing inih takes for a comment. */
static enum status check_text(const struct setting_def *d, const char *text)
{
    size_t n = strlen(text);
    bool fits = n <= VALUE_BYTES_MAX && text_valid(text, n);
    if (n > 0 && (isspace((unsigned char)text[0]) || text[0] == ';' ||
                  isspace((unsigned char)text[n - 1])))
        fits = false;
    for (size_t i = 0; i < n; i++) {
        if (iscntrl((unsigned char)text[i]) ||
            (text[i] == ';' && i > 0 && isspace((unsigned char)text[i - 1])))
            fits = false;
    }
    if (fits)
        return STATUS_OK;
    return fail(STATUS_CONFIG,
                _("setting %s.%s must be one line of UTF-8 text, at most %d "
                  "bytes, without ';' after a space"),
                d->section, d->key, VALUE_BYTES_MAX);
}

static enum status check_value(const struct setting_def *d, const char *text)
{
    switch (d->type) {
    case CONFIG_INT:
        return check_int(d, text);
    case CONFIG_BOOL:
        if (bool_value(text) >= 0)
            return STATUS_OK;
        return fail(STATUS_CONFIG,
                    _("setting %s.%s is '%s', but must be true or false"),
                    d->section, d->key, text);
    case CONFIG_CHOICE:
        if (in_choices(d->range, text))
            return STATUS_OK;
        return fail(STATUS_CONFIG,
                    _("setting %s.%s is '%s', but must be one of %s"),
                    d->section, d->key, text, d->range);
    case CONFIG_TEXT:
        return check_text(d, text);
    }
    return fail(STATUS_INTERNAL, _("setting %s.%s has no type"), d->section,
                d->key);
}

static void put(struct config *c, enum config_id id, const char *text,
                const char *origin, enum rank rank)
{
    struct value *v = &c->values[id];
    char *value;
    if (defs[id].type == CONFIG_BOOL)
        value = xstrdup(bool_value(text) ? "true" : "false");
    else
        value = xstrdup(text);
    char *from = xstrdup(origin);
    free(v->text);
    free(v->origin);
    v->text = value;
    v->origin = from;
    v->rank = rank;
}

/* ---- defaults and environment ---- */

static void env_name(const struct setting_def *d, char out[ENV_NAME_MAX])
{
    int n = snprintf(out, ENV_NAME_MAX, "HOSO_%s_%s", d->section, d->key);
    assert(n > 0 && n < ENV_NAME_MAX);
    for (char *p = out; *p != '\0'; p++)
        *p = (char)toupper((unsigned char)*p);
}

/* An empty variable counts as not set. */
static enum status read_environment(struct config *c)
{
    for (int id = 0; id < CONFIG_COUNT; id++) {
        char name[ENV_NAME_MAX];
        env_name(&defs[id], name);
        const char *text = getenv(name);
        if (text == NULL || *text == '\0')
            continue;
        enum status st = check_value(&defs[id], text);
        if (st != STATUS_OK)
            return explain(st, _("environment variable %s"), name);
        AUTO(free_char) char *origin = xasprintf("environment %s", name);
        put(c, (enum config_id)id, text, origin, RANK_ENVIRONMENT);
    }
    return STATUS_OK;
}

/* A variable HOSO_<SECTION>_… that names no setting would be passed over in
 * silence otherwise. */
static enum status check_environment(void)
{
    for (char **e = environ; *e != NULL; e++) {
        size_t n = strcspn(*e, "=");
        bool ours = false, known = false;
        for (int id = 0; id < CONFIG_COUNT; id++) {
            char name[ENV_NAME_MAX];
            env_name(&defs[id], name);
            size_t prefix = strlen("HOSO_") + strlen(defs[id].section) + 1;
            ours |= strncmp(*e, name, prefix) == 0;
            known |= strlen(name) == n && memcmp(*e, name, n) == 0;
        }
        AUTO(free_char) char *name = xstrndup(*e, n);
        if (ours && !known)
            return fail(STATUS_CONFIG,
                        _("environment variable %s names no setting; 'hoso "
                          "config' without it lists them"),
                        name);
    }
    return STATUS_OK;
}

enum status config_new(struct config **out)
{
    AUTO(config_freep) struct config *c = xcalloc(1, sizeof(*c));
    for (int id = 0; id < CONFIG_COUNT; id++)
        put(c, (enum config_id)id, defs[id].initial, "default", RANK_DEFAULT);
    enum status st = check_environment();
    if (st == STATUS_OK)
        st = read_environment(c);
    if (st != STATUS_OK)
        return st;
    *out = STEAL(c);
    return STATUS_OK;
}

void config_free(struct config *c)
{
    if (c == NULL)
        return;
    for (int id = 0; id < CONFIG_COUNT; id++) {
        free(c->values[id].text);
        free(c->values[id].origin);
    }
    free(c);
}

void config_freep(struct config **c)
{
    config_free(*c);
    *c = NULL;
}

/* ---- hoso.ini ---- */

struct load {
    struct config *c;
    const char *name; /* of the file, for origins and messages */
    const char *next; /* what is still to be read */
    int line;
    bool seen[CONFIG_COUNT];
    enum status st;
};

/* fgets() for inih out of memory. Comments are left out, so that they may be
 * longer than inih's lines; NULL (the end) after a failure. */
static char *next_line(char *buffer, int size, void *stream)
{
    struct load *l = stream;
    if (l->st != STATUS_OK || *l->next == '\0')
        return NULL;
    l->line++;
    const char *line = l->next;
    size_t n = strcspn(line, "\n");
    l->next += n + (line[n] == '\n');
    if (n > 0 && line[n - 1] == '\r')
        n--;
    while (n > 0 && isblank((unsigned char)*line)) {
        line++;
        n--;
    }
    if (n > 0 && (*line == '#' || *line == ';'))
        n = 0;
    if (n + 2 > (size_t)size) {
        l->st = fail(STATUS_CONFIG,
                     _("%s line %d is longer than %d bytes; shorten it"),
                     l->name, l->line, size - 2);
        return NULL;
    }
    memcpy(buffer, line, n);
    buffer[n] = '\n';
    buffer[n + 1] = '\0';
    return buffer;
}

static const char *nearest_section(const char *section)
{
    const char *best = defs[0].section;
    for (int id = 0; id < CONFIG_COUNT; id++) {
        if (text_distance(section, defs[id].section) <
            text_distance(section, best))
            best = defs[id].section;
    }
    return best;
}

static bool section_known(const char *section)
{
    for (int id = 0; id < CONFIG_COUNT; id++) {
        if (strcmp(defs[id].section, section) == 0)
            return true;
    }
    return false;
}

/* In the same section if anything there is near, else anywhere. */
static const struct setting_def *nearest_key(const char *section,
                                             const char *key)
{
    const struct setting_def *best = NULL;
    unsigned best_score = 0;
    for (int id = 0; id < CONFIG_COUNT; id++) {
        unsigned score = 2 * text_distance(key, defs[id].key) +
                         3 * (strcmp(section, defs[id].section) != 0);
        if (best == NULL || score < best_score) {
            best = &defs[id];
            best_score = score;
        }
    }
    return best;
}

static enum status unknown(const struct load *l, const char *section,
                           const char *key)
{
    AUTO(free_char) char *shown_key = text_show_name(key);
    AUTO(free_char) char *shown_section = text_show_name(section);
    if (*section == '\0')
        return fail(STATUS_CONFIG,
                    _("%s line %d: '%s' stands before the first [section]"),
                    l->name, l->line, shown_key);
    if (!section_known(section))
        return fail(STATUS_CONFIG,
                    _("%s line %d: unknown section [%s]; did you mean [%s]?"),
                    l->name, l->line, shown_section, nearest_section(section));
    const struct setting_def *d = nearest_key(section, key);
    return fail(STATUS_CONFIG,
                _("%s line %d: unknown setting '%s' in [%s]; did you mean "
                  "'%s' in [%s]?"),
                l->name, l->line, shown_key, shown_section, d->key, d->section);
}

static enum status take(struct load *l, const char *section, const char *key,
                        const char *text)
{
    int id = 0;
    while (id < CONFIG_COUNT && (strcmp(defs[id].section, section) != 0 ||
                                 strcmp(defs[id].key, key) != 0))
        id++;
    if (id == CONFIG_COUNT)
        return unknown(l, section, key);
    if (l->seen[id])
        return fail(STATUS_CONFIG,
                    _("%s line %d: '%s' in [%s] is set a second time; remove "
                      "one of the two"),
                    l->name, l->line, key, section);
    l->seen[id] = true;
    enum status st = check_value(&defs[id], text);
    if (st != STATUS_OK)
        return explain(st, _("%s line %d"), l->name, l->line);
    if (l->c->values[id].rank > RANK_FILE)
        return STATUS_OK;
    AUTO(free_char) char *origin = xasprintf("%s:%d", l->name, l->line);
    put(l->c, (enum config_id)id, text, origin, RANK_FILE);
    return STATUS_OK;
}

static int on_value(void *user, const char *section, const char *key,
                    const char *text)
{
    struct load *l = user;
    if (l->st == STATUS_OK)
        l->st = take(l, section, key, text);
    return l->st == STATUS_OK;
}

enum status config_load(struct config *c, const char *path)
{
    AUTO(free_char) char *bytes = NULL;
    size_t n;
    enum status st = file_read(path, FILE_BYTES_MAX, &bytes, &n);
    if (st != STATUS_OK)
        return st;
    AUTO(free_char) char *name = text_show_name(path_base(path));
    if (!text_valid(bytes, n))
        return fail(STATUS_CONFIG, _("%s is not UTF-8 text; save it as UTF-8"),
                    name);
    struct load l = {.c = c, .name = name, .next = bytes};
    int error_line = ini_parse_stream(next_line, &l, on_value, &l);
    /* inih reads on after a line that is no ini; name the first trouble. */
    if (error_line != 0 && (l.st == STATUS_OK || error_line < l.line))
        return fail(STATUS_CONFIG,
                    _("%s line %d is neither a [section] nor 'key = value'"),
                    name, error_line);
    return l.st;
}

/* ---- use ---- */

enum status config_set(struct config *c, enum config_id id, const char *value,
                       const char *origin)
{
    enum status st = check_value(&defs[id], value);
    if (st != STATUS_OK)
        return st;
    put(c, id, value, origin, RANK_SAID);
    return STATUS_OK;
}

const char *config_text(const struct config *c, enum config_id id)
{
    return c->values[id].text;
}

long config_int(const struct config *c, enum config_id id)
{
    assert(defs[id].type == CONFIG_INT);
    return strtol(c->values[id].text, NULL, 10);
}

bool config_bool(const struct config *c, enum config_id id)
{
    assert(defs[id].type == CONFIG_BOOL);
    return strcmp(c->values[id].text, "true") == 0;
}

const char *config_origin(const struct config *c, enum config_id id)
{
    return c->values[id].origin;
}

const char *config_section(enum config_id id)
{
    return defs[id].section;
}

const char *config_key(enum config_id id)
{
    return defs[id].key;
}

const char *config_comment(enum config_id id, bool vietnamese)
{
    return vietnamese ? defs[id].comment_vi : defs[id].comment_en;
}

enum config_type config_type_of(enum config_id id)
{
    return defs[id].type;
}

const char *config_initial(enum config_id id)
{
    return defs[id].initial;
}

const char *config_range(enum config_id id)
{
    return defs[id].range;
}

char *config_file_text(const struct config *c)
{
    struct strbuf b;
    strbuf_init(&b);
    strbuf_adds(&b, "# Cấu hình của kho lưu trữ hoso. Dòng bắt đầu bằng # là "
                    "chú thích;\n"
                    "# bỏ dấu # trước một giá trị mặc định để thay đổi nó.\n"
                    "# Settings of this hoso archive. Lines that begin with # "
                    "are comments;\n"
                    "# take the # off a default value to change it.\n");
    const char *section = "";
    for (int id = 0; id < CONFIG_COUNT; id++) {
        const struct setting_def *d = &defs[id];
        if (strcmp(section, d->section) != 0)
            strbuf_addf(&b, "\n[%s]\n", d->section);
        section = d->section;
        strbuf_addf(&b, "# %s\n# %s", d->comment_vi, d->comment_en);
        if (d->range[0] != '\0')
            strbuf_addf(&b, " (%s)", d->range);
        bool initial = c->values[id].rank == RANK_DEFAULT;
        const char *text = c->values[id].text;
        strbuf_addf(&b, "\n%s%s =%s%s\n", initial ? "# " : "", d->key,
                    *text != '\0' ? " " : "", text);
    }
    return strbuf_take(&b);
}
