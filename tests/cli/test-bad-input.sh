#!/bin/sh
# Wrong arguments and odd file names: a clear sentence, the right exit code,
# nothing lost.
. "$(dirname -- "$0")/test-lib.sh"
need jq
make_archive

begin 'an unknown option names the nearest one'
run -C "$archive" ingest --bacth x .
expect_exit 1
expect_message '--batch'
expect_silent_out

begin 'an unknown command names the nearest one'
run -C "$archive" serach x
expect_exit 1
expect_message 'search'

begin 'missing, too many and wrong arguments are said'
run
expect_exit 1
expect_message 'hoso --help'
run -C "$archive" ingest
expect_exit 1
expect_message 'ingest'
run -C "$archive" list extra
expect_exit 1
expect_message 'extra'
run -C "$archive" ingest --kind letter .
expect_exit 1
expect_message 'letter'
run -C "$archive" search --from yesterday x
expect_exit 1
expect_message 'yesterday'
run -C "$archive" ingest -j 0 .
expect_exit 1
run -C "$archive" export 2022-000001
expect_exit 1
expect_message '--to'

begin 'a path that is not there stops before anything is begun'
run -C "$archive" ingest "$scans/results/thong-bao-0058.png" nothing-here
expect_exit 2
expect_message 'nothing-here'
run -C "$archive" list --json
expect_silent_out

begin 'a folder without files says so'
mkdir empty
run -C "$archive" ingest empty
[ "$code" -lt 128 ] || wrong 'it crashed'
expect_equal "$(find "$archive/packages" -name '*.tar' | wc -l)" 0

begin 'a folder that may not be read is a clear failure'
mkdir closed && cp "$scans/results/thong-bao-0058.png" closed && chmod 0 closed
if ls closed >/dev/null 2>&1; then
    echo "note: this user may read everything"
else
    run -C "$archive" ingest closed
    expect_exit 5
    expect_message 'closed'
fi
chmod 700 closed

begin 'an id that is not there'
run -C "$archive" show 2022-000099
expect_exit 2
expect_message '2022-000099'
run -C "$archive" show '../../etc/passwd'
[ "$code" -eq 2 ] || [ "$code" -eq 1 ] || wrong 'expected exit code 1 or 2'

begin 'failures with --json are JSON too, or silent on standard output'
run -C "$archive" show 2022-000099 --json
expect_exit 2
[ ! -s "$out" ] || jq -e . "$out" >/dev/null || wrong 'not JSON'

if [ ! -d "$data/replay" ]; then
    finished
fi

begin 'a FIFO, a socket-like thing and a symlink loop in the folder do no harm'
mkdir -p odd/deep
cp "$scans/results/huong-dan-0004.pdf" odd/deep/
mkfifo odd/pipe
ln -s . odd/loop
ln -s ../odd odd/deep/up
ln -s nowhere odd/dangling
run -C "$archive" ingest --json odd
expect_json '[.[] | select(.event == "stored")] | length == 1'
case $code in 0 | 20 | 22) ;; *) wrong 'exit code' ;; esac

begin 'names in NFD, with newlines, and not in UTF-8 are kept exactly'
mkdir names
nfd=$(printf 'gia\314\201y')
newline=$(printf 'hai\ndong')
bytes=$(printf 'x\377\376y')
for name in "$nfd" "$newline" "$bytes"; do
    cp "$scans/results/thong-bao-0058.png" "names/$name.png"
done
run -C "$archive" ingest --json --allow-duplicates names
expect_exit 0
expect_json '[.[] | select(.event == "stored")] | length == 3'
run -C "$archive" list --json
expect_exit 0
jq -e . "$out" >/dev/null || wrong 'the list is not JSON'
iconv -f UTF-8 -t UTF-8 "$out" >/dev/null || wrong 'the list is not UTF-8'
run -C "$archive" list
expect_equal "$(wc -l <"$out")" 4 'lines of list'
for tar in "$archive"/packages/2022/000/*.tar; do
    tar -xOf "$tar" --wildcards '*/data/record.json'
done >records
grep -q "$(printf '%s.png' "$bytes" | od -An -tx1 | tr -d ' \n')" records ||
    wrong 'the bytes of the name that is not UTF-8 are not in the record'

begin 'after all of that the archive is whole'
run -C "$archive" verify
expect_exit 0
finished
