"""Pages from the network: politely, within bounds, and never from a private address unless asked.

Nothing here runs unless a person names an address. Each host's robots.txt is obeyed and its pages asked for one at a time.
Names are resolved once and the connection goes to the address that was checked, at every redirect anew, so that neither a
redirect nor a second answer of the name service leads inside. What a server sends is read under a deadline for the whole and
bounds on its size, packed and unpacked.
"""

from __future__ import annotations

import http.client
import io
import os
import socket
import ssl
import time
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email.message import Message
from hashlib import sha256
from typing import TYPE_CHECKING, BinaryIO, cast

from firsthand import __version__
from firsthand.errors import InputRejected
from firsthand.model import Capture, record_id

from .addresses import Target, resolve, target_of
from .robots import MOST_BYTES, NOBODY, Robots, parse_robots
from .warcfile import Exchange, warc_of

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

MIB = 1024 * 1024
REDIRECTS = (301, 302, 303, 307, 308)
# What reports come as; pictures, films and programs are not asked for twice.
MEDIA_TYPES = (
    "text/", "application/xhtml+xml", "application/pdf", "application/json", "application/feed+json", "application/ld+json",
    "application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/xml", "application/warc", "application/gzip",
    "application/x-gzip", "application/zip", "application/x-ndjson", "application/jsonl", "message/rfc822", "multipart/related",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "application/octet-stream",
)  # fmt: skip
NOT_READ = ("text/css", "text/javascript")


