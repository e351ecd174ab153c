#!/bin/sh
# Rebuilds fonts/*.ttf, the fonts of the cards: static TTF, since nothing that draws SVG reads WOFF2 here.
# Needs npm, Python 3 with fonttools and brotli. Sources: @expo-google-fonts/literata 0.4.3 and noto-naskh-arabic 0.4.3,
# @fontsource-variable/noto-serif-georgian 5.3.0 (SIL Open Font License 1.1, see fonts/OFL.txt). Run from anywhere.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --no-audit --no-fund @expo-google-fonts/literata@0.4.3 @expo-google-fonts/noto-naskh-arabic@0.4.3 \
  @fontsource-variable/noto-serif-georgian@5.3.0 >/dev/null
mkdir -p "$here/fonts"
python3 - "$work/node_modules" "$here/fonts" <<'PY'
"""Cuts each font to the letters of living languages, weights 400 and 600."""
import sys
from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

source, target = sys.argv[1:]
ASCII = set(range(0x20, 0x7F))
SIGNS = set(map(ord, "\u00a0\u2009\u202f§©«»°±·×÷¼½¾²³¡¿–—―‘’‚“”„†•…‰′″‹›−≈≠≤≥€£¥₸₾₽№™→←↑↓"))
LATIN = set(range(0xA0, 0x180)) | set(map(ord, "ǤǥǦǧǨǩǮǯƷʒȘșȚțẀẁẂẃẄẅẼẽẞỲỳ")) | set(range(0x1EA0, 0x1EFA)) | set(map(ord, "ƠơƯư"))
CYRILLIC = set(range(0x400, 0x460)) | set(range(0x490, 0x500))
GREEK = set(range(0x384, 0x3CF))
GEORGIAN = set(range(0x10D0, 0x10FB)) | set(range(0x1C90, 0x1CBB))
ARABIC = set(range(0x600, 0x700)) | {0x200C, 0x200D, 0x200E, 0x200F}


def cut(name, path, wanted, weight):
    font = TTFont(path)
    if "fvar" in font:
        limits = {axis.axisTag: weight if axis.axisTag == "wght" else axis.defaultValue for axis in font["fvar"].axes}
        font = instancer.instantiateVariableFont(font, limits, updateFontNames=False)
    options = subset.Options(name_IDs=[0, 1, 2, 4, 6, 13, 14, 16, 17], notdef_outline=True, hinting=False, glyph_names=False)
    options.layout_features = ["kern", "liga", "mark", "mkmk", "ccmp", "locl", "calt", "clig", "rlig", "init", "medi", "fina", "isol", "rclt", "curs", "lnum"]
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=wanted)
    cutter.subset(font)
    font["OS/2"].usWeightClass = weight
    font.flavor = None
    font["head"].modified = font["head"].created
    font.recalcTimestamp = False
    font.save(f"{target}/{name}-{weight}.ttf")
    names = font["name"]
    print(name, weight, names.getBestFamilyName(), len(font.getGlyphOrder()), "without", "".join(map(chr, sorted(wanted - set(font.getBestCmap())))) or "nothing")


for weight, style in ((400, "400Regular/Literata_400Regular"), (600, "600SemiBold/Literata_600SemiBold")):
    cut("literata", f"{source}/@expo-google-fonts/literata/{style}.ttf", ASCII | SIGNS | LATIN | CYRILLIC | GREEK, weight)
for weight, style in ((400, "400Regular/NotoNaskhArabic_400Regular"), (600, "600SemiBold/NotoNaskhArabic_600SemiBold")):
    cut("noto-naskh-arabic", f"{source}/@expo-google-fonts/noto-naskh-arabic/{style}.ttf", ASCII | SIGNS | ARABIC, weight)
for weight in (400, 600):
    cut("noto-serif-georgian", f"{source}/@fontsource-variable/noto-serif-georgian/files/noto-serif-georgian-georgian-wght-normal.woff2", GEORGIAN | ASCII, weight)
PY
{
  cat node_modules/@expo-google-fonts/literata/LICENSE_FONT
  printf '\n\n'
  cat node_modules/@expo-google-fonts/noto-naskh-arabic/LICENSE_FONT
  printf '\n\n'
  cat node_modules/@fontsource-variable/noto-serif-georgian/LICENSE
} > "$here/fonts/OFL.txt"
ls -l "$here/fonts"
