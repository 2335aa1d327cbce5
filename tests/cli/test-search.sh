#!/bin/sh
# Finding: with marks and without, phrases, filters, staff apart.
. "$(dirname -- "$0")/test-lib.sh"
need jq
[ -d "$data/replay" ] || skip 'needs recorded pages in tests/data/replay'
sample_archive

titles() {
    json '[.[] | select(.id).title] | unique | join(" ")'
}

begin 'words are found with marks and without, in any case'
for query in 'liều kế cá nhân' 'lieu ke ca nhan' 'LIỀU KẾ CÁ NHÂN' \
    'Lieu Ke Ca Nhan'; do
    run -C "$archive" search --json "$query"
    expect_exit 0
    expect_json '.[-1].total >= 1'
    expect_json '.[0] | .id and .page >= 1 and .snippet and
        (.boxes | length >= 1) and (.boxes[0] | length == 4)'
done

begin 'đ is d'
run -C "$archive" search --json 'do luong'
expect_json '.[-1].total >= 1'

begin 'NFD finds what is stored in NFC'
nfd=$(printf 'li\145\314\202\314\200u k\145\314\202\314\201')
run -C "$archive" search --json "$nfd"
expect_exit 0
expect_json '.[-1].total >= 1'

begin 'a phrase needs its words side by side and in order'
run -C "$archive" search --json '"rong biển Trà Hải"'
expect_exit 0
expect_json '.[-1].total >= 1'
run -C "$archive" search --json '"Hải Trà biển rong"'
expect_exit 0
expect_json '.[-1].total == 0'

begin 'words that are nowhere give nothing, and no failure'
run -C "$archive" search --json 'kiwizzzz'
expect_exit 0
expect_json 'length == 1 and .[0].total == 0'

begin 'staff dossiers appear only with --kind staff'
run -C "$archive" search --json 'Khúc Thị An Nhiên'
expect_exit 0
expect_json '.[-1].total == 0'
run -C "$archive" search --json --kind staff 'khuc thi an nhien'
expect_exit 0
expect_json '.[-1].total >= 2 and all(.[:-1][]; .kind == "staff")'
run -C "$archive" list --json
expect_json 'length == 10 and all(.[]; .kind == "result")'
run -C "$archive" list --json --kind staff
expect_json 'length == 6'

begin 'the staff index is for its owner alone'
expect_equal "$(stat -c %a "$archive/state/staff.db")" 600

begin 'filters narrow the hits'
run -C "$archive" search --json --limit 1 'sở khoa học'
expect_json 'length == 2 and .[-1].total > 1'
run -C "$archive" search --json --batch results 'sở khoa học'
expect_json '.[-1].total > 1'
run -C "$archive" search --json --batch other 'sở khoa học'
expect_json '.[-1].total == 0'
run -C "$archive" search --json --from 2022-03-02 'sở khoa học'
expect_json '.[-1].total == 0'
run -C "$archive" search --json --from 1/3/2022 --to 2022-03-01 'sở khoa học'
expect_json '.[-1].total > 1'

begin '--offset goes on where --limit stopped'
run -C "$archive" search --json --limit 4 'sở khoa học'
json '[.[] | select(.id) | "\(.id) \(.page)"] | .[]' >all
run -C "$archive" search --json --limit 2 'sở khoa học'
json '[.[] | select(.id) | "\(.id) \(.page)"] | .[]' >parts
run -C "$archive" search --json --limit 2 --offset 2 'sở khoa học'
json '[.[] | select(.id) | "\(.id) \(.page)"] | .[]' >>parts
cmp -s all parts || wrong "all: $(cat all) parts: $(cat parts)"

begin 'a field in the query, with marks and without'
for query in 'loại:"quyết định"' 'loai:"quyet dinh"'; do
    run -C "$archive" search --json "$query"
    expect_exit 0
done
run -C "$archive" search --json 'số:99999/XX'
expect_json '.[-1].total == 0'
run -C "$archive" search --json 'sở khoa học ngày:1990'
expect_json '.[-1].total == 0'

begin 'documents are found by what was read in their fields'
run -C "$archive" list --json
ids=$(json '.[].id')
asked=0
for id in $ids; do
    run -C "$archive" show --json "$id"
    json '.[0].fields | to_entries[] | select(.value.value != null) |
        [.key, .value.value] | @tsv' >fields
    while IFS="$(printf '\t')" read -r name value; do
        case $name in
        number) query="số:\"$value\"" ;;
        type) query="loai:\"$value\"" ;;
        issuer) query="cơ quan:\"$value\"" ;;
        signer) query="nguoi ky:\"$value\"" ;;
        date) query="ngày:$value" ;;
        *) continue ;;
        esac
        run -C "$archive" search --json --limit 100 -- "$query"
        json '.[].id // empty' | grep -qx "$id" ||
            wrong "$query does not find $id"
        asked=$((asked + 1))
    done <fields
