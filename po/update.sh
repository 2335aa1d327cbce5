#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Bring vi.po up to date with the texts in the code: new ones are added empty,
# changed ones marked fuzzy, for a person to translate; old ones are dropped.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
"$here/extract.sh" "$here/.." "$dir/hoso.pot"
msgmerge --quiet --no-wrap --no-location --backup=none --update \
    "$here/vi.po" "$dir/hoso.pot"
msgattrib --no-obsolete --no-wrap --no-location \
    --output-file="$here/vi.po" "$here/vi.po"
msgfmt --statistics --output-file=/dev/null "$here/vi.po"
