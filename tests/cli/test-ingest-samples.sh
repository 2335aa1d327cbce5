#!/bin/sh
# Real recognition, on a few of the sample scans: one of each kind of file.
. "$(dirname -- "$0")/test-lib.sh"
need jq
unset HOSO_OCR
make_archive

# Share of the words of a true text that were read, per cent.
read_share() {
    tr -s '[:space:]' '\n' <"$1" | sort -u >true.words
    tr -s '[:space:]' '\n' <"$2" | sort -u >read.words
    all=$(wc -l <true.words)
    both=$(comm -12 true.words read.words | wc -l)
    echo $((both * 100 / all))
}

begin 'five kinds of file are read and stored'
run -C "$archive" ingest --json --kind result --batch 'đợt 1' \
    "$scans/results/quyet-dinh-0147.jpg" \
    "$scans/results/cong-van-0233.jpg" \
    "$scans/results/thong-bao-0058.png" \
    "$scans/results/huong-dan-0004.pdf" \
    "$scans/results/ke-hoach-0009.pdf" \
    "$scans/results/bao-cao-0075.tif"
expect_exit 0
expect_json '[.[] | select(.event == "stored")] | length == 6'
expect_json '[.[] | select(.event == "stored").pages] | add == 10'
expect_json '.[-1].event == "summary" and .[-1].stored == 6 and
    .[-1].batch == "đợt 1"'
cp "$out" events

begin 'at least 93 % of the words of every page are read right'
for stem in quyet-dinh-0147 cong-van-0233 thong-bao-0058 huong-dan-0004 \
    ke-hoach-0009 bao-cao-0075; do
    id=$(jq -r "select(.event == \"stored\" and
        (.sources[0].name | startswith(\"$stem\"))).id" events)
    run -C "$archive" show "$id" --json
    expect_exit 0
    pages=$(json '.[0].pages | if type == "array" then length else . end')
    n=1
    while [ "$n" -le "$pages" ]; do
        run -C "$archive" show "$id" --page "$n"
        expect_exit 0
        share=$(read_share "$scans/truth/$stem-p$n.txt" "$out")
        [ "$share" -ge 93 ] || wrong "$stem page $n: $share % of its words"
        n=$((n + 1))
    done
done

begin 'a page scanned upside down is found by its words'
run -C "$archive" search --json '"nuoc mam ca com"'
expect_exit 0
expect_json '.[-1].total >= 1 and (.[0].boxes | length >= 1)'

begin 'born-digital text is taken, not recognised'
run -C "$archive" show --json \
    "$(jq -r 'select(.event == "stored" and (.sources[0].name | startswith("huong-dan"))).id' events)" \
    --page 1
expect_json '.[0] | tostring | contains("born-digital")'

begin 'columns that share a row are not run together'
expect_json '.[0].text | contains("04/HD-SKHCN") and contains("Trà Hải, ngày")
    and (contains("SKHCNTrà") or contains("NGHỆCỘNG") | not)'

begin 'pages in the wrong order are told by their printed numbers'
mkdir swapped
cp "$scans/results/giay-phep-0012-p1.jpg" swapped/letter-p2.jpg
cp "$scans/results/giay-phep-0012-p2.jpg" swapped/letter-p1.jpg
run -C "$archive" ingest --json swapped
expect_exit 0
expect_json '.[-1].doubtful | length == 1 and .[0].page == 1 and
    .[0].doubts == ["page-order"]'
finished
