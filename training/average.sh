#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Averages the networks of the runs named, as they stand, into OUT.lstm.
# usage: average.sh WORK_DIR OUT.lstm NAME...
set -eu
[ $# -ge 4 ] || { sed -n 3,4p "$0" >&2; exit 2; }
here=$(cd "$(dirname "$0")" && pwd)
work=$1 out=$2
shift 2
nets=
for name in "$@"; do
    OMP_THREAD_LIMIT=1 lstmtraining --stop_training \
        --continue_from "$work/$name/net_checkpoint" \
        --traineddata "$work/vie.traineddata" \
        --model_output "$work/$name/float.traineddata"
    combine_tessdata -e "$work/$name/float.traineddata" \
        "$work/$name/float.lstm" >/dev/null
    rm -f "$work/$name/float.traineddata"
    nets="$nets $work/$name/float.lstm"
done
# shellcheck disable=SC2086
/usr/bin/python3 "$here/average_networks.py" "$out" $nets
