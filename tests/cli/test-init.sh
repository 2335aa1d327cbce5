#!/bin/sh
# Making an archive, and refusing to.
. "$(dirname -- "$0")/test-lib.sh"
need jq

begin 'init makes the tree and a commented hoso.ini'
run init "$archive" --fonds-code 012 --agency 'Sở Khoa học và Công nghệ'
expect_exit 0
expect_out "$archive"
for part in hoso.ini packages ledger parity state state/catalogue.db \
    quarantine work; do
    expect_file "$archive/$part"
done
grep -q 'Mã phông' "$archive/hoso.ini" || wrong 'no Vietnamese comment'
grep -q 'Code of the fonds' "$archive/hoso.ini" || wrong 'no English comment'
grep -q '012' "$archive/hoso.ini" || wrong 'the fonds code is not written'

begin 'init refuses a folder that is an archive already'
run init "$archive"
expect_exit 5
expect_message "$archive"
expect_silent_out

begin 'init refuses a folder that is not empty'
mkdir full && touch full/thing
run init full
expect_exit 5
expect_message 'full'
expect_equal "$(ls full)" thing

begin 'init takes a name with spaces and Vietnamese letters'
run init 'kho lưu trữ số 1'
expect_exit 0
expect_file 'kho lưu trữ số 1/hoso.ini'

begin 'init refuses a network file system'
HOSO_TEST_STATFS=nfs run init other
[ "$code" -ne 0 ] || wrong 'it was not refused'
expect_message 'NFS'
expect_no_file other/hoso.ini

begin 'init with --json answers one object'
run init third --json
expect_exit 0
expect_json 'length == 1 and (.[0].archive | endswith("/third"))'

begin 'an archive that is not there is named, with what to do'
run -C nowhere list
expect_exit 2
expect_message 'nowhere'
run list
expect_exit 2
expect_message 'hoso init'

begin 'the nearest archive upward is used, and HOSO_ARCHIVE before it'
mkdir -p third/packages/deep
(cd third/packages/deep && run list --json; expect_exit 0) || exit 1
HOSO_ARCHIVE=$archive run config --json
expect_exit 0
expect_json 'any(.[]; .section == "fonds" and .key == "code" and .value == "012")'

begin 'config shows where each value came from'
HOSO_INGEST_JOBS=3 run -C "$archive" config --json
expect_exit 0
expect_json 'any(.[]; .key == "jobs" and .value == 3 and
    (.origin | contains("HOSO_INGEST_JOBS")))'
expect_json 'any(.[]; .key == "code" and (.origin | startswith("hoso.ini:")))'

begin 'an unknown key is an error that names the line and the nearest key'
cp "$archive/hoso.ini" ini.good
printf '\n[ingest]\njbos = 2\n' >>"$archive/hoso.ini"
run -C "$archive" list
expect_exit 9
expect_message 'jbos'
expect_err 'jobs'
cp ini.good "$archive/hoso.ini"

begin 'a value out of its range is an error'
HOSO_INGEST_JOBS=many run -C "$archive" list
expect_exit 9
expect_message 'HOSO_INGEST_JOBS'
finished
