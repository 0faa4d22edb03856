"""Small piles: weights told by the reports that have no part in a pair, and a paper's own follow-ups."""

import pytest

from firsthand.lineage import trace
from firsthand.lineage.few import FewReports
from firsthand.lineage.index import Index
from firsthand.lineage.reading import word_id
from firsthand.model import Lineage

from .conftest import AGENCY, ELSEWHERE, INDEPENDENT, SPUN, Make

#: Five telegrams from one front, all about the same town, army and marshal.
FRONT = (
    "Marshal Oduya's lancers entered Belmarsh at first light and found the granaries burnt. Two millers were hanged.",
    "A pontoon below Belmarsh gave way under the lancers of Marshal Oduya; nineteen horses drowned in the weir.",
    "Marshal Oduya has levied salt from every household in Belmarsh, and his lancers collect it with whips.",
    "Typhus has broken out among the lancers at Belmarsh. Marshal Oduya moved his own tent beyond the orchards.",
    "Envoys reached Belmarsh with terms, but Marshal Oduya kept them waiting while his lancers drilled in the rain.",
)
COPY = (
    "Marshal Oduya's lancers came into Belmarsh at dawn and saw that the granaries had burnt. Two millers were hanged."
)

FOLLOW_UP = """Relief reached Korva on Wednesday: a barge with flour and lamp oil tied up at the fish quay after dark, and its \
crew unloaded it by hand.

Harbour hands said the League had let it pass after a night of bargaining over the radio. No shell fell while it lay there.

Mayor Ilse Tarvane went from stall to stall with a list of households. She said bread would be baked in the school and given out \
by street, children first, and that whoever hoarded would answer to her.

On Tuesday shells killed 11 people and wounded 40 in the market. The Northern Defence League denied that its batteries on Mount \
Sedra had fired; Colonel Petar Vuk, a spokesman, said the bombardment came from positions that the government had abandoned.

The town of 18,000 has been cut off since the bridge at Dolna was blown up in January. Relief lorries have reached it twice."""


def test_what_the_whole_pile_is_about_tells_little_and_what_two_reports_alone_share_tells_much(make: Make) -> None:
    documents = [make(str(k), text, day=4 + k) for k, text in enumerate((*FRONT, COPY))]
    pile = Index(documents).pile
    few = FewReports(pile, [[0, 5], [1], [2], [3], [4]])
    original, copy = few.sides(0, 5)
    assert original.weight[word_id("granaries")] == copy.weight[word_id("granaries")]
    assert original.weight[word_id("granaries")] > 3 * original.weight[word_id("Belmarsh")]
    # Asked of the whole pile the two are not far apart.
    assert pile.weights.of(word_id("granaries")) < 3 * pile.weights.of(word_id("Belmarsh"))


def test_a_copy_among_telegrams_from_one_front_is_found_and_the_others_stay_apart(make: Make) -> None:
    origins = trace([make(str(k), text, day=4) for k, text in enumerate((*FRONT, COPY))]).origins
    assert sorted(origin.reports for origin in origins) == [
        ("rep-0", "rep-5"),
        ("rep-1",),
        ("rep-2",),
        ("rep-3",),
        ("rep-4",),
    ]


def with_others(make: Make, site: str, text: str) -> Lineage:
    """AGENCY in the Gazette, ``text`` a day later on ``site``, and what else the ledger has of the town."""
    first = make("first", AGENCY, day=4, site="gazette.example")
    others = [
        make("own", INDEPENDENT, day=5),
        make("other", ELSEWHERE, day=6),
        *(make(str(k), FRONT[k]) for k in (0, 1)),
    ]
    return trace([first, make("second", text, day=5, site=site), *others])


@pytest.mark.parametrize(
    ("site", "text", "joined"),
    [
        ("gazette.example", FOLLOW_UP, False),
        # In another paper the same paragraphs were taken from the first.
        ("herald.example", FOLLOW_UP, True),
        # A paper that prints its report again prints all of it.
        ("gazette.example", AGENCY, True),
        ("gazette.example", SPUN, True),
    ],
    ids=["follow-up", "another paper", "reprint", "reworded reprint"],
)
def test_a_paper_that_follows_its_story_up_writes_a_new_report(make: Make, site: str, text: str, joined: bool) -> None:
    origins = with_others(make, site, text).origins
    assert any(set(origin.reports) == {"rep-first", "rep-second"} for origin in origins) is joined


def test_a_follow_up_is_tied_to_the_report_before_by_what_both_carry(make: Make) -> None:
    (shared,) = (s for s in with_others(make, "gazette.example", FOLLOW_UP).shared if "rep-second" in s.reports)
    assert shared.reports == ("rep-first", "rep-second")
    assert "the bridge at Dolna" in shared.passages[0].derived_span.of(FOLLOW_UP)
