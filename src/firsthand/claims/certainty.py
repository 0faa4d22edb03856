"""How far a source stands behind what is reported of it: negated cues, hearsay adverbs, and what nobody could verify."""

from __future__ import annotations

from collections.abc import Iterator

from firsthand.model import Certainty

from .cues import CueRule, cue_rules, doubted, hearsay_adverbs
from .grammar import Clauses
from .reading import Draft, Reading

_DENYING = frozenset({"deny", "reject"})
# "There is no truth in reports that …".
_NO_TRUTH = frozenset({"truth", "basis", "substance"})


def negated(rule: CueRule | None) -> Certainty:
    """What "not" makes of a cue: who does not believe denies; who did not say, confirm or comment leaves it unknown.

    >>> negated(None)
    'unknown'
    """
    return "denied" if rule is not None and rule.name in ("believe", "know", "support") else "unknown"


def hearsay(reading: Reading, at: int) -> Iterator[Draft]:
    """ "Four people were reportedly killed": somebody says so, the text does not say who."""
    clauses = reading.clauses[at]
    if clauses.words.isdisjoint(hearsay_adverbs()):
        return
    for index, token in enumerate(clauses.tokens):
        if token.text.casefold() not in hearsay_adverbs() or reading.quotation_at(token.start) is not None:
            continue
        low, high = clauses.edges[token.head]
        if clauses.tokens[token.head].pos not in ("VERB", "AUX") or not low <= index <= high:
            continue
        parts = [clauses.span(low, index - 1)] if low < index else []
        if index < high:
            parts.append(clauses.span(index + 1, high))
        content = [part for part in map(reading.trimmed, parts) if part is not None]
        if content:
            yield Draft(at, (index, index), None, content, "hearsay", "alleged")


def denier(clauses: Clauses, index: int) -> tuple[bool, int | None]:
    """Whether somebody denies what the noun at ``index`` tells, and who: "the army rejected claims that …", "reports that …
    were denied by the army", "there is no truth in reports that …"."""
    token = clauses.tokens[index]
    verb = token.head
    rule = cue_rules("verb").get(clauses.tokens[verb].lemma.casefold())
    if rule is not None and rule.name in _DENYING and not clauses.negated(verb):
        if token.dep == "dobj" and not clauses.passive(verb):
            return True, clauses.subject(verb)
        if token.dep == "nsubjpass":
            agent = clauses.child(verb, "agent")
            return True, clauses.child(agent, "pobj") if agent is not None else None
    if token.dep == "pobj":
        truth = clauses.tokens[verb].head
        if clauses.tokens[truth].lemma in _NO_TRUTH and clauses.nobody(truth):
            return True, None
    return False, None


def doubtful(words: str) -> bool:
    """Whether the words for a source say that nobody has confirmed it.

    >>> doubtful("Unconfirmed reports"), doubtful("A report")
    (True, False)
    """
    return not doubted().isdisjoint(words.casefold().split())
