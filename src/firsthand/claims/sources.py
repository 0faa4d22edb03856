"""What a source phrase says about its source: name, kind, role, affiliation, and where it stands."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from firsthand.model import Name, SourceKind, Span
from firsthand.resources import name_particles

from .grammar import Clauses
from .source_edges import behind_dateline, behind_opening, phrase_edges, with_bracket
from .source_nouns import CALENDAR, noun_kinds

_TITLES = frozenset(
    {"mr", "mrs", "ms", "miss", "dr", "sir", "lord", "lady", "rev", "reverend", "father", "sister", "st", "gen", "maj",
     "lt", "col", "sgt", "capt", "cpl", "adm", "brig", "cmdr", "gov", "sen", "rep", "prof", "maj-gen", "pres", "sheik",
     "sheikh", "mp", "mep", "mla", "president", "prime", "former", "acting", "late", "vice", "ayatollah", "mlle", "mme"}
)  # fmt: skip
_PRONOUNS = frozenset({"he", "she", "it", "they", "him", "her", "them", "his", "their", "its", "who", "which", "that", "i",
                       "we", "you", "my", "our", "your", "me", "us", "this", "these", "those", "whom", "whose"})  # fmt: skip


_DEFINITE = frozenset({"the", "this", "that", "these", "those", "its", "his", "her", "their"})
_LEADING = frozenset({"head", "lead", "direct", "run", "chair", "command", "represent", "found"})
_SEXES = {
    "he": "male", "him": "male", "his": "male", "mr": "male", "spokesman": "male", "chairman": "male", "king": "male",
    "father": "male", "brother": "male", "son": "male", "husband": "male", "uncle": "male", "man": "male", "boy": "male",
    "widower": "male", "policeman": "male", "imam": "male", "lord": "male", "prince": "male",
    "she": "female", "her": "female", "mrs": "female", "ms": "female", "spokeswoman": "female", "queen": "female",
    "mother": "female", "sister": "female", "daughter": "female", "wife": "female", "aunt": "female", "woman": "female",
    "girl": "female", "widow": "female", "policewoman": "female", "lady": "female", "princess": "female", "miss": "female",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class SourcePhrase:
    """One mention of a source. ``proper`` is the name in it, ``heads`` the nouns that say what it is, in lower case,
    ``pronoun`` the pronoun where it is one, ``sex`` what a title or the pronoun tells, ``wording`` how one without a name is
    called where the text's own words do not say for whom he speaks."""

    span: Span
    text: str
    kind: SourceKind
    heads: frozenset[str] = frozenset()
    proper: str | None = None
    role: str | None = None
    affiliation: str | None = None
    pronoun: str | None = None
    plural: bool = False
    definite: bool = False
    sex: str | None = None
    place: bool = False
    wording: str = ""


def read_source(
    clauses: Clauses, head: int, text: str, names: tuple[Name, ...] = (), edges: tuple[int, int] | None = None
) -> SourcePhrase:
    """The phrase that the token ``head`` heads; ``edges`` are its first and last token where the parse misleads."""
    tokens = clauses.tokens
    low, high = edges or phrase_edges(clauses, head)
    low = behind_opening(clauses, low, head)
    low, head = behind_dateline(clauses, low, head, high)
    high = with_bracket(clauses, low, high)
    while high > head and tokens[high].text.casefold() in CALENDAR | {"on", "late", "early"}:
        high -= 1  # "the union's head on Tuesday accused the army"
    span = clauses.span(low, high)
    token = tokens[head]
    word = token.text.casefold().strip("’'")
    if word in _PRONOUNS and token.pos in ("PRON", "DET", "SCONJ"):
        plural = word in ("they", "them", "their", "we", "our", "us", "these", "those")
        return SourcePhrase(span, span.of(text), "role", pronoun=word, plural=plural, sex=_SEXES.get(word))
    shared: dict[str, Any] = {
        "span": span,
        "text": span.of(text),
        "plural": token.tag == "NNS" or clauses.child(head, "conj") is not None,
        "definite": tokens[low].text.casefold() in _DEFINITE or clauses.child(head, "poss") is not None,
        "sex": _sex(clauses, head),
    }
    if clauses.child(head, "conj") is not None:
        kind = _described(clauses, head, text, names, shared).kind
        if token.tag.startswith("NNP"):
            kind = _kind_of_name(token.text, token.span, names)
        return SourcePhrase(kind=kind, **shared)
    name = _proper_edges(clauses, head, high if edges is not None else None)
    if name is not None and edges is not None:
        name = max(name[0], low), name[1]
    if name is not None:
        return _named(clauses, head, low, name, text, names, shared)
    phrase = _described(clauses, head, text, names, shared)
    renamed = _renaming(clauses, low, high)
    if renamed is not None and renamed - 2 > low and tokens[tokens[renamed - 2].head].text in ("in", "at", "near"):
        person = any(name.kind == "person" and name.span.covers(tokens[high].span) for name in names)
        renamed = renamed if person or titular(tokens[renamed].text) else None  # "police in Port Adra, Florida"
    if phrase.proper is None and renamed is not None and renamed > head + 1:
        role = clauses.span(low, renamed - 2).of(text)
        while renamed < high and titular(tokens[renamed].text):
            renamed += 1
        return replace(phrase, kind="named", proper=clauses.span(renamed, high).of(text), role=role)
    return phrase


