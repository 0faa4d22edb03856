"""Fetching from a server that misbehaves: each misbehaviour is refused in bounded time, with its reason."""

from __future__ import annotations

import hashlib
import io
from dataclasses import replace
from pathlib import Path

import pytest
from fastwarc.warc import ArchiveIterator

from firsthand.errors import InputRejected
from firsthand.ingest import Intake, fetch, read
from firsthand.ingest.addresses import Target, is_public, resolve, target_of
from firsthand.ingest.fetch import Fetcher, FetchLimits
from firsthand.ingest.reading import read_piece
from firsthand.ingest.robots import parse_robots
from firsthand.ingest.types import Piece

from .conftest import PAGE, STORY, Server, answer

QUICK = FetchLimits(connect=2, read=0.5, total=1.5, bytes=1_000_000, delay=0)


@pytest.fixture
def fetcher() -> Fetcher:
    return Fetcher(limits=QUICK, allow_private=True)


@pytest.mark.parametrize("path", ["/story", "/packed", "/chunked", "/moved"])
def test_a_page_is_kept_with_its_headers_and_its_content_is_read(server: Server, fetcher: Fetcher, path: str) -> None:
    fetched = fetcher.get(server.address + path)
    assert fetched.body == PAGE.encode()
    capture = fetched.capture
    assert (capture.url, capture.status, capture.address) == (server.address + path, 200, "127.0.0.1")
    assert capture.final_url == server.address + ("/story" if path == "/moved" else path)
    assert capture.payload == hashlib.sha256(PAGE.encode()).hexdigest()
    assert capture.warc == hashlib.sha256(fetched.warc).hexdigest()
    # Any reader of web archives finds the exchange in it, with digests that hold.
    records = [
        (record.headers["WARC-Type"], record.verify_block_digest())
        for record in ArchiveIterator(io.BytesIO(fetched.warc), parse_http=False)
    ]
    hops = 2 if path == "/moved" else 1
    assert records == [("warcinfo", True), *[("response", True), ("request", True)] * hops]


def test_a_capture_is_itself_a_source(server: Server, fetcher: Fetcher) -> None:
    for path in ("/packed", "/chunked"):
        fetched = fetcher.get(server.address + path)
        (again,) = read_piece(Piece.of_bytes("kept.warc.gz", fetched.warc))
        assert isinstance(again, Intake)
        assert again.original == PAGE.encode()
        assert again.report.retrieved == fetched.capture.at


REFUSED = {
    "/slow": "took too long",
    "/drip": "took too long",
    "/endless": "the bound for one page",
    "/endless-headers": "HTTP",
    "/long-length": "broke off",
    "/huge-length": "the bound for one page",
    "/bomb": "unpacks to more than",
    "/cut-gzip": "cut off",
    "/picture": "image/png",
    "/brotli": "not asked for",
    "/gone": "410",
    "/missing": "404",
    "/noise": "HTTP",
    "/loop": "circle",
    "/hop-0": "redirects",
    "/to-file": "not a web address",
    "/closed/story": "robots.txt",
}


@pytest.mark.parametrize("path", REFUSED)
def test_misbehaviour_is_refused_with_its_reason(server: Server, fetcher: Fetcher, path: str) -> None:
    with pytest.raises(InputRejected) as refused:
        fetcher.get(server.address + path)
    assert REFUSED[path] in refused.value.why
    assert refused.value.hint
    assert server.address in refused.value.what or path == "/to-file"


def test_what_comes_after_the_stated_length_is_not_kept(server: Server, fetcher: Fetcher) -> None:
    fetched = fetcher.get(f"{server.address}/short-length")
    assert fetched.body == PAGE.encode()[:-4]
    responses = [
        record.reader.read()
        for record in ArchiveIterator(io.BytesIO(fetched.warc))
        if record.headers["WARC-Type"] == "response"
    ]
    assert responses == [fetched.body]


def test_nobody_listens(fetcher: Fetcher, closed_port: int) -> None:
    with pytest.raises(InputRejected, match="no connection"):
        fetcher.get(f"http://127.0.0.1:{closed_port}/")


