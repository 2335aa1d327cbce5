#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A manual page must be formatted without a warning and fit 80 columns.
set -eu
page=$1
if ! command -v man >/dev/null; then
    echo "SKIPPED: no man (package man-db)"
    exit 77
fi
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
LC_ALL=C.UTF-8 MANWIDTH=80 man --warnings -E UTF-8 -l "$page" \
    >"$dir/text" 2>"$dir/warnings"
if [ -s "$dir/warnings" ]; then
    cat "$dir/warnings"
    exit 1
fi
# A page that was cut off or not found would be short.
lines=$(wc -l <"$dir/text")
if [ "$lines" -lt 100 ]; then
    echo "only $lines lines were formatted"
    exit 1
fi
if LC_ALL=C.UTF-8 grep -nE '^.{81,}' "$dir/text"; then
    echo "the lines above are wider than 80 columns"
    exit 1
fi
