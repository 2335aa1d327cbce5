/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Files to documents. A file joins a document by a key: its folder and the
 * part of its name before the page number, or its folder alone. Keys are
 * kept in a search tree, because other files may lie between two pages.
 */
#include "service/group.h"

#include "base/alloc.h"
#include "base/text.h"

#include <ctype.h>
#include <search.h>
#include <stdlib.h>
#include <string.h>

struct key {
    char *folder; /* bytes up to the last slash, "" if none */
    char *prefix; /* X; NULL: the whole folder */
    int document; /* number in the plan */
    bool marked;  /* the "-p" form */
};

struct group {
    enum split split;
    void *tree; /* of struct key */
    struct key **keys; /* one per document; NULL for a file by itself */
    int n_keys, cap_keys;
};

struct group *group_new(enum split split)
{
    struct group *g = xcalloc(1, sizeof(*g));
    g->split = split;
    return g;
}

static bool is_year(const char *digits, size_t n)
{
    return n == 4 && (strncmp(digits, "19", 2) == 0 ||
                      strncmp(digits, "20", 2) == 0 ||
                      strncmp(digits, "2100", 4) == 0);
}

bool input_page_name(const char *stem, size_t *prefix_bytes, bool *marked)
{
    size_t n = strlen(stem);
    size_t first = n;
    while (first > 0 && isdigit((unsigned char)stem[first - 1]))
        first--;
    size_t digits = n - first;
    if (digits == 0 || digits > 9)
        return false;
    if (first >= 3 && (stem[first - 1] == 'p' || stem[first - 1] == 'P') &&
        stem[first - 2] == '-') {
        *prefix_bytes = first - 2;
        *marked = true;
        return true;
    }
    if (first >= 2 && stem[first - 1] == '_' &&
        !is_year(stem + first, digits)) {
        *prefix_bytes = first - 1;
        *marked = false;
        return true;
    }
    return false;
}

static int compare_keys(const void *a, const void *b)
{
    const struct key *x = a, *y = b;
    int c = strcmp(x->folder, y->folder);
    if (c)
        return c;
    if (!x->prefix || !y->prefix)
        return (x->prefix != NULL) - (y->prefix != NULL);
    c = strcmp(x->prefix, y->prefix);
    return c ? c : x->marked - y->marked;
}

static void free_key(struct key *k)
{
    if (!k)
        return;
    free(k->folder);
    free(k->prefix);
    free(k);
}

/* Name without its extension: "a.b.jpg" -> "a.b"; ".jpg" stays. Owned. */
static char *stem_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *name = slash ? slash + 1 : path;
    const char *dot = strrchr(name, '.');
    size_t n = dot && dot != name ? (size_t)(dot - name) : strlen(name);
    return xstrndup(name, n);
}

static char *folder_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? xstrndup(path, (size_t)(slash - path)) : xstrdup("");
}

/* The key under which a file joins others; NULL: it stands alone. */
static struct key *key_of(enum split split, const char *path, enum media media,
                          bool multipage)
{
    if (split == SPLIT_FILE || media == MEDIA_UNKNOWN)
        return NULL;
    if (split == SPLIT_DEFAULT && multipage)
        return NULL;
    if (split == SPLIT_FOLDER && media == MEDIA_PDF)
        return NULL;
    struct key *k = xcalloc(1, sizeof(*k));
    k->folder = folder_of(path);
    if (split == SPLIT_FOLDER)
        return k;
    AUTO(free_char) char *stem = stem_of(path);
    size_t n;
    if (!input_page_name(stem, &n, &k->marked)) {
        free_key(k);
        return NULL;
    }
    k->prefix = xstrndup(stem, n);
    return k;
}

static int new_document(struct group *g, struct input_plan *plan,
                        struct key *key)
{
    GROW(plan->documents, plan->n_documents, plan->cap_documents);
    plan->documents[plan->n_documents] = (struct input_document){0};
    GROW(g->keys, g->n_keys, g->cap_keys);
    g->keys[g->n_keys++] = key;
    if (key)
        key->document = plan->n_documents;
    return plan->n_documents++;
}

void group_add(struct group *g, struct input_plan *plan, const char *path,
               enum media media, bool multipage)
{
    struct key *key = key_of(g->split, path, media, multipage);
    int number;
    if (!key) {
        number = new_document(g, plan, NULL);
    } else {
        struct key **slot = tsearch(key, &g->tree, compare_keys);
        if (!slot)
            abort();
        if (*slot == key) {
            number = new_document(g, plan, key);
        } else {
            number = (*slot)->document;
            free_key(key);
        }
    }
    struct input_document *d = &plan->documents[number];
    GROW(d->files, d->n_files, d->cap_files);
    d->files[d->n_files++] =
        (struct input_file){.path = xstrdup(path), .media = media};
}

/* "X_0001" alone is a name like any other; "X-p1" alone is page 1 of X. */
static char *raw_title(const struct input_document *d, const struct key *key)
{
    if (!key || (key->prefix && d->n_files == 1 && !key->marked))
        return stem_of(d->files[0].path);
    if (key->prefix)
        return xstrdup(key->prefix);
    const char *slash = strrchr(key->folder, '/');
    const char *last = slash ? slash + 1 : key->folder;
    return *last ? xstrdup(last) : stem_of(d->files[0].path);
}

static void name_document(struct input_document *d, const struct key *key)
{
    AUTO(free_char) char *title = raw_title(d, key);
    d->title = text_show_name(title);
    if (d->n_files == 1) {
        d->name = text_show_name(d->files[0].path);
    } else if (!key->prefix) {
        d->name = text_show_name(key->folder);
    } else {
        AUTO(free_char) char *path =
            *key->folder ? xasprintf("%s/%s", key->folder, title)
                         : xstrdup(title);
        d->name = text_show_name(path);
    }
}

static void keep_node(void *node)
{
    (void)node; /* keys are freed from the array */
}

void group_finish(struct group *g, struct input_plan *plan)
{
    for (int i = 0; i < plan->n_documents; i++)
        name_document(&plan->documents[i], g->keys[i]);
    tdestroy(g->tree, keep_node);
    for (int i = 0; i < g->n_keys; i++)
        free_key(g->keys[i]);
    free(g->keys);
    free(g);
}
