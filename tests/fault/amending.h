/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The work of amending, for the sweep of failures, and what must be then. */
#ifndef HOSO_TESTS_AMENDING_H
#define HOSO_TESTS_AMENDING_H

#include "unit/store/amend_fixture.h"

#define AMENDMENTS 3 /* two of the first document, one of the second */

static inline enum status amend_one(struct store *s, int i)
{
    AUTO(free_char) char *value = xasprintf("%d/GP", i);

    return amend(s, i == AMENDMENTS ? "2022-000002" : ID, value);
}

static inline int versions_of(struct store *s, const char *id)
{
    struct doc_row row;
    int n = 0;

    if (store_get(s, id, &row) == STATUS_OK) {
        n = row.version;
        doc_row_clear(&row);
    }
    return n;
}

/* Those that are there already are not made again. Says "a" to fd for each. */
static inline void amend_all(const char *archive, int fd)
{
    AUTO(store_closep) struct store *s = NULL;
    int done;

    if (store_open(archive, STORE_WRITE, &s) != STATUS_OK)
        return;
    done = versions_of(s, ID) + versions_of(s, "2022-000002") - 2;
    for (int i = done + 1; i <= AMENDMENTS; i++) {
        if (amend_one(s, i) != STATUS_OK)
            return;
        if (fd >= 0 && write(fd, "a", 1) != 1)
            _exit(3);
    }
}

/* What was said to be amended is, with the record that was given. */
static inline enum status check_amended(struct store *s, int at_least)
{
    int n = versions_of(s, ID) + versions_of(s, "2022-000002") - 2;

    if (n < at_least)
        return fail(STATUS_INTERNAL, "what was said to be amended is not");
    for (int i = 1; i <= n; i++) {
        AUTO(record_freep) struct record *r = NULL;
        AUTO(free_char) char *value = xasprintf("%d/GP", i);
        bool second = i == AMENDMENTS;
        enum status st = store_read_version(s, second ? "2022-000002" : ID,
                                            second ? 2 : i + 1, &r);

        if (st != STATUS_OK)
            return st;
        if (r->n_fields != 1 || strcmp(r->fields[0].value, value) != 0)
            return fail(STATUS_INTERNAL, "an amendment does not say what was"
                                         " given");
    }
    return STATUS_OK;
}

#endif
