/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Messages in the user's language (gettext): _("English text"). */
#ifndef HOSO_BASE_I18N_H
#define HOSO_BASE_I18N_H

#include <libintl.h>
#include <stdbool.h>

#define _(text) gettext(text)
#define N_(text) text /* marked for translation, translated where shown */

/* Set the locale and find the messages. language: "vi", "en" or NULL for what
 * the environment says. HOSO_LOCALEDIR overrides where the messages are. */
void i18n_start(const char *language);

/* Whether messages are shown in Vietnamese. */
bool i18n_vietnamese(void);

#endif
