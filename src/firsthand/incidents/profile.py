"""What grouping looks at in one report: when, where, who, what, how many, and in which words."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from firsthand.model import Annotation, Claim, Document, Layer, Outcome, ReportClaims, Span, Victim

from .cues import cues, is_body, is_official
from .local_time import told_locally
from .placing import PlaceShares, event_places, towns_told
from .setting import Setting, settings_of
from .spelling import PARTICLES
from .terms import STOP_WORDS, Word, counted, fold, without_capitals, words
from .timing import DayShares, event_days

# A report's first words carry its main event; later paragraphs are background as often as not.
_LEAD_CHARACTERS = 700
# So many different counts of one outcome are compared.
_TOLLS = 4
# A name is judged by this many characters on either side, as far as its sentence goes.
_BESIDE = 90
_AGED_AFTER = re.compile(r"^(?:,\s*|\s+\(|,?\s+aged?\s+)(\d{1,3})\b(?!\s*(?:percent|people|years? (?:in|of)|min|:))")
_AGED_BEFORE = re.compile(r"\b(\d{1,3})-(?:year|month)-old,?\s+$")
_AGE_WORDS = re.compile(r"\b(\d{1,3})[\s-]+(?:year|month|day)s?[\s-]+olds?\b", re.IGNORECASE)
_CLOCK = re.compile(r"\b(\d{1,2})(?:[:.]([0-5]\d))?\s?([ap])\.?\s?m\b", re.IGNORECASE)
_CLOCK_24 = re.compile(r"\b([01]?\d|2[0-3]):([0-5]\d)\b(?!\s?[ap]\.?\s?m)", re.IGNORECASE)
_PRINTED_AT = re.compile(r"\b(?:updated|posted|published|printed|modified|until)\b[^.\n]{0,40}$", re.IGNORECASE)
_JOIN = re.compile(r"[ \t]|[ ][“\"‘']")
_FAMILY = re.compile(r"((?:[aA]l[- ])?[A-Z][\w’'-]+(?:[ -][A-Z][\w’'-]+)?)(?:[’']s?)? famil(?:y|ies)\b")
_SAYS_AFTER = re.compile(r"^,?\s*(?:said|says|told|added|announced|reported|wrote|tweeted|photo|/)\b", re.IGNORECASE)

_ROLE_AFTER = re.compile(r"^,\s+(?:an?|the)?\s*((?:[\w’'-]+\s+){0,4}[\w’'-]+)")
_STOP = re.compile(r"[.!?]\s|\n")


@dataclass(frozen=True)
class Person:
    """A person named in a report. ``key`` is (first, last) name, folded. ``party``: said to have done or suffered what the
    report tells of, and not introduced by an office."""

    key: tuple[str, str]
    text: str
    span: Span
    party: bool
    age: int | None = None


@dataclass(frozen=True)
class Profile:
    """One report as grouping sees it. ``days`` holds the days its main event may have been, with what speaks for each;
    ``towns`` those that title and lead name, as ``spelt``."""

    report: str
    published: date | None
    days: DayShares
    places: PlaceShares
    terms: Mapping[str, int]
    lead: Mapping[str, int]
    people: Mapping[tuple[str, str], Person]
    families: frozenset[str]
    ages: frozenset[int]
    kinds: Mapping[str, float]
    tolls: Mapping[Outcome, tuple[int, ...]]
    settings: Mapping[str, Setting]
    hours: frozenset[float]
    towns: frozenset[str]
    violent: bool = True


def profile(
    document: Document, annotation: Annotation, claims: ReportClaims | None, *, printed: date | None = None
) -> Profile:
    """The profile of one report. ``claims`` None: the claims room found nothing in it. ``printed``: see :func:`event_days`."""
    title, text = words(document.title or ""), words(document.text)
    common = {word.folded for word in (*title, *text) if not word.capital}
    title, text = without_capitals(title, common), without_capitals(text, common)
    title_names, text_names = one_spelling(annotation.title), one_spelling(annotation.text)
    terms = counted(title, title_names)
    lead = terms.copy()
    terms.update(counted(text, text_names))
    lead.update(counted((w for w in text if w.start < _LEAD_CHARACTERS), text_names))
    people = _by_name(persons(document.text, text))
    stated = [c for c in claims.claims if not c.background and not c.tells_sides] if claims else []
    places = event_places(document, annotation, stated)
    annotation, told = told_locally(
        document, annotation, [c for c in claims.claims if not c.tells_sides] if claims else (), places.main
    )
    stated = [c for c in told if not c.background]
    days = event_days(document, annotation, stated, printed=printed, places=places)
    settings = settings_of(document, annotation, told, days, places)
    main = [c for c in stated if c.id not in settings or not settings[c.id].background]
    if len(main) < len(stated):
        # What the claims of other events say of their day and place is not the main event's.
        rest = _without(annotation, [c for c in stated if c not in main])
        places = event_places(document, rest, main)
        days = event_days(document, rest, main, printed=printed, places=places)
    kinds = kind_shares(document)
    return Profile(
        report=document.id,
        published=document.published,
        days=days,
        places=places,
        settings=settings,
        terms=terms,
        lead=lead,
        people=people,
        families=families(document.text, people.values(), claims.victims if claims else ()),
        ages=frozenset(int(m) for m in _AGE_WORDS.findall(document.text))
        | frozenset(p.age for p in people.values() if p.age),
        kinds=kinds,
        tolls=tolls(main),
        hours=hours_of(f"{document.title or ''}\n{document.text[:_LEAD_CHARACTERS]}"),
        towns=towns_told(annotation),
        violent=bool(main) or bool(kinds),
    )


def _without(annotation: Annotation, claims: Iterable[Claim]) -> Annotation:
    """``annotation`` without the times and places inside the clauses of ``claims``."""
    layers = {"title": annotation.title, "text": annotation.text}
    for claim in claims:
        layer = layers[claim.field]
        layers[claim.field] = replace(
            layer,
            times=tuple(m for m in layer.times if not claim.span.overlaps(m.span)),
            places=tuple(m for m in layer.places if not claim.span.overlaps(m.span)),
        )
    return replace(annotation, title=layers["title"], text=layers["text"])


def one_spelling(layer: Layer) -> list[tuple[int, int, str]]:
    """The places and known bodies of a field with the one name for all their spellings, in order, none overlapping."""
    found = [(m.span.start, m.span.end, m.place.name) for m in layer.places if m.place is not None]
    found += [(n.span.start, n.span.end, n.canonical) for n in layer.names if n.basis == "lexicon"]
    out: list[tuple[int, int, str]] = []
    for start, end, name in sorted(found, key=lambda f: (f[0], -f[1], f[2])):
        if not out or start >= out[-1][1]:
            out.append((start, end, name))
    return out


def _by_name(found: Iterable[Person]) -> dict[tuple[str, str], Person]:
    """One entry a name: a party if any mention says so, with the first age stated."""
    out: dict[tuple[str, str], Person] = {}
    for person in found:
        old = out.get(person.key)
        if old is None:
            out[person.key] = person
        else:
            out[person.key] = replace(
                old, party=old.party or person.party, age=old.age if old.age is not None else person.age
            )
    return out


def name_key(text: str) -> tuple[str, str] | None:
    """First and last name of ``text``, folded; None for a single name.

    >>> name_key("Omar S. al-Haddad Jr.")
    ('omar', 'haddad')
    """
    parts = [p for p in re.split(r"[\s-]+", fold(text.replace(".", " "))) if p and p not in PARTICLES and len(p) > 1]
    return (parts[0], parts[-1]) if len(parts) > 1 else None


def persons(text: str, found: Iterable[Word]) -> Iterable[Person]:
    """Runs of capitalised words that look like a person's full name, with the office that introduces them seen."""
    run: list[Word] = []
    for word in [*found, None]:
        joins = (
            word is not None
            and word.capital
            and (not run or _JOIN.fullmatch(text, run[-1].end, word.start) is not None or _initial(text, run[-1], word))
            and not (not run and word.opens and word.folded in STOP_WORDS)
        )
        if joins and word is not None:
            run.append(word)
            continue
        if run:
            yield from _person(text, run)
        run = [word] if word is not None and word.capital and word.folded not in STOP_WORDS else []


