#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Makes PAGES worn pages with the given seed and turns them into training
# samples (.lstmf, some 25 lines each); the pictures are thrown away.
# usage: prepare_lines.sh CORPUS_DIR WORK_DIR SEED PAGES [dated]
set -eu
[ $# -ge 4 ] || { sed -n 3,5p "$0" >&2; exit 2; }
here=$(cd "$(dirname "$0")" && pwd)
corpus=$1 work=$2 seed=$3 pages=$4
shift 4
export OMP_THREAD_LIMIT=1
out=$work/lines/$seed
mkdir -p "$out"
/usr/bin/python3 "$here/make_lines.py" \
    "$corpus" "$work/vie.lstm-unicharset" "$out" "$seed" "$pages" "$@"
for page in "$out"/*.png; do
    stem=${page%.png}
    # The settings "lstm.train" stand beside the system's own models.
    tesseract "$page" "$stem" --psm 13 -l vie lstm.train >"$stem.log" 2>&1
    [ -s "$stem.lstmf" ] || { cat "$stem.log" >&2; exit 1; }
    rm -f "$page" "$stem.box" "$stem.txt" "$stem.log"
done
