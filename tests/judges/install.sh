#!/bin/sh
# Puts the Nu HTML checker and Lighthouse into a cache folder, once.
#
#   tests/judges/install.sh [FOLDER]        default: tests/.cache
set -eu

here=$(cd "$(dirname "$0")" && pwd)
cache=${1:-$here/../.cache}
mkdir -p "$cache"
cache=$(cd "$cache" && pwd)

mark=ready-$(sha256sum < "$here/package-lock.json" | cut -c1-16)
[ -e "$cache/judges/$mark" ] && exit 0
echo "judges: installing the Nu HTML checker and Lighthouse into tests/.cache/judges (230 MB), which judge finished pages" >&2
rm -rf "$cache/judges.new" "$cache/judges"
mkdir -p "$cache/judges.new"
cp "$here/package.json" "$here/package-lock.json" "$here/.npmrc" "$cache/judges.new/"
(cd "$cache/judges.new" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >&2)
: > "$cache/judges.new/$mark"
mv "$cache/judges.new" "$cache/judges"
