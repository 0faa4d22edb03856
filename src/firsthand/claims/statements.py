"""Statements whose cue is a verb, and "according to": which reading each verb of a sentence calls for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from firsthand.model import Span

from .beside import according, may_speak
from .certainty import negated
from .clausal import as_said, clause_statement, inverted_statement, saw
from .complements import complements, counting, finding, passive_statement, raising, takes_victims, toll_statement
from .cues import CLAUSE_ONLY, CueRule, counting_verbs, cue_rules, inert_verbs, toll_cues
from .grammar import Clauses
from .reading import Draft, Reading

_PLAIN = CueRule("plain", frozenset({"that", "inf"}), "asserted")
_CITING = frozenset({"citing", "quoting"})
# "The agency reports with reference to the ministry that …".
_REFERRING = frozenset({"reference", "referring"})
_NEAR = 12
# "The agency, which quoted medics, said that …".
_QUOTED = frozenset({"quoted", "cited"})


def statements(reading: Reading, at: int) -> Iterator[Draft]:
    """Drafts whose cue is a verb of sentence ``at`` that stands outside quotation marks."""
    clauses = reading.clauses[at]
    rules = cue_rules("verb")
    for index, token in enumerate(clauses.tokens):
        if token.pos != "VERB" or reading.quotation_at(token.start) is not None:
            continue
        lemma = token.lemma.casefold()
        if token.text.casefold() == "according":
            draft = according(clauses, at, index)
        elif lemma in toll_cues() and (toll := toll_statement(clauses, at, index)) is not None:
            draft = toll
        elif lemma in ("make", "let") and _plain(clauses, index):
            draft = _known(clauses, _verb(clauses, at, index, _PLAIN))
        elif lemma == "put" and (subject := clauses.subject(index)) is not None:
            draft = as_said(clauses, at, index, subject, _PLAIN)
        elif lemma in inert_verbs():
            continue
        else:
            draft = _verb(clauses, at, index, rules.get(lemma, CLAUSE_ONLY))
        if draft is not None:
            if draft.rule != "no-figure" and clauses.negated(index):
                draft.certainty = negated(rules.get(lemma))
            if draft.source is not None and clauses.nobody(draft.source):
                draft.source, draft.certainty = None, "unknown"
            draft.content = [part for part in map(reading.trimmed, draft.content) if part is not None]
            if draft.content:
                yield draft


def _verb(clauses: Clauses, at: int, index: int, rule: CueRule) -> Draft | None:
    if saw(clauses, index):
        return None
    if "raise" in rule.frames:
        return raising(clauses, at, index)
    token = clauses.tokens[index]
    opening = token.tag in ("VBN", "VBD") and not any(t.pos != "PUNCT" for t in clauses.tokens[:index])
    participle = (token.tag == "VBN" and token.dep in ("acl", "advcl")) or (
        opening and clauses.own_subject(index) is None
    )
    if clauses.passive(index) or (participle and clauses.child(index, "aux") is None and not _finite(clauses, index)):
        return _as_reported_by(clauses, at, index, rule) or passive_statement(clauses, at, index, rule)
    source = clauses.subject(index)
    if source is not None and source == index - 2 and clauses.tokens[source].tag == "DT" and token.tag == "VB":
        source = clauses.subject(token.head)  # "The general had this to say: …"
    edges = None
    if source is None and "that" in rule.frames and rule is not CLAUSE_ONLY:
        edges = clauses.phrase_before(clauses.before_parenthesis(index))
        source = edges[1] if edges is not None else None
    if source is None or _impersonal(clauses, index, source) or takes_victims(clauses, index):
        return None
    if "that" in rule.frames:
        draft = clause_statement(clauses, at, index, source, rule)
        if draft is not None:
            draft.source_edges = edges
            return draft
    elif (draft := clause_statement(clauses, at, index, source, CLAUSE_ONLY)) is not None:
        return replace(draft, certainty=rule.certainty)
    if rule is CLAUSE_ONLY and edges is None and token.lemma.casefold() in counting_verbs():
        return counting(clauses, at, index)
    if rule is CLAUSE_ONLY or edges is not None:
        return None
    if "that" in rule.frames:
        draft = as_said(clauses, at, index, source, rule)
        if draft is not None:
            return draft
    if rule.frames & {"that", "quote"}:
        draft = inverted_statement(clauses, at, index, source, rule)
        if draft is not None:
            return draft
    draft = complements(clauses, at, index, source, rule)
    if draft is None and token.lemma.casefold() in counting_verbs():
        draft = counting(clauses, at, index)
    if draft is None and "finding" in rule.frames:
        draft = finding(clauses, at, index, source, rule)
    return draft


def _as_reported_by(clauses: Clauses, at: int, index: int, rule: CueRule) -> Draft | None:
    """ "As (was) reported by the army, four people died"."""
    agent = clauses.child(index, "agent")
    source = clauses.child(agent, "pobj") if agent is not None else None
    if source is None or not may_speak(clauses, source):
        return None
    return as_said(clauses, at, index, source, rule)


def _finite(clauses: Clauses, index: int) -> bool:
    """Whether what the parser took for a participle is the sentence's verb: it has no other, and "that" follows."""
    token = clauses.tokens[index]
    top = clauses.sentence.root
    fragment = token.dep == "acl" and token.head == top and clauses.tokens[top].pos in ("NOUN", "PROPN")
    clause = clauses.child(index, "ccomp")
    marked = clause is not None and clauses.child(clause, "mark") is not None
    return fragment and marked and clauses.child(index, "agent") is None


