/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a worker that hostile bytes have taken over may say to its parent, as
 * a stream of bytes and as the JSON inside a frame. */
#include "fuzz.h"

#include "pipeline/protocol.h"
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

static void as_stream(const uint8_t *data, size_t size)
{
    struct strbuf in;
    size_t used = 0;
    strbuf_init(&in);
    strbuf_add(&in, data, size);
    if (frame_find(&in, &used) == STATUS_OK && used > in.len)
        abort();
    strbuf_clear(&in);
}

static void as_frame(const uint8_t *data, size_t size)
{
    int ends[2];
    int *fds = NULL;
    int n_fds = 0;
    bool end = false;
    struct strbuf text;
    if (size > 65536 || socketpair(AF_UNIX, SOCK_STREAM, 0, ends) != 0)
        return;
    strbuf_init(&text);
    if (send(ends[0], data, size, MSG_NOSIGNAL) == (ssize_t)size) {
        close(ends[0]);
        if (frame_receive(ends[1], &text, &fds, &n_fds, &end) == STATUS_OK)
            free(fds);
    } else {
        close(ends[0]);
    }
    close(ends[1]);
    strbuf_clear(&text);
}

static void as_json(const uint8_t *data, size_t size)
{
    json_t *j = NULL;
    struct task_result r;
    struct wire_task t;
    struct pool_options o;
    if (json_parse((const char *)data, size, "fuzz", &j) != STATUS_OK)
        return;
    if (result_from_json(j, &r) == STATUS_OK)
        task_result_clear(&r);
    if (wire_task_from_json(j, &t) == STATUS_OK && t.attempt < 1)
        abort();
    if (options_from_json(j, &o) == STATUS_OK && !o.model)
        abort();
    json_decref(j);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    as_stream(data, size);
    as_frame(data, size);
    as_json(data, size);
    return 0;
}
