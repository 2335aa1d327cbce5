/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Whether a TIFF has a second page, from its directory chain alone. The
 * parent asks this to group files; it reads a dozen bytes and decodes nothing.
 * A file that is not a sound TIFF has none: the worker will say what it is.
 */
#include "pipeline/pipeline.h"

#include <unistd.h>

/* n bytes at offset as a number in the file's byte order. */
static bool number_at(int fd, uint64_t offset, int n, bool big, uint64_t *out)
{
    unsigned char b[8];
    if (offset > INT64_MAX || pread(fd, b, (size_t)n, (off_t)offset) != n)
        return false;
    *out = 0;
    for (int i = 0; i < n; i++)
        *out = *out << 8 | b[big ? i : n - 1 - i];
    return true;
}

bool media_tiff_multipage(int fd)
{
    unsigned char head[4];
    if (pread(fd, head, sizeof(head), 0) != (ssize_t)sizeof(head))
        return false;
    bool big_endian = head[0] == 'M';
    bool bigtiff = head[big_endian ? 3 : 2] == 43;
    int offset_bytes = bigtiff ? 8 : 4;
    uint64_t entry_bytes = bigtiff ? 20 : 12;
    uint64_t directory, entries, next;
    if (!number_at(fd, bigtiff ? 8 : 4, offset_bytes, big_endian, &directory))
        return false;
    int count_bytes = bigtiff ? 8 : 2;
    if (!number_at(fd, directory, count_bytes, big_endian, &entries) ||
        entries > 65535)
        return false;
    uint64_t after = directory + (uint64_t)count_bytes + entries * entry_bytes;
    return number_at(fd, after, offset_bytes, big_endian, &next) && next != 0;
}
