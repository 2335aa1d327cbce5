#!/bin/sh
# A folder of odd and hostile files as one batch: nothing crashes or hangs,
# and each file is stored or kept in quarantine with a true reason.
. "$(dirname -- "$0")/test-lib.sh"
need jq
unset HOSO_OCR
make_archive

begin 'every file is stored or quarantined, and the batch goes on'
mkdir batch
cp "$odd"/* batch
rm -f batch/README.md
run -C "$archive" ingest --json --split file --batch odd batch
expect_exit 22
files=$(ls batch | wc -l)
expect_json "[.[] | select(.event == \"stored\" or
    .event == \"quarantined\" or .event == \"duplicate\")] | length == $files"
cp "$out" events

# What became of a file: its event, and the code of a quarantined one.
fate() {
    jq -r "select(.event != \"progress\" and .event != \"summary\" and
        .event != \"failed\") |
        select(.name | endswith(\"/$1\")) |
        .event + (if .code then \" \" + .code else \"\" end)" events
}

begin 'what cannot be read is in quarantine'
for name in empty.jpg text.jpg zeros.tif pdf-in-name-only.pdf header-only.jpg \
    no-pages.pdf bomb.png wide-30000.tif; do
    case $(fate "$name") in
    quarantined*) ;;
    *) wrong "$name: $(fate "$name")" ;;
    esac
done
expect_equal "$(fate encrypted.pdf)" 'quarantined encrypted'
expect_equal "$(fate bomb.png)" 'quarantined limit'
expect_equal "$(fate wide-30000.tif)" 'quarantined limit'

begin 'what can be read is stored'
for name in jpeg-named.png upper-case.JPG lzw-24bit.tif sixteen-bit.png \
    interlaced.png palette.png alpha.png cmyk.jpg progressive.jpg \
    exif-turned.jpg plain.webp plain.jp2 digital.pdf owner-only.pdf \
    garbage-xref.pdf blank.png no-dpi.tif silly-dpi.tif one-pixel.png \
    empty-page.pdf; do
    expect_equal "$(fate "$name")" stored "($name)"
done

begin 'the words of the odd pictures are found'
run -C "$archive" search --json --limit 100 'tram do mua'
expect_exit 0
json '[.[] | select(.id).id] | unique | .[]' >found
for name in jpeg-named.png lzw-24bit.tif sixteen-bit.png interlaced.png \
    palette.png alpha.png cmyk.jpg progressive.jpg plain.webp plain.jp2 \
    digital.pdf no-dpi.tif; do
    id=$(jq -r "select(.event == \"stored\" and
        (.name | endswith(\"/$name\"))).id" events)
    grep -qx "$id" found || wrong "$name ($id) is not found by its words"
done

begin 'a reason lies beside the bytes, and they are the bytes'
for reason in "$archive"/quarantine/*/reason.json; do
    folder=${reason%/reason.json}
    jq -e '.code and .message and .name' "$reason" >/dev/null ||
        wrong "$reason: $(cat "$reason")"
    for file in "$folder"/*; do
        [ "$file" = "$reason" ] && continue
        expect_equal "$(sha256sum <"$file" | cut -d' ' -f1)" \
            "$(basename "$folder")"
    done
done
expect_equal "$(ls "$archive/quarantine" | wc -l)" \
    "$(jq -r 'select(.event == "quarantined").name' events | wc -l)"

begin 'an encrypted file alone ends with 8'
make_archive "$scratch/other"
run -C "$scratch/other" ingest "$odd/encrypted.pdf"
expect_exit 8
expect_out 'encrypted.pdf'

begin 'nothing half-done is left'
expect_equal "$(find "$archive/work" "$archive/incoming" -mindepth 1 \
    2>/dev/null | wc -l)" 0
run -C "$archive" verify
expect_exit 0
finished
