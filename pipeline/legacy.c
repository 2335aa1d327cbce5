/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A letter of TCVN3 stands for a letter; one of VNI for a letter or for marks
 * of the vowel before it, which NFC then puts together. Names of fonts lie
 * now and then (a .VnTime whose PDF maps it to Unicode, a "Times New Roman"
 * that is none), so the words decide: those that are syllables of Vietnamese
 * in one reading only.
 */
#include "pipeline/legacy.h"

#include "base/alloc.h"
#include "base/file.h"
#include "base/rules_dir.h"
#include "base/i18n.h"
#include "base/strbuf.h"
#include "base/text.h"
#include "pipeline/syllable.h"
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define LEGACY_FILE "legacy-letters.tsv"
#define FILE_BYTES_MAX 65536
#define ENCODINGS 3
#define SOFT_HYPHEN 0xad
#define SYMBOL_FIRST 0xf020 /* where PDFs put the letters of fonts that were */
#define SYMBOL_LAST 0xf0ff  /* sold as symbols */
#define WEIGHTY_LETTERS 2   /* µ and × are signs, whatever they would mean */
#define DOTTED_CIRCLE "\xE2\x97\x8C" /* stands for the vowel in the table */

struct meaning {
    int32_t cp;
    char *text; /* a letter, or combining marks */
    bool marks;
};

struct legacy_table {
    struct meaning *of[ENCODINGS]; /* by cp */
    int n[ENCODINGS], cap[ENCODINGS];
};

/* ---- the table ---- */

static int compare_meanings(const void *a, const void *b)
{
    const struct meaning *x = a, *y = b;

    return (x->cp > y->cp) - (x->cp < y->cp);
}

/* The character that stands at the same place in the code page of Windows. */
static int32_t of_symbol(int32_t cp)
{
    static const int32_t signs[] = {0x2018, 0x2019, 0x201c, 0x201d,
                                    0x2022, 0x2013, 0x2014}; /* from 0x91 */

    if (cp >= SYMBOL_FIRST && cp <= SYMBOL_LAST)
        cp &= 0xff;
    if (cp == 0x85)
        return 0x2026; /* … */
    return cp >= 0x91 && cp <= 0x97 ? signs[cp - 0x91] : cp;
}

static const struct meaning *find(const struct legacy_table *t,
                                  enum legacy_encoding e, int32_t cp)
{
    struct meaning key = {.cp = of_symbol(cp)};

    if (e == LEGACY_NONE || t->n[e] == 0)
        return NULL;
    return bsearch(&key, t->of[e], (size_t)t->n[e], sizeof(key),
                   compare_meanings);
}

/* "µ" or "U+00AD"; -1 if it is neither. */
static int32_t read_character(const char *s)
{
    size_t n = strlen(s), at = 0;
    int32_t cp;

    if (strncmp(s, "U+", 2) == 0) {
        char *end;
        long v = strtol(s + 2, &end, 16);

        return *end == '\0' && v > 0x20 && v < 0x110000 ? (int32_t)v : -1;
    }
    cp = text_next(s, n, &at);
    return at == n ? cp : -1;
}

static bool add_row(struct legacy_table *t, char *line)
{
    const char *encoding = strsep(&line, "\t");
    const char *code = strsep(&line, "\t");
    char *seen = strsep(&line, "\t");
    const char *means = strsep(&line, "\t");
    enum legacy_encoding e = LEGACY_TCVN3;
    size_t circle = strlen(DOTTED_CIRCLE);
    bool marks;

    if (code == NULL || seen == NULL || means == NULL || *means == '\0')
        return false;
    while (e <= LEGACY_VNI && strcmp(encoding, legacy_name(e)) != 0)
        e++;
    if (e > LEGACY_VNI)
        return false;
    marks = strncmp(means, DOTTED_CIRCLE, circle) == 0;
    for (char *item; (item = strsep(&seen, " ")) != NULL;) {
        struct meaning m = {read_character(item), NULL, marks};

        if (m.cp < 0x80)
            return false;
        m.text = xstrdup(means + (marks ? circle : 0));
        GROW(t->of[e], t->n[e], t->cap[e]);
        t->of[e][t->n[e]++] = m;
    }
    return true;
}

enum status legacy_load(const char *path, struct legacy_table **out)
{
    AUTO(free_char) char *folder = rules_dir();
    AUTO(free_char) char *found =
        path ? xstrdup(path) : path_join(folder, LEGACY_FILE);
    AUTO(free_char) char *bytes = NULL;
    AUTO(legacy_freep) struct legacy_table *t = NULL;
    char *rest;
    size_t n;
    int number = 0;
    enum status st = file_read(found, FILE_BYTES_MAX, &bytes, &n);

