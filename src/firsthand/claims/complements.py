"""Statements whose content is a complement other than a clause: an object, an infinitive, a figure, the subject of a passive."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from firsthand.model import Certainty, Span, Token

from .cues import (
    CLAUSE_ONLY,
    CueRule,
    claimables,
    cue_rules,
    figure_nouns,
    naming_verbs,
    occasions,
    opaque_passives,
    toll_raisers,
    verifying,
    withholders,
)
from .extents import content_end
from .grammar import FINITE, SUBJECTS, Clauses
from .reading import Draft
from .source_nouns import noun_kinds

_QUOTED = frozenset({"“", "”", '"', "''", "``", "‘"})
_FOLLOWING_PREPOSITIONS = frozenset({"as", "of", "for", "on", "to", "with", "in"})


def raising(clauses: Clauses, at: int, index: int) -> Draft | None:
    """ "The fire seems to have spread": nobody says so; the content is subject and infinitive."""
    subject = clauses.child(index, *SUBJECTS)
    predicate = clauses.child(index, "xcomp", "oprd", "acomp", "ccomp")
    if subject is None or predicate is None or predicate < index:
        return None
    rule = cue_rules("verb").get(clauses.tokens[predicate].lemma)
    if rule is not None and clauses.tokens[subject].pos in ("PROPN", "PRON") and rule.frames & {"object", "judge"}:
        return None  # "The mayor appeared to blame the army": his statement, however guarded
    parts = [clauses.span(*clauses.edges[subject]), clauses.span(*clauses.edges[predicate])]
    return Draft(at, clauses.verb_group(index), None, parts, "raising", "alleged")


def complements(clauses: Clauses, at: int, index: int, source: int, rule: CueRule) -> Draft | None:
    """ "Residents condemned the raid", "accused the militia of theft", "called for calm", "vowed to retaliate": from the
    first complement that the verb's frames allow to the end of the last."""
    frames = rule.frames
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
        elif (token.dep == "xcomp" and ("inf" in frames or led or (token.tag == "VBG" and "object" in frames))) or (
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
    if not led or _names_itself(clauses, parts, rule) or _merely_acts(clauses, index, parts):
        return None
    low = max(min(clauses.edges[kid][0] for kid in parts), last + 1)
    high = max(clauses.edges[kid][1] for kid in parts)
    return Draft(
        at,
        (first, last),
        source,
        [clauses.span(low, content_end(clauses, low, high, clausal=False))],
        "object",
        rule.certainty,
    )


def _merely_acts(clauses: Clauses, index: int, parts: list[int]) -> bool:
    """Whether the verb tells of a deed: "responded to a call", "did not respond to questions", "called the police"."""
    lemma = clauses.tokens[index].lemma
    if lemma == "respond":
        return clauses.negated(index) or any(clauses.tokens[kid].lemma in occasions() for kid in parts)
    plain = len(parts) == 1 and clauses.tokens[parts[0]].dep in ("dobj", "dative", "oprd")
    return lemma in naming_verbs() and plain and not any(_gives_name(clauses, kid) for kid in parts)


def _gives_name(clauses: Clauses, index: int) -> bool:
    """Whether a name or judgement stands in the object's phrase, as the parser has it: a quotation, or a second article
    ("called General Lind a danger to the state")."""
    low, high = clauses.edges[index]
    words: Sequence[Token] = clauses.tokens[low : high + 2]
    second = any(t.tag in ("DT", "PRP$") and before.tag != "IN" for before, t in pairwise(words[: high + 1 - low]))
    return second or any(token.text in _QUOTED for token in words)


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


def takes_victims(clauses: Clauses, index: int) -> bool:
    """Whether "claim" takes victims and not a fact: "the floods claimed 11 lives"."""
    taken = clauses.child(index, "dobj")
    if clauses.tokens[index].lemma != "claim" or clauses.child(index, "ccomp") is not None:
        return False
    return taken is not None and clauses.tokens[taken].lemma not in claimables()


def finding(clauses: Clauses, at: int, index: int, source: int, rule: CueRule) -> Draft | None:
    """ "The survey shows a fall in prices": a document states what it shows; a man who shows a card states nothing."""
    found = clauses.child(index, "dobj")
    if found is None or noun_kinds().get(clauses.tokens[source].lemma.casefold()) != "document":
        return None
    behind = [kid for kid in clauses.children[index] if kid >= found and clauses.tokens[kid].pos != "PUNCT"]
    low, high = clauses.edges[found][0], max(clauses.edges[kid][1] for kid in behind)
    return Draft(
        at,
        clauses.verb_group(index),
        source,
        [clauses.span(low, content_end(clauses, low, high, clausal=False))],
        "finding",
        rule.certainty,
    )


def toll_statement(clauses: Clauses, at: int, index: int) -> Draft | None:
    """ "Doctors put the death toll at 16", "gave a toll of eight"."""
    toll = clauses.child(index, "dobj")
    if toll is None and clauses.passive(index):
        return _toll_given_by(clauses, at, index)
    source = _teller(clauses, index)
    if toll is None or source is None or clauses.tokens[toll].lemma not in figure_nouns():
        return None
    if clauses.tokens[index].lemma in toll_raisers() and not _speaks(clauses, source):
        return None
    group = clauses.verb_group(index)
    if clauses.negated(index) or _unable(clauses, index) or clauses.nobody(toll):
        first = clauses.tokens[index].head if _unable(clauses, index) else group[0]
        return Draft(at, group, source, [clauses.span(first, clauses.edges[toll][1])], "no-figure", "unknown")
    stated = [kid for kid in (*clauses.children[index], *clauses.children[toll]) if _states_number(clauses, kid)]
    if not stated:
        return None
    stated += [kid for kid in clauses.kids(index, "conj") if clauses.tokens[kid].lemma in figure_nouns()]
    low, high = clauses.edges[toll][0], max(clauses.edges[kid][1] for kid in stated)
    return Draft(at, group, source, [clauses.span(low, _with_second_figure(clauses, high))], "toll")


def counting(clauses: Clauses, at: int, index: int) -> Draft | None:
    """ "The monitor recorded nine deaths", "A baker counted 12 bodies": one who speaks, and a number of them."""
    counted, source = clauses.child(index, "dobj"), clauses.subject(index)
    if counted is None or source is None or clauses.passive(index) or not _speaks(clauses, source):
        return None
    low, high = clauses.edges[counted]
    if low <= index or not any(token.tag == "CD" for token in clauses.tokens[low : high + 1]):
        return None
    behind = [clauses.edges[kid][1] for kid in clauses.kids(index, "prep", "oprd", "xcomp", "acomp") if kid > counted]
    parts = [clauses.span(low, content_end(clauses, low, max([high, *behind]), clausal=False))]
    return Draft(at, clauses.verb_group(index), source, parts, "count")


def _toll_given_by(clauses: Clauses, at: int, index: int) -> Draft | None:
    """ "The number of dead is put at 64 by the Red Cross"."""
    toll, agent = clauses.child(index, "nsubjpass"), clauses.child(index, "agent")
    source = clauses.child(agent, "pobj") if agent is not None else None
    if (
        toll is None
        or source is None
        or clauses.tokens[toll].lemma not in figure_nouns()
        or not _speaks(clauses, source)
    ):
        return None
    stated = next((kid for kid in clauses.children[index] if kid > index and _states_number(clauses, kid)), None)
    if stated is None or not _counted(clauses, stated):
        return None
    parts = [clauses.span(*clauses.edges[toll]), clauses.span(*clauses.edges[stated])]
    return Draft(at, clauses.verb_group(index), source, parts, "toll")


def _counted(clauses: Clauses, index: int) -> bool:
    low, high = clauses.edges[index]
    return any(token.tag == "CD" for token in clauses.tokens[low : high + 1])


def _teller(clauses: Clauses, index: int) -> int | None:
    """Who gives the figure: "The army said 38 rebels were killed and put its losses at three": the army, though the parser
    hangs the second verb on the first one's clause."""
    token = clauses.tokens[index]
    joined = clauses.tokens[token.head]
    if token.dep == "conj" and clauses.own_subject(index) is None and joined.dep == "ccomp":
        reporter = clauses.own_subject(joined.head)
        if reporter is not None and clauses.tokens[joined.head].lemma in cue_rules("verb"):
            return reporter
    subject = clauses.subject(index)
    if token.dep == "acl" and subject is not None and not _speaks(clauses, subject):
        return clauses.own_subject(clauses.sentence.root)  # "The governor reported raids, giving a toll of 31"
    return subject


def _speaks(clauses: Clauses, index: int) -> bool:
    """Whether the noun is one who can give a figure: raids raise a toll too."""
    token = clauses.tokens[index]
    known = noun_kinds().get(token.text.casefold()) or noun_kinds().get(token.lemma.casefold())
    return known is not None or token.pos == "PROPN" or token.text.casefold() in ("he", "she", "they", "it")


def _with_second_figure(clauses: Clauses, high: int) -> int:
    """The last token of what is stated, a second figure included: "a toll of 9 dead and 41 hurt", "… at ten and that
    of the hurt at 40"."""
    tokens = clauses.tokens
    if high + 1 >= len(tokens) or tokens[high + 1].text.casefold() != "and":
        return high
    number = next((i for i in range(high + 2, min(high + 9, len(tokens))) if tokens[i].tag == "CD"), None)
    if number is None or any(t.tag in FINITE or t.tag == "MD" for t in tokens[high + 2 : number]):
        return high
    behind = number + 1 < len(tokens) and tokens[number + 1].text.casefold() in _STATES
    return number + 1 if behind else number if tokens[number - 1].text.casefold() == "at" else high


_STATES = frozenset({"wounded", "injured", "hurt", "dead", "killed", "missing", "injuries"})


def _unable(clauses: Clauses, index: int) -> bool:
    """ "was unable to provide a toll", "declined to give a figure", "without giving a number"."""
    token = clauses.tokens[index]
    return token.dep in ("xcomp", "pcomp") and clauses.tokens[token.head].lemma in withholders()


def _states_number(clauses: Clauses, index: int) -> bool:
    token = clauses.tokens[index]
    if token.dep == "advcl":  # "gave its losses as two men killed"
        mark = clauses.child(index, "mark")
        return mark is not None and clauses.tokens[mark].text.casefold() == "as"
    return token.dep == "prep" and token.lemma in ("at", "of", "as", "to")


def _unverified(clauses: Clauses, at: int, index: int) -> Draft | None:
    """ "The claim could not be verified": the writer leaves it open."""
    subject = clauses.own_subject(index)
    if subject is None:
        return None
    return Draft(at, clauses.verb_group(index), None, [clauses.span(*clauses.edges[subject])], "unverified", "unknown")


def passive_statement(clauses: Clauses, at: int, index: int, rule: CueRule) -> Draft | None:
    """ "The convoy was reported missing", "he was accused of theft by the governor"."""
    agent = clauses.child(index, "agent")
    source = clauses.child(agent, "pobj") if agent is not None else None
    seen_as = "judge" in rule.frames and any(clauses.tokens[kid].lemma == "as" for kid in clauses.kids(index, "prep"))
    opaque = clauses.tokens[index].lemma in opaque_passives() or seen_as
    if source is None and clauses.negated(index) and clauses.tokens[index].lemma in verifying():
        return _unverified(clauses, at, index)
    if rule.name == "plain" or _only_named(clauses, index):
        return None
    subject = clauses.child(index, "nsubjpass", "nsubj")
    asked = subject is None and rule.name == "ask"
    if not (opaque or asked) and (source is None or rule is CLAUSE_ONLY):
        return None
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
    if asked:
        parts = [_to_comma(clauses, part) for part in parts]
    return Draft(at, clauses.verb_group(index), source, parts, "passive", certainty)


def _only_named(clauses: Clauses, index: int) -> bool:
    """ "Known as the Reds", "can be seen in a red coat": a name, a sight, and nobody's view."""
    token = clauses.tokens[index]
    if token.lemma == "know":
        return any(clauses.tokens[kid].lemma in ("as", "for", "by", "to") for kid in clauses.kids(index, "prep"))
    return token.lemma == "see" and any(clauses.tokens[kid].text == "can" for kid in clauses.kids(index, "aux"))


def _to_comma(clauses: Clauses, span: Span) -> Span:
    """The question of "Asked whether …, the mayor said …", where the parser took the answer in."""
    for token in clauses.tokens:
        if token.text == "," and span.start < token.start < span.end:
            return Span(span.start, token.start)
    return span