def _impersonal(clauses: Clauses, index: int, source: int) -> bool:
    """Whether the subject is no one: "it is hard to imagine", "the floods that claimed", "a wall to support"."""
    token, subject = clauses.tokens[index], clauses.tokens[source]
    word = subject.text.casefold()
    if word == "it" and token.lemma == "know" and clauses.tokens[token.head].lemma in ("make", "let"):
        return True  # "made it known that …"
    if token.dep == "relcl" and (token.tag == "VB" or (subject.tag == "WDT" and word == "that")):
        return True
    return word in ("it", "there") and (subject.dep == "expl" or clauses.own_subject(index) is None)


def _plain(clauses: Clauses, index: int) -> bool:
    """ "made clear that", "made it plain that"."""
    return any(
        clauses.tokens[k].text.casefold() in ("clear", "plain", "known", "public")
        for k in clauses.sentence.subtree(index)[:8]
    )


def _known(clauses: Clauses, draft: Draft | None) -> Draft | None:
    """What "let it be known that …" makes known: the clause behind "that"."""
    if draft is None:
        return None
    start, end = draft.content[0]
    mark = next((t for t in clauses.tokens if start <= t.start < end and t.text.casefold() == "that"), None)
    draft.content[0] = Span(mark.start, end) if mark is not None else draft.content[0]
    return draft


def citation(clauses: Clauses, cue: tuple[int, int]) -> int | None:
    """The token that heads the source's own source: the object of "citing" or "quoting" beside the cue verb, who is quoted
    "as saying", or the news body that was told."""
    tokens = clauses.tokens
    verb = next((i for i in range(cue[1], cue[0] - 1, -1) if tokens[i].pos == "VERB"), None)
    if verb is None:
        return None
    if tokens[verb].dep == "pcomp" and tokens[tokens[verb].head].text.casefold() == "as":
        return clauses.subject(tokens[tokens[verb].head].head)
    if not clauses.words.isdisjoint(_CITING | _REFERRING | _QUOTED):
        cited = _cited(clauses, verb)
        if cited is not None:
            return cited
    told = clauses.child(verb, "dobj", "dative")
    if told is not None and tokens[verb].lemma == "tell" and tokens[told].pos == "PROPN":
        return told
    return None


def _cited(clauses: Clauses, verb: int) -> int | None:
    """Whom "citing medics" or "with reference to medics" beside the verb names."""
    tokens = clauses.tokens
    for index, token in enumerate(tokens):
        word = token.text.casefold()
        beside = verb == index - 2 and tokens[index - 1].text == ","
        if word in _CITING and (beside or verb in clauses.sentence.ancestors(index)):
            return clauses.child(index, "dobj")
        if word in _QUOTED and token.dep == "relcl" and token.head == clauses.own_subject(verb):
            return clauses.child(index, "dobj")
        if word in _REFERRING and abs(index - verb) <= _NEAR and clauses.child(index, "prep") == index + 1:
            return clauses.child(index + 1, "pobj")
    return None
