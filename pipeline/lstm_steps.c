/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The recurrent layers of Tesseract's network, where two fifths of the time of
 * a page go, and its first layer. At every step along a line the library looks each number up in a
 * table behind a branch on its sign, which no processor foresees. This file
 * defines the layer's function in the executable, as network_steps.c does, and
 * takes the sign off first, eight numbers at a time where the processor can;
 * the products with the weights are left to the library. Every sum and product
 * is rounded as there: the same numbers, the same text.
 *
 * It needs to know how a layer lies in memory (lstm/lstm.h of version 5.3.0).
 * Training, float numbers, two-dimensional layers and those with an output of
 * their own are left to the library.
 */
#include "pipeline/lstm_steps.h"

#include "pipeline/network_layout.h"

#include <math.h>
#include <string.h>

enum { PLAIN = 14, SUMMARY = 15, HYPERBOLIC = 19 }; /* kinds of layers */
enum { CELL, INPUT, FORGET, OUTPUT, GATES, KINDS_OF_WEIGHTS = 5 };
enum { STATES_MAX = 1024, ROUNDED = 64 }; /* a product may fill up so far */
enum { TRAINS = 1 };

#define STATE_LIMIT 100.0F
#define TABLE_STEP 256.0F /* entries for 1 */
#define TABLE_LAST 4095.0F

struct weights {
    char before[0x60];
    bool is_bytes;
    char behind[0xF8 - 0x61];
};

struct lstm {
    void *methods;
    int kind, trains;
    char before[0x18 - 0x10];
    int inputs, outputs;
    char between[0x60 - 0x20];
    int taken; /* inputs and what comes back of the outputs */
    int states, fed_back;
    bool is_2d;
    _Alignas(8) struct weights weights[KINDS_OF_WEIGHTS];
    void *softmax;
    struct activations source;
};

_Static_assert(sizeof(struct weights) == 0xF8, "layout");
_Static_assert(offsetof(struct lstm, states) == 0x64, "layout");
_Static_assert(offsetof(struct lstm, weights) == 0x70, "layout");
_Static_assert(offsetof(struct lstm, softmax) == 0x548, "layout");
_Static_assert(offsetof(struct lstm, source) == 0x550, "layout");

#define FORWARD                                         \
    "_ZN9tesseract4LSTM7ForwardEbRKNS_9NetworkIOEPKNS_" \
    "15TransposedArrayEPNS_14NetworkScratchEPS1_"
#define ACTIVATE "_ZN9tesseract14FullyConnected15ForwardTimeStepEiPf"
#define RESIZE_LAYER "_ZN9tesseract4LSTM13ResizeForwardERKNS_9NetworkIOE"
#define RESIZE_TO_1 "_ZN9tesseract9NetworkIO10ResizeXTo1ERKS0_i"
#define PRODUCT "_ZNK9tesseract12WeightMatrix15MatrixDotVectorEPKaPf"
#define TANH_TABLE "_ZN9tesseract9TanhTableE"
#define LOGISTIC_TABLE "_ZN9tesseract13LogisticTableE"

typedef void forward(struct lstm *, bool, const struct activations *,
                     const void *, void *, struct activations *);
typedef void resize_layer(struct lstm *, const struct activations *);
typedef void resize_to_1(struct activations *, const struct activations *, int);
typedef void product(const struct weights *, const int8_t *, float *);
forward steps_lstm __asm__(FORWARD);

/* A layer without memory, as far as it is asked here. */
struct connected {
    void *methods;
    int kind, trains;
    char before[0x1c - 0x10];
    int outputs;
};

_Static_assert(offsetof(struct connected, outputs) == 0x1c, "layout");

typedef void activate(struct connected *, int, float *);
activate steps_activate __asm__(ACTIVATE);

/* What a layer carries from step to step, and a line for each of its gates. */
struct lines {
    float gates[GATES][STATES_MAX + ROUNDED];
    float state[STATES_MAX + ROUNDED], output[STATES_MAX + ROUNDED];
};

static const float *tanh_table, *logistic_table; /* the library's */
static unsigned long layers;
static bool one_by_one;

/* ---- numbers by the table ---- */

/* The table's value at |x|, between its entries by a straight line. */
static float look_up(const float *table, float x)
{
    float at = fabsf(x) * TABLE_STEP;
    int i = at < TABLE_LAST ? (int)at : 0;

    return at < TABLE_LAST
               ? table[i] + (table[i + 1] - table[i]) * (at - (float)i)
               : 1.0F;
}

