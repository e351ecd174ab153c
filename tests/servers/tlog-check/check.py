"""Checks transparency logs with Python's standard library alone: written from the standards, not from our code.

    python3 check.py FOLDER…

The folders, and what is printed for each, are those of main.go beside this file.
"""

import base64
import hashlib
import pathlib
import sys

from ed25519 import signed
from merkle import consistent, node


def leaf(entry):
    return hashlib.sha256(b"\0" + entry).digest()


def number(text):
    if not text.isascii() or not text.isdigit() or (text != "0" and text[0] == "0"):
        raise ValueError(f"no number: {text!r}")
    return int(text)


def group(n):
    parts = [f"{n % 1000:03}"]
    while n >= 1000:
        n //= 1000
        parts.insert(0, f"x{n % 1000:03}")
    return "/".join(parts)


class Log:
    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.leaves, self.roots, self.seen, self.trees = [], {}, set(), {}
        name, key_id, key = self.read("vkey").decode().strip().split("+", 2)
        key = base64.b64decode(key, validate=True)
        if hashlib.sha256(name.encode() + b"\n" + key).hexdigest()[:8] != key_id or key[0] != 1:
            raise ValueError("no key")
        self.name, self.key_id, self.key = name, bytes.fromhex(key_id), key[1:]

    def read(self, path):
        return (self.folder / path).read_bytes()

    def mth(self, start, end):
        """MTH of RFC 6962, 2.1, over the leaves from start up to end."""
        if end - start == 0:
            return hashlib.sha256(b"").digest()
        if end - start == 1:
            return self.leaves[start]
        if (start, end) in self.trees:
            return self.trees[start, end]
        k = 1 << (end - start - 1).bit_length() - 1
        found = node(self.mth(start, start + k), self.mth(start + k, end))
        if end - start == 2 * k:
            self.trees[start, end] = found
        return found

    def entries(self, size):
        for at in range(0, size, 256):
            width = min(256, size - at)
            path = "tile/entries/" + group(at // 256) + (f".p/{width}" if width < 256 else "")
            if path in self.seen:
                continue
            data, found = self.read(path), []
            while data:
                length = int.from_bytes(data[:2], "big")
                if len(data) < 2 + length:
                    raise ValueError(f"{path} is cut")
                found.append(leaf(data[2 : 2 + length]))
                data = data[2 + length :]
            known = self.leaves[at : at + width]
            if len(found) != width or known != found[: len(known)]:
                raise ValueError(f"{path} holds other entries")
            self.leaves += found[len(known) :]
            self.seen.add(path)

    def tiles(self, size):
        level = 0
        while size >> 8 * level:
            count = size >> 8 * level
            for at in range(0, count, 256):
                width = min(256, count - at)
                path = f"tile/{level}/" + group(at // 256) + (f".p/{width}" if width < 256 else "")
                if path in self.seen:
                    continue
                step = 256**level
                wanted = b"".join(self.mth(i * step, (i + 1) * step) for i in range(at, at + width))
                if self.read(path) != wanted:
                    raise ValueError(f"{path} differs")
                self.seen.add(path)
            level += 1

    def checkpoint(self, size):
        note = self.read(f"checkpoints/{size}").decode()
        text, _, block = note.rpartition("\n\n")
        text += "\n"
        origin, found, root = text[:-1].split("\n")
        if origin != self.name or number(found) != size or not block.endswith("\n"):
            raise ValueError(f"checkpoint {size}: not its form")
        good = 0
        for line in block[:-1].split("\n"):
            dash, name, signature = line.split(" ")
            raw = base64.b64decode(signature, validate=True)
            if dash != "\u2014" or base64.b64encode(raw).decode() != signature:
                raise ValueError(f"checkpoint {size}: no signature line")
            if name == self.name and raw[:4] == self.key_id:
                if not signed(self.key, text.encode(), raw[4:]):
                    raise ValueError(f"checkpoint {size}: the signature does not hold")
                good += 1
        self.entries(size)
        self.roots[size] = self.mth(0, size)
        if not good or base64.b64encode(self.roots[size]).decode() != root:
            raise ValueError(f"checkpoint {size}: another root")
        self.tiles(size)

    def inclusion(self, index, size, path):
        """RFC 9162, 2.1.3.2."""
        fn, sn, r = index, size - 1, self.leaves[index]
        for p in path:
            if sn == 0:
                return False
            if fn & 1 or fn == sn:
                r = node(p, r)
                while not fn & 1 and fn:
                    fn, sn = fn >> 1, sn >> 1
            else:
                r = node(r, p)
            fn, sn = fn >> 1, sn >> 1
        return sn == 0 and r == self.roots[size]

    def consistency(self, old, size, path):
        return consistent(old, size, self.roots[old], self.roots[size], path)


def check(folder):
    log = Log(folder)
    sizes = sorted(number(path.name) for path in (log.folder / "checkpoints").iterdir())
    for size in sizes:
        log.checkpoint(size)
    lines = log.read("proofs").decode().strip().split("\n")
    for line in lines:
        kind, first, size, *path = line.split()
        verify = {"inclusion": log.inclusion, "consistency": log.consistency}[kind]
        if not verify(int(first), int(size), [bytes.fromhex(word) for word in path]):
            raise ValueError(f"{line}: does not hold")
    return len(sizes), len(lines)


for name in sys.argv[1:]:
    try:
        print("ok", *check(name))
    except Exception as error:  # whatever a damaged log brings about is a refusal
        print("bad", str(error).replace("\n", " "))
