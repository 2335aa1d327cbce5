#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What commands print: the shapes of the JSON, and output that goes nowhere.
. "$(dirname -- "$0")/test-lib.sh"
need jq
[ -d "$data/replay" ] || skip 'needs recorded pages in tests/data/replay'
sample_archive

# Every member that was printed is explained in docs/json.md.
expect_documented() {
    json '[.[] | paths | map(strings)[]] | unique | .[]' |
        while read -r member; do
            grep -qwF -e "$member" "$root/docs/json.md" || echo "$member"
        done >unknown
    [ ! -s unknown ] || wrong "docs/json.md lacks: $(cat unknown)"
}

begin 'list gives an object a line, with the names that are promised'
run -C "$archive" list --json
expect_exit 0
expect_json 'length > 0 and all(.[]; (keys_unsorted == ["id", "kind",
    "batch", "title", "pages", "version", "stored_at", "state", "sources"]) and
    (.pages | type == "number") and
    (.stored_at | test("^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}Z$")) and
    (.state | IN("ok", "doubtful", "partial")) and
    (.sources | length > 0) and
    all(.sources[]; (.name | type == "string") and
        (.sha256 | test("^[0-9a-f]{64}$")) and (.bytes > 0)))'
expect_documented
id=$(json '.[0].id')
pages=$(json '.[0].pages')

begin 'list without --json is a line a document'
run -C "$archive" list
expect_exit 0
expect_out "$id"
expect_err 'staff'
run -q -C "$archive" list
expect_out "$id"
[ ! -s "$err" ] || wrong '--quiet was not quiet'

begin 'list counts and cuts'
run -C "$archive" list --limit 2 --offset 1 --json
expect_json 'length == 2'
run -C "$archive" list --kind work --json
expect_exit 0
expect_silent_out

begin 'show gives what list gives, with versions and fields'
run -C "$archive" show "$id" --json
expect_exit 0
expect_json "length == 1 and .[0].id == \"$id\" and
    (.[0].versions | length == 1) and (.[0].versions[0].number == 1) and
    (.[0].fields | type == \"object\") and
    (.[0].page_list | length == $pages)"
jq 'del(.fields[]?)' "$out" >bare && cp bare "$out"
expect_documented

begin 'show prints a card for people'
run -C "$archive" show "$id"
expect_exit 0
expect_out "$id"
expect_out 'sha256'
expect_out 'dpi'

begin 'show --text is the text; pages are set apart by form feeds'
run -C "$archive" show "$id" --text
expect_exit 0
expect_equal "$(tr -cd '\f' <"$out" | wc -c | tr -d ' ')" $((pages - 1))
cp "$out" whole.txt
run -C "$archive" show "$id" --text --json
expect_json ".[0].pages | length == $pages"

begin 'show --page gives one page'
run -C "$archive" show "$id" --page 1
expect_exit 0
cp "$out" page.txt
head -c "$(wc -c <page.txt)" whole.txt | cmp -s - page.txt ||
    wrong 'page 1 is not the beginning of the text'
run -C "$archive" show "$id" --page 1 --json
expect_json '.[0].page == 1 and .[0].width_px > 0 and (.[0].text | length > 0)'
run -C "$archive" show "$id" --page 99
expect_exit 1
expect_message '99' 1

begin 'show --pdf writes a PDF, and over nothing unless forced'
run -C "$archive" show "$id" --pdf copy.pdf
expect_exit 0
expect_equal "$(head -c 5 copy.pdf)" '%PDF-'
echo mine >mine.pdf
run -C "$archive" show "$id" --pdf mine.pdf
expect_exit 5
expect_message 'mine.pdf' 1
expect_equal "$(cat mine.pdf)" mine
run -C "$archive" show "$id" --pdf mine.pdf --force
expect_exit 0
cmp -s copy.pdf mine.pdf || wrong 'not the same PDF'
run -C "$archive" show "$id" --pdf -
expect_exit 0
cmp -s copy.pdf "$out" || wrong 'standard output is not the same PDF'

begin 'an id that is not there is named'
run -C "$archive" show 2022-999999
expect_exit 2
expect_message '2022-999999' 1
run -C "$archive" show ../../etc/passwd
expect_exit 2
expect_silent_out

begin 'search gives hits, then the total'
run -C "$archive" search --json khoa hoc
expect_exit 0
expect_json '(.[-1] | keys - ["about", "next", "suggestion"] == ["capped", "total"]) and
    (.[-1].capped | type == "boolean") and
    all(.[:-1][]; (keys_unsorted == ["id", "page", "kind", "title", "score",
        "snippet", "boxes"]) and (.snippet | contains("\n") | not) and
        all(.boxes[]; length == 4 and all(.[]; type == "number")))'
expect_documented

begin 'search without --json: id, page, title, then the snippet'
run -C "$archive" search --limit 1 khoa hoc
expect_exit 0
expect_out 'page '
expect_equal "$(wc -l <"$out" | tr -d ' ')" 2
! grep -q "$(printf '\033')" "$out" || wrong 'colour where no terminal is'

begin 'matches are marked on a terminal'
if script -qec true /dev/null </dev/null >/dev/null 2>&1; then
    TERM=xterm script -qec "'$hoso' -C '$archive' search --limit 1 khoa hoc" \
        /dev/null </dev/null >tty.out 2>&1
    grep -q "$(printf '\033\\[1m')" tty.out || wrong 'no match is marked'
fi

begin 'verify says what it checked'
run -C "$archive" verify --json
expect_exit 0
expect_json 'length == 1 and .[0].ok == true and .[0].findings == [] and
    .[0].checked.packages > 0 and .[0].checked.files > 0 and
    .[0].checked.bytes > 0'
run -C "$archive" verify "$id"
expect_exit 0
expect_out '1'

begin 'verify of a damaged package names it and ends with 21'
package=$(find "$archive/packages" -name "$id.tar")
cp "$package" good.tar
chmod u+w "$package"
printf 'X' | dd of="$package" bs=1 seek=3000 conv=notrunc 2>/dev/null
run -C "$archive" verify --json
expect_exit 21
expect_json ".[0].ok == false and any(.[0].findings[];
    .severity == \"error\" and (.where | contains(\"$id.tar\")) and
    (.check | length > 0) and (.text | length > 0))"
