"""What a source phrase says about its source: name, kind, role, affiliation, and where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from firsthand.model import Name, SourceKind, Span
from firsthand.resources import table

from .grammar import Clauses

_TITLES = frozenset(
    {"mr", "mrs", "ms", "miss", "dr", "sir", "lord", "lady", "rev", "reverend", "father", "sister", "st", "gen", "maj",
     "lt", "col", "sgt", "capt", "cpl", "adm", "brig", "cmdr", "gov", "sen", "rep", "prof", "maj-gen", "pres", "sheik",
     "sheikh", "president", "prime", "former", "acting", "late", "vice"}
)  # fmt: skip
_PRONOUNS = frozenset({"he", "she", "it", "they", "him", "her", "them", "his", "their", "its", "who", "which", "that", "i",
                       "we", "you", "my", "our", "your", "me", "us", "this", "these", "those", "whom", "whose"})  # fmt: skip


# What may stand before a noun in its phrase; anything else there was hung on it by mistake.
_LEFT_OF_NOUN = frozenset(
    {"det", "predet", "amod", "compound", "poss", "nummod", "quantmod", "nmod", "advmod", "case", "nounmod", "npadvmod"}
)


@dataclass(frozen=True, slots=True)
class SourcePhrase:
    """One mention of a source. ``proper`` is the name in it, ``head`` its head noun in lower case, ``pronoun`` the pronoun
    where it is one, ``plural`` whether it speaks of several."""

    span: Span
    text: str
    head: str
    kind: SourceKind
    proper: str | None = None
    role: str | None = None
    affiliation: str | None = None
    pronoun: str | None = None
    plural: bool = False
    definite: bool = False
    person: bool = False


@cache
def noun_kinds() -> dict[str, SourceKind]:
    """By lemma; the first row that lists a noun decides."""
    out: dict[str, SourceKind] = {}
    for row in table("claims/source_nouns.tsv"):
        if row["kind"] in ("closing", "bystander"):
            continue
        for word in row["words"].split():
            out.setdefault(word, row["kind"])  # type: ignore[arg-type]
    return out


@cache
def source_words() -> frozenset[str]:
    """Nouns that name a source, not merely a person, with their plurals."""
    words = {word for word, kind in noun_kinds().items() if word not in _words_of("bystander")}
    return frozenset(words | {word + "s" for word in words})


@cache
def closing_source_words() -> frozenset[str]:
    """Words that close a headline as its source though a colon was lost: "… in blast monitor"."""
    return _words_of("closing")


def _words_of(kind: str) -> frozenset[str]:
    return frozenset(w for row in table("claims/source_nouns.tsv") if row["kind"] == kind for w in row["words"].split())


def read_source(
    clauses: Clauses, head: int, text: str, names: tuple[Name, ...] = (), edges: tuple[int, int] | None = None
) -> SourcePhrase:
    """The phrase that the token ``head`` heads; ``edges`` are its first and last token where the parse misleads."""
    tokens = clauses.tokens
    token = tokens[head]
    low, high = edges or _phrase_edges(clauses, head)
    span = clauses.span(low, high)
    word = token.text.casefold().strip("’'")
    if word in _PRONOUNS and token.pos in ("PRON", "DET", "SCONJ"):
        return SourcePhrase(span, span.of(text), word, "role", pronoun=word, plural=word in ("they", "them", "their"))
    plural = token.tag in ("NNS", "NNPS") or clauses.child(head, "conj") is not None
    first = tokens[low].text.casefold()
    definite = first in ("the", "this", "that", "these", "those", "its", "his", "her", "their")
    proper = _proper_name(clauses, head)
    beside = clauses.child(head, "appos")
    role, affiliation = _role(clauses, head, low), None
    lemma = token.lemma.casefold()
    kind: SourceKind
    if proper is not None:
        organisation = _is_body(proper, names, span)
        kind = "organisation" if organisation else "named"
        if beside is not None and tokens[beside].pos == "NOUN" and not organisation:
            phrase = clauses.span(*_phrase_edges(clauses, beside)).of(text)
            role = role or phrase
            affiliation = _affiliation(clauses, beside)
            if noun_kinds().get(tokens[beside].lemma.casefold()) in ("organisation", "group", "document"):
                kind = "organisation"
    else:
        kind = noun_kinds().get(lemma, "role")
        affiliation = _affiliation(clauses, head)
        named = _proper_name(clauses, beside) if beside is not None else None
        if named is not None:
            proper = named
            kind = "organisation" if kind in ("organisation", "group") else "named"
            role = tokens[head].text if kind == "named" else role
        elif kind == "role" and not definite and affiliation is None and token.tag == "NNS":
            kind = "anonymous"
        elif token.text == "police" or lemma == "police":
            kind = "organisation"
    return SourcePhrase(
        span, span.of(text), lemma, kind, proper, role, affiliation,
        plural=plural, definite=definite, person=kind == "named",
    )  # fmt: skip


def _phrase_edges(clauses: Clauses, head: int) -> tuple[int, int]:
    """The noun phrase without a relative clause or other clause at its end, and without punctuation at its edges."""
    low, high = clauses.edges[head]
    for kid in clauses.children[head]:
        if kid < head and clauses.tokens[kid].dep not in _LEFT_OF_NOUN:
            low = max(low, clauses.edges[kid][1] + 1)
        if kid > head and clauses.tokens[kid].dep in ("relcl", "acl", "advcl", "ccomp", "parataxis", "punct", "dep"):
            left = clauses.edges[kid][0]
            if clauses.tokens[kid].dep == "punct" and any(
                other > kid and clauses.tokens[other].dep in ("appos", "conj", "prep", "cc", "nmod")
                for other in clauses.children[head]
            ):
                continue
            if head < left <= high:
                high = left - 1
    while high > head and clauses.tokens[high].pos == "PUNCT":
        high -= 1
    while low < head and clauses.tokens[low].pos in ("PUNCT", "CCONJ"):
        low += 1
    return low, high


def _proper_name(clauses: Clauses, head: int) -> str | None:
    """The run of capitalised words that ends at the head, with "of …", "for …" behind a body's name."""
    tokens = clauses.tokens
    if tokens[head].pos != "PROPN":
        return None
    first = head
    while first > 0 and tokens[first - 1].tag in ("NNP", "NNPS", "JJ", "HYPH") and tokens[first - 1].text[:1].isupper():
        first -= 1
    while first < head and _titular(tokens[first].text):
        first += 1
    words = [token.text for token in tokens[first : head + 1]]
    last = head
    if noun_kinds().get(tokens[head].text.casefold()) == "organisation":
        for kid in clauses.children[head]:
            if kid == last + 1 and tokens[kid].dep == "prep" and tokens[kid].lemma in ("of", "for", "on", "against"):
                last = clauses.edges[kid][1]
                words.extend(t.text for t in tokens[head + 1 : last + 1] if t.pos != "PUNCT")
    return " ".join(words)


