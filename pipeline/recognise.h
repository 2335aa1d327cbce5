/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The recogniser: words of a prepared page image, by Tesseract. The model is
 * loaded once and each page starts from the same state, so a page reads the
 * same whatever was read before it.
 */
#ifndef HOSO_PIPELINE_RECOGNISE_H
#define HOSO_PIPELINE_RECOGNISE_H

#include "base/record.h"
#include "base/status.h"

struct Pix;
struct recogniser;

/* The model that comes with the program, what stands in for it, and the larger
 * one for a second look, for which nothing stands in. */
#define OWN_MODEL "hoso_vie"
#define OWN_MODEL_FALLBACK "vie"
#define SECOND_MODEL "hoso_vie_second"

/*
 * Load a model by name ("vie"). Looks where Tesseract looks: TESSDATA_PREFIX,
 * then its own data folder. OWN_MODEL is looked for among the program's data;
 * if it is not there or not byte for byte what was measured,
 * OWN_MODEL_FALLBACK is loaded, and SECOND_MODEL is missing.
 * fails  MISSING (names the Debian package)
 */
NODISCARD enum status recogniser_new(const char *model,
                                     struct recogniser **out);
void recogniser_free(struct recogniser *r); /* NULL allowed */
void recogniser_freep(struct recogniser **r);

/* Whether the pages that follow are full of grain: what of it looks like a
 * table is not asked then, which may take a minute. */
void recogniser_expect_grain(struct recogniser *r, bool grainy);

/*
 * Recognise an upright page. One that falls into far more parts than print has
 * is read without its specks.
 * pix   1- or 8-bit
 * dpi   its resolution
 * out   lines are appended, boxes in pixels of pix; confidence_pct is set
 * turn_deg  the clockwise turn that most words want: 0, or 270 where Tesseract
 *       read them although their lines run downward
 * fails INTERNAL
 */
NODISCARD enum status recognise(struct recogniser *r, struct Pix *pix,
                                int dpi, struct page *out, int *turn_deg);

/* How a part of a page is laid out. */
enum area_kind {
    AREA_BLOCK, /* lines one below the other, as in a cell of a table */
    AREA_LINE,  /* one line */
};

/*
 * Recognise parts of an upright page one by one: boxes lie on pix, out has a
 * page for each, with boxes in pixels of pix.
 * fails INTERNAL
 */
NODISCARD enum status recognise_areas(struct recogniser *r, struct Pix *pix,
                                      int dpi, enum area_kind kind,
                                      const struct box *boxes, int n,
                                      struct page *out);

/* The digest of SECOND_MODEL; NULL if it is not there as it was measured. */
const char *recogniser_second_sha256(void);

/* Of the library, as it says; static. */
const char *recogniser_version(void);

/* Name and path of the model that was loaded, borrowed. */
const char *recogniser_model(const struct recogniser *r);
const char *recogniser_model_path(const struct recogniser *r);

#endif
