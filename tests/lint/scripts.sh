#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Shell scripts can be read by sh, and a test of the command line ends with
# `finished` (one that stopped half-way would look good).
. "$(dirname -- "$0")/lint-lib.sh"

look() {
    for script in .ci/* check quickstart bench/* tests/cli/*.sh \
        tests/lint/*.sh tests/data/make-* tests/fault/*.sh; do
        [ -f "$script" ] || continue
        case $(head -n 1 "$script") in
        '#!/bin/sh' | '# '*) ;;
        *) continue ;;
        esac
        case $script in *.md | *.txt) continue ;; esac
        sh -n "$script" 2>/dev/null || echo "$script: sh cannot read it"
    done
    for script in tests/cli/test-*.sh; do
        case $script in */test-lib.sh | *'*'*) continue ;; esac
        [ "$(tail -n 1 "$script")" = finished ] ||
            echo "$script: does not end with 'finished'"
    done
}

self_test() {
    printf '#!/bin/sh\nif true; then\n' | put check
    must_find 'check: sh cannot read it'
    printf '#!/bin/sh\nbegin x\n' | put tests/cli/test-x.sh
    must_find "does not end with 'finished'"
    printf '#!/bin/sh\nbegin x\nfinished\n' | put tests/cli/test-x.sh
    must_pass
}

lint_main "$@"
