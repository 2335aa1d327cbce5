#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The include law: arrows between the rooms, and one wrapper for each foreign
# library. CMake cannot hold it, since all rooms share one include root.
. "$(dirname -- "$0")/lint-lib.sh"

# May a file of room $1 include "$2" ?
arrow() {
    case $1:$2 in
    *:base/* | "$1:$1/"*) return 0 ;;
    service:pipeline/pipeline.h | service:store/store.h | \
        service:indexer/indexer.h) return 0 ;;
    cli:service/service.h) return 0 ;;
    esac
    return 1
}

# Which files may include a foreign header <$1>: a pattern, or nothing.
# The C library and POSIX need no wrapper.
wrappers() {
    case $1 in
    sqlite3.h) echo 'base/sql.c indexer/tokenizer.c' ;;
    archive.h | archive_entry.h)
        echo 'store/package_read.c store/package_write.c' ;;
    tesseract/*) echo 'pipeline/recognise.c' ;;
    leptonica/*) echo 'pipeline/leptonica.h' ;;
    openssl/*) echo 'base/digest.c base/certificate.c' ;;
    jansson.h) echo 'base/json.h' ;;
    ini.h) echo 'base/config.c' ;;
    libintl.h) echo 'base/i18n.h' ;;
    utf8proc.h) echo 'base/text.c base/text_fold.c' ;;
    qpdf/*) echo 'pipeline/qpdf.h' ;;
    poppler*) echo one 'pipeline' ;;
    zlib.h) echo one 'pipeline' ;;
    pcre2.h) echo 'pipeline/pattern.c' ;;
    xlsxwriter.h) echo 'cli/table_xlsx.c' ;;
    */*) case $1 in sys/* | linux/* | bits/* | netinet/* | arpa/*) ;;
        *) echo none ;; esac ;;
    esac
}

foreign() {
    set -- "$1" "$2" $(wrappers "$2")
    [ $# -gt 2 ] || return 0
    file=$1 header=$2
    shift 2
    if [ "$1" = one ]; then
        first=$(grep -l "^ *# *include *<${header%%[/.]*}[./-]" \
            $(room_files '*.[ch]') | head -n 1)
        case $file in
        "$2"/*) [ "$file" = "$first" ] && return 0 ;;
        esac
        echo "$file: <$header> has its wrapper in ${first:-$2} already"
        return 0
    fi
    for wrapper in "$@"; do
        [ "$file" = "$wrapper" ] && return 0
    done
    echo "$file: <$header> may be included by $* only"
}

look() {
    grep -nE '^[[:space:]]*#[[:space:]]*include' $(room_files) /dev/null |
        sed -n 's/^\([^:]*\):[0-9]*:[^"<]*\(["<]\)\([^">]*\).*/\1 \2 \3/p' |
        while read -r file mark header; do
            room=${file%%/*}
            if [ "$mark" = '"' ]; then
                case $header in
                */*) ;;
                *)
                    echo "$file: \"$header\" must be written \"room/file.h\""
                    continue
                    ;;
                esac
                case $header:$file in
                pipeline/qpdf.h:pipeline/qpdf.c | \
                    pipeline/qpdf.h:pipeline/access_source.c | \
                    pipeline/qpdf.h:pipeline/pdf_signature.c) ;;
                pipeline/qpdf.h:*)
                    echo "$file: \"$header\" is for pdf_signature.c and" \
                        "access_source.c" ;;
                esac
                arrow "$room" "$header" ||
                    echo "$file: $room may not include \"$header\""
            else
                foreign "$file" "$header"
            fi
        done
}

self_test() {
    echo '#include "store/store.h"' | put pipeline/x.c
    must_find 'pipeline may not include "store/store.h"'
    echo '#include "pipeline/decode.h"' | put service/x.c
    must_find 'service may not include "pipeline/decode.h"'
    echo '  #  include "store/store.h"' | put cli/x.h
    must_find 'cli may not include'
    echo '#include "service/service.h"' | put base/x.c
    must_find 'base may not include'
    echo '#include "sql.h"' | put base/x.c
    must_find 'must be written'
    echo '#include <sqlite3.h>' | put store/x.c
    must_find '<sqlite3.h> may be included by'
    echo '#include <tesseract/capi.h>' | put cli/x.c
    must_find '<tesseract/capi.h> may be included by'
    echo '#include <poppler.h>' | tee "$tree/a.c" | put pipeline/a.c
    echo '#include <poppler.h>' | put pipeline/b.c
    must_find 'pipeline/b.c: <poppler.h> has its wrapper'
    echo '#include <qpdf/qpdf-c.h>' | put pipeline/c.c
    must_find '<qpdf/qpdf-c.h> may be included by pipeline/qpdf.h only'
    echo '#include "pipeline/qpdf.h"' | put pipeline/d.c
    must_find 'pipeline/d.c: "pipeline/qpdf.h" is for'
    echo '#include <curl/curl.h>' | put store/x.c
    must_find '<curl/curl.h> may be included by none'
    printf '#include "base/sql.h"\n#include "store/store.h"\n' |
        put service/x.c
    printf '#include <sys/stat.h>\n#include "base/json.h"\n' | put store/y.c
    must_pass
}

lint_main "$@"
