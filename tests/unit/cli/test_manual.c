/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The manual says what the lists in the code say, and help fits a terminal. */
#include "unit/unit.h"

#include "base/alloc.h"
#include "base/config.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/text.h"
#include "cli/command.h"
#include "cli/help.h"
#include "unit/cli/capture.h"

#include <string.h>

static char *manual;

static int read_manual(void **state)
{
    size_t n;
    (void)state;
    return file_read(HOSO_MANUAL, 1 << 20, &manual, &n) == STATUS_OK ? 0 : -1;
}

static int free_manual(void **state)
{
    (void)state;
    free(manual);
    return 0;
}

/* Text as it stands in the source of a manual page. */
static char *roff(const char *text)
{
    struct strbuf b;
    strbuf_init(&b);
    for (; *text != '\0'; text++) {
        if (*text == '-')
            strbuf_adds(&b, "\\-");
        else
            strbuf_addc(&b, *text);
    }
    return strbuf_take(&b);
}

static void assert_in_manual(const char *text)
{
    if (strstr(manual, text) == NULL)
        fail_msg("the manual lacks: %s", text);
}

static void every_status_has_its_row(void **state)
{
    (void)state;
    for (int st = 0; st < STATUS_COUNT; st++) {
        AUTO(free_char) char *code = roff(status_json((enum status)st));
        AUTO(free_char)
        char *row =
            xasprintf("\n%d\t%s\t%s\n", status_exit_code((enum status)st), code,
                      status_text((enum status)st));
        assert_in_manual(row);
    }
}

static void every_setting_is_explained(void **state)
{
    (void)state;
    for (int id = 0; id < CONFIG_COUNT; id++) {
        enum config_id i = (enum config_id)id;
        AUTO(free_char) char *comment = roff(config_comment(i, false));
        const char *range = config_range(i);
        AUTO(free_char)
        char *row =
            xasprintf("\n.TP\n.BR %s.%s \" = %s%s%s%s\"\n%s.\n",
                      config_section(i), config_key(i), config_initial(i),
                      *range ? " (" : "", range, *range ? ")" : "", comment);
        assert_in_manual(row);
    }
}

static void every_command_and_option_is_explained(void **state)
{
    (void)state;
    for (int c = 0; c < n_commands; c++) {
        AUTO(free_char)
        char *heading = xasprintf("\n.SS hoso %s", commands[c]->name);
        assert_in_manual(heading);
        const char *from = strstr(manual, heading) + 1;
        const char *to = strstr(from, "\n.S");
        AUTO(free_char) char *part = xstrndup(from, (size_t)(to - from));
        for (int i = 0; i < commands[c]->n_options; i++) {
            AUTO(free_char) char *name = roff(commands[c]->options[i].name);
            AUTO(free_char) char *option = xasprintf("\\-\\-%s", name);
            if (strstr(part, option) == NULL)
                fail_msg("the manual of 'hoso %s' lacks --%s",
                         commands[c]->name, commands[c]->options[i].name);
        }
    }
    for (int i = 0; i < GLOBAL_COUNT; i++) {
        AUTO(free_char) char *name = roff(global_options[i].name);
        AUTO(free_char) char *option = xasprintf("\\-\\-%s", name);
        assert_in_manual(option);
    }
}

static void check_widths(const struct command *c)
{
    struct printer p;
    printer_start(&p);
    struct capture capture = capture_start();
    help_print(&p, c);
    char *text = capture_end(&capture);
    char *rest = text;
    int lines = 0;
    for (char *line; (line = strsep(&rest, "\n")) != NULL; lines++) {
        if (text_width(line) > 80)
            fail_msg("help of %s is wider than 80: %s",
                     c != NULL ? c->name : "hoso", line);
    }
    free(text);
    assert_true(lines > 5);
}

static void help_fits_eighty_columns_in_both_languages(void **state)
{
    (void)state;
    static const char *const languages[] = {"vi", "en"};
    for (size_t l = 0; l < ARRAY_LEN(languages); l++) {
        i18n_start(languages[l]);
        check_widths(NULL);
        for (int c = 0; c < n_commands; c++)
            check_widths(commands[c]);
    }
}

static void no_two_options_share_a_letter(void **state)
{
    (void)state;
    for (int c = 0; c < n_commands; c++) {
        char seen[256] = {0};
        const struct option_def *d = commands[c]->options;
        assert_true(commands[c]->n_options <= OPTIONS_MAX);
        for (int i = 0; i < commands[c]->n_options; i++)
            assert_true(d[i].letter == 0 || !seen[(int)d[i].letter]++);
        for (int i = 0; i < GLOBAL_COUNT; i++)
            assert_true(global_options[i].letter == 0 ||
                        !seen[(int)global_options[i].letter]++);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_status_has_its_row),
        cmocka_unit_test(every_setting_is_explained),
        cmocka_unit_test(every_command_and_option_is_explained),
        cmocka_unit_test(help_fits_eighty_columns_in_both_languages),
        cmocka_unit_test(no_two_options_share_a_letter),
    };
    return cmocka_run_group_tests(tests, read_manual, free_manual);
}
