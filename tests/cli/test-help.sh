#!/bin/sh
# Help: on standard output, within 80 columns, for every command, both
# languages.
. "$(dirname -- "$0")/test-lib.sh"

begin 'help is on standard output and within 80 columns'
run --help
expect_exit 0
[ ! -s "$err" ] || wrong 'help on standard error'
commands='init ingest search list show verify rebuild reindex export doctor config'
for command in '' $commands; do
    for language in en vi; do
        HOSO_UI_LANGUAGE=$language run $command --help
        expect_exit 0
        [ -s "$out" ] || wrong "no help for $command"
        wide=$(grep -m 1 -E '^.{81,}' "$out")
        [ -z "$wide" ] || wrong "too wide ($language): $wide"
    done
done

begin 'the list of commands names every command'
run --help
for command in $commands; do
    expect_out "$command"
done

begin 'Vietnamese is spoken when asked for'
HOSO_UI_LANGUAGE=vi run --help
grep -q '[ạảấầậắặẹệịọộụựđ]' "$out" || skip 'the translation is not built'

begin 'version'
run --version
expect_exit 0
expect_out 'hoso 0.'
finished
