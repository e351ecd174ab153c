#!/bin/sh
# Puts feedparser and icalendar into a cache folder, once: parsers that are not ours, which read our feeds and calendars.
#
#   tests/python/install.sh [FOLDER]        default: tests/.cache
set -eu

here=$(cd "$(dirname "$0")" && pwd)
cache=${1:-$here/../.cache}
mkdir -p "$cache"
cache=$(cd "$cache" && pwd)

mark=ready-$(sha256sum < "$here/requirements.txt" | cut -c1-16)
[ -e "$cache/python/$mark" ] && exit 0
echo "python: installing feedparser and icalendar into tests/.cache/python (6 MB), which read our feeds and calendars" >&2
rm -rf "$cache/python.new" "$cache/python"
python3 -m pip install --quiet --disable-pip-version-check --no-compile --root-user-action=ignore --require-hashes --requirement "$here/requirements.txt" --target "$cache/python.new" >&2
: > "$cache/python.new/$mark"
mv "$cache/python.new" "$cache/python"
