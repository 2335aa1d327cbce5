/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The subcommands: one table entry and one file (cmd_NAME.c) each. A command
 * reads what it was given, calls one use case of service/ and prints what
 * came back.
 */
#ifndef HOSO_CLI_COMMAND_H
#define HOSO_CLI_COMMAND_H

#include "cli/options.h"
#include "cli/printer.h"
#include "service/service.h"
#include <stdbool.h>

/* How main opens the archive for a command, so that none opens it wrongly.
 * NEEDS_LANGUAGE: only to learn the language, if there is one that opens; the
 * command opens it itself or does without. NEEDS_FRESH: registers and matches
 * are brought up to date first, where that may be written. */
enum needs {
    NEEDS_NOTHING,
    NEEDS_LANGUAGE,
    NEEDS_READ,
    NEEDS_WRITE,
    NEEDS_FRESH
};

struct run {
    const char *dir;         /* -C, or NULL */
    struct archive *archive; /* NEEDS_READ, NEEDS_WRITE; else NULL */
    struct printer *out;
    const char *const *values; /* of the command's options, by their number */
    const char *const *args;
    int n_args;
};

struct command {
    const char *name;
    const char *arguments; /* N_() */
    const char *summary;   /* N_(): one line, for the list of commands */
    const char *about;     /* N_(): a paragraph */
    const char *example;   /* without "hoso" */
    const struct option_def *options;
    int n_options;
    enum needs needs;
    int min_args, max_args; /* max_args < 0: any number */
    enum status (*run)(struct run *r);
};

/* X(name), in the order of help. */
#define COMMAND_LIST(X) \
    X(init)             \
    X(ingest)           \
    X(search)           \
    X(list)             \
    X(show)             \
    X(review)           \
    X(report)           \
    X(staff)            \
    X(dossier)          \
    X(register)         \
    X(verify)           \
    X(rebuild)          \
    X(reindex)          \
    X(export)           \
    X(doctor)           \
    X(config)

#define COMMAND_EXTERN(name) extern const struct command command_##name;
COMMAND_LIST(COMMAND_EXTERN)
#undef COMMAND_EXTERN

extern const struct command *const commands[];
extern const int n_commands;

/* Options of every command. */
enum global_option {
    GLOBAL_ARCHIVE,
    GLOBAL_JSON,
    GLOBAL_QUIET,
    GLOBAL_HELP,
    GLOBAL_VERSION,
    GLOBAL_COUNT
};
extern const struct option_def global_options[GLOBAL_COUNT];

/* NULL if there is none of that name. */
const struct command *command_find(const char *name);

/* Speak the language of these settings; "auto" is what the locale says. */
void command_language(const struct config *c);

/* gettext() of a text that may be empty (gettext("") is the header). */
const char *translated(const char *text);

/* A table of options as two members of struct command. */
#define OPTIONS_OF(table) .options = (table), .n_options = ARRAY_LEN(table)

#endif
