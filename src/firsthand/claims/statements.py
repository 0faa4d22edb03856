"""Statements with their cue in the same sentence: a verb with a clause, an object or an infinitive; "according to"."""

from __future__ import annotations

from collections.abc import Iterator

from firsthand.model import Certainty, Span

from .certainty import negated
from .cues import (
    CueRule,
    additions,
    claimables,
    cue_rules,
    figure_nouns,
    inert_verbs,
    opaque_passives,
    toll_verbs,
    withholders,
)
from .grammar import SUBJECTS, Clauses
from .reading import Draft, Reading
from .sources import noun_kinds

_CLAUSE_ONLY = CueRule("open", frozenset({"that"}), "asserted")
_PLAIN = CueRule("plain", frozenset({"that", "inf"}), "asserted")
_CITING = frozenset({"citing", "quoting"})
# Dependents that may hold the statement in front of "… , the mayor said".
_FRONTED = frozenset({"ccomp", "advcl", "dep", "parataxis", "dobj", "nsubj", "csubj"})
# How a reporting verb hangs in a statement that the parser made the main clause.
_PARENTHETICAL = frozenset({"parataxis", "ccomp", "advcl", "dep", "relcl", "acl", "conj"})
_BREAKS = frozenset({",", "”", '"', "''", "-", "–", "—", "?", "!"})
_FOLLOWING_PREPOSITIONS = frozenset({"as", "of", "for", "on", "to", "with", "in"})


def statements(reading: Reading, at: int) -> Iterator[Draft]:
    """Drafts whose cue is a verb of sentence ``at`` that stands outside quotation marks."""
    clauses = reading.clauses[at]
    rules = cue_rules("verb")
    for index, token in enumerate(clauses.tokens):
        if token.pos != "VERB" or reading.quotation_at(token.start) is not None:
            continue
        lemma = token.lemma.casefold()
        if token.text.casefold() == "according":
            draft = _according(clauses, at, index)
        elif lemma in toll_verbs() and (toll := _toll(clauses, at, index)) is not None:
            draft = toll
        elif lemma == "make" and _plain(clauses, index):
            draft = _verb(clauses, at, index, _PLAIN)
        elif lemma in inert_verbs():
            continue
        else:
            draft = _verb(clauses, at, index, rules.get(lemma, _CLAUSE_ONLY))
        if draft is not None:
            if draft.rule != "no-figure" and clauses.negated(index):
                draft.certainty = negated(rules.get(lemma))
            draft.content = [part for part in map(reading.trimmed, draft.content) if part is not None]
            if draft.content:
                yield draft


def _according(clauses: Clauses, at: int, index: int) -> Draft | None:
    """ "According to the mayor, four people died": the clause that the phrase belongs to, without the phrase."""
    to = clauses.child(index, "prep")
    source = clauses.child(to, "pobj", "pcomp") if to is not None else None
    if to is None or source is None:
        return None
    first, last = index, max(clauses.edges[index][1], clauses.edges[source][1])
    low, high = _host(clauses, first, last)
    parts = [clauses.span(low, first - 1)] if low < first else []
    if last < high:
        parts.append(clauses.span(last + 1, high))
    return Draft(at, (first, to), source, parts, "according")


def _host(clauses: Clauses, first: int, last: int) -> tuple[int, int]:
    """Edges of the clause that a parenthetical phrase qualifies. Set off by a comma at the sentence's end it qualifies the
    sentence; else the nearest clause with a subject."""
    tokens = clauses.tokens
    end = len(tokens) - 1
    if first == 0 or (_closes(clauses, last) and tokens[first - 1].text in (",", "—", "–", "-")):
        return 0, end
    host = tokens[first].head
    while tokens[host].head != host and not _is_clause(clauses, host):
        host = tokens[host].head
    while _closes(clauses, last) and tokens[host].dep in ("conj", "advcl", "acl") and tokens[host].head != host:
        host = tokens[host].head
        while tokens[host].head != host and not _is_clause(clauses, host):
            host = tokens[host].head
    return (0, end) if tokens[host].head == host else clauses.edges[host]


def _closes(clauses: Clauses, last: int) -> bool:
    return all(token.pos == "PUNCT" for token in clauses.tokens[last + 1 :])


def _is_clause(clauses: Clauses, index: int) -> bool:
    return clauses.tokens[index].pos in ("VERB", "AUX") and clauses.child(index, *SUBJECTS) is not None