expect_documented
jq -e '.error.code == "unverified"' "$err" >/dev/null || wrong 'no error'
cp good.tar "$package"

begin 'export answers with what it wrote'
run -C "$archive" export "$id" --to out.zip --json
expect_exit 0
expect_json '.[0].documents == 1 and .[0].files > 5 and .[0].bytes > 0'
expect_documented
run -C "$archive" export "$id" --to out.zip
expect_exit 5

begin 'rebuild answers with what it made'
run -C "$archive" rebuild --json
expect_exit 0
expect_json '.[0].ok and .[0].documents == 16 and .[0].pages > 16'

begin 'doctor answers with its checks'
run -C "$archive" doctor --json
expect_json '(.[0].checks | length > 3) and all(.[0].checks[];
    (.check | length > 0) and (.level | IN("ok", "warning", "error")))'
expect_documented

begin 'config and events have no member that is not explained'
run -C "$archive" config --json
expect_json 'all(.[]; .section and .key and .origin and .comment)'
expect_documented
run -C "$archive" ingest --json "$scans/results" "$odd/truncated.pdf"
expect_json '.[-1].event == "summary"'
expect_documented

begin 'a full disk under the output is an error'
if [ -w /dev/full ]; then
    "$hoso" -C "$archive" list >/dev/full 2>"$err"
    code=$?
    expect_exit 5
    expect_message 'standard output' 3
fi

begin 'a closed output is an error and harms nothing'
"$hoso" -C "$archive" list >&- 2>"$err"
code=$?
expect_exit 5
run -C "$archive" verify
expect_exit 0

begin 'a reader that goes away ends it quietly'
("$hoso" -C "$archive" list --json 2>"$err"; echo $? >"$scratch/code") |
    head -c 1 >/dev/null
code=$(cat "$scratch/code")
case $code in 0 | 141) ;; *) wrong 'not a quiet end' ;; esac
! grep -q 'hoso:' "$err" || wrong 'a broken pipe was complained of'
finished