def _initial(text: str, word: Word, after: Word) -> bool:
    """Whether only the full stop of an initial or a title stands between two words."""
    return (len(word.text) == 1 or is_official(word.text)) and text[word.end : after.start] == ". "


def _person(text: str, run: list[Word]) -> Iterable[Person]:
    official = False
    while run and is_official(run[0].text):
        run, official = run[1:], True
    if not 2 <= len(run) <= 5 or any(is_official(w.text) or is_body(w.text) for w in run):
        return
    start, end = run[0].start, run[-1].end
    key = name_key(text[start:end])
    if key is None:
        return
    before, after = text[max(0, start - _BESIDE) : start], text[end : end + _BESIDE]
    aged = _AGED_AFTER.match(after)
    age_before = _AGED_BEFORE.search(before)
    if aged is None and age_before is None:
        official = official or _introduced_by_office(before) or _of_office(after)
    age = aged or age_before
    party = age is not None or (not official and bool(cues(_sentence_around(before, after), "party")))
    yield Person(key, text[start:end], Span(start, end), party, int(age.group(1)) if age else None)


def _introduced_by_office(before: str) -> bool:
    """Whether the last word before a name is an office: "Governor Selim", "the governor, Selim"."""
    last = re.split(r"\W", before.rstrip().removesuffix(",").rstrip().removesuffix("."))[-1]
    return bool(last) and is_official(last)


