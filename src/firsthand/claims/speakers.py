"""Whom pronouns and short forms stand for, within one report: a stack of those who have spoken so far."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache

from firsthand.model import SourceKind

from .source_nouns import noun_kinds
from .sources import SourcePhrase

_ASIDE = re.compile(r",| [–—-] ")
# Nouns that a report uses for any body named before: "the group", "the London-based organisation".
GENERIC_BODIES = frozenset(
    {"group", "organisation", "organization", "agency", "monitor", "watchdog", "body", "outlet", "broadcaster", "channel",
     "network", "newspaper", "paper", "company", "party", "movement", "statement", "report", "document", "study", "survey",
     "site", "website"}
)  # fmt: skip
_BODIES = frozenset({"organisation", "group", "document"})
_PERSONS = frozenset({"named", "role", "anonymous"})
_OF = re.compile(r"\s(?:of|for|in|from|at|with)\s")
# Who leads a body, by whatever word: "the head of the agency", "the agency's chief".
_LEADERS = frozenset({"head", "chief", "director", "leader", "chairman", "chairwoman", "chair", "chairperson"})
# Nouns by which a report takes up one who holds an office of a kind, and those that tell no more than the sex.
_RANKS = frozenset(
    {"general", "colonel", "major", "captain", "lieutenant", "sergeant", "brigadier", "admiral", "commander", "policeman",
     "inspector", "constable", "superintendent"}
)  # fmt: skip
_GENERIC_PERSONS = {
    "officer": _RANKS,
    "official": _LEADERS
    | {"minister", "governor", "mayor", "secretary", "spokesman", "spokeswoman", "deputy", "commissioner", "prefect",
       "administrator", "envoy", "diplomat"},
}  # fmt: skip
_OTHERS = frozenset({"another", "a second", "a third"})
_OF_SEX = {"man": "male", "woman": "female"}
_PERSONAL = frozenset({"he", "she", "him", "her", "his"})
_NEUTRAL = frozenset({"it", "its", "which", "this", "that"})
_FIRST = frozenset({"i", "we", "my", "our", "me", "us"})
# What may qualify a generic noun that means a body named before: "the London-based monitoring group".
_QUALIFIERS = frozenset(
    {"the", "this", "that", "same", "monitoring", "monitor", "human", "rights", "aid", "based", "united", "new"}
)


@dataclass(slots=True)
class Speaker:
    """Someone who has spoken: the name the report first gave in full, and the nouns used for them."""

    name: str
    kind: SourceKind
    plural: bool = False
    proper: bool = False
    heads: set[str] = field(default_factory=set)
    role: str | None = None
    affiliation: str | None = None
    sex: str | None = None
    place: bool = False
    words: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Speakers:
    """The stack; the last to speak is on top. ``full_name`` gives the report's full form of a surname, or None."""

    full_name: Callable[[str], str | None]
    stack: list[Speaker] = field(default_factory=list)

    def resolve(
        self,
        phrase: SourcePhrase,
        *,
        antecedent: SourcePhrase | None = None,
        subject: SourcePhrase | None = None,
        introduced: SourcePhrase | None = None,
        push: bool = True,
    ) -> Speaker:
        """The speaker that ``phrase`` means.

        ``antecedent`` is what a relative pronoun stands for, ``subject`` whom the sentence before was about, ``introduced``
        what an article brought in shortly before under the same noun. With ``push`` the speaker comes to the top: those who
        are only said to have spoken do not take the floor.
        """
        if phrase.pronoun in _FIRST:
            return Speaker("", "narrator", phrase.plural)
        if phrase.pronoun is not None and antecedent is not None:
            return self.resolve(antecedent, push=push)
        if phrase.pronoun is not None:
            speaker = self._pronoun(phrase, subject)
        else:
            speaker = self._named(phrase) if phrase.proper else self._described(phrase, introduced)
            speaker.heads |= phrase.heads | _offices(phrase.role)
            speaker.words |= set(phrase.text.casefold().replace("-", " ").split())
        speaker.role = speaker.role or phrase.role
        speaker.affiliation = speaker.affiliation or phrase.affiliation
        if push:
            speaker.sex = speaker.sex or phrase.sex  # a "he" inside somebody's words tells nothing of the speaker
            if speaker in self.stack:
                self.stack.remove(speaker)
            self.stack.append(speaker)
        return speaker

    def _pronoun(self, phrase: SourcePhrase, subject: SourcePhrase | None) -> Speaker:
        if subject is not None and _agrees(phrase, subject):
            speaker = self._named(subject) if subject.proper else self._described(subject, None)
            speaker.heads |= subject.heads
            speaker.role = speaker.role or subject.role
            return speaker
        for speaker in reversed(self.stack):
            if _may_mean(phrase, speaker):
                return speaker
        return Speaker(phrase.text, phrase.kind, phrase.plural)

    def _named(self, phrase: SourcePhrase) -> Speaker:
        name = phrase.proper or phrase.text
        mine = _words(name)
        acronym = name.replace(".", "")
        for speaker in reversed(self.stack):
            if not speaker.proper or not mine:
                continue
            theirs = _words(speaker.name)
            if acronym.isupper() and len(acronym) > 1 and acronym == _initials(speaker.name):
                return speaker
            if _short_of(mine, theirs, body=phrase.kind == "organisation"):
                return speaker
            if _short_of(theirs, mine, body=phrase.kind == "organisation"):
                speaker.name = name
                return speaker
        full = self.full_name(name) if " " not in name else None
        return Speaker(full or name, phrase.kind, phrase.plural, proper=True, place=phrase.place)

    def _described(self, phrase: SourcePhrase, introduced: SourcePhrase | None) -> Speaker:
        if phrase.definite:
            for speaker in reversed(self.stack):
                if phrase.plural == speaker.plural and _takes_up(phrase, speaker):
                    return self._named_since(speaker, phrase) or speaker
            if introduced is not None and introduced.plural == phrase.plural:
                name = introduced.proper or _bare(introduced.text)
                return Speaker(name, introduced.kind, phrase.plural, proper=introduced.proper is not None)
            person = self._generic_person(phrase)
            if person is not None:
                return person
            if phrase.heads & GENERIC_BODIES and is_short_form(phrase.text) and not phrase.plural:
                for speaker in reversed(self.stack):
                    if speaker.kind in _BODIES and not speaker.plural and not speaker.place:
                        return speaker
        return Speaker(phrase.wording or self._another(phrase) or _bare(phrase.text), phrase.kind, phrase.plural)

    def _another(self, phrase: SourcePhrase) -> str | None:
        """Behind "one resident", "another" is "another resident"."""
        if phrase.text.casefold() not in _OTHERS or not self.stack or self.stack[-1].kind not in ("anonymous", "role"):
            return None
        noun = min((head for head in self.stack[-1].heads if head in noun_kinds()), default=None)
        return f"{phrase.text.casefold()} {noun}" if noun is not None else None

    def _generic_person(self, phrase: SourcePhrase) -> Speaker | None:
        """Whom "the official", "the officer", "the woman", "the latter" mean: the last to have spoken, if that can be."""
        noun = next(iter(phrase.heads), "")
        if phrase.plural or not self.stack or not is_short_form(phrase.text):
            return None
        last = self.stack[-1]
        if noun in ("latter", "former"):
            return self.stack[-1 if noun == "latter" else -2] if len(self.stack) > 1 else None
        if last.kind not in _PERSONS or last.plural:
            return None
        fits = last.heads & _GENERIC_PERSONS.get(noun, frozenset()) or (noun in _OF_SEX and last.sex == _OF_SEX[noun])
        return last if fits else None

    def _named_since(self, speaker: Speaker, phrase: SourcePhrase) -> Speaker | None:
        """The body named after an unnamed one had spoken: of "a monitor … the Hill Observatory … the monitor" the Observatory."""
        if (
            speaker.proper
            or speaker.kind not in _BODIES
            or not phrase.heads & GENERIC_BODIES
            or not is_short_form(phrase.text)
        ):
            return None
        later = self.stack[self.stack.index(speaker) + 1 :]
        named = (s for s in reversed(later) if s.proper and s.kind in _BODIES and not s.plural and not s.place)
        return next(named, None)


