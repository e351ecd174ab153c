#!/bin/sh
# Puts what the tests of state stores talk to into a cache folder, once: moto, a server that speaks S3 (PyPI), and
# PostgreSQL 15 (Debian) where the machine has none. Nothing outside the folder is changed; a second run does nothing.
#
#   tests/servers/install-stores.sh [FOLDER]        default: tests/.cache
set -eu

here=$(cd "$(dirname "$0")" && pwd)
cache=${1:-$here/../.cache}
mkdir -p "$cache"
cache=$(cd "$cache" && pwd)

say() { printf 'stores: %s\n' "$*" >&2; }

install_s3() {
    mark=ready-moto-5.2.5
    [ -e "$cache/s3/$mark" ] && return
    say "installing moto, a server that speaks S3, into $cache/s3 (about a minute, 150 MB)"
    rm -rf "$cache/s3.new" "$cache/s3"
    python3 -m pip install --quiet --disable-pip-version-check --no-compile --root-user-action=ignore --no-warn-conflicts \
        --target "$cache/s3.new" 'moto[s3,server]==5.2.5' >&2
    : > "$cache/s3.new/$mark"
    mv "$cache/s3.new" "$cache/s3"
}

install_postgres() {
    [ -x /usr/lib/postgresql/15/bin/initdb ] && return
    [ -x "$cache/postgres/usr/lib/postgresql/15/bin/initdb" ] && return
    command -v apt-get >/dev/null 2>&1 || { say "there is no apt-get here; install PostgreSQL 15 and run this again."; exit 1; }
    say "installing PostgreSQL 15 into $cache/postgres (60 MB)"
    rm -rf "$cache/postgres.new"
    mkdir -p "$cache/postgres.new"
    # The programs alone, unpacked: no cluster of the machine's own is made, nothing is started. They need these
    # libraries besides, which most machines have.
    set -- postgresql-15 libpq5 libldap-2.5-0 libsasl2-2 libxml2 libicu72 libgssapi-krb5-2 libkrb5-3 libk5crypto3 libkrb5support0 libkeyutils1
    fetch() { (cd "$cache/postgres.new" && apt-get -q -o APT::Sandbox::User= download "$@" >&2); }
    # A machine that has never asked its mirror does not know the packages yet.
    fetch "$@" || { apt-get -qq update >&2 && fetch "$@"; }
    for package in "$cache"/postgres.new/*.deb; do dpkg -x "$package" "$cache/postgres.new"; done
    rm -f "$cache"/postgres.new/*.deb
    mv "$cache/postgres.new" "$cache/postgres"
}

install_s3
install_postgres
