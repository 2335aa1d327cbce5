#!/bin/sh
# Two ingests at once, and search and verify in the middle of them.
. "$(dirname -- "$0")/test-lib.sh"
need jq
[ -d "$data/replay" ] || skip 'needs recorded pages in tests/data/replay'
make_archive

begin 'two ingests of overlapping folders, and readers, all succeed'
"$hoso" -C "$archive" ingest --json -j1 "$scans/results" >one 2>one.err &
first=$!
"$hoso" -C "$archive" ingest --json -j1 --kind result "$scans/staff" \
    "$scans/results/thong-bao-0058.png" >two 2>two.err &
second=$!
while kill -0 $first 2>/dev/null; do
    run -C "$archive" search --json 'khoa hoc'
    expect_exit 0
    run -C "$archive" verify --json
    case $code in
    0) ;;
    21) expect_json 'all(.[0].findings[]; .check == "nothing-checked")' ;;
    *) wrong 'verify while ingesting' ;;
    esac
done
wait $first
expect_equal $? 0 "$(cat one.err)"
wait $second
expect_equal $? 0 "$(cat two.err)"

begin 'nothing is there twice and nothing is missing'
# Staff papers are listed apart; some say by themselves that they are such.
"$hoso" -C "$archive" list --json >all 2>/dev/null
"$hoso" -C "$archive" list --kind staff --json >>all 2>/dev/null
cp all "$out"
expect_json 'length == 16'
expect_json '[.[].id] | unique | length == 16'
expect_json '[.[].sources[].sha256] | length == (unique | length)'
run -C "$archive" verify --json
expect_exit 0
expect_json '.[0].checked.packages == 16'
run -C "$archive" search --json --limit 100 'so'
expect_exit 0
finished
