#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Every text is translated, none is doubtful ("fuzzy"), and what stands for a
# value in the English text stands for it in the Vietnamese.
# check.sh SOURCE checks a tree; check.sh SOURCE --self-test proves that a
# missing and a doubtful translation are found.
set -eu
source=$1
for tool in xgettext msgcmp msgfmt; do
    if ! command -v $tool >/dev/null; then
        echo "SKIPPED: no $tool (package gettext)"
        exit 77
    fi
done
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

if [ "${2:-}" = --self-test ]; then
    mkdir "$dir/tree"
    for room in base pipeline store indexer service cli po; do
        cp -r "$source/$room" "$dir/tree/"
    done
    echo 'const char *x(void) { return _("a text nobody translated"); }' \
        >"$dir/tree/cli/x.c"
    if "$0" "$dir/tree" >"$dir/found" 2>&1 ||
        ! grep -q 'not defined' "$dir/found"; then
        echo "a text without a translation was let pass"
        exit 1
    fi
    rm "$dir/tree/cli/x.c"
    sed 's/^msgid "the disk is full"/#, fuzzy\n&/' "$source/po/vi.po" \
        >"$dir/tree/po/vi.po"
    if "$0" "$dir/tree" >"$dir/found" 2>&1 ||
        ! grep -q 'reviewed by the translator' "$dir/found"; then
        echo "a doubtful translation was let pass"
        exit 1
    fi
    exit 0
fi
"$source/po/extract.sh" "$source" "$dir/hoso.pot"

# The extraction must see the lists, or nothing would be found missing there.
for text in 'something was quarantined' 'there was nothing to check' \
    'resolution below 200 dpi' 'find pages by their words'; do
    if ! grep -qF "\"$text\"" "$dir/hoso.pot"; then
        echo "extract.sh does not find: $text"
        exit 1
    fi
done
msgfmt --check --output-file=/dev/null "$source/po/vi.po"
if ! msgcmp "$source/po/vi.po" "$dir/hoso.pot"; then
    echo "translate the texts named above in po/vi.po; po/update.sh adds them"
    exit 1
fi
