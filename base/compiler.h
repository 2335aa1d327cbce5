/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The GNU attributes hoso uses, under plain names. Nothing else belongs here. */
#ifndef HOSO_BASE_COMPILER_H
#define HOSO_BASE_COMPILER_H

/* The result must be looked at: every function that can fail carries this. */
#define NODISCARD __attribute__((warn_unused_result))

/* The n-th parameter is a printf format, checked against those from m on. */
#define PRINTF_LIKE(n, m) __attribute__((format(printf, n, m)))

#define NORETURN __attribute__((noreturn))

/*
 * A local that cleans up after itself: AUTO(free_char) char *name = NULL;
 * The function gets the address of the local and must bear an empty one.
 */
#define AUTO(fn) __attribute__((cleanup(fn)))

/* Hand a guarded local over: return STEAL(name); */
#define STEAL(p)                                                               \
    __extension__({                                                            \
        __typeof__(p) stolen_ = (p);                                           \
        (p) = NULL;                                                            \
        stolen_;                                                               \
    })

#define ARRAY_LEN(a) (sizeof(a) / sizeof((a)[0]))

#endif
