"""Puts measured rows into the table of docs/reliability.md: a row of the same name is replaced, the others stay."""

import sys

page, figures, date, machine = sys.argv[1:]
text = open(page, encoding="utf-8").read()
start, end = "<!-- figures -->\n", "<!-- /figures -->\n"
before, rest = text.split(start)
table, after = rest.split(end)


def cells(line):
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


rows = {row[0]: row for row in (cells(line) for line in table.splitlines()[2:] if line.startswith("|"))}
for line in open(figures, encoding="utf-8"):
    name, done, result = cells(line)
    rows[name] = [name, done, result, f"{date}, {machine}"]
lines = ["| campaign | what was done | result | when, where |", "|---|---|---|---|"]
lines += ["| " + " | ".join(row) + " |" for row in rows.values()]
open(page, "w", encoding="utf-8").write(before + start + "\n".join(lines) + "\n" + end + after)
