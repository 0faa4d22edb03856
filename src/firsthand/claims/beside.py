"""Statements whose source stands beside them: in a phrase ("according to the mayor", "per the army", "by the army's count"), or
in a sentence of its own behind them ("This was reported by the navy.").
"""

from __future__ import annotations

from collections.abc import Iterator

from firsthand.model import Span

from .cues import accounts, cue_rules, figure_nouns
from .grammar import FINITE, SUBJECTS, Clauses
from .reading import Draft, Reading
from .source_nouns import noun_kinds, source_words


def according(clauses: Clauses, at: int, index: int) -> Draft | None:
    """ "According to the mayor, four people died": the clause that the phrase belongs to, without the phrase."""
    to = clauses.child(index, "prep")
    source = clauses.child(to, "pobj", "pcomp") if to is not None else None
    if to is None or source is None:
        return None
    first, last = index, max(clauses.edges[index][1], clauses.edges[source][1])
    edges = None
    count = _swallowed_count(clauses, to, last)
    if count is not None:
        source, last = count - 1, count - 1
        edges = (to + 1, source)
    low, high = _host(clauses, first, last)
    if count is not None:
        high = max(high, clauses.edges[index][1])
    return Draft(at, (first, to), source, _around(clauses, (low, high), first, last), "according", source_edges=edges)


_BESIDE = frozenset({"per", "by", "in", "if"})


def set_beside(reading: Reading, at: int) -> Iterator[Draft]:
    """ "Per the army, four people died", "By the mayor's count, …", "In the words of the mayor, …": as "according to", by a
    preposition that opens the sentence or stands behind a comma."""
    clauses = reading.clauses[at]
    if clauses.words.isdisjoint(_BESIDE):
        return
    for index, token in enumerate(clauses.tokens):
        if token.tag != "IN" or token.text.casefold() not in _BESIDE:
            continue
        if token.text.casefold() == "if":
            yield from _if_believed(reading, clauses, at, index)
        if not _parenthetical(clauses, index):
            continue
        named = clauses.child(index, "pobj")
        if named is None or reading.quotation_at(token.start) is not None:
            continue
        if token.text.casefold() == "per":
            source: int | None = named if may_speak(clauses, named) else None
            cue = index
        else:
            source = _holder(clauses, named) if clauses.tokens[named].lemma in accounts() else None
            cue = named
        if source is None:
            continue
        first, last = index, max(clauses.edges[index][1], clauses.edges[named][1])
        parts = _around(clauses, _host(clauses, first, last), first, last)
        content = [part for part in map(reading.trimmed, parts) if part is not None]
        if content:
            yield Draft(at, (min(index, cue), index) if cue == index else (index, cue), source, content, "according")


def _if_believed(reading: Reading, clauses: Clauses, at: int, index: int) -> Iterator[Draft]:
    """ "If the army is to be believed, four people died", "…, if the mayor is right": theirs, and the writer's doubt."""
    verb = clauses.tokens[index].head
    source = clauses.own_subject(verb)
    first, last = clauses.edges[verb]
    words = [token.text.casefold() for token in clauses.tokens[verb : last + 1]]
    doubting = words[-1:] == ["believed"] or words[1:] in (["right"], ["correct"])
    if source is None or first != index or not doubting or not may_speak(clauses, source):
        return
    parts = _around(clauses, _host(clauses, first, last), first, last)
    content = [part for part in map(reading.trimmed, parts) if part is not None]
    if content:
        yield Draft(at, (verb, last), source, content, "according", "alleged")


def told_afterwards(reading: Reading, drafts: list[Draft]) -> Iterator[Draft]:
    """ "Four people died. This was reported by the navy.": a short sentence that says only who says the one before, in the same
    paragraph, which nobody else is said to say."""
    told = {draft.at for draft in drafts}
    for at, clauses in reading.clauses.items():
        named = _named_source(clauses)
        how = any(token.text.casefold() == "how" for token in clauses.tokens[:4])
        longest = _LONG_SENTENCE if how else _SHORT_SENTENCE
        if len(clauses.tokens) > longest or not (named is not None or _takes_up(clauses)):
            continue
        if at - 1 not in reading.clauses or at - 1 in told or _figure_alone(clauses, reading.clauses[at - 1]):
            continue
        before, sentence = reading.sentences[at - 1], reading.sentences[at]
        if before.heading or before.paragraph != sentence.paragraph:
            continue
        if named is not None:
            content = reading.trimmed(before.span)
            if content is not None:
                yield Draft(at, (0, 0), named, [content], "told-afterwards")
            continue
        tells = _describes if how else _tells
        index = next((i for i, token in enumerate(clauses.tokens) if tells(token.lemma.casefold())), None)
        source = _teller(clauses, index) if index is not None else None
        content = reading.trimmed(before.span)
        if index is not None and source is not None and content is not None:
            yield Draft(at, clauses.verb_group(index), source, [content], "told-afterwards")


# "That is what the spokesman for the northern command told the daily on Monday."
_SHORT_SENTENCE = 16
# "That is how she remembers the day on which …".
_LONG_SENTENCE = 36
# "So said the head of the hospital in the north."
_SO_SAID = 10
_TAKING_UP = frozenset({"this", "that", "the", "these"})
_WHAT_IS_TOLD = frozenset(
    {"information", "news", "report", "claim", "account", "incident", "attack", "death", "deaths"}
)


def _tells(lemma: str) -> bool:
    rule = cue_rules("verb").get(lemma)
    return lemma == "give" or (rule is not None and "tail" in rule.frames and rule.certainty == "asserted")


