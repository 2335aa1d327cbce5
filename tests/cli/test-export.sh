#!/bin/sh
# Handing documents over: a folder, a tar, a zip; read back with other tools.
. "$(dirname -- "$0")/test-lib.sh"
need jq
[ -d "$data/replay" ] || skip 'needs recorded pages in tests/data/replay'
sample_archive

begin 'a folder of bags, which sha256sum finds whole'
run -C "$archive" export 2022-000001 2022-000002 --to 'bàn giao/' --json
expect_exit 0
expect_json '.[0].documents == 2 and .[0].files > 10 and .[0].bytes > 0'
for id in 2022-000001 2022-000002; do
    (cd "bàn giao/$id" && sha256sum --quiet -c manifest-sha256.txt &&
        sha256sum --quiet -c tagmanifest-sha256.txt) ||
        wrong "the bag $id is not whole"
done

begin 'a tar and a zip hold the same bags'
run -C "$archive" export 2022-000001 --to out.tar
expect_exit 0
mkdir t && tar -xf out.tar -C t
diff -r t/2022-000001 'bàn giao/2022-000001' >&2 || wrong 'the tar differs'
run -C "$archive" export 2022-000001 --to out.zip
expect_exit 0
if command -v python3 >/dev/null; then
    python3 -m zipfile -e out.zip z
    diff -r z/2022-000001 'bàn giao/2022-000001' >&2 || wrong 'the zip differs'
fi

begin 'nothing is overwritten'
before=$(sha256sum <out.tar)
run -C "$archive" export 2022-000002 --to out.tar
expect_exit 5
expect_message 'out.tar'
expect_equal "$(sha256sum <out.tar)" "$before"
run -C "$archive" export 2022-000001 --to 'bàn giao/'
expect_exit 5

begin 'an id that is not there leaves nothing behind'
run -C "$archive" export 2022-000001 2022-000999 --to none.tar
expect_exit 2
expect_no_file none.tar

begin 'a damaged package is not handed over as good'
tar=$archive/packages/2022/000/2022-000002.tar
chmod u+w "$tar"
printf 'X' | dd of="$tar" bs=1 seek=20000 conv=notrunc 2>/dev/null
run -C "$archive" export 2022-000002 --to bad.tar
[ "$code" -ne 0 ] || wrong 'it was called done'
expect_no_file bad.tar
finished
