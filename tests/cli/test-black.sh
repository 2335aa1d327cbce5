#!/bin/sh
# Real recognition: stamps and signatures in black.
. "$(dirname -- "$0")/test-lib.sh"
need jq
unset HOSO_OCR
make_archive

field_of() {
    run -C "$archive" show "$1" --json
    expect_exit 0
    json ".[0].fields.$2.value"
}

run -C "$archive" ingest "$data/black/signed.tif" "$data/black/unsigned.tif"
expect_exit 0

begin 'a stamp of arrival that leans, without a frame, is no text'
run -C "$archive" show 2022-000001 --page 1
expect_exit 0
expect_no_out 'ĐẾN'
expect_no_out '2746'
expect_no_out 'Chuyển'
expect_no_out 'HUYỆN'
expect_out 'Số: 318/SKHCN-VP'
expect_out 'SỞ KHOA HỌC VÀ CÔNG NGHỆ'

begin 'its number and day are fields'
expect_equal "$(field_of 2022-000001 arrival_number)" 2746 'the number'
expect_equal "$(field_of 2022-000001 arrival_date)" 2022-09-16 'the day'
expect_equal "$(field_of 2022-000002 arrival_number)" null 'of no stamp'

begin 'a signature in black is seen, across the name'
expect_equal "$(field_of 2022-000001 signature)" dark 'the signature'
expect_equal "$(field_of 2022-000001 signer)" 'Lý Tuấn Hải' 'the name'

begin 'of a page that nobody signed nothing is said'
expect_equal "$(field_of 2022-000002 signature)" null 'the signature'
expect_equal "$(field_of 2022-000002 signer)" 'Lý Tuấn Hải' 'the name'

begin 'a stamp in a thin frame that leans across the text is no text either'
run -C "$archive" ingest "$data/black/across.tif"
expect_exit 0
run -C "$archive" show 2022-000003 --page 1
expect_exit 0
expect_no_out 'ĐẾN'
expect_no_out '2746'
expect_no_out 'Chuyển'
expect_no_out 'HUYỆN'
expect_out 'Số: 318/SKHCN-VP'
expect_out 'thông báo lịch kiểm tra thiết bị'
expect_out 'tại các đơn vị trong tỉnh'
finished