def test_an_unchanged_page_is_told_by_its_tag(server: Server, fetcher: Fetcher) -> None:
    first = fetcher.get(f"{server.address}/story")
    again = fetcher.get(f"{server.address}/story", etag=first.etag)
    assert (again.status, again.body) == (304, b"")


def test_the_server_is_told_who_asks_and_is_not_hurried(server: Server) -> None:
    waits: list[float] = []
    limits = replace(QUICK, delay=5)
    fetcher = Fetcher(limits=limits, allow_private=True, contact="desk@example.org\r\nX: y", sleep=waits.append)
    for _ in range(3):
        fetcher.get(f"{server.address}/story")
    assert [request.split(" ")[1] for request in server.asked] == ["/robots.txt", "/story", "/story", "/story"]
    assert all("User-Agent: firsthand/" in request for request in server.asked)
    assert all("desk@example.orgX: y" in request for request in server.asked)
    assert len(waits) == 2
    assert all(4 < wait <= 5 for wait in waits)


def test_a_site_that_asks_for_more_time_gets_it(server: Server) -> None:
    waits: list[float] = []
    server.pages["/robots.txt"] = answer(b"User-agent: *\nCrawl-delay: 9\n", Content_Type="text/plain")
    fetcher = Fetcher(limits=QUICK, allow_private=True, sleep=waits.append)
    fetcher.get(f"{server.address}/story")
    fetcher.get(f"{server.address}/story")
    assert len(waits) == 1
    assert 8 < waits[0] <= 9


def test_a_server_that_fails_on_its_rules_is_left_alone(server: Server, fetcher: Fetcher) -> None:
    server.pages["/robots.txt"] = answer(b"", status="503 Service Unavailable")
    with pytest.raises(InputRejected, match=r"robots\.txt"):
        fetcher.get(f"{server.address}/story")


# -- addresses


PRIVATE = [
    "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
    "255.255.255.255",    "::", "::1", "fe80::1%eth0", "fc00::1", "ff02::1", "::ffff:10.0.0.1", "2002:a00:1::", "64:ff9b::7f00:1",
    "2001:0:4136:e378:8000:63bf:f5ff:fffe", "not an address",
]  # fmt: skip


@pytest.mark.parametrize("address", PRIVATE)
def test_addresses_that_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:2800:21f:cb07::1", "::ffff:93.184.215.14"])
def test_public_addresses(address: str) -> None:
    assert is_public(address)


SPELT = ["127.0.0.1", "localhost", "2130706433", "0x7f000001", "127.1", "[::1]", "[::ffff:127.0.0.1]", "0"]


@pytest.mark.parametrize("host", SPELT)
def test_no_spelling_of_this_machine_is_reached(server: Server, host: str) -> None:
    with pytest.raises(InputRejected, match=r"not a public address|cannot be resolved"):
        Fetcher(limits=QUICK).get(f"http://{host}:{server.server_address[1]}/story")
    assert not server.asked


