#!/bin/sh
# A page that kills, hangs or bloats its worker costs that page and no more.
. "$(dirname -- "$0")/test-lib.sh"
need jq
[ -d "$data/replay" ] || skip 'needs recorded pages in tests/data/replay'
three=$scans/results/bao-cao-0075.tif

for what in crash hang memory abort; do
    begin "a page that would $what twice is failed with its cause"
    rm -rf "$archive"
    run init "$archive"
    HOSO_LIMITS_PAGE_SECONDS=2 HOSO_TEST_WORKER=$what:2 \
        run -C "$archive" ingest --json "$three" \
        "$scans/results/thong-bao-0058.png"
    expect_exit 20
    expect_json '[.[] | select(.event == "failed")] |
        length == 1 and .[0].page == 2 and (.[0].message | length > 10)'
    expect_json '[.[] | select(.event == "stored")] | length == 2'
    run -C "$archive" list --json
    expect_json 'any(.[]; .pages == 3 and .state == "partial")'
    id=$(json '.[] | select(.pages == 3).id')
    tar -xOf "$archive/packages/2022/000/$id.tar" --wildcards \
        '*/data/original/0001.*' | cmp -s - "$three" ||
        wrong 'the bytes are not kept'
    run -C "$archive" show "$id" --page 3
    expect_exit 0
    [ -s "$out" ] || wrong 'the page after it was not read'
done

begin 'a worker that dies once is replaced and nothing is lost'
rm -rf "$archive"
run init "$archive"
HOSO_TEST_WORKER=crash-once:2 run -C "$archive" ingest --json "$three"
expect_exit 0
expect_json '.[-1].failed_pages == 0 and .[-1].stored == 1'

begin 'no page readable: the file is kept in quarantine with the reason'
rm -rf "$archive"
run init "$archive"
HOSO_TEST_WORKER=crash:1 run -C "$archive" ingest --json \
    "$scans/results/thong-bao-0058.png"
expect_exit 20
expect_json 'any(.[]; .event == "quarantined" and .code == "child-process")'

begin 'without a worker the failure says so'
HOSO_WORKER=/nonexistent run -C "$archive" ingest \
    "$scans/results/thong-bao-0058.png"
expect_exit 3
expect_message '/nonexistent'

begin 'without the model the failure says what to install'
HOSO_OCR= HOSO_RECOGNISE_MODEL=xxq run -C "$archive" ingest \
    "$scans/results/thong-bao-0058.png"
expect_exit 3
expect_message 'tesseract-ocr-xxq'
finished