def _sex(clauses: Clauses, head: int) -> str | None:
    """What the noun or a title beside it tells: "his mother" is a woman, "Mr Lind" a man."""
    beside = clauses.kids(head, "compound", "nmod", "appos", "amod")
    words = (clauses.tokens[i].text.casefold().rstrip(".") for i in (head, *beside))
    return next((sex for word in words if (sex := _SEXES.get(word))), None)


def _named(
    clauses: Clauses,
    head: int,
    low: int,
    name: tuple[int, int],
    text: str,
    names: tuple[Name, ...],
    shared: dict[str, Any],
) -> SourcePhrase:
    """A phrase whose head is a proper name: "Interior Minister Jane Roe", "the Observatory, a monitoring group"."""
    tokens = clauses.tokens
    proper = clauses.span(*name).of(text)
    kind = _kind_of_name(proper, tokens[head].span, names)
    heads = {word.casefold() for word in proper.split() if noun_kinds().get(word.casefold()) == "organisation"}
    role, affiliation = _office_before(clauses, low, name[0], text)
    before = [tokens[i].lemma.casefold() for i in range(low, name[0])]
    ranked = any(word.rstrip(".") in _TITLES for word in before)  # "police Sgt. Jane Roe"
    if (
        kind == "named"
        and role is None
        and not ranked
        and any(noun_kinds().get(word) == "organisation" for word in before)
    ):
        kind = "organisation"
        heads.update(word for word in before if noun_kinds().get(word) == "organisation")
    beside = clauses.child(head, "appos")
    if beside is not None and tokens[beside].pos == "NOUN":
        heads.add(tokens[beside].lemma.casefold())
        if noun_kinds().get(tokens[beside].lemma.casefold()) in ("organisation", "group", "document"):
            kind = "organisation"
        elif kind == "named":
            role = role or clauses.span(*phrase_edges(clauses, beside)).of(text)
            affiliation = affiliation or _affiliation(clauses, beside, text)
    if kind == "named" and affiliation is None:
        affiliation = _headed_body(clauses, head, text)
    place = any(n.span.covers(tokens[head].span) and n.kind in ("state", "nationality", "place") for n in names)
    return SourcePhrase(
        kind=kind, heads=frozenset(heads), proper=proper, role=role, affiliation=affiliation, place=place, **shared
    )


def _described(clauses: Clauses, head: int, text: str, names: tuple[Name, ...], shared: dict[str, Any]) -> SourcePhrase:
    """A phrase whose head is a common noun: "a government spokesman", "the group, the Observatory"."""
    token = clauses.tokens[head]
    known = noun_kinds().get(token.text.casefold()) or noun_kinds().get(token.lemma.casefold())
    kind: SourceKind = known or "role"
    heads = frozenset({token.lemma.casefold()})
    affiliation = _affiliation(clauses, head, text)
    beside = clauses.child(head, "appos")
    name = _proper_edges(clauses, beside) if beside is not None else None
    if name is not None and beside is not None:
        proper = clauses.span(*name).of(text)
        of_name = _kind_of_name(proper, clauses.tokens[beside].span, names)
        body = kind in ("organisation", "group") or of_name == "organisation"
        role = None if body else token.text
        return SourcePhrase(
            kind="organisation" if body else "named",
            heads=heads,
            proper=proper,
            role=role,
            affiliation=affiliation,
            **shared,
        )
    named = _name_before_office(clauses, head)
    if named is not None and kind in ("role", "anonymous"):
        proper = clauses.span(*named).of(text)
        role = clauses.span(head, max(head, phrase_edges(clauses, head)[1])).of(text)
        return SourcePhrase(kind="named", heads=heads, proper=proper, role=role, affiliation=affiliation, **shared)
    called = clauses.given_name(head, text)
    if called is not None:  # "a woman named Jane Roe", "a group calling itself the Hill Brigade"
        body = kind in ("organisation", "group")
        return SourcePhrase(kind="organisation" if body else "named", heads=heads, proper=called, **shared)
    if kind == "role" and token.tag == "NNS" and not shared["definite"] and affiliation is None:
        kind = "anonymous"
    return SourcePhrase(kind=kind, heads=heads, affiliation=affiliation, **shared)


