/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tesseract 5 keeps the image of each text line as PNG: ImageData::SetPix
 * compresses it with pixWriteMem() and GetPix() decompresses it at once with
 * pixReadMem(). That is a quarter of all CPU time. pixReadMem() also knows
 * Leptonica's own uncompressed form, so this file defines pixWriteMem() in
 * the executable, where the dynamic linker finds it before Leptonica's, and
 * answers PNG requests with that form: the same pixels, the same text.
 *
 * Anything else goes to Leptonica's function. If the linker is told to bind
 * otherwise (static or -Bsymbolic libraries), this is simply not called.
 */
#include "pipeline/png_shortcut.h"

#include "pipeline/leptonica.h"
#include <dlfcn.h>

typedef l_ok write_mem(l_uint8 **data, size_t *size, PIX *pix,
                       l_int32 format);

static bool shortcut_on, shortcut_forbidden;
static unsigned long shortcuts_taken;

void png_shortcut_set(bool on)
{
    shortcut_on = on;
}

void png_shortcut_forbid(bool yes)
{
    shortcut_forbidden = yes;
}

unsigned long png_shortcut_taken(void)
{
    return shortcuts_taken;
}

/* Replaces Leptonica's; the contract is the same. */
l_ok pixWriteMem(l_uint8 **pdata, size_t *psize, PIX *pix, l_int32 format)
{
    static write_mem *original;

    if (shortcut_on && !shortcut_forbidden && format == IFF_PNG && pix != NULL) {
        l_uint32 *words = NULL;

        if (pixSerializeToMemory(pix, &words, psize) == 0) {
            shortcuts_taken++;
            *pdata = (l_uint8 *)words;
            return 0;
        }
    }
    if (original == NULL)
        *(void **)&original = dlsym(RTLD_NEXT, "pixWriteMem");
    return original == NULL ? 1 : original(pdata, psize, pix, format);
}
