/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What people of this archive confirmed, for the workers that read on. */
#ifndef HOSO_SERVICE_CONFIRMED_WORDS_H
#define HOSO_SERVICE_CONFIRMED_WORDS_H

#include "service/archive.h"

/*
 * Gather the words of fields that a person set or accepted, and of the
 * applicants of imported registers, into a file of this process's work folder,
 * made anew for each run and gone with it: what left the archive teaches no
 * more. Staff dossiers and registers of staff are left out, whatever is read.
 * path   of the file, caller unlinks and frees; NULL if there is nothing, the
 *        settings do not want it, or the registers cannot be asked
 * pairs  how many of two words
 * fails  as store_work_dir(), confirmed_write()
 */
NODISCARD enum status confirmed_words_write(struct archive *a, char **path,
                                            int *pairs);

#endif
