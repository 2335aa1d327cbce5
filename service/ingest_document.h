/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One document on its way through an ingest:
 *
 *     opened -> counting -> reading -> assembling -> ready
 *
 * counting: workers say how many pages each PDF and TIFF has. reading: its
 * pages are with workers. assembling: a worker makes the access PDF. ready:
 * it is decided what is to become of it; the batch settles it in its turn.
 */
#ifndef HOSO_SERVICE_INGEST_DOCUMENT_H
#define HOSO_SERVICE_INGEST_DOCUMENT_H

#include "service/archive.h"
#include "service/inputs.h"

enum document_phase {
    DOCUMENT_COUNTING,
    DOCUMENT_READING,
    DOCUMENT_ASSEMBLING,
    DOCUMENT_READY,
};

/* What is to become of a document that is ready. */
enum document_fate {
    FATE_STORE,
    FATE_DUPLICATE,  /* all its bytes are archived: existing_id */
    FATE_QUARANTINE, /* no page of it can be read: status, message */
    FATE_FAILED,     /* its files cannot be opened: status, message */
};

struct ingest_document;

/* What a task is about; task.user points to one. */
struct errand {
    struct ingest_document *document;
    enum task_kind kind;
    int index; /* of the file (PROBE) or of the page in the document (READ) */
};

/* Why a file cannot be read at all, if so; it stands for one failed page. */
struct file_failure {
    enum status status;
    char *message; /* NULL: it can */
};

struct ingest_document {
    const struct input_document *in; /* borrowed from the plan */
    struct record *record;
    int *fds;      /* one per file and a last one for the access PDF;
                      -1 where not open */
    struct file_failure *failures; /* one per file */
    json_t **signatures; /* one per file: its electronic signatures, or NULL */
    struct page *pages; /* laid out when all files are counted */
    int n_pages;
    struct errand *file_errands, *page_errands;
    struct errand assemble_errand;
    int next_file, files_left; /* next to count; how many are not counted */
    int next_page, pages_left; /* next to read, not yet read */
    bool submitted; /* the assembling */
    enum document_phase phase;
    enum document_fate fate;
    enum status status; /* of the first file or page that failed */
    char *message;
    char *staff_form; /* it is a staff paper, though not said to be one */
    char existing_id[STORE_ID_BYTES];
};

/*
 * Open and hash the files of in and see whether they are archived already.
 * Failures of the files become the document's fate; only those of the
 * archive are returned.
 */
NODISCARD enum status document_open(struct archive *a,
                                    const struct input_document *in,
                                    const char *kind, const char *batch,
                                    struct ingest_document **out);
void document_free(struct ingest_document *d); /* NULL allowed */

/* A file of the document cannot be read (before it is counted). */
void document_file_failed(struct ingest_document *d, int file, enum status st,
                          const char *message);

/* Once no file is left to count: lay out the pages. */
void document_counted(struct ingest_document *d);

/* The next task that can be given to a worker now; false if there is none
 * (results are awaited, or the document is ready). reading: also pages. */
bool document_next_task(struct ingest_document *d, bool reading,
                        struct task *t);

/* Make what the next task needs: a file in work_dir for the access PDF.
 * fails  NO_SPACE, IO */
NODISCARD enum status document_prepare(struct ingest_document *d,
                                       const char *work_dir);

/* Take in the result of errand e; when all pages are read, find the fields by
 * rules.  fails  MISSING: no worker can read */
NODISCARD enum status document_take(const struct errand *e,
                                    const struct extract_rules *rules,
                                    struct task_result *r);

/* How many of its files the archive has; id of the first that it has. */
NODISCARD enum status document_known_files(struct archive *a,
                                           struct ingest_document *d,
                                           int *known);

#endif
