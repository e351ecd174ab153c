#!/bin/sh
# Rebuilds static/fonts/*.woff2: one file per script group, so that a page loads exactly one.
# Needs npm, Python 3 with fonttools and brotli. Sources: @fontsource-variable/literata and noto-serif-georgian 5.3.0
# (SIL Open Font License 1.1, see static/fonts/OFL.txt). Run from anywhere; nothing but static/fonts is changed.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --no-audit --no-fund @fontsource-variable/literata@5.3.0 @fontsource-variable/noto-serif-georgian@5.3.0 >/dev/null
python3 - "$work/node_modules/@fontsource-variable" "$here/static/fonts" <<'PY'
"""Merges the stock subsets of one family into one variable font per script group, weights 400 to 700."""
import copy
import sys
from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

source, target = sys.argv[1:]
ASCII = set(range(0x20, 0x7F))
SIGNS = set(map(ord, "\u00a0§©«»°±·–—‘’“”„…•−×€№→←✓"))
LATIN = ASCII | SIGNS | set(range(0xA1, 0x100)) | set(map(ord, "ĀāĄąĆćČčĎďĐđĒēĖėĘęĚěĞğĢģĪīĮįİıĶķĹĺĻļĽľŁłŃńŅņŇňŊŋŌōŐőŒœŔŕŘřŚśŞşŠšŢţŤťŦŧŪūŮůŰűŲųŹźŻżŽžȘșȚț"))
CYRILLIC = ASCII | SIGNS | set(range(0x410, 0x450)) | set(map(ord, "ЁёІіЇїЄєҐґӘәҒғҚқҢңӨөҰұҮүҺһ"))
GEORGIAN = ASCII | SIGNS | set(range(0x10D0, 0x10FB))


def part(path, wanted):
    """One stock subset, cut to the wanted characters and to the weights in use."""
    font = TTFont(f"{source}/{path}")
    options = subset.Options(layout_features=["kern", "liga", "mark", "mkmk", "ccmp", "locl", "lnum", "tnum"], name_IDs=[0, 1, 2, 13, 14], notdef_outline=True, hinting=False)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=wanted)
    cutter.subset(font)
    limits = {axis.axisTag: (400, 700) if axis.axisTag == "wght" else axis.defaultValue for axis in font["fvar"].axes}
    return instancer.instantiateVariableFont(font, limits)


def add(base, more, prefix, wanted):
    """Adds the glyphs of another subset of the same design; their kerning is left behind."""
    have = set(base.getBestCmap())
    cmap = {code: name for code, name in more.getBestCmap().items() if code in wanted and code not in have}
    glyf, todo, names = more["glyf"], list(cmap.values()), {}
    while todo:
        name = todo.pop()
        if name not in names:
            names[name] = f"{prefix}.{name}"
            if glyf[name].isComposite():
                todo += [component.glyphName for component in glyf[name].components]
    base["hmtx"], base["gvar"]  # read with the old glyph order, before it changes
    order = base.getGlyphOrder() + sorted(names.values())
    for name, new in names.items():
        glyph = copy.deepcopy(glyf[name])
        if glyph.isComposite():
            for component in glyph.components:
                component.glyphName = names[component.glyphName]
        base["glyf"].glyphs[new] = glyph
        base["hmtx"].metrics[new] = more["hmtx"].metrics[name]
        base["gvar"].variations[new] = copy.deepcopy(more["gvar"].variations.get(name, []))
    base.setGlyphOrder(order)
    base["glyf"].setGlyphOrder(order)
    for table in base["cmap"].tables:
        if table.isUnicode():
            table.cmap.update({code: names[name] for code, name in cmap.items() if table.format != 4 or code < 0x10000})


def build(name, wanted, first, *others):
    font = part(first, wanted)
    for number, other in enumerate(others):
        add(font, part(other, wanted), f"p{number}", wanted)
    for tag in ("HVAR", "VVAR", "STAT", "MVAR", "vhea", "vmtx"):
        if tag in font:
            del font[tag]
    font.flavor = "woff2"
    font["head"].modified = font["head"].created
    font.recalcTimestamp = False
    font.save(f"{target}/{name}.woff2")
    missing = wanted - set(TTFont(f"{target}/{name}.woff2").getBestCmap())
    print(name, "without", "".join(map(chr, sorted(missing))) or "nothing")


literata = "literata/files/literata-{}-wght-normal.woff2"
georgian = "noto-serif-georgian/files/noto-serif-georgian-{}-wght-normal.woff2"
build("latin", LATIN, literata.format("latin"), literata.format("latin-ext"))
build("cyrillic", CYRILLIC, literata.format("cyrillic"), literata.format("cyrillic-ext"), literata.format("latin"))
build("georgian", GEORGIAN, georgian.format("georgian"), georgian.format("latin"))
PY
{
  cat node_modules/@fontsource-variable/literata/LICENSE
  printf '\n\n'
  cat node_modules/@fontsource-variable/noto-serif-georgian/LICENSE
} > "$here/static/fonts/OFL.txt"
ls -l "$here/static/fonts"
