"""Looking again at feeds, pages and folders: only what has changed since is read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from firsthand.errors import InputRejected

from .fetch import Fetched, Fetcher
from .reading import DEFAULT, links_in, read_fetched, read_piece
from .sources import pieces_of
from .types import Intake, Limits, Piece, Result
from .xml import parse_xml

# Formats whose reports are the entries of a list that grows.
LISTS = ("feed", "JSON")
MOST_OPML = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Seen:
    """What the last look at an address, an entry or a file found. ``digest``: of its content; of a file, size and time."""

    etag: str | None = None
    last_modified: str | None = None
    digest: str = ""


@dataclass
class Watcher:
    """Looks at sources again and again. ``seen`` is what it remembers of each address or file, by its name; ``fresh`` is what
    the looks since it was last emptied have changed in that, to be kept by whoever calls."""

    fetcher: Fetcher
    seen: dict[str, Seen]
    limits: Limits = DEFAULT
    follow: bool = True
    fresh: dict[str, Seen] = field(default_factory=dict)

    def look(self, source: str) -> Iterator[Result]:
        """The reports that are new or changed at a feed, page, file, folder or pattern. What cannot be had is an
        InputRejected, and is tried again at the next look."""
        if is_address(source):
            yield from self._address(source)
            return
        for piece in pieces_of(source):
            if isinstance(piece, InputRejected):
                yield piece
            else:
                yield from self._file(piece)

    def _file(self, piece: Piece) -> Iterator[Result]:
        name = str(Path(piece.name).absolute())
        try:
            status = Path(piece.name).stat()
        except OSError as error:
            yield InputRejected(piece.name, why=error.strerror or "it cannot be read", hint="check its permissions")
            return
        now = Seen(digest=f"{status.st_size} bytes, changed {status.st_mtime_ns}")
        if self.seen.get(name) != now:
            yield from read_piece(piece, self.limits)
            self._remember(name, now)

    def _address(self, url: str) -> Iterator[Result]:
        fetched = self._changed(url)
        if isinstance(fetched, InputRejected):
            yield fetched
        if not isinstance(fetched, Fetched):
            return
        results = list(read_fetched(fetched, self.limits))
        entries = [result for result in results if isinstance(result, Intake) and result.form in LISTS]
        if self.follow and (entries or links_in(fetched)):
            yield from self._entries(entries, fetched)
        else:
            yield from results
        self._remember(url, _seen(fetched))

    def _entries(self, entries: Iterable[Intake], fetched: Fetched) -> Iterator[Result]:
        """The pages behind the entries that are new or changed; an entry whose page cannot be had stands for it."""
        listed: dict[str, Intake | None] = dict.fromkeys(links_in(fetched))
        for entry in entries:
            if entry.report.url:
                listed[entry.report.url] = entry
            else:
                yield entry
        for link, own in listed.items():
            marker = f"entry {link}"
            now = Seen(digest=own.report.sha256 if own else "")
            if self.seen.get(marker) == now:
                continue
            page = self._changed(link)
            if isinstance(page, InputRejected):
                yield page
                if own is not None:
                    yield own
                continue
            if page is not None:
                yield from read_fetched(page, self.limits)
                self._remember(link, _seen(page))
            self._remember(marker, now)

    def _changed(self, url: str) -> Fetched | InputRejected | None:
        """The answer for ``url``, None where it is what it was."""
        before = self.seen.get(url, Seen())
        try:
            fetched = self.fetcher.get(url, etag=before.etag, last_modified=before.last_modified)
        except InputRejected as rejected:
            return rejected
        if fetched.status == 304 or fetched.capture.payload == before.digest:
            return None
        return fetched

    def _remember(self, name: str, now: Seen) -> None:
        self.seen[name] = self.fresh[name] = now


def is_address(source: str) -> bool:
    """Whether ``source`` is to be fetched, not opened."""
    return source.lower().startswith(("http://", "https://"))


def watched_sources(sources: Iterable[str]) -> list[str]:
    """``sources`` with each OPML file replaced by the feeds that it lists, each once. Raises InputRejected for one that is
    damaged or lists none."""
    out: list[str] = []
    for source in sources:
        opml = not is_address(source) and source.lower().endswith((".opml", ".opml.xml"))
        out += feeds_of(source) if opml else [source]
    return list(dict.fromkeys(out))


def feeds_of(path: str) -> list[str]:
    """The addresses of the feeds in an OPML file. Raises InputRejected."""
    try:
        with open(path, "rb") as file:
            data = file.read(MOST_OPML + 1)
        if len(data) > MOST_OPML:
            raise ValueError(f"longer than {MOST_OPML // (1024 * 1024)} MiB")
        outlines = [element for element in parse_xml(data).iter() if element.tag == "outline"]
    except (OSError, ValueError) as error:
        raise InputRejected(path, why=str(error), hint="export the list of feeds again") from None
    attributes: list[Mapping[str, str]] = [{name.lower(): v for name, v in each.attrib.items()} for each in outlines]
    feeds = [value.strip() for each in attributes if (value := each.get("xmlurl", "")) and is_address(value.strip())]
    if not feeds:
        raise InputRejected(path, why="it lists no feeds", hint="each feed is an outline with an xmlUrl")
    return feeds


def _seen(fetched: Fetched) -> Seen:
    return Seen(fetched.etag, fetched.last_modified, fetched.capture.payload)
