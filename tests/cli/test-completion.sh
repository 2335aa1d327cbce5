#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Completion in bash: the function is called as bash would, with real words.
. "$(dirname -- "$0")/test-lib.sh"
need bash

script=$root/cli/hoso.bash-completion
PATH=$build/bin:$PATH
export PATH

# complete WORD…: what is offered for the last word, one a line, into $out.
complete_words() {
    bash -c '
        . "$0" || exit 1
        COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
        _hoso || true
        printf "%s\n" "${COMPREPLY[@]}"' "$script" "$@" >"$out" 2>"$err"
    code=$?
    command_line="complete $*"
}

begin 'bash can read it'
bash -n "$script" 2>"$err" || wrong 'bash -n complains'

begin 'it registers itself for hoso'
bash -c '. "$0" && complete -p hoso' "$script" >"$out" 2>"$err"
expect_out '_hoso'

begin 'commands are offered'
complete_words hoso ''
expect_exit 0
for command in init ingest search list show verify rebuild reindex export doctor \
    config; do
    grep -qx "$command" "$out" || wrong "$command is not offered"
done

begin 'a command that was begun is completed'
complete_words hoso ing
expect_equal "$(cat "$out")" ingest

begin 'a command is completed behind the archive'
complete_words hoso -C /tmp ver
expect_equal "$(cat "$out")" verify

begin 'options of the command are offered, those of others are not'
complete_words hoso search --
for option in --kind --batch --from --to --limit --offset --json --help; do
    grep -qx -e "$option" "$out" || wrong "$option is not offered"
done
! grep -qx -e --split "$out" || wrong '--split is offered for search'

begin 'values of an option are offered'
complete_words hoso ingest --kind ''
expect_equal "$(sort "$out" | tr '\n' ' ')" 'result staff work '
complete_words hoso ingest --split fo
expect_equal "$(cat "$out")" folder

begin 'what a command can do is offered'
complete_words hoso register re
expect_equal "$(sort "$out" | tr '\n' ' ')" 'revert review '
complete_words hoso register review a
expect_equal "$(cat "$out")" accept
complete_words hoso staff mis
expect_equal "$(cat "$out")" missing
complete_words hoso report ''
expect_equal "$(sort "$out" | tr '\n' ' ')" 'batch coverage quality staff '
complete_words hoso dossier cl
expect_equal "$(cat "$out")" close
complete_words hoso review n
expect_equal "$(cat "$out")" next

begin 'files are offered where a file is wanted'
: >register.csv
complete_words hoso register import reg
expect_equal "$(cat "$out")" register.csv
: >scan-1.jpg
complete_words hoso ingest sca
expect_equal "$(cat "$out")" scan-1.jpg
complete_words hoso show X --pdf sca
expect_equal "$(cat "$out")" scan-1.jpg
finished
