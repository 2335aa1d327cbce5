#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# PDFs that were never on paper: old fonts become Unicode, layers that are worth
# nothing are not believed, pictures that claim too much are not decoded.
. "$(dirname -- "$0")/test-lib.sh"
need jq
need python3
need pdftotext
python3 "$data/make-born-digital" pdf || exit 2
run init "$archive"
expect_exit 0

# The words of a text in small letters, one a line, sorted.
words() {
    tr -s ' \n' '\n\n' <"$1" | sed 's/[.,;:"()]//g; /^-*$/d' |
        python3 -c 'import sys; print(sys.stdin.read().lower(), end="")' |
        sort
}

# ingest FILE: one document; its id to $id
ingest() {
    run -C "$archive" ingest --json "pdf/$1"
    expect_exit 0
    id=$(json '.[] | select(.event == "stored").id')
}

# converted FILE ENCODINGS: every word is right, in the text and in the PDF,
# and the record keeps what was there
converted() {
    ingest "$1"
    run -C "$archive" show "$id" --text
    words "$out" >got
    words pdf/truth.txt >want
    cmp -s got want || expect_equal "$(diff want got)" ''
    run -C "$archive" show "$id" --pdf "$1.copy.pdf"
    expect_exit 0
    pdftotext "$1.copy.pdf" copy.txt
    tr -d '\f' <copy.txt >copy && words copy >got
    cmp -s got want || expect_equal "$(diff want got)" ''
    run -C "$archive" export "$id" --to "out-$1"
    page=$(jq -c '.pages[0] | [.origin, .layer.fate, .layer.why]' \
        "out-$1/$id/data/record.json")
    expect_equal "$page" "[\"born-digital\",\"converted\",\"$2\"]"
    run -C "$archive" show "$id"
    expect_out "converted from $2"
}

begin 'TCVN3 under its own name becomes Unicode'
converted tcvn3.pdf TCVN3
expect_equal "$(jq -r '.pages[0].layer.text' \
    "out-tcvn3.pdf/$id/data/record.json" | grep -c '§éc lËp')" 1

begin 'TCVN3 is known by its words where the font has another name'
converted tcvn3-other-name.pdf TCVN3

begin 'TCVN3 whose ư was written as a hyphen'
converted tcvn3-hyphens.pdf TCVN3

begin 'VNI under its own name becomes Unicode'
converted vni.pdf VNI

begin 'VNI is known by its words where the font has another name'
converted vni-other-name.pdf VNI

begin 'fonts of several kinds on one page, each in its own reading'
ingest mixed.pdf
run -C "$archive" show "$id" --text
expect_out 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM'
expect_out 'Cây xoài, củ nghệ, vỏ quýt'
expect_out 'The café is open; déjà vu.'

begin 'what became Unicode is found'
run -C "$archive" search --json 'hưởng phụ cấp'
expect_exit 0
expect_json 'map(select(.total))[0].total >= 5'

begin 'a picture that claims too many pixels is refused before it is decoded'
run -C "$archive" ingest --json pdf/enormous.pdf
expect_exit 22
expect_json 'map(select(.event == "quarantined"))[0] |
    .code == "limit" and (.message | contains("40000"))'

# said FILE: what is shown of a document, as JSON
said() {
    ingest "$1"
    run -C "$archive" show --json "$id"
    expect_exit 0
}

begin 'a signature is told: who, when, and that it covers the whole file'
said signed.pdf
expect_json '.[0].fields | .esign_signer.value == "Trạm đo mưa Gò Dưa" and
    .esign_time.value == "2024-09-20T16:40:43+07:00" and
    .esign_scope.value == "whole-file" and .esign_text.value == "11" and
    .esign_signer.rule == "pdf.signature unchecked"'

begin 'a number that a signature lays over its room is the number'
expect_json '.[0].fields.number | .value == "11/TB-UBND" and .state == "sure"'
run -C "$archive" show "$id"
expect_out 'Trạm đo mưa Gò Dưa'
expect_out 'whole-file'

begin 'a signed file is kept byte for byte, its copy says that it is not signed'
expect_out 'not signed'
run -C "$archive" export "$id" --to out-signed
cmp "out-signed/$id/data/original/0001.pdf" pdf/signed.pdf ||
    expect_equal 'the original' 'the file as it came'

begin 'what was added behind a signature is told'
said signed-changed.pdf
expect_json '.[0].fields | .esign_scope.value == "earlier-version" and
    (has("esign_time") | not)'

begin 'a signature that leaves something out is told'
said signed-part.pdf
expect_json '.[0].fields | .esign_scope.value == "part" and
    .esign_time.value == "2024-09-21T08:00:00Z"'

begin 'without a certificate the name in the dictionary is taken'
said signed-nameless.pdf
expect_json '.[0].fields.esign_signer.value == "Van thu"'

begin 'a file without signature has no such fields'
run -C "$archive" list --json
id=$(json '.[] | select(.sources[0].name == "tcvn3.pdf").id')
run -C "$archive" show --json "$id"
expect_json '.[0].fields | keys | all(startswith("esign") | not)'

begin 'the hidden words of another recogniser are not believed'
unset HOSO_OCR
run -C "$archive" ingest --json pdf/recognised.pdf
[ "$code" -ne 3 ] || skip 'the model is not installed'
id=$(json '.[] | select(.event == "stored").id')
run -C "$archive" show "$id" --text
expect_equal "$(grep -c recogniser "$out")" 0
run -C "$archive" export "$id" --to out-recognised
expect_equal "$(jq -c '.pages[0].layer | [.fate, .why]' \
    "out-recognised/$id/data/record.json")" '["replaced","recognised"]'
finished
