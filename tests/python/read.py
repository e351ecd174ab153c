"""Reads feeds and calendars with parsers that are not ours, and prints what they understood as JSON.

    PYTHONPATH=tests/.cache/python python3 tests/python/read.py FOLDER FILE…
"""

import json
import pathlib
import sys

import feedparser
import icalendar


def feed(data):
    read = feedparser.parse(data)
    return {
        "fault": str(read.get("bozo_exception")) if read.bozo else None,
        "version": read.version,
        "title": read.feed.get("title"),
        "lang": read.feed.get("language"),
        "links": [[link.get("rel"), link.get("href")] for link in read.feed.get("links", [])],
        "entries": [
            {
                "id": entry.get("id"),
                "title": entry.get("title"),
                "summary": entry.get("summary"),
                "link": entry.get("link"),
                "published": bool(entry.get("published_parsed") or entry.get("updated_parsed")),
                "permalink": entry.get("guidislink"),
                "links": [[link.get("rel"), link.get("type"), link.get("href")] for link in entry.get("links", [])],
            }
            for entry in read.entries
        ],
    }


def calendar(data):
    read = icalendar.Calendar.from_ical(data)
    faults = [str(error) for part in read.walk() for error in part.errors]
    again = icalendar.Calendar.from_ical(read.to_ical())
    events = [{name: str(getattr(value, "dt", value)) for name, value in event.items() if name != "CATEGORIES"} for event in read.walk("VEVENT")]
    return {
        "fault": "; ".join(faults) or None,
        "same": read.to_ical() == again.to_ical(),
        "name": str(read.get("X-WR-CALNAME", "")),
        "events": events,
    }


folder = pathlib.Path(sys.argv[1])
found = {}
for name in sys.argv[2:]:
    data = (folder / name).read_bytes()
    found[name] = calendar(data) if name.endswith(".ics") else feed(data)
json.dump(found, sys.stdout, ensure_ascii=False)