def _verb(clauses: Clauses, at: int, index: int, rule: CueRule) -> Draft | None:
    if "raise" in rule.frames:
        return _raising(clauses, at, index)
    participle = clauses.tokens[index].tag == "VBN" and clauses.tokens[index].dep in ("acl", "advcl")
    if clauses.passive(index) or (participle and clauses.child(index, "aux") is None):
        return _passive(clauses, at, index, rule)
    source = clauses.subject(index)
    edges = None
    if source is None and "that" in rule.frames and rule is not _CLAUSE_ONLY:
        edges = clauses.phrase_before(clauses.before_parenthesis(index))
        source = edges[1] if edges is not None else None
    if source is None or _impersonal(clauses, index, source):
        return None
    if "that" in rule.frames:
        draft = _clause(clauses, at, index, source, rule)
        if draft is not None:
            draft.source_edges = edges
            return draft
        draft = _as_said(clauses, at, index, source, rule)
        if draft is not None and rule is not _CLAUSE_ONLY:
            return draft
    if edges is not None:
        return None
    if rule is _CLAUSE_ONLY:
        return None
    if rule.frames & {"that", "quote"}:
        draft = _inverted(clauses, at, index, source, rule)
        if draft is not None:
            return draft
    draft = _complements(clauses, at, index, source, rule)
    if draft is None and "finding" in rule.frames:
        draft = _finding(clauses, at, index, source, rule)
    return draft


def _impersonal(clauses: Clauses, index: int, source: int) -> bool:
    """Whether the subject is no one: "it is hard to imagine", "the floods that claimed", "a wall to support"."""
    token, subject = clauses.tokens[index], clauses.tokens[source]
    word = subject.text.casefold()
    if token.dep == "relcl" and (token.tag == "VB" or (subject.tag == "WDT" and word == "that")):
        return True
    return word in ("it", "there") and (subject.dep == "expl" or clauses.own_subject(index) is None)


def _plain(clauses: Clauses, index: int) -> bool:
    """ "made clear that", "made it plain that"."""
    return any(
        clauses.tokens[k].text.casefold() in ("clear", "plain", "known", "public")
        for k in clauses.sentence.subtree(index)[:8]
    )


def citation(clauses: Clauses, cue: tuple[int, int]) -> int | None:
    """The token that heads the source's own source: the object of "citing" or "quoting" beside the cue verb, who is quoted
    "as saying", or the news body that was told."""
    tokens = clauses.tokens
    verb = next((i for i in range(cue[1], cue[0] - 1, -1) if tokens[i].pos == "VERB"), None)
    if verb is None:
        return None
    if tokens[verb].dep == "pcomp" and tokens[tokens[verb].head].text.casefold() == "as":
        return clauses.subject(tokens[tokens[verb].head].head)
    for index in range(verb + 1, len(tokens)):
        if tokens[index].text.casefold() in _CITING and verb in clauses.sentence.ancestors(index):
            return clauses.child(index, "dobj")
    told = clauses.child(verb, "dobj", "dative")
    if told is not None and tokens[verb].lemma == "tell" and tokens[told].pos == "PROPN":
        return told
    return None


def _raising(clauses: Clauses, at: int, index: int) -> Draft | None:
    """ "The fire seems to have spread": nobody says so; the content is subject and infinitive."""
    subject = clauses.child(index, *SUBJECTS)
    predicate = clauses.child(index, "xcomp", "oprd", "acomp", "ccomp")
    if subject is None or predicate is None or predicate < index:
        return None
    parts = [clauses.span(*clauses.edges[subject]), clauses.span(*clauses.edges[predicate])]
    return Draft(at, clauses.verb_group(index), None, parts, "raising", "alleged")


def _clause(clauses: Clauses, at: int, index: int, source: int, rule: CueRule) -> Draft | None:
    """ "The mayor said that four people died"."""
    found = [kid for kid in clauses.kids(index, "ccomp") if kid > index] or _unmarked(clauses, index)
    if not found or (rule is _CLAUSE_ONLY and not _openly(clauses, found[0])):
        return None
    first, last = clauses.verb_group(index)
    low = max(clauses.edges[found[0]][0], last + 1)
    high = clauses.edges[found[-1]][1]
    if "inf" in rule.frames:
        person = clauses.child(index, "dobj", "dative")
        if person is not None and index < person < low:
            low = clauses.edges[person][0]
    low = _past_citation(clauses, low, high)
    parts = [clauses.span(low, _end(clauses, low, high))]
    added = _fronted_part(clauses, index, source, last)
    if added is not None and added[1] < low:
        parts.insert(0, clauses.span(*added))
    return Draft(at, (first, last), source, parts, "clause", rule.certainty)


