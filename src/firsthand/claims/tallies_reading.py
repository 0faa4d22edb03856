"""A sentence as the tallies read it, and the mentions of victims in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from firsthand.model import Name, Outcome, Quantity, Sentence, Span, Token, VictimClass

from .tallies_lexicon import OutcomeWord

Kind: TypeAlias = Literal["count", "vague", "single", "definite", "plural", "named", "zero"]
Voice: TypeAlias = Literal["active", "passive", "participle", "state", "noun"]


@dataclass(slots=True)
class Mention:
    """Candidate victims: tokens ``first``–``last`` (included), ``head`` the noun or, where it is left out, the number.

    ``state`` is an outcome said inside the phrase itself ("two wounded men", "22 bodies"). ``partitive``: a part of something
    named before ("two of them"). ``elided``: its noun is to be taken from the mention before ("19 wounded", "20 others").
    ``sure``: its noun is known to be one for people. ``persons``: how many a phrase without a number names one by one.
    """

    first: int
    last: int
    head: int
    kind: Kind
    quantity: Quantity | None
    classes: tuple[VictimClass, ...]
    count_span: Span
    state: Outcome | None = None
    counted_noun: bool = False
    partitive: bool = False
    elided: bool = False
    sure: bool = True
    building: bool = False
    persons: int = 1


@dataclass(slots=True)
class Trigger:
    """An outcome word at tokens ``first``–``last``; ``parted``: its tail stands behind the victims; ``hedged``: it may have
    happened, nobody says that it did."""

    first: int
    last: int
    word: OutcomeWord
    voice: Voice
    factual: bool = True
    negated: bool = False
    parted: bool = False
    hedged: bool = False

    @property
    def outcome(self) -> Outcome:
        return self.word.outcome


@dataclass(slots=True)
class Link:
    """``mention`` suffered ``outcome``; ``rule`` names how that was read. ``whole`` is the mention it is a part of."""

    mention: Mention
    outcome: Outcome
    rule: str
    trigger: Trigger | None = None
    whole: Mention | None = None

    @property
    def end(self) -> int:
        """The last token of the victims and of what befell them."""
        return max(self.mention.last, self.trigger.last if self.trigger is not None else 0)


@dataclass(slots=True)
class Reading:
    """A sentence with its words in lower case and its mentions."""

    text: str
    sentence: Sentence
    low: tuple[str, ...]
    mentions: list[Mention] = field(default_factory=list)
    names: Sequence[Name] = ()
    tokens: tuple[Token, ...] = field(init=False)

    def __post_init__(self) -> None:
        self.tokens = self.sentence.tokens

    def mention_of(self, index: int) -> Mention | None:
        """The mention that covers the token at ``index``."""
        return next((m for m in self.mentions if m.first <= index <= m.last), None)

    def words(self, first: int, last: int) -> str:
        return self.text[self.tokens[first].start : self.tokens[last].end]

    def span(self, first: int, last: int) -> Span:
        return Span(self.tokens[first].start, self.tokens[last].end)