def _renaming(clauses: Clauses, low: int, high: int) -> int | None:
    """Where a name after a comma begins that closes the phrase: "the mayor of Tarn, Jane Roe"."""
    tokens = clauses.tokens
    first = high
    while first > low and _in_name(clauses, first):
        first -= 1
    return first + 1 if tokens[first].text == "," and high > first else None


def _name_before_office(clauses: Clauses, head: int) -> tuple[int, int] | None:
    """First and last token of a name that lost the comma before its office: "Jane Roe head of the observatory"."""
    tokens = clauses.tokens
    if clauses.child(head, "prep") != head + 1 or head < 2:
        return None
    first = head
    while first > 0 and _in_name(clauses, first - 1):
        first -= 1
    if first and tokens[first - 1].tag == "DT":
        return None  # "a Red Cross nurse at the gate"
    words = [token for token in tokens[first:head] if token.tag in ("NNP", "NNPS")]
    if len(words) < 2 or any(noun_kinds().get(word.text.casefold()) == "organisation" for word in words):
        return None
    return first, head - 1


def _proper_edges(clauses: Clauses, head: int, limit: int | None = None) -> tuple[int, int] | None:
    """First and last token of the name that ends at the head, with "for …", "of …" behind the name of a body. Particles
    ("al-", "bin", "de") belong to a name, titles and offices do not. ``limit`` is where the phrase ends if the parse misleads."""
    tokens = clauses.tokens
    if not tokens[head].tag.startswith("NNP") or not tokens[head].text[:1].isupper():
        return None
    first = head
    while first > 0 and _in_name(clauses, first - 1):
        first -= 1
    body = noun_kinds().get(tokens[head].text.casefold()) == "organisation"
    if not body:
        first = max([first, *(index + 1 for index in range(first, head) if titular(tokens[index].text))])
    while first < head and tokens[first].text in ("-", "–"):
        first += 1
    last = head
    if body and limit is not None and head < limit and tokens[head + 1].text in ("of", "for"):
        last = limit
    elif body:
        for kid in clauses.children[head]:
            if kid == head + 1 and tokens[kid].dep == "prep" and tokens[kid].lemma in ("of", "for", "on", "against"):
                last = max(last, min(clauses.edges[kid][1], _name_end(clauses, kid)))
    if last == head and head + 1 < len(tokens) and tokens[head + 1].head == head and tokens[head + 1].text.isdigit():
        last = head + 1  # "Division 30"
    while last > head and tokens[last].pos == "PUNCT":
        last -= 1
    return first, last


def _name_end(clauses: Clauses, preposition: int) -> int:
    """The last token of the name behind "of" or "for": where the capitals end."""
    last = preposition
    for index in range(preposition + 1, clauses.edges[preposition][1] + 1):
        token = clauses.tokens[index]
        if token.text[:1].isupper():
            last = index
        elif token.text.casefold() not in ("the", "of", "for", "and", "&", "-"):
            break
    return last


def _in_name(clauses: Clauses, index: int) -> bool:
    token = clauses.tokens[index]
    if token.text.casefold() in name_particles() or (
        token.text in ("-", "–") and token.end == clauses.tokens[index + 1].start
    ):
        return index == 0 or clauses.tokens[index - 1].tag != "DT" or token.text[:1].isupper()
    return token.tag in ("NNP", "NNPS", "JJ") and token.text[:1].isupper() and token.text.casefold() not in CALENDAR


def titular(word: str) -> bool:
    """Whether a word before a name is a title or an office."""
    word = word.casefold().rstrip(".")
    return word in _TITLES or noun_kinds().get(word) == "role"


