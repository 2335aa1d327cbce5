/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The name of the signer. It stands under seal and signature, so there are
 * several readings of it: the page as it was read, and the block on its own at
 * up to three scales and by the larger model (mark "signing"). They vote
 * syllable by syllable, each with how surely it was read; one that people bear
 * counts most. Where two that people bear are nearly as well supported, a
 * person decides.
 */
#include "base/alloc.h"
#include "base/strbuf.h"
#include "base/text.h"
#include "pipeline/extract_namesake.h"
#include "pipeline/match.h"
#include <stdlib.h>
#include <string.h>

#define SCRAPS_MAX 2   /* left out at either end of a row */
#define RIVAL_PCT 55   /* of the best one's support: too near to choose */
#define AGREED_PCT 60  /* what agreement of two readings is worth */
#define BELIEVED_PCT 40 /* a reading below is a guess, and no agreement */
#define UNKNOWN_PCT 97 /* of a syllable outside the tables */
#define SYLLABLES_FULL 3 /* with fewer, a name may have lost some */
#define NEIGHBOUR_PCT 80 /* of a family name one letter beside another */
#define BLOCKS 4       /* readings of the block on its own */

/* One syllable with its support. */
struct candidate {
    char *text; /* "Hoa" */
    bool known;
    int support, conf_pct, votes;
    int believed; /* of the votes */
};

/* A word at the end of a row that may be left out: no letters, or few and
 * doubtful ones; a family name in doubt may not. */
static bool is_scrap(const struct extraction *x, const struct token *t)
{
    AUTO(free_char) char *fine = name_token(t);
    if (fine && name_is_known(x->rules, fine, true))
        return false;
    AUTO(free_char) char *fold = text_fold(t->text);
    AUTO(free_char) char *letters = match_letters(fold);
    size_t n = strlen(letters);
    return n == 0 || (n <= 2 && t->conf_pct < 40);
}

/* What is left of a title is no name ("Văn Phòng"). */
static bool is_of_title(const struct extract_rules *rules, const char *fold)
{
    const struct table *t = &rules->tables[TABLE_TITLES];
    AUTO(free_char) char *letters = match_letters(fold);
    for (int i = 0; i < t->n_rows && *letters; i++) {
        AUTO(free_char) char *title = match_letters(table_fold(t, i, 0));
        if (strstr(title, letters))
            return true;
    }
    return false;
}

/* Where a whole name begins behind words that are none, at most three and
 * read with doubt; 0 if there is no such name. */
static int name_start(const struct extraction *x, const struct row *r)
{
    for (int i = 1; i <= 3 && i + 3 <= r->n; i++) {
        if (r->tokens[i - 1].conf_pct >= 70)
            return 0;
        if (name_is_borne(x, r->tokens + i, r->n - i))
            return i;
    }
    return 0;
}

/* Whether a row of the right half may be a reading of a name: two to six
 * words, more than half of which begin with a capital and are letters. */
static bool take_row(const struct extraction *x, const struct row *r,
                     struct name_reading *out)
{
    int first = name_start(x, r), last = r->n, names = 0;
    for (int i = first; i < SCRAPS_MAX && first < last; i++)
        first += is_scrap(x, &r->tokens[first]);
    for (int i = 0; i < SCRAPS_MAX && first < last; i++)
        last -= is_scrap(x, &r->tokens[last - 1]);
    if (last - first < 2 || last - first > NAME_SYLLABLES_MAX ||
        is_of_title(x->rules, r->p.fold))
        return false;
    out->n = 0;
    for (int i = first; i < last; i++) {
        AUTO(free_char) char *fine = name_token(&r->tokens[i]);
        names += fine && name_is_known(x->rules, fine, i == first);
        if (i == first && name_is_degree(r->tokens[i].text))
            continue;
        out->tokens[out->n++] = r->tokens[i];
    }
    bool capitals = row_is_capitals(r);
    return out->n >= 2 && names * 2 >= (capitals ? out->n * 2 : out->n);
}

static void keep_reading(const struct name_reading *n, struct name_readings *out)
{
    if (out->n >= NAME_READINGS_MAX)
        return;
    struct passage p;
    passage_begin(&p);
    passage_add_row(&p, n->tokens, n->n);
    passage_end(&p);
    out->e =
        evidence_join(out->e, passage_evidence(&p, (struct span){0, p.len}));
    passage_clear(&p);
    out->v[out->n++] = *n;
}

