/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tesseract's network spends a fifth of its time on where to look next: for
 * every pixel of a line and each of its eight neighbours it asks, through
 * several calls into its own library, whether the neighbour lies inside; and
 * it rounds and compares numbers one by one. These functions are public
 * symbols of the library, so this file defines them in the executable, where
 * the dynamic linker finds them first, and does the same in plain loops:
 * bit for bit the same numbers, the same text.
 *
 * They need to know how three objects lie in memory (network_layout.h, and
 * lstm/convolve.h of the version below; not public headers).
 * For any other version, for training (float numbers), and where the numbers
 * of an object do not fit together, the library's own functions are called.
 * If the linker is told to bind otherwise, this is simply not reached.
 */
#include "pipeline/network_steps.h"

#include "pipeline/lstm_steps.h"
#include "pipeline/network_layout.h"
#include <math.h>
#include <string.h>

#define KNOWN_VERSION "5.3.0"

/* The layer that collects the features of the neighbours. */
struct convolve {
    char before[0x18];
    int features;
    char between[0x58 - 0x1c];
    void *noise; /* source of random numbers */
    int half_x, half_y;
};

_Static_assert(offsetof(struct convolve, half_x) == 0x60, "layout");

#define ADD_OFFSET \
    "_ZN9tesseract9StrideMap5Index9AddOffsetEiNS_14FlexDimensionsE"
#define MAXPOOL "_ZN9tesseract9NetworkIO15MaxpoolTimeStepEiRKS0_iPi"
#define RANDOMIZE "_ZN9tesseract9NetworkIO9RandomizeEiiiPNS_5TRandE"
#define CONVOLVE                                            \
    "_ZN9tesseract8Convolve7ForwardEbRKNS_9NetworkIOEPKNS_" \
    "15TransposedArrayEPNS_14NetworkScratchEPS1_"

static bool steps_known, steps_forbidden;
static unsigned long layers;

void network_steps_use(const char *version)
{
    steps_known = strcmp(version, KNOWN_VERSION) == 0;
    lstm_steps_use();
}

void network_steps_forbid(bool yes)
{
    steps_forbidden = yes;
}

unsigned long network_steps_layers(void)
{
    return layers;
}

bool network_steps_on(void)
{
    return steps_known && !steps_forbidden;
}

static inline bool is_inside(const struct place *p)
{
    if ((p->at[BATCH] | p->at[HEIGHT] | p->at[WIDTH]) < 0)
        return false;
    for (int dim = 0; dim < DIMS; dim++)
        if (p->at[dim] > last_of(p->map, p->at[BATCH], dim))
            return false;
    return true;
}

typedef bool add_offset(struct place *, int, int);
add_offset steps_add_offset __asm__(ADD_OFFSET);

/* Whether the place is inside after it moved by `offset` along `dim`. */
bool steps_add_offset(struct place *p, int offset, int dim)
{
    if (!network_steps_on())
        return ORIGINAL(add_offset, ADD_OFFSET)(p, offset, dim);
    p->at[dim] += offset;
    p->t += offset * p->map->steps[dim];
    return is_inside(p);
}

/* The next place; false after the last one. */
bool steps_increment(struct place *p)
{
    if (!network_steps_on())
        return ORIGINAL(increment, INCREMENT)(p);
    for (int dim = WIDTH; dim >= BATCH; dim--) {
        if (p->at[dim] != last_of(p->map, p->at[BATCH], dim)) {
            p->t += p->map->steps[dim];
            p->at[dim]++;
            return true;
        }
        p->t -= p->map->steps[dim] * p->at[dim];
        p->at[dim] = 0;
    }
    return false;
}

