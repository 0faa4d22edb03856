"""Pages in ten common layouts: the article's paragraphs stay, what stands around them goes.

``pages/NAME.html`` is a page, ``pages/NAME.tsv`` says of its words which are the article's (keep) and which are not (chrome);
headline, byline, date and caption are neither.
"""

from __future__ import annotations

import csv
import hashlib
from functools import cache
from pathlib import Path

import pytest

from firsthand.clean import clean
from firsthand.model import Document, RawReport

PAGES = sorted((Path(__file__).parent / "pages").glob("*.html"))
# Over all pages: shares of the paragraphs kept whole and of the pieces of chrome that are left.
KEPT, LEAKED = 0.98, 0.02


@cache
def cleaned(path: Path) -> Document:
    body = path.read_text(encoding="utf-8")
    return clean(RawReport(path.stem, path.stem, path.name, hashlib.sha256(body.encode()).hexdigest(), "html", body))


def words(path: Path, kind: str) -> list[str]:
    with path.with_suffix(".tsv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [row["text"] for row in rows if row["kind"] == kind]


def squeezed(text: str) -> str:
    return " ".join(text.split())


def lost(path: Path) -> list[str]:
    text = squeezed(cleaned(path).text)
    return [paragraph for paragraph in words(path, "keep") if paragraph not in text]


def leaked(path: Path) -> list[str]:
    # Short pieces stand in running text by chance; they count as leaked where they are a line of their own.
    lines = {squeezed(line) for line in cleaned(path).text.split("\n")}
    text = squeezed(cleaned(path).text)
    return [piece for piece in words(path, "chrome") if piece in lines or (len(piece) > 40 and piece in text)]


def test_there_are_ten_layouts() -> None:
    assert len(PAGES) == 10


def test_paragraphs_kept_and_chrome_leaked() -> None:
    paragraphs, pieces = sum(len(words(p, "keep")) for p in PAGES), sum(len(words(p, "chrome")) for p in PAGES)
    missing, left = [found for p in PAGES for found in lost(p)], [found for p in PAGES for found in leaked(p)]
    assert 1 - len(missing) / paragraphs >= KEPT, missing
    assert len(left) / pieces <= LEAKED, left


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_every_word_has_its_place_in_the_page(path: Path) -> None:
    markup, document = path.read_text(encoding="utf-8"), cleaned(path)
    for run in document.map.runs:
        stands = markup[run.source_start : run.source_start + run.length]
        assert stands == document.text[run.start : run.start + run.length]
    covered = sum(run.length for run in document.map.runs)
    assert covered >= 0.97 * len(document.text.replace("\n\n", ""))


SENTENCE = (
    "The raid on the quarter began before dawn on Tuesday and went on until noon, the residents of three streets said."
)


def cleaned_body(body: str) -> list[str]:
    """The paragraphs that are left of a page with this body."""
    markup = f"<html><head><title>Raid on the quarter</title></head><body><article>{body}</article></body></html>"
    return clean(RawReport("x", "x", "x.html", "", "html", markup)).text.split("\n\n")


PARAGRAPHS = f"<h1>Raid on the quarter</h1><p>{SENTENCE}</p><p>{SENTENCE.replace('Tuesday', 'Friday')}</p>"
STAYS = {
    "a list of the dead": "<p>The dead were named by the hospital as:</p><ul><li>Orsa Venn, 34</li><li>Dal Venn, 6</li></ul>",
    "names in paragraphs": "<p>Those killed on the square were:</p><p>Orsa Venn, 34</p><p>Dal Venn, 6</p>",
    "a list under a heading": "<h2>The victims</h2><ul><li>Orsa Venn, 34</li><li>Dal Venn, 6</li></ul>",
    "a table between paragraphs": "<table><tr><td>Dal Venn</td><td>6</td></tr></table>"
    f"<p>{SENTENCE.replace('began', 'went on')}</p>",
    "a short last paragraph": "<p>Dal Venn was six.</p><p>He was buried beside his mother.</p>",
}


@pytest.mark.parametrize("name", STAYS)
def test_what_reads_on_from_the_article_stays(name: str) -> None:
    assert any("Dal Venn" in paragraph for paragraph in cleaned_body(PARAGRAPHS + STAYS[name]))


GOES = {
    "teasers": "<div class='x'><h3>Elsewhere</h3><a href='/1'>Ferry fares to rise</a><p>Ferry fares rise in May.</p></div>",
    "an insert": "<div class='box newsletter'><span>Five stories every day.</span></div>"
    f"<p>{SENTENCE.replace('Tuesday', 'Monday')}</p>",
    "a link between paragraphs": "<p><a href='/2'>Ferry fares to rise in May</a></p>"
    f"<p>{SENTENCE.replace('Tuesday', 'Monday')}</p>",
}


@pytest.mark.parametrize("name", GOES)
def test_what_stands_around_it_goes(name: str) -> None:
    left = cleaned_body(PARAGRAPHS + GOES[name])
    assert [words for words in left if words.startswith("The raid on the quarter began")]
    assert not [words for words in left if "Ferry" in words or "Five stories" in words]


def test_a_page_that_is_no_running_text_is_left_alone() -> None:
    rows = "".join(
        f"<tr><td>{place}</td><td>{n} killed</td></tr>" for n, place in enumerate(("Ketra", "Selm", "Orlin", "Velm"), 2)
    )
    left = "\n".join(cleaned_body(f"<h1>Losses by town</h1><table>{rows}</table>"))
    assert all(f"{n} killed" in left for n in range(2, 6))


@pytest.mark.parametrize("unit", ["<!--", "<script>", "<ul><li>", "<p ", "&", "<div class='a'>", "</p>"])
def test_a_page_made_to_be_slow_is_not(unit: str) -> None:
    """A hundred thousand beginnings without an end: a cost that grew with their square would keep this from ending."""
    assert cleaned_body(f"{PARAGRAPHS}{unit * 100_000}")
