/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How things fail: one list of statuses, and the message that goes with one.
 *
 * Every function that can fail returns an enum status. Only fail() makes a
 * failure, so a status never comes without a message. A caller propagates with
 *
 *     if (st != STATUS_OK)
 *         return st;
 *
 * and may put context in front of the message with explain(). The message is
 * kept per thread and is valid while the last status was not STATUS_OK.
 */
#ifndef HOSO_BASE_STATUS_H
#define HOSO_BASE_STATUS_H

#include "base/compiler.h"

/*
 * X(name, exit code, JSON code, text)
 *
 * The one list: it makes the enum, the texts, the codes in JSON, the exit
 * codes and the table of the manual. Exit codes 0-15 and 130 mean what they
 * mean in OCRmyPDF; they never change meaning.
 */
#define STATUS_LIST(X)                                                         \
    X(OK, 0, "ok", "done")                                                     \
    X(USAGE, 1, "usage", "wrong arguments")                                    \
    X(INVALID, 2, "invalid", "the input cannot be read")                       \
    X(NOT_FOUND, 2, "not-found", "no such thing")                              \
    X(LIMIT, 2, "limit", "the input is over a limit")                          \
    X(UNSUPPORTED, 2, "unsupported", "this kind of input is not handled")      \
    X(MISSING, 3, "missing-dependency", "something hoso needs is missing")     \
    X(BAD_OUTPUT, 4, "bad-output", "what was written did not read back")       \
    X(IO, 5, "file-access", "a file could not be read or written")             \
    X(NO_SPACE, 5, "no-space", "the disk is full")                             \
    X(DENIED, 5, "denied", "no permission")                                    \
    X(EXISTS, 5, "exists", "it is there already")                              \
    X(BUSY, 5, "busy", "another process holds it")                             \
    X(CHILD, 7, "child-process", "a worker failed")                            \
    X(TIMEOUT, 7, "timeout", "a worker took too long")                         \
    X(ENCRYPTED, 8, "encrypted", "the input is encrypted")                     \
    X(CONFIG, 9, "configuration", "the configuration is wrong")                \
    X(DAMAGED, 15, "damaged", "the archive's own data is damaged")             \
    X(INTERNAL, 15, "internal", "something unforeseen happened")               \
    X(PARTIAL, 20, "partial", "part of a batch failed")                        \
    X(UNVERIFIED, 21, "unverified", "verification failed")                     \
    X(QUARANTINED, 22, "quarantined", "something was quarantined")             \
    X(BELOW_TARGET, 23, "below-target", "a target is not reached")             \
    X(CANCELLED, 130, "interrupted", "interrupted")

enum status {
#define STATUS_ENUM(name, exit_code, json, text) STATUS_##name,
    STATUS_LIST(STATUS_ENUM)
#undef STATUS_ENUM
        STATUS_COUNT
};

/* The English text of a status, for gettext; never NULL. */
const char *status_text(enum status st);

/* The stable code of a status in JSON output; never NULL. */
const char *status_json(enum status st);

/* The exit code of a status. */
int status_exit_code(enum status st);

/*
 * Start a failure: set the thread's message and return st.
 * st is not STATUS_OK. The message is one line in the user's words: what,
 * where, and what to do next; paths and ids in it are quoted.
 */
enum status fail(enum status st, const char *format, ...) PRINTF_LIKE(2, 3);

/* fail() with ": " and the text of errno value err behind it; ENOSPC, EDQUOT
 * become STATUS_NO_SPACE, EACCES, EPERM and EROFS STATUS_DENIED, ENOENT
 * STATUS_NOT_FOUND, whatever st says. */
enum status fail_errno(enum status st, int err, const char *format, ...)
    PRINTF_LIKE(3, 4);

/* Put context and ": " in front of the thread's message; returns st. */
enum status explain(enum status st, const char *format, ...)
    PRINTF_LIKE(2, 3);

/* The thread's message; borrowed until the next fail() or explain() here. */
const char *status_message(void);

#endif
