/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Whether a bag is complete and valid (RFC 8493, section 3): every file its
 * manifests list is there with that digest, and no file is there that they do
 * not list. Complete and valid are told apart by the checks' names.
 */
#include "store/bag.h"

#include "base/alloc.h"
#include "base/i18n.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct checking {
    const struct bag *bag;
    const char *package;
    struct verify_result *out;
};

/* text is taken; path NULL: the package itself. */
static void report(struct checking *c, enum check check, const char *path,
                   char *text)
{
    char *where =
        path ? xasprintf("%s!%s", c->package, path) : xstrdup(c->package);

    finding_take(c->out, check, true, where, text);
}

static bool is_payload(const char *path)
{
    return strncmp(path, "data/", 5) == 0;
}

/* Every entry of the manifest against the files. */
static void check_listed(struct checking *c, const struct bag_files *listed)
{
    for (int i = 0; i < listed->n; i++) {
        const struct bag_file *want = &listed->items[i];
        const struct bag_file *is = bag_files_find(&c->bag->files, want->path);

        /* Behind the place where a package breaks off everything is missing;
         * the break itself is the finding then. */
        if (!is && !c->bag->damage)
            report(c, CHECK_FILE_MISSING, want->path,
                   xstrdup(_("it is in the manifest and not in the package")));
        else if (is && strcmp(is->sha256, want->sha256) != 0)
            report(c, CHECK_FILE_DIGEST, want->path,
                   xasprintf(_("SHA-256 is %s and should be %s"), is->sha256,
                             want->sha256));
    }
}

/* Every file of one half of the bag against its manifest. */
static void check_present(struct checking *c, const struct bag_files *listed,
                          bool payload)
{
    for (int i = 0; i < c->bag->files.n; i++) {
        const char *path = c->bag->files.items[i].path;

        if (is_payload(path) != payload ||
            strcmp(path, "tagmanifest-sha256.txt") == 0)
            continue;
        if (!bag_files_find(listed, path))
            report(c, CHECK_FILE_UNKNOWN, path,
                   xstrdup(_("it is in the package and in no manifest")));
    }
}

static void check_manifest(struct checking *c, const char *text,
                           const char *path, bool payload)
{
    struct bag_files listed = {0};

    if (!text) {
        if (!c->bag->damage)
            report(c, CHECK_FILE_MISSING, path,
                   xstrdup(_("a bag cannot be without it")));
        return;
    }
    if (bag_manifest_parse(text, &listed) != STATUS_OK) {
        report(c, CHECK_PACKAGE_FORM, path, xstrdup(status_message()));
        return;
    }
    check_listed(c, &listed);
    check_present(c, &listed, payload);
    bag_files_clear(&listed);
}

static void check_declaration(struct checking *c)
{
    const char *text = c->bag->declaration;

    if (!text && !c->bag->damage)
        report(c, CHECK_FILE_MISSING, "bagit.txt",
               xstrdup(_("a bag cannot be without it")));
    else if (text && strcmp(text, BAG_DECLARATION) != 0)
        report(c, CHECK_PACKAGE_FORM, "bagit.txt",
               xstrdup(_("it does not declare BagIt 1.0 in UTF-8")));
}

/* Payload-Oxum: bytes and number of the payload's files. */
static void check_oxum(struct checking *c)
{
    const char *label = "Payload-Oxum: ";
    const char *at = c->bag->info ? strstr(c->bag->info, label) : NULL;
    AUTO(free_char) char *is = NULL;
    uint64_t bytes = 0;
    int n = 0;

    if (!at || c->bag->damage)
        return;
    for (int i = 0; i < c->bag->files.n; i++) {
        if (!is_payload(c->bag->files.items[i].path))
            continue;
        bytes += c->bag->files.items[i].bytes;
        n++;
    }
    at += strlen(label);
    is = xasprintf("%" PRIu64 ".%d", bytes, n);
    if (strlen(is) != strcspn(at, "\r\n") || strncmp(at, is, strlen(is)) != 0)
        report(c, CHECK_PACKAGE_FORM, "bag-info.txt",
               xasprintf(_("Payload-Oxum should be %s"), is));
}

static void check_twice(struct checking *c)
{
    const struct bag_files *files = &c->bag->files;

    for (int i = 1; i < files->n; i++)
        if (strcmp(files->items[i - 1].path, files->items[i].path) == 0)
            report(c, CHECK_PACKAGE_FORM, files->items[i].path,
                   xstrdup(_("it is there twice")));
}

void bag_check(const struct bag *b, const char *name, const char *package,
               struct verify_result *out)
{
    struct checking c = {.bag = b, .package = package, .out = out};

    if (b->damage)
        report(&c, CHECK_PACKAGE_FORM, NULL, xstrdup(b->damage));
    if (b->name && strcmp(b->name, name) != 0)
        report(&c, CHECK_PACKAGE_FORM, NULL,
               xasprintf(_("it holds the bag '%s'"), b->name));
    if (!b->damage && !b->record)
        report(&c, CHECK_FILE_MISSING, "data/record.json",
               xstrdup(_("a package cannot be without it")));
    check_twice(&c);
    check_declaration(&c);
    check_oxum(&c);
    check_manifest(&c, b->tagmanifest, "tagmanifest-sha256.txt", false);
    check_manifest(&c, b->manifest, "manifest-sha256.txt", true);
}
