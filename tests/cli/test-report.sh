#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Reports of coverage and quality: their numbers, their files, their refusals.
. "$(dirname -- "$0")/test-lib.sh"
need jq
need sqlite3
need python3
sample_archive
HOSO_CLOCK=2022-10-14T08:00:00Z
export HOSO_CLOCK

# Set a key of hoso.ini: set_config SECTION KEY VALUE
set_config() {
    python3 - "$archive/hoso.ini" "$@" <<'END'
import re, sys
path, section, key, value = sys.argv[1:]
text = open(path).read()
head, mark, rest = text.partition(f"[{section}]\n")
assert mark, section
rest, n = re.subn(rf"(?m)^[;#]? *{key} *=.*$", f"{key} = {value}", rest, count=1)
assert n == 1, key
open(path, "w").write(head + mark + rest)
END
}

begin 'without a register there is nothing to count'
run -C "$archive" report coverage
expect_exit 2
expect_message 'no register of results yet'

begin 'below the target the exit code is 23, and the numbers are said'
run -C "$archive" register import "$data/registers/results.csv"
expect_exit 0
run -C "$archive" report coverage
expect_exit 23
expect_out '5 of 19 results in force are digitised: 26.3 %; the target is 30 %.'
expect_out 'no page is below 200 dpi'
expect_out '1 result is not in force any more and is not'
expect_out '1 a working day until 2022-12-31'
expect_err '26.3 % of the results in force are digitised'

begin 'every sum is the whole'
run -C "$archive" report coverage --json
expect_exit 23
expect_json '.[0] | .results == 20 and .expired == 1 and
    (.results - .expired == .in_force) and
    ([.by_procedure[].in_force] | add) == .in_force and
    ([.by_unit[].in_force] | add) == .in_force and
    ([.by_year[].in_force] | add) == .in_force and
    ([.by_procedure[].digitised] | add) == .digitised and
    ([.by_unit[].digitised] | add) == .digitised and
    ([.by_year[].digitised] | add) == .digitised and
    ([.by_month[].added] | add) == .digitised and
    (.by_month[-1].digitised == .digitised) and
    ([.to_do[]] | add) == (.in_force - .digitised) and
    (.missing | length) == (.in_force - .digitised) and
    ([.decision_766[].settled] | add) == .in_force and
    ([.decision_766[].digitised] | add) == .digitised and
    .pace.wanted == 6 and .pace.missing == 1'
expect_equal "$(json '.[0].digitised')" "$(sqlite3 \
    "$archive/state/registers.db" "SELECT count(DISTINCT m.result) FROM match AS m
     JOIN document AS d ON d.id = m.document WHERE m.state = 'sure'
     AND d.dpi >= 199.5 AND d.bad_pages = 0")"

begin 'the worklist goes by unit and box, the oldest first'
expect_json '.[0].missing as $m | ($m | map([.unit, .box, .date])) ==
    ($m | map([.unit, .box, .date]) | sort)'
expect_json '.[0].missing | map(select(.to_do == "dpi")) |
    length == 1 and .[0].number == "31/ĐK-KHCN" and
    .[0].document == "2022-000004"'

begin 'scans that stand in no register are named'
expect_json '.[0].unknown | map(.number) | sort ==
    ["19/BB-ĐKT", "4/HD-SKHCN", "75/BC-SKHCN", "9/KH-SKHCN"]'

begin 'only a year, a unit, a procedure'
run -C "$archive" report coverage --year 2022 --json
expect_exit 0
expect_json '.[0] | .in_force == 6 and .digitised == 5 and .reached'
run -C "$archive" report coverage --unit 'quan ly khoa hoc' --json
expect_json '.[0] | .in_force == 5 and (.by_unit | length) == 1'
run -C "$archive" report coverage --procedure 2.000212 --json
expect_json '.[0] | .in_force == 5 and .digitised == 2'
run -C "$archive" report coverage --procedure 'dau dinh luong' --json
expect_json '.[0].in_force == 5'
run -C "$archive" report coverage --to 2022-01-31 --json
expect_json '.[0] | .expired == 0 and .digitised == 0 and .day == "2022-01-31"'
for by in procedure unit year month; do
    run -C "$archive" report coverage --by $by
    expect_exit 23
done

begin 'what means nothing is refused'
run -C "$archive" report coverage --by batch
expect_exit 1
run -C "$archive" report quality --unit x
expect_exit 1
run -C "$archive" report nothing
expect_exit 1
expect_message 'coverage, staff'

begin 'what counts can be set, and the report says what it was'
cp "$archive/hoso.ini" kept.ini
set_config report need_min_dpi false
run -C "$archive" report coverage
expect_exit 0
expect_out '6 of 19'
expect_no_out 'is below 200 dpi'
set_config report need_fields confirmed
run -C "$archive" report coverage
expect_exit 23
expect_out '0 of 19'
expect_out 'a person has confirmed every field'
cp kept.ini "$archive/hoso.ini"
set_config report need_match confirmed
run -C "$archive" report coverage --json
expect_json '.[0] | .digitised == 0 and .to_do.confirm == 6'
cp kept.ini "$archive/hoso.ini"
set_config report need_signature true
run -C "$archive" report coverage --json
expect_json '.[0] | .digitised == 0 and .to_do.signature == 5 and
    .to_do.dpi == 1 and (.rule | contains("signed electronically"))'
sqlite3 "$archive/state/registers.db" "INSERT INTO field VALUES('2022-000005',
    'esign_scope_2', 'whole-file', 'sure', 100, 999)"
run -C "$archive" report coverage --json
expect_json '.[0] | .digitised == 1 and .to_do.signature == 4'
cp kept.ini "$archive/hoso.ini"
set_config targets results_pct 25
run -C "$archive" report coverage
expect_exit 0
cp kept.ini "$archive/hoso.ini"