def _past_citation(clauses: Clauses, low: int, high: int) -> int:
    """Where the clause begins behind "said, citing medics, that …"."""
    if clauses.tokens[low].text.casefold() in _CITING:
        for index in range(low + 1, high):
            if clauses.tokens[index].text == ",":
                return index + 1
    return low


def _fronted_part(clauses: Clauses, index: int, source: int, last: int) -> tuple[int, int] | None:
    """What stands before the source and belongs to the statement: the first half of "36 were hurt, it said, “some badly”",
    and a count that the statement adds to ("In addition to 16 killed, it said 36 were hurt")."""
    tokens = clauses.tokens
    boundary = min(clauses.edges[source][0], index)
    if boundary < 2 or tokens[boundary - 1].text != ",":
        return None
    for kid in clauses.children[index]:
        if kid >= boundary:
            break
        low, high = clauses.edges[kid]
        if _may_front(clauses, kid, boundary) and last + 1 < len(tokens) and tokens[last + 1].text == ",":
            return low, boundary - 1
        opening = " ".join(token.text.casefold() for token in tokens[low : low + 3])
        if opening.startswith(additions()) and any(token.pos == "NUM" for token in tokens[low : high + 1]):
            return low, boundary - 1
    return None


def _openly(clauses: Clauses, index: int) -> bool:
    """Whether a clause bears the mark without which a verb outside the lexicon counts for nothing: "that", "whether"."""
    mark = clauses.child(index, "mark")
    return mark is not None and clauses.tokens[mark].text.casefold() in ("that", "whether", "if")


def _unmarked(clauses: Clauses, index: int) -> list[int]:
    """The clause behind "that" which the parser hung elsewhere: on the addressee, or as an adjunct."""
    for kid in clauses.children[index]:
        told = clauses.tokens[kid].dep in ("dobj", "dative", "prep") and clauses.tokens[kid].lemma not in cue_rules(
            "noun"
        )
        holders = [kid, *clauses.children[kid]] if told else [kid]
        for holder in holders:
            token = clauses.tokens[holder]
            if (
                holder > index
                and token.dep in ("advcl", "acl", "relcl", "dep", "parataxis", "ccomp")
                and token.pos in ("VERB", "AUX")
            ):
                mark = clauses.child(holder, "mark")
                if mark is not None and clauses.tokens[mark].text.casefold() == "that":
                    return [holder]
    return []


def _end(clauses: Clauses, low: int, high: int) -> int:
    """The content's last token: a clause that is itself introduced by a comma and a reporting verb ("…, adding that …",
    "…, while others said …") is a statement of its own, though the parser often hangs it below the content."""
    rules = cue_rules("verb")
    for index in range(low + 1, high + 1):
        token = clauses.tokens[index]
        if token.pos != "VERB" or token.dep not in ("advcl", "conj"):
            continue
        if token.lemma not in rules and token.lemma not in toll_verbs():
            continue
        left = clauses.edges[index][0]
        if left <= low:
            continue
        before = clauses.tokens[left - 1].text
        if clauses.reporter(index) is not None:
            return left - 1 if before not in ("and", "but") else left - 2
        if before != ",":
            continue
        if token.tag == "VBG" and left >= index - 1:
            return left - 1
        known = rules.get(token.lemma)
        if clauses.tokens[left].text.casefold() in ("while", "but", "although") and known and "that" in known.frames:
            return left - 1
    return high


def _inverted(clauses: Clauses, at: int, index: int, source: int, rule: CueRule) -> Draft | None:
    """ "Four people died, the mayor said", "Four people, said the mayor, died"."""
    tokens = clauses.tokens
    subject = clauses.own_subject(index)
    if subject is None:
        return None
    first, last = clauses.verb_group(index)
    low, high = min(first, clauses.edges[subject][0]), max(last, clauses.edges[subject][1])
    if low == 0 or tokens[low - 1].text == ";":
        return None
    if "tail" not in rule.frames and any(kid > high for kid in clauses.kids(index, "dobj", "oprd")):
        return None
    if tokens[subject].tag in ("WP", "WDT"):
        return None
    fronted = [kid for kid in clauses.children[index] if kid < low and _may_front(clauses, kid, low)]
    head = tokens[index].head
    beyond: int | None = None
    if fronted:
        start = 0 if head == index else min(clauses.edges[kid][0] for kid in fronted)
    elif tokens[index].dep in _PARENTHETICAL and clauses.edges[head][0] < low and tokens[low - 1].text in _BREAKS:
        start, beyond = clauses.edges[head]
    else:
        return None
    parts = [clauses.span(start, low - 1)]
    adjuncts = [
        k for k in clauses.children[index] if k > high and tokens[k].dep in ("prep", "npadvmod", "advmod", "advcl")
    ]
    after = max([high, *(clauses.edges[kid][1] for kid in adjuncts)])
    if beyond is not None and after + 1 < beyond and tokens[after + 1].text == ",":
        parts.append(clauses.span(after + 1, beyond))
    return Draft(at, (first, last), source, parts, "inverted", rule.certainty)