/* Numbers of -1 … 1 as bytes of -127 … 127, rounded away from zero. */
void steps_write_part(struct activations *a, int t, int offset, int n,
                      const float *from)
{
    int8_t *to;

    if (!network_steps_on() || !a->is_bytes) {
        ORIGINAL(write_part, WRITE_PART)(a, t, offset, n, from);
        return;
    }
    to = a->bytes.v + (ptrdiff_t)t * a->bytes.columns + offset;
    for (int i = 0; i < n; i++) {
        float scaled = from[i] * INT8_MAX;
        int whole = (int)(scaled + copysignf(0.5F, scaled));

        whole = whole > INT8_MAX ? INT8_MAX : whole;
        to[i] = (int8_t)(whole < -INT8_MAX ? -INT8_MAX : whole);
    }
}

typedef void maxpool(struct activations *, int, const struct activations *, int,
                     int *);
maxpool steps_maxpool __asm__(MAXPOOL);

/* The larger of two places, feature by feature. Which one it was (largest)
 * is asked in training only, and that is not done in bytes. */
void steps_maxpool(struct activations *a, int t, const struct activations *from,
                   int from_t, int *largest)
{
    int8_t *to;
    const int8_t *other;

    if (!network_steps_on() || !a->is_bytes || !from->is_bytes) {
        ORIGINAL(maxpool, MAXPOOL)(a, t, from, from_t, largest);
        return;
    }
    to = a->bytes.v + (ptrdiff_t)t * a->bytes.columns;
    other = from->bytes.v + (ptrdiff_t)from_t * from->bytes.columns;
    for (int i = 0; i < a->bytes.columns; i++)
        to[i] = to[i] < other[i] ? other[i] : to[i];
}

typedef void randomize(struct activations *, int, int, int, void *);
typedef void forward(struct convolve *, bool, const struct activations *,
                     const void *, void *, struct activations *);
forward steps_convolve __asm__(CONVOLVE);

static int neighbours(const struct convolve *c)
{
    return (2 * c->half_x + 1) * (2 * c->half_y + 1);
}

/* Whether these are the objects that this file takes them for. */
static bool fits(const struct convolve *c, const struct activations *in)
{
    return in->is_bytes && c->half_x >= 0 && c->half_x < 16 && c->half_y >= 0 &&
           c->half_y < 16 && c->features > 0 &&
           in->bytes.columns == c->features && is_in_order(in);
}

/* The features of the neighbours of one place, column by column; noise where
 * a neighbour lies outside, drawn in the order of the library. */
static void gather(const struct convolve *c, const struct activations *in,
                   const struct place *p, struct activations *out)
{
    randomize *noise = ORIGINAL(randomize, RANDOMIZE);
    const int last_x = last_of(&in->map, p->at[BATCH], WIDTH);
    const int last_y = last_of(&in->map, p->at[BATCH], HEIGHT);
    int8_t *to = out->bytes.v + (ptrdiff_t)p->t * out->bytes.columns;
    int n = c->features, filled = 0;

    for (int dx = -c->half_x; dx <= c->half_x; dx++) {
        int x = p->at[WIDTH] + dx;

        if (x < 0 || x > last_x) {
            noise(out, p->t, filled, n * (2 * c->half_y + 1), c->noise);
            filled += n * (2 * c->half_y + 1);
            continue;
        }
        for (int dy = -c->half_y; dy <= c->half_y; dy++, filled += n) {
            int y = p->at[HEIGHT] + dy;
            ptrdiff_t t = p->t + dx + (ptrdiff_t)dy * in->map.steps[HEIGHT];

            if (y < 0 || y > last_y)
                noise(out, p->t, filled, n, c->noise);
            else if (n == 1)
                to[filled] = in->bytes.v[t];
            else
                memcpy(to + filled, in->bytes.v + t * n, (size_t)n);
        }
    }
}

void steps_convolve(struct convolve *c, bool debug,
                    const struct activations *in, const void *transposed,
                    void *scratch, struct activations *out)
{
    struct place p = {.map = &in->map};

    if (!network_steps_on() || debug || !fits(c, in)) {
        ORIGINAL(forward, CONVOLVE)(c, debug, in, transposed, scratch, out);
        return;
    }
    ORIGINAL(resize, RESIZE)(out, true, &in->map, c->features * neighbours(c));
    layers++;
    do {
        gather(c, in, &p, out);
    } while (steps_increment(&p));
}
