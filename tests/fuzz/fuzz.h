/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The door libFuzzer (or replay.c) calls with bytes to try. */
#ifndef HOSO_TESTS_FUZZ_H
#define HOSO_TESTS_FUZZ_H

#include <stddef.h>
#include <stdint.h>

/* NOLINTNEXTLINE: the name is libFuzzer's */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#endif