def _may_front(clauses: Clauses, kid: int, low: int) -> bool:
    """Whether the dependent in front of a reporting verb can be its statement: a clause of its own, not an adjunct ("Reached
    by phone, …", "When the guns fell silent, …")."""
    token = clauses.tokens[kid]
    if token.dep in ("ccomp", "parataxis"):
        return True
    if token.dep not in _FRONTED or clauses.tokens[low - 1].text not in _BREAKS:
        return False
    if token.dep == "advcl":
        return clauses.child(kid, "mark", "advmod") is None and clauses.child(kid, *SUBJECTS) is not None
    return token.tag not in ("WP", "WDT")


def _finding(clauses: Clauses, at: int, index: int, source: int, rule: CueRule) -> Draft | None:
    """ "The survey shows a fall in prices": a document states what it shows; a man who shows a card states nothing."""
    found = clauses.child(index, "dobj")
    if found is None or noun_kinds().get(clauses.tokens[source].lemma.casefold()) != "document":
        return None
    behind = [kid for kid in clauses.children[index] if kid >= found and clauses.tokens[kid].pos != "PUNCT"]
    low, high = clauses.edges[found][0], max(clauses.edges[kid][1] for kid in behind)
    return Draft(
        at, clauses.verb_group(index), source, [clauses.span(low, _end(clauses, low, high))], "finding", rule.certainty
    )


def _as_said(clauses: Clauses, at: int, index: int, source: int, rule: CueRule) -> Draft | None:
    """ "As the bishop put it, the town is empty": the main clause."""
    opener = clauses.child(index, "mark", "advmod", "prep")
    head = clauses.tokens[index].head
    if opener is None or clauses.tokens[opener].text.casefold() != "as" or clauses.tokens[index].dep != "advcl":
        return None
    if "tail" not in rule.frames or clauses.edges[index][1] > index + 1:
        return None
    low, high = clauses.edges[index]
    start, end = clauses.edges[head] if clauses.tokens[head].head != head else (0, len(clauses.tokens) - 1)
    parts = [clauses.span(start, low - 1)] if start < low else []
    if high < end:
        parts.append(clauses.span(high + 1, end))
    return Draft(at, clauses.verb_group(index), source, parts, "as-said", rule.certainty)


def _toll(clauses: Clauses, at: int, index: int) -> Draft | None:
    """ "Doctors put the death toll at 16", "gave a toll of eight"."""
    toll = clauses.child(index, "dobj")
    source = clauses.subject(index)
    if toll is None or source is None or clauses.tokens[toll].lemma not in figure_nouns():
        return None
    group = clauses.verb_group(index)
    if clauses.negated(index) or _unable(clauses, index):
        return Draft(at, group, source, [clauses.span(index, clauses.edges[toll][1])], "no-figure", "unknown")
    stated = [kid for kid in (*clauses.children[index], *clauses.children[toll]) if _states_number(clauses, kid)]
    if not stated:
        return None
    low, high = clauses.edges[toll][0], max(clauses.edges[kid][1] for kid in stated)
    return Draft(at, group, source, [clauses.span(low, high)], "toll")


def _unable(clauses: Clauses, index: int) -> bool:
    """ "was unable to provide a toll", "declined to give a figure", "without giving a number"."""
    token = clauses.tokens[index]
    return token.dep in ("xcomp", "pcomp") and clauses.tokens[token.head].lemma in withholders()


def _states_number(clauses: Clauses, index: int) -> bool:
    return clauses.tokens[index].dep == "prep" and clauses.tokens[index].lemma in ("at", "of", "as")


