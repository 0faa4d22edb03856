"""One page of HTML: one report, or one for each article where several stand on it whole.

A page of a news ticker, a blog's front page or an archive by month carries several articles in full. Taken as one report they
would be one text with many dates. Each is cut out by blanking the others, so that every word keeps its place in the page.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from urllib.parse import urljoin

from firsthand.markup import hidden
from firsthand.model import Span

from ..building import Fields, intake
from ..dates import iso_date
from ..types import Intake

# An article told whole has at least this many words in paragraphs, and two of those; the excerpts on front pages end after
# 55 words as content systems cut them. Rerun tests/ingest/test_page.py before touching these.
FEWEST_WORDS = 80
FEWEST_PARAGRAPHS = 2
PARAGRAPH_WORDS = 12
MOST_ARTICLES = 200

# No pattern may look further than the next tag or a set number of characters: pages are made by strangers.
TAG = re.compile(r"<(?P<close>/?)(?P<name>[a-z][a-z0-9]*)(?P<rest>[^<>]*)>", re.I)
# Content systems mark an article by its element, by schema.org or by microformats; comments are marked so, too.
MARKED = re.compile(
    r"itemtype\s*=\s*[\"']?https?://schema\.org/\w*(?:Article|BlogPosting)\b|class\s*=\s*[\"'][^\"']*\bh-?entry\b", re.I
)
COMMENT = re.compile(r"class\s*=\s*[\"'][^\"']*\bcomment|itemtype\s*=\s*[\"']?https?://schema\.org/Comment\b", re.I)
HEADING = re.compile(r"<(h[1-4])\b[^<>]*>(?P<inner>.{0,1000}?)</\1\s*>", re.I | re.S)
HREF = re.compile(r"<a\b[^<>]*?\bhref\s*=\s*[\"']?(?P<href>[^\"'\s<>]+)", re.I)
TIME = re.compile(r"<time\b[^<>]*?\bdatetime\s*=\s*[\"']?(?P<at>[^\"'<>]+)", re.I)
BLOCKS = "p|div|section|article|br|li|ul|ol|h[1-6]|blockquote|figure|figcaption|aside|footer|header|nav"
BLOCK = re.compile(rf"</?(?:{BLOCKS})\b[^<>]*>", re.I)
ANY_TAG = re.compile(r"<[^<>]*>")


@dataclass(frozen=True, slots=True)
class Article:
    """Where an article stands in the markup, and what it says of itself."""

    start: int
    end: int
    title: str
    href: str | None
    published: str | None


def page_intakes(
    name: str, original: bytes, markup: str, *, fields: Fields, stem: str = "", steps: tuple[str, ...] = ()
) -> Iterator[Intake]:
    """The report of the page, or those of its articles. Raises InputRejected where there is no text."""
    articles = articles_in(markup)
    if len(articles) < 2:
        yield intake(name, original, markup, media_type="html", fields=fields, stem=stem, steps=steps)
        return
    for number, article in enumerate(articles):
        own = replace(
            fields,
            source_id=f"{fields.source_id or stem or name}#{number + 1}",
            title=article.title,
            published=article.published or fields.published,
            url=_joined(fields.url, article.href) or fields.url,
        )
        note = f"article {number + 1} of {len(articles)} on the page"
        others = [other for other in articles if other is not article]
        yield intake(
            f"{name}#{number + 1}",
            original,
            _blanked(markup, others),
            media_type="html",
            fields=own,
            part=number,
            steps=(*steps, note),
        )


def articles_in(markup: str) -> list[Article]:
    """The articles that stand whole on the page, outermost elements only, in their order; one or none on most pages."""
    found: list[Article] = []
    if len(re.findall(r"<article\b|itemtype|h-?entry\b", markup, re.I)) < 2:
        return found
    depth = 0
    inside = ""
    start = 0
    shown = _blanked(markup, hidden(markup))
    for match in TAG.finditer(shown):
        tag = match["name"].lower()
        if not inside:
            if not match["close"] and _opens(tag, match["rest"]):
                inside, start, depth = tag, match.start(), 1
        elif tag == inside:
            depth += -1 if match["close"] else 1
            if depth == 0:
                inside = ""
                article = _article(shown, start, match.end())
                if article is not None and len(found) < MOST_ARTICLES:
                    found.append(article)
    return found


def _opens(tag: str, attributes: str) -> bool:
    if attributes.rstrip().endswith("/") or COMMENT.search(attributes):
        return False
    return tag == "article" or (tag in ("div", "section", "li") and MARKED.search(attributes) is not None)


def _article(markup: str, start: int, end: int) -> Article | None:
    """The article between the offsets, where it is told whole and has a heading."""
    inner = markup[start:end]
    heading = next((match for match in HEADING.finditer(inner) if _words(match["inner"])), None)
    if heading is None:
        return None
    lengths = [len(_words(block).split()) for block in BLOCK.split(inner)]
    paragraphs = [length for length in lengths if length >= PARAGRAPH_WORDS]
    if len(paragraphs) < FEWEST_PARAGRAPHS or sum(paragraphs) < FEWEST_WORDS:
        return None
    link, at = HREF.search(heading["inner"]), TIME.search(inner)
    return Article(
        start,
        end,
        _words(heading["inner"]),
        html.unescape(link["href"]) if link else None,
        iso_date(html.unescape(at["at"])) if at else None,
    )


def _words(markup: str) -> str:
    return " ".join(html.unescape(ANY_TAG.sub(" ", markup)).split())


def _blanked(markup: str, gone: Iterable[Span | Article]) -> str:
    """``markup`` with spaces where ``gone`` stood: what is left stands where it stood."""
    parts: list[str] = []
    at = 0
    for part in gone:
        parts += [markup[at : part.start], " " * (part.end - part.start)]
        at = part.end
    return "".join([*parts, markup[at:]])


def _joined(base: str | None, href: str | None) -> str | None:
    try:
        url = urljoin(base or "", href) if href else ""
    except ValueError:
        return None
    return url if url.lower().startswith(("http://", "https://")) else None