def _offices(role: str | None) -> frozenset[str]:
    """The nouns that name the office in a role: of "head of the civil defence" the head."""
    if role is None:
        return frozenset()
    words = _OF.split(role.casefold(), maxsplit=1)[0].split()
    return frozenset(word for word in words if noun_kinds().get(word) == "role")


def _takes_up(phrase: SourcePhrase, speaker: Speaker) -> bool:
    """Whether a description means the speaker: it has a noun of his, and says nothing of him that was not said before ("the
    minister" may be the interior minister, "the foreign minister" not)."""
    shared = phrase.heads & speaker.heads
    if not shared:
        leads = phrase.heads & _LEADERS and speaker.heads & _LEADERS
        same = phrase.affiliation is not None and speaker.affiliation is not None
        return bool(leads) and same and (phrase.affiliation or "").casefold() == (speaker.affiliation or "").casefold()
    if speaker.kind in _BODIES:
        return True
    known = speaker.words | _QUALIFIERS | phrase.heads
    words = _words_before_of(phrase.text)
    return all(word in known or word[:1].isdigit() or word == "old" for word in words)


def _words_before_of(text: str) -> list[str]:
    """The words of a description up to what follows its noun: "the captain of the crew" says no more than "the captain"."""
    start = _OF.split(_ASIDE.split(text, maxsplit=1)[0] or text, maxsplit=1)[0]
    return start.casefold().replace("-", " ").replace("’s", "").replace("'s", "").split()


