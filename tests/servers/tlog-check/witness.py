"""A witness of transparency logs (c2sp.org/tlog-witness) with Python's standard library alone: written from the
specification, not from our code. It remembers what it has signed and never signs what does not go on from there.

    python3 witness.py FOLDER

The folder holds `name` and `seed` (64 hexadecimal digits) of its key and `logs` (a verifier key on each line). It keeps
`state.json` there, writes every request with its answer into `requests`, and reads `mode` before each: what it does
instead of its duty, for tests. Its address and its verifier key are printed.
"""

import base64
import hashlib
import http.server
import json
import pathlib
import sys
import time

from ed25519 import public, sign, signed
from merkle import consistent

FOLDER = pathlib.Path(sys.argv[1])
NAME = (FOLDER / "name").read_text().strip()
SEED = bytes.fromhex((FOLDER / "seed").read_text().strip())


def key_id(name, key):
    return hashlib.sha256(name.encode() + b"\n" + key).digest()[:4]


def line(text, seed=SEED):
    """A signature line of the kind cosignature/v1."""
    now = int(time.time())
    signature = sign(seed, f"cosignature/v1\ntime {now}\n".encode() + text.encode())
    raw = key_id(NAME, b"\4" + public(seed)) + now.to_bytes(8, "big") + signature
    return f"\u2014 {NAME} {base64.b64encode(raw).decode()}\n"


def has_signed(note, origin):
    """Whether a key that this log is known by has signed."""
    text, _, block = note.rpartition("\n\n")
    for known in (FOLDER / "logs").read_text().split():
        name, digits, key = known.split("+", 2)
        key = base64.b64decode(key, validate=True)
        for signature in block.strip().split("\n"):
            _, signer, raw = signature.split(" ")
            raw = base64.b64decode(raw, validate=True)
            if name == signer == origin and raw[:4].hex() == digits and signed(key[1:], text.encode() + b"\n", raw[4:]):
                return True
    return False


def answer(body):
    """Status, media type and text for a request."""
    head, _, note = body.partition("\n\n")
    first, *hashes = head.split("\n")
    word, old = first.split(" ")
    if word != "old" or str(int(old)) != old or len(hashes) > 63:
        return 400, "text/plain", "not the form\n"
    old, path = int(old), [base64.b64decode(one, validate=True) for one in hashes]
    text = note.rpartition("\n\n")[0] + "\n"
    origin, size, root = text.split("\n")[:3]
    size, root = int(size), base64.b64decode(root, validate=True)
    if origin not in [known.split("+")[0] for known in (FOLDER / "logs").read_text().split()]:
        return 404, "text/plain", "unknown log\n"
    if not has_signed(note, origin):
        return 403, "text/plain", "invalid signature\n"
    if old > size:
        return 400, "text/plain", "old is larger\n"
    file = FOLDER / "state.json"
    state = json.loads(file.read_text()) if file.exists() else {}
    seen = state.get(origin, {"size": 0, "root": ""})
    if old != seen["size"]:
        return 409, "text/x.tlog.size", f"{seen['size']}\n"
    if old and not consistent(old, size, base64.b64decode(seen["root"]), root, path) or not old and path:
        return 422, "text/plain", "consistency proof\n"
    file.write_text(json.dumps({**state, origin: {"size": size, "root": base64.b64encode(root).decode()}}))
    return 200, "text/plain; charset=utf-8", line(text)


# What it does instead of its duty.
MODES = {
    "ill": lambda body: (503, "text/plain", "ill\n"),
    "alarm": lambda body: (422, "text/plain", "no\n"),
    "mute": lambda body: (200, "text/plain", ""),
    "lie": lambda body: (200, "text/plain", line("another text\n")),
    "other": lambda body: (200, "text/plain", line(body.partition("\n\n")[2].rpartition("\n\n")[0] + "\n", bytes(32))),
    "page": lambda body: (200, "text/html", "<!doctype html><title>Log in</title>\n" * 99),
    "ahead": lambda body: (409, "text/x.tlog.size", "1000000\n"),
    "maze": lambda body: (409, "text/x.tlog.size", f"{1 - int(body.split()[1] != '0')}\n"),
    "huge": lambda body: (200, "text/plain", "x" * 10_000_000),
}


class Handler(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["content-length"])).decode()
        mode = (FOLDER / "mode").read_text().strip() if (FOLDER / "mode").exists() else ""
        try:
            found = MODES.get(mode, answer)(body) if self.path == "/w/add-checkpoint" else (404, "text/plain", "not here\n")
        except (ValueError, IndexError):
            found = (400, "text/plain", "not the form\n")
        status, kind, text = found
        with (FOLDER / "requests").open("a") as told:
            told.write(f"{body.partition(chr(10))[0]} {status}\n")
        self.send_response(status)
        self.send_header("content-type", kind)
        self.send_header("content-length", str(len(text.encode())))
        self.end_headers()
        try:
            self.wfile.write(text.encode())
        except OSError:
            pass

    def log_message(self, *_):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
key = b"\4" + public(SEED)
print(f"http://127.0.0.1:{server.server_port}/w", f"{NAME}+{key_id(NAME, key).hex()}+{base64.b64encode(key).decode()}", flush=True)
server.serve_forever()
