"""Looking again: what has not changed is neither asked for nor added, what has is."""

from __future__ import annotations

import json
import os
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from firsthand.errors import InputRejected
from firsthand.export.changes import State, changes
from firsthand.ingest import Intake
from firsthand.ingest.fetch import Fetcher, FetchLimits
from firsthand.ingest.watching import Watcher, feeds_of, watched_sources
from firsthand.ledger import View

from .conftest import PAGE, Server, answer
from .test_commands import Run, run

__all__ = ["run"]

QUICK = FetchLimits(connect=2, read=0.5, total=3, delay=0)


@pytest.fixture
def watcher() -> Watcher:
    return Watcher(Fetcher(limits=QUICK, allow_private=True), {})


def asked(server: Server) -> list[str]:
    paths = [request.split(" ")[1] for request in server.asked]
    server.asked.clear()
    return [path for path in paths if path != "/robots.txt"]


def feed(server: Server, **summaries: str) -> None:
    items = "".join(
        f"<item><title>{path}</title><link>{server.address}/{path}</link><description>{words}</description></item>"
        for path, words in summaries.items()
    )
    server.pages["/feed"] = answer(
        f"<rss><channel>{items}</channel></rss>".encode(), Content_Type="application/rss+xml"
    )


def test_a_feed_is_followed_to_what_is_new(server: Server, watcher: Watcher) -> None:
    address = f"{server.address}/feed"
    feed(server, story="Shells fell.", gone="The mayor of Ketra spoke of three dead.")
    first = list(watcher.look(address))
    assert [r.form if isinstance(r, Intake) else r.what for r in first] == ["HTML", f"{server.address}/gone", "feed"]
    assert asked(server) == ["/feed", "/story", "/gone"]
    # Nothing new: the feed itself is all that is asked for, but for the page that failed.
    list(watcher.look(address))
    assert asked(server) == ["/feed"]
    # A new entry, and an old one whose words changed: its page is asked for under its tag, and has not changed.
    feed(server, packed="Two were hurt.", story="Shells fell again.")
    again = [r.report.url for r in watcher.look(address) if isinstance(r, Intake)]
    assert again == [f"{server.address}/packed"]
    assert asked(server) == ["/feed", "/packed", "/story"]


def test_a_page_is_taken_again_when_it_changes(server: Server, watcher: Watcher) -> None:
    address = f"{server.address}/packed"
    assert len(list(watcher.look(address))) == 1
    assert list(watcher.look(address)) == []
    server.pages["/packed"] = answer(PAGE.replace("Nine", "Eleven").encode())
    assert len(list(watcher.look(address))) == 1


def test_a_failure_is_tried_again(server: Server, watcher: Watcher) -> None:
    address = f"{server.address}/later"
    assert isinstance(next(watcher.look(address)), InputRejected)
    server.pages["/later"] = answer(PAGE.encode())
    assert isinstance(next(watcher.look(address)), Intake)


def test_a_folder_gives_new_and_changed_files(watcher: Watcher, tmp_path: Path) -> None:
    one, two = tmp_path / "one.txt", tmp_path / "two.txt"
    one.write_text("Two people were killed in Ketra.")
    assert len(list(watcher.look(str(tmp_path)))) == 1
    two.write_text("Three people were hurt in Selm.")
    assert [r.report.source_id for r in watcher.look(str(tmp_path)) if isinstance(r, Intake)] == ["two"]
    one.write_text("Four people were killed in Ketra.")
    os.utime(one, ns=(1, 1))
    assert [r.report.source_id for r in watcher.look(str(tmp_path)) if isinstance(r, Intake)] == ["one"]
    assert list(watcher.look(str(tmp_path))) == []


OPML = """<?xml version="1.0"?><opml version="2.0"><head><title>x</title></head><body>
<outline text="group"><outline type="rss" text="a" xmlUrl="https://a.example/feed"/></outline>
<outline text="b" xmlurl="https://b.example/rss"/><outline text="c" htmlUrl="https://c.example/"/></body></opml>"""


