/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tesseract looks for rules by opening the page with lines of an eighth of an
 * inch and more: Leptonica does that in as many passes over the page as the
 * line has pixels. long_runs.c gives the same in a few; so this file defines
 * pixOpenBrick() in the executable, where the dynamic linker finds it first.
 *
 * Anything that is no long line goes to Leptonica's function. If the linker is
 * told to bind otherwise, this is simply not called.
 */
#include "pipeline/open_shortcut.h"

#include "pipeline/leptonica.h"
#include "pipeline/long_runs.h"
#include <dlfcn.h>
#include <stdbool.h>

#define LONG_PX 8 /* shorter is as fast there */

typedef PIX *open_brick(PIX *to, PIX *from, l_int32 width, l_int32 height);

static unsigned long shortcuts_taken;

void open_shortcut_use(void)
{
    /* that it is called is enough */
}

unsigned long open_shortcut_taken(void)
{
    return shortcuts_taken;
}

/* Replaces Leptonica's; the contract is the same. */
PIX *pixOpenBrick(PIX *to, PIX *from, l_int32 width, l_int32 height)
{
    static open_brick *original;
    bool across = width >= LONG_PX && height == 1;
    bool down = height >= LONG_PX && width == 1;

    if (to == NULL && from != NULL && pixGetDepth(from) == 1 &&
        (across || down)) {
        shortcuts_taken++;
        return across ? long_runs_across(from, width)
                      : long_runs_down(from, height);
    }
    if (original == NULL)
        *(void **)&original = dlsym(RTLD_NEXT, "pixOpenBrick");
    return original == NULL ? NULL : original(to, from, width, height);
}