static bool is_borne(const struct extraction *x, const struct name_reading *r)
{
    return name_is_borne(x, r->tokens, r->n);
}

/* How much a reading looks like a name: one in capitals may be the end of a
 * title, and one with words that nobody bears scraps of the seal. */
static int rank(const struct extraction *x, const struct name_reading *n)
{
    int smalls = 0;
    for (int i = 0; i < n->n; i++)
        smalls += text_count(n->tokens[i].text).smalls;
    return smalls == 0 ? 1 : is_borne(x, n) ? 3 : 2;
}

/* The row of a sheet between two heights that is most like a name; the first
 * of such. */
static bool first_name(const struct extraction *x, const struct sheet *s,
                       double from, double to, struct name_readings *out)
{
    struct name_reading best = {0};
    int most = 0;
    for (int i = 0; i < s->n_rows; i++) {
        const struct row *r = &s->rows[s->by_y[i]];
        struct name_reading n = {0};
        if (r->y0 <= from || r->y0 >= to || row_middle_x(r) < s->width * 0.5 ||
            r->x0 < s->width * 0.4 || !take_row(x, r, &n) || rank(x, &n) <= most)
            continue;
        most = rank(x, &n);
        best = n;
    }
    if (most > 0)
        keep_reading(&best, out);
    return most > 0;
}

/* The name as the page has it. */
static void name_on_page(const struct extraction *x, const struct sheet *s,
                         const struct row *title, struct name_readings *out)
{
    first_name(x, s, title->y1, title->y1 + s->height * 0.25, out);
}

/* The name as each reading of a block has it, between two heights. */
static void name_in_block(const struct extraction *x, const struct sheet *on,
                          double from, double to, struct name_readings *out)
{
    const struct page *page = &x->r->pages[on->page - 1];
    for (int i = 0; i < page->n_marks; i++) {
        const struct mark *m = &page->marks[i];
        /* a stamp with a name is a reading of it too */
        if (strcmp(m->kind, "signing") != 0 && strcmp(m->kind, "stamp") != 0)
            continue;
        for (int block = 0; block < BLOCKS; block++) {
            struct mark part = {.lines = m->lines};
            while (part.lines < m->lines + m->n_lines &&
                   part.lines->block != block)
                part.lines++;
            while (part.lines + part.n_lines < m->lines + m->n_lines &&
                   part.lines[part.n_lines].block == block)
                part.n_lines++;
            struct sheet s;
            sheet_of_mark(x->r, on->page, &part, &s);
            first_name(x, &s, from, to, out);
            mark_sheet_clear(&s);
        }
    }
}

/* The name in the first rows of the next sheet, where the signature went over
 * to it, and in the block there that was read on its own. */
static void name_on_next(const struct extraction *x, const struct sheet *s,
                         const struct row *title, struct name_readings *out)
{
    if (title->y1 < s->height * 0.6 || s + 1 >= x->sheets + x->n_sheets)
        return;
    s++;
    double end = s->n_rows > 4 ? s->rows[s->by_y[4]].y0 : s->height;
    first_name(x, s, -1, end, out);
    name_in_block(x, s, -1, s->height * 0.4, out);
}

/* How many syllables the name has: what most readings say, good names most;
 * the longer of two, because what is left of a name is shorter. */
static int usual_count(const struct extraction *x, const struct name_readings *r)
{
    int best = 0, most = 0;
    for (int n = 2; n <= NAME_SYLLABLES_MAX; n++) {
        int votes = 0;
        for (int i = 0; i < r->n; i++)
            if (r->v[i].n == n)
                votes += is_borne(x, &r->v[i]) ? 4 : 1;
        if (votes > 0 && votes >= most) {
            most = votes;
            best = n;
        }
    }
    return best;
}

/* Whether a name of two syllables may be what is left of a longer one: some
 * reading has more. */
static bool is_rather_longer(const struct name_readings *r, int n)
{
    bool longer = false;
    for (int i = 0; i < r->n; i++)
        longer = longer || r->v[i].n > n;
    return n == 2 && longer;
}

