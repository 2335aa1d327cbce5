#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The whole recipe: from Debian's vie to hoso_vie, on two cores.
# usage: train.sh CORPUS_DIR WORK_DIR
# CORPUS_DIR has running text, one law a file (*.txt); WORK_DIR must be new
# or of an earlier run that was stopped: what is there is not made again.
set -eu
[ $# -eq 2 ] || { sed -n 3,6p "$0" >&2; exit 2; }
here=$(cd "$(dirname "$0")" && pwd)
corpus=$(cd "$1" && pwd)
mkdir -p "$2"
work=$(cd "$2" && pwd)

model=/usr/share/tesseract-ocr/5/tessdata/vie.traineddata
expected=79df64caf7bcfb2a27df5042ecb6121e196eada34da774956995747636d5bfa1
coarse_a="101 102 103 104 105 106"
coarse_b="119 117 115 113 111 109 107 105"
wide_a="201 203 205 207 209 211 213 215 217 219"
wide_b="221 223 225 227 229 231 233 235 237 239"
general_pages=12
dated_pages=18

run_both() { # A_COMMAND B_COMMAND: side by side; fails if either does
    sh -c "$1" &
    first=$!
    sh -c "$2"
    wait "$first"
}

echo "$expected  $model" | sha256sum -c --quiet
if [ ! -e "$work/start.lstm" ]; then
    cp "$model" "$work/vie.traineddata"
    combine_tessdata -u "$work/vie.traineddata" "$work/vie." >/dev/null
    /usr/bin/python3 "$here/int8_to_float.py" "$work/vie.lstm" \
        "$work/start.lstm"
fi
lines() { # SEEDS PAGES [dated]: a command that makes what is still missing
    for seed in $1; do
        [ -e "$work/lines/$seed.done" ] ||
            echo "'$here/prepare_lines.sh' '$corpus' '$work' $seed $2" \
                "${3-} && touch '$work/lines/$seed.done' || exit 1"
    done
}
run_both "$(lines "$coarse_a $wide_a" "$general_pages")
$(lines 301 "$dated_pages" dated)
true" "$(lines "${coarse_b% *} $wide_b" "$general_pages")
$(lines 302 "$dated_pages" dated)
true"

tune() { # NAME RATE ITERATIONS FROM SEEDS: a command
    echo "'$here/tune.sh' '$work' $1 $2 $3 '$4' $5"
}
mean() { # NAME: leaves NAME.lstm
    "$here/average.sh" "$work" "$work/$1.lstm" "$1-a" "$1-b"
}
if [ ! -e "$work/coarse.lstm" ]; then
    run_both "$(tune coarse-a 5e-4 4000 "$work/start.lstm" "$coarse_a")" \
        "$(tune coarse-b 5e-4 5800 "$work/start.lstm" "$coarse_b")"
    mean coarse
fi
if [ ! -e "$work/wide.lstm" ]; then
    run_both "$(tune wide-a 5e-4 3900 "$work/coarse.lstm" "$wide_a")" \
        "$(tune wide-b 5e-4 3000 "$work/coarse.lstm" "$wide_b")"
    mean wide
fi
if [ ! -e "$work/dated.lstm" ]; then
    sh -c "$(tune fine 2e-4 1500 "$work/wide.lstm" "$coarse_a $wide_b")"
    fine=$work/fine/net_checkpoint
    run_both \
        "$(tune dated-a 2e-4 1500 "$fine" "301 201 203 211 213")" \
        "$(tune dated-b 2e-4 1500 "$fine" "302 221 223 231 233")"
    mean dated
fi
/usr/bin/python3 "$here/average_networks.py" "$work/hoso.lstm" \
    "$work/wide.lstm" "$work/dated.lstm"
"$here/finish.sh" "$work" "$work/hoso.lstm" "$work/hoso_vie.traineddata"
sha256sum "$work/hoso_vie.traineddata"
