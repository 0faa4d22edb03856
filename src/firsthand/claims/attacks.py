"""Who attacks whom, as plain narrative tells it: "a Westlandish raid on the camp", "the army shelled", "killed by rebels".

An attacker is a body beside a word of attack: before it ("a Westlandish air strike", "the League's ambush"), as the subject of
its verb, or behind its "by". A target is the body that the attack is on, against or at, or the verb's object. Armed people whom
nobody names ("gunmen") are an attacker in those words. What is only planned, feared, denied or compared is none. The words of a
speaker are his; all else is the outlet's own voice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from firsthand.model import Claim, FieldName, Layer, Phrase, Sentence, Source, Span, record_id

from .attack_sentence import Attack, AttackSentence
from .attack_words import by_text, tells_of_attack, units_of
from .setting import tells_earlier

# Of one attacker so many sentences of a field are kept: more tell nothing new of who did it.
_KEPT = 3
# The sentences at the head of a text that say what it is about.
_OPENING = 2


def attack_claims(
    document: str, name: FieldName, text: str, layer: Layer, claims: Sequence[Claim], home: tuple[str, ...]
) -> list[Claim]:
    """Claims of who attacks whom in one field, in text order. ``claims`` are those found already: they tell who is speaking, and
    where responsibility is given in so many words this adds nothing. ``home`` are the countries in which the report is set
    (ISO 3166-1 alpha-2): "a Westlandish bombing" there is one that Westland suffered."""
    names, starts = by_text(layer)
    out: list[Claim] = []
    kept: Counter[tuple[str, str, bool]] = Counter()
    for number, sentence in enumerate(layer.sentences):
        words = sentence.span.of(text)
        if not tells_of_attack(words):
            continue
        units = units_of(text, sentence.span, names, starts)
        seen: set[tuple[str, str]] = set()
        opening = name == "title" or number < _OPENING
        for attack in AttackSentence(text, units, home).attacks():
            target = attack.target
            for who in attack.attackers or (None,):
                key = who.text.casefold() if who else "", target.text.casefold() if target else ""
                if (
                    key in seen
                    or (who is None and any(k[1] == key[1] for k in seen))
                    or kept[*key, attack.earlier] >= _KEPT
                ):
                    continue
                seen.add(key)
                kept[*key, attack.earlier] += 1
                out.append(_claim(document, name, text, sentence, attack, who, claims, opening=opening))
    return out


def home_of(layers: Sequence[Layer]) -> tuple[str, ...]:
    """The countries of the places at which things are said to be or happen, most often first."""
    found = Counter(
        m.place.country for layer in layers for m in layer.places if m.locative and m.place and m.place.country
    )
    return tuple(sorted(found, key=lambda country: (-found[country], country)))


def _claim(
    document: str,
    name: FieldName,
    text: str,
    sentence: Sentence,
    attack: Attack,
    who: Phrase | None,
    claims: Sequence[Claim],
    *,
    opening: bool,
) -> Claim:
    """``opening``: the sentence tells what the report is about, however long ago that was."""
    told = next((c for c in claims if c.field == name and c.source is not None and _covers(c, attack.cue)), None)
    source = told.source if told is not None else None
    if attack.own is not None and who is not None:
        source = Source(attack.own.text, attack.own.span, attack.own.text, "organisation")
    target = attack.target
    words = attack.cue.of(text)
    if who is None:
        why = f"“{words}” names whom the attack was on, not whose it was."
    else:
        why = f"“{who.text}” stands as the one whose attack it was: “{words}”."
    return Claim(
        id=record_id(
            "clm", document, name, *attack.cue, "attack", who.text if who else "", target.text if target else ""
        ),
        report=document,
        field=name,
        span=sentence.span,
        source=source,
        cue=Phrase(words, attack.cue),
        certainty="alleged" if attack.alleged else "asserted",
        background=attack.earlier
        or (not opening and (attack.mutual or tells_earlier(text, sentence.span, attack.cue))),
        responsible=who,
        target=target,
        rule="attack",
        why=why,
    )


def _covers(claim: Claim, cue: Span) -> bool:
    return any(span.covers(cue) for span in (*claim.content, claim.span))
