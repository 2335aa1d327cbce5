#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What is there is written down: a README in every folder, every package in
# docs/dependencies.md, every environment variable of the code in
# docs/testing.md or the manual.
. "$(dirname -- "$0")/lint-lib.sh"

look() {
    for folder in $rooms tests tests/data bench docs po cmake; do
        [ -d "$folder" ] && [ ! -f "$folder/README.md" ] &&
            echo "$folder: no README.md"
    done
    if [ -f packages.txt ]; then
        awk '$1 ~ /^(build|test|bench)$/ { print $2 }' packages.txt |
            while read -r package; do
                grep -qF "$package" docs/dependencies.md ||
                    echo "packages.txt: $package is not in" \
                        "docs/dependencies.md"
            done
    fi
    sed -n 's/.*getenv("\(HOSO_[A-Z_]*\)").*/\1/p' \
        $(room_files '*.c') /dev/null | sort -u |
        while read -r name; do
            cat docs/testing.md docs/man/*.1 2>/dev/null | grep -qF "$name" ||
                echo "$name is read by the code and written down nowhere"
        done
}

self_test() {
    printf 'int x;\n' | put base/x.c
    must_find 'base: no README.md'
    echo 'about' | put base/README.md
    echo 'about' | put docs/README.md
    echo 'char *s = getenv("HOSO_SECRET");' | put base/x.c
    must_find 'HOSO_SECRET'
    echo 'about' | put docs/README.md
    echo '| libfoo-dev |' | put docs/dependencies.md
    printf 'build  libfoo-dev\nbuild  libbar-dev\n' | put packages.txt
    must_find 'libbar-dev'
    echo 'about' | put docs/README.md
    echo '| libfoo-dev |' | put docs/dependencies.md
    echo 'build  libfoo-dev' | put packages.txt
    must_pass
}

lint_main "$@"
