#!/bin/sh
# Catalogue and index from the packages alone, equal to before.
. "$(dirname -- "$0")/test-lib.sh"
need jq
need sqlite3
[ -d "$data/replay" ] || skip 'needs recorded pages in tests/data/replay'
sample_archive

dump() {
    sqlite3 "file:$archive/state/catalogue.db?mode=ro" .dump
}
answers() {
    for query in 'lieu ke' 'khoa học' '"giấy phép"' 'xang dau'; do
        run -C "$archive" search --json --limit 50 "$query"
        cat "$out"
    done
    run -C "$archive" search --json --kind staff 'chuyen vien'
    cat "$out"
    run -C "$archive" list --json
    cat "$out"
    run -C "$archive" list --json --kind staff
    cat "$out"
}

dump >dump.before
answers >answers.before
[ "$(wc -l <answers.before)" -gt 30 ] || wrong 'too few answers to compare'

begin 'after a rebuild the dump and every answer are the same'
run -C "$archive" rebuild --json
expect_exit 0
expect_json '.[0] | .ok and .documents == 16 and .pages == 25'
dump >dump.after
cmp -s dump.before dump.after ||
    wrong "the catalogue differs: $(diff dump.before dump.after | head)"
answers >answers.after
cmp -s answers.before answers.after ||
    wrong "answers differ: $(diff answers.before answers.after | head)"

begin 'the whole of state/ can be lost'
rm -rf "$archive/state"
run -C "$archive" rebuild
expect_exit 0
dump >dump.after
cmp -s dump.before dump.after || wrong 'the catalogue differs'
answers >answers.after
cmp -s answers.before answers.after || wrong 'answers differ'
expect_equal "$(stat -c %a "$archive/state/staff.db")" 600
run -C "$archive" verify
expect_exit 0

begin 'a package that cannot be read is named; the others are in'
tar=$archive/packages/2022/000/2022-000004.tar
chmod u+w "$tar"
truncate -s 3000 "$tar"
run -C "$archive" rebuild --json
expect_exit 21
expect_json '.[0].documents == 15 and
    any(.[0].findings[]; .where | contains("2022-000004"))'
run -C "$archive" list --json
expect_json 'length == 9'

begin 'the index alone can be lost'
rm "$archive/state/index.db"*
run -C "$archive" rebuild
run -C "$archive" search --json 'lieu ke'
expect_exit 0
expect_json '.[-1].total >= 1'
finished
