/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Passages: text with marks and without, and the way back to the words. */
#include "pipeline/passage.h"
#include "base/alloc.h"
#include "base/strbuf.h"
#include "base/text.h"
#include <stdlib.h>
#include <string.h>

void passage_begin(struct passage *p)
{
    *p = (struct passage){0};
    strbuf_init(&p->rows);
}

void passage_clear(struct passage *p)
{
    strbuf_clear(&p->rows);
    free(p->text);
    free(p->fold);
    free(p->text_at);
    free(p->tokens);
    free(p->token_at);
    *p = (struct passage){0};
}

void passage_add_row(struct passage *p, const struct token *tokens, int n)
{
    if (p->rows.len > 0 && n > 0)
        strbuf_addc(&p->rows, '\n');
    for (int i = 0; i < n; i++) {
        int cap = p->cap_tokens;
        GROW(p->tokens, p->n_tokens, cap);
        if (cap != p->cap_tokens)
            p->token_at = xrealloc(p->token_at, (size_t)cap, sizeof(int));
        p->cap_tokens = cap;
        if (i > 0)
            strbuf_addc(&p->rows, ' ');
        p->tokens[p->n_tokens] = &tokens[i];
        p->token_at[p->n_tokens++] = (int)p->rows.len;
        strbuf_adds(&p->rows, tokens[i].text);
    }
}

/* Dashes and quotes have many shapes on paper; for looking, one will do. */
static char plain(int32_t cp)
{
    switch (cp) {
    case 0x2010:
    case 0x2011:
    case 0x2012:
    case 0x2013:
    case 0x2014:
    case 0x2212:
        return '-';
    case 0x2018:
    case 0x2019:
        return '\'';
    case 0x201c:
    case 0x201d:
        return '"';
    case 0x00d0: /* Eth is often read for Đ */
    case 0x00f0:
        return 'd';
    case 0x00a0:
        return ' ';
    default:
        return 0;
    }
}

/* The fold of one code point appended to out. */
static void fold_one(int32_t cp, struct strbuf *out)
{
    if (cp < 0x80) {
        strbuf_addc(out, (char)(cp >= 'A' && cp <= 'Z' ? cp + 32 : cp));
        return;
    }
    if (plain(cp)) {
        strbuf_addc(out, plain(cp));
        return;
    }
    char one[8] = "";
    size_t n = text_put(cp, one);
    one[n] = '\0';
    AUTO(free_char) char *folded = text_fold(one);
    strbuf_adds(out, folded);
}

void passage_end(struct passage *p)
{
    struct strbuf b;
    strbuf_init(&b);
    p->len = p->rows.len;
    p->text = strbuf_take(&p->rows);
    size_t cap = p->len * 4 + 8;
    p->text_at = xcalloc(cap, sizeof(int));
    for (size_t at = 0, start = 0; (start = at) < p->len;) {
        size_t before = b.len;
        int32_t cp = text_next(p->text, p->len, &at);
        fold_one(cp, &b);
        if (b.len + 1 > cap) {
            cap = b.len * 2;
            p->text_at = xrealloc(p->text_at, cap, sizeof(int));
        }
        for (size_t i = before; i < b.len; i++)
            p->text_at[i] = (int)start;
    }
    p->text_at[b.len] = (int)p->len;
    p->fold_len = b.len;
    p->fold = strbuf_take(&b);
}

struct span passage_text_span(const struct passage *p, struct span fold)
{
    return (struct span){(size_t)p->text_at[fold.from],
                         (size_t)p->text_at[fold.to]};
}

struct evidence passage_evidence(const struct passage *p, struct span s)
{
    struct evidence e = {.min_pct = 100};
    for (int i = 0; i < p->n_tokens; i++) {
        const struct token *t = p->tokens[i];
        size_t from = (size_t)p->token_at[i], to = from + strlen(t->text);
        if (to <= s.from || from >= s.to)
            continue;
        if (e.page == 0)
            e.page = t->page;
        if (t->page == e.page)
            e.box = box_union(e.box, t->box);
        if (t->conf_pct < e.min_pct && text_word_length(t->text) > 0)
            e.min_pct = t->conf_pct;
        e.n_words++;
    }
    if (e.n_words == 0)
        e.min_pct = 0;
    return e;
}

struct evidence evidence_join(struct evidence p, struct evidence q)
{
    if (p.page == 0)
        return q;
    if (q.page == 0)
        return p;
    if (p.page == q.page)
        p.box = box_union(p.box, q.box);
    p.min_pct = p.min_pct < q.min_pct ? p.min_pct : q.min_pct;
    p.n_words += q.n_words;
    return p;
}

/* Whether a row ends here within a word: "45/2020/NĐ-" before "CP". */
static bool breaks_word(const struct passage *p, struct span s, size_t at)
{
    size_t from = at;
    while (from > s.from && strchr(" \n", p->text[from - 1]) == NULL)
        from--;
    return p->text[at] == '\n' && at > from + 1 &&
           strchr("-/", p->text[at - 1]) != NULL;
}

char *passage_copy(const struct passage *p, struct span s)
{
    struct strbuf b;
    strbuf_init(&b);
    for (size_t i = s.from; i < s.to; i++) {
        bool blank = p->text[i] == ' ' || p->text[i] == '\n';
        if (!blank)
            strbuf_addc(&b, p->text[i]);
        else if (b.len > 0 && b.s[b.len - 1] != ' ' && !breaks_word(p, s, i))
            strbuf_addc(&b, ' ');
    }
    char *text = strbuf_take(&b);
    size_t n = strlen(text);
    if (n > 0 && text[n - 1] == ' ')
        text[n - 1] = '\0';
    return text;
}

struct span passage_trim(const struct passage *p, struct span s)
{
    size_t from = s.to, to = s.from;
    bool open = false;
    for (size_t at = s.from; at < s.to;) {
        size_t start = at;
        int32_t cp = text_next(p->text, s.to, &at);
        if (!text_is_word(cp) && !(cp == ')' && open && from < start) &&
            cp != '(')
            continue;
        if (cp == '(') {
            open = true;
            continue;
        }
        if (start < from)
            from = start;
        to = at;
    }
    return from < to ? (struct span){from, to} : (struct span){s.from, s.from};
}

const struct token *passage_token(const struct passage *p, size_t at)
{
    for (int i = 0; i < p->n_tokens; i++) {
        size_t from = (size_t)p->token_at[i];
        if (at >= from && at < from + strlen(p->tokens[i]->text))
            return p->tokens[i];
    }
    return NULL;
}
