/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The values come from state/registers.db, where those that were amended are
 * read once: a batch of few pages must not wait for a large archive. */
#include "service/confirmed_words.h"

#include "base/alloc.h"
#include "base/file.h"
#include "pipeline/pipeline.h"

#include <stdlib.h>

/* Running words only: numbers, days, codes teach nothing of marks. Documents
 * first, which say whether any of their fields is confirmed: 4 ms of 100,000
 * fields, of which an index would save 2 or 3, once a batch. */
static const char fields[] =
    "SELECT f.value FROM document AS d CROSS JOIN field AS f"
    " ON f.document = d.id WHERE d.fields_confirmed > 0"
    " AND d.kind <> 'staff' AND f.state = 'confirmed' AND f.name IN"
    " ('place','issuer','parent_issuer','subject','signer','signer_title',"
    "'recipients','applicant')";

static const char applicants[] =
    "SELECT applicant FROM result WHERE current = 1 AND applicant <> ''";

static enum status add_all(struct sql *db, const char *query,
                           struct confirmed *c)
{
    AUTO(sql_finishp) struct sql_stmt *q = NULL;
    bool row = false;
    enum status st = sql_prepare(db, &q, query, "");

    while (st == STATUS_OK && (st = sql_step(q, &row)) == STATUS_OK && row)
        confirmed_add(c, sql_text(q, 0));
    return st;
}

static enum status gather(struct archive *a, struct confirmed *c)
{
    struct sql *db = NULL;
    enum status st = registers_gather_amended(a->store);

    if (st == STATUS_OK)
        st = registers_sql(a->store, &db);
    if (st == STATUS_OK)
        st = add_all(db, fields, c);
    return st == STATUS_OK ? add_all(db, applicants, c) : st;
}

enum status confirmed_words_write(struct archive *a, char **path, int *pairs)
{
    AUTO(confirmed_freep) struct confirmed *c = confirmed_new();
    AUTO(free_char) char *file = NULL;
    const char *folder = NULL;
    int syllables = 0;

    *path = NULL;
    *pairs = 0;
    if (!config_bool(a->config, CONFIG_REPAIR) ||
        !config_bool(a->config, CONFIG_CONFIRMED_WORDS))
        return STATUS_OK;
    /* Pages are read without such words as well: that the registers cannot be
     * asked is told at the end, when their results are to be matched. */
    if (gather(a, c) != STATUS_OK)
        return STATUS_OK;
    enum status st = store_work_dir(a->store, &folder);
    if (st != STATUS_OK)
        return st;
    file = path_join(folder, "confirmed.tsv");
    st = confirmed_write(c, file, &syllables, pairs);
    if (st == STATUS_OK && syllables > 0)
        *path = STEAL(file);
    return st;
}
