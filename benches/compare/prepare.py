#!/usr/bin/env python3
"""In: the bench's canonical corpus. Out: the same records as a site of Promulgate.

    prepare.py CORPUS SITE

Every record becomes content/decisions/<slug>.md: departments are bodies, tags are topics, links are relative to the
file. What a decision has no field for (the corpus's own type and language) goes to `extra:`, which templates may read.
Standard library only; the same corpus always gives the same bytes.
"""
import json
import os
import re
import shutil
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
LINK = re.compile(r"\(record:([a-z0-9-]+)\)")
LANGUAGES = {"en": "English", "sv": "Svenska"}


def text(value):
    """A YAML string: JSON's strings are YAML's double-quoted scalars."""
    return json.dumps(value, ensure_ascii=False)


def term(name):
    """The id of a department or tag, as it stands in an address."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def operative(body, summary):
    """What was decided: the first paragraph below the second heading, where the corpus puts it; else the summary."""
    parts = body.split("\n## ")
    lines = parts[2].split("\n\n") if len(parts) > 2 else []
    plain = [line for line in lines[1:2] if line[:1] not in "-1#|>" and "[" not in line]
    return plain[0].split(". ")[0].rstrip(".") + "." if plain else summary


def front_matter(record, body):
    extra = {"type": record["type"], "language": record["language"], "language_name": LANGUAGES[record["language"]]}
    return "\n".join([
        "---",
        "title: " + text(record["title"]),
        "summary: " + text(record["summary"]),
        "date: " + record["date"],
        "decided: " + record["date"][:10],
        "decision: " + text(operative(body, record["summary"])),
        "reference: " + text(record["reference"]),
        "body: " + term(record["department"]),
        "topics: [%s]" % ", ".join(term(tag) for tag in record["tags"]),
        "appeal: false",
        "extra: " + json.dumps(extra, ensure_ascii=False),
        "---",
        "", "",
    ])


def settings(corpus):
    lines = [
        "title: " + text(corpus["site_title"]),
        "tagline: Latest decisions and updates",
        "url: " + corpus["base_url"],
        "languages: [en]",
        "time_zone: UTC",
        "theme: bench",
        "per_page: 50",
        "routes: {decision: \"/records/{slug}/\"}",
        "contact: {email: access@norrvik.example}",
        "bodies:",
        *["  %s: {name: %s}" % (term(name), text(name)) for name in corpus["departments"]],
        "topics:",
        *["  %s: {name: %s}" % (term(name), text(name.replace("-", " "))) for name in corpus["tags"]],
    ]
    return "\n".join(lines) + "\n"


def put(path, content):
    with open(path, "w", encoding="utf-8") as file:
        file.write(content)


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    source, site = sys.argv[1:]
    with open(os.path.join(source, "corpus.json"), encoding="utf-8") as file:
        corpus = json.load(file)
    folder = os.path.join(site, "content", "decisions")
    shutil.rmtree(os.path.join(site, "content"), ignore_errors=True)
    os.makedirs(folder)
    shutil.copytree(os.path.join(HERE, "theme"), os.path.join(site, "themes", "bench"), dirs_exist_ok=True)
    put(os.path.join(site, "promulgate.yaml"), settings(corpus))
    with open(os.path.join(source, "records.jsonl"), encoding="utf-8") as records:
        for record in map(json.loads, records):
            with open(os.path.join(source, record["file"]), encoding="utf-8") as file:
                body = file.read().split("\n---\n", 1)[1].lstrip("\n")
            body = LINK.sub(r"(\1.md)", body)
            put(os.path.join(folder, record["slug"] + ".md"), front_matter(record, body) + body)


main()
