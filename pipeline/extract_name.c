/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Names of persons. Recognition makes names of other names ("Hà" to "Hã"), so
 * a name is believed when its syllables are such that people bear, or when it
 * was read very surely.
 */
#include "base/alloc.h"
#include "base/strbuf.h"
#include "base/text.h"
#include "pipeline/extract_inner.h"
#include <stdlib.h>
#include <string.h>

#define NAME_WORDS_MIN 2
#define NAME_WORDS_MAX 6
#define COMMON_FAMILIES 20 /* the first ones of the table: most people */
#define RARE_FAMILIES 60   /* from here on, none is worth a doubt */
#define NAME_SURE_PCT 97 /* of a name with syllables outside the tables */

/* Titles of learning before a name; they are not part of it. */
static const char *const degrees[] = {"ts",  "ths", "pgs", "gs", "bs", "cn",
                                      "ks",  "tskh", "bscki", "bsckii",
                                      "dr", "ong", "ba", "dong", "chi"};

char *name_syllable(const char *word)
{
    struct strbuf b;
    strbuf_init(&b);
    size_t n = strlen(word);
    bool good = n > 0;
    int capitals = 0, smalls = 0;
    for (size_t at = 0; at < n && good;) {
        size_t start = at;
        int32_t cp = text_next(word, n, &at);
        char one[8] = "";
        one[text_put(cp, one)] = '\0';
        AUTO(free_char) char *lower = text_lower(one);
        bool capital = strcmp(lower, one) != 0;
        good = text_is_word(cp) && !(cp >= '0' && cp <= '9') &&
               (start > 0 || capital);
        capitals += capital;
        smalls += !capital;
        strbuf_adds(&b, start == 0 ? one : lower);
    }
    /* "Hoa", "HOA", not "HOa". */
    if (capitals > 1 && smalls > 0)
        good = false;
    char *out = strbuf_take(&b);
    if (good)
        return out;
    free(out);
    return NULL;
}

static bool in_table(const struct extract_rules *rules, enum table_id id,
                     const char *word)
{
    const struct table *t = &rules->tables[id];
    for (int i = 0; i < t->n_rows; i++)
        if (strcmp(table_cell(t, i, 0), word) == 0)
            return true;
    return false;
}

bool name_is_known(const struct extract_rules *rules, const char *syllable,
                   bool family)
{
    return in_table(rules, TABLE_SURNAMES, syllable) ||
           (!family && in_table(rules, TABLE_NAMES, syllable));
}

bool name_family_is_rare(const struct extract_rules *rules, const char *family)
{
    const struct table *t = &rules->tables[TABLE_SURNAMES];
    for (int i = 0; i < t->n_rows && i < RARE_FAMILIES; i++)
        if (strcmp(table_cell(t, i, 0), family) == 0)
            return false;
    return true;
}

bool name_family_has_neighbour(const struct extract_rules *rules,
                               const char *family)
{
    const struct table *t = &rules->tables[TABLE_SURNAMES];
    AUTO(free_char) char *fold = text_fold(family);
    for (int i = 0; i < t->n_rows && i < COMMON_FAMILIES; i++)
        if (strlen(fold) >= 4 && text_distance(fold, table_fold(t, i, 0)) == 1)
            return true;
    return false;
}

void name_mend_family(const struct extract_rules *rules, char **name)
{
    const struct table *t = &rules->tables[TABLE_SURNAMES];
    AUTO(free_char) char *fold = text_fold(*name);
    int found = -1;
    for (int i = 0; i < t->n_rows; i++) {
        if (strcmp(table_cell(t, i, 0), *name) == 0)
            return;
        if (strcmp(table_fold(t, i, 0), fold) != 0)
            continue;
        if (found == -1)
            found = i;
        else if (found >= COMMON_FAMILIES || i < RARE_FAMILIES)
            return;
    }
    if (found < 0)
        return;
    free(*name);
    *name = xstrdup(table_cell(t, found, 0));
}

bool name_family_is_misread(const struct extract_rules *rules,
                            const char *family)
{
    AUTO(free_char) char *fold = text_fold(family);
    return !in_table(rules, TABLE_SURNAMES, family) &&
           table_find_fold(&rules->tables[TABLE_SURNAMES], 0, fold) >= 0;
}

bool name_is_degree(const char *word)
{
    AUTO(free_char) char *fold = text_fold(word);
    size_t n = strcspn(fold, ".");
    for (size_t i = 0; i < ARRAY_LEN(degrees); i++)
        if (strlen(degrees[i]) == n && strncmp(fold, degrees[i], n) == 0 &&
            (fold[n] == '.' || word[n] == '\0'))
            return fold[n] == '.' || n > 3;
    return false;
}

enum name_kind name_look(const struct extract_rules *rules,
                         const struct passage *p, struct span s, char **value)
{
    *value = NULL;
    AUTO(free_char) char *text = passage_copy(p, s);
    struct strbuf b;
    strbuf_init(&b);
    int n = 0;
    bool good = true, known = true;
    char *rest = text;
    for (char *word; good && (word = strsep(&rest, " ")) != NULL;) {
        if (n == 0 && name_is_degree(word))
            continue;
        AUTO(free_char) char *fine = name_syllable(word);
        good = fine != NULL && ++n <= NAME_WORDS_MAX;
        if (!good)
            break;
        if (n == 1)
            name_mend_family(rules, &fine);
        known = known && name_is_known(rules, fine, n == 1);
        if (n > 1)
            strbuf_addc(&b, ' ');
        strbuf_adds(&b, fine);
    }
    char *name = strbuf_take(&b);
    if (!good || n < NAME_WORDS_MIN) {
        free(name);
        return NAME_NONE;
    }
    *value = name;
    return known ? NAME_KNOWN : NAME_UNKNOWN;
}

void put_name(struct extraction *x, const char *name, const char *rule,
              const struct passage *p, struct span s)
{
    s = passage_trim(p, s);
    char *value = NULL;
    struct evidence e = passage_evidence(p, s);
    enum name_kind kind = name_look(x->rules, p, s, &value);
    AUTO(free_char) char *family =
        value ? xstrndup(value, strcspn(value, " ")) : NULL;
    bool ok = kind == NAME_KNOWN ||
              (kind == NAME_UNKNOWN && e.min_pct >= NAME_SURE_PCT &&
               !name_family_is_misread(x->rules, family));
    /* Printed twice, in an item and under the signature. */
    bool twice = value && x->signer_read && strcmp(value, x->signer_read) == 0;
    put_field(x, name, rule, value, e, ok || twice, twice ? "known" : name);
}
