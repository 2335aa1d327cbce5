#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Registers that come as workbooks.
. "$(dirname -- "$0")/test-lib.sh"
need jq
need sqlite3
[ -x /usr/bin/xlsx2csv ] || skip 'needs xlsx2csv'

for base in 1900 1904; do
    make_archive "$scratch/$base"
    begin "merged headings, formulas and days counted from $base"
    run -C "$scratch/$base" register import --json "$data/registers/$base.xlsx"
    expect_exit 20
    expect_json '.[0] | .added == 2 and (.wrong | length == 1) and
        .wrong[0].row == 5 and .separator == "sheet"'
    expect_equal "$(sqlite3 "$scratch/$base/state/registers.db" \
        "SELECT number || notation || date FROM result ORDER BY row")" \
        "$(printf '5GP2022-01-01\n7GP2022-01-01')"
done

begin 'what was taken out of a workbook is kept, and read again'
expect_file "$scratch/1900/registers/000001.xlsx"
expect_file "$scratch/1900/registers/000001.sheet.csv"
run -C "$scratch/1900" rebuild
expect_exit 0
run -C "$scratch/1900" register list --json
expect_json '.[0].in_force == 2'

begin 'a broken workbook is refused'
printf 'PK\003\004 no workbook' >broken.xlsx
run -C "$scratch/1900" register import broken.xlsx
expect_exit 2
finished
