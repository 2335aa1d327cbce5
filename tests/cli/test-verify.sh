#!/bin/sh
# Proof: one flipped bit, a lost package, a strange file are found and named.
. "$(dirname -- "$0")/test-lib.sh"
need jq
[ -d "$data/replay" ] || skip 'needs recorded pages in tests/data/replay'

begin 'an archive with nothing to check fails'
run init nothing
run -C nothing verify --json
expect_exit 21
expect_json '.[0].ok == false and .[0].checked.packages == 0 and
    any(.[0].findings[]; .check == "nothing-checked")'

sample_archive

begin 'a whole archive is whole, and what was checked is counted'
run -C "$archive" verify --json
expect_exit 0
expect_json '.[0] | .ok and .findings == [] and .checked.packages == 16 and
    .checked.files > 100 and .checked.bytes > 7000000'
run -C "$archive" verify
expect_exit 0
expect_out '16 packages'

begin 'one document can be checked alone'
run -C "$archive" verify --json 2022-000003
expect_exit 0
expect_json '.[0].checked.packages == 1'
run -C "$archive" verify 2022-000099
expect_exit 2

# Flip one bit of a file, at a byte offset.
flip() {
    byte=$(od -An -tu1 -j "$2" -N 1 "$1" | tr -d ' ')
    printf "$(printf '\\%03o' $((byte ^ 4)))" |
        dd of="$1" bs=1 seek="$2" conv=notrunc 2>/dev/null
}

begin 'one flipped bit anywhere in a package is found, and it is named'
for tar in "$archive"/packages/2022/000/*.tar; do
    name=$(basename "$tar")
    size=$(stat -c %s "$tar")
    at=$(printf '%s' "$name" | cksum | cut -d' ' -f1)
    at=$((at % size))
    chmod u+w "$tar"
    flip "$tar" "$at"
    run -C "$archive" verify --json
    expect_exit 21
    expect_json ".[0].ok == false and (.[0].findings | length >= 1 and
        all(.[]; .where | contains(\"$name\")))"
    flip "$tar" "$at"
done
run -C "$archive" verify
expect_exit 0

begin 'the headers and the end of a package are watched too'
tar=$(ls "$archive"/packages/2022/000/*.tar | head -n 1)
size=$(stat -c %s "$tar")
for at in 0 100 124 156 257 511 $((size - 1)) $((size - 600)); do
    flip "$tar" "$at"
    run -C "$archive" verify --json
    expect_exit 21
    flip "$tar" "$at"
done

begin 'a package cut short, lost, or put in the place of another is found'
cp -p "$tar" kept
truncate -s -512 "$tar"
run -C "$archive" verify
expect_exit 21
expect_out "$(basename "$tar")"
rm "$tar"
run -C "$archive" verify --json
expect_exit 21
expect_json 'any(.[0].findings[]; .check == "package-missing")'
cp -p "$(ls "$archive"/packages/2022/000/*.tar | tail -n 1)" "$tar"
run -C "$archive" verify
expect_exit 21
cp -p kept "$tar"
run -C "$archive" verify
expect_exit 0

begin 'a package that nobody catalogued and a stray file are found'
cp -p "$tar" "$archive/packages/2022/000/2022-000777.tar"
run -C "$archive" verify --json
expect_exit 21
expect_json 'any(.[0].findings[]; .where | contains("2022-000777"))'
rm "$archive/packages/2022/000/2022-000777.tar"
echo x >"$archive/packages/2022/notes.txt"
run -C "$archive" verify --json
expect_json 'any(.[0].findings[]; .check == "stray" and
    (.where | contains("notes.txt")))'
rm "$archive/packages/2022/notes.txt"

begin 'a damaged catalogue is found'
need sqlite3
cp -p "$archive/state/catalogue.db" kept.db
sqlite3 "$archive/state/catalogue.db" \
    "UPDATE document SET title = title || '?' WHERE id = '2022-000001'" \
    2>/dev/null || skip 'the table has another name'
run -C "$archive" verify --json
expect_exit 21
expect_json 'any(.[0].findings[]; .text + .where | contains("2022-000001"))'
finished
