#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Which document is which result: what is sure, what a person must say, and
# that nobody undoes what a person said.
. "$(dirname -- "$0")/test-lib.sh"
need jq
need sqlite3
sample_archive
HOSO_CLOCK=2022-10-14T08:00:00Z
export HOSO_CLOCK
cat >register.csv <<'END'
Mã hồ sơ,"Tổ chức, cá nhân",Số kết quả,Ngày cấp
H97.12-220318-0046,Phòng khám đa khoa Bình Minh Hải Yên,12/GP-SKHCN,05/04/2022
A-220101-0001,Trung tâm Giống cây trồng Trà Hải,147/QĐ-SKHCN,21/06/2022
A-220101-0002,Hợp tác xã Bản Chiềng,147/QĐ-SKHCN,21/06/2022
A-220101-0003,Công ty Bến Nứa,57/TB-SKHCN,09/09/2022
A-220101-0004,Công ty Đồng Bèo,900/GP-SKHCN,01/02/2022
END

# The state and evidence of a document's pair with a case.
pair() {
    sqlite3 "$archive/state/registers.db" "SELECT m.state FROM match AS m
        JOIN result AS r ON r.key = m.result AND r.current = 1
        WHERE m.document = '$1' AND r.case_code = '$2'"
}
permit=2022-000005 decision=2022-000008 notice=2022-000009

begin 'each has its place'
run -C "$archive" register import register.csv
expect_exit 0
run -C "$archive" register match --json
expect_json '.[0] | .results == 5 and .matched == 3 and .shared == 1 and
    .review == 1 and .several == 0'
expect_equal "$(pair $permit H97.12-220318-0046)" sure
expect_equal "$(pair $decision A-220101-0001)" sure
expect_equal "$(pair $decision A-220101-0002)" sure
expect_equal "$(pair $notice A-220101-0003)" review
run -C "$archive" register unknown --json
expect_json 'map(.id) | (index("2022-000001") != null) and
    (index("2022-000009") == null)'

begin 'a doubtful pair is shown with both sides'
run -C "$archive" register review
expect_exit 0
expect_out '57/TB-SKHCN'
expect_out '58/TB-SKHCN'
expect_out 'nearly the same'
run -C "$archive" register review --json
expect_json 'length == 1 and .[0].evidence.number == "near" and
    .[0].evidence.date == "same"'

begin 'what a person says counts'
run -C "$archive" report coverage --json
expect_json '.[0] | .digitised == 3 and .to_do.review == 1'
run -C "$archive" register review accept $notice
expect_exit 0
run -C "$archive" report coverage --json
expect_json '.[0] | .digitised == 4 and .to_do.review == 0'
run -C "$archive" register review reject $permit H97.12-220318-0046
expect_exit 0
run -C "$archive" report coverage --json
expect_json '.[0].digitised == 3'
run -C "$archive" register review accept $notice nothing
expect_exit 2

begin 'no later run undoes it'
decided() {
    expect_equal "$(pair $notice A-220101-0003)" confirmed
    expect_equal "$(pair $permit H97.12-220318-0046)" rejected
}
run -C "$archive" register match
decided
printf 'Mã hồ sơ,Số kết quả,Ngày cấp\nA-9,58/TB-SKHCN,09/09/2022\n' >more.csv
run -C "$archive" register import more.csv
decided
run -C "$archive" register revert 2
decided
run -C "$archive" ingest --kind result "$scans/results/cong-van-0233.jpg"
decided
run -C "$archive" rebuild
expect_exit 0
decided
rm -f "$archive/state/registers.db"*
run -C "$archive" register match
expect_exit 0
decided

begin 'a second scan of a result is told, and counts once'
cp -r "$data/replay" replay
cp "$scans/results/quyet-dinh-0147.jpg" again.jpg
printf ' ' >>again.jpg
old=$(sha256sum "$scans/results/quyet-dinh-0147.jpg" | cut -c 1-64)
new=$(sha256sum again.jpg | cut -c 1-64)
cp "replay/$old-1.json" "replay/$new-1.json"
HOSO_OCR=replay:$scratch/replay
export HOSO_OCR
run -C "$archive" ingest --kind result --batch again again.jpg
expect_exit 0
expect_out '0 results of the register digitised'
run -C "$archive" register match --json
expect_json '.[0] | .several == 2 and .shared == 2'
run -C "$archive" report coverage --json
expect_json '.[0].digitised == 3'
run -C "$archive" report quality --json
expect_json '.[0].rows | map(select(.name == "again"))[0].rescans == 1'
finished
