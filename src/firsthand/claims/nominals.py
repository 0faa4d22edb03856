"""Statements whose cue is a noun or an adjective: "his claim that …", "voiced concern about …", "is confident that …"."""

from __future__ import annotations

from collections.abc import Iterator

from .certainty import denier
from .cues import CueRule, cue_rules, light_verbs
from .grammar import SUBJECTS, Clauses
from .reading import Draft, Reading

_COPULAS = frozenset({"be", "remain", "seem", "appear", "feel", "sound", "become", "grow", "stay", "look"})
_CUE_TAGS = frozenset({"NOUN", "ADJ", "VERB"})
_OWNERS = frozenset({"by", "from", "among"})


def nominal_statements(reading: Reading, at: int) -> Iterator[Draft]:
    """Drafts whose cue is a noun or an adjective of sentence ``at`` that stands outside quotation marks."""
    clauses = reading.clauses[at]
    nouns, adjectives = cue_rules("noun"), cue_rules("adjective")
    for index, token in enumerate(clauses.tokens):
        if token.pos not in _CUE_TAGS:
            continue
        rule = (nouns if token.pos == "NOUN" else adjectives).get(token.lemma.casefold())
        if rule is None or reading.quotation_at(token.start) is not None:
            continue
        read = _noun if token.pos == "NOUN" else _adjective
        draft = read(clauses, at, index, rule)
        if draft is not None:
            draft.content = [part for part in map(reading.trimmed, draft.content) if part is not None]
            if draft.content:
                yield draft


def _complement(clauses: Clauses, index: int, rule: CueRule) -> tuple[int, int] | None:
    """First and last token of what the cue word governs: a that-clause, an infinitive, or the object of a preposition."""
    for kid in clauses.children[index]:
        if kid < index:
            continue
        token = clauses.tokens[kid]
        low, high = clauses.edges[kid]
        if token.dep in ("acl", "ccomp", "xcomp", "relcl") and low > index:
            opener = clauses.tokens[low].text.casefold()
            if opener == "that" and "that" in rule.frames and clauses.tokens[low].dep == "mark":
                return low, high
            if opener == "to" and "inf" in rule.frames:
                return low, high
            if token.dep == "ccomp" and "that" in rule.frames:
                return low, high
        elif token.dep == "prep" and token.lemma in rule.frames and high > kid:
            return kid + 1, high
    return None


def _noun(clauses: Clauses, at: int, index: int, rule: CueRule) -> Draft | None:
    found = _complement(clauses, index, rule)
    if found is None:
        return None
    source = _owner(clauses, index)
    owned = source is not None and clauses.edges[index][0] <= source <= clauses.edges[index][1]
    denied, by = denier(clauses, index)
    if denied and not owned:
        return Draft(at, (index, index), by, [clauses.span(*found)], "noun", "denied")
    if source is not None and found[0] <= source <= found[1]:
        return None
    clausal = clauses.tokens[found[0]].text.casefold() == "that"
    if source is None and not clausal:
        return None
    certainty = "alleged" if source is None and rule.certainty == "asserted" else rule.certainty
    if any(clauses.tokens[kid].text.casefold() == "no" for kid in clauses.kids(index, "det")):
        certainty = "unknown"
    return Draft(at, (index, index), source, [clauses.span(*found)], "noun", certainty)


def _owner(clauses: Clauses, index: int) -> int | None:
    """Whose claim it is: "the army's claim", "a claim by the army", "the army made the claim"."""
    owner = clauses.owner(index, _OWNERS)
    if owner is not None:
        return owner
    token = clauses.tokens[index]
    if token.dep == "pobj":
        return _who_says_in(clauses, index)
    if token.dep == "dobj" and clauses.tokens[token.head].lemma in light_verbs() and not clauses.passive(token.head):
        return clauses.subject(token.head)
    return None


def _who_says_in(clauses: Clauses, index: int) -> int | None:
    """Who "noted in a post that …", though the parser hung the clause on the post."""
    inside = clauses.tokens[index].head
    verb = clauses.tokens[inside].head
    rule = cue_rules("verb").get(clauses.tokens[verb].lemma)
    says = rule is not None and "tail" in rule.frames and clauses.child(verb, "dobj", "ccomp") is None
    said_in = clauses.tokens[inside].lemma == "in" and clauses.tokens[inside].dep == "prep"
    return clauses.subject(verb) if says and said_in and not clauses.passive(verb) else None


def _adjective(clauses: Clauses, at: int, index: int, rule: CueRule) -> Draft | None:
    token = clauses.tokens[index]
    found = _complement(clauses, index, rule)
    copula = token.head
    if found is None and token.dep == "acomp":
        clause = clauses.child(copula, "ccomp")
        if clause is not None and clause > index and "that" in rule.frames:
            found = clauses.edges[clause]
    if found is None:
        return None
    if token.dep in ("acomp", "oprd") and clauses.tokens[copula].lemma in _COPULAS:
        source = clauses.subject(copula)
    elif token.pos == "VERB":
        source = clauses.child(index, *SUBJECTS)
    else:
        return None
    if source is None:
        return None
    if clauses.tokens[source].text.casefold() in ("it", "there", "that", "this"):
        unclear = clauses.negated(copula) and token.dep == "acomp"
        if rule.name in ("false", "true"):
            untrue = token.dep == "acomp" and unclear == (rule.name == "true")
            return Draft(at, (index, index), None, [clauses.span(*found)], "untrue", "denied") if untrue else None
        return Draft(at, (index, index), None, [clauses.span(*found)], "unclear", "unknown") if unclear else None
    return Draft(at, (index, index), source, [clauses.span(*found)], "adjective", rule.certainty)