def _claims_figure(clauses: Clauses, index: int) -> bool:
    """Whether "claim" takes victims and not a fact: "the floods claimed 11 lives"."""
    taken = clauses.child(index, "dobj")
    return taken is not None and clauses.tokens[taken].lemma not in claimables()


def _complements(clauses: Clauses, at: int, index: int, source: int, rule: CueRule) -> Draft | None:
    """ "Residents condemned the raid", "accused the militia of theft", "called for calm", "vowed to retaliate": from the
    first complement that the verb's frames allow to the end of the last."""
    frames = rule.frames
    if clauses.tokens[index].lemma == "claim" and _claims_figure(clauses, index):
        return None
    if rule.name == "support" and clauses.tokens[index].dep == "acl":
        return None
    first, last = clauses.verb_group(index)
    parts: list[int] = []
    led = False
    for kid in clauses.children[index]:
        if kid < index:
            continue
        token = clauses.tokens[kid]
        if token.dep in ("dobj", "dative"):
            if "object" in frames or ("inf" in frames and token.pos != "PRON") or "judge" in frames:
                parts.append(kid)
                led = led or "object" in frames or ("judge" in frames and _judged(clauses, kid))
        elif (token.dep == "xcomp" and ("inf" in frames or led)) or (
            token.dep == "oprd" and ("as" in frames or led or "judge" in frames)
        ):
            parts.append(kid)
            led = True
        elif token.dep == "conj" and led and token.pos in ("NUM", "NOUN", "PROPN"):
            parts.append(kid)
        elif token.dep == "prep":
            inner = clauses.child(kid, "pobj", "pcomp")
            if "judge" in frames and not led and token.lemma in ("as", "of", "for", "with") and parts:
                parts.append(kid)
                led = token.lemma in ("as", "of") or _takes_ground(clauses.tokens[index].lemma, token.lemma)
            elif token.lemma in frames and inner is not None:
                parts.append(kid if led else inner)
                led = True
            elif led and token.lemma in _FOLLOWING_PREPOSITIONS:
                parts.append(kid)
    if not led or _names_itself(clauses, parts, rule):
        return None
    low = max(min(clauses.edges[kid][0] for kid in parts), last + 1)
    high = max(clauses.edges[kid][1] for kid in parts)
    return Draft(at, (first, last), source, [clauses.span(low, _end(clauses, low, high))], "object", rule.certainty)


def _judged(clauses: Clauses, index: int) -> bool:
    """Whether the judgement hangs on its object: "see [the raid as a warning]"."""
    return any(clauses.tokens[kid].lemma == "as" for kid in clauses.kids(index, "prep"))


def _takes_ground(verb: str, preposition: str) -> bool:
    """Whether the verb of judgement gives its ground with this preposition: "thanked them for", "charged him with"."""
    return preposition == ("with" if verb in ("charge", "credit") else "for")


def _names_itself(clauses: Clauses, parts: list[int], rule: CueRule) -> bool:
    """ "A group calling itself …" gives a name; it states nothing."""
    named = clauses.tokens[parts[0]].text.casefold()
    return "as" in rule.frames and named in ("itself", "themselves", "himself", "herself")


def _passive(clauses: Clauses, at: int, index: int, rule: CueRule) -> Draft | None:
    """ "The convoy was reported missing", "he was accused of theft by the governor"."""
    agent = clauses.child(index, "agent")
    source = clauses.child(agent, "pobj") if agent is not None else None
    opaque = clauses.tokens[index].lemma in opaque_passives()
    if not opaque and (source is None or rule is _CLAUSE_ONLY):
        return None
    subject = clauses.child(index, "nsubjpass", "nsubj")
    after = [
        kid
        for kid in clauses.children[index]
        if kid > index
        and (
            clauses.tokens[kid].dep in ("xcomp", "oprd", "ccomp")
            or (clauses.tokens[kid].dep == "prep" and clauses.tokens[kid].lemma in rule.frames | {"as", "of", "for"})
        )
    ]
    if source is None and not after:
        return None
    parts: list[Span] = []
    addressed = rule.frames & {"addressee", "inf"} and after and not opaque
    if subject is not None and clauses.tokens[subject].text.casefold() != "it" and not addressed:
        parts.append(clauses.span(*clauses.edges[subject]))
    if after:
        parts.append(clauses.span(min(clauses.edges[k][0] for k in after), max(clauses.edges[k][1] for k in after)))
    certainty: Certainty = "alleged" if source is None else rule.certainty
    return Draft(at, clauses.verb_group(index), source, parts, "passive", certainty)