@dataclass(frozen=True, slots=True)
class FetchLimits:
    """Bounds of one request, in seconds and bytes. ``read`` bounds each wait for more, ``total`` everything from the first
    name look-up to the last byte, redirects included. ``delay`` is the least time between two requests to one host; a site
    that asks for a longer one gets it, up to ``longest_delay``.
    """

    connect: float = 10.0
    read: float = 20.0
    total: float = 60.0
    bytes: int = 16 * MIB
    redirects: int = 5
    delay: float = 1.0
    longest_delay: float = 30.0


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer that was taken. ``body`` is the content, unpacked; empty with ``status`` 304: not changed since.

    ``media_type`` is the Content-Type header as sent.
    """

    capture: Capture
    warc: bytes
    body: bytes
    status: int
    media_type: str
    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    headers: Message
    entity: bytes
    exchange: Exchange


@dataclass
class Fetcher:
    """Fetches pages; keeps the robots.txt of each host and when it was last asked. One a run.

    ``contact`` is told to the servers as a way to reach whoever runs this.
    """

    limits: FetchLimits = field(default_factory=FetchLimits)
    allow_private: bool = False
    contact: str = field(default_factory=lambda: os.environ.get("FIRSTHAND_CONTACT", ""))
    sleep: Callable[[float], None] = time.sleep
    _robots: dict[str, Robots] = field(default_factory=dict)
    _asked: dict[str, float] = field(default_factory=dict)

    @property
    def agent(self) -> str:
        """What we call ourselves."""
        contact = "".join(c for c in self.contact if " " <= c <= "~")[:200]
        return (
            f"firsthand/{__version__} (archives news reports for casualty recording{f'; {contact}' if contact else ''})"
        )

    def get(self, url: str, *, etag: str | None = None, last_modified: str | None = None) -> Fetched:
        """The page at ``url`` with its capture. With ``etag`` or ``last_modified`` the server is asked for it only if it
        has changed. Raises InputRejected, its reason in plain words, for whatever goes wrong."""
        headers: dict[str, str] = {}
        if etag:
            headers["If-None-Match"] = _header(etag)
        if last_modified:
            headers["If-Modified-Since"] = _header(last_modified)
        deadline = time.monotonic() + self.limits.total
        exchanges: list[Exchange] = []
        target = target_of(url)
        asked = target.url
        for _ in range(self.limits.redirects + 1):
            waited = self._wait_for_turn(target, deadline)
            deadline += waited
            answer = self._ask(target, headers, deadline, self.limits.bytes)
            exchanges.append(answer.exchange)
            location = answer.headers.get("Location")
            if answer.status not in REDIRECTS or not location:
                return self._taken(asked, target, answer, exchanges)
            following = target_of(location, target.url)
            if any(following.url == exchange.url for exchange in exchanges):
                raise InputRejected(asked, why="its redirects go round in a circle", hint="open it in a browser")
            target = following
        raise InputRejected(
            asked, why=f"more than {self.limits.redirects} redirects", hint="add the address they lead to"
        )

    def post(self, url: str, body: bytes, *, media_type: str, accept: str = "*/*") -> bytes:
        """Sends ``body`` and returns the answer's content. For services that the user named: any address is reached, and no
        robots.txt is asked. Raises InputRejected."""
        target = target_of(url)
        headers = {"Content-Type": media_type, "Accept": accept}
        own = replace(self, allow_private=True)
        answer = own._ask(target, headers, time.monotonic() + self.limits.total, self.limits.bytes, body=body)
        if answer.status not in (200, 201, 202, 204):
            raise InputRejected(target.url, why=f"the server answered {answer.status}", hint="check the address")
        return _unpacked(target.url, answer, self.limits.bytes)

    def _taken(self, asked: str, target: Target, answer: _Answer, exchanges: list[Exchange]) -> Fetched:
        media_type = answer.headers.get("Content-Type", "")
        body = b""
        if answer.status != 304:
            if answer.status != 200:
                raise InputRejected(asked, why=_told(answer.status), hint="check the address, or try again later")
            _check_type(asked, media_type)
            body = _unpacked(asked, answer, self.limits.bytes)
        warc = warc_of(exchanges, software=f"firsthand/{__version__}")
        at = exchanges[-1].at
        digests = sha256(body).hexdigest(), sha256(warc).hexdigest()
        capture = Capture(
            id=record_id("cap", asked, at, *digests),
            url=asked,
            final_url=target.url,
            at=at,
            status=answer.status,
            media_type=media_type[:200],
            address=exchanges[-1].address,
            bytes=len(body),
            payload=digests[0],
            warc=digests[1],
        )
        etag, modified = answer.headers.get("ETag"), answer.headers.get("Last-Modified")
        return Fetched(capture, warc, body, answer.status, media_type, etag, modified)

    def _wait_for_turn(self, target: Target, deadline: float) -> float:
        """Obeys robots.txt and the rate for the host; returns the seconds waited. Raises InputRejected where it is barred."""
        robots = self._robots_of(target, deadline)
        if not robots.allows(target.path):
            raise InputRejected(
                target.url,
                why="its robots.txt asks programs to keep away",
                hint="save the page in a browser and add the file",
            )
        pause = min(max(self.limits.delay, robots.delay or 0.0), self.limits.longest_delay)
        last = self._asked.get(target.host)
        waited = 0.0 if last is None else max(0.0, last + pause - time.monotonic())
        if waited:
            self.sleep(waited)
        self._asked[target.host] = time.monotonic()
        return waited

    def _robots_of(self, target: Target, deadline: float) -> Robots:
        """The host's rules. RFC 9309: none where there is no such file, no access at all where the server fails."""
        origin = f"{target.scheme}://{target.authority}"
        if origin in self._robots:
            return self._robots[origin]
        at = target_of(f"{origin}/robots.txt")
        robots = NOBODY
        for _ in range(self.limits.redirects + 1):
            try:
                answer = self._ask(at, {}, deadline, MOST_BYTES, cut=True)
            except InputRejected as error:
                # What keeps us from the rules keeps us from the page; the person named the page.
                raise InputRejected(target.url, why=error.why, hint=error.hint) from None
            if answer.status in REDIRECTS and answer.headers.get("Location"):
                at = target_of(answer.headers["Location"], at.url)
                continue
            if answer.status == 200:
                body = _unpacked(at.url, answer, MOST_BYTES, cut=True)
                robots = parse_robots(body.decode("utf-8", "replace"), "firsthand")
            elif answer.status < 500 and answer.status != 429:
                robots = Robots()
            break
        self._robots[origin] = robots
        return robots

    def _ask(
        self,
        target: Target,
        headers: Mapping[str, str],
        deadline: float,
        most: int,
        *,
        body: bytes | None = None,
        cut: bool = False,
    ) -> _Answer:
        """One request and its whole answer. ``cut``: what is over ``most`` bytes is left, not refused."""
        method = "GET" if body is None else "POST"
        sent = {
            "Host": target.authority,
            "User-Agent": self.agent,
            "Accept": "*/*",
            "Accept-Encoding": "gzip",
            "Connection": "close",
            **headers,
        }
        if body is not None:
            sent["Content-Length"] = str(len(body))
        request = f"{method} {target.path} HTTP/1.1\r\n" + "".join(
            f"{name}: {value}\r\n" for name, value in sent.items()
        )
        raw = request.encode("latin-1", "replace") + b"\r\n" + (body or b"")
        at = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        try:
            with self._connected(target, deadline) as connection:
                address = str(connection.getpeername()[0])
                connection.sendall(raw)
                wire = _Wire(connection, deadline, self.limits.read)
                status, answered, entity = _answer(wire, method, most, cut=cut)
                wire.end_with(entity, answered)
        except InputRejected:
            raise
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise InputRejected(target.url, why=_reason(error), hint="try again later, or add a saved copy") from None
        exchange = Exchange(target.url, at, address, raw, bytes(wire.seen), entity)
        return _Answer(status, answered, entity, exchange)

    def _connected(self, target: Target, deadline: float) -> socket.socket:
        """A connection to one of the addresses that were checked."""
        failure: OSError = OSError("the name has no address")
        for address in resolve(target, allow_private=self.allow_private)[:4]:
            left = min(self.limits.connect, deadline - time.monotonic())
            if left <= 0:
                raise TimeoutError
            try:
                plain = socket.create_connection((address, target.port), timeout=left)
            except OSError as error:
                failure = error
                continue
            if target.scheme == "http":
                return plain
            try:
                return ssl.create_default_context().wrap_socket(plain, server_hostname=target.host)
            except OSError as error:
                plain.close()
                failure = error
        raise failure