def _titular(word: str) -> bool:
    word = word.casefold().rstrip(".")
    return word in _TITLES or noun_kinds().get(word) == "role"


def _role(clauses: Clauses, head: int, low: int) -> str | None:
    """Words of office before a name: "Interior Minister", "government spokesman"."""
    tokens = clauses.tokens
    if tokens[head].pos != "PROPN":
        return None
    for index in range(head - 1, low - 1, -1):
        if _titular(tokens[index].text) or noun_kinds().get(tokens[index].lemma.casefold()) == "role":
            first = low + 1 if tokens[low].text.casefold() in ("a", "an", "the") else low
            return " ".join(t.text for t in tokens[first : index + 1])
    return None


def _affiliation(clauses: Clauses, head: int) -> str | None:
    """The body spoken for: "head of the observatory", "a Pentagon spokesman"."""
    tokens = clauses.tokens
    for kid in clauses.children[head]:
        if tokens[kid].dep == "prep" and tokens[kid].lemma in ("of", "for", "at", "with", "in", "from"):
            inner = clauses.child(kid, "pobj")
            if inner is not None:
                low, high = _phrase_edges(clauses, inner)
                words = [t.text for t in tokens[low : high + 1]]
                return " ".join(words[1:] if words[0].casefold() in ("the", "a", "an") else words)
    before = [
        t.text for k in clauses.children[head] if k < head and (t := tokens[k]).dep in ("compound", "amod", "poss")
    ]
    proper = [word for word in before if word[:1].isupper()]
    return " ".join(proper) or None


def _is_body(proper: str, names: tuple[Name, ...], span: Span) -> bool:
    """Whether a proper name is that of a body: the lexicon of names says so, or one of its words does, or it is an acronym."""
    for name in names:
        if span.overlaps(name.span) and name.kind in ("organisation", "group", "state"):
            return True
    words = proper.replace("-", " ").split()
    if any(noun_kinds().get(word.casefold()) in ("organisation", "group") for word in words):
        return True
    return len(words) == 1 and len(proper) > 1 and proper.isupper()
