/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the tables of data/rules are. */
#include "base/rules_dir.h"

#include "base/alloc.h"
#include "base/file.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

char *rules_dir(void)
{
    const char *data = getenv("HOSO_DATADIR");
    if (data && *data)
        return path_join(data, "rules");
    char self[4096];
    ssize_t n = readlink("/proc/self/exe", self, sizeof(self) - 1);
    char *slash = NULL;
    if (n > 0) {
        self[n] = '\0';
        slash = strrchr(self, '/');
    }
    if (slash) {
        *slash = '\0';
        /* bin/hoso and libexec/hoso/hoso-worker */
        static const char *const ups[] = {"..", "../.."};
        for (size_t i = 0; i < ARRAY_LEN(ups); i++) {
            char *beside = xasprintf("%s/%s/share/hoso/rules", self, ups[i]);
            if (access(beside, R_OK) == 0)
                return beside;
            free(beside);
        }
    }
    if (access(HOSO_RULES_INSTALL, R_OK) == 0)
        return xstrdup(HOSO_RULES_INSTALL);
    return xstrdup(HOSO_RULES_SOURCE);
}
