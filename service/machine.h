/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What this machine reads with: the workers and the model in them. */
#ifndef HOSO_SERVICE_MACHINE_H
#define HOSO_SERVICE_MACHINE_H

#include "base/config.h"
#include "base/json.h"
#include "base/status.h"
#include "pipeline/pipeline.h"

/* Options of a pool by the settings. jobs 0: one worker a core. The result
 * borrows from c. */
void machine_pool_options(const struct config *c, int jobs,
                          struct pool_options *out);

/* Ask a worker what it is (TASK_HELLO); nothing else may be pending. Caller
 * decrefs *info.  fails  MISSING (no worker, no model), CHILD, IO */
NODISCARD enum status machine_ask_worker(struct pool *p, json_t **info);

/* "tesseract 5.3.0 vie sha256:…", from the answer; with the words that people
 * confirmed, if any joined: pairs says how many. Caller frees. */
char *machine_recogniser(const json_t *info, int pairs);

#endif
