"""Small questions to a parsed sentence that every reading of claims asks: edges, subjects, complements, voice."""

from __future__ import annotations

from functools import cached_property

from firsthand.model import Sentence, Span, Token

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})


class Clauses:
    """A parsed sentence with what is asked of it again and again computed once."""

    def __init__(self, sentence: Sentence) -> None:
        self.sentence = sentence
        self.tokens: tuple[Token, ...] = sentence.tokens
        self.children = sentence.children

    @cached_property
    def edges(self) -> list[tuple[int, int]]:
        """For each token the first and last index of its subtree."""
        low = list(range(len(self.tokens)))
        high = list(range(len(self.tokens)))
        for index in range(len(self.tokens)):
            node, steps = index, 0
            while self.tokens[node].head != node and steps < len(self.tokens):
                node, steps = self.tokens[node].head, steps + 1
                low[node] = min(low[node], index)
                high[node] = max(high[node], index)
        return list(zip(low, high, strict=True))

    def child(self, index: int, *labels: str) -> int | None:
        """The first dependent with one of ``labels``."""
        for kid in self.children[index]:
            if self.tokens[kid].dep in labels:
                return kid
        return None

    def kids(self, index: int, *labels: str) -> list[int]:
        return [kid for kid in self.children[index] if self.tokens[kid].dep in labels]

    def span(self, first: int, last: int) -> Span:
        """From token ``first`` to token ``last``, both included."""
        return Span(self.tokens[first].start, self.tokens[last].end)

    def subject(self, index: int) -> int | None:
        """The token that heads the subject of the verb at ``index``: its own, or the one it shares or is controlled by.

        A participle or an infinitive takes the subject of the verb above it, a verb joined by "and" that of the first
        one, a reduced relative clause the noun it stands with.
        """
        steps = 0
        while steps < 8:
            found = self.child(index, *SUBJECTS, "expl")
            if found is not None:
                return found
            token = self.tokens[index]
            if token.head == index:
                return None
            if token.dep in ("acl", "relcl"):
                return token.head if self.tokens[token.head].pos in ("NOUN", "PROPN", "PRON") else None
            if token.dep in ("conj", "xcomp", "advcl", "ccomp", "pcomp", "prep", "dep"):
                index, steps = token.head, steps + 1
                continue
            return None
        return None

    def antecedent(self, index: int) -> int | None:
        """The noun that the relative pronoun at ``index`` stands for."""
        for above in self.sentence.ancestors(index):
            if self.tokens[above].dep == "relcl":
                return self.tokens[above].head
        return None

    def passive(self, index: int) -> bool:
        return self.child(index, "auxpass", "nsubjpass") is not None

    def negated(self, index: int) -> bool:
        """Whether the verb is denied by "not", "never", or a negative subject."""
        for kid in self.children[index]:
            token = self.tokens[kid]
            if token.dep == "neg" or token.text.casefold() in ("never", "neither", "nor"):
                return True
        return False

    def verb_group(self, index: int) -> tuple[int, int]:
        """First and last index of the verb with its auxiliaries, negation, particle and the adverbs between them."""
        first = last = index
        for kid in self.children[index]:
            token = self.tokens[kid]
            if token.dep in ("aux", "auxpass", "neg"):
                first = min(first, kid) if index - kid <= 4 else first
            elif token.dep == "prt" and kid - index <= 2:
                last = max(last, kid)
        return first, last
