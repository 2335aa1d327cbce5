#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Registers: in, matched, decided, undone, made again.
. "$(dirname -- "$0")/test-lib.sh"
need jq
need sqlite3
make_archive

cat >register.csv <<'END'
SỔ THEO DÕI KẾT QUẢ
STT,Mã hồ sơ,Mã TTHC,"Tổ chức, cá nhân",Số kết quả,Ngày cấp,Phòng xử lý
1,000.00.28.H40-201213-6290,2.002278,Công ty A,7281/GCN-SKHCN,09/12/2020,Văn phòng Sở
2,000.00.14.H45-200409-4644,1.001786,Phòng khám B,3496/GP-SKHCN,28/06/2020,Văn phòng Sở
3,000.00.24.H27-190226-1031,1.000438,Công ty C,5129/GCN-SKHCN,31/02/2019,Văn phòng Sở
END

begin 'a dry run says what would change and changes nothing'
run -C "$archive" register import --dry-run --json register.csv
expect_exit 20
expect_json '.[0] | .dry_run and .added == 2 and .header_row == 2 and
    (.wrong | length == 1) and .wrong[0].row == 5 and .import == null'
run -C "$archive" register list --json
expect_silent_out

begin 'good rows go in, wrong ones are listed by row and reason'
run -C "$archive" register import register.csv
expect_exit 20
expect_out 'row 5'
run -C "$archive" register list --json
expect_json '.[0] | .kind == "result" and .good == 2 and .wrong == 1 and
    .in_force == 2 and (.reverted | not)'
cmp -s register.csv "$archive/registers/000001.csv" ||
    wrong 'the register is not kept byte for byte'

begin 'the same bytes again change nothing'
run -C "$archive" register import --json register.csv
expect_exit 0
expect_json '.[0] | .known and .import == 1'

begin 'a map says which column is which, and is kept'
printf 'A;B;C\nX-1;5/GP;01/02/2020\n' >odd.csv
run -C "$archive" register import odd.csv
expect_exit 2
printf 'case_code = A\nnumber = B\ndate = C\n' >map
run -C "$archive" register import --map map odd.csv
expect_exit 0
printf 'A;B;C\nX-2;6/GP;02/02/2020\n' >odd.csv
run -C "$archive" register import --json odd.csv
expect_exit 0
expect_json '.[0].added == 1'

begin 'an import is undone, once'
run -C "$archive" register revert 3
expect_exit 0
run -C "$archive" register revert 3
expect_exit 5
run -C "$archive" register revert 99
expect_exit 2
run -C "$archive" register revert x
expect_exit 1

begin 'a rebuild makes the same registers'
run -C "$archive" register list --json
cp "$out" before
run -C "$archive" rebuild
expect_exit 0
run -C "$archive" register list --json
cmp -s before "$out" || wrong 'the registers differ'

begin 'staff lists are for their owner alone'
printf 'Số hiệu CBCCVC;Họ và tên;Ngày sinh\n75.1.2;Võ Gia Dũng;14/01/1992\n' \
    >staff.csv
run -C "$archive" register import --kind staff staff.csv
expect_exit 0
expect_equal "$(stat -c %a "$archive/registers/000004.csv")" 600
expect_equal "$(stat -c %a "$archive/state/registers.db")" 600

begin 'what is no table is refused, and nothing is kept'
printf 'M\267 h\345 s\254,S\350\nAB-1,5/GP\n' >tcvn3.csv
run -C "$archive" register import tcvn3.csv
expect_exit 2
expect_message 'CSV UTF-8'
run -C "$archive" register import nowhere.csv
expect_exit 2
expect_no_file "$archive/registers/000005.csv"

begin 'unknown verbs are told'
run -C "$archive" register imprt x
expect_exit 1
expect_message 'import'
run -C "$archive" register review accept
expect_exit 1

begin 'registers are part of what verify proves'
run -C "$archive" verify --json
expect_json '.[0].checked.files == 4'

begin 'what is taken in is matched at once, and the summary says so'
archive=$scratch/matched
make_archive
cat >register.csv <<'END'
Mã hồ sơ,"Tổ chức, cá nhân",Số kết quả,Ngày cấp
H97.12-220318-0046,Phòng khám đa khoa Bình Minh Hải Yên,12/GP-SKHCN,05/04/2022
H97.12-220101-0001,Trung tâm Giống cây trồng,147/QĐ-SKHCN,21/06/2022
H97.12-220101-0002,Công ty C,9/GP-SKHCN,03/02/2022
END
run -C "$archive" register import register.csv
expect_exit 0
run -C "$archive" ingest --kind result "$scans/results"/giay-phep-0012-p*.jpg
expect_exit 0
expect_out '1 result of the register digitised'
run -C "$archive" ingest --kind result --json \
    "$scans/results/quyet-dinh-0147.jpg"
expect_exit 0
expect_json '.[-1].register == {digitised: 1, review: 0, message: null}'
run -C "$archive" ingest --kind result "$scans/results/cong-van-0233.jpg"
expect_out '0 results of the register digitised'

begin 'an ingest does not fail with the registers'
rm -rf "$archive/state/registers.db"
mkdir "$archive/state/registers.db"
run -C "$archive" ingest --kind result "$scans/results/bao-cao-0075.tif"
expect_exit 0
expect_err 'registers could not be asked'
rmdir "$archive/state/registers.db"

begin 'what was not matched then is matched by the next report'
run -C "$archive" ingest --kind result "$scans/results/to-trinh-0026.jpg"
run -C "$archive" report coverage --json
expect_json '.[0].digitised == 2'

begin 'a run over all finds what the runs over the new ones found'
matches() {
    sqlite3 "$archive/state/registers.db" \
        'SELECT * FROM match ORDER BY document, result;
         SELECT count(*) FROM unmatched'
}
matches >before
run -C "$archive" register match
matches | cmp -s before - || wrong 'the matches differ'
expect_equal "$(tail -n 1 before)" 0
finished
