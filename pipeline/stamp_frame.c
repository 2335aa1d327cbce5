/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A rubber stamp in black is a rectangle of the size of a hand, rarely quite
 * straight, whose four sides are drawn through. Its lines lie so near its
 * words that layout analysis takes it for a picture and reads scraps of it
 * into the text: so what is inside is cut out, set straight and read alone.
 */
#include "pipeline/stamp_frame.h"

#include "base/alloc.h"
#include "base/text.h"
#include "pipeline/leptonica.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define COARSE_DPI 140.0 /* fine enough for thin lines */
#define READ_DPI 200.0
#define READ_ABOVE_DPI 230.0
#define LONGER_MIN_MM 18
#define LONGER_MAX_MM 85
#define SHORTER_MIN_MM 6
#define SHORTER_MAX_MM 45
#define SIDE_SHARE 0.1  /* of a side's length it may lean */
#define SIDE_PCT 70     /* of a side is drawn */
#define FULL_MAX_PCT 65 /* the coarse copy is bold */
#define BLACK 128
#define RIM_MM 1.2
#define WORDS_MAX 30 /* in a stamp, scraps counted */

static double mm_of(int px, double dpi)
{
    return px * 25.4 / dpi;
}

static bool has_size(const BOX *b, double dpi)
{
    int longer = b->w > b->h ? b->w : b->h, shorter = b->w + b->h - longer;

    return mm_of(longer, dpi) > LONGER_MIN_MM &&
           mm_of(longer, dpi) < LONGER_MAX_MM &&
           mm_of(shorter, dpi) > SHORTER_MIN_MM &&
           mm_of(shorter, dpi) < SHORTER_MAX_MM;
}

/* The first ink of a line across a side, from `from` on, `band` pixels of it:
 * how far that is; -1 if there is none. */
static int depth_at(PIX *part, bool upright, int at, int from, int band)
{
    for (int d = 0; d < band; d++) {
        l_uint32 ink = 0;

        pixGetPixel(part, upright ? from + d : at, upright ? at : from + d,
                    &ink);
        if (ink)
            return d;
    }
    return -1;
}

/* How much of a side is drawn, in percent: one that runs from 0 to `length`
 * and leans by no more than a band. slope  of it */
static int drawn_pct(PIX *part, bool upright, int length, int from, int band,
                     double *slope)
{
    int drawn = 0, n_left = 0, n_right = 0;
    double left = 0, right = 0;

    for (int at = 0; at < length; at++) {
        int d = depth_at(part, upright, at, from, band);

        drawn += d >= 0;
        if (d >= 0 && at < length / 3) {
            left += d;
            n_left++;
        } else if (d >= 0 && at >= length * 2 / 3) {
            right += d;
            n_right++;
        }
    }
    *slope = n_left > 0 && n_right > 0
                 ? (right / n_right - left / n_left) / (length * 2.0 / 3)
                 : 0;
    return drawn * 100 / length;
}

/*
 * Whether the upper and the lower side of a part are drawn, and one of the
 * others: ink is often missing at one end. A pen may hang from the lower one.
 * high    where the lower side ends
 * slope   of the upper side
 */
static bool is_frame(PIX *part, int *high, double *slope)
{
    int w = pixGetWidth(part), h = pixGetHeight(part);
    int band = (int)fmax(3, w * SIDE_SHARE), side, y;
    double ignored;
    l_int32 full = 0;

    pixCountPixels(part, &full, NULL);
    if (full * 100.0 > (double)w * h * FULL_MAX_PCT ||
        drawn_pct(part, false, w, 0, band, slope) < SIDE_PCT)
        return false;
    /* the lower side runs as the upper one does */
    band = 3 + (int)ceil(fabs(*slope) * w * 1.3);
    for (y = h - band; y > h / 2; y--)
        if (drawn_pct(part, false, w, y, band, &ignored) >= SIDE_PCT)
            break;
    if (y <= h / 2)
        return false;
    *high = y + band;
    side = (int)fmax(3, *high * SIDE_SHARE);
    return drawn_pct(part, true, *high, 0, side, &ignored) >= SIDE_PCT ||
           drawn_pct(part, true, *high, w - side, side, &ignored) >= SIDE_PCT;
}

