#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Staff dossiers: whose each paper is, what is missing, and that nothing of it
# stands anywhere else.
. "$(dirname -- "$0")/test-lib.sh"
need jq
need sqlite3
sample_archive
HOSO_CLOCK=2022-10-14T08:00:00Z
export HOSO_CLOCK

# Person and paper by what they are.
person() {
    json "map(select(.staff_code == \"$1\"))[0] | $2"
}
paper() {
    sqlite3 "$archive/state/registers.db" \
        "SELECT id FROM document WHERE kind = 'staff' AND $1"
}

begin 'without a register of staff there is no report'
run -C "$archive" report staff
expect_exit 2
expect_message 'no register of staff yet'
run -C "$archive" staff import "$data/registers/staff.csv"
expect_exit 0

begin 'completeness is as counted by hand'
# Of 8 papers that an official must have: CV and health certificate. Of 9 that
# an employee must have: the decision of recruitment; the two CVs have 2 pages
# of 4, the yearly sheet is that of 2021 and has 1 page of 2.
run -C "$archive" report staff --json
expect_exit 23
expect_json '.[0] | .persons_all == 5 and .complete == 0 and .needed == 42 and
    .here == 3 and .year == 2022 and
    ([.by_unit[].needed] | add) == .needed and
    ([.by_unit[].here] | add) == .here and
    ([.by_unit[].persons] | add) == .persons_all and
    ([.persons[] | .components[] | select(.need == "must" or
        .need == "yearly")] | length) == .needed'
run -C "$archive" staff list --json
expect_exit 0
expect_equal "$(person 97.412.0358 '"\(.here)/\(.needed)"')" 2/8
expect_equal "$(person 97.413.0029 '"\(.here)/\(.needed)"')" 1/9
expect_equal "$(person 97.412.0117 '"\(.here)/\(.needed)"')" 0/9
expect_equal "$(person 97.412.0117 '.components | map(select(.component ==
    "so-yeu-ly-lich"))[0] | "\(.pages)/\(.pages_expected) \(.state)"')" \
    '2/4 short'

begin 'yearly papers go by their year'
expect_equal "$(person 97.412.0117 '.components | map(select(.component ==
    "bo-sung-ly-lich"))[0] | "\(.year) \(.state)"')" '2022 missing'
run -C "$archive" staff list --year 2021 --json
expect_equal "$(person 97.412.0117 '.components | map(select(.component ==
    "bo-sung-ly-lich"))[0] | "\(.year) \(.state)"')" '2021 short'

begin 'the checklist is a file'
cp -r "$root/data" rules
printf '%s\t%s\t%s\t%s\t-\t-\t%s\n' \
    so-yeu-ly-lich CV must any - \
    tuyen-dung Recruitment any must - \
    bo-sung-ly-lich Sheet any yearly 2020 >rules/rules/staff-components.tsv
HOSO_DATADIR=$scratch/rules
export HOSO_DATADIR
run -C "$archive" staff list --json
expect_equal "$(person 97.412.0358 .complete)" true
expect_equal "$(person 97.413.0029 '"\(.here)/\(.needed)"')" 1/4
expect_equal "$(person 97.412.0117 '.components | map(select(.component ==
    "bo-sung-ly-lich") | "\(.year) \(.state)") | join(", ")')" \
    '2020 missing, 2021 here, 2022 missing'
sed -i '/bo-sung/d' rules/rules/staff-components.tsv
run -C "$archive" report staff
expect_exit 23
expect_out '2 of 5 staff dossiers are complete: 40.0 %'
printf 'x\ty\n' >rules/rules/staff-components.tsv
run -C "$archive" staff list
expect_exit 9
expect_message 'staff-components.tsv'
unset HOSO_DATADIR

begin 'persons of one name are told apart'
run -C "$archive" staff list
expect_out 'another has the same name'
run -C "$archive" staff show 'ngan the vu'
expect_exit 1
expect_message '97.412.0400 (1980-02-02), 97.412.0401 (1991-07-14)'
run -C "$archive" staff show 97.412.0401 --json
expect_json '.[0] | .birth_date == "1991-07-14" and .namesake and
    (.twice | not)'
run -C "$archive" staff show 'Nguyễn Không Có'
expect_exit 2

begin 'a paper goes where a person puts it, and stays there'
sheet=$(paper "component = 'bo-sung-ly-lich'")
run -C "$archive" staff file "$sheet" 97.412.0400 --component danh-gia \
    --year 2022
