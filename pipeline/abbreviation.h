/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Abbreviations that cannot be: in no word does a consonant follow QU, and in
 * no name of an office either; QL (quản lý) begins many. */
#ifndef HOSO_PIPELINE_ABBREVIATION_H
#define HOSO_PIPELINE_ABBREVIATION_H

#include "base/record.h"

/*
 * Mend words in capitals in which a consonant follows QU: "QUCN" → "QLCN",
 * "12/QUKH-TTr" → "12/QLKH-TTr". What was recognised is kept in word.raw.
 * result  how many words were mended
 */
int abbreviations_mend(struct page *page);

#endif
