"""Statements whose content is a clause: behind its verb, in front of it, or on both sides."""

from __future__ import annotations

from .cues import CLAUSE_ONLY, CueRule, additions, cue_rules, figure_nouns
from .extents import content_end
from .grammar import FINITE, SUBJECTS, Clauses
from .reading import Draft
from .source_nouns import CALENDAR, source_words

# Dependents that may hold the statement in front of "… , the mayor said".
_FRONTED = frozenset({"ccomp", "advcl", "dep", "parataxis", "dobj", "nsubj", "csubj"})
# How a reporting verb hangs in a statement that the parser made the main clause.
_PARENTHETICAL = frozenset({"parataxis", "ccomp", "advcl", "dep", "relcl", "acl", "conj"})
_BREAKS = frozenset({",", "”", '"', "''", "-", "–", "—", "?", "!"})
# "…, the ministry would later say" tells what was said, "… could say" what was not.
_FUTURE = frozenset({"would", "will"})
_CITING = frozenset({"citing", "quoting"})
_OPENING_MARKS = frozenset({"“", '"', "``", "''", "‘‘"})


def clause_statement(clauses: Clauses, at: int, index: int, source: int, rule: CueRule) -> Draft | None:
    """ "The mayor said that four people died"."""
    found = [kid for kid in clauses.kids(index, "ccomp") if kid > index] or _unmarked(clauses, index)
    if not found or (rule is CLAUSE_ONLY and not _openly(clauses, found[0])):
        return None
    if _finding_out(clauses, index, found[0]) or _goes_on(clauses, found[0]):
        return None
    first, last = clauses.verb_group(index)
    if last + 1 < len(clauses.tokens) and clauses.tokens[last + 1].text == ";":
        return None  # "Four people died, the mayor said; the road was cut": the road is a sentence of its own
    if "as" in rule.frames and clauses.tokens[last + 1].text.casefold().endswith(("self", "selves")):
        return None
    low = max(clauses.edges[found[0]][0], last + 1)
    high = clauses.edges[found[-1]][1]
    if "inf" in rule.frames:
        person = clauses.child(index, "dobj", "dative")
        if person is not None and index < person < low:
            low = clauses.edges[person][0]
    astray = _stray_subject(clauses, index, found[0], rule)
    low = low if astray is None else astray
    low = _past_citation(clauses, low, high)
    parts = [clauses.span(low, content_end(clauses, low, high, clausal=True))]
    added = _fronted_part(clauses, index, source, last)
    if added is not None and added[1] < low:
        parts.insert(0, clauses.span(*added))
    return Draft(at, (first, last), source, parts, "clause", rule.certainty)


def _stray_subject(clauses: Clauses, index: int, clause: int, rule: CueRule) -> int | None:
    """Where the subject of a finite clause begins that the parser took for the verb's object: "posted two boys were killed"."""
    begins = clauses.edges[clause][0]
    taken = clauses.child(index, "dobj")
    if taken is None or not index < taken < begins or "addressee" in rule.frames:
        return None
    verbs = (clause, *clauses.kids(clause, "aux", "auxpass"))
    bare = clauses.own_subject(clause) is None and clauses.child(clause, "mark") is None
    finite = any(clauses.tokens[verb].tag in FINITE for verb in verbs) and clauses.edges[taken][1] + 1 == begins
    return clauses.edges[taken][0] if bare and finite else None


def _goes_on(clauses: Clauses, clause: int) -> bool:
    """ "The monitor relayed Thursday updating its toll": a day and what the monitor did by it, no clause."""
    first = clauses.tokens[clauses.edges[clause][0]]
    return clauses.tokens[clause].tag == "VBG" and first.text.casefold() in CALENDAR


def _finding_out(clauses: Clauses, index: int, found: int) -> bool:
    """ "Gathered to see whether …", "sent a team to find out who …": a purpose and a question; nobody has said anything yet."""
    aim = any(clauses.tokens[kid].tag == "TO" for kid in clauses.kids(index, "aux"))
    rule = cue_rules("verb").get(clauses.tokens[index].lemma)
    opener = clauses.tokens[clauses.edges[found][0]]
    asks = opener.text.casefold() in ("whether", "if") or opener.tag in ("WP", "WRB", "WDT")
    return aim and asks and rule is not None and rule.name in ("know", "discover")


