"""What a page says about itself: JSON-LD, OpenGraph, meta and time elements, link rel=canonical."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urljoin, urlsplit

import msgspec
from resiliparse.parse.html import HTMLTree

from firsthand.model import DateClue

from .dates import dates_in, moment_in

ARTICLE_TYPES = re.compile(r"(?:News|Blog|Report|Opinion|Analysis|Review|LiveBlog|BackgroundNews)?(?:Article|Posting)$")
# JSON-LD graphs of real pages nest some ten deep; deeper ones are not worth following.
DEPTH = 12
PUBLISHED = (
    "article:published_time", "datepublished", "date", "dc.date", "dc.date.issued", "dcterms.created", "dcterms.date",
    "pubdate",     "publishdate", "publish-date", "publication_date", "sailthru.date", "parsely-pub-date", "og:published_time",
    "cxenseparse:recs:publishtime",
    "article.published", "displaydate", "timestamp", "citation_publication_date", "originalpublicationdate",
)  # fmt: skip
UPDATED = ("article:modified_time", "datemodified", "og:updated_time", "last-modified", "lastmod", "dcterms.modified")
TITLES = ("og:title", "twitter:title", "headline", "dc.title", "title", "parsely-title", "sailthru.title")
AUTHORS = (
    "author",
    "article:author",
    "dc.creator",
    "byl",
    "parsely-author",
    "sailthru.author",
    "citation_author",
    "twitter:creator",
)
SITES = ("og:site_name", "application-name", "publisher", "dc.publisher", "twitter:site")
LANGUAGES = ("og:locale", "language", "content-language", "dc.language", "inlanguage")
SEPARATOR = re.compile(r"\s+[|–—»·-]\s+|\s*\|\s*")
ISO = re.compile(r"((?:19|20)\d\d)-?(\d\d)-?(\d\d)(?!\d)")
IN_PATH = re.compile(r"/((?:19|20)\d\d)[/-](0?[1-9]|1[0-2])[/-](0?[1-9]|[12]\d|3[01])(?=[/-]|$)")


@dataclass(frozen=True, slots=True)
class Metadata:
    """What was found; None where the page does not say. ``clues`` are dates that are not the publication date."""

    title: str | None = None
    author: str | None = None
    published: date | None = None
    published_at: datetime | None = None
    url: str | None = None
    site: str | None = None
    language: str | None = None
    clues: tuple[DateClue, ...] = ()


def metadata_of(tree: HTMLTree, address: str | None) -> Metadata:
    """The page's own words about itself. ``address`` is where it was fetched, against which links are resolved."""
    meta = _meta(tree)
    story = _story(tree)
    published = _date(story.get("datePublished")) or _first_date(meta, PUBLISHED) or _time_element(tree)
    stated = [story.get("datePublished"), *(meta.get(key) for key in PUBLISHED)]
    published_at = next((moment for value in stated if (moment := moment_in(value))), None)
    updated = _date(story.get("dateModified")) or _first_date(meta, UPDATED)
    clues = [DateClue("updated", updated.isoformat(), updated, updated)] if updated and updated != published else []
    url = _canonical(tree, meta, address)
    clues += [DateClue("url", text, day, day) for text, day in _dates_in_path(url or address)]
    site = _name(story.get("publisher")) or _first(meta, SITES)
    title = _text(story.get("headline")) or _first(meta, TITLES) or _title_element(tree)
    return Metadata(
        title=_without_site(title, site) if title else None,
        author=_name(story.get("author")) or _first(meta, AUTHORS, names=True),
        published=published,
        published_at=published_at
        if published and published_at and abs((published_at.date() - published).days) < 2
        else None,
        url=url,
        site=site.lstrip("@") if site else (urlsplit(url or address or "").hostname or None),
        language=_language(tree, meta, story),
        clues=tuple(clues),
    )


def _meta(tree: HTMLTree) -> dict[str, str]:
    """First content of each meta element by its name, property or itemprop in small letters."""
    out: dict[str, str] = {}
    if tree.document is None:
        return out
    for element in tree.document.query_selector_all("meta[content]"):
        content = (element.getattr("content") or "").strip()
        if not content or len(content) > 2000:
            continue
        for attribute in ("name", "property", "itemprop", "http-equiv"):
            key = element.getattr(attribute)
            if key:
                out.setdefault(key.strip().lower(), content)
    return out


