"""Encryption in front of a server that has none, on loopback.

    front.py CERTIFICATE KEY PORT TARGET

Whoever comes to PORT is passed on to TARGET. Ends when its standard input does.
"""
import asyncio
import ssl
import sys

certificate, key, port, target = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])


async def copy(reader, writer):
    try:
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
    except OSError:
        pass
    writer.close()


async def pass_on(reader, writer):
    inner, outer = await asyncio.open_connection("127.0.0.1", target)
    await asyncio.gather(copy(reader, outer), copy(inner, writer))


async def main():
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate, key)
    server = await asyncio.start_server(pass_on, "127.0.0.1", port, ssl=context)
    print("ready", flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
    server.close()


asyncio.run(main())
