/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Fields are made of what the files say of themselves. Nobody has checked it:
 * the rule says "unchecked", and the file that is kept can be checked at any
 * time by a program that knows whom to trust.
 */
#include "service/signatures.h"

#include "base/alloc.h"
#include "base/strbuf.h"

#include <stdlib.h>
#include <string.h>

#define RULE "pdf.signature unchecked"

static void add_field(struct record *r, char *name, const char *value,
                      int page, const char *rule)
{
    struct field f = {
        .name = name,
        .value = xstrdup(value),
        .page = page,
        .conf_pct = 100,
        .rule = xstrdup(rule),
        .state = xstrdup("sure"),
    };
    record_take_field(r, &f);
}

/* The words of a text on one line. */
static char *one_line(const char *text)
{
    struct strbuf b;
    AUTO(free_char) char *copy = xstrdup(text);
    char *rest = NULL;
    strbuf_init(&b);
    for (char *word = strtok_r(copy, " \n\f\t", &rest); word != NULL;
         word = strtok_r(NULL, " \n\f\t", &rest))
        strbuf_addf(&b, "%s%s", b.len > 0 ? " " : "", word);
    return strbuf_take(&b);
}

static void add_signature(struct record *r, const json_t *signature, int number)
{
    static const char *const parts[] = {"signer", "time", "scope", "text"};
    for (size_t i = 0; i < ARRAY_LEN(parts); i++) {
        const char *value =
            json_string_value(json_object_get(signature, parts[i]));
        if (value == NULL)
            continue;
        AUTO(free_char) char *line = one_line(value);
        add_field(r,
                  number == 1 ? xasprintf("esign_%s", parts[i])
                              : xasprintf("esign_%s_%d", parts[i], number),
                  line, 0, RULE);
    }
}

void record_add_signatures(struct record *r, json_t *const *of_sources)
{
    int number = 0;
    for (int i = 0; i < r->n_sources; i++) {
        for (size_t k = 0; k < json_array_size(of_sources[i]); k++)
            add_signature(r, json_array_get(of_sources[i], k), ++number);
    }
}
