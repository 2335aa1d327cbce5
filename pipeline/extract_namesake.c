/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Who signs is often named in the text, too: among the recipients, as the
 * person of a form, as the one who reports. There no seal lies over the name.
 * So what is left of it under the seal ("Phan Mạnh Cường") can be held against
 * what stands in clear print ("PCN Phạm Mạnh Cường").
 */
#include "pipeline/extract_namesake.h"
#include "base/alloc.h"
#include "base/strbuf.h"
#include "base/text.h"
#include <stdlib.h>
#include <string.h>

#define CLEAR_PCT 85 /* every syllable at the other place */

char *name_token(const struct token *t)
{
    size_t n = strlen(t->text), from = n, to = 0;
    for (size_t at = 0; at < n;) {
        size_t start = at;
        int32_t cp = text_next(t->text, n, &at);
        if (!text_is_word(cp) || (cp >= '0' && cp <= '9'))
            continue;
        from = start < from ? start : from;
        to = at;
    }
    AUTO(free_char)
    char *letters =
        xstrndup(t->text + (from < to ? from : 0), from < to ? to - from : 0);
    return name_syllable(letters);
}

bool name_is_borne(const struct extraction *x, const struct token *t, int n)
{
    for (int i = 0; i < n; i++) {
        AUTO(free_char) char *fine = name_token(&t[i]);
        if (!fine || !name_is_known(x->rules, fine, i == 0))
            return false;
    }
    return true;
}

/* How well a syllable fits place k of a name of n: 2 as some reading has it, 1
 * nearly so, 0 not. */
static int fit(const struct name_readings *readings, int n, int k,
               const char *syllable)
{
    AUTO(free_char) char *fold = text_fold(syllable);
    int best = 0;
    for (int i = 0; i < readings->n && best < 2; i++) {
        const struct name_reading *r = &readings->v[i];
        if (r->n != n)
            continue;
        AUTO(free_char) char *read = name_token(&r->tokens[k]);
        AUTO(free_char) char *near = text_fold(r->tokens[k].text);
        if (read && strcmp(read, syllable) == 0)
            best = 2;
        else if (strcmp(near, fold) == 0 ||
                 (strlen(fold) > 2 && text_distance(near, fold) == 1))
            best = 1;
    }
    return best;
}

/* The name in n tokens, if all of them are clear, are such as people bear and
 * fit; NULL else. Caller frees. */
static char *name_in(const struct extraction *x,
                     const struct name_readings *readings,
                     const struct token *t, int n, int *conf_pct)
{
    struct strbuf b;
    strbuf_init(&b);
    int fits = 0;
    bool good = true;
    *conf_pct = 100;
    for (int k = 0; k < n && good; k++) {
        AUTO(free_char) char *fine = name_token(&t[k]);
        good = fine && t[k].conf_pct >= CLEAR_PCT &&
               name_is_known(x->rules, fine, k == 0);
        int fitting = good ? fit(readings, n, k, fine) : 0;
        good = fitting > 0;
        fits += fitting;
        if (t[k].conf_pct < *conf_pct)
            *conf_pct = t[k].conf_pct;
        if (good)
            strbuf_addf(&b, "%s%s", k ? " " : "", fine);
    }
    char *name = strbuf_take(&b);
    if (good && fits >= 2 * n - (n > 2))
        return name;
    free(name);
    return NULL;
}

/* Whether a token lies where the readings are from. */
static bool is_there(const struct name_readings *readings,
                     const struct token *t)
{
    const struct box *b = &readings->e.box;
    return t->page == readings->e.page && t->box.x < b->x + b->w &&
           t->box.x + t->box.w > b->x && t->box.y < b->y + b->h &&
           t->box.y + t->box.h > b->y;
}

char *name_elsewhere(const struct extraction *x,
                     const struct name_readings *readings, int n, int *conf_pct)
{
    const struct passage *p = &x->all;
    AUTO(free_char) char *found = NULL;
    struct token window[NAME_SYLLABLES_MAX];
    if (n < 2 || n > NAME_SYLLABLES_MAX)
        return NULL;
    for (int i = 0; i + n <= p->n_tokens; i++) {
        int pct;
        if (is_there(readings, p->tokens[i]))
            continue;
        for (int k = 0; k < n; k++)
            window[k] = *p->tokens[i + k];
        AUTO(free_char) char *name = name_in(x, readings, window, n, &pct);
        if (name && found && strcmp(name, found) != 0)
            return NULL;
        if (name && (!found || pct > *conf_pct))
            *conf_pct = pct;
        if (name && !found)
            found = STEAL(name);
    }
    return STEAL(found);
}
