#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Trains on the samples of the seeds given, beginning from the network FROM.
# usage: tune.sh WORK_DIR NAME RATE ITERATIONS FROM SEED...
# The result is WORK_DIR/NAME/net_checkpoint.  NAME must be new: a checkpoint
# that is found there is gone on with at its own rate, not at RATE.
set -eu
[ $# -ge 6 ] || { sed -n 3,6p "$0" >&2; exit 2; }
work=$1 name=$2 rate=$3 iterations=$4 from=$5
shift 5
export OMP_THREAD_LIMIT=1
mkdir -p "$work/$name"
for seed in "$@"; do
    find "$work/lines/$seed" -name '*.lstmf' | sort
done >"$work/$name/samples"
lstmtraining --continue_from "$from" --traineddata "$work/vie.traineddata" \
    --reset_learning_rate --learning_rate "$rate" \
    --momentum 0.5 --adam_beta 0.999 \
    --train_listfile "$work/$name/samples" --max_image_MB 4000 \
    --max_iterations "$iterations" --target_error_rate 0.001 \
    --debug_interval 0 --model_output "$work/$name/net" \
    >"$work/$name/log" 2>&1
