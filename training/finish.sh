#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Makes a model of a checkpoint or network: int8, with vie's word lists.
# usage: finish.sh WORK_DIR CHECKPOINT OUT.traineddata
set -eu
[ $# -eq 3 ] || { sed -n 3,4p "$0" >&2; exit 2; }
OMP_THREAD_LIMIT=1 lstmtraining --stop_training --convert_to_int \
    --continue_from "$2" --traineddata "$1/vie.traineddata" \
    --model_output "$3"
