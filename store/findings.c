/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a verification found: data, in the order of places. */
#include "store/inner.h"

#include "base/alloc.h"

#include <stdlib.h>
#include <string.h>

const char *check_json(enum check c)
{
    static const char *const codes[CHECK_COUNT] = {
#define CHECK_JSON(name, json, text) [CHECK_##name] = (json),
        CHECK_LIST(CHECK_JSON)
#undef CHECK_JSON
    };

    return codes[c];
}

void finding_take(struct verify_result *r, enum check check, bool error,
                  char *where, char *text)
{
    struct finding *f;

    GROW(r->findings, r->n_findings, r->cap_findings);
    f = &r->findings[r->n_findings++];
    f->check = check;
    f->error = error;
    f->where = where;
    f->text = text;
}

void verify_result_clear(struct verify_result *r)
{
    for (int i = 0; i < r->n_findings; i++) {
        free(r->findings[i].where);
        free(r->findings[i].text);
    }
    free(r->findings);
    memset(r, 0, sizeof(*r));
}

void findings_move(struct verify_result *into, struct verify_result *from)
{
    into->packages += from->packages;
    into->files += from->files;
    into->bytes += from->bytes;
    for (int i = 0; i < from->n_findings; i++) {
        struct finding *f = &from->findings[i];

        finding_take(into, f->check, f->error, f->where, f->text);
    }
    free(from->findings);
    memset(from, 0, sizeof(*from));
}

static int by_place(const void *a, const void *b)
{
    const struct finding *x = a;
    const struct finding *y = b;
    int order = strcmp(x->where, y->where);

    if (order == 0)
        order = (int)x->check - (int)y->check;
    return order ? order : strcmp(x->text, y->text);
}

void findings_finish(struct verify_result *r)
{
    r->ok = true;
    for (int i = 0; i < r->n_findings; i++)
        r->ok = r->ok && !r->findings[i].error;
    if (r->n_findings > 1)
        qsort(r->findings, (size_t)r->n_findings, sizeof(*r->findings),
              by_place);
}