class _Wire(io.RawIOBase):
    """The bytes of an answer as they come, kept in ``seen``; each wait is bounded, and so is the whole."""

    def __init__(self, connection: socket.socket, deadline: float, wait: float) -> None:
        self.connection, self.deadline, self.wait = connection, deadline, wait
        self.seen = bytearray()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        self.connection.settimeout(min(self.wait, left))
        count = self.connection.recv_into(buffer)
        self.seen += memoryview(buffer)[:count]
        return count

    def end_with(self, entity: bytes, headers: Message) -> None:
        """Drops from ``seen`` what a server sent after the length that it had stated."""
        at = self.seen.find(b"\r\n\r\n")
        if at >= 0 and headers.get("Content-Length") and "chunked" not in headers.get("Transfer-Encoding", ""):
            del self.seen[at + 4 + len(entity) :]

    def makefile(self, mode: str) -> BinaryIO:
        """What ``http.client`` asks of a socket."""
        return cast(BinaryIO, io.BufferedReader(self, 65536))


def _answer(wire: _Wire, method: str, most: int, *, cut: bool) -> tuple[int, Message, bytes]:
    response = http.client.HTTPResponse(cast(socket.socket, wire), method=method)
    response.begin()
    stated = response.headers.get("Content-Length", "")
    if stated.isdigit() and int(stated) > most and not cut:
        raise _TooLong(most)
    parts: list[bytes] = []
    size = 0
    while part := response.read(65536):
        parts.append(part)
        size += len(part)
        if size > most:
            if cut:
                break
            raise _TooLong(most)
    entity = b"".join(parts)
    if stated.isdigit() and len(entity) < int(stated) and not cut and method != "HEAD":
        raise http.client.IncompleteRead(entity, int(stated) - len(entity))
    return response.status, response.headers, entity


class _TooLong(ValueError):
    def __init__(self, most: int) -> None:
        super().__init__(f"longer than {most // MIB} MiB, the bound for one page")


def _unpacked(name: str, answer: _Answer, most: int, *, cut: bool = False) -> bytes:
    """The content behind its Content-Encoding, of which only gzip was asked for. Raises InputRejected past ``most`` bytes."""
    coding = answer.headers.get("Content-Encoding", "identity").strip().lower()
    if coding in ("", "identity"):
        return answer.entity
    if coding not in ("gzip", "x-gzip", "deflate"):
        raise InputRejected(
            name, why=f"it is packed as {coding[:40]}, which was not asked for", hint="save it in a browser"
        )
    try:
        unpacker = zlib.decompressobj(wbits=47 if coding != "deflate" else 15)
        data = unpacker.decompress(answer.entity, most + 1)
    except zlib.error as error:
        raise InputRejected(name, why=f"its packed content is damaged: {error}", hint="try again later") from None
    if len(data) > most and not cut:
        raise InputRejected(name, why=f"it unpacks to more than {most // MIB} MiB", hint="leave it out")
    if not unpacker.eof and not cut:
        raise InputRejected(name, why="its packed content is cut off", hint="try again later")
    return data


def _check_type(name: str, media_type: str) -> None:
    kind = media_type.partition(";")[0].strip().lower()
    if kind and (kind in NOT_READ or not kind.startswith(MEDIA_TYPES)):
        raise InputRejected(
            name, why=f"the server says it is {kind[:80]}, not a report", hint="add the page it stands on"
        )


def _reason(error: Exception) -> str:
    if isinstance(error, TimeoutError):
        return "the server took too long"
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"its certificate cannot be trusted: {error.verify_message}"
    if isinstance(error, http.client.IncompleteRead):
        missing = f", {error.expected} bytes early" if error.expected else ""
        return f"the server broke off{missing}"
    if isinstance(error, http.client.HTTPException):
        return f"the server does not speak HTTP properly ({type(error).__name__})"
    if isinstance(error, OSError):
        return f"no connection: {error.strerror or error}"
    return str(error)


def _told(status: int) -> str:
    phrase = http.client.responses.get(status, "")
    return f"the server answered {status} {phrase}".rstrip()


def _header(value: str) -> str:
    return "".join(c for c in value if " " <= c <= "~")[:500]
