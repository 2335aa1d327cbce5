/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Electronic signatures of the sources as fields of the record. */
#ifndef HOSO_SERVICE_SIGNATURES_H
#define HOSO_SERVICE_SIGNATURES_H

#include "base/record.h"

/*
 * Add esign_signer, esign_time, esign_scope and esign_text (what its picture
 * says), from the second signature on with _2, _3 … behind the name.
 * of_sources  one a source: the list that a worker found, or NULL
 */
void record_add_signatures(struct record *r, json_t *const *of_sources);

#endif