def test_a_redirect_to_a_private_address_is_seen(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first host is taken for a public one here, since a test has no public server; the second is looked at for real."""

    def looked_up(target: Target, *, allow_private: bool = False) -> list[str]:
        return ["127.0.0.1"] if target.host == "front.test" else resolve(target, allow_private=allow_private)

    monkeypatch.setattr(fetch, "resolve", looked_up)
    port = server.server_address[1]
    server.pages["/in"] = answer(b"", status="302 Found", Location=f"{server.address}/story")
    fetcher = Fetcher(limits=QUICK)
    assert fetcher.get(f"http://front.test:{port}/story").body == PAGE.encode()
    with pytest.raises(InputRejected, match="not a public address"):
        fetcher.get(f"http://front.test:{port}/in")
    assert [request.split(" ")[1] for request in server.asked] == ["/robots.txt", "/story", "/in"]


@pytest.mark.parametrize(
    "url", ["ftp://example.org/", "http://", "http://a:b@example.org/", "http://[::1", "http://x:99999/", "/etc/passwd"]
)
def test_what_is_no_web_address(url: str) -> None:
    with pytest.raises(InputRejected):
        target_of(url)


def test_an_address_is_spelt_for_the_request() -> None:
    target = target_of("HTTP://Bücher.Example/größe x?q=ü\r\nHost: evil#part")
    assert (target.host, target.port) == ("xn--bcher-kva.example", 80)
    assert target.path.isascii()
    assert not set(target.path) & set(" \r\n#")


# -- robots.txt


ROBOTS = [
    ("User-agent: *\nDisallow: /", "/a", False),
    ("User-agent: *\nDisallow:", "/a", True),
    ("User-agent: other\nDisallow: /", "/a", True),
    ("User-agent: *\nAllow: /\nUser-agent: Firsthand\nDisallow: /a", "/a", False),
    ("User-agent: *\nDisallow: /*.pdf$", "/x/y.pdf", False),
    ("User-agent: *\nDisallow: /*.pdf$", "/x/y.pdf?z", True),
    ("User-agent: *\nDisallow: /a*b*c", "/a-1-b-2-c-3", False),
    ("User-agent: a\nUser-agent: *\nDisallow: /a # ours", "/a", False),
    ("\ufeffnonsense\n:::\nUser-agent *\nDisallow: /", "/a", True),
    ("User-agent: *\nDisallow: /a\nAllow: /a", "/a", True),
]


@pytest.mark.parametrize(("text", "path", "allowed"), ROBOTS)
def test_robots(text: str, path: str, allowed: bool) -> None:
    assert parse_robots(text, "firsthand").allows(path) is allowed


# -- as a source


def test_an_address_is_a_source(server: Server, fetcher: Fetcher) -> None:
    results = list(read([f"{server.address}/story", f"{server.address}/gone"], fetcher=fetcher))
    taken, refused = results
    assert isinstance(taken, Intake)
    assert isinstance(refused, InputRejected)
    assert taken.report.url == taken.report.source_id == f"{server.address}/story"
    assert taken.fetched is not None
    assert taken.report.retrieved == taken.fetched.capture.at
    assert taken.form == "HTML"
    (again,) = read([f"{server.address}/story"], fetcher=fetcher)
    assert isinstance(again, Intake)
    assert again.report.id == taken.report.id


def test_a_feed_gives_its_entries_or_the_pages_behind_them(server: Server, fetcher: Fetcher) -> None:
    entry = f"<item><title>Shells</title><link>{server.address}/story</link><description>{STORY}</description></item>"
    server.pages["/feed"] = answer(
        f"<rss><channel>{entry}</channel></rss>".encode(), Content_Type="application/rss+xml"
    )
    (item,) = read([f"{server.address}/feed"], fetcher=fetcher)
    (page,) = read([f"{server.address}/feed"], fetcher=fetcher, follow=True)
    assert isinstance(item, Intake)
    assert isinstance(page, Intake)
    assert (item.form, page.form) == ("feed", "HTML")
    assert item.report.url == page.report.url == f"{server.address}/story"


def test_a_sitemap_is_followed_through_others(server: Server, fetcher: Fetcher, tmp_path: Path) -> None:
    xmlns = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    index = f"<sitemapindex {xmlns}><sitemap><loc>{server.address}/map-1</loc></sitemap></sitemapindex>"
    pages = "".join(f"<url><loc>{server.address}{path}</loc></url>" for path in ("/story", "/gone", "/packed"))
    server.pages["/map"] = answer(index.encode(), Content_Type="application/xml")
    server.pages["/map-1"] = answer(f"<urlset {xmlns}>{pages}</urlset>".encode(), Content_Type="application/xml")
    results = list(read([f"{server.address}/map"], fetcher=fetcher, follow=True))
    assert [type(result) for result in results] == [Intake, InputRejected, Intake]
    saved = tmp_path / "sitemap.xml"
    saved.write_bytes(server.pages["/map-1"].partition(b"\r\n\r\n")[2])
    assert len(list(read([str(saved)], fetcher=fetcher, follow=True))) == 3
    (refused,) = read([f"{server.address}/map"], fetcher=fetcher)
    assert isinstance(refused, InputRejected)
    assert "follow" in refused.hint
