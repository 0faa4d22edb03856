"""Statements that an aside cuts in two, where the parse often loses the thread: "The agency said, citing medics, that …", "Nine
people died, the daily quoted the mayor as saying".
"""

from __future__ import annotations

from collections.abc import Iterator

from firsthand.model import Span

from .beside import may_speak
from .cues import cue_rules
from .grammar import FINITE, SUBJECTS, Clauses
from .reading import Draft, Reading
from .source_nouns import CALENDAR

# From the comma behind a verb to the "that" of what it says: ", in a statement to the state news agency on Monday,".
_LONGEST_ASIDE = 16
_CUT = frozenset({"that", "saying"})
_SET_IN = frozenset(
    {"said", "say", "says", "reported", "reports", "announced", "claimed", "claims", "stated", "recalled"}
)
_PHRASE = frozenset({"DT", "PRP$", "JJ", "NN", "NNS", "NNP", "NNPS", "POS", "HYPH"})
# "had died", "later died": behind the comma a verb follows at once, or behind one adverb.
_ADVERBS = 2
_QUOTING = frozenset({"quoted", "cited", "quotes", "cites"})


def cut_statements(reading: Reading, at: int) -> Iterator[Draft]:
    """Drafts of sentence ``at`` with an aside between their parts."""
    clauses = reading.clauses[at]
    if clauses.words.isdisjoint(_CUT | _SET_IN):
        return
    for index, token in enumerate(clauses.tokens):
        if token.pos != "VERB" or reading.quotation_at(token.start) is not None:
            continue
        draft = _draft(reading, clauses, at, index)
        if draft is not None:
            yield draft


def _draft(reading: Reading, clauses: Clauses, at: int, index: int) -> Draft | None:
    token = clauses.tokens[index]
    word = token.text.casefold()
    if word in _SET_IN and index > 1 and clauses.tokens[index - 1].text == ",":
        draft = _set_in(clauses, at, index)
        if draft is not None:
            return draft
    if word in _QUOTING:
        return _quoted_as_saying(reading, clauses, at, index)
    if token.tag in FINITE and index + 1 < len(clauses.tokens):
        return _behind_aside(reading, clauses, at, index)
    return None


def _set_in(clauses: Clauses, at: int, index: int) -> Draft | None:
    """ "Nine miners, said the prefect, Jane Roe, had died": a subject, its teller between commas, and the verb."""
    tokens = clauses.tokens
    if any(t.tag in FINITE or t.tag == "MD" for t in tokens[: index - 1]):
        return None
    end = index + 1
    while end < len(tokens) and (tokens[end].tag in _PHRASE or tokens[end].text in (",", "of", "for")):
        end += 1
    closed = next((i for i in range(end - 1, index + 1, -1) if tokens[i].text == ","), None)
    if closed is None or end >= len(tokens) or end - closed > _ADVERBS or tokens[end].tag not in FINITE | {"MD"}:
        return None
    first = next((i for i in range(index + 2, closed + 1) if tokens[i].text in (",", "of", "for")), closed)
    source = first - 1
    if not tokens[source].tag.startswith("NN") or not may_speak(clauses, source):
        return None
    parts = [clauses.span(0, index - 2), clauses.span(closed + 1, clauses.last_word)]
    return Draft(at, (index, index), source, parts, "set-in", source_edges=(index + 1, closed - 1))


def _behind_aside(reading: Reading, clauses: Clauses, at: int, index: int) -> Draft | None:
    """ "The daily reported, citing a nurse, that four people died": from "that" to the sentence's end."""
    rule = cue_rules("verb").get(clauses.tokens[index].lemma.casefold())
    if rule is None or "tail" not in rule.frames:
        return None
    that = _that_behind(clauses, index)
    edges = None
    source = clauses.own_subject(index)
    if source is None:
        edges = clauses.phrase_before(index)
        source = edges[1] if edges is not None else None
    if that is None or source is None or source > index or any(t.tag in FINITE for t in clauses.tokens[:source]):
        return None
    content = reading.trimmed(clauses.span(that, clauses.last_word))
    if content is None:
        return None
    return Draft(at, (index, index), source, [content], "clause", rule.certainty, source_edges=edges)


def _that_behind(clauses: Clauses, index: int) -> int | None:
    """The "that" behind the comma that closes the aside, or behind an adjunct with a participle ("said in a report published
    Monday that"), where no verb but a participle stands between."""
    tokens = clauses.tokens
    comma = tokens[index + 1].text == ","
    if not comma and not (tokens[index + 1].tag == "IN" and _astray(clauses, index)):
        return None
    for i in range(index + 2, min(index + _LONGEST_ASIDE, len(tokens) - 1)):
        if tokens[i].tag in FINITE or tokens[i].tag == "MD":
            return None
        if tokens[i].text.casefold() == "that" and (tokens[i - 1].text == ",") == comma:
            said = tokens[i + 1].tag.startswith(("VB", "MD")) or tokens[i - 1].tag.startswith("VB")
            noun = cue_rules("noun").get(tokens[i - 1].lemma)
            written = noun is not None and noun.name == "statement" and tokens[index + 1].text == "in"
            return None if said or (noun is not None and not written) else i
    return None


def _astray(clauses: Clauses, index: int) -> bool:
    """Whether the parser gave the verb no clause of its own."""
    return not any(kid > index for kid in clauses.kids(index, "ccomp", "xcomp", "dobj"))


def _quoted_as_saying(reading: Reading, clauses: Clauses, at: int, index: int) -> Draft | None:
    """ "Nine people died, the daily quoted the mayor as saying (on Monday)": all that is said stands in front."""
    tokens = clauses.tokens
    saying = next((i for i in range(index + 2, len(tokens)) if tokens[i].text.casefold() == "saying"), None)
    if saying is None or tokens[saying - 1].text.casefold() != "as" or saying - 1 == index + 1:
        return None
    edges = (index + 1, saying - 2)
    quoted = clauses.child(index, "dobj")
    source = quoted if quoted is not None and quoted < saying else saying - 2
    if not all(t.pos == "PUNCT" or t.tag == "IN" or t.text.casefold() in CALENDAR for t in tokens[saying + 1 :]):
        astray = (
            clauses.own_subject(index) is None
        )  # "The daily quoted …", read as "quoted television": a noun and no verb
        content = reading.trimmed(clauses.span(saying + 1, clauses.last_word)) if astray else None
        return _told(at, index, saying, source, edges, content)
    reporter = clauses.child(index, *SUBJECTS)
    first = clauses.edges[reporter][0] if reporter is not None else _phrase_in_front(clauses, index)
    if first < 2 or tokens[first - 1].text not in (",", "”", '"', "''") or first >= index:
        return None
    return _told(at, index, saying, source, edges, reading.trimmed(clauses.span(0, first - 1)))


def _phrase_in_front(clauses: Clauses, index: int) -> int:
    """Where the words right before the verb begin that can only be a noun's: "the daily quoted", "state radio quoted"."""
    first = index
    while first > 0 and clauses.tokens[first - 1].tag in ("DT", "JJ", "NN", "NNS", "NNP", "NNPS"):
        first -= 1
    return first


def _told(at: int, index: int, saying: int, source: int, edges: tuple[int, int], content: Span | None) -> Draft | None:
    if content is None:
        return None
    return Draft(at, (index, saying), source, [content], "quoted-as", source_edges=edges)
