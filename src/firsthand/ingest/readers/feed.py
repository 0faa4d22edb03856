"""RSS and Atom feeds, JSON feeds, JSON files, sitemaps."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

import msgspec

from firsthand.errors import InputRejected

from ..building import Fields, intake
from ..dates import iso_date
from ..types import Limits, Piece, Result
from ..xml import parse_xml
from .jsonl import from_json, from_record, json_depth

ENTRY = re.compile(rb"<(?P<tag>item|entry)\b[^>]*>.*?</(?P=tag)\s*>", re.S)
# Keys under which JSON files of tools list their articles.
LISTS = ("items", "articles", "results", "documents", "docs", "entries", "reports", "data", "value", "response")


def read_feed(piece: Piece, limits: Limits) -> Iterator[Result]:
    """Each entry of an RSS or Atom feed as a report, as far as the feed gives its text. A sitemap is refused: it has none.

    The entry's own bytes are the original, so an entry that stays in a feed keeps its id while the feed changes.
    """
    data = piece.whole(limits.report_bytes)
    try:
        root = parse_xml(data)
    except ValueError as error:
        raise InputRejected(piece.name, why=str(error), hint="save it again") from None
    if _local(root) in ("urlset", "sitemapindex"):
        raise InputRejected(
            piece.name,
            why="a sitemap lists addresses, it holds no reports",
            hint="add its address with --follow to have the pages fetched",
        )
    entries = [element for element in root.iter() if _local(element) in ("item", "entry")]
    if not entries:
        raise InputRejected(piece.name, why="XML, but neither a feed nor a page", hint="save the page as HTML")
    site = next((_words(element) for element in root.iter() if _local(element) == "title"), None)
    slices = [match.group() for match in ENTRY.finditer(data)]
    for number, entry in enumerate(entries):
        name = f"{piece.name}#{number + 1}"
        whole = len(slices) != len(entries)
        try:
            markup, fields = _entry(entry, site)
            if not markup:
                raise InputRejected(name, why="the entry has no text", hint="add the address it links to")
            original = data if whole else slices[number]
            stem, part = f"{piece.stem}-{number + 1}", number if whole else 0
            yield intake(name, original, markup, media_type="html", fields=fields, stem=stem, part=part)
        except InputRejected as rejected:
            yield rejected


def entry_links(data: bytes) -> list[str]:
    """The addresses that a feed's entries or a sitemap link to. Raises ValueError for broken XML."""
    root = parse_xml(data)
    out: list[str] = []
    for element in root.iter():
        if _local(element) in ("item", "entry", "url", "sitemap"):
            link = _link(element)
            if link and link not in out:
                out.append(link)
    return out


def read_json(piece: Piece, limits: Limits) -> Iterator[Result]:
    """A JSON file: one report, a list of reports, or a JSON feed. Several reports share the file's bytes as original."""
    data = piece.whole(limits.report_bytes).removeprefix(b"\xef\xbb\xbf").strip()
    if json_depth(data) > limits.json_depth:
        raise InputRejected(
            piece.name, why=f"nested deeper than {limits.json_depth}", hint="give the reports as flat objects"
        )
    try:
        value = msgspec.json.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise InputRejected(piece.name, why=f"not valid JSON: {error}", hint="correct the file") from None
    items, site = _items(value)
    if items is None:
        yield from_json(piece.name, data, limits, stem=piece.stem)
        return
    for number, item in enumerate(items, 1):
        name = f"{piece.name}#{number}"
        if not isinstance(item, dict):
            yield InputRejected(name, why="a JSON object is needed", hint='write {"id": …, "text": …}')
            continue
        if site:
            item = {"site": site, **item}
        # The spelling of the item alone, so that it keeps its id while the list around it changes.
        original = msgspec.json.encode(item, order="sorted")
        try:
            yield from_record(name, original, item, stem=f"{piece.stem}-{number}")
        except InputRejected as rejected:
            yield rejected


def _items(value: object) -> tuple[list[object] | None, str | None]:
    if isinstance(value, list):
        return value, None
    if isinstance(value, dict) and not any(isinstance(value.get(key), str) for key in ("text", "html", "maintext")):
        site = value.get("title") if "jsonfeed" in str(value.get("version", "")) else None
        for key in LISTS:
            inner = value.get(key)
            if isinstance(inner, list):
                return inner, site if isinstance(site, str) else None
    return None, None


def _entry(entry: Element, site: str | None) -> tuple[str, Fields]:
    """The fullest text of the entry and its fields."""
    found: dict[str, str] = {}
    for child in entry:
        name = _local(child)
        words = _markup(child) if name in ("content", "summary") else "".join(child.itertext()).strip()
        if words and name not in found:
            found[name] = words
    texts = [found[name] for name in ("encoded", "content", "description", "summary") if found.get(name)]
    dates = (iso_date(found[name]) for name in ("pubDate", "published", "date", "issued", "updated") if name in found)
    return max(texts, key=len, default=""), Fields(
        source_id=found.get("guid") or found.get("id") or _link(entry),
        url=_link(entry),
        site=site,
        title=found.get("title"),
        published=next((day for day in dates if day), None),
        author=found.get("creator") or found.get("author"),
    )


def _markup(element: Element) -> str:
    """Atom content: escaped markup or text as it is, XHTML by its words, paragraph by paragraph."""
    if element.get("type") != "xhtml":
        return "".join(element.itertext()).strip()
    blocks = [part for part in element.iter() if _local(part) in ("p", "h1", "h2", "h3", "li", "blockquote")]
    return "".join(f"<p>{_escaped(_words(block))}</p>" for block in blocks) or _escaped(_words(element))


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def _link(entry: Element) -> str | None:
    for child in entry:
        name = _local(child)
        if (
            name == "link"
            and child.get("rel", "alternate") == "alternate"
            and (child.get("href") or (child.text or "").strip())
        ):
            return child.get("href") or (child.text or "").strip()
        if name == "loc" and (child.text or "").strip():
            return (child.text or "").strip()
    return None


def _words(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
