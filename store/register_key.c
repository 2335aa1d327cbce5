/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The forms in which values of paper and of registers are compared: what a
 * scan makes of a letter must not matter where it can only be that letter.
 */
#include "store/store.h"

#include "base/alloc.h"
#include "base/strbuf.h"
#include "base/text.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

static char look_alike(char c)
{
    switch (c) {
    case 'o':
    case 'q':
        return '0';
    case 'i':
    case 'l':
        return '1';
    case 's':
        return '5';
    case 'b':
        return '8';
    case 'z':
        return '2';
    default:
        return c;
    }
}

char *register_key(const char *text)
{
    char *key = text_fold(text);
    char *to = key;

    for (const char *c = key; *c; c++)
        if (isalnum((unsigned char)*c))
            *to++ = look_alike(*c);
        else if (*c == '|') /* a 1 that was read as a stroke */
            *to++ = '1';
    *to = '\0';
    return key;
}

char *register_words_key(const char *text)
{
    char *key = text_fold(text);
    char *to = key;

    for (const char *c = key; *c; c++) {
        if (isalnum((unsigned char)*c) || (unsigned char)*c >= 0x80)
            *to++ = *c;
        else if (to > key && to[-1] != ' ')
            *to++ = ' ';
    }
    if (to > key && to[-1] == ' ')
        to--;
    *to = '\0';
    return key;
}

/* Behind "Số", "số:", "No." at the start. */
static const char *behind_label(const char *text)
{
    AUTO(free_char) char *folded = text_fold(text);
    const char *c = text;

    if (strncmp(folded, "so", 2) != 0 || isalnum((unsigned char)folded[2]))
        return text;
    while (*c && !isdigit((unsigned char)*c) && *c != '/')
        c++;
    return *c ? c : text;
}

static char *without_spaces(const char *from, size_t n)
{
    char *out = xstrndup(from, n);
    char *to = out;

    for (const char *c = out; *c; c++)
        if (!isspace((unsigned char)*c))
            *to++ = *c;
    *to = '\0';
    return out;
}

void register_split_number(const char *text, char **number, char **notation)
{
    AUTO(free_char) char *nfc = text_nfc(text, strlen(text));
    const char *c = behind_label(nfc);
    const char *slash;
    size_t digits = 0;

    while (isspace((unsigned char)*c))
        c++;
    slash = strchr(c, '/');
    while (isdigit((unsigned char)c[digits]))
        digits++;
    if (slash) {
        *number = without_spaces(c, (size_t)(slash - c));
        *notation = without_spaces(slash + 1, strlen(slash + 1));
    } else {
        /* "12" and "247-GP" of old registers; a word alone is a notation. */
        *number = xstrndup(c, digits);
        c += digits;
        while (isspace((unsigned char)*c) || (digits > 0 && *c == '-'))
            c++;
        *notation = without_spaces(c, strlen(c));
    }
    /* 0075 and 75 are one number. */
    for (char *n = *number; n[0] == '0' && n[1];)
        memmove(n, n + 1, strlen(n));
}
