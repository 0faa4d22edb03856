"""Whom pronouns and short forms stand for, within one report: a stack of those who have spoken so far."""

from __future__ import annotations

from dataclasses import dataclass, field

from firsthand.model import SourceKind

from .sources import SourcePhrase

# Nouns that a report uses for any body named before: "the group", "the organisation".
_GENERIC_BODIES = frozenset(
    {"group", "organisation", "organization", "agency", "monitor", "watchdog", "body", "outlet", "broadcaster", "channel",
     "network", "newspaper", "paper", "company", "party", "movement", "statement", "report", "document", "study", "survey",
     "site", "website", "observatory", "ministry", "army", "military"}
)  # fmt: skip
_PERSONAL = frozenset({"he", "she", "him", "her", "his"})
_FIRST = frozenset({"i", "we", "my", "our", "me", "us"})


@dataclass(slots=True)
class Speaker:
    """Someone who has spoken: the name the report first gave in full, and every word used for them."""

    name: str
    kind: SourceKind
    plural: bool
    words: set[str] = field(default_factory=set)
    role: str | None = None
    affiliation: str | None = None


@dataclass(slots=True)
class Speakers:
    """The stack; the last to speak is on top."""

    stack: list[Speaker] = field(default_factory=list)

    def resolve(self, phrase: SourcePhrase, antecedent: SourcePhrase | None = None) -> Speaker:
        """The speaker that ``phrase`` means; known speakers move to the top, new ones are put there."""
        if phrase.pronoun is not None:
            speaker = self._pronoun(phrase, antecedent)
        else:
            speaker = self._named(phrase) if phrase.proper else self._described(phrase)
        if speaker in self.stack:
            self.stack.remove(speaker)
        if phrase.pronoun not in _FIRST:
            self.stack.append(speaker)
        speaker.words.update(_words(phrase.text))
        speaker.role = speaker.role or phrase.role
        speaker.affiliation = speaker.affiliation or phrase.affiliation
        return speaker

    def _pronoun(self, phrase: SourcePhrase, antecedent: SourcePhrase | None) -> Speaker:
        word = phrase.pronoun
        if word in _FIRST:
            return Speaker("", "narrator", word in ("we", "our", "us"))
        if antecedent is not None:
            return self.resolve(antecedent)
        for speaker in reversed(self.stack):
            if word in _PERSONAL and not speaker.plural and speaker.kind in ("named", "role", "anonymous"):
                return speaker
            if word in ("it", "its", "which", "this", "that") and speaker.kind in ("organisation", "group", "document"):
                return speaker
            if word in ("they", "them", "their") and (speaker.plural or speaker.kind in ("organisation", "group")):
                return speaker
        return Speaker(phrase.text, phrase.kind, phrase.plural)

    def _named(self, phrase: SourcePhrase) -> Speaker:
        name = phrase.proper or phrase.text
        mine = _words(name)
        acronym = name.replace(".", "")
        for speaker in reversed(self.stack):
            theirs = _words(speaker.name)
            if (
                mine == theirs
                or (mine and mine <= theirs)
                or (acronym.isupper() and acronym == _initials(speaker.name))
            ):
                return speaker
            if theirs and theirs < mine:
                speaker.name = name
                return speaker
        return Speaker(name, phrase.kind, phrase.plural)

    def _described(self, phrase: SourcePhrase) -> Speaker:
        if phrase.definite:
            words = _words(phrase.text)
            for speaker in reversed(self.stack):
                if phrase.head in speaker.words and (phrase.plural == speaker.plural):
                    return speaker
            if phrase.head in _GENERIC_BODIES and len(words) <= 3:
                for speaker in reversed(self.stack):
                    if speaker.kind in ("organisation", "group", "document") and not speaker.plural:
                        return speaker
        return Speaker(_bare(phrase.text), phrase.kind, phrase.plural)


def _bare(text: str) -> str:
    first, _, rest = text.partition(" ")
    return rest if first.casefold() in ("the", "a", "an") and rest else text


def _words(text: str) -> set[str]:
    cleaned = "".join(ch if ch.isalnum() else " " for ch in text.casefold())
    return {word for word in cleaned.split() if word not in ("the", "a", "an", "of", "for", "and", "s")}


def _initials(name: str) -> str:
    return "".join(word[0] for word in name.split() if word[0].isupper())
