"""One origin: who in it took the text from whom, and whether a text that nobody here has stands above them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from math import log2

from firsthand.model import Copy, Document, Origin, Unobserved, record_id
from firsthand.model.lineage import Relation

from .align import Side
from .direction import OWNING, TOSS, Direction, credited_by, day_of, direction, published_by
from .printings import first_printings
from .verdict import COIN_TOSS, Verdict

#: A stretch of this many words that a text has in common with a relative and not with the supposed source counts against that
#: source, each word beyond the third; this many such words rule it out. Two model rewrites of one source hit on the same new
#: words too, but in 60 such pairs of the development half they never came to more than 13; in the seeds they come to 18.
STRETCH_WORDS, FREE_WORDS, MISSING_WORDS = 5, 3, 16
#: Candidates within so many nats of the best are as like the child as it; one that the child credits may be less like it.
AS_LIKE, CREDITED_PARENT = 0.5, 2.0
#: In a large origin each report is compared with its nearest relatives only.
RELATIVES = 12


@dataclass(frozen=True)
class Family:
    """The records of one origin. ``verdicts`` are those whose wording is worth comparing, source or sibling on the left, each with
    the sentences of the right text that some report of the origin has too."""

    origin: Origin
    copies: tuple[Copy, ...]
    verdicts: tuple[tuple[Verdict, frozenset[int]], ...]


def family(
    documents: Sequence[Document],
    sides: Sequence[Side],
    odds: Mapping[tuple[int, int], float],
    judge: Callable[[int, int], Verdict],
) -> Family:
    """The origin of ``documents`` (in order of their ids). ``odds`` are those of the pairs measured so far, ``judge`` compares two
    reports; both go by index into ``documents``."""
    ids = tuple(document.id for document in documents)
    agency, credit = _agency(documents)
    if len(documents) == 1:
        document = documents[0]
        name = agency or document.site or document.title or document.source_id
        present = not agency or published_by(document, agency)
        why = "No other report here carries this text."
        absent = () if present else (_absent(agency, ids, credit),)
        return Family(Origin(record_id("org", *ids), name, ids, bool(agency), absent, why), (), ())
    near = _relatives(len(documents), odds)
    order, ways = _order(documents, sides, near, judge)
    parents = _parents(order, near, documents, sides, judge)
    orphans = [index for index in order if parents[index] is None]
    unobserved: tuple[Unobserved, ...] = ()
    here = any(published_by(document, agency) for document in documents) if agency else True
    if len(orphans) > 1 or not here:
        children = tuple(ids[index] for index in orphans)
        why = _why_unobserved(len(orphans), agency, credit)
        unobserved = (Unobserved(record_id("uno", *ids), agency or "unknown", children, why),)
    first = documents[order[0]]
    name = agency or (unobserved and "unknown") or first.site or first.title or first.source_id
    copies, verdicts = _copies(order, parents, documents, ways, judge)
    siblings: dict[frozenset[str], Verdict] = {}
    if unobserved:
        for index in orphans:
            sibling = _closest(index, near[index], documents, judge)
            copies.append(_from_unobserved(unobserved[0], documents[index], sibling))
            if sibling is not None and len(orphans) > 1:
                siblings.setdefault(
                    frozenset(v.reading.id for v in (sibling.alignment.left, sibling.alignment.right)), sibling
                )
        verdicts += siblings.values()
    origin = Origin(record_id("org", *ids), name, ids, bool(agency), unobserved, _why_origin(documents, agency, credit))
    place = {document_id: index for index, document_id in enumerate(ids)}
    return Family(
        origin,
        tuple(copies),
        tuple((verdict, _known(place[verdict.alignment.right.reading.id], near, judge)) for verdict in verdicts),
    )


def _known(child: int, near: Sequence[Sequence[int]], judge: Callable[[int, int], Verdict]) -> frozenset[int]:
    """Sentences of ``child`` that some relative has too."""
    known: set[int] = set()
    for other in near[child]:
        known |= judge(min(child, other), max(child, other)).alignment.known[child > other]
    return frozenset(known)


def _agency(documents: Sequence[Document]) -> tuple[str, str]:
    """The agency that most of the reports credit, and the words of one such credit; empty where none does."""
    full = {_initials(name): name for name in sorted({c.agency for d in documents for c in d.credits}) if " " in name}
    named: Counter[str] = Counter()
    words: dict[str, str] = {}
    for document in documents:
        owning = [credit for credit in document.credits if credit.kind in OWNING]
        for agency in {full.get(credit.agency, credit.agency) for credit in owning}:
            named[agency] += 1
        for credit in owning:
            words.setdefault(full.get(credit.agency, credit.agency), credit.text)
    if not named:
        return "", ""
    agency = min(named, key=lambda name: (-named[name], name))
    return agency, words[agency]


def _initials(name: str) -> str:
    return "".join(word[0] for word in name.split() if word[0].isupper())


def _relatives(count: int, odds: Mapping[tuple[int, int], float]) -> list[list[int]]:
    """For each report the others that it is compared with: all of a small origin, else the likeliest relatives."""
    if count <= RELATIVES + 1:
        return [[other for other in range(count) if other != index] for index in range(count)]
    ranked: list[list[tuple[float, int]]] = [[] for _ in range(count)]
    for (left, right), value in odds.items():
        ranked[left].append((-round(value, 6), right))
        ranked[right].append((-round(value, 6), left))
    near: list[set[int]] = [{other for _, other in sorted(pairs)[:RELATIVES]} for pairs in ranked]
    for index, others in enumerate(near):
        for other in sorted(others):
            near[other].add(index)
    return [sorted(others) for others in near]


def _order(
    documents: Sequence[Document],
    sides: Sequence[Side],
    near: Sequence[Sequence[int]],
    judge: Callable[[int, int], Verdict],
) -> tuple[list[int], Mapping[tuple[int, int], Direction]]:
    """Indices from the likeliest source to the likeliest last copy, dates first; and the direction of every pair compared.

    Each is weighed against the first printing of every other text, so that a text has no more say for being printed often. Where
    nothing speaks, one that is much longer comes first, so that what the others lack was not added by one of them."""
    ways: dict[tuple[int, int], Direction] = {}
    score = [0.0] * len(documents)
    firsts = set(first_printings(documents, [side.reading for side in sides]))
    for left, others in enumerate(near):
        for right in others:
            if right < left:
                continue
            pair = documents[left], documents[right]
            way = ways[left, right] = direction(*pair, judge(left, right), (sides[left], sides[right]))
            score[left] += way.odds * (right in firsts)
            score[right] -= way.odds * (left in firsts)
    order = sorted(range(len(documents)), key=lambda k: (-round(score[k], 6), -_size(sides[k]), documents[k].id))
    # Days rule among the dated, and hours among those of one day, whatever the other signs say; the undated keep their places.
    days = [day_of(document) for document in documents]
    order = _sorted_among(order, days)
    for day in sorted({day for day, document in zip(days, documents, strict=True) if day and document.published_at}):
        hours = [document.published_at if of == day else None for of, document in zip(days, documents, strict=True)]
        order = _sorted_among(order, hours)
    return order, ways


def _size(side: Side) -> int:
    """Length in doublings: a third more or less counts for nothing."""
    return round(log2(len(side.words) + 1))


def _sorted_among(order: list[int], moments: Sequence[date | None]) -> list[int]:
    """``order`` with those that have a moment sorted by it, in the places that they had; the others stay where they are."""
    timed = sorted((k for k in order if moments[k]), key=lambda k: moments[k] or date.min)
    following = iter(timed)
    return [next(following) if moments[k] else k for k in order]


def _parents(
    order: Sequence[int],
    near: Sequence[Sequence[int]],
    documents: Sequence[Document],
    sides: Sequence[Side],
    judge: Callable[[int, int], Verdict],
) -> dict[int, int | None]:
    """For each report the one before it in ``order`` that it can have been taken from, or None."""
    runs = [_runs(side) for side in sides]
    known = [frozenset(run) for run in runs]
    parents: dict[int, int | None] = {}
    earlier: set[int] = set()
    for child in order:
        able = []
        for candidate in sorted(earlier.intersection(near[child])):
            if not any(
                _missing(runs[child], known[witness] - known[candidate]) >= MISSING_WORDS
                # A relative that may have all it shares with the candidate from the child is no witness.
                and _missing(runs[witness], known[candidate] - known[child]) >= MISSING_WORDS
                for witness in near[child]
                if witness != candidate
            ):
                odds = judge(min(child, candidate), max(child, candidate)).measures.log_odds
                able.append((odds + CREDITED_PARENT * credited_by(documents[candidate], documents[child]), candidate))
        # Of texts that are as like the child as each other the first is taken for its source.
        best = max((odds for odds, _ in able), default=0.0)
        fit = {candidate for odds, candidate in able if odds >= best - AS_LIKE}
        parents[child] = next((candidate for candidate in order if candidate in fit), None)
        earlier.add(child)
    return parents


def _missing(runs: Sequence[tuple[int, ...]], lacking: frozenset[tuple[int, ...]]) -> int:
    """Words of a text, beyond the free ones, in long stretches of three-word runs which its supposed source is ``lacking``."""
    words = 0
    for is_lacking, stretch in groupby(runs, key=lacking.__contains__):
        length = sum(1 for _ in stretch) + 2
        if is_lacking and length >= STRETCH_WORDS:
            words += length - FREE_WORDS
    return words


def _runs(side: Side) -> list[tuple[int, ...]]:
    return list(zip(side.words, side.words[1:], side.words[2:], strict=False))


def _copies(
    order: Sequence[int],
    parents: Mapping[int, int | None],
    documents: Sequence[Document],
    ways: Mapping[tuple[int, int], Direction],
    judge: Callable[[int, int], Verdict],
) -> tuple[list[Copy], list[Verdict]]:
    copies, verdicts = [], []
    for child in order:
        parent = parents[child]
        if parent is None:
            continue
        low, high = sorted((parent, child))
        verdict, way = judge(low, high), ways[low, high]
        confidence, basis = way.confidence if low == parent else 1 - way.confidence, way.basis
        if confidence < TOSS:
            confidence, basis = 0.5, COIN_TOSS
        verdict = verdict if low == parent else verdict.turned
        source, derived = documents[parent].id, documents[child].id
        back, forth = verdict.coverage
        copies.append(
            Copy(
                record_id("cpy", source, derived), source, derived, verdict.relation, round(forth, 3), round(back, 3),
                round(verdict.measures.confidence, 3), round(confidence, 3), basis, verdict.passages(), verdict.spun,
                verdict.why(basis),
            )
        )  # fmt: skip
        verdicts.append(verdict)
    return copies, verdicts


def _closest(
    child: int, near: Sequence[int], documents: Sequence[Document], judge: Callable[[int, int], Verdict]
) -> Verdict | None:
    """The relative most like ``child``, on the left, beside it."""
    pairs = [(judge(min(child, other), max(child, other)), other) for other in near]
    if not pairs:
        return None
    verdict, other = min(pairs, key=lambda pair: (-round(pair[0].measures.log_odds, 6), documents[pair[1]].id))
    return verdict if other < child else verdict.turned


def _from_unobserved(parent: Unobserved, child: Document, sibling: Verdict | None) -> Copy:
    """``sibling``: the child beside its closest relative, which stands in for the text that is not here."""
    relation: Relation = sibling.relation if sibling else "verbatim"
    coverage = sibling.coverage[1] if sibling else 1.0
    confidence = sibling.measures.confidence if sibling else 0.5
    why = f"{parent.why} Coverage and relation are those beside the closest sibling." if sibling else parent.why
    return Copy(
        record_id("cpy", parent.id, child.id), parent.id, child.id, relation, round(coverage, 3), 0.0, round(confidence, 3), 1.0,
        "unobserved parent", why=why,
    )  # fmt: skip


def _absent(agency: str, children: tuple[str, ...], credit: str) -> Unobserved:
    return Unobserved(record_id("uno", *children), agency, children, _why_unobserved(1, agency, credit))


def _why_unobserved(orphans: int, agency: str, credit: str) -> str:
    named = f"“{credit}” names {agency}, whose own text is not here" if agency else ""
    if orphans > 1:
        text = f"{orphans} of the reports share text with one another that no single one of them could have given the others"
        return f"{text}; {named}." if named else f"{text}."
    return f"{named}."


def _why_origin(documents: Sequence[Document], agency: str, credit: str) -> str:
    carried = f"{len(documents)} reports carry the same underlying text"
    return f"{carried}; “{credit}” credits {agency}." if agency else f"{carried}."
