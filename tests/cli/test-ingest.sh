#!/bin/sh
# Ingest, with recorded recognition: documents, batches, duplicates, order.
. "$(dirname -- "$0")/test-lib.sh"
need jq
need sqlite3
[ -d "$data/replay" ] || skip 'needs recorded pages in tests/data/replay'
make_archive

begin 'a folder becomes documents: pages by name, PDF and TIFF by file'
run -C "$archive" ingest --json -j2 "$scans/results"
expect_exit 0
expect_json '[.[] | select(.event == "stored")] | length == 10'
expect_json '[.[] | select(.event == "stored").pages] | add == 16'
expect_json '[.[] | select(.event == "stored").id] == (
    [range(1; 11)] | map("2022-" + ("00000" + tostring)[-6:]))'
expect_json 'any(.[]; .event == "stored" and .pages == 2 and
    ([.sources[].name] == ["bien-ban-0019_0001.jpg", "bien-ban-0019_0002.jpg"]))'
expect_json '.[-1].event == "summary" and .[-1].stored == 10 and
    .[-1].quarantined == 0 and .[-1].batch == "results"'

begin 'the low resolution of one page is said'
expect_json '.[-1].doubtful | any(.[]; .doubts | index("low-dpi"))'

begin 'the same folder again stores nothing and is no failure'
run -C "$archive" ingest --json "$scans/results"
expect_exit 0
expect_json '[.[] | select(.event == "duplicate")] | length == 10'
expect_json 'all(.[] | select(.event == "duplicate"); .id | startswith("2022-"))'
expect_json '.[-1].stored == 0 and .[-1].duplicates == 10'

begin 'duplicates are stored when asked for'
run -C "$archive" ingest --json --allow-duplicates \
    "$scans/results/thong-bao-0058.png"
expect_exit 0
expect_json '.[-1].stored == 1'

begin 'the same input gives the same archive whatever -j'
for jobs in 1 3; do
    make_archive "$scratch/a$jobs"
    run -C "$scratch/a$jobs" ingest -q -j "$jobs" "$scans/results"
    expect_exit 0
    state_of "$scratch/a$jobs" >"state.$jobs"
done
cmp -s state.1 state.3 || wrong "they differ: $(diff state.1 state.3 | head)"

begin 'files are taken in natural order'
mkdir order
for n in 1 2 10; do
    cp "$scans/results/thong-bao-0058.png" "order/to $n.png"
    printf '%s' "$n" >>"order/to $n.png"
done
make_archive "$scratch/b"
HOSO_OCR= run -C "$scratch/b" ingest --json --split file order
expect_exit 0
expect_equal "$(json '[.[] | select(.event == "stored").sources[0].name] |
    join(",")')" 'to 1.png,to 2.png,to 10.png'

begin '--split folder makes one document of a folder'
make_archive "$scratch/c"
HOSO_OCR= run -C "$scratch/c" ingest --json --split folder order
expect_exit 0
expect_json '[.[] | select(.event == "stored")] |
    length == 1 and .[0].pages == 3'

begin 'progress and messages go to standard error, results to standard output'
make_archive "$scratch/d"
run -C "$scratch/d" ingest --batch 'Đợt 2' "$scans/results/huong-dan-0004.pdf"
expect_exit 0
expect_out '2022-000001'
expect_out 'Đợt 2'
finished
