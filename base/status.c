/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The thread's failure message, and the tables made from the one list. */
#include "base/status.h"

#include "base/i18n.h"

#include <assert.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define MESSAGE_BYTES 2048

static _Thread_local char message[MESSAGE_BYTES];

static const struct {
    int exit_code;
    const char *json;
    const char *text;
} statuses[STATUS_COUNT] = {
#define STATUS_ROW(name, exit_code, json, text) {exit_code, json, N_(text)},
    STATUS_LIST(STATUS_ROW)
#undef STATUS_ROW
};

const char *status_text(enum status st)
{
    return (unsigned)st < STATUS_COUNT ? statuses[st].text : "?";
}

const char *status_json(enum status st)
{
    return (unsigned)st < STATUS_COUNT ? statuses[st].json : "internal";
}

int status_exit_code(enum status st)
{
    return (unsigned)st < STATUS_COUNT ? statuses[st].exit_code : 15;
}

/* A cut inside a UTF-8 sequence would make the whole message invalid. */
static void end_on_character(char *s, size_t cap)
{
    size_t n = strlen(s);
    if (n + 1 < cap)
        return;
    size_t lead = n;
    while (lead > 0 && ((unsigned char)s[lead - 1] & 0xc0) == 0x80)
        lead--;
    if (lead > 0 && (unsigned char)s[lead - 1] >= 0xc0)
        s[lead - 1] = '\0';
}

static void set_message(const char *format, va_list ap)
{
    /* The old message may be among the arguments. */
    char fresh[MESSAGE_BYTES];
    vsnprintf(fresh, sizeof(fresh), format, ap);
    end_on_character(fresh, sizeof(fresh));
    memcpy(message, fresh, sizeof(message));
}

enum status fail(enum status st, const char *format, ...)
{
    assert(st != STATUS_OK);
    va_list ap;
    va_start(ap, format);
    set_message(format, ap);
    va_end(ap);
    return st;
}

static enum status status_of_errno(enum status st, int err)
{
    switch (err) {
    case ENOSPC:
    case EDQUOT:
        return STATUS_NO_SPACE;
    case EACCES:
    case EPERM:
    case EROFS:
        return STATUS_DENIED;
    case ENOENT:
        return STATUS_NOT_FOUND;
    default:
        return st;
    }
}

enum status fail_errno(enum status st, int err, const char *format, ...)
{
    assert(st != STATUS_OK);
    va_list ap;
    va_start(ap, format);
    set_message(format, ap);
    va_end(ap);
    char reason[128];
    const char *text = strerror_r(err, reason, sizeof(reason));
    size_t n = strlen(message);
    snprintf(message + n, sizeof(message) - n, ": %s", text);
    end_on_character(message, sizeof(message));
    return status_of_errno(st, err);
}

enum status explain(enum status st, const char *format, ...)
{
    assert(st != STATUS_OK);
    char old[MESSAGE_BYTES];
    memcpy(old, message, sizeof(old));
    va_list ap;
    va_start(ap, format);
    set_message(format, ap);
    va_end(ap);
    size_t n = strlen(message);
    snprintf(message + n, sizeof(message) - n, ": %s", old);
    end_on_character(message, sizeof(message));
    return st;
}

const char *status_message(void)
{
    return message;
}