def saw(clauses: Clauses, index: int) -> bool:
    """ "Officers found two men shot": what the verb governs has neither a finite verb nor a mark, and was seen, not concluded."""
    return clauses.tokens[index].lemma == "find" and any(
        _small_clause(clauses, kid) for kid in clauses.kids(index, "ccomp") if kid > index
    )


def _small_clause(clauses: Clauses, index: int) -> bool:
    token = clauses.tokens[index]
    bare = token.tag in ("VBN", "VBG", "JJ") or (
        token.text.casefold() in ("shot", "stabbed", "hanged") and clauses.child(index, "dobj") is None
    )
    return bare and clauses.child(index, "mark", "aux", "auxpass") is None


def _past_citation(clauses: Clauses, low: int, high: int) -> int:
    """Where the clause begins behind "said, citing medics, that …"."""
    if clauses.tokens[low].text.casefold() in _CITING:
        for index in range(low + 1, high):
            if clauses.tokens[index].text == ",":
                return index + 1
    return low


def _fronted_part(clauses: Clauses, index: int, source: int, last: int) -> tuple[int, int] | None:
    """What stands before the source and belongs to the statement: the first half of "20 were hurt, it said, “some badly”",
    and a count that the statement adds to ("Besides nine dead, it said 20 were hurt")."""
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


def inverted_statement(clauses: Clauses, at: int, index: int, source: int, rule: CueRule) -> Draft | None:
    """ "Four people died, the mayor said", "Four people, said the mayor, died"."""
    tokens = clauses.tokens
    subject = clauses.own_subject(index)
    if subject is None:
        return None
    first, last = clauses.verb_group(index)
    low, high = min(first, clauses.edges[subject][0]), max(last, clauses.edges[subject][1])
    if low == 0 or tokens[low - 1].text == ";":
        return None
    if any(kid > high for kid in clauses.kids(index, "oprd", "acomp")):
        return None  # "two of them were later found dead"
    governed = [kid for kid in clauses.kids(index, "dobj", "oprd") if kid > high]
    if governed and ("tail" not in rule.frames or any(tokens[kid].lemma in figure_nouns() for kid in governed)):
        return None  # "…, but the league cited eight deaths"
    if any(tokens[kid].tag == "MD" and tokens[kid].text not in _FUTURE for kid in clauses.kids(index, "aux")):
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
        if tokens[index].dep == "relcl" and tokens[low - 1].text == "," and _ends_sentence(clauses, index):
            start = 0  # "A shell killed two men and a child, the governor wrote": no child that the governor wrote
    else:
        return None
    parts = [clauses.span(start, low - 1)]
    adjuncts = [
        k for k in clauses.children[index] if k > high and tokens[k].dep in ("prep", "npadvmod", "advmod", "advcl")
    ]
    after = max([high, *(clauses.edges[kid][1] for kid in adjuncts)])
    if beyond is not None and after + 1 < beyond and tokens[after + 1].text == ",":
        parts.append(clauses.span(after + 1, beyond))
    parts += [
        clauses.span(*clauses.edges[kid]) for kid in clauses.children[index] if kid > high and _totals(clauses, kid)
    ]
    phrase = _from_comma(clauses, start, low, subject)
    if phrase is not None:
        parts[0] = clauses.span(start, phrase - 1)
        return Draft(at, (first, last), phrase, parts, "inverted", rule.certainty, source_edges=(phrase, subject))
    return Draft(at, (first, last), source, parts, "inverted", rule.certainty)


def _ends_sentence(clauses: Clauses, index: int) -> bool:
    """Whether nothing stands behind the verb's own words but marks."""
    return all(token.pos == "PUNCT" for token in clauses.tokens[clauses.edges[index][1] + 1 :])


def _totals(clauses: Clauses, index: int) -> bool:
    """ "…, the monitor said, bringing the number of dead to 89": the monitor's too."""
    token = clauses.tokens[index]
    if token.tag != "VBG" or token.lemma not in _TOTALLING:
        return False
    low, high = clauses.edges[index]
    return any(inner.lemma in figure_nouns() for inner in clauses.tokens[low : high + 1])


