#!/bin/sh
# Looking at one document.
. "$(dirname -- "$0")/test-lib.sh"
need jq
[ -d "$data/replay" ] || skip 'needs recorded pages in tests/data/replay'
sample_archive

id_of() {
    run -C "$archive" list --json ${2:+--kind "$2"}
    json ".[] | select(.sources[0].name | startswith(\"$1\")).id"
}

begin 'list says what the design says'
run -C "$archive" list --json
expect_exit 0
expect_json 'all(.[]; .id and .kind and .batch and .title and .pages > 0 and
    .stored_at == "2022-03-01T08:00:00Z" and .state and
    (.sources | all(.[]; .name and (.sha256 | length == 64) and .bytes > 0)))'

begin 'the digest of a source is that of the file'
id=$(id_of thong-bao-0058)
run -C "$archive" show --json "$id"
expect_exit 0
expect_json ".[0].sources[0].sha256 ==
    \"$(sha256sum <"$scans/results/thong-bao-0058.png" | cut -d' ' -f1)\""
expect_json '.[0] | .versions and .fields'

begin '--text gives the pages, with a form feed between'
id=$(id_of bao-cao-0075)
run -C "$archive" show "$id" --text
expect_exit 0
expect_equal "$(tr -cd '\f' <"$out" | wc -c)" 2
run -C "$archive" show "$id" --page 2
expect_exit 0
expect_out 'LĨNH VỰC'
run -C "$archive" show "$id" --page 4
expect_exit 1
expect_message '3 pages'

begin '--pdf writes the searchable PDF, and does not overwrite'
run -C "$archive" show "$id" --pdf copy.pdf
expect_exit 0
head -c 5 copy.pdf | grep -q '%PDF-' || wrong 'not a PDF'
run -C "$archive" show "$id" --pdf copy.pdf
expect_exit 5
expect_message 'copy.pdf'
run -C "$archive" show "$id" --pdf copy.pdf --force
expect_exit 0
run -C "$archive" show "$id" --pdf -
expect_exit 0
cmp -s "$out" copy.pdf || wrong 'standard output is another PDF'
need pdftotext
pdftotext copy.pdf - | grep -q 'SÁNH THEO' || wrong 'no words in the PDF'

begin 'a citation is a link to the document of that number and day'
from=$(id_of giay-phep-0012)
to=$(id_of thong-bao-0058)
law=$(id_of to-trinh-0026)
run -C "$archive" show "$from" --json
expect_json '.[0].cites | map([.type, .number, .date]) ==
    [["Luật Năng lượng nguyên tử", null, "2008-06-03"],
     ["Nghị định", "142/2020/NĐ-CP", "2020-12-09"]]'
expect_json '.[0].cites | all(.[]; .documents == [] and .page == 1 and
    (.box | length == 4) and .confidence > 90 and .state == "sure")'
expect_json '.[0].fields | .cites.value and ."cites.2".value'
run -C "$archive" review set --by clerk "$to" number=142/2020/NĐ-CP date=09/12/2020
expect_exit 0
run -C "$archive" review set --by clerk "$law" type=Luật date=03/06/2008 \
    subject='Năng lượng nguyên tử'
expect_exit 0
run -C "$archive" show "$from" --json
expect_json ".[0].cites | map(.documents[0].id) == [\"$law\", \"$to\"]"
run -C "$archive" show "$from"
expect_out "→ $to"
run -C "$archive" show "$to" --json
expect_json ".[0].cited_by | map(.id) == [\"$from\"]"
run -C "$archive" show "$to"
expect_out 'Cited by'
expect_out "  $from  "

begin 'another day, another document; one that is not there is said'
run -C "$archive" review set --by clerk "$to" date=09/12/2019
run -C "$archive" show "$from"
expect_out '(not in this archive)'
run -C "$archive" show "$to" --json
expect_json '.[0].cited_by == []'

begin 'options that do not go together are refused'
run -C "$archive" show "$id" --text --fields
expect_exit 1
finished
