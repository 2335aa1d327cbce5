#!/bin/sh
# A package checked with nothing but public tools: tar, sha256sum, qpdf,
# pdftotext, xmllint.
. "$(dirname -- "$0")/test-lib.sh"
need jq
need qpdf
need pdftotext
[ -d "$data/replay" ] || skip 'needs recorded pages in tests/data/replay'
sample_archive
mkdir bags
for tar in "$archive"/packages/2022/000/*.tar; do
    tar -xf "$tar" -C bags || wrong "tar cannot open $tar"
done

begin 'each package is one BagIt bag whose digests are right'
for bag in bags/*; do
    grep -q '^BagIt-Version: 1.0' "$bag/bagit.txt" || wrong "$bag: bagit.txt"
    (cd "$bag" && sha256sum --quiet -c manifest-sha256.txt &&
        sha256sum --quiet -c tagmanifest-sha256.txt) ||
        wrong "$bag is not whole"
    expect_equal "$(cd "$bag" && find data -type f | sort)" \
        "$(cut -c67- "$bag/manifest-sha256.txt" | sort)"
    oxum=$(sed -n 's/^Payload-Oxum: //p' "$bag/bag-info.txt")
    expect_equal "$oxum" "$(find "$bag/data" -type f -printf '%s\n' |
        awk '{ b += $1 } END { print b "." NR }')" 'Payload-Oxum'
done

begin 'the originals are the bytes that were scanned'
cat bags/*/data/original/* | wc -c >bytes.in
for file in "$scans"/results/* "$scans"/staff/*; do
    sha256sum <"$file"
done | sort >want
for file in bags/*/data/original/*; do
    sha256sum <"$file"
done | sort >got
cmp -s want got || wrong 'the originals differ'

# In its reading order pdftotext takes hyphens at line ends away; raw it does
# not.
begin 'the access PDF is sound and its words are those of text.txt'
for bag in bags/*; do
    qpdf --check "$bag/data/access.pdf" >qpdf.log 2>&1 ||
        wrong "$bag: $(cat qpdf.log)"
    pdftotext -raw "$bag/data/access.pdf" - | tr -s '[:space:]' '\n' |
        grep . | sort >pdf.words
    tr -s '[:space:]' '\n' <"$bag/data/text.txt" | grep . | sort >text.words
    cmp -s pdf.words text.words ||
        wrong "$bag: $(diff pdf.words text.words | head -n 6)"
done

begin 'the images in the access PDF are the original streams'
if command -v pdfimages >/dev/null; then
    for bag in bags/*; do
        case $(ls "$bag/data/original") in
        *.jpg)
            pdfimages -all "$bag/data/access.pdf" image
            for n in image-*.jpg; do
                grep -q "$(sha256sum <"$n" | cut -d' ' -f1)" \
                    "$bag/manifest-sha256.txt" ||
                    wrong "$bag: $n is not an original"
            done
            rm -f image-*
            ;;
        esac
    done
fi

begin 'record.json says what it is, and text.txt has a form feed a page'
for bag in bags/*; do
    jq -e '(.schema == 1 or .schema_version == 1) and .id and .kind' \
        "$bag/data/record.json" >/dev/null || wrong "$bag: record.json"
    pages=$(ls "$bag/data/ocr" | wc -l)
    expect_equal "$(tr -cd '\f' <"$bag/data/text.txt" | wc -c)" \
        $((pages - 1)) "form feeds of $bag"
done

begin 'ALTO and PREMIS are valid by the published schemas'
schemas=${HOSO_SCHEMAS:-$root/../shared/data/schemas}
need xmllint
for bag in bags/*; do
    xmllint --nonet --noout "$bag"/data/ocr/*.xml "$bag/data/premis.xml" ||
        wrong "$bag: not well-formed"
done
[ -e "$schemas/alto-4-4.xsd" ] ||
    skip "needs the schemas of ALTO and PREMIS (HOSO_SCHEMAS)"
premis=$(ls "$schemas"/premis*.xsd | head -n 1)
export XML_CATALOG_FILES="$schemas/catalog.xml"
xmllint --nonet --noout --schema "$schemas/alto-4-4.xsd" \
    bags/*/data/ocr/*.xml >xml.log 2>&1 || wrong "ALTO: $(head xml.log)"
xmllint --nonet --noout --schema "$premis" bags/*/data/premis.xml \
    >xml.log 2>&1 || wrong "PREMIS: $(head xml.log)"
finished