def _of_office(after: str) -> bool:
    """Whether what follows a name has its bearer speak, or names an office of theirs."""
    if _SAYS_AFTER.match(after) is not None:
        return True
    role = _ROLE_AFTER.match(after)
    return role is not None and any(is_official(word) for word in role.group(1).split())


def _sentence_around(before: str, after: str) -> str:
    """What stands on either side of a name as far as its sentence goes."""
    return _STOP.split(before)[-1] + " | " + _STOP.split(after, maxsplit=1)[0]


def families(text: str, people: Iterable[Person], victims: Iterable[Victim]) -> frozenset[str]:
    """The surnames of the dead and wounded: of those named with their age or as victims, and of "the … family"."""
    found = {p.key[1] for p in people if p.age is not None}
    found.update(k[1] for v in victims if (k := name_key(v.name)) is not None)
    for match in _FAMILY.finditer(text) if " famil" in text else ():
        parts = [
            w
            for p in re.split(r"[\s-]+", match.group(1))
            if (w := fold(p)) and w not in PARTICLES and w not in STOP_WORDS
        ]
        found.update(parts[-1:])
    return frozenset(found)


def hours_of(text: str) -> frozenset[float]:
    """The hours of the day (0 to 24) that ``text`` names, those of its own printing left out.

    >>> sorted(hours_of("Updated at 9:05 pm. Shots were heard at 6:30 a.m. and again at 14:15."))
    [6.5, 14.25]
    """
    found = []
    for match in _CLOCK.finditer(text):
        if 1 <= int(match.group(1)) <= 12:
            noon = 12 if match.group(3) in "pP" else 0
            found.append((match.start(), int(match.group(1)) % 12 + noon + int(match.group(2) or 0) / 60))
    for match in _CLOCK_24.finditer(text):
        found.append((match.start(), int(match.group(1)) + int(match.group(2)) / 60))
    return frozenset(hour for start, hour in found if not _PRINTED_AT.search(text[max(0, start - 60) : start]))


def kind_shares(document: Document) -> dict[str, float]:
    """How much of the title and the lead speaks of each kind of event; shares sum to 1, empty where none is told."""
    found: dict[str, float] = defaultdict(float)
    for text, weight in ((document.title or "", 2.0), (document.text[:_LEAD_CHARACTERS], 1.0)):
        for cue in cues(text, "event"):
            if cue.kind:
                found[cue.kind] += weight
    total = sum(found.values())
    return {kind: n / total for kind, n in sorted(found.items())} if total else {}


def tolls(claims: Sequence[Claim]) -> dict[Outcome, tuple[int, ...]]:
    """For each outcome the first few counts that the report states of its main event, title before text.

    First, not largest: later paragraphs hold what a whole war has cost. Several, since a report may set sources side by side.
    """
    out: dict[Outcome, tuple[int, ...]] = {}
    for claim in sorted(claims, key=lambda c: (c.field != "title", c.span)):
        tally = claim.tally
        if (
            tally is None
            or not tally.counted
            or tally.scope != "incident"
            or tally.part_of
            or claim.certainty == "denied"
        ):
            continue
        count = tally.low if tally.low is not None else tally.high
        known = out.get(tally.outcome, ())
        if count is not None and count not in known and len(known) < _TOLLS:
            out[tally.outcome] = (*known, count)
    return out
