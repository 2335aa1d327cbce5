/* SPDX-License-Identifier: GPL-3.0-or-later */
/* hoso doctor: is this machine, is this archive fit for work? */
#include "base/i18n.h"
#include "cli/command.h"
#include "cli/document.h"

#include <string.h>

static const char *const level_codes[] = {
    [DOCTOR_OK] = "ok",
    [DOCTOR_WARNING] = "warning",
    [DOCTOR_ERROR] = "error",
};

static const char *level_text(enum doctor_level level)
{
    switch (level) {
    case DOCTOR_OK:
        return _("good");
    case DOCTOR_WARNING:
        return _("warning");
    case DOCTOR_ERROR:
        return _("ERROR");
    }
    return "";
}

static const enum style level_styles[] = {
    [DOCTOR_OK] = STYLE_GREEN,
    [DOCTOR_WARNING] = STYLE_YELLOW,
    [DOCTOR_ERROR] = STYLE_RED,
};

/* The checks of service/doctor.c, as people say them in their language. */
static const char *const check_names[] = {
    N_("model"),       N_("libraries"), N_("memory"), N_("archive"),
    N_("permissions"), N_("space"),     N_("clock"),
};

static const char *check_label(const char *name)
{
    for (size_t i = 0; i < ARRAY_LEN(check_names); i++) {
        if (strcmp(check_names[i], name) == 0)
            return _(check_names[i]);
    }
    return name;
}

#define LEVEL_COLUMNS 10
#define NAME_COLUMNS 12

static void print_item(struct printer *p, const struct doctor_item *item)
{
    int indent = LEVEL_COLUMNS + NAME_COLUMNS + 2;
    print_style(p, level_styles[item->level]);
    print_column(p, level_text(item->level), LEVEL_COLUMNS);
    print_style(p, STYLE_PLAIN);
    print(p, " ");
    print_column(p, check_label(item->name), NAME_COLUMNS);
    print_wrapped(p, item->text, indent, indent - 1);
    if (item->advice != NULL)
        print_wrapped(p, item->advice, indent, 0);
}

static void print_report_json(struct printer *p, const struct doctor_report *d,
                              bool ok)
{
    json_t *checks = json_array();
    for (int i = 0; i < d->n_items; i++) {
        const struct doctor_item *item = &d->items[i];
        json_array_append_new(
            checks,
            json_pack("{s:s, s:s, s:o, s:o}", "check", item->name, "level",
                      level_codes[item->level], "text", text_json(item->text),
                      "advice", text_json(item->advice)));
    }
    print_json(p, json_pack("{s:o, s:b}", "checks", checks, "ok", ok));
}

static enum status doctor(struct run *r)
{
    struct doctor_report d = {0};
    enum status st = archive_doctor(r->dir, &d);
    if (r->out->json) {
        print_report_json(r->out, &d, st == STATUS_OK);
    } else {
        for (int i = 0; i < d.n_items; i++)
            print_item(r->out, &d.items[i]);
    }
    doctor_report_clear(&d);
    return st;
}

const struct command command_doctor = {
    .name = "doctor",
    .arguments = "",
    .summary = N_("check this machine and the archive, and say what to do"),
    .about = N_("Check what hoso needs: recognition models, library "
                "versions, free space, permissions, the clock and, if there "
                "is an archive, its state; and say what to do about what is "
                "wrong."),
    .example = "hoso doctor",
    .needs = NEEDS_LANGUAGE,
    .min_args = 0,
    .max_args = 0,
    .run = doctor,
};
