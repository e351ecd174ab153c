#!/bin/sh
# Puts the real servers that the channel tests talk to into a cache folder, once: a Bluesky PDS (npm), snac2, a server with
# the Mastodon API (Debian), Synapse, a Matrix server, a Nostr relay and aiosmtpd, a mail server (PyPI). Nothing outside the
# folder is changed; a second run does nothing.
#
#   tests/servers/install.sh [FOLDER]        default: tests/.cache
set -eu

here=$(cd "$(dirname "$0")" && pwd)
cache=${1:-$here/../.cache}
mkdir -p "$cache"
cache=$(cd "$cache" && pwd)

# Says what is done; for people and for the logs of a pipeline.
say() { printf 'servers: %s\n' "$*" >&2; }

# Needs a program or stops with the name of the package that has it.
need() {
    command -v "$1" >/dev/null 2>&1 && return
    say "the program $1 is needed ($2)."
    exit 1
}

install_pds() {
    mark=$(cat "$here/pds/package-lock.json" "$here/pds/server.js" | sha256sum | cut -c1-16)
    [ -e "$cache/pds/ready-$mark" ] && return
    need node "node 20 or newer"
    need npm "npm"
    say "installing the Bluesky PDS into $cache/pds (about a minute, 230 MB)"
    rm -rf "$cache/pds.new" "$cache/pds"
    mkdir -p "$cache/pds.new"
    cp "$here/pds/package.json" "$here/pds/package-lock.json" "$here/pds/server.js" "$cache/pds.new/"
    # The native part is compiled with the headers of the machine's own node where it brings them.
    headers=$(dirname "$(dirname "$(readlink -f "$(command -v node)")")")
    [ -e "$headers/include/node/node.h" ] && export npm_config_nodedir="$headers"
    (cd "$cache/pds.new" && npm ci --no-audit --no-fund --loglevel=error)
    : > "$cache/pds.new/ready-$mark"
    mv "$cache/pds.new" "$cache/pds"
}

install_snac() {
    [ -x "$cache/snac/usr/bin/snac" ] && return
    need apt-get "Debian's package tools"
    need dpkg "Debian's package tools"
    say "installing snac2 into $cache/snac (1 MB)"
    rm -rf "$cache/snac.new" "$cache/snac"
    mkdir -p "$cache/snac.new/apt/lists/partial" "$cache/snac.new/apt/archives/partial"
    # A sources list of our own: the machine's package sources stay as they are.
    suite=bookworm-backports
    keys=/usr/share/keyrings/debian-archive-keyring.gpg
    # The mirror is the one that this machine's own sources name.
    mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | grep '/debian/$' | sort -u | head -n 1)
    [ -n "$mirror" ] || { say "no Debian mirror is known to apt here; run apt-get update"; exit 1; }
    echo "deb [signed-by=$keys] $mirror $suite main" > "$cache/snac.new/apt/sources.list"
    set -- -q -o "Dir::Etc::SourceList=$cache/snac.new/apt/sources.list" -o Dir::Etc::SourceParts=- \
        -o "Dir::State::Lists=$cache/snac.new/apt/lists" -o "Dir::Cache=$cache/snac.new/apt" -o APT::Sandbox::User=
    apt-get "$@" update >&2
    (cd "$cache/snac.new" && apt-get "$@" download snac2 >&2)
    dpkg -x "$cache"/snac.new/snac2_*.deb "$cache/snac.new"
    rm -rf "$cache/snac.new/apt" "$cache"/snac.new/*.deb
    mv "$cache/snac.new" "$cache/snac"
}

# install_python NAME WORDS: a folder of Python packages of fixed versions, from NAME/requirements.txt.
install_python() {
    mark=ready-$(sha256sum < "$here/$1/requirements.txt" | cut -c1-16)
    [ -e "$cache/$1/$mark" ] && return
    need python3 "python3 and python3-pip"
    say "installing $2 into $cache/$1"
    rm -rf "$cache/$1.new" "$cache/$1"
    python3 -m pip install --quiet --disable-pip-version-check --no-compile --no-deps --root-user-action=ignore \
        --requirement "$here/$1/requirements.txt" --target "$cache/$1.new" >&2
    : > "$cache/$1.new/$mark"
    mv "$cache/$1.new" "$cache/$1"
}

install_pds
install_snac
install_python matrix "Synapse (half a minute, 240 MB)"
install_python nostr "a Nostr relay (half a minute, 150 MB)"
install_python smtp "a mail server (1 MB)"
say "ready"