/* Whether a seal reaches over a box, or the word before it. */
static bool is_under_seal(const struct page *page, const struct box *b)
{
    for (int i = 0; i < page->n_marks; i++) {
        const struct box *s = &page->marks[i].box;
        int reach = s->w / 8; /* half a word: a seal is as wide as a name */
        if (strcmp(page->marks[i].kind, "seal") == 0 && boxes_near(b, s, reach))
            return true;
    }
    return false;
}

/* Whether a name of n syllables may lack its family name: "Kim Long" is whole
 * only where no seal covers a word before it, though Kim is a family too. */
static bool may_lack_family(const struct extraction *x,
                            const struct name_readings *r, int n)
{
    return n < SYLLABLES_FULL && r->e.page > 0 &&
           is_under_seal(&x->r->pages[r->e.page - 1], &r->e.box);
}

static int add_vote(const struct extraction *x, struct candidate *c, int n,
                    const struct token *t, bool family)
{
    char *fine = name_token(t);
    if (!fine)
        return n;
    if (family)
        name_mend_family(x->rules, &fine);
    int i = 0;
    while (i < n && strcmp(c[i].text, fine) != 0)
        i++;
    if (i == n) {
        c[n++] = (struct candidate){
            .text = fine, .known = name_is_known(x->rules, fine, family)};
        fine = NULL;
    }
    c[i].support += t->conf_pct > 5 ? t->conf_pct : 5;
    c[i].conf_pct = t->conf_pct > c[i].conf_pct ? t->conf_pct : c[i].conf_pct;
    c[i].votes++;
    c[i].believed += t->conf_pct >= BELIEVED_PCT;
    free(fine);
    return n;
}

/* The best of n candidates; doubt: it may be another. */
static struct candidate *choose(struct candidate *c, int n, bool *doubt)
{
    struct candidate *best = NULL;
    for (int i = 0; i < n; i++)
        if (!best || c[i].known > best->known ||
            (c[i].known == best->known && c[i].support > best->support))
            best = &c[i];
    for (int i = 0; i < n && best; i++)
        if (&c[i] != best && c[i].known == best->known &&
            c[i].support * 100 >= best->support * RIVAL_PCT)
            *doubt = true;
    if (best && !best->known && best->conf_pct < UNKNOWN_PCT)
        *doubt = true;
    return best;
}

/* The only family name one letter away from a syllable; -1 if there is none
 * or another. Short ones are near to too many. */
static int near_family(const struct extraction *x, const char *syllable)
{
    const struct table *t = &x->rules->tables[TABLE_SURNAMES];
    AUTO(free_char) char *fold = text_fold(syllable);
    int found = -1;
    if (strlen(fold) < 5)
        return -1;
    for (int i = 0; i < t->n_rows; i++) {
        if (text_distance(fold, table_fold(t, i, 0)) != 1)
            continue;
        if (found >= 0)
            return -1;
        found = i;
    }
    return found;
}

/* Where no reading has a family name, the one that all of them nearly say
 * ("Hioàng", "Hoàrng"). */
static void add_near_family(const struct extraction *x, struct candidate *c,
                            int n)
{
    int same = -1, votes = 0;
    for (int i = 0; i < n; i++) {
        int near = c[i].known ? -1 : near_family(x, c[i].text);
        if (near < 0 || (same >= 0 && near != same))
            return;
        same = near;
        votes += c[i].votes;
    }
    if (votes < 2)
        return;
    free(c[0].text);
    c[0].text = xstrdup(table_cell(&x->rules->tables[TABLE_SURNAMES], same, 0));
    c[0].known = true;
    c[0].votes = votes;
}

/* Readings that are one letter away from a family name, and are none, speak
 * for it ("Đoòn" for "Đoàn"). */
static void add_nearly(const struct candidate *c, int n, struct candidate *best)
{
    AUTO(free_char) char *family = text_fold(best->text);
    for (int i = 0; i < n && best->known && strlen(family) >= 4; i++) {
        AUTO(free_char) char *fold = text_fold(c[i].text);
        if (!c[i].known && text_distance(fold, family) <= 1)
            best->votes += c[i].votes;
    }
}

/* A rare family name that only one reading has is rather a common one that
 * was misread ("Trà" for "Hà"); of two common ones that a single letter tells
 * apart ("Phan", "Phạm") the clear reading of that letter is asked for. */
