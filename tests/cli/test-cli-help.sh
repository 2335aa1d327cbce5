#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Help in both languages, and a command line that is wrong.
. "$(dirname -- "$0")/test-lib.sh"
need jq

commands='init ingest search list show verify rebuild reindex export doctor config'

# No line is wider than a terminal (in letters, not in bytes).
expect_narrow() {
    ! grep -E '^.{81,}' "$out" >&2 || wrong 'a line is wider than 80 columns'
}

begin 'hoso --help lists every command, within 80 columns'
run --help
expect_exit 0
expect_narrow
for command in $commands; do
    expect_out "  $command "
done
[ ! -s "$err" ] || wrong 'help is a result, not a message'

begin 'help of every command fits, in English and in Vietnamese'
for language in en vi; do
    for command in $commands; do
        HOSO_UI_LANGUAGE=$language run "$command" --help
        expect_exit 0
        expect_out "hoso $command"
        expect_out '--json'
        expect_narrow
    done
done

begin 'Vietnamese needs no Vietnamese locale'
LC_ALL=vi_VN.UTF-8 run --help
expect_exit 0
expect_out 'kho lưu trữ'
HOSO_UI_LANGUAGE=en LC_ALL=vi_VN.UTF-8 run --help
expect_no_out 'kho lưu trữ'

begin 'help can be asked for in every way'
run search -h
expect_out 'hoso search'
run help search
expect_out 'hoso search'
run help
expect_out 'ingest'

begin 'help needs no archive and no arguments'
run export --help
expect_exit 0

begin 'hoso --version names itself'
run --version
expect_exit 0
grep -qE '^hoso [0-9]+\.[0-9]+\.[0-9]+$' "$out" || wrong 'no version'

begin 'nothing to do is a wrong command line'
run
expect_exit 1
expect_silent_out
expect_message 'hoso --help' 1

begin 'an unknown command names the nearest'
run serch word
expect_exit 1
expect_message "did you mean 'search'?" 1
expect_silent_out
run frobnicate
expect_exit 1
expect_message 'hoso --help' 1

begin 'an unknown option names the nearest, before or after the command'
run search --bacth x word
expect_exit 1
expect_message "did you mean '--batch'?" 1
run --jsno list
expect_exit 1
expect_message "did you mean '--json'?" 1
run list -Z
expect_exit 1
expect_message "'-Z'" 1

begin 'options of another command are unknown here'
run list --pdf x
expect_exit 1

begin 'a value out of its list or range is refused'
run ingest --kind staf scans
expect_exit 1
expect_message "did you mean 'staff'?" 1
run ingest -j 0 scans
expect_exit 1
expect_message 'from 1 to 64' 1
run list --from 31/02/2022
expect_exit 1
expect_message '31/02/2022' 1
run ingest --batch= scans
expect_exit 1

begin 'arguments too few or too many are refused'
run show
expect_exit 1
expect_message 'ID' 1
run show a b
expect_exit 1
expect_message "'b'" 1
run list everything
expect_exit 1

begin 'choices that exclude each other are refused'
make_archive
run -C "$archive" show 2022-000001 --text --fields
expect_exit 1
expect_message '--text' 1
run -C "$archive" show 2022-000001 --force
expect_exit 1
run -C "$archive" export 2022-000001
expect_exit 1
expect_message '--to' 1

begin 'with --json a failure is JSON on standard error, wherever --json stands'
for line in '--json serch' 'serch --json' 'search --bacth --json' \
    '--jsno --json'; do
    # shellcheck disable=SC2086
    run $line
    expect_exit 1
    expect_silent_out
    jq -e '.error.code == "usage" and (.error.message | length > 10)' \
        "$err" >/dev/null || wrong "not the JSON of a failure: $line"
done

begin 'a failure in Vietnamese is in Vietnamese'
HOSO_UI_LANGUAGE=vi run serch
expect_exit 1
expect_err 'search'
grep -qE 'lệnh' "$err" || wrong 'not Vietnamese'

begin 'a hostile argument does not reach the terminal raw'
run "$(printf 'x\033]0;owned\007\n')"
expect_exit 1
! grep -q "$(printf '\033')" "$err" || wrong 'an escape came through'
expect_equal "$(wc -l <"$err" | tr -d ' ')" 1

begin 'completion offers commands, options and choices'
run --completion
expect_out 'search'
expect_out '--archive'
run --completion ingest
expect_out '--split'
run --completion ingest split
expect_out 'folder'

begin 'bash completes from these'
if command -v bash >/dev/null; then
    PATH=$build/bin:$PATH bash -c ". '$root/cli/hoso.bash-completion'"'
        complete_at() {
            COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
            _hoso
            echo "$*: ${COMPREPLY[*]}"
        }
        complete_at hoso se
        complete_at hoso ingest --split fo
        complete_at hoso -C /tmp search --lim' >"$out" 2>"$err"
    expect_out 'hoso se: search'
    expect_out 'hoso ingest --split fo: folder'
    expect_out 'hoso -C /tmp search --lim: --limit'
fi
finished