static float hyperbolic(float x)
{
    float value = look_up(tanh_table, x);

    return x < 0 ? -value : value;
}

static float logistic(float x)
{
    float value = look_up(logistic_table, x);

    return x < 0 ? 1.0F - value : value;
}

static float clipped(float state)
{
    if (state < -STATE_LIMIT)
        return -STATE_LIMIT;
    return state > STATE_LIMIT ? STATE_LIMIT : state;
}

/* The gates from sums to shares; then forget, take in, and give out. */
static void apply(struct lines *l, int n)
{
    for (int i = 0; i < n; i++) {
        float kept = l->state[i] * logistic(l->gates[FORGET][i]);
        float taken =
            hyperbolic(l->gates[CELL][i]) * logistic(l->gates[INPUT][i]);

        l->state[i] = clipped(kept + taken);
        l->output[i] = hyperbolic(l->state[i]) * logistic(l->gates[OUTPUT][i]);
    }
}

#ifdef __x86_64__
#include <immintrin.h>

static bool eight_at_a_time(void)
{
    return !one_by_one && __builtin_cpu_supports("avx2");
}

#define EIGHT __attribute__((target("avx2"), always_inline)) static inline

EIGHT __m256 look_up_8(const float *table, __m256 x)
{
    __m256 at = _mm256_mul_ps(_mm256_andnot_ps(_mm256_set1_ps(-0.0F), x),
                              _mm256_set1_ps(TABLE_STEP));
    __m256 is_inside =
        _mm256_cmp_ps(at, _mm256_set1_ps(TABLE_LAST), _CMP_LT_OQ);
    __m256 inside = _mm256_and_ps(at, is_inside);
    __m256i i = _mm256_cvttps_epi32(inside);
    __m256 low = _mm256_i32gather_ps(table, i, sizeof(*table));
    __m256 high = _mm256_i32gather_ps(table + 1, i, sizeof(*table));
    __m256 value = _mm256_add_ps(
        low, _mm256_mul_ps(_mm256_sub_ps(high, low),
                           _mm256_sub_ps(inside, _mm256_cvtepi32_ps(i))));

    return _mm256_blendv_ps(_mm256_set1_ps(1.0F), value, is_inside);
}

EIGHT __m256 is_negative_8(__m256 x)
{
    return _mm256_cmp_ps(x, _mm256_setzero_ps(), _CMP_LT_OQ);
}

EIGHT __m256 hyperbolic_8(__m256 x)
{
    __m256 sign = _mm256_and_ps(is_negative_8(x), _mm256_set1_ps(-0.0F));

    return _mm256_xor_ps(look_up_8(tanh_table, x), sign);
}

EIGHT __m256 logistic_8(__m256 x)
{
    __m256 value = look_up_8(logistic_table, x);

    return _mm256_blendv_ps(value, _mm256_sub_ps(_mm256_set1_ps(1.0F), value),
                            is_negative_8(x));
}

/* The same, eight at a time; lines have room for that. */
__attribute__((target("avx2"))) static void apply_8(struct lines *l, int n)
{
    const __m256 limit = _mm256_set1_ps(STATE_LIMIT);
    const __m256 low_limit = _mm256_set1_ps(-STATE_LIMIT);

    for (int i = 0; i < n; i += 8) {
        __m256 kept =
            _mm256_mul_ps(_mm256_loadu_ps(&l->state[i]),
                          logistic_8(_mm256_loadu_ps(&l->gates[FORGET][i])));
        __m256 taken =
            _mm256_mul_ps(hyperbolic_8(_mm256_loadu_ps(&l->gates[CELL][i])),
                          logistic_8(_mm256_loadu_ps(&l->gates[INPUT][i])));
        __m256 state = _mm256_add_ps(kept, taken);

        state = _mm256_min_ps(_mm256_max_ps(state, low_limit), limit);
        _mm256_storeu_ps(&l->state[i], state);
        _mm256_storeu_ps(
            &l->output[i],
            _mm256_mul_ps(hyperbolic_8(state),
                          logistic_8(_mm256_loadu_ps(&l->gates[OUTPUT][i]))));
    }
}

/* The first n of v, a number of eights. */
__attribute__((target("avx2"))) static void hyperbolic_all_8(float *v, int n)
{
    for (int i = 0; i < n; i += 8)
        _mm256_storeu_ps(v + i, hyperbolic_8(_mm256_loadu_ps(v + i)));
}
#endif

