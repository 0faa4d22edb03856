"""Ten pairs of reports from ten invented wars, in ``families``: what each pair is, in one pile and on its own."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from firsthand.lineage import trace
from firsthand.model import Document, Lineage

from .conftest import Make

TEXTS = {
    path.stem: path.read_text(encoding="utf-8").split("=====\n")
    for path in Path(__file__).parent.glob("families/*.txt")
}


@dataclass(frozen=True)
class Family:
    """What is to be found: ``relation`` where one text is the other's copy, ``shared`` where they only share a passage.

    ``changes`` are the alterations: kind, and words of the derived text.
    """

    name: str
    relation: str = ""
    spun: bool = False
    shared: str = ""
    changes: tuple[tuple[str, str], ...] = ()


FAMILIES = (
    # A headline more, a paragraph less.
    Family("verbatim", "verbatim"),
    # A subeditor's hand; miles became kilometres, which changes no number.
    Family("edited", "edited"),
    # A reporter's: another lead with a number of its own, sentences turned round.
    Family("hand_edited", "paraphrased", changes=(("added", "more than 150 people"),)),
    # Told anew by somebody who read it; what a spokeswoman said became a fact.
    Family("rewritten", "paraphrased", spun=True, changes=(("dropped_attribution", "waiting for guarantees"),)),
    # Every word exchanged that has a synonym, also between the quotation marks.
    Family("spun", "paraphrased", spun=True, changes=(("quote", "shoot into spots"),)),
    # Into another language and back.
    Family("translated", "paraphrased", spun=True, changes=(("quote", "completed the wounded"),)),
    # Two reporters quote one release.
    Family("release", shared="quotation"),
    # Two reporters at one press conference.
    Family("conference", shared="quotation"),
    # The same paragraph on how the war began.
    Family("background", shared="background"),
    # One event, one headline, nothing else.
    Family("headline"),
)


def pair(make: Make, name: str) -> list[Document]:
    """The two reports of a family: a day apart, on two sites."""
    return [
        make(f"{name}-{day}", text.strip(), day=day, site=f"{name}{day}.example")
        for day, text in enumerate(TEXTS[name], start=4)
    ]


@pytest.fixture(scope="module")
def together() -> dict[str, Lineage]:
    """Filled once with the lineage of all twenty reports."""
    return {}


def check(lineage: Lineage, family: Family) -> None:
    first, second = (f"rep-{family.name}-{day}" for day in (4, 5))
    joined = any({first, second} <= set(origin.reports) for origin in lineage.origins)
    copies = [copy for copy in lineage.copies if {copy.source, copy.derived} == {first, second}]
    shared = [passage.kind for passage in lineage.shared if set(passage.reports) == {first, second}]
    assert joined is bool(family.relation)
    assert [(copy.source, copy.relation) for copy in copies] == [(first, family.relation)] * joined
    assert shared == [family.shared] * bool(family.shared)


def test_every_family_has_a_pair() -> None:
    assert sorted(TEXTS) == sorted(family.name for family in FAMILIES)


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.name)
def test_a_pair_in_a_pile_of_twenty(make: Make, together: dict[str, Lineage], family: Family) -> None:
    if not together:
        together[""] = trace([document for other in FAMILIES for document in pair(make, other.name)])
    lineage = together[""]
    check(lineage, family)
    second = f"rep-{family.name}-5"
    assert [copy.spun for copy in lineage.copies if copy.derived == second] == [family.spun] * bool(family.relation)
    found = [(change.kind, change.derived_text) for change in lineage.alterations if change.derived == second]
    assert [kind for kind, _ in found] == [kind for kind, _ in family.changes]
    assert all(words in text for (_, words), (_, text) in zip(family.changes, found, strict=True))


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.name)
def test_a_pair_on_its_own(make: Make, family: Family) -> None:
    check(trace(pair(make, family.name)), family)


def test_no_family_is_tied_to_another(make: Make) -> None:
    lineage = trace([document for family in FAMILIES for document in pair(make, family.name)])
    for reports in (*(o.reports for o in lineage.origins), *(s.reports for s in lineage.shared)):
        assert len({report.split("-")[1] for report in reports}) == 1
