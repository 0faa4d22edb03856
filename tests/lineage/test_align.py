"""align: splits, merges, moved blocks; the measures that rest on it."""

from firsthand.lineage.align import Alignment, Side, align
from firsthand.lineage.evidence import hopeless, likeness, measure
from firsthand.lineage.reading import read
from firsthand.lineage.weights import Weights

from .conftest import AGENCY, ELSEWHERE, INDEPENDENT, SPUN


def sides(*texts: str) -> list[Side]:
    readings = [read(str(k), text) for k, text in enumerate(texts)]
    weights = Weights(readings)
    return [Side(reading, weights) for reading in readings]


def pairs(alignment: Alignment) -> set[tuple[int, int]]:
    return {(link.left, link.right) for link in alignment.links}


def test_a_text_aligns_with_itself_sentence_by_sentence() -> None:
    left, right = sides(AGENCY, AGENCY)
    alignment = align(left, right)
    assert pairs(alignment) == {(k, k) for k in range(left.reading.sentences)}
    assert alignment.sequence > 0.8


def test_a_split_sentence_aligns_with_both_halves() -> None:
    one = "The ferry Ostara sank in a squall off Cape Brenn, and the harbour pilots rescued nineteen passengers before dawn."
    two = "The ferry Ostara sank in a squall off Cape Brenn. Harbour pilots rescued nineteen passengers before dawn."
    left, right = sides(one, two)
    assert pairs(align(left, right)) == {(0, 0), (0, 1)}


def test_a_moved_paragraph_is_found_again() -> None:
    paragraphs = AGENCY.split("\n\n")
    left, right = sides(AGENCY, "\n\n".join([paragraphs[-1], *paragraphs[:-1]]))
    alignment = align(left, right)
    assert len(alignment.links) == left.reading.sentences
    assert any(link.moved for link in alignment.links)


def test_turning_an_alignment_exchanges_the_sides() -> None:
    left, right = sides(AGENCY, SPUN)
    alignment = align(left, right)
    assert pairs(alignment.turned) == {(b, a) for a, b in pairs(alignment)}
    assert alignment.turned.known == alignment.known[::-1]


def test_odds_put_copies_above_independent_reports_and_those_above_strangers() -> None:
    agency, spun, own, other = sides(AGENCY, SPUN, INDEPENDENT, ELSEWHERE)
    odds = [measure(align(agency, side), days=0).log_odds for side in (spun, own, other)]
    assert odds[0] > 2 > -2 > odds[1] > odds[2]


def test_days_apart_speak_against_a_copy() -> None:
    agency, spun = sides(AGENCY, SPUN)
    alignment = align(agency, spun)
    assert measure(alignment, days=5).log_odds < measure(alignment, days=0).log_odds
    assert measure(alignment, days=None).log_odds == measure(alignment, days=0).log_odds


def test_only_strangers_are_hopeless() -> None:
    agency, spun, other = sides(AGENCY, SPUN, ELSEWHERE)
    assert hopeless(agency, spun) is None
    quick = hopeless(agency, other)
    assert quick is not None
    assert quick >= measure(align(agency, other), days=0).log_odds


def test_likeness_is_symmetrical_and_one_with_itself() -> None:
    agency, spun = sides(AGENCY, SPUN)
    assert likeness(agency, spun) == likeness(spun, agency)
    assert abs(likeness(agency, agency) - 1) < 1e-9


def test_prior_weighs_words_before_there_are_reports() -> None:
    weights = Weights()
    the, howitzer = (int(word) for word in read("x", "the howitzer").words)
    assert weights.of(the) < 0.3
    assert weights.of(howitzer) > 4
