/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Words of a text in folded and exact form. The Vietnamese letters are in one
 * table, as nearly all text is made of them; any other letter goes through
 * base/text, which is slower.
 */
#include "indexer/syllable.h"

#include "base/text.h"
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum tone { LEVEL, GRAVE, ACUTE, HOOK, TILDE, DOT, TONES };

/* The combining marks U+0300, 0301, 0309, 0303, 0323. */
static const char *const tone_marks[TONES] = {"",       "\u0300", "\u0301",
                                              "\u0309", "\u0303", "\u0323"};

/* A letter of the Vietnamese alphabet. */
struct letter {
    char folded;    /* without any mark */
    uint8_t tone;   /* enum tone */
    uint16_t plain; /* lower case, without its tone */
};

#define TONED(plain, base, l, g, a, h, t, d)                \
    [l] = {base, LEVEL, plain}, [g] = {base, GRAVE, plain}, \
    [a] = {base, ACUTE, plain}, [h] = {base, HOOK, plain},  \
    [t] = {base, TILDE, plain}, [d] = {base, DOT, plain}

static const struct letter letters[] = {
    TONED(U'a', 'a', U'a', U'à', U'á', U'ả', U'ã', U'ạ'),
    TONED(U'a', 'a', U'A', U'À', U'Á', U'Ả', U'Ã', U'Ạ'),
    TONED(U'ă', 'a', U'ă', U'ằ', U'ắ', U'ẳ', U'ẵ', U'ặ'),
    TONED(U'ă', 'a', U'Ă', U'Ằ', U'Ắ', U'Ẳ', U'Ẵ', U'Ặ'),
    TONED(U'â', 'a', U'â', U'ầ', U'ấ', U'ẩ', U'ẫ', U'ậ'),
    TONED(U'â', 'a', U'Â', U'Ầ', U'Ấ', U'Ẩ', U'Ẫ', U'Ậ'),
    TONED(U'e', 'e', U'e', U'è', U'é', U'ẻ', U'ẽ', U'ẹ'),
    TONED(U'e', 'e', U'E', U'È', U'É', U'Ẻ', U'Ẽ', U'Ẹ'),
    TONED(U'ê', 'e', U'ê', U'ề', U'ế', U'ể', U'ễ', U'ệ'),
    TONED(U'ê', 'e', U'Ê', U'Ề', U'Ế', U'Ể', U'Ễ', U'Ệ'),
    TONED(U'i', 'i', U'i', U'ì', U'í', U'ỉ', U'ĩ', U'ị'),
    TONED(U'i', 'i', U'I', U'Ì', U'Í', U'Ỉ', U'Ĩ', U'Ị'),
    TONED(U'o', 'o', U'o', U'ò', U'ó', U'ỏ', U'õ', U'ọ'),
    TONED(U'o', 'o', U'O', U'Ò', U'Ó', U'Ỏ', U'Õ', U'Ọ'),
    TONED(U'ô', 'o', U'ô', U'ồ', U'ố', U'ổ', U'ỗ', U'ộ'),
    TONED(U'ô', 'o', U'Ô', U'Ồ', U'Ố', U'Ổ', U'Ỗ', U'Ộ'),
    TONED(U'ơ', 'o', U'ơ', U'ờ', U'ớ', U'ở', U'ỡ', U'ợ'),
    TONED(U'ơ', 'o', U'Ơ', U'Ờ', U'Ớ', U'Ở', U'Ỡ', U'Ợ'),
    TONED(U'u', 'u', U'u', U'ù', U'ú', U'ủ', U'ũ', U'ụ'),
    TONED(U'u', 'u', U'U', U'Ù', U'Ú', U'Ủ', U'Ũ', U'Ụ'),
    TONED(U'ư', 'u', U'ư', U'ừ', U'ứ', U'ử', U'ữ', U'ự'),
    TONED(U'ư', 'u', U'Ư', U'Ừ', U'Ứ', U'Ử', U'Ữ', U'Ự'),
    TONED(U'y', 'y', U'y', U'ỳ', U'ý', U'ỷ', U'ỹ', U'ỵ'),
    TONED(U'y', 'y', U'Y', U'Ỳ', U'Ý', U'Ỷ', U'Ỹ', U'Ỵ'),
    /* eth looks like đ and stands for it in old fonts and in OCR */
    [U'đ'] = {'d', LEVEL, U'đ'},
    [U'Đ'] = {'d', LEVEL, U'đ'},
    [U'ð'] = {'d', LEVEL, U'đ'},
    [U'Ð'] = {'d', LEVEL, U'đ'},
};

/* Letter and combining mark, for text in NFD. */
static const struct {
    uint16_t plain, mark, marked;
} qualities[] = {
    {U'a', 0x306, U'ă'}, {U'a', 0x302, U'â'}, {U'e', 0x302, U'ê'},
    {U'o', 0x302, U'ô'}, {U'o', 0x31B, U'ơ'}, {U'u', 0x31B, U'ư'},
};

/* Syllables that are written with y or with i as it pleases. */
static const char wavering[][4] = {"hy", "ky", "ly", "my", "sy", "ty", "quy"};

/* A word while it is put together. */
struct building {
    struct syllable *out;
    size_t folded, exact; /* bytes so far */
    uint8_t tones[4];     /* in the order they came */
    int n_tones;
    uint16_t last;     /* last letter of exact if one of the table */
    size_t last_at;    /* where it begins */
    bool foreign_mark; /* a mark that Vietnamese does not know */
};

