"""Tallies of one field: every count of killed, wounded, missing, detained, abducted or displaced people, and of buildings.

``find_tallies`` reads each parsed sentence (``tallies_mentions``), joins its mentions to what befell them (``tallies_link``,
``tallies_parts``, ``tallies_tolls``) and gives the tallies in text order. It knows nothing of who says it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from firsthand.model import Interval, Layer, Outcome, Phrase, Span, VictimClass
from firsthand.model.claim import Scope

from .setting import Surroundings, event_of, is_background, responsible_of, scope_of, told_earlier
from .sides import side_of
from .tallies_link import link
from .tallies_mentions import readings
from .tallies_named import NamedPerson, is_named_alone, persons_in, was_shot
from .tallies_parts import add_parts
from .tallies_persons import pronoun_victims
from .tallies_reading import Link, Mention, Reading, Trigger
from .tallies_tolls import add_tolls
from .tallies_unknown import bare_casualties, unknown_counts
from .victim_classes import combined_classes, is_armed

_NEW_SUBJECT = re.compile(r"\b(?:that|which|who|conflict|war)\b", re.IGNORECASE)
_ACTS = frozenset({"killings", "murders", "executions", "beheadings", "assassinations", "kidnappings", "abductions"})
_WITHOUT_NUMBER: dict[str, tuple[int | None, int | None]] = {"zero": (0, 0)}
_STILL_MEANT = 500  # characters from a tally to "did not give a number", two or three sentences
_NEAR = (
    180  # characters behind a count, about the rest of its sentence and the next, that tell what became of the people
)
_RESUMING = frozenset({"other", "others", "more", "another", "the"})
_FURTHER = frozenset({"other", "others", "another", "more"})
#: What sex and age say of those counted before holds for nobody else: "a woman was killed and nine others were hurt".
_OWN_TRAITS: frozenset[VictimClass] = frozenset({"children", "women", "men", "elderly"})
#: What comes after an attack as often as in it.
_IN_THE_WAKE: frozenset[Outcome] = frozenset({"detained", "displaced"})
_WHY = {
    "passive": "{n} is the subject of “{t}”, said of those it befell.",
    "subject": "{n} is the subject of “{t}”.",
    "object": "{n} is the object of “{t}”.",
    "participle": "{n} stands before the participle “{t}”.",
    "state": "“{t}” is said of {n}.",
    "state_modifier": "{n} counts people whose outcome is said in the same phrase.",
    "counted_noun": "{n} counts a noun that is itself an outcome.",
    "event_of": "{n} follows “{t} of”.",
    "toll": "{n} is the number of a toll.",
    "part": "{n} is given as a part of the number before it.",
    "among": "{n} is said to be among those counted.",
    "killed_or_wounded": "{n} counts killed and wounded together.",
    "pronoun": "{n} stands for people told of before, and “{t}” is new of them.",
    "unknown": "The report says that the count is not known.",
    "bare_casualties": "Casualties are reported without any number.",
}


@dataclass(slots=True)
class FoundTally:
    """A tally before it has a source. ``clause`` is the stretch that states it; ``whole`` the tally it is a part of.

    Tallies that one "and" joins have the same ``clause``; they add up.
    """

    outcome: Outcome
    clause: Span
    span: Span
    low: int | None
    high: int | None
    approx: bool
    vague: bool
    unknown: bool
    victims: tuple[VictimClass, ...]
    victims_text: str
    rule: str
    why: str
    scope: Scope = "incident"
    background: bool = False
    whole: FoundTally | None = None
    side: str | None = None
    shot: bool = False
    text: str = ""
    near: str = ""
    place: str | None = None
    when: Interval | None = None
    event: Phrase | None = None
    responsible: Phrase | None = None
    hedged: bool = False


@dataclass(slots=True)
class Found:
    """What one field holds: its tallies in the order of their numbers, and the persons named as victims."""

    tallies: list[FoundTally] = field(default_factory=list)
    persons: list[NamedPerson] = field(default_factory=list)


def find_tallies(text: str, layer: Layer) -> Found:
    """All tallies and named victims of the field ``text``. Spans are offsets of ``text``."""
    out = Found()
    found = out.tallies
    batches: list[list[FoundTally]] = []
    surroundings = Surroundings(layer)
    for reading in readings(text, layer):
        links, triggers = link(reading)
        near = bool(found) and reading.sentence.span.start - found[-1].clause.end < _STILL_MEANT
        meant = links[-1].outcome if links else found[-1].outcome if near else None
        unknown = unknown_counts(reading, meant)
        masked = [span for span, _ in unknown]
        counted = found[-1].outcome if near and found[-1].outcome != "destroyed" else None
        links = add_tolls(reading, links, triggers, counted, after_toll=near and found[-1].rule == "toll")
        links = add_parts(reading, links, found[-1].outcome if found else None)
        links = [item for item in links if not any(_span(item.mention).overlaps(span) for span in masked)]
        out.persons += persons_in(reading, links)
        batch = _tallies(reading, links, found)
        victims = batch[-1].victims if batch else ("people",)
        batch += [_unknown(reading, span, outcome, victims) for span, outcome in unknown]
        batch += _pronouns(reading, triggers, [*found, *batch])
        batch += [_bare(reading, span, outcome) for span, outcome in bare_casualties(reading, triggers, masked)]
        batch.sort(key=lambda tally: tally.span)
        _set_in_place(reading, surroundings, batch)
        found += batch
        batches.append(batch)
    main = next((t.when for t in found if t.when is not None and t.scope == "incident" and not t.background), None)
    for tally in found:
        tally.background = tally.background or (tally.scope == "incident" and told_earlier(tally.when, main))
    _told_first(batches)
    return out


def _told_first(batches: Sequence[Sequence[FoundTally]]) -> None:
    """What a report tells first is its own event, however long ago; unless the same sentence goes on to a later one: "two days
    after four men were shot there, gunmen killed nine". Arrests and flights are no such event: they follow what is told."""
    for batch in batches:
        harmed = [tally for tally in batch if tally.outcome not in _IN_THE_WAKE]
        if any(not tally.background for tally in harmed or batch):
            return
        for tally in batch:
            tally.background = False


