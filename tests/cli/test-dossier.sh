#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Dossiers: by case, by person, put together by hand; closed; their forms.
. "$(dirname -- "$0")/test-lib.sh"
need jq
sample_archive
HOSO_CLOCK=2022-10-14T08:00:00Z
export HOSO_CLOCK
case=H97.12-220318-0046
run -C "$archive" register import "$data/registers/results.csv"
run -C "$archive" staff import "$data/registers/staff.csv"

begin 'the case codes of results make dossiers'
run -C "$archive" dossier list --json
expect_exit 0
expect_json 'length == 6 and all(.kind == "case" and .closed_at == null)'
expect_json "map(select(.id == \"$case\"))[0] | .documents == 1 and .pages == 2"
expect_equal "$(json 'map(.id) | join(" ")')" "$(json 'map(.id) | sort | join(" ")')"
run -C "$archive" dossier show $case --json
expect_json '.[0].papers[0] | .number == "12/GP-SKHCN" and
    .date == "2022-04-05" and .type == "Giấy phép" and .first_sheet == 1'
run -C "$archive" dossier show nowhere
expect_exit 2
expect_message 'dossier list'

begin 'its forms are those of the archive, ready to be printed'
run -C "$archive" dossier show $case --html forms.html
expect_exit 0
for text in '@page{size:A4' 'H97.12-220318-0046' '12/GP-SKHCN' '05/04/2022' \
    'Mục lục văn bản' 'Chứng từ kết thúc' 'được đánh số từ 1 đến 2' \
    'Khối lượng' 'Tờ số'; do
    grep -qiF -e "$text" forms.html || wrong "the forms lack '$text'"
done
expect_equal "$(grep -c '<section class="sheet' forms.html)" 3
run -C "$archive" dossier show $case --html forms.html
expect_exit 5
run -C "$archive" dossier show $case --html forms.html --force --form contents
expect_exit 0
expect_equal "$(grep -c '<section class="sheet' forms.html)" 1

begin 'the list of papers, word for word'
sed -n '/<tbody>/,/<\/tbody>/p' forms.html | sed 's/<[^>]*>/|/g' | tr -s '|\n' \
    '|' >list
expect_equal "$(cat list)" "|STT|Số, ký hiệu|Ngày tháng|Tên loại, trích \
yếu|Tác giả|Tờ số|Ghi chú|1|12/GP-SKHCN|05/04/2022|Giấy phép: Tiến hành công việc bức \
xạ (sử dụng thiết bị X-quang chẩn đoán trong y tế)|SỞ KHOA HỌC VÀ CÔNG \
NGHỆ|1–2|"

begin 'a file of work is put together by hand, without papers of staff'
run -C "$archive" dossier add 01/KH 2022-000001
expect_exit 1
expect_message '--title'
run -C "$archive" dossier add 01/KH --title 'Kế hoạch năm 2022' 2022-000007 \
    2022-000001
expect_exit 0
run -C "$archive" dossier add 01/KH 2022-000012
expect_exit 1
run -C "$archive" dossier add 01/KH 2022-999999
expect_exit 2
run -C "$archive" dossier show 01/KH --json
expect_json '.[0] | .kind == "work" and .documents == 2 and .pages == 5 and
    (.papers | map(.document)) == ["2022-000007", "2022-000001"] and
    .papers[1].first_sheet == 3'

begin 'a closed dossier keeps what it held; what comes later is late'
run -C "$archive" dossier close $case --maintenance '20 năm' --note 'Tốt'
expect_exit 0
run -C "$archive" dossier close $case
expect_exit 5
run -C "$archive" dossier add $case 2022-000001
expect_exit 5
cat >second.csv <<END
Mã hồ sơ,Số kết quả,Ngày cấp
$case,12/GP-SKHCN,05/04/2022
$case,26/TTr-SKHCN,30/05/2022
END
run -C "$archive" register import second.csv
expect_exit 0
run -C "$archive" dossier show $case --json
expect_json '.[0] | .closed_at == "2022-10-14T08:00:00Z" and
    .maintenance == "20 năm" and .note == "Tốt" and
    (.papers | map(.late)) == [false, true]'
run -C "$archive" dossier show $case --html closed.html --form closing
grep -q '20 năm' closed.html || wrong 'how long it is kept is not said'
run -C "$archive" rebuild
expect_exit 0
run -C "$archive" dossier show $case --json
expect_json '.[0] | .papers | map(.late) == [false, true]'
run -C "$archive" dossier list --kind work --json
expect_json '.[0].id == "01/KH" and .[0].documents == 2'

begin 'dossiers of persons are listed only when asked for, for their owner'
run -C "$archive" dossier list --kind staff
expect_exit 0
expect_out 'Khúc Thị An Nhiên'
run -C "$archive" dossier list
expect_no_out 'Khúc'
run -C "$archive" dossier show 97.412.0358 --html person.html
expect_exit 0
expect_equal "$(stat -c %a person.html)" 600

begin 'unknown verbs are told'
run -C "$archive" dossier burn x
expect_exit 1
run -C "$archive" dossier show
expect_exit 1
finished
