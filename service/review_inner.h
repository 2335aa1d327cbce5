/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of review share; for service/ alone. */
#ifndef HOSO_SERVICE_REVIEW_INNER_H
#define HOSO_SERVICE_REVIEW_INNER_H

#include "pipeline/pipeline.h"
#include "service/archive.h"

/* "work.2", the second field of that name, as "work" and 2; of a name alone
 * *which stays as it is. Caller frees. */
char *review_name_parts(const char *typed, int *which);

/* Whether any document may have a field of that name. */
bool review_name_is_known(const char *name);

/* A failure that names the nearest field. */
NODISCARD enum status review_unknown_name(const char *name);

/* The access PDF of r anew, in a file without a name; sets r->access_note.
 * *fd stays -1 where the document never had one. The caller closes it. */
NODISCARD enum status review_access_pdf(struct archive *a, struct record *r,
                                        int *fd);

/* One original of a document, in a file without a name in folder dir. */
NODISCARD enum status review_original(struct archive *a, const char *id,
                                      const struct source *s, const char *dir,
                                      int *fd);

/* "image/jpeg" as the workers call it. */
enum media review_media(const struct source *s);

/* Do one task. *out is to be cleared if this was OK; a failure of the worker
 * is the result. */
NODISCARD enum status review_task(struct pool *p, const struct task *t,
                                  struct task_result *out);

#endif