def _set_in_place(reading: Reading, surroundings: Surroundings, batch: Sequence[FoundTally]) -> None:
    """Gives every tally of a sentence its place, time and event: those up to the clauses on both sides of its own."""
    sentence = reading.sentence.span
    clauses = sorted({tally.clause for tally in batch})
    for tally in batch:
        start = max((c.end for c in clauses if c.end <= tally.clause.start), default=sentence.start)
        end = min((c.start for c in clauses if c.start >= tally.clause.end), default=sentence.end)
        window = Span(start, end)
        tally.place = surroundings.place(tally.clause, window) or surroundings.place(tally.clause, sentence)
        tally.when = surroundings.when(reading, tally.clause, window) or surroundings.when(
            reading, tally.clause, sentence
        )
        tally.event = event_of(reading, tally.clause, window)


def _pronouns(reading: Reading, triggers: Sequence[Trigger], before: Sequence[FoundTally]) -> list[FoundTally]:
    """ "He later died", "they were found dead": people counted or named before, with an outcome that is new for them."""
    out: list[FoundTally] = []
    for index, trigger in pronoun_victims(reading, triggers):
        if trigger.outcome == "killed" and _died_of_it(reading, index, trigger, [*before, *out]):
            continue
        if any(tally.outcome == trigger.outcome and not tally.background for tally in (*before, *out)):
            continue
        plural = reading.low[index] in {"they", "them"}
        counted = next((t for t in reversed(before[-4:]) if t.low is not None and (not plural or t.low > 1)), None)
        meant = _meant(reading, index) if plural else None
        if trigger.word.word in {"shoot", "stab"} and counted is not None and counted.outcome == "killed":
            continue  # "killed 36 men … they were shot": how they died
        if plural and counted is None and meant is None:
            continue
        span = reading.tokens[index].span
        clause = reading.span(min(index, trigger.first), max(index, trigger.last))
        words = reading.words(trigger.first, trigger.last)
        shot = trigger.outcome == "wounded" and trigger.word.word in {"shoot", "stab"}
        out.append(
            FoundTally(
                trigger.outcome,
                clause,
                span,
                meant.quantity.low if meant and meant.quantity else counted.low if plural and counted else 1,
                meant.quantity.high if meant and meant.quantity else counted.high if plural and counted else 1,
                False,
                False,
                False,
                meant.classes if meant else counted.victims if counted else ("people",),
                "",
                "pronoun",
                _WHY["pronoun"].format(n=f"“{span.of(reading.text)}”", t=words),
                scope_of(reading, clause),
                is_background(reading, clause),
                shot=shot,
            )
        )
    return out


