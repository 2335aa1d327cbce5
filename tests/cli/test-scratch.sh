#!/bin/sh
# What a long file needs of the disk while it is read: no file of the process
# grows with the number of pages. The limit is a fraction of what the pages
# take when they are decoded, and the system holds it.
. "$(dirname -- "$0")/test-lib.sh"
need jq
HOSO_OCR=

# A PDF of $1 scanned pages, all of them the same white sheet of 600 × 840
# grey pixels: half a megabyte each.
scanned_pdf() {
    awk -v pages="$1" '
    function put(text) { printf "%s", text; at += length(text) }
    function object(body) {
        n++
        offset[n] = at
        put(n " 0 obj\n" body "\nendobj\n")
    }
    BEGIN {
        put("%PDF-1.4\n")
        object("<< /Type /Catalog /Pages 2 0 R >>")
        for (i = 0; i < pages; i++)
            kids = kids (5 + i) " 0 R "
        object("<< /Type /Pages /Count " pages " /Kids [ " kids "] >>")
        for (i = 0; i < 3938; i++)
            data = data "81FF"
        data = data "80>"
        object("<< /Type /XObject /Subtype /Image /Width 600 /Height 840" \
               " /ColorSpace /DeviceGray /BitsPerComponent 8" \
               " /Filter [ /ASCIIHexDecode /RunLengthDecode ] /Length " \
               length(data) " >>\nstream\n" data "\nendstream")
        draw = "q 420 0 0 588 0 0 cm /S Do Q"
        object("<< /Length " length(draw) " >>\nstream\n" draw "\nendstream")
        for (i = 0; i < pages; i++)
            object("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 420 588]" \
                   " /Resources << /XObject << /S 3 0 R >> >>" \
                   " /Contents 4 0 R >>")
        table = at
        put("xref\n0 " n + 1 "\n0000000000 65535 f \n")
        for (i = 1; i <= n; i++)
            put(sprintf("%010d 00000 n \n", offset[i]))
        put("trailer\n<< /Size " n + 1 " /Root 1 0 R >>\nstartxref\n" table \
            "\n%%EOF\n")
    }'
}

# hoso where no file may grow beyond 2 MiB
limited=$scratch/limited
cat >"$limited" <<END
#!/bin/sh
ulimit -f 4096
exec "$hoso" "\$@"
END
chmod +x "$limited"
run init "$archive"
unlimited=$hoso
hoso=$limited

for pages in 4 60; do
    begin "a scanned PDF of $pages pages is taken in where files stay small"
    scanned_pdf $pages >"$scratch/$pages.pdf"
    run -C "$archive" ingest --json "$scratch/$pages.pdf"
    expect_exit 0
    expect_json "any(.[]; .event == \"stored\" and .pages == $pages)"
done

begin 'the limit is one: a file beyond it cannot be written'
dd if=/dev/zero bs=1024 count=3000 2>/dev/null >"$scratch/large.bin"
if sh -c 'ulimit -f 4096; cat "$1" >"$1.copy"' sh "$scratch/large.bin" \
    2>/dev/null; then
    skip 'the system does not hold the limit on files'
fi

hoso=$unlimited
begin 'what was taken in is whole'
run -C "$archive" verify
expect_exit 0
finished
