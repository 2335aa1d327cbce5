#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Only fail() makes a failure, so that no status travels without a message.
# A literal status may be returned only where fail() stands close above it, in
# base/status.c, and in the functions status_of…() that map foreign codes.
. "$(dirname -- "$0")/lint-lib.sh"

look() {
    for file in $(room_files '*.c'); do
        [ "$file" = base/status.c ] && continue
        awk -v file="$file" '
            /^[a-z].*\(/ { mapper = $0 ~ /[ *]status_of[a-z_]*\(/ }
            /fail(_errno)?\(|explain\(/ { said = NR }
            /return/ && !/fail(_errno)?\(|explain\(/ {
                text = $0
                gsub(/[=!]= *STATUS_[A-Z_]+/, "", text)
                gsub(/STATUS_OK/, "", text)
                gsub(/status_[a-z_]+\(STATUS_[A-Z_]+\)/, "", text)
                gsub(/"[^"]*"/, "", text)
                if (text ~ /STATUS_[A-Z]/ && !mapper &&
                    (!said || NR - said > 4))
                    print file ":" NR ": a status without fail():" $0
            }' "$file"
    done
}

self_test() {
    put store/x.c <<'END'
enum status f(void)
{
    return STATUS_IO;
}
END
    must_find 'store/x.c:3: a status without fail()'
    put store/x.c <<'END'
enum status f(int a)
{
    return a ? STATUS_OK : STATUS_DENIED;
}
END
    must_find 'store/x.c:3'
    put store/x.c <<'END'
static enum status status_of(int a)
{
    return a ? STATUS_IO : STATUS_DENIED;
}

enum status f(int a)
{
    if (a == 2) {
        fail(STATUS_IO, "no '%d'", a);
        undo();
        return STATUS_IO;
    }
    if (a == 3)
        return g() == STATUS_BUSY ? fail(STATUS_BUSY, "busy") : STATUS_OK;
    return STATUS_OK;
}
END
    must_pass
}

lint_main "$@"
