# Sourced by ../quickstart, ../check and ../bench/ingest; needs $root.
# The one list of packages is packages.txt.

# The packages of packages.txt that are wanted for the given uses.
packages_of() {
    for use in "$@"; do
        sed -n "s/^$use[[:space:]][[:space:]]*\([a-z0-9][a-z0-9.+-]*\).*/\1/p" \
            "$root/packages.txt"
    done
}

# Those of them that are not installed.
packages_missing() {
    for package in $(packages_of "$@"); do
        status=$(dpkg-query -W -f='${db:Status-Status}\n' "$package" \
            2>/dev/null | sort -u) || status=
        [ "$status" = installed ] || echo "$package"
    done
}

# Install what is missing for the given uses; nothing to do is quick.
packages_install() {
    if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null
    then
        echo "This is not Debian (no apt-get): install what packages.txt" \
            "lists by hand; the build goes on with what is there." >&2
        return 0
    fi
    missing=$(packages_missing "$@")
    [ -n "$missing" ] || return 0
    as_root=
    if [ "$(id -u)" -ne 0 ]; then
        if ! command -v sudo >/dev/null; then
            echo "Some packages are missing and this is neither root nor" \
                "is there sudo. As root, run:" >&2
            echo "  apt-get install --no-install-recommends" $missing >&2
            return 1
        fi
        as_root='sudo env'
    fi
    echo "installing:" $missing
    if ! $as_root ${as_root:+DEBIAN_FRONTEND=noninteractive} \
        apt-get -qq update >&2; then
        echo "The package lists could not be fetched: is this machine" \
            "connected, and does /etc/apt/sources.list name a mirror?" >&2
        return 1
    fi
    if ! DEBIAN_FRONTEND=noninteractive \
        $as_root ${as_root:+DEBIAN_FRONTEND=noninteractive} \
        apt-get -qq install -y --no-install-recommends $missing \
        >"${TMPDIR:-/tmp}/hoso-apt.$$" 2>&1; then
        tail -n 20 "${TMPDIR:-/tmp}/hoso-apt.$$" >&2
        rm -f "${TMPDIR:-/tmp}/hoso-apt.$$"
        echo "Some packages could not be installed (the reason is above): is" \
            "this machine connected, and does apt know a mirror?" >&2
        return 1
    fi
    rm -f "${TMPDIR:-/tmp}/hoso-apt.$$"
}

# Configure and build: build_in DIR cmake-options … A build folder that was
# made for another place (the tree was moved or copied) is made anew.
build_in() {
    build=$1
    shift
    if [ -f "$build/CMakeCache.txt" ] && ! grep -Fqx \
        "CMAKE_HOME_DIRECTORY:INTERNAL=$root" "$build/CMakeCache.txt"; then
        rm -rf -- "$build"
    fi
    mkdir -p -- "$build"
    if ! { cmake -S "$root" -B "$build" -G Ninja "$@" &&
        cmake --build "$build"; } >"$build/build.log" 2>&1; then
        tail -n 60 "$build/build.log" >&2
        echo "The build failed (the end of $build/build.log is above)." >&2
        return 1
    fi
}
