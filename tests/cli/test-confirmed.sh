#!/bin/sh
# Real recognition: names that people confirmed help the next page.
. "$(dirname -- "$0")/test-lib.sh"
need jq
unset HOSO_OCR
make_archive

# The ids are those of the order of storing.
text_of() {
    run -C "$archive" show "$1" --page 1
    expect_exit 0
}

read_by() {
    run -C "$archive" show "$1" --json
    expect_exit 0
    json '.[0].recogniser'
}

begin 'a name that no law has is mended to a common word'
run -C "$archive" ingest "$data/names/letter.jpg"
expect_exit 0
text_of 2022-000001
expect_out 'thôn Địa Trám'
case $(read_by 2022-000001) in
*confirmed*) wrong 'nobody confirmed anything' ;;
esac

begin 'what a person says of a staff dossier teaches nothing'
run -C "$archive" ingest --kind staff "$scans/staff/quyet-dinh-tuyen-dung-0088.jpg"
expect_exit 0
run -C "$archive" review set 2022-000002 'place=thôn Đìa Trám' --by Lan
expect_exit 0
cp -a "$archive" staff-only
run -C staff-only ingest "$data/names/again.jpg"
expect_exit 0
run -C staff-only show 2022-000003 --page 1
expect_no_out 'Đìa Trám'

begin 'after a person has said it, the next page has it right'
run -C "$archive" review set 2022-000001 'place=thôn Đìa Trám' --by Lan
expect_exit 0
cp -a "$archive" switched-off
cp -a "$archive" two-workers
run -C "$archive" ingest -j 1 "$data/names/again.jpg"
expect_exit 0
text_of 2022-000003
expect_out 'ở thôn Đìa Trám, xã'
expect_out 'Thị Vẽ, thôn Đìa Trám, để'
expect_equal "$(find "$archive/work" -type f | wc -l)" 0 'files are left'

begin 'the record says that such words joined'
case $(read_by 2022-000003) in
*', 2 confirmed pairs of words sha256:'*) ;;
*) wrong 'the recogniser does not say so' ;;
esac

begin 'two workers read by the same words as one'
run -C two-workers ingest -j 2 "$data/names/again.jpg" \
    "$scans/results/quyet-dinh-0147.jpg"
expect_exit 0
one=$(read_by 2022-000003)
run -C two-workers show 2022-000003 --json
expect_equal "$(json '.[0].recogniser')" "$one"

begin 'recognise.confirmed_words switches it off'
echo '[recognise]
confirmed_words = false' >>switched-off/hoso.ini
run -C switched-off ingest "$data/names/again.jpg"
expect_exit 0
run -C switched-off show 2022-000003 --page 1
expect_no_out 'Đìa Trám'

make_archive registered
begin 'applicants of a register count as well'
printf 'Mã hồ sơ,Tên thủ tục,Tổ chức cá nhân,Số kết quả,Ngày cấp\n%s\n' \
    '000.00.28.H40-201213-6290,Cấp giấy phép,Hợp tác xã Đìa Trám,5/GP-SKHCN,01/03/2022' \
    >register.csv
run -C registered register import register.csv
expect_exit 0
run -C registered ingest "$data/names/letter.jpg"
expect_exit 0
run -C registered show 2022-000001 --page 1
expect_out 'Đìa Trám, xã'
finished
