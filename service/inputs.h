/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the clerk pointed at, as a plan: files in natural order, grouped into
 * documents. Nothing is decoded here; of each file only the first kilobyte
 * is looked at (and, of a TIFF, whether there is a second page).
 */
#ifndef HOSO_SERVICE_INPUTS_H
#define HOSO_SERVICE_INPUTS_H

#include "base/status.h"
#include "pipeline/pipeline.h"
#include "service/service.h"

struct input_file {
    char *path; /* as it is opened; any bytes */
    enum media media;
};

/* The files of one document, in page order. */
struct input_document {
    char *title; /* fit to be shown: stem of the name, or of the group */
    char *name;  /* fit to be shown: the path, or folder/title of a group */
    struct input_file *files;
    int n_files, cap_files;
};

/* Something in a folder that cannot be taken in; it belongs before document
 * number `before`. */
struct input_problem {
    char *name;
    enum status status;
    char *message;
    int before;
};

struct input_plan {
    struct input_document *documents;
    int n_documents, cap_documents;
    struct input_problem *problems;
    int n_problems, cap_problems;
};

/*
 * Make the plan. Folders are walked with what is below them; links are
 * followed, loops are problems. What the desktop leaves in folders
 * (Thumbs.db, .DS_Store, desktop.ini, ._*) and the archive's own folder
 * (archive_dir) are passed over.
 * fails  NOT_FOUND, DENIED, USAGE (no path): for a path that was given itself
 */
NODISCARD enum status inputs_plan(const char *const *paths, int n_paths,
                                  enum split split, const char *archive_dir,
                                  struct input_plan *out);
void input_plan_clear(struct input_plan *p);

/*
 * Whether stem names page of a document: "X-p1", "X_0001" (years from 1900
 * to 2100 are no page numbers). *prefix_bytes is then the length of X, and
 * *marked whether it was the "-p" form, which is sure even when alone.
 */
bool input_page_name(const char *stem, size_t *prefix_bytes, bool *marked);

#endif
