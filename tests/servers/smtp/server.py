"""A mail server on loopback for the tests: three doors, one Maildir.

    server.py FOLDER PLAIN STARTTLS WRAPPED

PLAIN takes mail as it comes, STARTTLS wants encryption and a login (news / s3cret), WRAPPED is encrypted from the first
byte and wants the login too. A recipient that begins with `bounce` is refused for good (550), one that begins with
`later` for now (451), one that begins with `once` for now the first time only. A message with `fault: cut` in its
head is kept, and the answer to it is never sent; one with `fault: full` is refused after it was read (452). Ends when its
standard input does.
"""
import os
import re
import ssl
import sys

from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Mailbox
from aiosmtpd.smtp import AuthResult, LoginPassword

folder, plain, starttls, wrapped = sys.argv[1], *map(int, sys.argv[2:5])
seen = set()
os.makedirs(folder + "/raw")


class Handler(Mailbox):
    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("bounce"):
            return "550 5.1.1 user unknown"
        if address.startswith("later") or (address.startswith("once") and address not in seen):
            seen.add(address)
            return "451 4.7.1 try again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        head = envelope.content.split(b"\r\n\r\n")[0]
        if b"fault: full" in head:
            return "452 4.3.1 the disk is full"
        # The Maildir has it with the line ends of this machine; here it lies byte for byte, once for each time it came.
        name = re.search(rb"^message-id: <([^>]+)>", head, re.M | re.I).group(1).decode()
        with open(f"{folder}/raw/{name}.{len(os.listdir(folder + '/raw'))}", "wb") as raw:
            raw.write(f"{' '.join(envelope.rcpt_tos)}\n".encode() + envelope.content)
        answer = await super().handle_DATA(server, session, envelope)
        if b"fault: cut" in head:
            server.transport.close()
        return answer


def login(server, session, envelope, mechanism, data):
    good = isinstance(data, LoginPassword) and (data.login, data.password) == (b"news", b"s3cret")
    return AuthResult(success=good, handled=False)


context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
context.load_cert_chain(folder + "/cert.pem", folder + "/key.pem")
handler = Handler(folder + "/maildir")
wanted = {"authenticator": login, "auth_required": True, "enable_SMTPUTF8": True}
controllers = [
    Controller(handler, hostname="127.0.0.1", port=plain, enable_SMTPUTF8=True),
    Controller(handler, hostname="127.0.0.1", port=starttls, tls_context=context, require_starttls=True, **wanted),
    Controller(handler, hostname="127.0.0.1", port=wrapped, ssl_context=context, auth_require_tls=False, **wanted),
]
for controller in controllers:
    controller.start()
print("ready", flush=True)
sys.stdin.read()
for controller in controllers:
    controller.stop()
