/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What all users of qpdf need: quiet documents and errors as statuses. */
#include "pipeline/qpdf.h"

#include "base/i18n.h"
#include "pipeline/access_source.h"

const char *pdf_qpdf_version(void)
{
    return qpdf_get_qpdf_version();
}

bool pdf_is_encrypted(const unsigned char *bytes, size_t n)
{
    qpdf_data q = qpdf_quiet();
    bool encrypted = qpdf_read_bytes(q, bytes, n) == STATUS_OK &&
                     qpdf_is_encrypted(q);
    qpdf_cleanup(&q);
    return encrypted;
}

qpdf_data qpdf_quiet(void)
{
    qpdf_data q = qpdf_init();
    qpdf_set_suppress_warnings(q, QPDF_TRUE);
    qpdf_silence_errors(q);
    return q;
}

enum status qpdf_failure(qpdf_data q)
{
    qpdf_error e = qpdf_get_error(q);
    if (e && qpdf_get_error_code(q, e) == qpdf_e_password)
        return fail(STATUS_ENCRYPTED, _("the PDF needs a password"));
    return fail(STATUS_INVALID, _("the PDF is damaged: %s"),
                e ? qpdf_get_error_message_detail(q, e) : "?");
}

enum status qpdf_read_bytes(qpdf_data q, const unsigned char *bytes, size_t n)
{
    if (qpdf_read_memory(q, "source", (const char *)bytes, n, NULL) &
        QPDF_ERRORS)
        return qpdf_failure(q);
    return STATUS_OK;
}
