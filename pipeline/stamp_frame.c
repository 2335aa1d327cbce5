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
#include "pipeline/stamp_ink.h"
#include "pipeline/stamp_labels.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define READ_DPI 200.0
#define READ_ABOVE_DPI 230.0
#define LONGER_MIN_MM 18
#define LONGER_MAX_MM 85
#define SHORTER_MIN_MM 6
#define SHORTER_MAX_MM 45
#define SIDE_SHARE 0.1  /* of a side's length it may lean */
#define SIDE_PCT 70     /* of a side is drawn */
#define FULL_MAX_PCT 65 /* the coarse copy is bold */
#define RIM_MM 1.2
#define ABOUT_MM 5.0   /* round an outline: what print there is beside it */
#define CLOSE_MM 4.0   /* about a part: corners that stand alone */
#define BESIDE_MM 20.0 /* about a piece: where the rest of the stamp may be */
#define ABOVE_MM 30.0
#define WIDTH_MAX_MM 85
#define PIECES_MAX 3
#define PART_WIDTH_MIN_MM 17.0
#define PART_WIDTH_MAX_MM 140.0
#define PART_HEIGHT_MIN_MM 5.5
#define PART_HEIGHT_MAX_MM 110.0
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

/* Whether a stamp may be in a part, with the print that touches it. */
static bool may_hold_stamp(const BOX *b, double dpi)
{
    return mm_of(b->w, dpi) > PART_WIDTH_MIN_MM &&
           mm_of(b->w, dpi) < PART_WIDTH_MAX_MM &&
           mm_of(b->h, dpi) > PART_HEIGHT_MIN_MM &&
           mm_of(b->h, dpi) < PART_HEIGHT_MAX_MM;
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

/* A grey copy at reading resolution. */
static PIX *at_reading_dpi(PIX *pix, double dpi)
{
    PIX *grey = pixConvertTo8(pix, 0), *scaled;
    float factor = (float)(READ_DPI / dpi);

    if (grey == NULL || dpi <= READ_ABOVE_DPI)
        return grey;
    scaled = pixScale(grey, factor, factor);
    pixDestroy(&grey);
    return scaled;
}

/* What is inside box b of the page: grey, straight, without the frame. */
static PIX *inside(PIX *pix, const struct box *b, double dpi, double slope)
{
    BOX *clip = boxCreate(b->x, b->y, b->w, b->h);
    PIX *part = pixClipRectangle(pix, clip, NULL);
    PIX *grey = part != NULL ? at_reading_dpi(part, dpi) : NULL, *straight;
    double factor = dpi > READ_ABOVE_DPI ? READ_DPI / dpi : 1;
    int rim;

    boxDestroy(&clip);
    pixDestroy(&part);
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

/* Whether what was cut out before holds the middle of an outline. */
static bool has_outline(const struct stamps *s, const struct outline *o)
{
    double x = (o->x[0] + o->x[2]) / 2, y = (o->y[0] + o->y[2]) / 2;

    for (int i = 0; i < s->n_frames; i++) {
        const struct box *b = &s->frames[i].box;

        if (x > b->x && x < b->x + b->w && y > b->y && y < b->y + b->h)
            return true;
    }
    return false;
}

/* All that is in an outline and about it: grey, as it leans. */
static PIX *cut_about(PIX *pix, const struct outline *o, double dpi,
                      struct box *out)
{
    double margin = ABOUT_MM * dpi / 25.4;
    double left = fmin(o->x[0], o->x[3]) - margin;
    double top = fmin(o->y[0], o->y[1]) - margin;
    double right = fmax(o->x[1], o->x[2]) + margin;
    double bottom = fmax(o->y[2], o->y[3]) + margin;
    BOX *clip;
    PIX *part, *grey;

    left = fmax(0, left);
    top = fmax(0, top);
    right = fmin(pixGetWidth(pix), right);
    bottom = fmin(pixGetHeight(pix), bottom);
    *out = (struct box){(int)left, (int)top, (int)(right - left),
                        (int)(bottom - top)};
    clip = boxCreate(out->x, out->y, out->w, out->h);
    part = pixClipRectangle(pix, clip, NULL);
    grey = part != NULL ? at_reading_dpi(part, dpi) : NULL;
    boxDestroy(&clip);
    pixDestroy(&part);
    return grey;
}

/* Keep what is drawn round on the coarse copy, among print, as it leans.
 * beside, above  how far it may go beyond part b of the copy, in mm */
static bool keep_outline(PIX *pix, double scale, PIX *bits, const BOX *b,
                         double beside, double above, double dpi,
                         struct stamps *out)
{
    int aside = (int)(beside * dpi / 25.4), up = (int)(above * dpi / 25.4);
    int left = b->x > aside ? b->x - aside : 0;
    int top = b->y > up ? b->y - up : 0;
    BOX *clip = boxCreate(left, top, b->x + b->w + aside - left,
                          b->y + b->h + up - top);
    PIX *part = pixClipRectangle(bits, clip, NULL);
    struct stamped s = {.outlined = true};
    bool found = part != NULL && outline_find(part, dpi, &s.outline);

    for (int i = 0; i < 4; i++) {
        s.outline.x[i] = (s.outline.x[i] + left) * scale;
        s.outline.y[i] = (s.outline.y[i] + top) * scale;
    }
    if (found && !has_outline(out, &s.outline)) {
        s.ink = cut_about(pix, &s.outline, out->dpi, &s.box);
        if (s.ink != NULL)
            out->frames[out->n_frames++] = s;
    }
    boxDestroy(&clip);
    pixDestroy(&part);
    return found;
}

/* Of a worn stamp the part may be but a piece. */
static bool is_outlined(PIX *pix, double scale, PIX *bits, const BOX *b,
                        double dpi, int *pieces, struct stamps *out)
{
    if (!may_hold_stamp(b, dpi))
        return false;
    return keep_outline(pix, scale, bits, b, CLOSE_MM, CLOSE_MM, dpi, out) ||
           (mm_of(b->w, dpi) < WIDTH_MAX_MM && (*pieces)++ < PIECES_MAX &&
            keep_outline(pix, scale, bits, b, BESIDE_MM, ABOVE_MM, dpi, out));
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
    int depth = pixGetDepth(pix), pieces = 0;

    if (depth != 1 && depth != 32 &&
        (depth != 8 || pixGetColormap(pix) != NULL))
        return;
    bits = stamp_ink_coarse(pix, &own);
    parts = bits != NULL ? pixConnCompBB(bits, 8) : NULL;
    for (int i = 0; i < boxaGetCount(parts); i++) {
        BOX *b = boxaGetBox(parts, i, L_CLONE);

        if (out->n_frames < STAMPS_MAX &&
            !is_outlined(pix, dpi / own, bits, b, own, &pieces, out) &&
            has_size(b, own))
            keep_frame(pix, dpi / own, bits, b, out);
        boxDestroy(&b);
    }
    boxaDestroy(&parts);
    pixDestroy(&bits);
}

bool frame_is_stamp(const struct table *labels, const char *text)
{
    AUTO(free_char) char *fold = text_fold(text);
    AUTO(free_char) char *copy = xstrdup(text);
    bool den = false, hour = false, day = false;
    int words = 0;

    if (labels_say_urgent(labels, fold, URGENCY_BEGINS))
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
