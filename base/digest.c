/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * SHA-256 by OpenSSL's EVP: about 2 GB/s a core with the CPU's own
 * instructions, so that hashing is never slower than the disk.
 */
#include "base/digest.h"

#include "base/alloc.h"
#include "base/i18n.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <openssl/evp.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Large enough that system calls do not count, small enough for any thread. */
#define READ_BYTES (1 << 20)

struct digest {
    EVP_MD_CTX *ctx;
};

static void start(struct digest *d)
{
    int done = EVP_DigestInit_ex(d->ctx, EVP_sha256(), NULL);

    assert(done == 1);
    (void)done;
}

struct digest *digest_new(void)
{
    struct digest *d = xcalloc(1, sizeof(*d));

    d->ctx = EVP_MD_CTX_new();
    assert(d->ctx);
    start(d);
    return d;
}

void digest_free(struct digest *d)
{
    if (!d)
        return;
    EVP_MD_CTX_free(d->ctx);
    free(d);
}

void digest_freep(struct digest **d)
{
    digest_free(*d);
    *d = NULL;
}

void digest_add(struct digest *d, const void *bytes, size_t n)
{
    int done = EVP_DigestUpdate(d->ctx, bytes, n);

    assert(done == 1);
    (void)done;
}

static void to_hex(const unsigned char *raw, size_t n, char *hex)
{
    static const char digits[] = "0123456789abcdef";

    for (size_t i = 0; i < n; i++) {
        hex[2 * i] = digits[raw[i] >> 4];
        hex[2 * i + 1] = digits[raw[i] & 15];
    }
    hex[2 * n] = '\0';
}

void digest_end(struct digest *d, char hex[DIGEST_HEX_BYTES])
{
    unsigned char raw[EVP_MAX_MD_SIZE];
    unsigned n = 0;
    int done = EVP_DigestFinal_ex(d->ctx, raw, &n);

    assert(done == 1 && n == 32);
    (void)done;
    to_hex(raw, n, hex);
    start(d);
}

void digest_bytes(const void *bytes, size_t n, char hex[DIGEST_HEX_BYTES])
{
    AUTO(digest_freep) struct digest *d = digest_new();

    digest_add(d, bytes, n);
    digest_end(d, hex);
}

enum status digest_fd(int fd, const char *what, char hex[DIGEST_HEX_BYTES],
                      uint64_t *bytes)
{
    AUTO(digest_freep) struct digest *d = digest_new();
    AUTO(free_char) char *buffer = xrealloc(NULL, READ_BYTES, 1);
    uint64_t all = 0;

    /* Advice only: a pipe or a special file does not take it. */
    posix_fadvise(fd, 0, 0, POSIX_FADV_SEQUENTIAL);
    for (;;) {
        ssize_t n = read(fd, buffer, READ_BYTES);

        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return fail_errno(STATUS_IO, errno, _("cannot read '%s'"), what);
        if (n == 0)
            break;
        digest_add(d, buffer, (size_t)n);
        all += (uint64_t)n;
    }
    digest_end(d, hex);
    if (bytes)
        *bytes = all;
    return STATUS_OK;
}

bool digest_is_hex(const char *s)
{
    if (!s)
        return false;
    return strlen(s) == DIGEST_HEX_BYTES - 1 &&
           strspn(s, "0123456789abcdef") == DIGEST_HEX_BYTES - 1;
}
