#!/bin/sh
# Folders and archives that this user may not read or write.
. "$(dirname -- "$0")/test-lib.sh"
need jq

# Root may read everything: become nobody, with a copy of hoso in reach.
if [ "$(id -u)" -eq 0 ]; then
    need setpriv
    mkdir bin && cp "$hoso" "$build/bin/hoso-worker" bin/
    chown -R 65534:65534 "$scratch"
    cat >as-nobody <<END
#!/bin/sh
exec setpriv --reuid=65534 --regid=65534 --clear-groups "$scratch/bin/hoso" "\$@"
END
    chmod 755 as-nobody bin bin/*
    hoso=$scratch/as-nobody
    "$hoso" --version >/dev/null 2>&1 || skip 'cannot run as another user here'
fi
make_archive

begin 'a folder that may not be read is named, and nothing is stored'
mkdir closed && cp "$scans/results/thong-bao-0058.png" closed/
chmod 0 closed
run -C "$archive" ingest closed
expect_exit 5
expect_message 'closed'
run -C "$archive" list --json
expect_silent_out

begin 'a file that may not be read is a failure of that file'
mkdir mixed
cp "$scans/results/huong-dan-0004.pdf" "$scans/results/thong-bao-0058.png" mixed/
chmod 0 mixed/thong-bao-0058.png
chmod 755 mixed && chmod 644 mixed/huong-dan-0004.pdf
if [ -d "$data/replay" ]; then
    run -C "$archive" ingest --json mixed
    expect_exit 20
    expect_json 'any(.[]; .event == "failed" and .code == "denied" and
        (.name | contains("thong-bao-0058")))'
    expect_json '[.[] | select(.event == "stored")] | length == 1'
fi

begin 'an archive that may only be read can be searched but not added to'
chmod -R a-w "$archive"
run -C "$archive" list
[ "$code" -eq 0 ] || [ "$code" -eq 5 ] || wrong 'list of a read-only archive'
run -C "$archive" ingest mixed/huong-dan-0004.pdf
expect_exit 5
chmod -R u+w "$archive"

begin 'an archive cannot be made where one may not write'
mkdir locked && chmod 555 locked
run init locked/archive
expect_exit 5
expect_message 'locked'
finished
