/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the parent and a worker say to each other over a socket.
 *
 *     frame:  magic (4 bytes) | bytes (4) | descriptors (4) | JSON text
 *
 * in the machine's own byte order, for both ends are the same machine.
 * Descriptors travel with the head of the frame, FRAME_FDS of them, and the
 * rest with one byte each FRAME_FDS behind it (a message holds at most 253).
 * A worker says when it is ready; the parent asks one thing at a time, which
 * it may do before that; a worker answers each with one frame and never sends
 * descriptors.
 */
#ifndef HOSO_PIPELINE_PROTOCOL_H
#define HOSO_PIPELINE_PROTOCOL_H

#include "pipeline/pipeline.h"

#define WORKER_SOCKET 3 /* the descriptor a worker finds its socket at */

/* How a worker ends when memory is out, as far as it can still say so. */
#define WORKER_EXIT_MEMORY 66

/* The first thing a worker says, once its model is loaded. */
#define READY_FRAME "{\"ready\":true}"

#define FRAME_BYTES_MAX (32u * 1024 * 1024)
#define FRAME_FDS 128
#define FRAME_FDS_MAX 65536

struct frame_head {
    uint32_t magic;
    uint32_t bytes; /* of the JSON text */
    uint32_t fds;
};

/* Send one frame, waiting as long as the socket's own limit says.
 * fails  IO (the other end is gone, or does not listen) */
NODISCARD enum status frame_send(int fd, const char *text, size_t n,
                                 const int *fds, int n_fds);

/*
 * Wait for one frame and take its descriptors (close-on-exec); *fds is to be
 * freed, its descriptors closed.  *end: the other end closed between frames.
 * fails  IO, INVALID
 */
NODISCARD enum status frame_receive(int fd, struct strbuf *text, int **fds,
                                    int *n_fds, bool *end);

/*
 * Look for a whole frame in what has arrived: *used is its length with head,
 * 0 if more must come.
 * fails  INVALID
 */
NODISCARD enum status frame_find(const struct strbuf *in, size_t *used);

/* A task as it travels. */
struct wire_task {
    enum task_kind kind;
    enum media media;
    char sha256[65]; /* "" if none */
    int source_page;
    int attempt; /* from 1 */
    struct crop crop;
};

json_t *wire_task_to_json(const struct wire_task *t);
NODISCARD enum status wire_task_from_json(const json_t *j,
                                          struct wire_task *out);

/* An answer as it travels; user is not part of it. */
json_t *result_to_json(const struct task_result *r);

/* out is to be cleared with task_result_clear() only if this was OK. */
NODISCARD enum status result_from_json(const json_t *j,
                                       struct task_result *out);

/* The limits a worker is started with. model is borrowed from j. */
json_t *options_to_json(const struct pool_options *o);
NODISCARD enum status options_from_json(const json_t *j,
                                        struct pool_options *out);

#endif
