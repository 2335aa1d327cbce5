#!/bin/sh
# A full disk: a clear sentence, nothing half-done, and it goes on later.
. "$(dirname -- "$0")/test-lib.sh"
need jq
[ -d "$data/replay" ] || skip 'needs recorded pages in tests/data/replay'
[ "$(id -u)" -eq 0 ] || skip 'needs root to mount a small file system'
mkdir small
mount -t tmpfs -o size=4m tmpfs small 2>/dev/null ||
    skip 'cannot mount a small file system here'
trap 'umount "$scratch/small"; rm -rf "$scratch"' EXIT
archive=$scratch/small/archive
make_archive

begin 'the batch stops with a sentence that says so'
run -C "$archive" ingest --json "$scans/results"
expect_exit 5
expect_err 'no-space'
run -C "$archive" list --json
stored=$(json 'length')

begin 'what was called stored is whole; nothing half-done is there'
if [ "$stored" -gt 0 ]; then
    run -C "$archive" verify
    expect_exit 0
fi
expect_equal "$(find "$archive/packages" -type f | wc -l)" "$stored"

begin 'with room made, the same command goes on'
mount -o remount,size=64m "$scratch/small"
run -C "$archive" ingest --json "$scans/results"
expect_exit 0
expect_json ".[-1] | .stored + .duplicates == 10 and .duplicates == $stored"
run -C "$archive" verify
expect_exit 0
finished
