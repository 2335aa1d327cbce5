#!/bin/sh
# Real recognition gives the same text and the same fields whatever -j is, in
# whatever order the files come, and however often.
. "$(dirname -- "$0")/test-lib.sh"
need jq
unset HOSO_OCR

cp "$scans/results/quyet-dinh-0147.jpg" "$scans/results/thong-bao-0058.png" \
    "$scans/results/cong-van-0233.jpg" .

# read_all NAME JOBS FILE…: text and fields of each file into the file NAME.
read_all() {
    name=$1 jobs=$2
    shift 2
    archive=$scratch/archive-$name
    run init "$archive"
    expect_exit 0
    run -C "$archive" ingest --json -j "$jobs" --split file "$@"
    expect_exit 0
    jq -r 'select(.event == "stored") |
        "\(.sources[0].name) \(.id)"' "$out" | sort >stored
    [ -s stored ] || wrong 'nothing was stored'
    while read -r file id; do
        echo "== $file"
        "$hoso" -C "$archive" show "$id" --text
        "$hoso" -C "$archive" show "$id" --json |
            jq -S '.fields, .page_list'
    done <stored >"$name"
    grep -q 'QUYẾT ĐỊNH' "$name" || wrong 'the text was not read'
    grep -q '"number"' "$name" || wrong 'no fields were found'
}

begin 'one worker and two read the same'
read_all one 1 quyet-dinh-0147.jpg thong-bao-0058.png cong-van-0233.jpg
read_all two 2 quyet-dinh-0147.jpg thong-bao-0058.png cong-van-0233.jpg
cmp one two || wrong 'they differ'

begin 'the order of files changes nothing of what is read'
read_all other 2 cong-van-0233.jpg thong-bao-0058.png quyet-dinh-0147.jpg
cmp one other || wrong 'they differ'

finished