def _story(tree: HTMLTree) -> Mapping[str, object]:
    """The first JSON-LD object that is an article, or an empty one."""
    if tree.document is None:
        return {}
    for element in tree.document.query_selector_all('script[type="application/ld+json"]'):
        words = (element.text or "").strip()
        if not words or len(words) > 1_000_000:
            continue
        try:
            data = msgspec.json.decode(words.encode("utf-8", "replace"))
        except (msgspec.DecodeError, RecursionError):
            continue
        for item in _objects(data, DEPTH):
            kinds = item.get("@type")
            names = kinds if isinstance(kinds, list) else [kinds]
            if any(isinstance(name, str) and ARTICLE_TYPES.fullmatch(name) for name in names):
                return item
    return {}


def _objects(data: object, depth: int) -> Iterator[Mapping[str, object]]:
    if depth <= 0:
        return
    if isinstance(data, list):
        for item in data:
            yield from _objects(item, depth - 1)
    elif isinstance(data, dict):
        yield data
        for value in data.values():
            if isinstance(value, list | dict):
                yield from _objects(value, depth - 1)


def _first(meta: Mapping[str, str], keys: tuple[str, ...], *, names: bool = False) -> str | None:
    for key in keys:
        value = meta.get(key)
        # An author may be given as the address of a profile, which is no name.
        if value and not (names and re.match(r"https?://|@", value)):
            return value
    return None


def _first_date(meta: Mapping[str, str], keys: tuple[str, ...]) -> date | None:
    return next((day for key in keys if (day := _date(meta.get(key)))), None)


def _date(value: object) -> date | None:
    if not isinstance(value, str):
        return None
    match = ISO.match(value.strip())
    if match:
        try:
            return date(*(int(part) for part in match.groups()))
        except ValueError:
            return None
    return next((found.day for found in dates_in(value)), None)


def _time_element(tree: HTMLTree) -> date | None:
    """The first time element of the article that is marked as publication, or that is the only one on the page."""
    if tree.document is None:
        return None
    marked = tree.document.query_selector("time[pubdate], time[itemprop=datePublished], [itemprop=datePublished]")
    if marked is not None:
        return _date(marked.getattr("datetime") or marked.getattr("content") or marked.text)
    days = {_date(element.getattr("datetime")) for element in tree.document.query_selector_all("time[datetime]")}
    return days.pop() if len(days) == 1 else None


def _canonical(tree: HTMLTree, meta: Mapping[str, str], address: str | None) -> str | None:
    link = tree.document.query_selector("link[rel=canonical]") if tree.document is not None else None
    url = (link.getattr("href") if link is not None else None) or meta.get("og:url")
    if not url:
        return None
    try:
        url = urljoin(address or "", url.strip())
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.hostname else None


def _dates_in_path(url: str | None) -> list[tuple[str, date]]:
    match = IN_PATH.search(url or "")
    if not match:
        return []
    try:
        return [(match.group().strip("/"), date(*(int(part) for part in match.groups())))]
    except ValueError:
        return []


def _name(value: object) -> str | None:
    """The name in a JSON-LD person or organisation, or the names in a list of them."""
    if isinstance(value, list):
        return ", ".join(filter(None, (_name(item) for item in value[:12]))) or None
    if isinstance(value, dict):
        return _text(value.get("name"))
    return _text(value)


def _text(value: object) -> str | None:
    return " ".join(value.split()) or None if isinstance(value, str) else None


def _title_element(tree: HTMLTree) -> str | None:
    heading = tree.document.query_selector_all("h1") if tree.document is not None else []
    texts = [" ".join((element.text or "").split()) for element in heading]
    texts = [text for text in texts if len(text.split()) > 2]
    return texts[0] if len(texts) == 1 else " ".join((tree.title or "").split()) or None


def _without_site(title: str, site: str | None) -> str:
    """ "Ten killed in raid | Example News" → "Ten killed in raid", where the site's name is known or the tail is short."""
    parts = SEPARATOR.split(title)
    if len(parts) < 2:
        return title
    tail = parts[-1].casefold()
    known = site is not None and (tail == site.casefold() or site.casefold() in tail or tail in site.casefold())
    if known or (len(parts[-1].split()) <= 3 and len(parts[0].split()) >= 5 and "|" in title):
        return title[: title.rfind(parts[-1])].rstrip(" |–—»·-")
    return title


def _language(tree: HTMLTree, meta: Mapping[str, str], story: Mapping[str, object]) -> str | None:
    root = tree.document.query_selector("html") if tree.document is not None else None
    value = (
        (root.getattr("lang") if root is not None else None)
        or _text(story.get("inLanguage"))
        or _first(meta, LANGUAGES)
    )
    match = re.match(r"[A-Za-z]{2,3}(?![A-Za-z])", value.strip()) if value else None
    return match.group().lower() if match else None