/* What is inside box b of the page: grey, straight, without the frame. */
static PIX *inside(PIX *pix, const struct box *b, double dpi, double slope)
{
    BOX *clip = boxCreate(b->x, b->y, b->w, b->h);
    PIX *part = pixClipRectangle(pix, clip, NULL);
    PIX *grey = part != NULL ? pixConvertTo8(part, 0) : NULL, *straight;
    double factor = dpi > READ_ABOVE_DPI ? READ_DPI / dpi : 1;
    int rim;

    boxDestroy(&clip);
    pixDestroy(&part);
    if (grey != NULL && factor < 1) {
        PIX *scaled = pixScale(grey, (float)factor, (float)factor);

        pixDestroy(&grey);
        grey = scaled;
    }
    if (grey == NULL)
        return NULL;
    straight = pixRotate(grey, (float)-atan(slope), L_ROTATE_AREA_MAP,
                         L_BRING_IN_WHITE, 0, 0);
    pixDestroy(&grey);
    if (straight == NULL)
        return NULL;
    rim = (int)(RIM_MM * dpi * factor / 25.4 +
                fabs(slope) * pixGetWidth(straight) / 2);
    pixSetOrClearBorder(straight, rim, rim, rim, rim, PIX_SET);
    return straight;
}

/* A copy with one bit, near COARSE_DPI or above; *dpi becomes its own. Of
 * colours only red is looked at: red ink is no ink then. */
static PIX *coarse(PIX *pix, double *dpi)
{
    PIX *red = pixGetDepth(pix) == 32 ? pixGetRGBComponent(pix, COLOR_RED)
                                      : pixClone(pix);
    PIX *made = red != NULL && pixGetDepth(red) == 8
                    ? pixThresholdToBinary(red, BLACK)
                    : pixClone(red);

    pixDestroy(&red);
    while (made != NULL && *dpi > COARSE_DPI) {
        PIX *half = pixReduceRankBinary2(made, 1, NULL);

        pixDestroy(&made);
        made = half;
        *dpi /= 2;
    }
    return made;
}

/* Keep a part of the coarse copy if it is a frame. */
static void keep_frame(PIX *pix, double scale, PIX *bits, BOX *b,
                       struct stamps *out)
{
    PIX *part = pixClipRectangle(bits, b, NULL), *ink = NULL;
    double slope = 0;
    int high = 0;
    struct box on = {(int)(b->x * scale), (int)(b->y * scale),
                     (int)(b->w * scale), 0};

    if (part != NULL && is_frame(part, &high, &slope)) {
        on.h = (int)(high * scale);
        ink = inside(pix, &on, out->dpi, slope);
    }
    if (ink != NULL)
        out->frames[out->n_frames++] = (struct stamped){.box = on, .ink = ink};
    pixDestroy(&part);
}

void frames_find(PIX *pix, double dpi, struct stamps *out)
{
    double own = dpi;
    PIX *bits;
    BOXA *parts;
    int depth = pixGetDepth(pix);

    if (depth != 1 && depth != 32 &&
        (depth != 8 || pixGetColormap(pix) != NULL))
        return;
    bits = coarse(pix, &own);
    parts = bits != NULL ? pixConnCompBB(bits, 8) : NULL;
    for (int i = 0; i < boxaGetCount(parts); i++) {
        BOX *b = boxaGetBox(parts, i, L_CLONE);

        if (has_size(b, own) && out->n_frames < STAMPS_MAX)
            keep_frame(pix, dpi / own, bits, b, out);
        boxDestroy(&b);
    }
    boxaDestroy(&parts);
    pixDestroy(&bits);
}

bool frame_is_stamp(const char *text)
{
    static const char *const urgent[] = {"hoa toc", "thuong khan", "khan"};
    AUTO(free_char) char *fold = text_fold(text);
    AUTO(free_char) char *copy = xstrdup(text);
    bool den = false, hour = false, day = false;
    int words = 0;
    size_t n = strlen(fold);

    for (size_t i = 0; i < ARRAY_LEN(urgent); i++)
        if (strncmp(fold, urgent[i], strlen(urgent[i])) == 0 &&
            n <= strlen(urgent[i]) + 3)
            return true;
    for (char *rest = fold, *word; (word = strsep(&rest, " ")) != NULL;) {
        words += *word != '\0';
        hour = hour || strncmp(word, "gio", 3) == 0 ||
               strncmp(word, "chuyen", 6) == 0;
        day = day || strncmp(word, "ngay", 4) == 0;
    }
    for (char *rest = copy, *word; (word = strsep(&rest, " ")) != NULL;)
        den = den || stamp_says_arrival(word);
    return words <= WORDS_MAX &&
           (den ? hour || day || words <= 12 : hour && day);
}