    if (st != STATUS_OK)
        return explain(st, _("the letters of old Vietnamese fonts"));
    t = xcalloc(1, sizeof(*t));
    rest = bytes;
    for (char *line; (line = strsep(&rest, "\n")) != NULL;) {
        number++;
        if (line[0] != '\0' && line[0] != '#' && !add_row(t, line))
            return fail(STATUS_CONFIG,
                        _("'%s' line %d is no letter of an old font"), found,
                        number);
    }
    for (int e = 0; e < ENCODINGS; e++)
        if (t->n[e] > 1)
            qsort(t->of[e], (size_t)t->n[e], sizeof(*t->of[e]),
                  compare_meanings);
    *out = STEAL(t);
    return STATUS_OK;
}

void legacy_free(struct legacy_table *t)
{
    if (t == NULL)
        return;
    for (int e = 0; e < ENCODINGS; e++) {
        for (int i = 0; i < t->n[e]; i++)
            free(t->of[e][i].text);
        free(t->of[e]);
    }
    free(t);
}

void legacy_freep(struct legacy_table **t)
{
    legacy_free(*t);
}

const char *legacy_name(enum legacy_encoding e)
{
    static const char *const names[ENCODINGS] = {"", "TCVN3", "VNI"};

    return names[e];
}

/* ---- names of fonts ---- */

/* Whether a family ends with H, styles left out: VnTimeH, VnArial NarrowH,
 * VnTimeHBold; not Vn3DH's like in small letters, nor VnTime. */
static bool draws_capitals(const char *family)
{
    static const char *const styles[] = {"Bold", "Italic", "Oblique",
                                         "Normal", "Regular", "MT"};
    AUTO(free_char) char *name = xstrdup(family);
    size_t n = strcspn(name, ",");
    bool cut = true;

    name[n] = '\0';
    while (cut) {
        cut = false;
        while (n > 0 && strchr(" -_", name[n - 1]) != NULL)
            name[--n] = '\0';
        for (size_t i = 0; i < ARRAY_LEN(styles); i++) {
            size_t k = strlen(styles[i]);

            if (n > k && strcmp(name + n - k, styles[i]) == 0) {
                name[n -= k] = '\0';
                cut = true;
            }
        }
    }
    return n > 3 && name[n - 1] == 'H' &&
           (name[n - 2] < 'A' || name[n - 2] > 'Z' || name[n - 2] == 'D');
}

