/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Recorded pages instead of a recogniser, so that tests need no model and no
 * time: HOSO_OCR=replay:DIR reads DIR/<sha256>-<page from 1>.json,
 * HOSO_OCR=record:DIR writes it after each page (page_to_json()).
 */
#ifndef HOSO_PIPELINE_RECOGNISE_REPLAY_H
#define HOSO_PIPELINE_RECOGNISE_REPLAY_H

#include "base/record.h"
#include "base/status.h"

enum replay_mode { REPLAY_OFF, REPLAY_PLAY, REPLAY_RECORD };

struct replay {
    enum replay_mode mode;
    const char *folder; /* borrowed from the setting */
};

/* setting: the value of HOSO_OCR, NULL allowed.
 * fails  CONFIG (neither replay:DIR nor record:DIR) */
NODISCARD enum status replay_parse(const char *setting, struct replay *out);

/* The recorded page.  fails  NOT_FOUND (names the file), INVALID, IO */
NODISCARD enum status replay_load(const struct replay *r, const char *sha256,
                                  int source_page, struct page *out);

/* fails  IO, NO_SPACE, DENIED */
NODISCARD enum status replay_store(const struct replay *r, const char *sha256,
                                   int source_page, const struct page *page);

#endif