enum { TONE_ROOM = 9 }; /* four tones and the final NUL */

static void append(char *to, size_t *used, const char *bytes, size_t n)
{
    if (*used + n > SYLLABLE_BYTES - TONE_ROOM)
        return;
    memcpy(to + *used, bytes, n);
    *used += n;
}

static void add_exact(struct building *b, uint16_t plain)
{
    char bytes[4];
    b->last = plain;
    b->last_at = b->exact;
    append(b->out->exact, &b->exact, bytes, text_put(plain, bytes));
}

static void add_tone(struct building *b, uint8_t tone)
{
    if (tone != LEVEL && b->n_tones < (int)sizeof(b->tones))
        b->tones[b->n_tones++] = tone;
}

static enum tone tone_of(int32_t mark)
{
    switch (mark) {
    case 0x300:
        return GRAVE;
    case 0x301:
        return ACUTE;
    case 0x303:
        return TILDE;
    case 0x309:
        return HOOK;
    case 0x323:
        return DOT;
    default:
        return LEVEL;
    }
}

/* A combining mark of Vietnamese; false if cp is none. */
static bool add_mark(struct building *b, int32_t cp)
{
    if (tone_of(cp) != LEVEL) {
        add_tone(b, tone_of(cp));
        return true;
    }
    for (size_t i = 0; i < sizeof(qualities) / sizeof(qualities[0]); i++) {
        if (qualities[i].mark != cp || qualities[i].plain != b->last)
            continue;
        b->exact = b->last_at;
        add_exact(b, qualities[i].marked);
        return true;
    }
    return false;
}

static void add_foreign(struct building *b, int32_t cp)
{
    char bytes[5] = {0};
    text_put(cp, bytes);
    char *folded = text_fold(bytes);
    char *exact = text_lower(bytes);
    b->last = 0;
    b->foreign_mark |= folded[0] == '\0';
    append(b->out->folded, &b->folded, folded, strlen(folded));
    append(b->out->exact, &b->exact, exact, strlen(exact));
    free(folded);
    free(exact);
}

static void add(struct building *b, int32_t cp)
{
    if (cp < (int32_t)(sizeof(letters) / sizeof(letters[0])) &&
        letters[cp].folded) {
        const struct letter *l = &letters[cp];
        append(b->out->folded, &b->folded, &l->folded, 1);
        add_exact(b, l->plain);
        add_tone(b, l->tone);
    } else if (cp < 0x80) {
        char c = (char)(cp >= 'A' && cp <= 'Z' ? cp + 32 : cp);
        append(b->out->folded, &b->folded, &c, 1);
        add_exact(b, (uint16_t)c);
    } else if (!add_mark(b, cp)) {
        add_foreign(b, cp);
    }
}

char syllable_letter(int32_t cp)
{
    if (cp >= '0' && cp <= '9')
        return (char)cp;
    if (cp >= 'A' && cp <= 'Z')
        return (char)(cp + 32);
    if (cp >= 'a' && cp <= 'z')
        return (char)cp;
    return cp > 0 && cp < (int32_t)(sizeof(letters) / sizeof(letters[0]))
               ? letters[cp].folded
               : 0;
}

/* Soft hyphen, zero-width signs, byte order mark: not there for a reader. */
static bool is_unseen(int32_t cp)
{
    return cp == 0xAD || (cp >= 0x200B && cp <= 0x200D) || cp == 0x2060 ||
           cp == 0xFEFF;
}

/* Write i for y where spelling wavers. */
static void settle_vowel(struct building *b)
{
    char *folded = b->out->folded;
    for (size_t i = 0; i < sizeof(wavering) / sizeof(wavering[0]); i++) {
        if (strcmp(folded, wavering[i]) != 0)
            continue;
        folded[b->folded - 1] = 'i';
        if (b->exact && b->out->exact[b->exact - 1] == 'y')
            b->out->exact[b->exact - 1] = 'i';
        return;
    }
}

/* Finish the word; false if nothing of it is left. */
static bool finish(struct building *b)
{
    struct syllable *s = b->out;
    s->folded[b->folded] = '\0';
    s->exact[b->exact] = '\0';
    if (!b->folded)
        return false;
    if (b->foreign_mark) {
        char *composed = text_nfc(s->exact, b->exact);
        b->exact = 0;
        append(s->exact, &b->exact, composed, strlen(composed));
        free(composed);
    }
    settle_vowel(b);
    for (int i = 0; i < b->n_tones; i++) {
        memcpy(s->exact + b->exact, tone_marks[b->tones[i]], 2);
        b->exact += 2;
    }
    s->exact[b->exact] = '\0';
    if (b->folded == 2 && s->folded[0] == '0' && s->folded[1] >= '1' &&
        s->folded[1] <= '9')
        memmove(s->folded, s->folded + 1, 2);
    if (strcmp(s->folded, s->exact) == 0)
        s->exact[0] = '\0';
    return true;
}

bool syllable_next(const char *text, size_t n, size_t *pos,
                   struct syllable *out)
{
    while (*pos < n) {
        struct building b = {.out = out};
        bool begun = false;
        while (*pos < n) {
            size_t at = *pos;
            int32_t cp = text_next(text, n, pos);
            if (is_unseen(cp))
                continue;
            if (!text_is_word(cp)) {
                if (begun)
                    break;
                continue;
            }
            if (!begun)
                out->start = at;
            begun = true;
            out->end = *pos;
            add(&b, cp);
        }
        if (begun && finish(&b))
            return true;
    }
    return false;
}