struct legacy_font legacy_font_named(const char *name)
{
    struct legacy_font font = {0};
    size_t prefix = strspn(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");

    if (prefix == 6 && name[6] == '+')
        name += 7;
    name += strspn(name, ". ");
    if (strncasecmp(name, "VNI", 3) == 0) {
        font.encoding = LEGACY_VNI;
    } else if (strncmp(name, "Vn", 2) == 0 && name[2] >= '0' &&
               name[2] <= 'Z') {
        font.encoding = LEGACY_TCVN3;
        font.capitals = draws_capitals(name);
    }
    return font;
}

/* ---- words ---- */

/* Whether a mark may stand on what was put last: a vowel. */
static bool takes_marks(int32_t cp)
{
    struct letter l;

    return letter_parse(cp, &l) && l.base != '\0' &&
           strchr("aeiouy", l.base) != NULL;
}

static int32_t capital_of(int32_t cp)
{
    struct letter l;

    if (!letter_parse(cp, &l))
        return cp;
    l.capital = true;
    return letter_compose(&l);
}

/* The last letter that m gave, or what stood there. */
static int32_t letter_of(const struct meaning *m, int32_t cp)
{
    size_t at = 0;

    return m == NULL || m->marks ? cp
                                 : text_next(m->text, strlen(m->text), &at);
}

static void put(struct strbuf *out, int32_t cp, bool capital)
{
    char bytes[4];
    size_t n = text_put(capital ? capital_of(cp) : cp, bytes);

    strbuf_add(out, bytes, n);
}

/* How letters were read. */
struct reading {
    int changed; /* others than they seemed */
    int stray;   /* marks of no vowel */
};

static char *read_as(const struct legacy_table *t, struct legacy_font font,
                     const int32_t *word, int n, struct reading *how)
{
    AUTO(strbuf_clear) struct strbuf out = {0};
    bool old = font.encoding != LEGACY_NONE;
    int32_t before = 0;

    strbuf_init(&out);
    *how = (struct reading){0};
    for (int i = 0; i < n; i++) {
        const struct meaning *m = find(t, font.encoding, word[i]);

        if (m != NULL && m->marks && !takes_marks(before)) {
            how->stray += i > 0;
            m = NULL;
        }
        how->changed += m != NULL;
        before = letter_of(m, old ? of_symbol(word[i]) : word[i]);
        if (m != NULL && m->marks)
            strbuf_adds(&out, m->text);
        else
            put(&out, old && before == SOFT_HYPHEN ? '-' : before,
                font.capitals);
    }
    return text_nfc(out.s, out.len);
}

/* Whether all its runs of letters are syllables; letters: how many. */
static bool is_vietnamese(const char *word, int *letters)
{
    size_t n = strlen(word), at = 0, start = 0;
    bool all = true;

    *letters = 0;
    while (start < n) {
        size_t end = start;
        struct syllable s;
        struct letter l;

        for (at = start; at < n; end = at) {
            if (!letter_parse(text_next(word, n, &at), &l))
                break;
            ++*letters;
        }
        if (end > start)
            all = all && syllable_parse(word + start, end - start, &s) &&
                  syllable_possible(&s);
        start = end > start ? end : at;
    }
    return all && *letters > 0;
}

/* Signs that no word has inside, but letters of old fonts have. */
static bool has_signs(const int32_t *word, int n)
{
    for (int i = 0; i < n; i++) {
        struct letter l;

        if (word[i] >= 0x80 && !letter_parse(word[i], &l) &&
            !(word[i] >= 0x2010 && word[i] <= 0x2027))
            return true;
    }
    return false;
}

/* Letters that only Unicode has speak against old fonts, and so do marks
 * where an old font has none. */
static bool speaks_unicode(const int32_t *word, int n, bool raw_good,
                           const struct reading *how)
{
    if (how->stray > 0)
        return true;
    for (int i = 0; i < n && how->changed == 0; i++) {
        struct letter l;

        if (word[i] > 0xff && letter_parse(word[i], &l) && raw_good)
            return true;
    }
    return false;
}

void legacy_weigh(const struct legacy_table *t, enum legacy_encoding e,
                  const int32_t *word, int n, struct legacy_evidence *out)
{
    struct reading how, unread;
    int letters, raw_letters;
    AUTO(free_char)
    char *as = read_as(t, (struct legacy_font){e, false}, word, n, &how);
    AUTO(free_char)
    char *raw = read_as(t, (struct legacy_font){0}, word, n, &unread);
    bool good = is_vietnamese(as, &letters);
    bool raw_good = is_vietnamese(raw, &raw_letters) && !has_signs(word, n);

    out->words += letters > 0;
    if (speaks_unicode(word, n, raw_good, &how))
        out->against++;
    else if (how.changed > 0 && good && !raw_good)
        out->for_it += letters >= WEIGHTY_LETTERS;
    else if (how.changed > 0 && !good && (raw_good || letters > 2))
        out->against++;
}

/* Whether the hyphen at i may be a letter: between letters, or at the end of
 * a word; at its beginning only before ơ and u (ương, ưu). */
static bool hyphen_may_be_letter(const struct legacy_table *t,
                                 const int32_t *word, int n, int i)
{
    const struct meaning *m = NULL;
    struct letter next = {0};

    if (i > 0 && word[i - 1] < 0x80 && !letter_parse(word[i - 1], &next))
        return false;
    if (i + 1 == n)
        return i > 0;
    m = find(t, LEGACY_TCVN3, word[i + 1]);
    if (!letter_parse(letter_of(m, word[i + 1]), &next))
        return i > 0 && !text_is_word(word[i + 1]);
    if (i == 0 && !(next.base == 'o' && next.shape == 2) && next.base != 'u')
        return false;
    return !(word[i + 1] >= 'A' && word[i + 1] <= 'Z');
}

/*
 * The place of ư in TCVN3 is the soft hyphen's, and some programs write a
 * hyphen for it: "n-íc" is "nước", "Th«ng t-" "Thông tư"; "Q§-TTg" stays.
 */
static void mend_hyphens(const struct legacy_table *t, struct legacy_font font,
                         int32_t *word, int n)
{
    const struct legacy_font plain = {LEGACY_TCVN3, false};

    if (font.encoding != LEGACY_TCVN3)
        return;
    for (int i = 0; i < n; i++) {
        AUTO(free_char) char *as = NULL;
        struct reading how;
        int letters;

        if (word[i] != '-' || !hyphen_may_be_letter(t, word, n, i))
            continue;
        word[i] = SOFT_HYPHEN;
        as = read_as(t, plain, word, n, &how);
        if (!is_vietnamese(as, &letters) || letters < 2)
            word[i] = '-';
    }
}

char *legacy_convert(const struct legacy_table *t, struct legacy_font font,
                     const int32_t *word, int n)
{
    AUTO(free_void) int32_t *copy = xcalloc((size_t)n + 1, sizeof(*copy));
    struct reading how;

    for (int i = 0; i < n; i++)
        copy[i] = of_symbol(word[i]);
    mend_hyphens(t, font, copy, n);
    return read_as(t, font, copy, n, &how);
}
