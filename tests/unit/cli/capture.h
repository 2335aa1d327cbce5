/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is printed to standard output between two calls, as a string. */
#ifndef HOSO_TESTS_CAPTURE_H
#define HOSO_TESTS_CAPTURE_H

#include "base/alloc.h"

#include <stdio.h>
#include <unistd.h>

struct capture {
    FILE *file;
    int saved;
};

static inline struct capture capture_start(void)
{
    struct capture c = {.file = tmpfile()};
    fflush(stdout);
    c.saved = dup(STDOUT_FILENO);
    dup2(fileno(c.file), STDOUT_FILENO);
    return c;
}

/* Caller frees. */
static inline char *capture_end(struct capture *c)
{
    fflush(stdout);
    dup2(c->saved, STDOUT_FILENO);
    close(c->saved);
    long n = lseek(fileno(c->file), 0, SEEK_END);
    char *text = xcalloc(1, (size_t)n + 1);
    rewind(c->file);
    if (fread(text, 1, (size_t)n, c->file) != (size_t)n)
        text[0] = '\0';
    fclose(c->file);
    return text;
}

#endif
