"""Statements that a predicate gives to their source: "What the army says is that …", "The army's version is that …", "The mayor was
clear: …", "Word came from the coast that …".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from firsthand.model import Certainty, Token

from .cues import accounts, answers, candour, cue_rules, figure_nouns
from .grammar import FINITE, SUBJECTS, Clauses
from .reading import Draft, Reading
from .source_nouns import source_words

_OWNING = frozenset({"of", "from", "by", "at"})
_ARRIVING = frozenset({"come", "emerge", "arrive", "reach", "spread", "filter", "trickle"})
# "Medics gave a heavier toll: …".
_GIVING = frozenset({"give", "offer", "have", "provide", "report", "issue"})
# One of these stands in every sentence that these rules read.
_OPENERS = frozenset({":", "that", "what", "how", "this"})
# "The statement that the ministry sent to the papers was short:" has at most so many tokens in front of its colon.
_LONGEST_LEAD = 14


def predicated(reading: Reading, at: int) -> Iterator[Draft]:
    """Drafts of sentence ``at`` whose source stands in the subject of what is said."""
    clauses = reading.clauses[at]
    if clauses.words.isdisjoint(_OPENERS):
        return
    for index, token in enumerate(clauses.tokens):
        if token.pos not in ("AUX", "VERB") or reading.quotation_at(token.start) is not None:
            continue
        if token.lemma.casefold() == "be":
            draft = _equated(reading, clauses, at, index)
        elif token.lemma.casefold() in _ARRIVING:
            draft = _arrived(reading, clauses, at, index)
        else:
            draft = None
        if draft is not None:
            yield draft
    draft = _before_colon(reading, clauses, at) if ":" in clauses.words else None
    if draft is not None:
        yield draft


def _equated(reading: Reading, clauses: Clauses, at: int, index: int) -> Draft | None:
    """ "What the army says is that four people died", "Their version is that …"."""
    subject = clauses.child(index, "nsubj", "csubj")
    before = _taken_up(reading, clauses, at, index, subject)
    if before is not None:
        return before
    clause = next((kid for kid in clauses.kids(index, "ccomp") if kid > index), None)
    if subject is None or clause is None or subject > index or not _opens_with_that(clauses, clause):
        return None
    content = [clauses.span(clauses.edges[clause][0] + 1, clauses.edges[clause][1])]
    told = _told_subject(clauses, subject)
    if told is None:
        return None
    source, certainty = told
    return Draft(at, (subject, subject), source, content, "predicate", certainty)


def _taken_up(reading: Reading, clauses: Clauses, at: int, index: int, subject: int | None) -> Draft | None:
    """ "Four people died, or so the army says", "Four people died: that is what the army says": what stands in front."""
    if subject is None or subject < _SHORTEST or clauses.tokens[subject].text.casefold() not in ("this", "that"):
        return None
    told = next((kid for kid in clauses.kids(index, "ccomp") if kid > index), None)
    what = clauses.child(told, "dobj", "advmod") if told is not None else None
    speaker = clauses.own_subject(told) if told is not None else None
    if told is None or what is None or speaker is None or clauses.tokens[what].tag not in ("WP", "WRB"):
        return None
    rule = cue_rules("verb").get(clauses.tokens[told].lemma.casefold())
    if rule is None or "tail" not in rule.frames:
        return None
    end = subject - 1
    while end > 0 and clauses.tokens[end].text.casefold() in _LEADING_UP:
        end -= 1
    content = reading.trimmed(clauses.span(0, end))
    return Draft(at, (told, told), speaker, [content], "predicate", rule.certainty) if content is not None else None


# A clause has at least this many tokens in front of "that is what the army says", and these may stand between the two.
_SHORTEST = 3
_LEADING_UP = frozenset({",", ":", ";", "-", "–", "—", "or", "and", "at", "least"})


def _told_subject(clauses: Clauses, subject: int) -> tuple[int, Certainty] | None:
    """Who says what the subject means, and how sure: "what the army says", "the army's version", "the line from the army"."""
    token = clauses.tokens[subject]
    if token.dep == "csubj":
        rule = cue_rules("verb").get(token.lemma.casefold())
        speaker = clauses.own_subject(subject)
        what = clauses.child(subject, "dobj")
        asked = what is not None and clauses.tokens[what].tag == "WP"
        if rule is None or "tail" not in rule.frames or speaker is None or not asked:
            return None
        return speaker, rule.certainty
    noun = _telling_noun(clauses, subject)
    owner = clauses.owner(subject, _OWNING) if noun is not None else None
    return (owner, noun) if owner is not None and noun is not None else None


def _telling_noun(clauses: Clauses, index: int) -> Certainty | None:
    """How sure the noun makes what it tells, or None where it tells nothing: "claim", "version", "statement"."""
    lemma = clauses.tokens[index].lemma.casefold()
    rule = cue_rules("noun").get(lemma)
    if rule is not None and "that" in rule.frames:
        return rule.certainty
    return "asserted" if lemma in accounts() | answers() else None


def _opens_with_that(clauses: Clauses, index: int) -> bool:
    first = clauses.tokens[clauses.edges[index][0]]
    return first.text.casefold() == "that" and first.dep == "mark"


def _arrived(reading: Reading, clauses: Clauses, at: int, index: int) -> Draft | None:
    """ "Word came from the coast that four people died", "From the ministry came a denial that …"."""
    noun = clauses.child(index, "nsubj")
    if noun is None or _telling_noun(clauses, noun) is None:
        return None
    clause = next(
        (
            kid
            for holder in (index, noun)
            for kid in clauses.kids(holder, "ccomp", "acl", "relcl")
            if kid > index and clauses.tokens[clauses.edges[kid][0]].text.casefold() == "that"
        ),
        None,
    )
    by = next((kid for kid in clauses.kids(index, "prep") if clauses.tokens[kid].lemma == "from"), None)
    source = clauses.child(by, "pobj") if by is not None else None
    if clause is None or source is None:
        return None
    low, high = clauses.edges[clause]
    certainty = _telling_noun(clauses, noun) or "asserted"
    named = clauses.tokens[source].span
    if any(place.span.covers(named) for place in reading.layer.places):
        return Draft(
            at, (noun, noun), None, [clauses.span(low + 1, high)], "predicate", "alleged"
        )  # from where, not who
    return Draft(at, (noun, noun), source, [clauses.span(low + 1, high)], "predicate", certainty)


def _before_colon(reading: Reading, clauses: Clauses, at: int) -> Draft | None:
    """ "The mayor was clear: four people had died", "The bishop's answer: “…”": what stands behind the colon."""
    tokens = clauses.tokens
    colon = next((i for i, t in enumerate(tokens[:_LONGEST_LEAD]) if t.text == ":"), None)
    if colon is None or colon < 2 or colon + 2 >= len(tokens):
        return None
    verbs = [i for i, t in enumerate(tokens[:colon]) if t.tag in FINITE or t.tag == "MD"]
    if len(verbs) > 1 or any(reading.quotation_at(t.start) is not None for t in tokens[:colon]):
        return None
    found = _plain_speaker(clauses, verbs[0], colon) if verbs else _plain_noun(clauses, colon)
    if found is None:
        return None
    source, cue = found
    figure = any(token.lemma in figure_nouns() for token in tokens[:colon])
    if not _tells_something(tokens[colon + 1 :], figure=figure):
        return None
    content = reading.trimmed(clauses.span(colon + 1, clauses.last_word))
    return Draft(at, (cue, cue), source, [content], "colon") if content is not None else None


def _tells_something(tokens: Sequence[Token], *, figure: bool) -> bool:
    """Whether the words are a clause or a quotation, or the ``figure`` announced before them; not a list."""
    if figure and any(token.tag == "CD" for token in tokens):
        return True
    return tokens[0].text in ("“", '"', "``", "''", "«") or any(t.tag in FINITE or t.tag == "MD" for t in tokens)


def _plain_speaker(clauses: Clauses, verb: int, colon: int) -> tuple[int, int] | None:
    """ "The mayor was clear", "Police were in no doubt", "The statement from the army was short", "These were the words of …"."""
    if clauses.tokens[verb].lemma == "put":
        subject, put = clauses.own_subject(verb), clauses.child(verb, "dobj")
        plainly = put is not None and clauses.tokens[put].text == "it" and subject is not None
        return (subject, verb) if plainly and subject is not None else None
    if clauses.tokens[verb].lemma in _GIVING:
        given, giver = clauses.child(verb, "dobj"), clauses.own_subject(verb)
        told = given is not None and (
            _telling_noun(clauses, given) is not None or clauses.tokens[given].lemma in figure_nouns()
        )
        return (giver, verb) if told and giver is not None else None
    if clauses.tokens[verb].lemma != "be":
        return None
    subject = clauses.child(verb, *SUBJECTS)
    words = [token.text.casefold() for token in clauses.tokens[verb + 1 : colon]]
    if subject is None or subject > verb:
        return None
    if clauses.tokens[subject].tag == "DT":
        noun = next((i for i in range(verb + 1, colon) if clauses.tokens[i].dep == "attr"), None)
        owner = clauses.owner(noun, _OWNING) if noun is not None and _telling_noun(clauses, noun) is not None else None
        return (owner, verb) if owner is not None else None
    plain = not candour().isdisjoint(words) or words[:2] in (["in", "no"], ["without", "doubt"])
    if not plain:
        return None
    if _telling_noun(clauses, subject) is not None:
        owner = clauses.owner(subject, _OWNING)
        return (subject if owner is None else owner), verb
    token = clauses.tokens[subject]
    speaks = token.tag in ("NNP", "NNPS", "PRP") or token.text.casefold() in source_words()
    return (subject, verb) if speaks else None


def _plain_noun(clauses: Clauses, colon: int) -> tuple[int, int] | None:
    """ "The bishop's answer:", "The message from the rebels:"."""
    for index in range(colon - 1, -1, -1):
        if clauses.tokens[index].pos == "NOUN" and _telling_noun(clauses, index) is not None:
            owner = clauses.owner(index, _OWNING)
            if owner is not None and clauses.edges[owner][1] < colon:
                return owner, index
    return None
