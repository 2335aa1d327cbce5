#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# How an ingest talks: events, summary, names that are meant to harm, Ctrl-C.
. "$(dirname -- "$0")/test-lib.sh"
need jq
unset HOSO_OCR
make_archive

begin 'events are JSON Lines; stored carries id and sources; summary is last'
mkdir in
cp "$odd/digital.pdf" in/
cp "$odd/garbage-xref.pdf" in/ 2>/dev/null || :
: >in/empty.jpg
run -C "$archive" ingest --json --batch 'Lô 1' in
case $code in 20 | 22) ;; *) wrong 'something was not stored' ;; esac
expect_json '.[-1].event == "summary" and .[-1].batch == "Lô 1" and
    .[-1].stored >= 1 and .[-1].quarantined + .[-1].failed >= 1 and
    .[-1].stopped_at == null and (.[-1].doubtful | type == "array")'
expect_json 'all(.[]; .event | IN("stored", "duplicate", "failed",
    "quarantined", "progress", "summary"))'
expect_json 'any(.[]; .event == "stored" and .id == "2022-000001" and
    .batch == "Lô 1" and .kind == "result" and
    (.sources[0] | .name == "digital.pdf" and (.sha256 | length == 64)))'
expect_json 'all(.[] | select(.event == "quarantined");
    (.code | length > 0) and (.message | length > 0) and
    (.entry | startswith("quarantine/")))'

begin 'the same again: known, nothing new'
run -C "$archive" ingest --json in/digital.pdf
expect_exit 0
expect_json 'any(.[]; .event == "duplicate" and .id == "2022-000001") and
    .[-1].stored == 0 and .[-1].duplicates == 1'

begin 'and stored again where that is asked for'
run -C "$archive" ingest --json --allow-duplicates in/digital.pdf
expect_exit 0
expect_json '.[-1].stored == 1'

begin 'in words: a line a document, then a summary'
run -C "$archive" ingest in/digital.pdf in/empty.jpg
expect_out 'known        2022-000001  in/digital.pdf'
expect_out 'quarantined  in/empty.jpg: '
expect_out '0 documents stored'
expect_out '  in/empty.jpg: '
expect_err 'hoso: '

begin '--quiet leaves the results'
run -q -C "$archive" ingest in/digital.pdf
expect_exit 0
expect_out 'known '
[ ! -s "$err" ] || wrong '--quiet was not quiet'

begin 'a name meant for the terminal is shown harmless'
mkdir evil
cp "$odd/digital.pdf" "evil/$(printf 'x\033]0;owned\007\033[2J.pdf')"
printf 'junk' >"evil/$(printf 'a\nb\377.jpg')"
run -C "$archive" ingest evil
! grep -q "$(printf '[\033\007]')" "$out" "$err" ||
    wrong 'control characters came through'
run -C "$archive" ingest --json evil
! grep -q "$(printf '[\033\007]')" "$out" "$err" ||
    wrong 'control characters came through'
jq -e . "$out" >/dev/null || wrong 'not JSON'

begin 'a path that is not there stops before anything is begun'
run -C "$archive" ingest in nowhere
expect_exit 2
expect_message 'nowhere' 2
expect_no_out 'stored'

begin 'kind and batch are kept'
run -C "$archive" ingest --allow-duplicates --kind work --batch W \
    in/digital.pdf
expect_exit 0
run -C "$archive" list --kind work --json
expect_json 'length == 1 and .[0].batch == "W"'

begin 'SIGTERM stops in good order, with 130'
i=0
mkdir many
while [ $i -lt 40 ]; do
    { cat "$odd/digital.pdf"; echo "% $i"; } >"many/$i.pdf"
    i=$((i + 1))
done
command_line='ingest many (interrupted)'
"$hoso" -C "$archive" ingest -j 1 many >"$out" 2>"$err" &
pid=$!
while [ "$(grep -c '^stored' "$out")" -lt 2 ] && kill -0 $pid 2>/dev/null; do
    sleep 0.05
done
kill -TERM $pid
wait $pid
code=$?
expect_exit 130
expect_err 'goes on from there'
stored=$(grep -c '^stored' "$out")

begin 'the same command goes on from there, without a double'
run -C "$archive" ingest --json many
expect_exit 0
expect_json ".[-1].stored == 40 - $stored and .[-1].duplicates == $stored"
run -C "$archive" list --batch many --json
expect_json 'length == 40 and ([.[].sources[0].sha256] | unique | length) == 40'
begin 'the second signal ends it at once'
HOSO_TEST_WORKER=hang:1 "$hoso" -C "$archive" ingest --allow-duplicates \
    in/digital.pdf >"$out" 2>"$err" &
pid=$!
sleep 1
kill -TERM $pid
i=0
while ! grep -q 'Stopping after' "$err" && [ $i -lt 200 ]; do
    sleep 0.05
    i=$((i + 1))
done
kill -0 $pid || wrong 'the first signal was enough'
kill -TERM $pid
wait $pid
code=$? command_line='ingest (SIGTERM twice)'
expect_exit 143
run -C "$archive" list
expect_exit 0
finished
