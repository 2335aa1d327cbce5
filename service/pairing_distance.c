/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How many letters two keys differ in, and where a key stands in a text that
 * was read with errors. Both by Myers' bit vectors: a column of the table of
 * edit distances is one word, so a letter of text costs a dozen instructions
 * and not as many as the key is long.
 */
#include "service/pairing.h"

#include <stdlib.h>
#include <string.h>

#define LENGTH_MAX 160

/* The column of the table: which cells are one more, one less than the one
 * above. */
struct column {
    uint64_t more, less;
    int last; /* the number in its last cell */
};

static void begin(struct column *c, int n)
{
    *c = (struct column){.more = ~UINT64_C(0), .last = n};
}

/* One letter on. equal: where it stands in the key. top: 1 if a text that does
 * not begin with the key costs what it is longer, else 0. */
static void step(struct column *c, uint64_t equal, uint64_t last, uint64_t top)
{
    uint64_t across = equal | c->less;
    uint64_t down = (((equal & c->more) + c->more) ^ c->more) | equal;
    uint64_t more = c->less | ~(down | c->more);
    uint64_t less = c->more & down;

    c->last += (more & last) != 0;
    c->last -= (less & last) != 0;
    more = more << 1 | top;
    less <<= 1;
    c->more = less | ~(across | more);
    c->less = more & across;
}

/* For letters of both: only their places are ever looked at. */
static void mark_letters(uint64_t places[256], const char *key, int n,
                         const char *text)
{
    for (const char *c = text; *c; c++)
        places[(unsigned char)*c] = 0;
    for (int i = 0; i < n; i++)
        places[(unsigned char)key[i]] = 0;
    for (int i = 0; i < n; i++)
        places[(unsigned char)key[i]] |= UINT64_C(1) << i;
}

static int long_distance(const char *a, int n, const char *b, int m, int most)
{
    int row[LENGTH_MAX + 1];

    for (int j = 0; j <= m; j++)
        row[j] = j;
    for (int i = 1; i <= n; i++) {
        int corner = row[0], best;

        row[0] = best = i;
        for (int j = 1; j <= m; j++) {
            int up = row[j];
            int d = corner + (a[i - 1] != b[j - 1]);

            d = d < up + 1 ? d : up + 1;
            row[j] = d < row[j - 1] + 1 ? d : row[j - 1] + 1;
            corner = up;
            best = best < row[j] ? best : row[j];
        }
        if (best > most)
            return most + 1;
    }
    return row[m];
}

int key_distance(const char *a, const char *b, int most)
{
    uint64_t places[256];
    struct column c;
    int n = (int)strlen(a), m = (int)strlen(b);

    n = n > LENGTH_MAX ? LENGTH_MAX : n;
    m = m > LENGTH_MAX ? LENGTH_MAX : m;
    if (abs(n - m) > most)
        return most + 1;
    if (strcmp(a, b) == 0)
        return 0;
    if (n == 0 || m == 0)
        return n + m;
    if (n > 64)
        return long_distance(a, n, b, m, most);
    mark_letters(places, a, n, b);
    begin(&c, n);
    for (int i = 0; i < m; i++)
        step(&c, places[(unsigned char)b[i]], UINT64_C(1) << (n - 1), 1);
    return c.last > most ? most + 1 : c.last;
}

int key_errors_in(const char *text, const char *key, int most)
{
    uint64_t places[256];
    struct column c;
    int n = (int)strlen(key), best = most + 1;

    if (n == 0)
        return most + 1;
    if (strstr(text, key))
        return 0;
    if (most == 0)
        return 1;
    n = n > 64 ? 64 : n; /* its beginning tells it well enough */
    mark_letters(places, key, n, text);
    begin(&c, n);
    for (const char *t = text; *t && best > 0; t++) {
        step(&c, places[(unsigned char)*t], UINT64_C(1) << (n - 1), 0);
        best = c.last < best ? c.last : best;
    }
    return best;
}
