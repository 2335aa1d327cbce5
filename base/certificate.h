/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Who signed: read from a CMS (PKCS #7) signature. Nothing is checked: whether
 * a signature holds is for programs that know whom to trust.
 */
#ifndef HOSO_BASE_CERTIFICATE_H
#define HOSO_BASE_CERTIFICATE_H

#include <stddef.h>

/* The common name of the certificate of the (first) signer, NFC; NULL if the
 * bytes, which may be followed by others, do not say. Caller frees. */
char *certificate_signer(const unsigned char *cms, size_t n);

#endif
