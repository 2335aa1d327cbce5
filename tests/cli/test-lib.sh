# SPDX-License-Identifier: GPL-3.0-or-later
# Sourced by every tests/cli/test-*.sh. A test is a list of cases:
#
#     begin "a sentence that must be true"
#     run -C "$archive" search 'giay phep'
#     expect_exit 0
#     expect_out 'Giấy phép'
#
# The first thing that is not as expected ends the script with all that is
# known about it. Every test works in a fresh folder, removed at the end.
#
# From the environment: HOSO_BUILD, the build folder.

set -u
root=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd)
build=${HOSO_BUILD:-$root/build}
hoso=$build/bin/hoso
data=$root/tests/data
scans=$data/scans
odd=$data/odd

LC_ALL=C.UTF-8 TZ=UTC OMP_THREAD_LIMIT=1
HOSO_CLOCK=2022-03-01T08:00:00Z
HOSO_OCR=replay:$data/replay
HOSO_LOCALEDIR=$build/locale
export LC_ALL TZ OMP_THREAD_LIMIT HOSO_CLOCK HOSO_OCR HOSO_LOCALEDIR
unset HOSO_ARCHIVE LANGUAGE

scratch=$(mktemp -d "${TMPDIR:-/tmp}/hoso-test.XXXXXX") || exit 2
trap 'chmod -R u+rwX "$scratch" 2>/dev/null; rm -rf "$scratch"' EXIT
trap 'exit 2' INT TERM
cd "$scratch" || exit 2
archive=$scratch/archive
out=$scratch/.out err=$scratch/.err
code=0 case_name='' command_line=''
: >"$out"
: >"$err"

# Leave the test aside: it needs something that is not here.
skip() {
    echo "SKIPPED: $(basename -- "$0" .sh): $1"
    exit 77
}

[ -x "$hoso" ] || skip "there is no $hoso"

# Skip unless a command is there: need qpdf
need() {
    command -v "$1" >/dev/null || skip "needs $1"
}

begin() {
    [ -z "$case_name" ] || echo "ok: $case_name"
    case_name=$1
}

# Call at the end: without it a script that died half-way would look good.
finished() {
    begin ''
    exit 0
}

wrong() {
    {
        echo "WRONG: $case_name: $1"
        echo "command: hoso $command_line"
        echo "exit code: $code"
        echo "-- standard output (head)"
        head -c 4000 "$out"
        echo "-- standard error (head)"
        head -c 4000 "$err"
    } >&2
    exit 1
}

# Run hoso; keeps exit code, stdout and stderr. Never more than ten minutes.
run() {
    command_line=$*
    timeout -k 5 600 "$hoso" "$@" >"$out" 2>"$err" </dev/null
    code=$?
    case $code in
    124) wrong 'it did not end' ;;
    13[1-9] | 14[0-9]) [ "$code" -eq 137 ] || wrong 'it crashed' ;;
    esac
    if grep -q -e 'AddressSanitizer' -e 'runtime error:' -e 'LeakSanitizer' \
        "$err"; then
        wrong 'a sanitizer complained'
    fi
}

expect_exit() {
    [ "$code" -eq "$1" ] || wrong "expected exit code $1"
}

# The output, the messages hold these words as they stand.
expect_out() {
    grep -qF -e "$1" "$out" || wrong "expected on standard output: $1"
}

expect_err() {
    grep -qF -e "$1" "$err" || wrong "expected on standard error: $1"
}

expect_no_out() {
    ! grep -qF -e "$1" "$out" || wrong "not expected on standard output: $1"
}

expect_silent_out() {
    [ ! -s "$out" ] || wrong 'expected nothing on standard output'
}

# A failure says one thing, on one line or a few, on standard error.
expect_message() {
    expect_err "$1"
    [ "$(wc -l <"$err")" -le "${2:-6}" ] || wrong 'too many lines of message'
}

# A jq filter over all of the output (JSON or JSON Lines, as one array).
expect_json() {
    jq -es "$1" "$out" >"$scratch/.jq" 2>&1 ||
        wrong "expected in JSON: $1 (jq: $(head -c 300 "$scratch/.jq"))"
}

# What a jq filter gives, as text.
json() {
    jq -rs "$1" "$out"
}

expect_equal() {
    [ "$1" = "$2" ] || wrong "expected '$2', got '$1' ${3:-}"
}

expect_file() {
    [ -e "$1" ] || wrong "expected a file: $1"
}

expect_no_file() {
    [ ! -e "$1" ] || wrong "not expected: $1"
}

# A new archive at $archive (or at a path).
make_archive() {
    begin 'a new archive can be made'
    run init "${1:-$archive}"
    expect_exit 0
}

# A copy of an archive of all sample scans; made once for all tests, and
# again when hoso or the scans are newer.
sample_archive() {
    cache=$build/tests/cli/sample
    mkdir -p "$build/tests/cli"
    begin 'an archive of the sample scans can be made'
    exec 9>"$cache.lock"
    flock 9
    if [ ! -e "$cache/made" ] || [ "$hoso" -nt "$cache/made" ] ||
        [ "$build/bin/hoso-worker" -nt "$cache/made" ] ||
        [ "$data/make-scans" -nt "$cache/made" ]; then
        rm -rf "$cache"
        mkdir -p "$cache"
        run init "$cache/archive"
        expect_exit 0
        run -C "$cache/archive" ingest --kind result "$scans/results"
        expect_exit 0
        run -C "$cache/archive" ingest --kind staff "$scans/staff"
        expect_exit 0
        : >"$cache/made"
    fi
    flock -u 9
    exec 9>&-
    cp -a "$cache/archive" "$archive"
}

# All that must be the same in two archives that hold the same: packages by
# the digests of what is in them (but for times), catalogue rows, index.
state_of() {
    (
        cd "$1" || exit 1
        find . -type f ! -path './state/*' ! -name hoso.ini ! -name '*.tar' |
            sort
        find packages -name '*.tar' | sort | while read -r tar; do
            echo "$tar"
            tar -xOf "$tar" --wildcards '*/manifest-sha256.txt' |
                grep -vE 'premis.xml|record.json|access.pdf' | sort -k 2
        done
        sqlite3 "file:state/catalogue.db?mode=ro" .dump |
            grep -v -e stored_at -e sqlite_stat
    )
}
