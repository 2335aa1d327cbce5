#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A header compiles alone, and what it declares is explained: a comment stands
# in each group of functions (lines without a blank one between) or in the
# group above it.
# Life-cycle verbs (…_clear, _free, _freep, _closep) speak for themselves.
. "$(dirname -- "$0")/lint-lib.sh"

packages='jansson sqlite3 lept libarchive tesseract libqpdf poppler-glib
    libutf8proc libcrypto inih'

compiles_alone() {
    flags=$(pkg-config --cflags $packages 2>/dev/null || true)
    for file in $(room_files '*.h'); do
        printf '#include "%s"\n#include "%s"\n' "$file" "$file" |
            "${CC:-cc}" -std=gnu17 -D_GNU_SOURCE '-DHOSO_VERSION="0"' \
                -Wall -Wextra -Werror -fsyntax-only -I. $flags -x c - \
                >/dev/null 2>&1 || echo "$file: does not compile alone"
    done
}

explained() {
    for file in $(room_files '*.h'); do
        awk -v file="$file" '
            function flush() {
                if (first && !comment && !above)
                    print file ":" first ": not explained: " text
                above = comment
                first = comment = 0
            }
            /^[[:space:]]*$/ { if (seen) flush(); seen = 0; next }
            { seen = 1 }
            /\/\*/ { comment = 1 }
            /^[A-Za-z].*\(/ && !/^(typedef|[A-Z_]+\(|_Static_assert)/ &&
                !/_(clear|free|freep|closep)\(/ && !macro {
                if (!first) { first = NR; text = $0 }
            }
            { macro = /\\$/ }
            END { flush() }' "$file"
    done
}

look() {
    compiles_alone
    explained
}

self_test() {
    put base/x.h <<'END'
/* The size of it. */
size_t x_size(void);
END
    must_find 'base/x.h: does not compile alone'
    put base/x.h <<'END'
/* What this file is for. */
#ifndef X
#define X

struct x;

struct y;

int x_open(struct x *x);
#endif
END
    must_find 'base/x.h:9: not explained: int x_open'
    put base/x.h <<'END'
/* What this file is for. */
#ifndef X
#define X

struct x;

/* Open it, and look at it. */
int x_open(struct x *x);
int x_look(struct x *x);

int x_bits(int a,
           int b); /* of a and b */

void x_free(struct x *x);
#endif
END
    must_pass
}

lint_main "$@"
