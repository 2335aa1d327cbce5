# SPDX-License-Identifier: GPL-3.0-or-later
# hoso review: what waits, what a person says of it, what becomes of it.
. "$(dirname -- "$0")/test-lib.sh"

USER=lan
export USER
need jq
sample_archive

begin 'what waits is listed, the worst first'
run -C "$archive" review list --json
expect_exit 0
expect_json 'length > 0 and all(.[]; .fields + .doubtful_pages > 0)'
expect_json '[.[] | .fields + .doubtful_pages] as $n | $n == ($n | sort | reverse)'
expect_json 'all(.[]; .kind != "staff")'
id=$(json '[.[] | select(.fields > 0 and .kind == "result")][0].id')
waiting=$(json 'length')

begin 'review alone lists'
run -C "$archive" review
expect_exit 0
expect_out "$id"

begin 'staff dossiers come only where they are asked for'
run -C "$archive" review list --kind staff --json
expect_exit 0
expect_json 'all(.[]; .kind == "staff")'

begin 'each field is shown with its evidence'
run -C "$archive" review show "$id" --json
expect_exit 0
expect_json '.[0].fields | any(.waits) and all(.confidence >= 0)'
field=$(json '[.[0].fields[] | select(.waits)][0].field')

begin 'the place of each field is a picture'
run -C "$archive" review show "$id" --crops crops
expect_exit 0
expect_file "crops/$id-$field.png"
expect_equal "$(head -c 4 "crops/$id-$field.png" | tail -c 3)" PNG
expect_out "crops/$id-$field.png"
expect_equal "$(find crops -name '.*.part' | wc -l)" 0

begin 'a field is set, and the first package stays as it is'
package=$(find "$archive/packages" -name "$id.tar")
before=$(sha256sum <"$package")
run -C "$archive" review set "$id" 'number=9876/QĐ-THU' date=01/03/2022 \
    --by 'Trần Thị Lan' --seconds 75
expect_exit 0
expect_out 'version 2: 2 set'
expect_equal "$(sha256sum <"$package")" "$before"
expect_file "${package%.tar}.2.tar"
run -C "$archive" show "$id" --json
expect_json '.[0].fields.number | .value == "9876/QĐ-THU" and
    .state == "confirmed" and .rule == "person:Trần Thị Lan"'
expect_json '.[0].fields.date.value == "2022-03-01" and .[0].version == 2'

begin 'the history says who, when, how long and what'
run -C "$archive" show "$id" --history --json
expect_exit 0
expect_json 'length == 2 and .[1].agent == "Trần Thị Lan" and
    .[1].seconds == 75 and .[1].at == "2022-03-01T08:00:00Z"'
expect_json '.[1].changes | any(.what == "number" and .to == "9876/QĐ-THU")'
run -C "$archive" show "$id" --history
expect_out 'Trần Thị Lan'
expect_out '1 min 15 s'

begin 'a value that is none is refused and nothing is written'
run -C "$archive" review set "$id" date=31/02/2022
expect_exit 1
expect_message '31/02/2022'
run -C "$archive" review set "$id" numbr=1
expect_exit 1
expect_message "did you mean 'number'"
run -C "$archive" review set "$id" number
expect_exit 1
run -C "$archive" review set "$id"
expect_exit 1
run -C "$archive" show "$id" --json
expect_json '.[0].version == 2'

begin 'who is at work must be known'
command_line='review accept without USER'
env -u USER "$hoso" -C "$archive" review accept "$id" >"$out" 2>"$err"
code=$?
expect_exit 1
expect_message '--by'

begin 'what was found can be accepted, and then no longer waits'
run -C "$archive" review show "$id" --json
for name in $(json '[.[0].fields[] | select(.waits)][].field'); do
    run -C "$archive" review set "$id" "$name="
    expect_exit 0
done
run -C "$archive" review accept "$id"
expect_exit 0
run -C "$archive" review list --json
expect_equal "$(json 'length')" "$((waiting - 1))"

begin 'a new title reaches list, search and PDF'
run -C "$archive" review set "$id" 'title=Quyết định thử nghiệm'
expect_exit 0
run -C "$archive" list
expect_out 'Quyết định thử nghiệm'
run -C "$archive" show "$id" --pdf title.pdf
expect_exit 0
if command -v pdfinfo >/dev/null; then
    expect_equal "$(pdfinfo title.pdf | sed -n 's/^Title: *//p')" \
        'Quyết định thử nghiệm'
fi
word=$(pdftotext title.pdf - 2>/dev/null | tr -cs 'a-zA-Z' '\n' |
    grep -E '^[a-z]{2,}$' | head -n 1)
if [ -n "$word" ]; then
    run -C "$archive" search "$word" --json
    expect_json "any(.[]; .id == \"$id\" and .title == \"Quyết định thử nghiệm\")"
fi

begin 'what was set is found by search'
run -C "$archive" review set "$id" 'subject=Về việc thử chữ quilombo'
expect_exit 0
run -C "$archive" search quilombo --json
expect_json "any(.[]; .id == \"$id\")"
run -C "$archive" search 9876/QĐ-THU --json
expect_json "any(.[]; .id == \"$id\")"