static void hyperbolic_all(float *v, int n)
{
    int done = 0;

#ifdef __x86_64__
    if (eight_at_a_time()) {
        done = n - n % 8;
        hyperbolic_all_8(v, done);
    }
#endif
    for (int i = done; i < n; i++)
        v[i] = hyperbolic(v[i]);
}

static void apply_best(struct lines *l, int n)
{
#ifdef __x86_64__
    if (eight_at_a_time()) {
        apply_8(l, n);
        return;
    }
#endif
    apply(l, n);
}

/* ---- layers ---- */

static bool is_on(void)
{
    return network_steps_on() && tanh_table != NULL && logistic_table != NULL;
}

void steps_activate(struct connected *c, int t, float *v)
{
    if (is_on() && c->kind == HYPERBOLIC)
        hyperbolic_all(v, c->outputs);
    else
        ORIGINAL(activate, ACTIVATE)(c, t, v);
}

void lstm_steps_use(void)
{
    tanh_table = dlsym(RTLD_DEFAULT, TANH_TABLE);
    logistic_table = dlsym(RTLD_DEFAULT, LOGISTIC_TABLE);
}

void lstm_steps_one_by_one(bool yes)
{
    one_by_one = yes;
}

unsigned long lstm_steps_layers(void)
{
    return layers;
}

/* Whether this is a layer that this file takes it for. */
static bool fits(const struct lstm *l, const struct activations *in)
{
    bool bytes = in->is_bytes;

    for (int i = 0; i < GATES; i++)
        bytes = bytes && l->weights[i].is_bytes;
    return bytes && (l->kind == PLAIN || l->kind == SUMMARY) &&
           l->trains != TRAINS && !l->is_2d && l->softmax == NULL &&
           l->inputs > 0 && l->states > 0 && l->states <= STATES_MAX &&
           l->outputs == l->states && l->fed_back == 0 &&
           l->taken == l->inputs + l->states &&
           in->bytes.columns == l->inputs && is_in_order(in);
}

static bool fits_inside(const struct lstm *l, const struct activations *in,
                        const struct activations *out)
{
    return l->source.is_bytes && l->source.bytes.columns >= l->taken &&
           l->source.bytes.rows >=
               in->map.steps[BATCH] * in->map.shape[BATCH] &&
           out->is_bytes && out->bytes.columns == l->states && is_in_order(out);
}

/* One step along the line: what comes in at t and what came out before. */
static void do_step(struct lstm *l, const struct activations *in, int t,
                    struct lines *lines)
{
    product *multiply = ORIGINAL(product, PRODUCT);
    int8_t *taken = l->source.bytes.v + (ptrdiff_t)t * l->source.bytes.columns;

    memcpy(taken, in->bytes.v + (ptrdiff_t)t * l->inputs, (size_t)l->inputs);
    steps_write_part(&l->source, t, l->inputs, l->states, lines->output);
    for (int i = 0; i < GATES; i++)
        multiply(&l->weights[i], taken, lines->gates[i]);
    apply_best(lines, l->states);
}

static void rest(struct lstm *l, struct lines *lines)
{
    memset(lines->state, 0, (size_t)l->states * sizeof(*lines->state));
    memset(lines->output, 0, (size_t)l->states * sizeof(*lines->output));
}

void steps_lstm(struct lstm *l, bool debug, const struct activations *in,
                const void *transposed, void *scratch, struct activations *out)
{
    struct place from = {.map = &in->map}, to = {.map = &out->map};
    struct lines lines;

    if (!is_on() || debug || !fits(l, in)) {
        ORIGINAL(forward, FORWARD)(l, debug, in, transposed, scratch, out);
        return;
    }
    if (l->kind == SUMMARY)
        ORIGINAL(resize_to_1, RESIZE_TO_1)(out, in, l->outputs);
    else
        ORIGINAL(resize, RESIZE)(out, true, &in->map, l->outputs);
    ORIGINAL(resize_layer, RESIZE_LAYER)(l, in);
    if (!fits_inside(l, in, out)) {
        ORIGINAL(forward, FORWARD)(l, debug, in, transposed, scratch, out);
        return;
    }
    layers++;
    rest(l, &lines);
    do {
        bool ends = from.at[WIDTH] == last_of(from.map, from.at[BATCH], WIDTH);

        do_step(l, in, from.t, &lines);
        if (l->kind == PLAIN)
            steps_write_part(out, from.t, 0, l->states, lines.output);
        else if (ends) {
            steps_write_part(out, to.t, 0, l->states, lines.output);
            steps_increment(&to);
        }
        if (ends)
            rest(l, &lines);
    } while (steps_increment(&from));
}
