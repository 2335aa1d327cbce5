/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * With every model Tesseract reads a table of many thousand groups of letters
 * that its older recogniser takes for one another; nearly all the time of
 * loading a model goes there, and the network never asks it. This file defines
 * the function that makes the table in the executable, where the dynamic linker
 * finds it first, and makes none.
 *
 * If the linker is told to bind otherwise, this is simply not called.
 */
#include "pipeline/ambigs_shortcut.h"

#include <dlfcn.h>
#include <stddef.h>

#define LOAD_UNIVERSAL \
    "_ZN9tesseract13UnicharAmbigs13LoadUniversalERKNS_10UNICHARSETEPS1_"

typedef void load_universal(void *table, const void *letters, void *all);
load_universal ambigs_load __asm__(LOAD_UNIVERSAL);

static unsigned long tables_spared;
static bool forbidden;

void ambigs_shortcut_use(void)
{
    /* that it is called is enough */
}

void ambigs_shortcut_forbid(bool yes)
{
    forbidden = yes;
}

unsigned long ambigs_shortcut_taken(void)
{
    return tables_spared;
}

/* Replaces the library's; the table stays empty. */
void ambigs_load(void *table, const void *letters, void *all)
{
    static load_universal *original;

    if (!forbidden) {
        tables_spared++;
        return;
    }
    if (original == NULL)
        *(void **)&original = dlsym(RTLD_NEXT, LOAD_UNIVERSAL);
    if (original != NULL)
        original(table, letters, all);
}