def _died_of_it(reading: Reading, index: int, trigger: Trigger, before: Sequence[FoundTally]) -> bool:
    """ "A man was stabbed and taken to a clinic, where he died": of the one person told of as wounded in the same sentence. He is
    told once, as dead."""
    if reading.low[index] not in {"he", "she"}:
        return False
    sentence = reading.sentence.span
    told = [t for t in before if sentence.covers(t.span) and t.span.end <= reading.tokens[index].start]
    one = told[-1] if len(told) == 1 else None
    between = [] if one is None else [t for t in reading.tokens[:index] if t.start >= one.span.end]
    if any(token.lemma in {"say", "tell", "report"} for token in between):
        return False  # somebody else may tell of it
    if one is None or one.outcome not in ("wounded", "casualties") or (one.low, one.high) != (1, 1):
        return False
    one.outcome, one.shot = "killed", False
    one.why += f" “{reading.words(trigger.first, trigger.last)}” is said of the same person."
    return True


def _meant(reading: Reading, index: int) -> Mention | None:
    """The counted people of the same sentence that "them" takes up: "dragged 11 men outside and executed them"."""
    before = [m for m in reading.mentions if m.last < index and m.quantity is not None and m.sure and not m.partitive]
    last = before[-1] if before else None
    counted = last is not None and last.quantity is not None and (last.quantity.low or 0) > 1
    return last if counted and last is not None and not last.elided else None


def _span(mention: Mention) -> Span:
    return mention.count_span


def _tallies(reading: Reading, links: Sequence[Link], before: Sequence[FoundTally]) -> list[FoundTally]:
    out: list[FoundTally] = []
    made: dict[int, FoundTally] = {}
    waiting: list[tuple[FoundTally, Mention]] = []
    for item in links:
        if is_named_alone(reading, item, links) or _own_death(reading, item):
            continue
        if _repeated_acts(reading, item) or _of_one_body(reading, item):
            continue
        tally = _tally(reading, item, links, out, before)
        if item.whole is not None:
            tally.whole = _larger(made.get(id(item.whole)), tally)
            waiting += [(tally, item.whole)] if tally.whole is None else []
        elif item.mention.partitive:
            tally.whole = _told_before(tally, [*before[-8:], *out])
        elif item.trigger is None and item.rule in ("among", "part"):
            tally.whole = _told_before(
                tally, before[-8:]
            )  # "the dead included two cooks and two boys": of nobody in the sentence
        else:
            tally.whole = _told_with(reading, item, tally, out)
        made.setdefault(id(item.mention), tally)
        out.append(tally)
    for tally, whole in waiting:
        tally.whole = _larger(made.get(id(whole)), tally)
    return out


def _told_before(tally: FoundTally, before: Sequence[FoundTally]) -> FoundTally | None:
    """The last count told that ``tally`` can be a part of."""
    return next(
        (t for t in reversed(before) if t.outcome == tally.outcome and t.whole is None and _larger(t, tally)), None
    )