def _agrees(phrase: SourcePhrase, subject: SourcePhrase) -> bool:
    """Whether a pronoun can take up the subject that stands right before it: a named person, or a body that may speak."""
    if subject.pronoun is not None:
        return False
    if phrase.pronoun in _PERSONAL:
        named = subject.kind == "named" and subject.proper is not None
        known = any(noun_kinds().get(head) in ("role", "anonymous") for head in subject.heads)
        office = subject.kind in ("role", "anonymous") and subject.definite and known
        return (named or office) and not subject.plural and subject.sex in (None, phrase.sex)
    # A proper name that "it" takes up right after is a body's, whatever the parser took it for.
    named = phrase.pronoun == "it" and subject.kind == "named" and subject.proper is not None and subject.sex is None
    return (named or subject.kind in ("organisation", "group")) and subject.plural == phrase.plural


def _may_mean(phrase: SourcePhrase, speaker: Speaker) -> bool:
    """Whether a pronoun can stand for the speaker, by number, by being a person or a body, and by sex."""
    if phrase.pronoun in _PERSONAL:
        person = not speaker.plural and speaker.kind in ("named", "role", "anonymous")
        return person and (phrase.sex is None or speaker.sex in (None, phrase.sex))
    if phrase.pronoun in _NEUTRAL:
        return speaker.kind in _BODIES and not speaker.plural
    return phrase.plural and (speaker.plural or speaker.kind in _BODIES)


def is_short_form(text: str) -> bool:
    """Whether a description only takes up a body named before: "the group", "the London-based monitoring group"; not "the
    state news agency", which names one."""
    words = text.split()
    return all(word.casefold() in _QUALIFIERS or word.casefold().endswith("based") for word in words[:-1])


def _short_of(short: tuple[str, ...], full: tuple[str, ...], *, body: bool) -> bool:
    """Whether ``short`` is a short form of ``full``: the same, a surname, or some words of a body's name."""
    if short == full:
        return True
    if body:
        known = any(noun_kinds().get(word) == "organisation" for word in short)
        return bool(short) and set(short) < set(full) and (known or len(short) * 3 >= len(full))
    return len(short) < len(full) and full[-len(short) :] == short


def _bare(text: str) -> str:
    """A description without its article and without what follows a comma or a dash."""
    text = _ASIDE.split(text, maxsplit=1)[0] or text
    first, _, rest = text.partition(" ")
    return rest if first.casefold() in ("the", "a", "an") and rest else text


@lru_cache(maxsize=4096)
def _words(text: str) -> tuple[str, ...]:
    cleaned = "".join(ch if ch.isalnum() else " " for ch in text.casefold())
    return tuple(
        word for word in cleaned.split() if word not in ("the", "a", "an", "of", "for", "and", "s", "al", "el")
    )


def _initials(name: str) -> str:
    return "".join(word[0] for word in name.split() if word[0].isupper())
