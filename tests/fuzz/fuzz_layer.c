/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A text layer in any font, a certificate, or the signatures of a whole PDF. */
#include "fuzz.h"

#include "base/alloc.h"
#include "base/certificate.h"
#include "base/text.h"
#include "pipeline/pdf_signature.h"
#include "pipeline/pdf_words.h"
#include <stdlib.h>
#include <string.h>

static const struct legacy_table *letters(void)
{
    static struct legacy_table *table;

    if (!table && legacy_load(NULL, &table) != STATUS_OK)
        abort();
    return table;
}

static void check(const struct page *page)
{
    for (int i = 0; i < page->n_lines; i++) {
        for (int k = 0; k < page->lines[i].n_words; k++) {
            const struct word *w = &page->lines[i].words[k];

            if (!*w->text || !text_valid(w->text, strlen(w->text)) ||
                w->box.w < 0 || w->box.h < 0)
                abort();
        }
    }
}

/* The first line is the name of a font; what follows is set in it and, after
 * a tab, in another. */
static void as_layer(const char *text, size_t n)
{
    AUTO(free_void) struct legacy_font *fonts = NULL;
    AUTO(free_char) char *encodings = NULL;
    AUTO(free_char) char *name = NULL;
    char other[] = "TimesNewRoman";
    char *names[] = {NULL, other};
    size_t at = 0, length = strcspn(text, "\n");
    struct pdf_letters l = {
        .fonts = names, .n_fonts = 2, .width_pt = 595, .height_pt = 842};
    struct page page = {0};
    int font = 0;

    name = names[0] = text_nfc(text, length);
    l.letters = xcalloc(n + 1, sizeof(*l.letters));
    for (at = length; at < n; l.n++) {
        int32_t cp = text_next(text, n, &at);
        double x = l.n % 80 * 6, y = l.n / 80 * 12;

        font = cp == '\t' ? 1 - font : font;
        l.letters[l.n] =
            (struct pdf_letter){cp, font, x, y, x + 6, y + 10};
    }
    if (l.n > 8) {
        struct pdf_letter word[2] = {l.letters[3], l.letters[4]};

        word[1].left += 9; /* over what comes behind */
        word[1].right += 9;
        pdf_letters_insert(&l, word, 2);
    }
    fonts = pdf_words_fonts(&l, letters(), &encodings);
    pdf_words(&l, letters(), fonts, &page);
    check(&page);
    page_clear(&page);
    free(l.letters);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    AUTO(free_char) char *text = xstrndup((const char *)data, size);

    if (size > 4 && memcmp(data, "%PDF", 4) == 0) {
        json_decref(pdf_signatures(data, size));
        return 0;
    }
    free(certificate_signer(data, size));
    as_layer(text, strlen(text));
    return 0;
}
