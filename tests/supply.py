"""Checks a list of parts (CycloneDX, JSON): against the official schema, against the tree that cargo builds, and against
the lock file. Exit 1 and a line for each fault.

    python tests/supply.py promulgate.cdx.json
"""

import json
import subprocess
import sys
import tomllib

from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

TARGET = "x86_64-unknown-linux-gnu"


def built():
    """What is linked into the program: name and version of every package, as cargo says."""
    said = subprocess.run(
        ["cargo", "tree", "--locked", "--edges", "normal", "--target", TARGET, "--prefix", "none", "--format", "{p}"],
        check=True, capture_output=True, text=True).stdout
    lines = (line.split() for line in said.splitlines() if line.strip())
    return {(words[0], words[1].removeprefix("v")) for words in lines} - own()


def own():
    with open("Cargo.toml", "rb") as file:
        package = tomllib.load(file)["package"]
    return {(package["name"], package["version"])}


def faults(text):
    listed = json.loads(text)
    version = SchemaVersion.from_version(listed["specVersion"])
    wrong = JsonStrictValidator(version).validate_str(text)
    if wrong is not None:
        yield f"the schema of CycloneDX {listed['specVersion']} refuses it: {wrong}"
    with open("Cargo.lock", "rb") as file:
        locked = {(package["name"], package["version"]): package.get("checksum") for package in tomllib.load(file)["package"]}
    parts = {(part["name"], part["version"]): part for part in listed["components"]}
    for name, version in sorted(built() - parts.keys()):
        yield f"{name} {version} is built in and not listed"
    for (name, version), part in sorted(parts.items()):
        if (name, version) not in locked:
            yield f"{name} {version} is listed and not in Cargo.lock"
            continue
        hashes = {known["content"] for known in part.get("hashes", []) if known["alg"] == "SHA-256"}
        if hashes != {locked[name, version]}:
            yield f"{name} {version} is listed with another SHA-256 than in Cargo.lock"
        if part.get("purl", "").split("?")[0] != f"pkg:cargo/{name}@{version}":
            yield f"{name} {version} has the address {part.get('purl')}"
        if not part.get("licenses"):
            yield f"{name} {version} is listed without a licence"


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        text = file.read()
    found = list(faults(text))
    for fault in found:
        print(fault, file=sys.stderr)
    parts = len(json.loads(text)["components"])
    if not found:
        print(f"{sys.argv[1]}: {parts} parts; valid, complete, and as the lock file has them")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