expect_exit 0
run -C "$archive" staff show 97.412.0400 --json
expect_json '.[0] | .here == 1 and .papers[0].evidence == "decision"'
run -C "$archive" staff unfile "$sheet" 97.412.0400
expect_exit 0
certificate=$(paper "component = 'suc-khoe'")
run -C "$archive" staff unfile "$certificate" 97.412.0358
expect_exit 0
printf 'Số hiệu CBCCVC;Họ và tên;Ngày sinh\n97.9;Người Mới;01/02/1990\n' \
    >more.csv
run -C "$archive" staff import more.csv
expect_exit 0
run -C "$archive" rebuild
expect_exit 0
run -C "$archive" staff show 97.412.0358 --json
expect_json '.[0] | .here == 1 and (.papers | length) == 1'
run -C "$archive" report staff --json
expect_json ".[0].nobody | map(.document) | index(\"$certificate\") != null"
run -C "$archive" staff file nothing 97.412.0400
expect_exit 2

begin 'the same paper again is told; the fuller one counts, once'
run -C "$archive" staff file "$certificate" 97.412.0358 \
    --component so-yeu-ly-lich
expect_exit 0
run -C "$archive" staff show 97.412.0358
expect_out 'the same paper again'
run -C "$archive" staff show 97.412.0358 --json
expect_json '.[0] | .components | map(select(.component ==
    "so-yeu-ly-lich"))[0].pages == 2'

begin 'what is missing is listed, and asked for by letter'
run -C "$archive" staff missing 97.413.0029
expect_exit 0
expect_out 'Giấy khai sinh'
expect_no_out 'tuyển dụng'
run -C "$archive" staff missing --html letters.html
expect_exit 0
expect_equal "$(grep -c 'Kính gửi' letters.html)" 6
expect_equal "$(grep -c '<section class="sheet">' letters.html)" 6
grep -q '@page{size:A4' letters.html || wrong 'the letters are not for A4'
grep -q 'Thông tư số 07/2019/TT-BNV' letters.html || wrong 'no rule is named'
expect_equal "$(stat -c %a letters.html)" 600
run -C "$archive" staff missing 'tieu bao ngoc' --html letters.html
expect_exit 5
run -C "$archive" staff missing 'tieu bao ngoc' --html letters.html --force
expect_equal "$(grep -c 'Kính gửi' letters.html)" 1

begin 'reports of staff are for their owner alone'
run -C "$archive" report staff --csv s.csv --xlsx s.xlsx --html s.html
expect_exit 23
for file in s.csv s.xlsx s.html; do
    expect_equal "$(stat -c %a $file)" 600 $file
done
grep -q 'Khúc Thị An Nhiên' s.csv || wrong 'nobody is named in the list'

begin 'nothing of staff stands in what is not about staff'
run -C "$archive" register import "$data/registers/results.csv"
run -C "$archive" report coverage --csv c.csv --xlsx c.xlsx --html c.html
cp "$out" all
run -C "$archive" report quality --xlsx q.xlsx --html q.html
cat "$out" "$err" >>all
for command in 'list' 'list --json' 'report coverage --json --missing' \
    'report quality --json' 'register list' 'register unknown' \
    'register review' 'register match' 'dossier list' 'dossier list --json' \
    'search nhien' 'search --json dung' 'search 97.412.0358' 'review list' \
    'verify' 'config'; do
    # shellcheck disable=SC2086
    run -C "$archive" $command
    cat "$out" "$err" >>all
done
for book in c.xlsx q.xlsx; do
    python3 -c 'import sys, zipfile
z = zipfile.ZipFile(sys.argv[1])
print(b"".join(z.read(n) for n in z.namelist()).decode())' $book >>all
done
cat c.csv c.html q.html >>all
for secret in 'An Nhiên' 'Quốc Dũng' 'Bảo Ngọc' 'Thế Vũ' 'an nhien' \
    'quoc dung' 97.412 97.413 1987-08-09 'Sơ yếu' 'Phiếu bổ sung'; do
    ! grep -qiF -e "$secret" all || wrong "it says '$secret'"
done
expect_equal "$(sqlite3 "$archive/state/registers.db" "SELECT count(*) FROM
    document_text JOIN document ON id = document WHERE kind = 'staff'")" 0
finished
