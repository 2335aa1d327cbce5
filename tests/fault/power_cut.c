/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a power cut takes away, in the strictest reading of POSIX: bytes of a
 * file that were written after its last fsync, and names that were made,
 * changed or removed in a folder after its last fsync. The files of a test
 * are small, so their last synced bytes are kept in memory.
 */
#include "fault_shim.h"

#include "base/alloc.h"
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct bytes {
    char *p;
    size_t n;
};

struct tracked {
    ino_t inode;
    char *path;          /* its name now */
    struct bytes synced; /* what a cut leaves of it */
};

enum op_kind { OP_CREATE, OP_MKDIR, OP_RENAME, OP_UNLINK };

struct op {
    enum op_kind kind;
    char *path, *from;   /* from: of a rename */
    bool replaced;       /* a rename over an older file … */
    struct bytes before; /* … whose bytes these are; or of an unlink */
};

static struct tracked *files;
static int n_files, cap_files;
static struct op *ops; /* of folders not synced since, oldest first */
static int n_ops, cap_ops;

static struct bytes read_file(const char *path)
{
    struct bytes b = {0};
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    struct stat sb;

    if (fd < 0)
        return b;
    if (fstat(fd, &sb) == 0 && S_ISREG(sb.st_mode)) {
        b.p = xcalloc((size_t)sb.st_size + 1, 1);
        b.n = (size_t)pread(fd, b.p, (size_t)sb.st_size, 0);
    }
    close(fd);
    return b;
}

static void write_file(const char *path, const struct bytes *b)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0640);

    if (fd < 0 || (b->n > 0 && write(fd, b->p, b->n) != (ssize_t)b->n))
        abort();
    close(fd);
}

static struct tracked *find_file(const char *path)
{
    struct stat sb;

    if (stat(path, &sb) != 0)
        return NULL;
    for (int i = 0; i < n_files; i++)
        if (files[i].inode == sb.st_ino)
            return &files[i];
    return NULL;
}

static struct tracked *add_file(const char *path)
{
    struct tracked *t = find_file(path);
    struct stat sb;

    if (!t) {
        GROW(files, n_files, cap_files);
        t = &files[n_files++];
        memset(t, 0, sizeof(*t));
    }
    if (stat(path, &sb) == 0)
        t->inode = sb.st_ino;
    free(t->path);
    t->path = xstrdup(path);
    return t;
}

static struct op *add_op(enum op_kind kind, const char *path)
{
    struct op *op;

    GROW(ops, n_ops, cap_ops);
    op = &ops[n_ops++];
    memset(op, 0, sizeof(*op));
    op->kind = kind;
    op->path = xstrdup(path);
    return op;
}

/* The bytes that would be left of a file if only its name came back. */
static struct bytes synced_bytes(const char *path)
{
    struct tracked *t = find_file(path);
    struct bytes b = {0};

    if (!t)
        return read_file(path);
    b.p = xcalloc(t->synced.n + 1, 1);
    b.n = t->synced.n;
    if (b.n > 0)
        memcpy(b.p, t->synced.p, b.n);
    return b;
}

void cut_before_write(const char *path)
{
    if (!find_file(path))
        add_file(path)->synced = read_file(path);
}

void cut_after_create(const char *path)
{
    struct tracked *t = add_file(path);

    /* An inode number that is used again is another file. */
    free(t->synced.p);
    t->synced = (struct bytes){0};
    add_op(OP_CREATE, path);
}

void cut_after_mkdir(const char *path)
{
    add_op(OP_MKDIR, path);
}

void cut_before_rename(const char *from, const char *to)
{
    struct op *op = add_op(OP_RENAME, to);

    op->from = xstrdup(from);
    op->replaced = access(to, F_OK) == 0;
    if (op->replaced)
        op->before = synced_bytes(to);
}

void cut_after_rename(const char *from, const char *to)
{
    size_t n = strlen(from);

    /* Of a folder everything below moves along. */
    for (int i = 0; i < n_files; i++) {
        char *path = files[i].path;

        if (strncmp(path, from, n) != 0 || (path[n] && path[n] != '/'))
            continue;
        files[i].path = xasprintf("%s%s", to, path + n);
        free(path);
    }
}

void cut_before_unlink(const char *path)
{
    add_op(OP_UNLINK, path)->before = synced_bytes(path);
}

static bool lies_in(const char *path, const char *folder)
{
    char *copy = xstrdup(path);
    bool yes = strcmp(dirname(copy), folder) == 0;

    free(copy);
    return yes;
}

void cut_after_sync(const char *path)
{
    struct tracked *t = find_file(path);
    struct stat sb;
    int kept = 0;

    if (stat(path, &sb) == 0 && S_ISREG(sb.st_mode)) {
        if (t) {
            free(t->synced.p);
            t->synced = read_file(path);
        }
        return;
    }
    for (int i = 0; i < n_ops; i++) {
        if (!lies_in(ops[i].path, path)) {
            ops[kept++] = ops[i];
            continue;
        }
        free(ops[i].path);
        free(ops[i].from);
        free(ops[i].before.p);
    }
    n_ops = kept;
}

static void undo(const struct op *op)
{
    switch (op->kind) {
    case OP_CREATE:
        unlink(op->path);
        break;
    case OP_MKDIR:
        rmdir(op->path);
        break;
    case OP_RENAME:
        if (rename(op->path, op->from) == 0 && op->replaced)
            write_file(op->path, &op->before);
        break;
    case OP_UNLINK:
        write_file(op->path, &op->before);
        break;
    }
}

void cut_now(bool names_too)
{
    for (int i = 0; i < n_files; i++)
        if (find_file(files[i].path) == &files[i])
            write_file(files[i].path, &files[i].synced);
    for (int i = n_ops - 1; names_too && i >= 0; i--)
        undo(&ops[i]);
}
