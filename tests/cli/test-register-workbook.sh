#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Registers that come as workbooks: right, or clearly refused.
. "$(dirname -- "$0")/test-lib.sh"
need jq
need sqlite3
need python3
[ -x /usr/bin/xlsx2csv ] || skip 'needs xlsx2csv'
books=$scratch/books
mkdir "$books"
python3 "$data/registers/make-workbooks" "$books" || exit 1

run init "$scratch/empty"

# A workbook into an archive of its own.
import() {
    archive=$scratch/$1
    cp -a "$scratch/empty" "$archive"
    begin "the workbook $1"
    run -C "$archive" register import --json "$books/$@"
}

# What the register says now: number/notation day, parted by commas.
rows() {
    sqlite3 "$archive/state/registers.db" "SELECT group_concat(t) FROM (SELECT
        number || '/' || notation || ' ' || date AS t FROM result
        WHERE current = 1 ORDER BY row)"
}

# merged headings, formulas and days counted from 1900 and from 1904
for name in 1900 1904; do
    import $name.xlsx
    expect_exit 20
    expect_json '.[0] | .added == 2 and (.wrong | length == 1) and
        .wrong[0].row == 5 and .separator == "sheet"'
    expect_equal "$(rows)" '5/GP 2022-01-01,7/GP 2022-01-01'
done

# however the epoch is said
for name in 1900-left-out 1900-as-0 1904-as-1 million-empty-rows last-row \
    far-column merged-all; do
    import $name.xlsx
    expect_exit 0
    expect_equal "$(rows)" '5/GP 2022-01-01'
done

import formats.xlsx
expect_exit 0
expect_equal "$(rows | tr , '\n' | sort | uniq -c | tr -s ' ')" \
    ' 8 5/GP 2022-01-01'

import number-format.xlsx
expect_exit 0
expect_equal "$(rows)" '5/ '

# the sheet with the headings is taken, and named
import second-sheet.xlsx
expect_exit 0
expect_json '.[0] | .sheet == "Kết quả" and .other_sheets == null'
import hidden-sheet.xlsx
expect_exit 0
expect_equal "$(rows)" '5/GP 2022-01-01'
import empty-template.xlsx
expect_json '.[0] | .sheet == "Dữ liệu" and .other_sheets == null'
import no-register.xlsx
expect_exit 2
expect_err 'no row of headings'

import two-registers.xlsx
expect_json '.[0] | .sheet == "Năm 2021" and .other_sheets == "A&B <2022>"'
begin 'another sheet of the same workbook is taken when it is named'
run -C "$archive" register import --sheet 'A&B <2022>' \
    "$books/two-registers.xlsx"
expect_exit 0
expect_out 'A&B <2022>'
expect_equal "$(rows)" '6/GP 2022-01-01'
run -C "$archive" register import --sheet 1 "$books/two-registers.xlsx"
expect_equal "$(rows)" '5/GP 2022-01-01'
run -C "$archive" register import --sheet 3 "$books/two-registers.xlsx"
expect_exit 2
expect_message 'Năm 2021'
printf 'Mã hồ sơ,Số\nAB-1,5/GP\n' >plain.csv
run -C "$archive" register import --sheet 1 plain.csv
expect_exit 2

# what cannot be right is refused, and nothing of it is kept
for name in bomb many-parts entities no-workbook no-sheet no-types no-styles \
    cut-sheet cut-zip ods docx; do
    import $name.xlsx
    expect_exit 2
    expect_no_file "$archive/registers/000001.xlsx"
    expect_no_file "$archive/registers/000001.json"
done

begin 'what was taken out of a workbook is kept, and read again'
archive=$scratch/1900.xlsx
expect_file "$archive/registers/000001.xlsx"
expect_file "$archive/registers/000001.sheet.csv"
run -C "$archive" rebuild
expect_exit 0
run -C "$archive" register list --json
expect_json '.[0].in_force == 2'

begin 'a list of staff may be a workbook as well'
run -C "$archive" staff import --sheet 9 "$books/1900.xlsx"
expect_exit 2

begin 'a broken workbook is refused'
printf 'PK\003\004 no workbook' >broken.xlsx
run -C "$archive" register import broken.xlsx
expect_exit 2
finished
