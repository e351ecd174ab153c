#!/usr/bin/env bash
# Makes the pictures of the README and the manual, docs/pictures/*.png, from the real pages of the example.
set -euo pipefail

cd "$(dirname "$0")/.."
tests/browser/install.sh
site=$(mktemp -d)
trap 'rm -rf "$site"' EXIT
cargo run --quiet -- --now 2026-11-20T12:00:00+01:00 build --out "$site/public"
node tests/browser/pictures.mjs "$site/public" docs/pictures