def test_a_list_of_feeds(tmp_path: Path) -> None:
    path = tmp_path / "feeds.opml"
    path.write_text(OPML)
    assert feeds_of(str(path)) == ["https://a.example/feed", "https://b.example/rss"]
    assert watched_sources(["x/", str(path), "https://b.example/rss"]) == ["x/", *feeds_of(str(path))]
    for words in ("<opml/>", "<opml", '<!DOCTYPE o [<!ENTITY a "b">]><opml>&a;</opml>'):
        path.write_text(words)
        with pytest.raises(InputRejected):
            feeds_of(str(path))


# -- what changed


def state(**tolls: tuple[int | None, int | None, int | None]) -> State:
    return State(
        incidents={name: (f"Attack, {name}", "4 May 2019") for name in tolls},
        tolls={(name, "killed"): numbers for name, numbers in tolls.items()},
        conflicts={},
    )


CASES = [
    (state(), state(a=(3, 3, 3)), ["incident"], "3 killed"),
    (state(), state(a=(None, None, None)), ["incident"], "no figure yet"),
    (state(a=(3, 3, 3)), state(a=(3, 3, 3)), [], ""),
    (state(a=(3, 3, 3)), state(a=(3, 5, 9)), ["toll"], "has risen, from 3 to 3–9 (best 5)"),
    (state(a=(3, 5, 9)), state(a=(3, 3, 3)), ["toll"], "lower"),
    (state(a=(3, 5, 9)), state(a=(2, 6, 9)), ["toll"], "has changed"),
    (state(a=(None, None, None)), state(a=(4, 4, 4)), ["toll"], "first figure, 4"),
    (state(a=(4, 4, 4)), state(), [], ""),
]


@pytest.mark.parametrize(("before", "after", "kinds", "words"), CASES)
def test_what_is_told(before: State, after: State, kinds: list[str], words: str) -> None:
    found = changes(before, after)
    assert [change.kind for change in found] == kinds
    assert not found or words in found[0].told


# -- the command


@pytest.fixture
def hook() -> Iterator[tuple[str, list[bytes]]]:
    """A server that takes what is posted."""
    posted: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            while True:
                try:
                    connection, _ = listening.accept()
                except OSError:
                    return
                with connection, connection.makefile("rb") as stream:
                    length = 0
                    while (line := stream.readline().strip()) and line:
                        name, _, value = line.partition(b":")
                        length = int(value) if name.lower() == b"content-length" else length
                    posted.append(stream.read(length))
                    connection.sendall(b"HTTP/1.1 204 No Content\r\n\r\n")

        threading.Thread(target=serve, daemon=True).start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/hook", posted
        listening.shutdown(socket.SHUT_RDWR)


def story(killed: str) -> bytes:
    """A page of an invented attack."""
    words = f"{killed} people were killed in Salta, Argentina, on 4 May 2031 when a car bomb exploded, police said."
    return answer(f"<html><body><article><h1>Car bomb in Salta</h1><p>{words}</p></article></body></html>".encode())


def test_the_command_says_what_changed(run: Run, server: Server, hook: tuple[str, list[bytes]]) -> None:
    url, posted = hook
    server.pages["/bomb-1"] = story("Four")
    server.pages["/bomb-2"] = story("Nine")
    feed(server, **{"bomb-1": "A car bomb."})
    command = ["watch", f"{server.address}/feed", "--once", "--allow-private", "--webhook", url]
    first = run(*command)
    assert first.exit_code == 0, first.output
    assert "new incident" in first.stdout
    (body,) = posted
    (change, *_) = json.loads(body)["changes"]
    assert change["kind"] == "incident"
    assert "4 killed" in change["told"]
    again = run(*command)
    assert again.stdout == ""
    assert len(posted) == 1
    feed(server, **{"bomb-2": "The toll rose.", "bomb-1": "A car bomb."})
    risen = run(*command, "--json")
    told = [json.loads(line) for line in risen.stdout.splitlines()]
    assert told
    assert {row["incident"] for row in told} <= {i.id for i in View("firsthand.db").incidents()}
    assert len(posted) == 2
