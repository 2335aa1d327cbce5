#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Words that promise work instead of being it, and paths of one machine.
. "$(dirname -- "$0")/lint-lib.sh"

look() {
    find . \( -name .git -o -name 'build*' -o -name .cache -o \
        -name quickstart-archive -o -path ./tests/data \) -prune -o \
        -type f ! -name LICENSE ! -path ./tests/lint/words.sh -print0 |
        xargs -0 -r grep -nHIE \
            -e '(^|[^A-Za-z_])(TODO|FIXME|XXX|HACK)([^A-Za-z_]|$)' \
            -e '[Nn]ot (yet )?implemented|[Ff]or now([^a-z]|$)' \
            -e '(^|[^A-Za-z0-9_}./])/(work|root|home/[a-z]+|tmp/brief)(/|\.)' |
        sed 's,^\./,,'
}

self_test() {
    echo '/* TODO: later */' | put base/x.c
    must_find 'base/x.c:1:'
    echo 'This is not implemented.' | put docs/x.md
    must_find 'docs/x.md:1:'
    echo 'It is so for now.' | put README.md
    must_find 'README.md:1:'
    echo 'cd /work/main' | put tests/x.sh
    must_find 'tests/x.sh:1:'
    printf 'mktemp /tmp/x.XXXXXX\nhacks, todos; forward\n' | put base/x.c
    printf 'ARCHIVE/work/ holds a page; see $root/work/x\n' | put docs/x.md
    must_pass
}

lint_main "$@"