def _named_source(clauses: Clauses) -> int | None:
    """Who stands behind "Source:"."""
    if len(clauses.tokens) < _LABELLED or clauses.tokens[0].text.casefold() not in ("source", "sources"):
        return None
    last = clauses.last_word
    named = next((i for i in range(last, 1, -1) if clauses.tokens[i].tag.startswith("NN")), None)
    return named if clauses.tokens[1].text == ":" and named is not None and may_speak(clauses, named) else None


_LABELLED = 3


def _describes(lemma: str) -> bool:
    """The verb of "That is how the widow put it"."""
    rule = cue_rules("verb").get(lemma)
    return lemma in ("put", "sum") or (rule is not None and rule.name in ("characterize", "say", "tell", "report"))


def _takes_up(clauses: Clauses) -> bool:
    """Whether the sentence opens with what was said before: "this", "that", "the information", "the figure"."""
    first, second = clauses.tokens[0].text.casefold(), clauses.tokens[1] if len(clauses.tokens) > 1 else None
    if first == "so" and second is not None and second.lemma == "say":
        return len(clauses.tokens) <= _SO_SAID
    if second is None or first not in _TAKING_UP:
        return False
    third = clauses.tokens[2].lemma.casefold() if len(clauses.tokens) > 2 and second.pos == "ADJ" else ""
    told = {second.lemma.casefold(), third}
    return second.pos == "AUX" or not told.isdisjoint(_WHAT_IS_TOLD | figure_nouns())


def _figure_alone(clauses: Clauses, before: Clauses) -> bool:
    """ "The figure was given by the mayor" behind a sentence without any."""
    opening = {token.lemma.casefold() for token in clauses.tokens[1:3]}
    return not opening.isdisjoint(figure_nouns()) and not any(token.tag == "CD" for token in before.tokens)


def _teller(clauses: Clauses, index: int) -> int | None:
    """Who "was reported by the navy", "is what the navy said" names."""
    if clauses.passive(index):
        agent = clauses.child(index, "agent")
        told = clauses.child(agent, "pobj") if agent is not None else None
    else:
        what = any(t.text.casefold() in ("what", "how", "so") for t in clauses.tokens[:index])
        told = clauses.own_subject(index) if what else None
    return told if told is not None and (may_speak(clauses, told) or clauses.tokens[told].tag == "PRP") else None


def _parenthetical(clauses: Clauses, index: int) -> bool:
    before = clauses.tokens[index - 1].text.casefold() if index else ","
    return before in (",", "as", "—", "–", "-") and clauses.tokens[index].dep in ("prep", "dep", "pcomp", "mark")


def may_speak(clauses: Clauses, index: int) -> bool:
    """Whether the noun can be a source: "per the ministry", never "per day"."""
    token = clauses.tokens[index]
    return token.tag in ("NNP", "NNPS") or token.text.casefold() in source_words()


def _holder(clauses: Clauses, index: int) -> int | None:
    """Whose count or account it is: "the army's count", "their version", "the words of the mayor"."""
    holder = clauses.child(index, "poss")
    if holder is None:
        of = next((kid for kid in clauses.kids(index, "prep") if clauses.tokens[kid].lemma == "of"), None)
        holder = clauses.child(of, "pobj") if of is not None else None
    if holder is None or clauses.tokens[holder].text.casefold() in ("my", "our", "your"):
        return None
    person = noun_kinds().get(clauses.tokens[holder].lemma.casefold()) is not None
    return holder if clauses.tokens[holder].tag == "PRP$" or person or may_speak(clauses, holder) else None


def _around(clauses: Clauses, host: tuple[int, int], first: int, last: int) -> list[Span]:
    """The spans of the clause with the edges ``host`` before and behind the phrase from ``first`` to ``last``."""
    low, high = host
    parts = [clauses.span(low, first - 1)] if low < first else []
    if last < high:
        parts.append(clauses.span(last + 1, high))
    return parts


def _swallowed_count(clauses: Clauses, to: int, last: int) -> int | None:
    """ "Killing according to the latest toll 44 people": the count, which belongs to the clause around the phrase."""
    tokens = clauses.tokens
    for index in range(to + 2, last + 1):
        counted = tokens[index].tag == "CD" and tokens[index].dep == "nummod" and tokens[index].head > index
        if counted and tokens[index - 1].tag in ("NN", "NNS", "NNP") and tokens[to - 2].text != ",":
            return index
    return None


def _host(clauses: Clauses, first: int, last: int) -> tuple[int, int]:
    """Edges of the clause that a parenthetical phrase qualifies. Set off by a comma at the sentence's end it qualifies the
    sentence; else the nearest clause with a subject."""
    tokens = clauses.tokens
    end = len(tokens) - 1
    cut = first > 1 and last + 2 < end and tokens[first - 1].text == "," and tokens[last + 1].text == ","
    if cut and tokens[first - 2].tag in FINITE and tokens[last + 2].text.casefold() == "that":
        return 0, end  # "The army said, according to the daily, that …"
    if first == 0 or (_closes(clauses, last) and tokens[first - 1].text in (",", "—", "–", "-")):
        return 0, end
    host = tokens[first].head
    while tokens[host].head != host and not _is_clause(clauses, host):
        host = tokens[host].head
    while (
        _closes(clauses, last) and tokens[host].dep in ("conj", "advcl", "acl", "relcl") and tokens[host].head != host
    ):
        host = tokens[host].head
        while tokens[host].head != host and not _is_clause(clauses, host):
            host = tokens[host].head
    return (0, end) if tokens[host].head == host else clauses.edges[host]


def _closes(clauses: Clauses, last: int) -> bool:
    return all(token.pos == "PUNCT" for token in clauses.tokens[last + 1 :])


def _is_clause(clauses: Clauses, index: int) -> bool:
    return clauses.tokens[index].pos in ("VERB", "AUX") and clauses.child(index, *SUBJECTS) is not None
