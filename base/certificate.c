/* SPDX-License-Identifier: GPL-3.0-or-later */
/* By OpenSSL, which is here for digests anyway. */
#include "base/certificate.h"

#include "base/text.h"
#include <limits.h>
#include <openssl/cms.h>
#include <openssl/err.h>
#include <openssl/x509.h>
#include <stdbool.h>

static char *common_name(X509 *certificate)
{
    X509_NAME *name = X509_get_subject_name(certificate);
    int at = X509_NAME_get_index_by_NID(name, NID_commonName, -1);
    unsigned char *utf8 = NULL;
    char *out = NULL;
    int n;

    if (at < 0)
        return NULL;
    n = ASN1_STRING_to_UTF8(
        &utf8, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, at)));
    if (n > 0)
        out = text_nfc((const char *)utf8, (size_t)n);
    OPENSSL_free(utf8);
    return out;
}

/* The name of the certificate that made the first signature. */
static char *first_signer(CMS_ContentInfo *cms)
{
    STACK_OF(CMS_SignerInfo) *signers = CMS_get0_SignerInfos(cms);
    STACK_OF(X509) *certificates = CMS_get1_certs(cms);
    char *out = NULL;

    for (int i = 0; signers && i < sk_X509_num(certificates) && !out; i++) {
        X509 *one = sk_X509_value(certificates, i);

        if (sk_CMS_SignerInfo_num(signers) > 0 &&
            CMS_SignerInfo_cert_cmp(sk_CMS_SignerInfo_value(signers, 0),
                                    one) == 0)
            out = common_name(one);
    }
    sk_X509_pop_free(certificates, X509_free);
    return out;
}

char *certificate_signer(const unsigned char *cms, size_t n)
{
    const unsigned char *at = cms;
    CMS_ContentInfo *info;
    char *out = NULL;

    if (n == 0 || n > LONG_MAX)
        return NULL;
    info = d2i_CMS_ContentInfo(NULL, &at, (long)n);
    if (info)
        out = first_signer(info);
    CMS_ContentInfo_free(info);
    ERR_clear_error();
    return out;
}
