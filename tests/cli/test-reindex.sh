#!/bin/sh
# The index made again: lost, older, killed half-way, while others search.
. "$(dirname -- "$0")/test-lib.sh"
need jq
[ -d "$data/replay" ] || skip 'needs recorded pages in tests/data/replay'
sample_archive

answers() {
    for query in 'sở khoa học' '"rong biển Trà Hải"' 'lieu ke'; do
        run -C "$archive" search --json "$query"
        cat "$out"
    done
}
answers | jq -c 'del(.next)' >before

begin 'reindex leaves every answer as it was'
run -C "$archive" reindex --json
expect_exit 0
expect_json '.[0].documents == 16 and .[0].unread == 0'
answers | jq -c 'del(.next)' >after
cmp -s before after || wrong "$(diff before after | head -n 5)"
run -C "$archive" verify --json
expect_exit 0

begin 'a lost index is explained by search and made by reindex'
rm -f "$archive"/state/index.db*
run -C "$archive" search --json 'sở khoa học'
expect_exit 15
grep -q 'hoso reindex' "$err" || wrong 'nothing is said of reindex'
run -C "$archive" reindex --json
expect_exit 0
answers | jq -c 'del(.next)' >after
cmp -s before after || wrong "$(diff before after | head -n 5)"

begin 'a damaged index is made again'
dd if=/dev/zero of="$archive/state/index.db" bs=1000 count=3 conv=notrunc \
    2>/dev/null
run -C "$archive" reindex --json
answers | jq -c 'del(.next)' >after
cmp -s before after || wrong "$(diff before after | head -n 5)"

begin 'killed at any time, it is made good by the next run'
for wait in 0.01 0.03 0.06 0.1; do
    "$hoso" -C "$archive" reindex >/dev/null 2>&1 &
    pid=$!
    sleep "$wait"
    kill -9 "$pid" 2>/dev/null
    wait "$pid" 2>/dev/null
    answers | jq -c 'del(.next)' >after
    cmp -s before after || wrong "after a kill: $(diff before after | head -n 5)"
done
run -C "$archive" reindex --json
expect_exit 0
run -C "$archive" verify --json
expect_exit 0
finished
