/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Frames over a Unix socket, with descriptors (SCM_RIGHTS); see protocol.h. */
#include "pipeline/protocol.h"

#include "base/alloc.h"
#include "base/i18n.h"
#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define FRAME_MAGIC 0x6F736F68u /* "hoso" */

union fd_space {
    struct cmsghdr align;
    char bytes[CMSG_SPACE(sizeof(int) * FRAME_FDS)];
};

/* Send n bytes, the first of them with n_fds descriptors. */
static enum status send_part(int fd, const void *bytes, size_t n,
                             const int *fds, size_t n_fds)
{
    const char *p = bytes;
    union fd_space space;
    memset(&space, 0, sizeof(space));
    while (n > 0) {
        struct iovec part = {.iov_base = (void *)(uintptr_t)p, .iov_len = n};
        struct msghdr m = {.msg_iov = &part, .msg_iovlen = 1};
        if (n_fds > 0) {
            m.msg_control = space.bytes;
            m.msg_controllen = CMSG_SPACE(sizeof(int) * n_fds);
            struct cmsghdr *c = CMSG_FIRSTHDR(&m);
            c->cmsg_level = SOL_SOCKET;
            c->cmsg_type = SCM_RIGHTS;
            c->cmsg_len = CMSG_LEN(sizeof(int) * n_fds);
            memcpy(CMSG_DATA(c), fds, sizeof(int) * n_fds);
        }
        ssize_t sent = sendmsg(fd, &m, MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR)
            continue;
        if (sent < 0)
            return fail_errno(STATUS_IO, errno, _("cannot talk to a worker"));
        p += sent;
        n -= (size_t)sent;
        n_fds = 0;
    }
    return STATUS_OK;
}

enum status frame_send(int fd, const char *text, size_t n, const int *fds,
                       int n_fds)
{
    if (n > FRAME_BYTES_MAX || n_fds > FRAME_FDS_MAX)
        return fail(STATUS_LIMIT, _("too much for one message to a worker"));
    struct frame_head head = {FRAME_MAGIC, (uint32_t)n, (uint32_t)n_fds};
    size_t left = (size_t)n_fds;
    size_t now = left < FRAME_FDS ? left : FRAME_FDS;
    enum status st = send_part(fd, &head, sizeof(head), fds, now);
    for (left -= now; left > 0 && st == STATUS_OK; left -= now) {
        fds += now;
        now = left < FRAME_FDS ? left : FRAME_FDS;
        st = send_part(fd, "+", 1, fds, now);
    }
    if (st == STATUS_OK)
        st = send_part(fd, text, n, NULL, 0);
    return st;
}

struct fd_list {
    int *fds;
    int n, cap;
};

static void take_fds(struct msghdr *m, struct fd_list *list)
{
    for (struct cmsghdr *c = CMSG_FIRSTHDR(m); c; c = CMSG_NXTHDR(m, c)) {
        if (c->cmsg_level != SOL_SOCKET || c->cmsg_type != SCM_RIGHTS)
            continue;
        size_t n = (c->cmsg_len - CMSG_LEN(0)) / sizeof(int);
        for (size_t i = 0; i < n; i++) {
            GROW(list->fds, list->n, list->cap);
            memcpy(&list->fds[list->n++], CMSG_DATA(c) + i * sizeof(int),
                   sizeof(int));
        }
    }
}

/* Read exactly n bytes; *got is less only where the other end closed. */
static enum status receive_part(int fd, void *bytes, size_t n,
                                struct fd_list *list, size_t *got)
{
    char *p = bytes;
    size_t done = 0;
    union fd_space space;
    while (done < n) {
        struct iovec part = {.iov_base = p + done, .iov_len = n - done};
        struct msghdr m = {.msg_iov = &part,
                           .msg_iovlen = 1,
                           .msg_control = space.bytes,
                           .msg_controllen = sizeof(space.bytes)};
        ssize_t k = recvmsg(fd, &m, MSG_CMSG_CLOEXEC);
        if (k < 0 && errno == EINTR)
            continue;
        if (k < 0)
            return fail_errno(STATUS_IO, errno, _("cannot hear the parent"));
        take_fds(&m, list);
        if (k == 0)
            break;
        done += (size_t)k;
    }
    *got = done;
    return STATUS_OK;
}

static enum status cut_off(void)
{
    return fail(STATUS_IO, _("a message was cut off"));
}

static enum status check_head(const struct frame_head *head)
{
    if (head->magic != FRAME_MAGIC || head->bytes > FRAME_BYTES_MAX ||
        head->fds > FRAME_FDS_MAX)
        return fail(STATUS_INVALID, _("a message is not in its form"));
    return STATUS_OK;
}

static enum status receive_rest(int fd, const struct frame_head *head,
                                struct strbuf *text, struct fd_list *list)
{
    size_t got = 0;
    char byte;
    enum status st;
    for (uint32_t i = FRAME_FDS; i < head->fds; i += FRAME_FDS) {
        st = receive_part(fd, &byte, 1, list, &got);
        if (st != STATUS_OK)
            return st;
        if (got < 1)
            return cut_off();
    }
    char *bytes = xcalloc((size_t)head->bytes + 1, 1);
    st = receive_part(fd, bytes, head->bytes, list, &got);
    if (st == STATUS_OK && got < head->bytes)
        st = cut_off();
    if (st == STATUS_OK && (uint32_t)list->n != head->fds)
        st = fail(STATUS_IO, _("descriptors were lost: too many open files"));
    strbuf_reset(text);
    strbuf_add(text, bytes, got);
    free_char(&bytes);
    return st;
}

enum status frame_receive(int fd, struct strbuf *text, int **fds, int *n_fds,
                          bool *end)
{
    struct frame_head head;
    struct fd_list list = {0};
    size_t got = 0;
    *end = false;
    enum status st = receive_part(fd, &head, sizeof(head), &list, &got);
    if (st == STATUS_OK && got == 0)
        *end = true;
    else if (st == STATUS_OK && got < sizeof(head))
        st = cut_off();
    else if (st == STATUS_OK)
        st = check_head(&head);
    if (st == STATUS_OK && !*end)
        st = receive_rest(fd, &head, text, &list);
    if (st != STATUS_OK) {
        for (int i = 0; i < list.n; i++)
            close(list.fds[i]);
        free_void(&list.fds);
        return st;
    }
    *fds = list.fds;
    *n_fds = list.n;
    return STATUS_OK;
}

enum status frame_find(const struct strbuf *in, size_t *used)
{
    struct frame_head head;
    *used = 0;
    if (in->len < sizeof(head))
        return STATUS_OK;
    memcpy(&head, in->s, sizeof(head));
    enum status st = check_head(&head);
    if (st == STATUS_OK && head.fds != 0)
        st = fail(STATUS_INVALID, _("a message is not in its form"));
    if (st == STATUS_OK && in->len >= sizeof(head) + head.bytes)
        *used = sizeof(head) + head.bytes;
    return st;
}