begin 'the worklist as CSV: every row, in order'
run -C "$archive" report coverage --csv list.csv
expect_exit 23
expect_equal "$(wc -l <list.csv)" 15
expect_equal "$(sed -n 2p list.csv | tr -d '\r')" "Chi cục Tiêu chuẩn Đo \
lường Chất lượng,,2019-10-04,221/TB-SKHCN,H97.12-191004-0103,Công ty TNHH Đo \
lường Suối Vàng,2.000212,,scan it"

begin 'a file that is there is not overwritten unasked'
run -C "$archive" report coverage --csv list.csv
expect_exit 5
run -C "$archive" report coverage --csv list.csv --force
expect_exit 23

begin 'the workbook is whole, and nothing in it is a formula'
run -C "$archive" report coverage --xlsx report.xlsx --html report.html
expect_exit 23
cat >check.py <<'END'
import sys, zipfile, xml.etree.ElementTree as tree
book = zipfile.ZipFile(sys.argv[1])
assert book.testzip() is None
sheets = 0
for name in book.namelist():
    text = book.read(name)
    if name.endswith((".xml", ".rels")):
        tree.fromstring(text)
    if name.startswith("xl/worksheets/"):
        sheets += 1
        assert b"<f>" not in text and b"<f " not in text, name
assert "xl/workbook.xml" in book.namelist()
assert sheets == int(sys.argv[2]), sheets
assert not [n for n in book.namelist() if "vba" in n or "external" in n]
END
python3 check.py report.xlsx 8 || wrong 'the workbook is not right'

begin 'the page stands on its own and is fit to be printed'
cat >page.py <<'END'
import html.parser, sys
class Page(html.parser.HTMLParser):
    open, charts = [], 0
    def handle_starttag(self, tag, attrs):
        self.charts += tag == "svg"
        assert tag not in ("script", "iframe", "object", "link", "img"), tag
        assert not [v for k, v in attrs if k in ("src", "href")], attrs
        if tag not in ("meta", "br", "rect", "line", "path", "circle", "hr"):
            self.open.append(tag)
    def handle_endtag(self, tag):
        if tag not in ("rect", "line", "path", "circle"):
            assert self.open.pop() == tag, tag
text = open(sys.argv[1], encoding="utf-8").read()
page = Page()
page.feed(text)
assert not page.open, page.open
assert page.charts == int(sys.argv[2]), page.charts
assert "@page{size:A4" in text and "url(" not in text
END
python3 page.py report.html 3 || wrong 'the page is not right'
grep -q 'Bình Minh\|Bản Chiềng' report.html || wrong 'no row on the page'

begin 'what the store holds is what the report counts'
for by in batch operator day; do
    run -C "$archive" report quality --by $by --json
    expect_exit 0
    expect_json '.[0] | .total as $t | (.rows | map(.pages) | add) == $t.pages
        and (.rows | map(.documents) | add) == $t.documents
        and (.rows | map(.a4) | add) == $t.a4
        and (.rows | map(.doubtful_pages) | add) == $t.doubtful_pages'
    expect_equal "$(json '.[0].total | "\(.documents) \(.pages)"')" "$(
        run -C "$archive" list --json
        documents=$(cat "$out")
        run -C "$archive" list --kind staff --json
        { echo "$documents"; cat "$out"; } |
            jq -rs '"\(length) \(map(.pages) | add)"')"
done
run -C "$archive" report quality --json
expect_json '.[0].total | .doubtful_pages == 1 and .unread_pages == 0'
expect_json '.[0] | (.doubtful | length == 1) and .doubtful_documents_left == 0
    and (.doubtful[0] | .page == 1 and (.doubts | index("low-dpi")) != null)'
run -C "$archive" report quality
expect_out 'To be looked at'
expect_out 'below 200 dpi'
expect_message 'again at 300 dpi'
run -C "$archive" report batch --batch results
expect_exit 0
expect_out 'results'
expect_no_out 'staff'
run -C "$archive" report quality --from 2022-03-02 --json
expect_json '.[0].total.documents == 0'
run -C "$archive" report quality --csv q.csv --xlsx q.xlsx --html q.html
expect_exit 0
python3 check.py q.xlsx 1 || wrong 'the workbook is not right'
python3 page.py q.html 1 || wrong 'the page is not right'

begin 'what a spreadsheet would run is written as a text'
printf 'Mã hồ sơ,Người nộp,Số,Ngày\n%s\n%s\n%s\n%s\n' \
    'X-1,@SUM(A1:A9),901/GP,02/01/2018' \
    "X-2,\"+cmd|' /C calc'!A0\",902/GP,03/01/2018" \
    "X-3,-2+3,903/GP,04/01/2018" \
    "X-4,\"=HYPERLINK(\"\"http://x\"\")\",904/GP,05/01/2018" >evil.csv
run -C "$archive" register import evil.csv
expect_exit 20
expect_out 'row 5'
run -C "$archive" report coverage --csv evil-out.csv --xlsx evil.xlsx \
    --html evil.html
expect_equal "$(grep -c "X-[123],'[-+@]" evil-out.csv)" 3
python3 check.py evil.xlsx 8 || wrong 'the workbook is not right'
python3 page.py evil.html 3 || wrong 'the page is not right'

if command -v soffice >/dev/null; then
    begin 'an office program opens the workbook'
    HOME=$scratch soffice --headless --convert-to csv:"Text - txt - csv \
(StarCalc)":44,34,76 --outdir office report.xlsx >/dev/null 2>&1
    grep -q '1.002381' office/report.csv ||
        wrong 'the workbook was not read'
else
    echo 'SKIPPED: no office program to open the workbook'
fi
finished
