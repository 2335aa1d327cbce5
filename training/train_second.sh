#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The recipe of hoso_vie_second, the larger network for the second look.
# usage: train_second.sh BEST_INT_TRAINEDDATA LINES_WORK_DIR WORK_DIR
# BEST_INT_TRAINEDDATA: vie of tessdata_best in eight bits (README.md says
# where); LINES_WORK_DIR: the work folder of train.sh, whose lines are used.
set -eu
[ $# -eq 3 ] || { sed -n 4,6p "$0" >&2; exit 2; }
here=$(cd "$(dirname "$0")" && pwd)
expected=112f6fd1d04ab4cb0208cad9cada8de214ae33a1e4db3750ffcda69262aef0a8
mkdir -p "$3"
work=$(cd "$3" && pwd)
echo "$expected  $1" | sha256sum -c --quiet
cp "$1" "$work/vie.traineddata"
ln -sfn "$(cd "$2/lines" && pwd)" "$work/lines"
combine_tessdata -u "$work/vie.traineddata" "$work/vie." >/dev/null
/usr/bin/python3 "$here/int8_to_float.py" "$work/vie.lstm" "$work/start.lstm"

tune() { "$here/tune.sh" "$work" "$@"; }
# shellcheck disable=SC2086 # the arguments of a run are one string of words
both() { # A_ARGUMENTS B_ARGUMENTS MEAN: side by side, then their mean
    tune $1 &
    first=$!
    tune $2
    wait "$first"
    "$here/average.sh" "$work" "$work/$3.lstm" "${1%% *}" "${2%% *}"
}
both "a1 5e-4 2700 $work/start.lstm 101 102 103 201 203 205 207 209 211 301" \
    "b1 5e-4 2700 $work/start.lstm 119 117 115 221 223 225 227 229 231 302" \
    broad
both "a2 2.5e-4 900 $work/broad.lstm 104 105 106 213 215 217 219 221 223 301" \
    "b2 2.5e-4 900 $work/broad.lstm 113 111 109 107 233 235 237 239 203 302" \
    early
# on from where they were: tune.sh goes on with a checkpoint at its own rate
both "a2 2.5e-4 1550 $work/broad.lstm 104 105 106 213 215 217 219 221 223 301" \
    "b2 2.5e-4 1550 $work/broad.lstm 113 111 109 107 233 235 237 239 203 302" \
    late
/usr/bin/python3 "$here/average_networks.py" "$work/second.lstm" \
    "$work/early.lstm" "$work/late.lstm"
"$here/finish.sh" "$work" "$work/second.lstm" \
    "$work/hoso_vie_second.traineddata"
sha256sum "$work/hoso_vie_second.traineddata"
