"""Whose a document is: "a statement by the army", "the ministry's website", "figures released by the union", "a UN report". What it
says its author says, so that the army counts once however it speaks."""

from __future__ import annotations

from .grammar import Clauses
from .reading import Reading
from .source_nouns import noun_kinds
from .sources import SourcePhrase, read_source

# Where a body prints what it says, beside the nouns for documents.
_PLACES = frozenset({"website", "site", "page", "channel", "account", "feed", "blog"})
_WRITERS = frozenset({"by", "from"})
# "A statement of the army" is the army's; a video of the army shows it.
_OF = frozenset(
    {"statement", "communique", "communiqué", "message", "bulletin", "dispatch", "record", "website", "page", "channel"}
)
# Papers that another body writes about somebody, and what a crowd only adds up to.
_NOT_WRITTEN = frozenset({"footage", "video", "photo", "image", "poll", "survey", "evidence", "law", "bill"})


def author(reading: Reading, at: int, head: int, phrase: SourcePhrase) -> SourcePhrase | None:
    """The phrase for whoever speaks in the document that the token ``head`` names; None where the words do not say."""
    clauses = reading.clauses[at]
    lemma = clauses.tokens[head].lemma.casefold()
    if phrase.proper is not None or (phrase.kind != "document" and lemma not in _PLACES):
        return None
    owner = _owner(reading, clauses, head, lemma)
    if owner is None:
        return None
    found = read_source(clauses, owner, reading.text, reading.layer.names)
    pronoun = clauses.tokens[owner].tag == "PRP$"
    if pronoun:
        return found
    body = found.kind in ("organisation", "group", "named", "role") and not found.place and not found.plural
    return found if body and not _somewhere(reading, clauses, owner) else None


def _owner(reading: Reading, clauses: Clauses, head: int, lemma: str) -> int | None:
    possessor = clauses.child(head, "poss")
    if possessor is not None:
        return possessor
    if lemma in _NOT_WRITTEN:
        return None
    for kid in clauses.kids(head, "prep"):
        word = clauses.tokens[kid].lemma
        if kid > head and (word in _WRITERS or (word == "of" and lemma in _OF)):
            return clauses.child(kid, "pobj")
    for kid in clauses.kids(head, "acl"):
        by = clauses.child(kid, "agent")
        if by is not None and clauses.tokens[kid].lemma in (
            "release",
            "publish",
            "issue",
            "print",
            "post",
            "compile",
            "keep",
        ):
            return clauses.child(by, "pobj")
    for kid in clauses.kids(head, "compound", "nmod"):
        span = clauses.tokens[kid].span
        if any(name.span.covers(span) and name.kind == "organisation" for name in reading.layer.names):
            return kid
    return None


def _somewhere(reading: Reading, clauses: Clauses, index: int) -> bool:
    """Whether the words are a place: "reports from Mariupol"."""
    token = clauses.tokens[index]
    named = any(place.span.covers(token.span) for place in reading.layer.places)
    return named and noun_kinds().get(token.lemma.casefold()) is None