def _office_before(clauses: Clauses, low: int, first: int, text: str) -> tuple[str | None, str | None]:
    """Office and body before a name: "Iraqi military spokesman" → ("Iraqi military spokesman", "Iraqi military")."""
    tokens = clauses.tokens
    start = low + 1 if tokens[low].text.casefold() in ("a", "an", "the") else low
    if start >= first:
        return None, None
    offices = [i for i in range(start, first) if noun_kinds().get(tokens[i].lemma.casefold()) in ("role", "anonymous")]
    if not offices:
        return None, None
    while offices[-1] + 1 < first and (
        titular(tokens[offices[-1] + 1].text) or tokens[offices[-1] + 1].text in ("-", ".")
    ):
        offices.append(offices[-1] + 1)
    office = next(i for i in range(start, first) if i in offices)
    before = [i for i in range(start, office) if tokens[i].text.casefold().rstrip(".") not in _TITLES]
    return clauses.span(start, offices[-1]).of(text), clauses.span(before[0], before[-1]).of(text) if before else None


def _affiliation(clauses: Clauses, head: int, text: str) -> str | None:
    """The body spoken for: "head of the observatory", "a Pentagon spokesman", "the army’s spokesman"."""
    tokens = clauses.tokens
    if noun_kinds().get(tokens[head].lemma.casefold()) not in ("role", "anonymous"):
        return None
    for kid in clauses.children[head]:
        if tokens[kid].dep == "prep" and tokens[kid].lemma in ("of", "for", "at", "with", "in", "from"):
            inner = clauses.child(kid, "pobj")
            if inner is not None:
                return _without_article(clauses, inner, text)
    before = [
        kid for kid in clauses.children[head] if kid < head and tokens[kid].dep in ("compound", "amod", "poss", "nmod")
    ]
    while (
        before
        and tokens[before[0]].dep == "amod"
        and not _names_country(tokens[before[0]].text, initial=before[0] == 0)
    ):
        before.pop(0)
    if not before:
        return None
    low = clauses.edges[before[0]][0]
    words = clauses.span(low, head - 1).of(text)
    words = words.removesuffix("’s").removesuffix("'s").rstrip("’' ")
    return words.removeprefix("the ").removeprefix("The ") or None


def _names_country(adjective: str, *, initial: bool) -> bool:
    """Whether an adjective is one of a country or body: it has a capital, and a country's ending where any word would."""
    return adjective[:1].isupper() and (
        not initial or adjective.endswith(("an", "i", "ish", "ese", "ch", "U.S.", "US", "UN", "U.N."))
    )


def _headed_body(clauses: Clauses, head: int, text: str) -> str | None:
    """The body that a named person is said to lead: "Jane Roe, who heads the observatory"."""
    for kid in clauses.kids(head, "relcl", "acl"):
        if clauses.tokens[kid].lemma in _LEADING:
            led = clauses.child(kid, "dobj")
            if led is not None:
                return _without_article(clauses, led, text)
    return None


def _without_article(clauses: Clauses, head: int, text: str) -> str:
    low, high = phrase_edges(clauses, head)
    beside = clauses.child(head, "appos", "relcl", "acl")
    if beside is not None and beside > head:
        high = min(high, clauses.edges[beside][0] - 1)
    while high > low and clauses.tokens[high].pos == "PUNCT":
        high -= 1
    if low < high and clauses.tokens[low].text.casefold() in ("the", "a", "an"):
        low += 1
    return clauses.span(low, high).of(text)


def _kind_of_name(proper: str, head: Span, names: tuple[Name, ...]) -> SourceKind:
    """Whether a name is a person's or a body's: the lexicon of names, a word in it, or its being an acronym decides."""
    for name in names:
        if name.span.covers(head):
            if name.kind == "person" and noun_kinds().get(proper.split()[-1].casefold()) != "organisation":
                return "named"
            if name.kind in ("organisation", "group", "state", "nationality", "place"):
                return "organisation"
    words = proper.replace("-", " ").split()
    common = noun_kinds().get(proper.casefold())
    if common is not None and len(words) == 1:
        return common
    if any(noun_kinds().get(word.casefold()) in ("organisation", "group") for word in words):
        return "organisation"
    letters = proper.replace(".", "")
    return "organisation" if len(words) == 1 and len(letters) > 1 and letters.isupper() else "named"