_TOTALLING = frozenset({"bring", "raise", "take", "push", "lift"})


def _from_comma(clauses: Clauses, start: int, low: int, subject: int) -> int | None:
    """ "…, sources close to the army and villagers said": where the parser took the last words alone for the speaker, the noun
    right behind the comma that heads them all."""
    tokens = clauses.tokens
    comma = next((i for i in range(low - 1, max(start, low - _LONGEST_PHRASE), -1) if tokens[i].text == ","), None)
    if comma is None or comma + 1 >= low or subject < low:
        return None
    head = comma + 1
    between = tokens[head:low]
    speaker = tokens[head].tag == "NNS" and tokens[head].text.casefold() in source_words()
    if not speaker or any(t.tag.startswith("VB") or t.tag in ("MD", "WP", "WDT") or t.pos == "PUNCT" for t in between):
        return None
    return head if tokens[head + 1].text.casefold() in _GOES_ON_WITH else None


_GOES_ON_WITH = frozenset({"close", "in", "from", "at", "with", "familiar", "of", "and"})
# Tokens from a comma to the last words of a speaker's description.
_LONGEST_PHRASE = 12


def _may_front(clauses: Clauses, kid: int, low: int) -> bool:
    """Whether the dependent in front of a reporting verb can be its statement: a clause of its own, not an adjunct ("Reached
    by phone, …", "When the guns fell silent, …")."""
    token = clauses.tokens[kid]
    if (
        token.tag in ("VBN", "VBG")
        and clauses.own_subject(kid) is None
        and clauses.child(kid, "aux", "auxpass") is None
    ):
        return False
    if token.dep in ("ccomp", "parataxis"):
        return True
    if token.dep not in _FRONTED or clauses.tokens[low - 1].text not in _BREAKS:
        return False
    if token.dep == "advcl":
        return clauses.child(kid, "mark", "advmod") is None and clauses.child(kid, *SUBJECTS) is not None
    return token.tag not in ("WP", "WDT")


def _takes_it(clauses: Clauses, index: int) -> bool:
    taken = clauses.child(index, "dobj")
    return taken is not None and clauses.tokens[taken].text.casefold() == "it"


def as_said(clauses: Clauses, at: int, index: int, source: int, rule: CueRule) -> Draft | None:
    """ "As the bishop put it, the town is empty", "… died, as the army reported on Monday": the main clause."""
    opener = clauses.child(index, "mark", "advmod", "prep")
    head = clauses.tokens[index].head
    if opener is None or clauses.tokens[opener].text.casefold() != "as" or clauses.tokens[index].dep != "advcl":
        return None
    put = clauses.tokens[index].lemma == "put" and _takes_it(clauses, index)
    if not put and ("tail" not in rule.frames or clauses.child(index, "dobj", "ccomp", "xcomp") is not None):
        return None
    low, high = clauses.edges[index]
    high = next((i - 1 for i in range(index + 1, high + 1) if clauses.tokens[i].text == ","), high)
    start, end = clauses.edges[head] if clauses.tokens[head].head != head else (0, len(clauses.tokens) - 1)
    before, behind = (start, low - 1), (high + 1, end)
    while behind[0] <= end and clauses.tokens[behind[0]].text == ",":
        behind = (behind[0] + 1, end)
    opens = behind[0] <= end and clauses.tokens[behind[0]].text in _OPENING_MARKS
    comma = max((i for i in range(start, low - 1) if clauses.tokens[i].text == ","), default=start)
    contrast = clauses.tokens[comma + 1 : low - 1]  # "…, and not, as the army had maintained, a bomber"
    if comma > start and contrast and all(t.tag in ("CC", "RB") for t in contrast):
        before = (comma + 1, low - 1)
    linked = not any(t.pos in ("VERB", "AUX", "NOUN", "PROPN") for t in clauses.tokens[before[0] : low])
    parts = [clauses.span(*part) for part in (before, behind) if part[0] <= part[1]]
    if behind[0] <= end and (opens or linked):
        parts = parts[-1:]  # "Yet, as he put it, …", "the roads are, as he put it, “a trap”"
    return Draft(at, clauses.verb_group(index), source, parts, "as-said", rule.certainty)
