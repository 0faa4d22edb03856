"""Who is said to have done it: who takes responsibility for an attack, who gives it to whom, and who denies it.

A claim of responsibility has ``responsible`` set to the body named. Where somebody takes or denies it, that body is the source;
where it is given, the source is whoever the sentence is attributed to, else the one named before the words of blame. "No group has
claimed responsibility" is a statement about that day, of rule "unclaimed": nobody is held responsible by it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import NamedTuple

from firsthand.model import Claim, FieldName, Layer, Name, Phrase, Sentence, Source, SourceKind, Span, record_id
from firsthand.resources import table

# A body stands at most this far from the words that hold it responsible: one apposition ("…, a splinter group of the …, has").
_REACH_BEFORE, _REACH_AFTER = 120, 45
_BODIES = frozenset({"organisation", "group", "state", "nationality"})
_FORCES = re.compile(
    r"[’']?s?\s+(?:[a-z]+\s+)?(?:forces|military|army|troops|police|government|authorities|air force|navy|soldiers)\b"
)
# Words for a part of a body that goes its own way; the body itself is then not the one held responsible.
_OFFSHOOT_BEFORE = re.compile(
    r"\b(?:splinter|offshoot|branch|wing|faction|arm|affiliate|breakaway)\b[^.;]{0,40}$", re.IGNORECASE
)
_OFFSHOOT_AFTER = re.compile(r"\s+(?:splinter|offshoot|branch|wing|faction|affiliate)\b", re.IGNORECASE)
# What may stand between the words and the body they name: its people, and no other place.
_BETWEEN = re.compile(
    r"\s*(?:(?:the|a|an|its|by|suspected|alleged|armed|members|militants|fighters|gunmen|soldiers|of|from|\w+ists?|paramilitary"
    r"|rebel|militant|insurgent|militia|rival|outlawed|banned|group|movement|organi[sz]ation)\s+){0,5}"
)
# Other attacks than the one reported, and nobody.
_OTHERS = re.compile(
    r"\b(?:previous|similar|past|other|earlier|several|many|numerous|such|most)\s+(?:\w+\s+){0,2}\w*(?:attacks|bombings)\b"
)
# What may stand between a body and "was behind the attack": words for its people.
_ADJOINS = re.compile(
    r"(?:[’']s)?(?:\s+(?:militants|fighters|forces|army|military|troops|members|group|has|have|had|also))*\s*"
)
# "Claimed a raid" brings in another attack, save where the report begins with it.
_ANOTHER = re.compile(r"\bclaim(?:ed|s|ing)\s+an?\b", re.IGNORECASE)
_DENIES = re.compile(r"\bden(?:y|ied|ies|ying)\b", re.IGNORECASE)
_NOBODY = re.compile(
    r"\b(?:no|nobody|none|neither|not|yet|without|if|whether)\b(?:(?! but | and )[^.;,]){0,45}$", re.IGNORECASE
)


class _Cue(NamedTuple):
    """One line of the lexicon. Every sentence with a match has one of ``needs`` in it, in small letters."""

    kind: str
    side: str
    needs: tuple[str, ...]
    pattern: re.Pattern[str]


@cache
def _cues() -> tuple[_Cue, ...]:
    rows = table("claims/responsibility.tsv")
    return tuple(
        _Cue(row["kind"], row["side"], tuple(row["needs"].split("|")), re.compile(row["pattern"], re.IGNORECASE))
        for row in rows
    )


def responsibility_claims(
    document: str, name: FieldName, text: str, layer: Layer, claims: Sequence[Claim]
) -> list[Claim]:
    """Claims of responsibility in one field, in text order. ``claims`` are those found already: they tell who is speaking."""
    lowered = text.lower()
    cues = [cue for cue in _cues() if any(word in lowered for word in cue.needs)]
    if not cues:
        return []
    bodies = [n for n in layer.names if n.kind in _BODIES]
    out: dict[tuple[str, str], Claim] = {}
    for sentence in layer.sentences:
        words = sentence.span.of(text)
        found = [(cue.kind, cue.side, match) for cue in cues for match in cue.pattern.finditer(words)]
        if found and not _OTHERS.search(words):
            for kind, side, match in found:
                cue = Span(sentence.span.start + match.start(), sentence.span.start + match.end())
                if kind == "unclaimed":
                    out.setdefault((kind, ""), _unclaimed(document, name, text, sentence, cue, claims))
                    continue
                if kind == "accuse" and side == "before" and _DENIES.search(words[: match.start()]):
                    kind = "deny"  # "denied that it was behind the attack"
                body = _body(text, bodies, sentence, cue, kind, side) or _unnamed(text, cue, kind, side)
                if body is None or _NOBODY.search(words[: match.start()]):
                    continue
                claim = _claim(document, name, text, kind, sentence, cue, body, claims, bodies)
                if _ANOTHER.search(match[0]) and name == "text" and sentence is not layer.sentences[0]:
                    claim = replace(claim, background=True)
                out.setdefault((kind, body.canonical), claim)
    return sorted(out.values(), key=lambda claim: claim.span)


def _body(text: str, bodies: Sequence[Name], sentence: Sentence, cue: Span, kind: str, side: str) -> Name | None:
    """The body named nearest to the words on the side where they look for it; before them, the first of their own clause."""
    inside = [body for body in bodies if sentence.span.covers(body.span) and _itself(text, sentence, body)]
    if side == "after":
        near = (b for b in inside if 0 <= b.span.start - cue.end <= _REACH_AFTER)
        return next((b for b in near if _BETWEEN.fullmatch(text, cue.end, b.span.start)), None)
    before = [b for b in inside if 0 <= cue.start - b.span.end <= _REACH_BEFORE]
    if kind == "accuse":
        return next((b for b in before if _ADJOINS.fullmatch(text, b.span.end, cue.start)), None)
    return before[0] if len(before) == 1 else next(_subjects(before, cue), None)


@cache
def _armed_people() -> re.Pattern[str]:
    """Words for armed people whom nobody names, behind words of blame: "accused the rebels of firing"."""
    rows = [row["words"] for row in table("claims/attacks.tsv") if row["class"] == "unnamed"]
    words = sorted({word for line in rows for word in line.split("|")}, key=lambda word: (-len(word), word))
    kin = [word for row in table("claims/attacks.tsv") if row["class"] == "kin" for word in row["words"].split("|")]
    return re.compile(
        rf"\s*(?:the\s+|suspected\s+|alleged\s+)*((?:(?:{'|'.join(kin)})\s+)*(?:{'|'.join(words)}))\b(?!-|\s+(?-i:[A-Z]))",
        re.IGNORECASE,
    )


def _unnamed(text: str, cue: Span, kind: str, side: str) -> Name | None:
    """Armed people without a name who stand right behind words of blame."""
    found = _armed_people().match(text, cue.end) if (kind, side) == ("accuse", "after") else None
    return Name(Span(*found.span(1)), found[1], "group", found[1], "shape") if found is not None else None


def _itself(text: str, sentence: Sentence, body: Name) -> bool:
    """A body, not a part of it that goes its own way, and not a nationality without a word for its forces."""
    before = text[sentence.span.start : body.span.start]
    if _OFFSHOOT_BEFORE.search(before) or _OFFSHOOT_AFTER.match(text, body.span.end):
        return False
    return body.kind != "nationality" or _FORCES.match(text, body.span.end) is not None


def _subjects(before: Sequence[Name], cue: Span) -> Iterator[Name]:
    """Of several bodies the one right before the words, else none: two candidates and no reason is no answer."""
    yield from (body for body in reversed(before) if cue.start - body.span.end <= _REACH_AFTER)


def _claim(
    document: str,
    name: FieldName,
    text: str,
    kind: str,
    sentence: Sentence,
    cue: Span,
    body: Name,
    claims: Sequence[Claim],
    bodies: Sequence[Name],
) -> Claim:
    spoken = [c for c in claims if c.field == name and c.source is not None]
    told = next((c for c in spoken if _covers(c, cue)), None)
    if kind == "accuse":  # "the army blamed the rebels": whoever the words of blame are said of
        told = next((c for c in spoken if c.cue is not None and c.cue.span.overlaps(cue)), told)
    speaker = told.source if told is not None else None
    who = _phrase(text, body)
    known = {c.source.text: c.source.name for c in reversed(claims) if c.source is not None}
    if kind == "accuse":
        before = (b for b in reversed(bodies) if sentence.span.start <= b.span.start and b.span.end <= cue.start)
        accuser = next((b for b in before if b.span != body.span), None)
        source = speaker if speaker is not None else _source(text, accuser, known) if accuser is not None else None
    else:
        own = _source(text, body, known)
        source = (
            replace(own, via=Phrase(speaker.text, speaker.span))
            if speaker is not None and speaker.name != own.name
            else own
        )
    why = {"accept": "takes", "deny": "denies", "accuse": "is given"}[kind]
    return Claim(
        id=record_id("clm", document, name, *cue, kind, body.canonical),
        report=document,
        field=name,
        span=sentence.span,
        source=source,
        cue=Phrase(cue.of(text), cue),
        certainty="denied" if kind == "deny" else "asserted",
        responsible=who,
        rule="responsibility",
        why=f"“{who.text}” {why} responsibility: “{cue.of(text)}”.",
    )


def _unclaimed(
    document: str, name: FieldName, text: str, sentence: Sentence, cue: Span, claims: Sequence[Claim]
) -> Claim:
    told = next((c for c in claims if c.field == name and c.source is not None and _covers(c, cue)), None)
    words = cue.of(text)
    return Claim(
        id=record_id("clm", document, name, *cue, "unclaimed"),
        report=document,
        field=name,
        span=sentence.span,
        source=told.source if told is not None else None,
        cue=Phrase(words, cue),
        certainty="unknown",
        rule="unclaimed",
        why=f"“{words}”: at the time nobody was known to have taken responsibility.",
    )


def _covers(claim: Claim, cue: Span) -> bool:
    return any(span.covers(cue) for span in (*claim.content, claim.span))


def _phrase(text: str, body: Name) -> Phrase:
    """The body with the word for its people where that belongs to it: "Westland" + " army"."""
    tail = _FORCES.match(text, body.span.end)
    span = Span(body.span.start, tail.end()) if tail and body.kind in ("state", "nationality") else body.span
    return Phrase(span.of(text), span)


def _source(text: str, body: Name, known: Mapping[str, str]) -> Source:
    """The body as a source, under the name it has where the report lets it speak (``known``, by the words for it)."""
    phrase = _phrase(text, body)
    kind: SourceKind = "organisation" if body.kind in ("organisation", "state", "nationality") else "group"
    canonical = body.canonical if phrase.span == body.span else phrase.text
    return Source(phrase.text, phrase.span, known.get(phrase.text, canonical), kind)
