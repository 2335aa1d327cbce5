/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The hoso command: finds the subcommand, opens the archive the way it needs,
 * runs it, and turns its status into a message and an exit code.
 */
#include "base/alloc.h"
#include "base/i18n.h"
#include "base/text.h"
#include "cli/command.h"
#include "cli/help.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The command line, read. */
struct invocation {
    const struct command *command; /* NULL: none was given */
    struct option_set sets[2];     /* of all commands, of this one */
    struct words words;
};

/* A closed descriptor 0, 1 or 2 would be given to the next file opened, and
 * what we print would go into the catalogue. The stand-in fails on use. */
static void guard_descriptors(void)
{
    for (int fd = 0; fd <= 2; fd++) {
        if (fcntl(fd, F_GETFD) != -1)
            continue;
        if (open("/dev/null", fd == 0 ? O_WRONLY : O_RDONLY) != fd)
            abort();
    }
}

static enum status find_command(const char *name, struct invocation *inv)
{
    const char *names[64];
    inv->command = command_find(name);
    if (inv->command != NULL) {
        inv->sets[1].defs = inv->command->options;
        inv->sets[1].n = inv->command->n_options;
        return STATUS_OK;
    }
    int n = 0;
    for (; n < n_commands && n < (int)ARRAY_LEN(names); n++)
        names[n] = commands[n]->name;
    AUTO(free_char) char *shown = text_show_name(name);
    const char *near = nearest_name(name, names, n);
    if (near != NULL)
        return fail(STATUS_USAGE, _("unknown command '%s'; did you mean '%s'?"),
                    shown, near);
    return fail(STATUS_USAGE,
                _("unknown command '%s'; 'hoso --help' lists the commands"),
                shown);
}

static enum status read_command_line(int argc, char *const *argv,
                                     struct invocation *inv)
{
    inv->sets[0].defs = global_options;
    inv->sets[0].n = GLOBAL_COUNT;
    enum status st =
        options_parse(inv->sets, 1, argc - 1, argv + 1, true, &inv->words);
    if (st != STATUS_OK)
        return st;
    int at = 1 + inv->words.used;
    if (at < argc && strcmp(argv[at], "help") == 0) {
        inv->sets[0].values[GLOBAL_HELP] = "";
        at++;
    }
    if (at >= argc)
        return STATUS_OK;
    st = find_command(argv[at], inv);
    if (st != STATUS_OK)
        return st;
    return options_parse(inv->sets, 2, argc - at - 1, argv + at + 1, false,
                         &inv->words);
}

static enum status check_arguments(const struct invocation *inv)
{
    const struct command *c = inv->command;
    if (inv->words.n < c->min_args)
        return fail(STATUS_USAGE, _("'hoso %s' needs %s; see 'hoso %s --help'"),
                    c->name, translated(c->arguments), c->name);
    if (c->max_args >= 0 && inv->words.n > c->max_args) {
        AUTO(free_char)
        char *shown = text_show_name(inv->words.items[c->max_args]);
        return fail(STATUS_USAGE,
                    _("'hoso %s' has no use for '%s'; see 'hoso %s --help'"),
                    c->name, shown, c->name);
    }
    return STATUS_OK;
}

static void learn_language(const char *dir)
{
    AUTO(archive_closep) struct archive *archive = NULL;
    if (archive_open(dir, STORE_READ, &archive) == STATUS_OK)
        command_language(archive_config(archive));
}

/* A report of an archive that may only be read says what was known when it was
 * written last. */
static enum status open_fresh(const char *dir, struct archive **out)
{
    enum status st = archive_open(dir, STORE_WRITE, out);
    if (st == STATUS_DENIED)
        return archive_open(dir, STORE_READ, out);
    return st == STATUS_OK ? archive_refresh(*out) : st;
}

static enum status open_archive(const struct command *c, const char *dir,
                                struct archive **out)
{
    if (c->needs == NEEDS_FRESH)
        return open_fresh(dir, out);
    return archive_open(dir, c->needs == NEEDS_WRITE ? STORE_WRITE : STORE_READ,
                        out);
}

static enum status run_command(const struct invocation *inv, struct printer *p)
{
    const struct command *c = inv->command;
    AUTO(archive_closep) struct archive *archive = NULL;
    enum status st = check_arguments(inv);
    if (st != STATUS_OK)
        return st;
    const char *dir = inv->sets[0].values[GLOBAL_ARCHIVE];
    if (c->needs == NEEDS_LANGUAGE) {
        learn_language(dir);
    } else if (c->needs != NEEDS_NOTHING) {
        st = open_archive(c, dir, &archive);
        if (st != STATUS_OK)
            return st;
        command_language(archive_config(archive));
    }
    struct run r = {
        .dir = dir,
        .archive = archive,
        .out = p,
        .values = inv->sets[1].values,
        .args = inv->words.items,
        .n_args = inv->words.n,
    };
    return c->run(&r);
}

/* Also when the command line could not be read. */
static bool wants_json(int argc, char *const *argv)
{
    for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
        if (strcmp(argv[i], "--json") == 0)
            return true;
    }
    return false;
}

/* The language of HOSO_UI_LANGUAGE holds for wrong command lines too, and help
 * is given whatever the environment says. */
static enum status dispatch(int argc, char *const *argv, struct invocation *inv,
                            struct printer *p)
{
    AUTO(config_freep) struct config *c = NULL;
    const char *const *global = inv->sets[0].values;
    p->json = wants_json(argc, argv);
    if (config_new(&c) == STATUS_OK)
        command_language(c);
    enum status st = read_command_line(argc, argv, inv);
    if (st != STATUS_OK)
        return st;
    p->quiet = global[GLOBAL_QUIET] != NULL;
    if (global[GLOBAL_HELP] != NULL) {
        help_print(p, inv->command);
        return STATUS_OK;
    }
    if (global[GLOBAL_VERSION] != NULL) {
        print(p, "hoso %s\n", HOSO_VERSION);
        return STATUS_OK;
    }
    if (inv->command == NULL)
        return fail(STATUS_USAGE,
                    _("say what to do; 'hoso --help' lists the commands"));
    return c == NULL ? config_new(&c) : run_command(inv, p);
}

/* As a program that was not told about a closed pipe would end. */
static NORETURN void die_of_sigpipe(void)
{
    signal(SIGPIPE, SIG_DFL);
    raise(SIGPIPE);
    _exit(128 + SIGPIPE);
}

int main(int argc, char **argv)
{
    struct printer p;
    struct invocation inv = {0};
    guard_descriptors();
    signal(SIGPIPE, SIG_IGN);
    i18n_start(NULL);
    printer_start(&p);
    if (argc >= 2 && strcmp(argv[1], "--completion") == 0) {
        help_words(&p, argc > 2 ? argv[2] : NULL, argc > 3 ? argv[3] : NULL);
        return printer_flush(&p) == STATUS_OK ? 0 : 1;
    }
    inv.words.items = xcalloc((size_t)argc + 1, sizeof(*inv.words.items));
    enum status st = dispatch(argc, argv, &inv, &p);
    free(inv.words.items);
    /* A run that stopped because nobody took its output any more is told by
     * the output's own failure. */
    if (st != STATUS_OK && !printer_reader_gone(&p) &&
        !(p.error != 0 && st == STATUS_CANCELLED))
        print_failure(&p, st);
    enum status flushed = printer_flush(&p);
    if (printer_reader_gone(&p))
        die_of_sigpipe();
    if (flushed != STATUS_OK)
        print_failure(&p, flushed);
    return status_exit_code(flushed != STATUS_OK ? flushed : st);
}
