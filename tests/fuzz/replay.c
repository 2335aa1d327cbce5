/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Replays files, or all files of folders, through a fuzz target: the corpus is
 * a regression test in every build, with any compiler. */
#include "fuzz.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { INPUT_BYTES_MAX = 1 << 20 };

static int replay_file(const char *path)
{
    static uint8_t bytes[INPUT_BYTES_MAX];
    FILE *file = fopen(path, "rb");
    if (!file) {
        perror(path);
        exit(1);
    }
    size_t n = fread(bytes, 1, sizeof(bytes), file);
    fclose(file);
    /* in memory of its very size, so that a sanitizer sees the end */
    uint8_t *input = malloc(n ? n : 1);
    if (!input)
        exit(1);
    memcpy(input, bytes, n);
    LLVMFuzzerTestOneInput(input, n);
    free(input);
    return 1;
}

static int replay(const char *path)
{
    DIR *folder = opendir(path);
    int n = 0;
    if (!folder)
        return replay_file(path);
    for (struct dirent *e; (e = readdir(folder));) {
        char inner[4096];
        if (e->d_name[0] == '.')
            continue;
        snprintf(inner, sizeof(inner), "%s/%s", path, e->d_name);
        n += replay_file(inner);
    }
    closedir(folder);
    return n;
}

int main(int argc, char **argv)
{
    int n = 0;
    for (int i = 1; i < argc; i++)
        n += replay(argv[i]);
    printf("%d inputs replayed\n", n);
    return n > 0 ? 0 : 1;
}
