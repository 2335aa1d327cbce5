#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A file is at most 500 lines (tests too), a function at most 60 from its
# opening to its closing brace (tests may be longer).
. "$(dirname -- "$0")/lint-lib.sh"

look() {
    {
        room_files
        [ ! -d tests ] || find tests -name '*.[ch]' -type f
    } | while read -r file; do
        lines=$(wc -l <"$file")
        [ "$lines" -le 500 ] || echo "$file: $lines lines, 500 at most"
    done
    for file in $(room_files '*.c'); do
        awk -v file="$file" '
            /^[A-Za-z]/ { head = $0 }
            /^\{/ { from = NR }
            /^\}/ && from {
                if (NR - from + 1 > 60)
                    print file ":" from ": " NR - from + 1 \
                        " lines, 60 at most: " head
                from = 0
            }' "$file"
    done
}

self_test() {
    { echo 'int f(void)'; echo '{'; yes '    g();' | head -n 59; echo '}'; } |
        put base/x.c
    must_find 'base/x.c:2: 61 lines'
    yes '/* long */' | head -n 501 | put store/x.h
    must_find 'store/x.h: 501 lines'
    yes '/* long */' | head -n 501 | put tests/unit/test_x.c
    must_find 'tests/unit/test_x.c: 501 lines'
    { echo 'int f(void)'; echo '{'; yes '    g();' | head -n 58; echo '}'; } |
        put base/x.c
    { echo 'int f(void)'; echo '{'; yes '    g();' | head -n 99; echo '}'; } |
        put tests/unit/test_x.c
    must_pass
}

lint_main "$@"
