/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SHA-256 (FIPS 180-4) by OpenSSL, streaming, as lower-case hex. */
#ifndef HOSO_BASE_DIGEST_H
#define HOSO_BASE_DIGEST_H

#include "base/status.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define DIGEST_HEX_BYTES 65 /* 64 hex digits and NUL */

struct digest; /* a running SHA-256 */

struct digest *digest_new(void);
void digest_free(struct digest *d);
void digest_freep(struct digest **d); /* for AUTO() */
void digest_add(struct digest *d, const void *bytes, size_t n);

/* Write the digest so far and start anew. */
void digest_end(struct digest *d, char hex[DIGEST_HEX_BYTES]);

/* Digest of n bytes at once. */
void digest_bytes(const void *bytes, size_t n, char hex[DIGEST_HEX_BYTES]);

/* Digest and length of what fd gives from its current position to its end.
 * fails  IO (what says which file) */
NODISCARD enum status digest_fd(int fd, const char *what,
                                char hex[DIGEST_HEX_BYTES],
                                uint64_t *bytes);

/* Whether s is 64 lower-case hex digits. */
bool digest_is_hex(const char *s);

#endif
