/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Help and completion out of the tables of commands and options. */
#include "cli/help.h"
#include "base/alloc.h"
#include "base/i18n.h"
#include "base/text.h"

#include <string.h>

#define HELP_COLUMN 26 /* where the explanations begin */

static void print_entry(struct printer *p, const char *left, const char *text)
{
    int width = (int)text_width(left);
    print(p, "%s", left);
    if (width + 1 > HELP_COLUMN) {
        print(p, "\n");
        width = 0;
    }
    print_wrapped(p, text, HELP_COLUMN, width);
}

static void print_option(struct printer *p, const struct option_def *d)
{
    char letter[8] = "    ";
    if (d->letter != 0)
        snprintf(letter, sizeof(letter), "-%c, ", d->letter);
    AUTO(free_char)
    char *left = xasprintf("  %s--%s%s%s", letter, d->name, d->value ? " " : "",
                           d->value ? _(d->value) : "");
    print_entry(p, left, _(d->help));
}

static void print_options(struct printer *p, const char *title,
                          const struct option_def *defs, int n)
{
    if (n == 0)
        return;
    print(p, "\n");
    print_style(p, STYLE_BOLD);
    print(p, "%s", title);
    print_style(p, STYLE_PLAIN);
    print(p, "\n");
    for (int i = 0; i < n; i++)
        print_option(p, &defs[i]);
}

static void print_overview(struct printer *p)
{
    print(p, _("Usage: hoso COMMAND [OPTION…] [ARGUMENT…]\n\n"));
    print_wrapped(p,
                  _("hoso turns scanned paper into an archive that can be "
                    "searched and proved."),
                  0, 0);
    print(p, "\n");
    print_style(p, STYLE_BOLD);
    print(p, "%s", _("Commands"));
    print_style(p, STYLE_PLAIN);
    print(p, "\n");
    for (int i = 0; i < n_commands; i++) {
        AUTO(free_char) char *left = xasprintf("  %s", commands[i]->name);
        print_entry(p, left, _(commands[i]->summary));
    }
    print_options(p, _("Options of every command"), global_options,
                  GLOBAL_COUNT);
    print(p, "\n");
    print_wrapped(p,
                  _("'hoso COMMAND --help' explains a command, 'man hoso' "
                    "all of them, the exit codes and the settings."),
                  0, 0);
}

void help_print(struct printer *p, const struct command *c)
{
    if (c == NULL) {
        print_overview(p);
        return;
    }
    AUTO(free_char) char *usage = xasprintf(_("Usage: hoso %s [OPTION…]"),
                                            c->name);
    AUTO(free_char)
    char *whole = xasprintf("%s%s%s", usage, *c->arguments != '\0' ? " " : "",
                            translated(c->arguments));
    print_wrapped(p, whole, 0, 0);
    print(p, "\n");
    print_wrapped(p, _(c->about), 0, 0);
    print_options(p, _("Options"), c->options, c->n_options);
    print_options(p, _("Options of every command"), global_options,
                  GLOBAL_COUNT);
    print(p, "\n");
    print(p, _("Example: %s\n"), c->example);
}

static void words_of(struct printer *p, const struct option_def *defs, int n)
{
    for (int i = 0; i < n; i++)
        print(p, "--%s\n", defs[i].name);
}

static void choices_of(struct printer *p, const struct option_def *d)
{
    if (d->type != OPTION_CHOICE)
        return;
    AUTO(free_char) char *copy = xstrdup(d->range);
    char *rest = copy;
    for (char *choice; (choice = strsep(&rest, "|")) != NULL;)
        print(p, "%s\n", choice);
}

void help_words(struct printer *p, const char *command, const char *option)
{
    const struct command *c = command ? command_find(command) : NULL;
    if (c == NULL) {
        for (int i = 0; i < n_commands; i++)
            print(p, "%s\n", commands[i]->name);
        words_of(p, global_options, GLOBAL_COUNT);
        return;
    }
    for (int i = 0; option != NULL && i < c->n_options; i++) {
        if (strcmp(c->options[i].name, option) == 0)
            choices_of(p, &c->options[i]);
    }
    if (option == NULL) {
        words_of(p, c->options, c->n_options);
        words_of(p, global_options, GLOBAL_COUNT);
    }
}
