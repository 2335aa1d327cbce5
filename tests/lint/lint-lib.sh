# SPDX-License-Identifier: GPL-3.0-or-later
# Sourced by the lint scripts. Each is run as
#
#     NAME.sh [ROOT]        look at the tree; exit 1 if it breaks a rule
#     NAME.sh --self-test   prove on made-up trees that the rule can fail
#
# and defines  look  (findings on stdout, one a line; cwd is the root) and
# self_test  (calls must_find and must_pass).
LC_ALL=C.UTF-8
export LC_ALL

rooms='base pipeline store indexer service cli'
self=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)/$(basename -- "$0")

# Source files of the rooms that are there: room_files [suffix-pattern]
room_files() {
    for room in $rooms; do
        [ -d "$room" ] && find "$room" -name "${1:-*.[ch]}" -type f
    done | sort
}

# Put text into a file of the made-up tree: put PATH <text
put() {
    mkdir -p "$tree/$(dirname -- "$1")"
    cat >"$tree/$1"
}

# The made-up tree must be found wrong, and the finding must hold the words.
must_find() {
    if found=$(sh "$self" "$tree"); then
        echo "the rule let this pass: $1" >&2
        exit 1
    fi
    case $found in
    *"$1"*) ;;
    *)
        echo "expected a finding with '$1', got: $found" >&2
        exit 1
        ;;
    esac
    rm -rf "${tree:?}"/*
}

# The made-up tree must be found right.
must_pass() {
    if ! found=$(sh "$self" "$tree"); then
        echo "the rule is too strict: $found" >&2
        exit 1
    fi
    rm -rf "${tree:?}"/*
}

lint_main() {
    if [ "${1:-}" = --self-test ]; then
        tree=$(mktemp -d)
        trap 'rm -rf "$tree"' EXIT
        self_test
        echo "the rule can fail"
        exit 0
    fi
    cd "${1:-$(dirname -- "$self")/../..}" || exit 2
    findings=$(look)
    [ -z "$findings" ] && exit 0
    printf '%s\n' "$findings"
    exit 1
}
