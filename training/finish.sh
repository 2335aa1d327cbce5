#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Makes the model of a checkpoint: int8, with the word lists of vie.
# usage: finish.sh WORK_DIR CHECKPOINT OUT.traineddata
set -eu
[ $# -eq 3 ] || { sed -n 3,4p "$0" >&2; exit 2; }
OMP_THREAD_LIMIT=1 lstmtraining --stop_training --convert_to_int \
    --continue_from "$2" --traineddata "$1/vie.traineddata" \
    --model_output "$3"
