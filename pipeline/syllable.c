/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A syllable is an onset, which may be none, and a rhyme; one that ends in c,
 * ch, p or t is said with the acute or the dot only.
 */
#include "pipeline/syllable.h"

#include "base/compiler.h"
#include <stdio.h>
#include <string.h>

static const char onsets[] =
    " b c ch d đ g gh gi h k kh l m n ng ngh nh p ph q qu r s t th tr v x ";

static const char rhymes[] =
    " a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân "
    "âng âp ât âu ây e ec em en eng eo ep et ê êch êm ên êng ênh êp êt êu i "
    "ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu o oa oac oach oai "
    "oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet "
    "oi om on ong ooc oong op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u "
    "ua uân uâng uât uây uc ue uê uêch uênh ui um un ung uơ up ut uôc uôi uôm "
    "uôn uông uôt uy uya uych uyên uyêt uyn uynh uyt uyu ư ưa ưc ưi ưm ưn ưng "
    "ươc ươi ươm ươn ương ươp ươt ươu ưt ưu y yêm yên yêng yêt yêu yt ";

static bool is_listed(const char *list, const char *item)
{
    char fenced[SYLLABLE_BYTES + 2];

    snprintf(fenced, sizeof(fenced), " %s ", item);
    return strstr(list, fenced) != NULL;
}

static bool ends_stopped(const struct syllable *s)
{
    char last = s->letters[s->n - 1].base;

    return last == 'c' || last == 'p' || last == 't' ||
           (last == 'h' && s->n > 1 && s->letters[s->n - 2].base == 'c');
}

bool syllable_possible(const struct syllable *s)
{
    struct syllable level = *s;
    int at, tone = syllable_tone(s, &at);

    if (s->n == 0 || (ends_stopped(s) && tone != 4 && tone != 5))
        return false;
    for (int i = 0; i < level.n; i++) {
        level.letters[i].tone = 0;
        level.letters[i].capital = false;
    }
    for (int n = level.n < 4 ? level.n - 1 : 3; n >= 0; n--) {
        struct syllable onset = level, rhyme = {.n = level.n - n};
        char text[SYLLABLE_BYTES];

        onset.n = n;
        memcpy(rhyme.letters, level.letters + n,
               (size_t)rhyme.n * sizeof(*rhyme.letters));
        syllable_text(&onset, text);
        if (n > 0 && !is_listed(onsets, text))
            continue;
        syllable_text(&rhyme, text);
        if (is_listed(rhymes, text))
            return true;
    }
    return false;
}
