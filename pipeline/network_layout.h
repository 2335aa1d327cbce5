/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How objects of Tesseract's network lie in memory, as far as its steps that
 * are done here need it: lstm/stridemap.h and lstm/networkio.h of version
 * 5.3.0, which are no public headers. Included by network_steps.c and
 * lstm_steps.c alone.
 */
#ifndef HOSO_PIPELINE_NETWORK_LAYOUT_H
#define HOSO_PIPELINE_NETWORK_LAYOUT_H

#include <dlfcn.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { BATCH, HEIGHT, WIDTH, DIMS };

/* A batch of images one after the other. */
struct stride_map {
    int shape[DIMS];
    int steps[DIMS];
    const int *heights, *heights_end, *heights_room;
    const int *widths, *widths_end, *widths_room;
};

/* A place in it; t is its number. */
struct place {
    const struct stride_map *map;
    int t;
    int at[DIMS];
};

struct floats {
    void *methods;
    float *v;
    float empty;
    int rows, columns, room;
};

struct bytes {
    void *methods;
    int8_t *v;
    int8_t empty;
    int rows, columns, room;
};

/* What goes from layer to layer: so many features at every place. */
struct activations {
    struct floats floats;
    struct bytes bytes;
    bool is_bytes; /* else floats */
    struct stride_map map;
};

_Static_assert(offsetof(struct place, at) == 0x0c, "layout");
_Static_assert(offsetof(struct activations, bytes) == 0x20, "layout");
_Static_assert(offsetof(struct activations, is_bytes) == 0x40, "layout");
_Static_assert(offsetof(struct activations, map) == 0x48, "layout");
_Static_assert(sizeof(struct activations) == 0x90, "layout");

#define INCREMENT "_ZN9tesseract9StrideMap5Index9IncrementEv"
#define WRITE_PART "_ZN9tesseract9NetworkIO17WriteTimeStepPartEiiiPKf"
#define RESIZE "_ZN9tesseract9NetworkIO11ResizeToMapEbRKNS_9StrideMapEi"

typedef void resize(struct activations *, bool, const struct stride_map *, int);

/* The next place; false after the last one. */
typedef bool increment(struct place *);
increment steps_increment __asm__(INCREMENT);

/* Numbers of -1 … 1 into place t, from feature `offset` on, n of them. */
typedef void write_part(struct activations *, int, int, int, const float *);
write_part steps_write_part __asm__(WRITE_PART);

/* The library's own function, looked up at the first call. */
#define ORIGINAL(type, name)                               \
    ({                                                     \
        static type *original_;                            \
        if (original_ == NULL)                             \
            *(void **)&original_ = dlsym(RTLD_NEXT, name); \
        original_;                                         \
    })

/* The last index of a dimension: images of a batch differ in size. */
static inline int last_of(const struct stride_map *m, int image, int dim)
{
    int last = m->shape[dim] - 1;
    const int *sizes = dim == HEIGHT ? m->heights : m->widths;
    const int *end = dim == HEIGHT ? m->heights_end : m->widths_end;

    if (dim == BATCH || image >= end - sizes || sizes[image] > last)
        return last;
    return sizes[image] - 1;
}

/* Whether bytes lie place after place, line after line, all there. */
static inline bool is_in_order(const struct activations *a)
{
    const struct stride_map *m = &a->map;

    return m->steps[WIDTH] == 1 && m->steps[HEIGHT] == m->shape[WIDTH] &&
           m->steps[BATCH] == m->shape[WIDTH] * m->shape[HEIGHT] &&
           a->bytes.rows >= m->steps[BATCH] * m->shape[BATCH];
}

/* Whether this is the library that is known, and nobody forbids it. */
bool network_steps_on(void);

#endif