begin 'fields of a PDF have pictures too'
pdf=$(basename "$(ls "$scans"/results/*.pdf | head -n 1)" .pdf)
run -C "$archive" list --json
paper=
for one in $(json '.[].id'); do
    run -C "$archive" show "$one" --json
    [ "$(json '.[0].sources[0].name')" = "$pdf.pdf" ] && paper=$one
done
[ -n "$paper" ] || wrong "no document is from $pdf.pdf"
run -C "$archive" review show "$paper" --crops crops-pdf
expect_exit 0
[ "$(find crops-pdf -name "$paper-*.png" -size +200c | wc -l)" -gt 0 ] ||
    wrong 'no picture was cut from the PDF'

begin 'next asks field by field, and takes what is typed'
run -C "$archive" review list --json
expect_exit 0
first=$(json '[.[] | select(.fields > 0)][0].id')
run -C "$archive" review show "$first" --json
field=$(json '[.[0].fields[] | select(.waits)][0].field')
printf 's\nq\n' >answers
command_line='review next, skipping'
"$hoso" -C "$archive" review next <answers >"$out" 2>"$err"
code=$?
expect_exit 0
expect_out "$first"
expect_out '[Enter]'
run -C "$archive" show "$first" --json
expect_json '.[0].version == 1'
printf '\nkhông phải ngày 99\n-\nq\n' >answers
command_line='review next, answering'
"$hoso" -C "$archive" review next --limit 1 <answers >"$out" 2>"$err"
code=$?
expect_exit 0
run -C "$archive" show "$first" --json
expect_json ".[0].version == 2 and .[0].fields.$field.state == \"confirmed\""
expect_json '.[0].versions[1].agent == "lan"'

begin 'next is for people'
run -C "$archive" review next --json
expect_exit 1

begin 'an unknown action is named'
run -C "$archive" review frobnicate
expect_exit 1
expect_message frobnicate
run -C "$archive" review show
expect_exit 1
run -C "$archive" review show 2022-999999
expect_exit 2

begin 'the archive is whole, also after a rebuild'
run -C "$archive" verify
expect_exit 0
state_of "$archive" | grep -v staff >before
run -C "$archive" rebuild
expect_exit 0
state_of "$archive" | grep -v staff >after
cmp before after >&2 || wrong 'a rebuild leads to another catalogue'
run -C "$archive" show "$id" --json
expect_json '.[0].fields.number.value == "9876/QĐ-THU"'

begin 'an export holds every version, and sha256sum says so'
run -C "$archive" export "$id" --to out
expect_exit 0
for bag in "out/$id" "out/$id.2"; do
    (cd "$bag" && sha256sum -c --quiet --strict manifest-sha256.txt \
        tagmanifest-sha256.txt) >&2 || wrong "$bag is not whole"
done
grep -q "^Bag-Group-Identifier: $id$" "out/$id.2/bag-info.txt" ||
    wrong 'the second bag does not name its group'
if command -v xmllint >/dev/null; then
    xmllint --noout --nonet "out/$id.2/data/premis.xml" ||
        wrong 'premis.xml of an amendment is not well-formed'
fi
grep -q 'Trần Thị Lan' "out/$id.2/data/premis.xml" ||
    wrong 'premis.xml does not say who'

begin 'a flipped bit in an amendment is found and named'
second=${package%.tar}.2.tar
cp -a "$second" kept
printf 'x' | dd of="$second" bs=1 seek=2000 conv=notrunc 2>/dev/null
run -C "$archive" verify --json
expect_exit 21
expect_json "any(.[0].findings[]; .where | contains(\"$id.2.tar\"))"
cp -a kept "$second"

begin 'a removed amendment is found and named'
rm "$second"
run -C "$archive" verify --json
expect_exit 21
expect_json "any(.[0].findings[]; .check == \"package-missing\" and
    (.where | contains(\"$id.2.tar\")))"
cp -a kept "$second"
run -C "$archive" verify
expect_exit 0

begin 'amending, taking in and searching go on side by side'
cp -a "$scans/results" more
for f in more/*; do
    [ -f "$f" ] && printf ' ' >>"$f"
done
"$hoso" -C "$archive" ingest --kind work more >ingest.out 2>&1 &
ingest=$!
for i in 1 2 3 4 5 6 7 8; do
    run -C "$archive" review set "$id" "number=$i/QĐ"
    expect_exit 0
    run -C "$archive" search 'Quyết định' --json
    expect_exit 0
done
wait "$ingest" 2>/dev/null
run -C "$archive" verify
expect_exit 0

begin 'killed while amending, the archive stays whole'
for i in 1 2 3 4 5 6 7 8 9 10; do
    "$hoso" -C "$archive" review set "$id" "number=10$i/QĐ" >/dev/null 2>&1 &
    pid=$!
    sleep "0.0$i"
    kill -9 "$pid" 2>/dev/null
    wait "$pid" 2>/dev/null
done
run -C "$archive" review set "$id" number=200/QĐ
expect_exit 0
run -C "$archive" verify
expect_exit 0

finished