def _told_with(reading: Reading, item: Link, tally: FoundTally, out: Sequence[FoundTally]) -> FoundTally | None:
    """ "The toll rose to 12, with eight civilians killed": the count of all people right before, of whom these are some."""
    mention = item.mention
    if item.rule != "participle" or mention.first < 2 or reading.low[mention.first - 1] != "with" or not out:
        return None
    before = out[-1]
    all_of_them = before.outcome == tally.outcome and before.victims == ("people",) and tally.victims != ("people",)
    return _larger(before.whole or before, tally) if all_of_them else None


def _larger(whole: FoundTally | None, part: FoundTally) -> FoundTally | None:
    """``whole``, unless ``part`` exceeds it and so is no part of it."""
    exceeded = whole is not None and whole.high is not None and part.low is not None and part.low > whole.high
    return None if exceeded else whole


def _tally(
    reading: Reading, item: Link, links: Sequence[Link], out: Sequence[FoundTally], before: Sequence[FoundTally]
) -> FoundTally:
    mention, quantity = item.mention, item.mention.quantity
    clause = _clause(reading, item, links)
    victims = mention.classes
    if victims == ("people",) and (mention.elided or _resumes(reading, mention)):
        victims = _inherited(reading, mention, out, before, part=item.whole is not None)
    low, high = (
        (quantity.low, quantity.high) if quantity is not None else _WITHOUT_NUMBER.get(mention.kind, (None, None))
    )
    if quantity is None and mention.kind in ("definite", "named"):
        low = high = mention.persons
    count_text = mention.count_span.of(reading.text)
    why = _WHY[item.rule].format(
        n=f"“{count_text}”", t=reading.words(item.trigger.first, item.trigger.last) if item.trigger else ""
    )
    return FoundTally(
        text=count_text,
        outcome=item.outcome,
        clause=clause,
        span=mention.count_span,
        low=low,
        high=high,
        approx=bool(quantity and quantity.approx),
        vague=low is None and high is None,
        unknown=False,
        victims=victims,
        victims_text=_victims_text(reading, mention),
        rule=item.rule,
        why=why,
        scope="total" if _goes_on_and_on(reading, item) else scope_of(reading, clause),
        background=is_background(reading, clause),
        shot=was_shot(item),
        responsible=responsible_of(reading, item.trigger, mention.count_span),
        near=reading.text[clause.start : clause.end + _NEAR] if was_shot(item) else "",
        side=side_of(reading, mention) if item.outcome != "destroyed" else None,
        hedged=item.trigger is not None and item.trigger.hedged,
    )


def _inherited(
    reading: Reading, mention: Mention, out: Sequence[FoundTally], before: Sequence[FoundTally], *, part: bool
) -> tuple[VictimClass, ...]:
    """Class of a number whose noun is left out: that of the number before it in the sentence or, for "others", in the text.

    A number that is no part itself follows the whole, not the part told last: "ten people, two of them women, died; 40 others".
    """
    further = bool(_FURTHER & set(reading.low[mention.first : mention.last + 1])) and not mention.partitive
    if mention.first and reading.low[mention.first - 1] == "among":
        return ("people",)  # "three pupils among five dead": those among whom they are
    if out:
        between = reading.text[out[-1].span.end : mention.count_span.start]
        new = _NEW_SUBJECT.search(between)
        return ("people",) if new else out[-1].victims if part else _passed_on(out[-1], further=further)
    start = mention.first + (len(mention.quantity.text.split()) if mention.quantity else 0)
    opening = {reading.low[max(0, mention.first - 1)], reading.low[mention.first]} & {"the", "another"}
    words = opening | set(reading.low[start : mention.last + 1])
    if before and (mention.partitive or words & _RESUMING):
        return _passed_on(before[-1], further=further)
    return ("people",)


def _passed_on(tally: FoundTally, *, further: bool) -> tuple[VictimClass, ...]:
    """What the classes of ``tally`` say of a number after it; ``further``: of other people than those."""
    classes = (tally.whole or tally).victims
    if not further:
        return classes
    return tuple(victim for victim in classes if victim not in _OWN_TRAITS) or ("people",)