done
[ "$asked" -ge 20 ] || wrong "only $asked fields were asked for"

begin 'OR, minus and star'
run -C "$archive" search --json 'kiwizzzz OR "khoa học"'
expect_json '.[-1].total >= 1'
run -C "$archive" search --json 'khoa học -khoa'
expect_json '.[-1].total == 0'
run -C "$archive" search --json 'kho* hoc'
expect_json '.[-1].total >= 1'
run -C "$archive" search --json 'a OR'
expect_exit 1

begin 'a word with one letter wrong is put right'
run -C "$archive" search --json 'liuu kế cá nhân'
expect_json '.[-1].total == 0 and (.[-1].suggestion | test("lieu"))'

begin 'what follows is found by its place'
run -C "$archive" search --json --limit 2 'sở khoa học'
place=$(json '.[-1].next')
run -C "$archive" search --json --limit 2 --after "$place" 'sở khoa học'
json '[.[] | select(.id) | "\(.id) \(.page)"] | .[]' >second
tail -n 2 parts >want
cmp -s second want || wrong "after $place: $(cat second)"
run -C "$archive" search --after nonsense 'sở khoa học'
expect_exit 1

begin 'facets count what was found'
run -C "$archive" search --json --facets 'sở khoa học'
expect_json '.[-1] | .total as $n | [.facets.kind[].pages] | add == $n'

begin 'documents like one are others'
run -C "$archive" search --json --like 2022-000001
expect_exit 0
expect_json 'all(.[:-1][]; .id != "2022-000001")'
run -C "$archive" search --like 1999-000001
expect_exit 2

begin 'searches are kept under a name'
run -C "$archive" search --json --save 'sở' 'sở khoa học'
json '.[-1].total' >first
run -C "$archive" search --json --saved 'sở'
json '.[-1].total' >again
cmp -s first again || wrong 'a saved search finds something else'
run -C "$archive" search --json
expect_json '.[0].query == "sở khoa học"'
run -C "$archive" search --forget 'sở'
expect_exit 0
run -C "$archive" search --saved 'sở'
expect_exit 2

begin 'odd queries are answered, not a crash'
for query in '"' '""' '*' 'a OR b' 'NEAR(a b)' '(((' "it's" '-x' ' ' '%%%' \
    "$(printf 'x\377y')"; do
    run -C "$archive" search --json -- "$query"
    case $code in 0 | 1 | 2) ;; *) wrong "the query '$query'" ;; esac
done

begin 'every document is found by three of its own words without marks'
for truth in "$scans"/truth/*-p1.txt; do
    stem=$(basename "$truth" -p1.txt)
    kind=result
    ls "$scans/staff/$stem"* >/dev/null 2>&1 && kind=staff
    case $stem in
    giay-phep-0012) words='bac si vi 3840126' ;;
    quyet-dinh-0147) words='phuc trang nep nuong' ;;
    cong-van-0233) words='hop chuan nuoc mam' ;;
    giay-chung-nhan-0031) words='rong sun ganh' ;;
    thong-bao-0058) words='xang dau cau duc' ;;
    bao-cao-0075) words='quet 1.204 trang' ;;
    ke-hoach-0009) words='vuot phang ghim' ;;
    huong-dan-0004) words='ao chi mang thai' ;;
    to-trinh-0026) words='chieu coi phu xuyen' ;;
    bien-ban-0019) words='tiem vang kim ngan' ;;
    ly-lich-khuc-*) words='khuc thi hoa phan tich' ;;
    ly-lich-la-*) words='la quoc dung tay' ;;
    ly-lich-tieu-*) words='tieu bao ngoc muong' ;;
    quyet-dinh-tuyen-*) words='tuyen dung tap su' ;;
    phieu-bo-sung-*) words='can thi nhe mat' ;;
    giay-kham-*) words='viem xoang nhe' ;;
    *) wrong "no words for $stem" ;;
    esac
    run -C "$archive" search --json --kind "$kind" "$words"
    expect_exit 0
    jq -r 'select(.id).id' "$out" | sort -u >ids
    found=no
    while read -r id; do
        run -C "$archive" show --json "$id"
        if json '[.[0].sources[].name] | join(" ")' | grep -qF "$stem"; then
            found=yes
            break
        fi
    done <ids
    [ "$found" = yes ] || wrong "$stem was not found by '$words'"
done
finished
