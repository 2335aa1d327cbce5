/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the text refers to: documents cited by number ("Căn cứ Nghị định số
 * 87/2019/NĐ-CP"), in the order in which they come, each once.
 */
#include "base/alloc.h"
#include "base/strbuf.h"
#include "base/text.h"
#include "pipeline/extract_inner.h"
#include <stdlib.h>
#include <string.h>

#define CITES_MAX 200
#define LOOK_BACK 120 /* bytes of fold before a number, for its type */

/* "nghị định" as "Nghị định". */
static void add_capitalised(struct strbuf *out, const char *text)
{
    static const struct {
        const char *fold, *name;
    } types[] = {
        {"luat", "Luật"},           {"bo luat", "Bộ luật"},
        {"phap lenh", "Pháp lệnh"}, {"nghi dinh", "Nghị định"},
        {"nghi quyet", "Nghị quyết"}, {"thong tu", "Thông tư"},
        {"thong tu lien tich", "Thông tư liên tịch"},
        {"quyet dinh", "Quyết định"}, {"chi thi", "Chỉ thị"},
        {"cong van", "Công văn"},   {"van ban", "Văn bản"},
        {"to trinh", "Tờ trình"},   {"ke hoach", "Kế hoạch"},
        {"bao cao", "Báo cáo"},     {"thong bao", "Thông báo"},
        {"cong dien", "Công điện"}, {"huong dan", "Hướng dẫn"},
        {"giay phep", "Giấy phép"},
    };
    AUTO(free_char) char *fold = text_fold(text);
    for (size_t i = 0; i < ARRAY_LEN(types); i++)
        if (strcmp(fold, types[i].fold) == 0)
            strbuf_addf(out, "%s ", types[i].name);
}

/* The cited document at g[1] of the fold, "Nghị định 87/2019/NĐ-CP"; NULL if
 * it is not one. Caller frees. */
static char *citation(const struct extraction *x, struct span number)
{
    const struct passage *p = &x->all;
    AUTO(free_char) char *read =
        passage_copy(p, passage_text_span(p, number));
    /* "87/2019/NĐ-CP", "92/TTr-UBND", "20-NQ/TW" */
    char *notation = read + strcspn(read, "/-");
    if (*notation == '\0')
        return NULL;
    char *second = strchr(++notation, '/');
    bool dated = second && second - notation == 4 && notation[-1] == '/';
    if (dated)
        notation = second + 1;
    AUTO(free_char) char *clean = notation_clean(x->rules, notation);
    if (!clean || (!dated && !strpbrk(clean, "-/")))
        return NULL;
    *notation = '\0';
    struct strbuf b;
    strbuf_init(&b);
    struct span g[PATTERN_GROUPS];
    size_t from = number.from > LOOK_BACK ? number.from - LOOK_BACK : 0;
    while ((p->fold[from] & 0xc0) == 0x80)
        from++;
    /* Acts of the assembly stand apart from their number ("Luật Đấu thầu số
     * 43/2013/QH13"). */
    enum pattern_id id = strncmp(clean, "QH", 2) == 0 ? PATTERN_CITED_LAW
                                                      : PATTERN_CITED_TYPE;
    if (pattern_find(x->rules->patterns[id], p->fold, from, number.from, g)) {
        AUTO(free_char) char *type =
            passage_copy(p, passage_text_span(p, g[1]));
        add_capitalised(&b, type);
    }
    strbuf_adds(&b, read);
    strbuf_adds(&b, clean);
    return strbuf_take(&b);
}

/* Whether a span of the whole text is the document's own number. */
static bool is_own_number(const struct extraction *x, struct span text)
{
    if (x->number_row < 0)
        return false;
    const struct row *r = &x->first->rows[x->number_row];
    const struct token *t = passage_token(&x->all, text.from);
    return t && t >= r->tokens && t < r->tokens + r->n;
}

/* Whether the number of a citation is in the list, whatever kind of document
 * it was called there ("Văn bản 92/TTr-UBND", "Tờ trình 92/TTr-UBND"). */
static bool is_listed(const char *list, const char *one)
{
    const char *number = strrchr(one, ' ');
    number = number ? number + 1 : one;
    size_t n = strlen(number);
    for (const char *at = list; (at = strstr(at, number)) != NULL; at += n)
        if ((at == list || at[-1] == ' ') && (at[n] == '\0' || at[n] == ';'))
            return true;
    return false;
}

/* Whether something stands behind "số" that looks like a number with notation
 * but cannot be read as one: the list would lack it. */
static bool has_unread(const struct extraction *x)
{
    const struct passage *p = &x->all;
    struct pattern *const *patterns = x->rules->patterns;
    struct span g[PATTERN_GROUPS], h[PATTERN_GROUPS];
    for (size_t at = 0; pattern_find(patterns[PATTERN_CITED_NEARLY], p->fold,
                                     at, p->fold_len, g);
         at = g[0].to) {
        if (is_own_number(x, passage_text_span(p, g[1])))
            continue;
        if (!pattern_find(patterns[PATTERN_CITED], p->fold, g[1].from,
                          p->fold_len, h) ||
            h[0].from >= g[1].to)
            return true;
    }
    return false;
}

void find_cites(struct extraction *x)
{
    const struct passage *p = &x->all;
    const struct pattern *cited = x->rules->patterns[PATTERN_CITED];
    struct strbuf list;
    strbuf_init(&list);
    struct evidence e = {0};
    struct span g[PATTERN_GROUPS];
    bool clear = !has_unread(x);
    int n = 0;
    for (size_t at = 0;
         n < CITES_MAX && pattern_find(cited, p->fold, at, p->fold_len, g);
         at = g[0].to) {
        struct span text = passage_text_span(p, g[1]);
        if (is_own_number(x, text))
            continue;
        AUTO(free_char) char *one = citation(x, g[1]);
        if (!one)
            continue;
        struct evidence seen = passage_evidence(p, text);
        clear = clear && seen.min_pct >= rules_threshold(x->rules, "cites");
        e = evidence_join(e, seen);
        if (is_listed(list.s, one))
            continue;
        strbuf_addf(&list, "%s%s", n++ ? "; " : "", one);
    }
    char *value = strbuf_take(&list);
    if (n > 0)
        put_field(x, "cites", "body.cites", STEAL(value), e, clear, "cites");
    free(value);
}