def _resumes(reading: Reading, mention: Mention) -> bool:
    """ "the two victims", "the three": people told of before."""
    return (
        mention.first > 0
        and reading.low[mention.first - 1] == "the"
        and reading.low[mention.head] in {"victims", "people"}
    )


def _victims_text(reading: Reading, mention: Mention) -> str:
    """The words for the victims without their number."""
    first = mention.first
    if mention.quantity is not None:
        while first <= mention.last and reading.tokens[first].start < mention.quantity.span.end:
            first += 1
    return reading.words(first, mention.last) if first <= mention.last and not mention.partitive else ""


def _clause(reading: Reading, item: Link, links: Sequence[Link]) -> Span:
    """From the victims to what befell them; the same for all that one "and" joins."""
    trigger = item.trigger
    joined = [
        other.mention for other in links if trigger is not None and other.trigger is trigger and other.whole is None
    ]
    mentions = joined if item.whole is None and joined else [item.mention]
    first, last = min(m.first for m in mentions), max(m.last for m in mentions)
    if trigger is not None:
        first, last = min(first, trigger.first), max(last, trigger.last)
    return reading.span(first, last)


def _goes_on_and_on(reading: Reading, item: Link) -> bool:
    """ "So many children are being killed": a state of things, no incident."""
    quantity, trigger = item.mention.quantity, item.trigger
    if trigger is None or trigger.voice != "passive" or (quantity is not None and not quantity.vague):
        return False
    before = reading.low[max(0, trigger.first - 2) : trigger.first]
    return before in {("are", "being"), ("are", "getting"), ("keep", "getting"), ("is", "being")}


def _repeated_acts(reading: Reading, item: Link) -> bool:
    """ "numerous executions" counts acts, and nobody knows how many people."""
    quantity = item.mention.quantity
    vague = quantity is not None and quantity.vague
    return vague and item.mention.counted_noun and reading.low[item.mention.head] in _ACTS


def _of_one_body(reading: Reading, item: Link) -> bool:
    """ "Died from multiple injuries", "succumbed to several wounds": the hurts of one person."""
    mention = item.mention
    hurts = mention.counted_noun and reading.low[mention.head] in {"injuries", "wounds", "burns"}
    verb = reading.low[mention.first - 2 : mention.first - 1] if mention.first > 1 else ()
    return hurts and verb in {("died",), ("dies",), ("die",), ("succumbed",), ("recovering",)}


def _own_death(reading: Reading, item: Link) -> bool:
    """An attacker's own death in a suicide attack is no tally of victims."""
    words = reading.low[item.mention.first : item.mention.last + 1]
    return any(w in {"bomber", "bombers"} for w in words) or (
        any(w in {"attacker", "attackers", "assailant"} for w in words) and "suicide" in reading.low
    )


def _unknown(reading: Reading, span: Span, outcome: Outcome, victims: tuple[VictimClass, ...]) -> FoundTally:
    return FoundTally(
        outcome, span, span, None, None, False, False, True, victims, "", "unknown", _WHY["unknown"],
        scope_of(reading, span), is_background(reading, span),
    )  # fmt: skip


def _bare(reading: Reading, span: Span, outcome: Outcome) -> FoundTally:
    return FoundTally(
        outcome, span, span, None, None, False, True, False, _losers(reading, span), "", "bare_casualties", _WHY["bare_casualties"],
        scope_of(reading, span), is_background(reading, span),
    )  # fmt: skip


def _losers(reading: Reading, span: Span) -> tuple[VictimClass, ...]:
    """Whose losses they are: "civilian deaths", "the militia suffered heavy losses"."""
    before = [word for token, word in zip(reading.tokens, reading.low, strict=True) if token.end <= span.start]
    if {"suffered", "suffering", "sustained", "inflicted", "inflicting"} & set(before[-4:]) and any(
        map(is_armed, before)
    ):
        return ("fighters",)
    own = [word for token, word in zip(reading.tokens, reading.low, strict=True) if span.covers(token.span)]
    return combined_classes(own, ("people",))


__all__ = ["Found", "FoundTally", "NamedPerson", "find_tallies"]