static bool is_doubtful_family(const struct extraction *x,
                               const struct candidate *c)
{
    if ((c->votes < 2 && name_family_is_rare(x->rules, c->text)) ||
        name_family_is_misread(x->rules, c->text))
        return true;
    return c->conf_pct < NEIGHBOUR_PCT &&
           name_family_has_neighbour(x->rules, c->text);
}

/* Which token of a reading stands for syllable k of n; -1 none. One that broke
 * a syllable in two still has the first and the last one. */
static int place_in(const struct name_reading *r, int n, int k)
{
    if (r->n == n)
        return k;
    if (k == n - 1)
        return r->n - 1;
    return k == 0 && r->n > n ? 0 : -1;
}

/* Syllable number k of the name; false if no reading has one that can be. */
static bool vote(const struct extraction *x, const struct name_readings *r, int n,
                 int k, struct strbuf *name, int *conf_pct, bool *doubt)
{
    struct candidate c[NAME_READINGS_MAX] = {0};
    int n_candidates = 0;
    for (int i = 0; i < r->n; i++) {
        int at = place_in(&r->v[i], n, k);
        if (r->v[i].n != n && is_borne(x, &r->v[i]))
            continue; /* another name, not this one broken */
        if (at >= 0)
            n_candidates =
                add_vote(x, c, n_candidates, &r->v[i].tokens[at], k == 0);
    }
    if (k == 0)
        add_near_family(x, c, n_candidates);
    struct candidate *best = choose(c, n_candidates, doubt);
    if (best && k == 0)
        add_nearly(c, n_candidates, best);
    if (best && k == 0 && is_doubtful_family(x, best))
        *doubt = true;
    if (best && k == 0 && n < SYLLABLES_FULL && !best->known)
        *doubt = true; /* the family name lies under the seal */
    if (best) {
        int pct = best->conf_pct;
        /* family names are few, so that agreement says more */
        int agreed = k == 0 ? best->votes : best->believed;
        if (agreed > 1 && best->known && pct < AGREED_PCT)
            pct = AGREED_PCT;
        strbuf_addf(name, "%s%s", k ? " " : "", best->text);
        *conf_pct = pct < *conf_pct ? pct : *conf_pct;
    }
    for (int i = 0; i < n_candidates; i++)
        free(c[i].text);
    return best != NULL;
}

/* What the text says of the same name: a clear reading comes before one that
 * the seal lies over; against one that is as clear, a person decides. */
static void hold_against_text(const struct extraction *x,
                              const struct name_readings *r, int n,
                              char **value, int *conf_pct, bool *doubt,
                              bool *whole)
{
    int pct = 0;
    char *other = name_elsewhere(x, r, n, &pct);
    if (!other)
        return;
    bool same = *whole && strcmp(other, *value) == 0;
    if (*whole && !same && !*doubt && *conf_pct >= pct) {
        *doubt = true;
        free(other);
        return;
    }
    free(*value);
    *value = other;
    *whole = true;
    *doubt = false;
    *conf_pct = pct;
}

void find_signer_name(struct extraction *x, const struct sheet *s,
                      const struct row *title)
{
    struct name_readings r = {0};
    name_on_page(x, s, title, &r);
    double under = title->y1 - row_height(title) * 0.5;
    name_in_block(x, s, under, title->y1 + s->height * 0.25, &r);
    if (r.n == 0 || r.e.page != s->page) /* it went over to the next sheet */
        name_on_next(x, s, title, &r);
    int n = usual_count(x, &r);
    if (n == 0) {
        put_field(x, "signer", "foot.signer", NULL, row_evidence(title), false,
                  "signer");
        return;
    }
    struct strbuf name;
    strbuf_init(&name);
    int conf_pct = 100;
    bool doubt = is_rather_longer(&r, n) || may_lack_family(x, &r, n);
    bool whole = true;
    for (int k = 0; k < n && whole; k++)
        whole = vote(x, &r, n, k, &name, &conf_pct, &doubt);
    char *value = strbuf_take(&name);
    hold_against_text(x, &r, n, &value, &conf_pct, &doubt, &whole);
    r.e.min_pct = whole ? conf_pct : 0;
    free(x->signer_read);
    x->signer_read = whole ? xstrdup(value) : NULL;
    put_field(x, "signer", "foot.signer", value, r.e, whole && !doubt,
              "signer");
}
