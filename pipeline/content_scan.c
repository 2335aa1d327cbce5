/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A reader of content streams (ISO 32000-1, 7.8.2) that knows only what it
 * must: the graphics state's matrix and text mode, what paints, and how to
 * step over everything else. It never reads outside the bytes, whatever they
 * are.
 */
#include "pipeline/content_scan.h"

#include <stdlib.h>
#include <string.h>

#define OPERANDS 6
#define STATES 64
#define NAME_BYTES 128

struct state {
    struct pdf_matrix m;
    int text_mode;
};

struct scanner {
    struct content_scan *out;
    const unsigned char *at, *end;
    struct state states[STATES];
    int depth;                 /* of states */
    int too_deep;              /* q beyond what states holds */
    double operands[OPERANDS]; /* the last numbers, newest last */
    int n_operands;
    char name[NAME_BYTES]; /* the last name */
};

struct pdf_matrix pdf_matrix_multiply(const struct pdf_matrix *p,
                                      const struct pdf_matrix *q)
{
    return (struct pdf_matrix){
        p->a * q->a + p->b * q->c,        p->a * q->b + p->b * q->d,
        p->c * q->a + p->d * q->c,        p->c * q->b + p->d * q->d,
        p->e * q->a + p->f * q->c + q->e, p->e * q->b + p->f * q->d + q->f};
}

static bool is_space(int c)
{
    return c == 0 || c == '\t' || c == '\n' || c == '\f' || c == '\r' ||
           c == ' ';
}

static bool is_delimiter(int c)
{
    return c && strchr("()<>[]{}/%", c) != NULL;
}

static bool is_regular(int c)
{
    return !is_space(c) && !is_delimiter(c);
}

static void skip_string(struct scanner *s)
{
    int open = 0;
    for (; s->at < s->end; s->at++) {
        if (*s->at == '\\' && s->at + 1 < s->end)
            s->at++;
        else if (*s->at == '(')
            open++;
        else if (*s->at == ')' && --open == 0) {
            s->at++;
            return;
        }
    }
}

static void skip_hex(struct scanner *s)
{
    while (s->at < s->end && *s->at != '>')
        s->at++;
    if (s->at < s->end)
        s->at++;
}

static void skip_comment(struct scanner *s)
{
    while (s->at < s->end && *s->at != '\n' && *s->at != '\r')
        s->at++;
}

/* Behind the EI of an inline image: white space, EI, white space. */
static void skip_inline_image(struct scanner *s)
{
    for (; s->at + 3 < s->end; s->at++) {
        if (is_space(s->at[0]) && s->at[1] == 'E' && s->at[2] == 'I' &&
            is_space(s->at[3])) {
            s->at += 3;
            return;
        }
    }
    s->at = s->end;
}

static void take_name(struct scanner *s)
{
    size_t n = 0;
    s->at++;
    while (s->at < s->end && is_regular(*s->at)) {
        if (n + 1 < NAME_BYTES)
            s->name[n++] = (char)*s->at;
        s->at++;
    }
    s->name[n] = '\0';
}

static void push_number(struct scanner *s, double v)
{
    if (s->n_operands == OPERANDS) {
        memmove(s->operands, s->operands + 1,
                (OPERANDS - 1) * sizeof(*s->operands));
        s->n_operands--;
    }
    s->operands[s->n_operands++] = v;
}

static struct state *now(struct scanner *s)
{
    return &s->states[s->depth];
}

static void save(struct scanner *s)
{
    if (s->depth + 1 < STATES) {
        s->states[s->depth + 1] = s->states[s->depth];
        s->depth++;
    } else {
        s->too_deep++;
    }
}

static void restore(struct scanner *s)
{
    if (s->too_deep > 0)
        s->too_deep--;
    else if (s->depth > 0)
        s->depth--;
}

static void concatenate(struct scanner *s)
{
    if (s->n_operands < 6)
        return;
    const double *v = s->operands;
    struct pdf_matrix m = {v[0], v[1], v[2], v[3], v[4], v[5]};
    now(s)->m = pdf_matrix_multiply(&m, &now(s)->m);
}

static bool is_one_of(const char *op, const char *const *list)
{
    for (; *list; list++) {
        if (strcmp(op, *list) == 0)
            return true;
    }
    return false;
}

/* As an int; what no text mode can be becomes -1. */
static int small_number(double v)
{
    return v >= 0 && v < 100 ? (int)v : -1;
}

static void operate(struct scanner *s, const char *op)
{
    static const char *const painting[] = {"f",  "F", "f*", "B",  "B*", "b",
                                           "b*", "S", "s",  "sh", NULL};
    static const char *const writing[] = {"Tj", "TJ", "'", "\"", NULL};
    const int invisible = 3;
    const int clipping = 7;
    if (strcmp(op, "q") == 0) {
        save(s);
    } else if (strcmp(op, "Q") == 0) {
        restore(s);
    } else if (strcmp(op, "cm") == 0) {
        concatenate(s);
    } else if (strcmp(op, "Tr") == 0 && s->n_operands > 0) {
        now(s)->text_mode = small_number(s->operands[s->n_operands - 1]);
    } else if (strcmp(op, "Do") == 0) {
        s->out->object(s->out->user, s->name, &now(s)->m);
    } else if (strcmp(op, "BI") == 0) {
        s->out->marks++;
        skip_inline_image(s);
    } else if (is_one_of(op, painting)) {
        s->out->marks++;
    } else if (is_one_of(op, writing)) {
        int mode = now(s)->text_mode;
        int seen = mode != invisible && mode != clipping;
        s->out->texts++;
        s->out->seen_texts += seen;
        s->out->marks += seen;
    }
    s->n_operands = 0;
}

/* A number or an operator. */
static void take_word(struct scanner *s)
{
    char word[32];
    size_t n = 0;
    while (s->at < s->end && is_regular(*s->at)) {
        if (n + 1 < sizeof(word))
            word[n++] = (char)*s->at;
        s->at++;
    }
    word[n] = '\0';
    if (strchr("+-.0123456789", word[0]))
        push_number(s, strtod(word, NULL));
    else
        operate(s, word);
}

void content_scan(struct content_scan *out, const unsigned char *bytes,
                  size_t n, const struct pdf_matrix *m)
{
    struct scanner s = {.out = out, .at = bytes};
    if (n == 0)
        return; /* an empty stream has no bytes to point behind */
    s.end = bytes + n;
    s.states[0].m = *m;
    while (s.at < s.end) {
        switch (*s.at) {
        case '(':
            skip_string(&s);
            break;
        case '<':
            if (s.at + 1 < s.end && s.at[1] == '<')
                s.at += 2;
            else
                skip_hex(&s);
            break;
        case '%':
            skip_comment(&s);
            break;
        case '/':
            take_name(&s);
            break;
        default:
            if (is_regular(*s.at))
                take_word(&s);
            else
                s.at++;
            break;
        }
    }
}
