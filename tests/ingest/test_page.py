"""Which pages hold several articles."""

from __future__ import annotations

import pytest

from firsthand.clean import clean
from firsthand.ingest import Intake
from firsthand.ingest.readers.page import articles_in
from firsthand.ingest.reading import read_piece
from firsthand.ingest.types import Piece


def body(place: str, count: int = 3) -> str:
    paragraph = (
        "<p>Residents of {} said on Tuesday that the road to the north had been closed since the morning, that shells were "
        "still falling on the eastern quarter, and that two families had left with what they could carry ({}).</p>"
    )
    return "".join(paragraph.format(place, number) for number in range(count))


def article(place: str, *, tag: str = "article", attributes: str = "", count: int = 3) -> str:
    return (
        f"<{tag} {attributes}><h2><a href='/news/{place.lower()}'>Shelling of {place} goes on</a></h2>"
        f"<time datetime='1993-04-0{len(place)}'>April</time>{body(place, count)}</{tag}>"
    )


def page(*parts: str) -> str:
    inner = "".join(parts)
    return f"<!doctype html><html><head><title>Latest – The Valley Post</title></head><body><nav>Home</nav>{inner}</body></html>"


POSTING = 'itemscope itemtype="https://schema.org/BlogPosting"'
WHOLE = {
    "articles": page(article("Tarvo"), article("Ketra"), article("Selm")),
    "schema.org": page(*(article(place, tag="div", attributes=POSTING) for place in ("Tarvo", "Ketra", "Selm"))),
    "microformats": page(
        *(article(p, tag="div", attributes='class="post hentry x"') for p in ("Tarvo", "Ketra", "Selm"))
    ),
    "among teasers": page(
        article("Tarvo"),
        article("Orlin", count=1),
        article("Ketra"),
        "<!-- <article> -->",
        article("Selm"),
    ),
}


@pytest.mark.parametrize("name", WHOLE)
def test_each_article_is_a_report(name: str) -> None:
    piece = Piece("latest.html", Piece.of_bytes("x", WHOLE[name].encode()).open, url="https://post.example/latest")
    results = list(read_piece(piece))
    reports = [result.report for result in results if isinstance(result, Intake)]
    assert len(reports) == len(results) == 3
    assert len({report.id for report in reports}) == 3
    assert len({report.sha256 for report in reports}) == 1
    for report, place in zip(reports, ("Tarvo", "Ketra", "Selm"), strict=True):
        assert report.title == f"Shelling of {place} goes on"
        assert report.published == f"1993-04-0{len(place)}"
        assert report.url == f"https://post.example/news/{place.lower()}"
        document = clean(report)
        assert document.text.count(f"Residents of {place}") == 3
        assert all(
            f"Residents of {other}" not in document.text for other in ("Tarvo", "Ketra", "Selm") if other != place
        )
        # Every word keeps its place in the page as it came.
        for run in document.map.runs:
            words = document.text[run.start : run.start + run.length]
            assert WHOLE[name][run.source_start : run.source_start + run.length] == words


COMMENTS = "".join(f"<article class='comment-body'><h4>Reader {n}</h4>{body('Tarvo')}</article>" for n in range(3))
ONE = {
    "one article": page(article("Tarvo")),
    "one article, related teasers": page(article("Tarvo"), *(article(place, count=1) for place in ("Ketra", "Selm"))),
    "a live blog in one element": page(f"<article><h1>Live</h1>{article('Tarvo')}{article('Ketra')}</article>"),
    "comments": page(article("Tarvo"), COMMENTS),
    "sections without headings": page(*(f"<article>{body(place)}</article>" for place in ("Tarvo", "Ketra"))),
    "teasers alone": page(*(article(place, count=1) for place in ("Tarvo", "Ketra", "Selm"))),
    "plain paragraphs": page(body("Tarvo"), body("Ketra")),
    "never closed": page("<article><h2>Shelling</h2>", body("Tarvo"), "<article><h2>More</h2>", body("Ketra")),
}


@pytest.mark.parametrize("name", ONE)
def test_one_report(name: str) -> None:
    results = list(read_piece(Piece.of_bytes("page.html", ONE[name].encode())))
    assert len(results) == 1
    assert isinstance(results[0], Intake)
    assert results[0].report.title is None


@pytest.mark.parametrize(
    "unit", ["<article ", "<article>", "<article h-entry '", "<!--", "<script>", "<h2>", "<a ", "<time "]
)
def test_a_page_made_to_be_slow_is_not(unit: str) -> None:
    """Two hundred thousand tags that never close: a cost that grew with the square would keep this from ending."""
    assert articles_in(f"<article class=h-entry><h2>{unit * 200_000}</article>") == []
