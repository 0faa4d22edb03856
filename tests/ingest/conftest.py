"""A web server that misbehaves as it is told."""

from __future__ import annotations

import contextlib
import gzip
import socket
import socketserver
import threading
import time
from collections.abc import Iterator

import pytest

STORY = "Nine people were killed on Friday when shells fell on a river town, its mayor said."
PAGE = f"<!DOCTYPE html><html><head><title>Shells fall on town</title></head><body><article><p>{STORY}</p></article></body></html>"


def answer(body: bytes, *, status: str = "200 OK", **headers: str) -> bytes:
    lines = {"Content-Type": "text/html; charset=utf-8", "Content-Length": str(len(body))}
    lines |= {name.replace("_", "-"): value for name, value in headers.items()}
    return (
        f"HTTP/1.1 {status}\r\n{''.join(f'{n}: {v}' + chr(13) + chr(10) for n, v in lines.items())}\r\n".encode() + body
    )


class Server(socketserver.ThreadingTCPServer):
    """Answers each path with the bytes in ``pages``, or misbehaves; ``asked`` are the requests it got."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[str] = []
        self.pages: dict[str, bytes] = {
            "/story": answer(PAGE.encode(), ETag='"one"'),
            "/packed": answer(gzip.compress(PAGE.encode()), Content_Encoding="gzip"),
            "/chunked": b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"
            + b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (PAGE.encode()[:40], PAGE.encode()[40:]))
            + b"0\r\n\r\n",
            "/long-length": answer(PAGE.encode(), Content_Length="9000"),
            "/short-length": answer(PAGE.encode(), Content_Length=str(len(PAGE) - 4)),
            "/huge-length": answer(PAGE.encode(), Content_Length="90000000000"),
            "/bomb": answer(gzip.compress(bytes(30_000_000)), Content_Encoding="gzip"),
            "/cut-gzip": answer(gzip.compress(PAGE.encode())[:-20], Content_Encoding="gzip"),
            "/picture": answer(b"\x89PNG\r\n\x1a\n", Content_Type="image/png"),
            "/brotli": answer(b"xxxx", Content_Encoding="br"),
            "/gone": answer(b"gone", status="410 Gone"),
            "/noise": b"\x00\x01\x02 what?\r\n\r\n",
            "/loop": answer(b"", status="302 Found", Location="/loop-2"),
            "/loop-2": answer(b"", status="302 Found", Location="/loop"),
            "/moved": answer(b"", status="301 Moved Permanently", Location="story"),
            "/to-file": answer(b"", status="302 Found", Location="file:///etc/passwd"),
            "/robots.txt": answer(b"User-agent: *\nDisallow: /closed\n", Content_Type="text/plain"),
            "/closed/story": answer(PAGE.encode()),
        }
        for number in range(9):
            self.pages[f"/hop-{number}"] = answer(b"", status="302 Found", Location=f"/hop-{number + 1}")

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class Handler(socketserver.StreamRequestHandler):
    server: Server

    def handle(self) -> None:
        head = b""
        while not head.endswith(b"\r\n\r\n"):
            byte = self.rfile.read(1)
            if not byte:
                return
            head += byte
        request = head.decode("latin-1")
        path = request.split(" ")[1]
        self.server.asked.append(request)
        with contextlib.suppress(OSError):  # the other side had enough
            self.reply(path, request)

    def reply(self, path: str, request: str) -> None:
        if path == "/slow":
            time.sleep(30)
        elif path == "/drip":
            self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
            while True:
                self.wfile.write(b"x")
                time.sleep(0.05)
        elif path == "/endless":
            self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
            while True:
                self.wfile.write(b"x" * 65536)
        elif path == "/endless-headers":
            self.wfile.write(b"HTTP/1.1 200 OK\r\n")
            while True:
                self.wfile.write(b"X-Filler: " + b"x" * 1000 + b"\r\n")
        elif path == "/story" and 'If-None-Match: "one"' in request:
            self.wfile.write(b"HTTP/1.1 304 Not Modified\r\n\r\n")
        elif path in self.server.pages:
            self.wfile.write(self.server.pages[path])
        else:
            self.wfile.write(answer(b"", status="404 Not Found"))


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as running:
        thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        yield running
        running.shutdown()


@pytest.fixture
def closed_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
