/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A record.json that may have been damaged: it is refused, or it is a record
 * that reads back as the same. */
#include "fuzz.h"

#include "base/record.h"
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    json_t *j = NULL;
    struct record *r = NULL;
    struct record *again = NULL;
    if (json_parse((const char *)data, size, "fuzz", &j) != STATUS_OK)
        return 0;
    enum status st = record_from_json(j, &r);
    json_decref(j);
    if (st != STATUS_OK)
        return 0;
    free(record_text(r));
    j = record_to_json(r);
    if (record_from_json(j, &again) != STATUS_OK)
        abort();
    json_t *k = record_to_json(again);
    char *one = json_text(j, false);
    char *two = json_text(k, true);
    free(two);
    two = json_text(k, false);
    if (strcmp(one, two) != 0)
        abort();
    free(one);
    free(two);
    json_decref(j);
    json_decref(k);
    record_free(r);
    record_free(again);
    return 0;
}
