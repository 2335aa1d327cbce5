/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Messages in the user's language. Vietnamese works without a Vietnamese
 * locale installed (a bare Debian has only C.UTF-8): glibc then follows
 * LANGUAGE. Only LC_CTYPE and LC_MESSAGES are set: with a decimal comma in
 * LC_NUMERIC no file format would be written right.
 */
#include "base/i18n.h"
#include "base/alloc.h"
#include "base/compiler.h"

#include <langinfo.h>
#include <limits.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define DOMAIN "hoso"

static bool has_messages(const char *dir)
{
    AUTO(free_char)
    char *mo = xasprintf("%s/vi/LC_MESSAGES/" DOMAIN ".mo", dir);
    return access(mo, R_OK) == 0;
}

/* Beside the program, built or installed, so that both may be moved;
 * else where it was to be installed. Caller frees. */
static char *find_messages(void)
{
    static const char *const beside[] = {"/../locale", "/../share/locale"};
    const char *said = getenv("HOSO_LOCALEDIR");
    if (said != NULL && *said != '\0')
        return xstrdup(said);
    char exe[PATH_MAX];
    ssize_t n = readlink("/proc/self/exe", exe, sizeof(exe) - 1);
    for (size_t i = 0; n > 0 && i < ARRAY_LEN(beside); i++) {
        exe[n] = '\0';
        char *slash = strrchr(exe, '/');
        if (slash == NULL)
            break;
        *slash = '\0';
        char *dir = xasprintf("%s%s", exe, beside[i]);
        *slash = '/';
        if (has_messages(dir))
            return dir;
        free(dir);
    }
    return xstrdup(HOSO_LOCALEDIR_INSTALL);
}

/* The locale the environment asks for, installed or not. */
static const char *wanted_locale(void)
{
    static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        const char *value = getenv(names[i]);
        if (value != NULL && *value != '\0')
            return value;
    }
    return "C";
}

void i18n_start(const char *language)
{
    if (language == NULL && strncmp(wanted_locale(), "vi", 2) == 0 &&
        getenv("LANGUAGE") == NULL)
        language = "vi";
    if (language != NULL)
        setenv("LANGUAGE", language, 1);
    if (setlocale(LC_CTYPE, "") == NULL ||
        strcmp(nl_langinfo(CODESET), "UTF-8") != 0)
        setlocale(LC_CTYPE, "C.UTF-8");
    const char *messages = setlocale(LC_MESSAGES, "");
    if (language != NULL && (messages == NULL || strcmp(messages, "C") == 0 ||
                             strcmp(messages, "POSIX") == 0)) {
        setlocale(LC_MESSAGES, "C.UTF-8");
        setenv("LC_ALL", "C.UTF-8", 1); /* for the programs we start */
    }
    AUTO(free_char) char *dir = find_messages();
    bindtextdomain(DOMAIN, dir);
    bind_textdomain_codeset(DOMAIN, "UTF-8");
    textdomain(DOMAIN);
}

bool i18n_vietnamese(void)
{
    /* TRANSLATORS: the code of the language these messages are in */
    return strcmp(_("en"), "vi") == 0;
}
