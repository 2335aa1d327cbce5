#!/bin/sh
# kill -9 at any moment and Ctrl-C: the same command again goes on, and the
# end is as if nothing had happened.
. "$(dirname -- "$0")/test-lib.sh"
need jq
need sqlite3
[ -d "$data/replay" ] || skip 'needs recorded pages in tests/data/replay'

begin 'an undisturbed run, to compare with'
make_archive "$scratch/calm"
started=$(date +%s%N)
run -C calm ingest -q "$scans/results"
expect_exit 0
took_ms=$((($(date +%s%N) - started) / 1000000))
state_of calm >calm.state

tries=${HOSO_TEST_KILLS:-6}
n=1
while [ "$n" -le "$tries" ]; do
    begin "kill -9 at moment $n of $tries"
    rm -rf "$archive"
    run init "$archive"
    after=$((took_ms * (2 * n - 1) / (2 * tries)))
    timeout -s KILL "$(printf '%d.%03d' $((after / 1000)) $((after % 1000)))" \
        "$hoso" -C "$archive" ingest -q "$scans/results" >.killed 2>&1 \
        </dev/null
    run -C "$archive" ingest --json "$scans/results"
    expect_exit 0
    expect_json '.[-1] | .stored + .duplicates == 10'
    state_of "$archive" >killed.state
    cmp -s calm.state killed.state ||
        wrong "not as undisturbed: $(diff calm.state killed.state | head)"
    run -C "$archive" verify
    expect_exit 0
    n=$((n + 1))
done

begin 'Ctrl-C stops after the pages in hand, and says where'
rm -rf "$archive"
run init "$archive"
"$hoso" -C "$archive" ingest --json "$scans/results" >"$out" 2>"$err" \
    </dev/null &
pid=$!
while kill -0 $pid 2>/dev/null && ! grep -q '"stored"' "$out"; do
    sleep 0.02
done
# A background job of a script ignores SIGINT; SIGTERM means the same.
kill -TERM $pid 2>/dev/null
wait $pid
code=$? command_line='ingest … (SIGTERM)'
if [ "$code" -ne 0 ]; then
    expect_exit 130
    expect_json '.[-1].event == "summary" and .[-1].stopped_at != null'
fi
run -C "$archive" ingest --json "$scans/results"
expect_exit 0
state_of "$archive" >stopped.state
cmp -s calm.state stopped.state ||
    wrong "not as undisturbed: $(diff calm.state stopped.state | head)"
finished
