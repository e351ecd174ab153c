#!/bin/sh
# Puts playwright-core and axe-core into a cache folder, once. The browser itself is the machine's own Chromium.
#
#   tests/browser/install.sh [FOLDER]        default: tests/.cache
set -eu

here=$(cd "$(dirname "$0")" && pwd)
cache=${1:-$here/../.cache}
mkdir -p "$cache"
cache=$(cd "$cache" && pwd)

mark=ready-$(sha256sum < "$here/package-lock.json" | cut -c1-16)
[ -e "$cache/browser/$mark" ] && exit 0
echo "browser: installing playwright-core and axe-core into tests/.cache/browser (14 MB), which load pages in Chromium and judge them" >&2
rm -rf "$cache/browser.new" "$cache/browser"
mkdir -p "$cache/browser.new"
cp "$here/package.json" "$here/package-lock.json" "$here/.npmrc" "$cache/browser.new/"
(cd "$cache/browser.new" && npm ci --no-audit --no-fund --loglevel=error >&2)
: > "$cache/browser.new/$mark"
mv "$cache/browser.new" "$cache/browser"
