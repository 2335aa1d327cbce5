#!/bin/sh
# An archive of format version 1 can be read for ever.
. "$(dirname -- "$0")/test-lib.sh"
need jq
old=$data/archive-v1/archive.tar
[ -e "$old" ] || wrong "the archive $old is gone"
tar -xf "$old" || wrong 'it cannot be unpacked'

begin 'it is whole'
run -C "$archive" verify --json
expect_exit 0
expect_json '.[0] | .ok and .checked.packages == 4'

begin 'it is listed and shown'
run -C "$archive" list --json
expect_json '[.[].id] == ["2022-000001", "2022-000002"]'
run -C "$archive" list --json --kind staff
expect_json '[.[].id] == ["2022-000003", "2022-000004"]'
run -C "$archive" show --json 2022-000001
expect_exit 0
expect_json '.[0] | .batch == "Đợt 1" and .stored_at == "2022-03-01T08:00:00Z"
    and .sources[0].name == "bao-cao-0075.tif"'
run -C "$archive" show 2022-000001 --page 2
expect_out 'LĨNH VỰC'
run -C "$archive" show 2022-000002 --pdf copy.pdf
expect_exit 0

begin 'it is searched'
run -C "$archive" search --json 'lieu ke ca nhan'
expect_json '.[-1].total >= 1 and .[0].id == "2022-000002"'
run -C "$archive" search --json --kind staff 'lã quốc dũng'
expect_json '.[-1].total >= 2'

begin 'it grows'
run -C "$archive" ingest --json "$scans/results/no-such.pdf" \
    "$scans/results/huong-dan-0004.pdf"
expect_exit 2
run -C "$archive" ingest --json "$scans/results/thong-bao-0058.png" \
    "$scans/results/huong-dan-0004.pdf"
expect_exit 0
expect_json '.[-1] | .stored == 1 and .duplicates == 1'
run -C "$archive" verify
expect_exit 0

begin 'it is rebuilt'
rm -rf "$archive/state"
run -C "$archive" rebuild --json
expect_exit 0
expect_json '.[0].documents == 5'
run -C "$archive" search --json 'lieu ke ca nhan'
expect_json '.[-1].total >= 1'
finished
