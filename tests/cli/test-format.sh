#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What docs/format.md says is what is on the disk: a reader that was written
# from it alone understands the packages of today and of version 1.
. "$(dirname -- "$0")/test-lib.sh"
need python3
stranger=$root/tests/cli/stranger.py

read_all() {
    find "$archive/packages" -name '*.tar' -exec python3 "$stranger" {} +
}

begin 'a stranger reads what was just stored'
run init "$archive"
run -C "$archive" ingest "$scans/results"
expect_exit 0
n=$(find "$archive/packages" -name '*.tar' | wc -l)
read_all >read.txt || wrong 'the stranger refused a package'
[ "$(wc -l <read.txt)" = "$n" ] || wrong 'the stranger skipped a package'
[ "$n" -ge 4 ] || wrong "only $n packages"

begin 'a stranger reads what was amended'
USER=lan
export USER
run -C "$archive" review set 2022-000002 number=77/QĐ-THU --seconds 30
expect_exit 0
run -C "$archive" review set 2022-000002 'title=Văn bản thử' place=Huế
expect_exit 0
read_all >read.txt || wrong 'the stranger refused an amendment'
[ "$(wc -l <read.txt)" = $((n + 2)) ] || wrong 'the stranger skipped one'
grep -q '^2022-000002 3 ' read.txt || wrong 'the stranger missed version 3'

begin 'a stranger refuses a changed package'
package=$archive/packages/2022/000/2022-000001.tar
size=$(wc -c <"$package")
chmod u+w "$package"
printf '~' | dd of="$package" bs=1 seek=$((size / 2)) conv=notrunc 2>/dev/null
python3 "$stranger" "$package" >/dev/null 2>&1 &&
    wrong 'the stranger read a changed package'
rm -rf "$archive"

begin 'a stranger reads an archive of version 1'
tar -xf "$data/archive-v1/archive.tar" || wrong 'it cannot be unpacked'
read_all >read.txt || wrong 'the stranger refused a package'
[ "$(wc -l <read.txt)" = 4 ] || wrong 'not four packages'
finished
