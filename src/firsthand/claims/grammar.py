"""Small questions to a parsed sentence that every reading of claims asks: edges, subjects, complements, voice."""

from __future__ import annotations

from functools import cached_property

from firsthand.model import Sentence, Span, Token

# A comma, or a closing mark behind one.
CLOSERS = frozenset({",", "”", '"', "''", "’"})
# Verbs of speech that, joined to a reported clause, go on with the reporter: "He said the mine was shut and added …".
RESUMING = frozenset(
    {"say", "add", "note", "tell", "warn", "urge", "call", "acknowledge", "insist", "deny", "accuse", "vow"}
)
# Participles that go on with the reporter even where a comma was lost: "The committee said a plane crashed adding that …".
ADDING = frozenset({"add", "note", "stress", "cite"})
# With a curly apostrophe the parser takes "n’t" for a subject.
NEGATIONS = frozenset({"n't", "n’t", "not", "never", "neither", "nor"})
# "He had himself counted nine": no subject of its own.
_REFLEXIVE = ("self", "selves")
SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
FINITE = frozenset({"VBD", "VBZ", "VBP"})


# How a verb without a subject of its own may hang on the verb whose subject it takes.
_CONTROLLED = frozenset({"conj", "xcomp", "advcl", "ccomp", "pcomp", "prep", "dep", "acomp"})
# Chains of verbs longer than this are parser errors.
_CLIMB = 8


class Clauses:
    """A parsed sentence with what is asked of it again and again computed once."""

    def __init__(self, sentence: Sentence) -> None:
        self.sentence = sentence
        self.tokens: tuple[Token, ...] = sentence.tokens
        self.children = sentence.children

    @cached_property
    def edges(self) -> list[tuple[int, int]]:
        """For each token the first and last index of its subtree."""
        heads = [token.head for token in self.tokens]
        low = list(range(len(heads)))
        high = list(range(len(heads)))
        for index in range(len(heads)):
            node = index
            for _ in heads:
                head = heads[node]
                if head == node:
                    break
                if index < low[head]:
                    low[head] = index
                elif index > high[head]:
                    high[head] = index
                node = head
        return list(zip(low, high, strict=True))

    @cached_property
    def words(self) -> frozenset[str]:
        """All words of the sentence in small letters, for rules that look for one before they walk the parse."""
        return frozenset(token.text.lower() for token in self.tokens)

    @cached_property
    def last_word(self) -> int:
        """The index of the last token but for a full stop."""
        end = len(self.tokens) - 1
        return end - 1 if end > 0 and self.tokens[end].text == "." else end

    def child(self, index: int, *labels: str) -> int | None:
        """The first dependent with one of ``labels``."""
        for kid in self.children[index]:
            if self.tokens[kid].dep in labels:
                return kid
        return None

    def kids(self, index: int, *labels: str) -> list[int]:
        return [kid for kid in self.children[index] if self.tokens[kid].dep in labels]

    def owner(self, index: int, prepositions: frozenset[str]) -> int | None:
        """Whose the noun is: "the army's claim", or with one of ``prepositions`` "a claim by the army"."""
        owner = self.child(index, "poss")
        if owner is not None:
            return owner
        by = next((kid for kid in self.kids(index, "prep") if self.tokens[kid].lemma in prepositions), None)
        return self.child(by, "pobj") if by is not None else None

    def span(self, first: int, last: int) -> Span:
        """From token ``first`` to token ``last``, both included."""
        return Span(self.tokens[first].start, self.tokens[last].end)

    def subject(self, index: int) -> int | None:
        """The token that heads the subject of the verb at ``index``: its own, or the one it shares or is controlled by.

        A participle or an infinitive takes the subject of the verb above it, a verb joined by "and" that of the first
        one, a reduced relative clause the noun it stands with ("a man calling himself …"), except where that noun is what
        somebody issues ("the army issued a statement saying …": the army).
        """
        for _ in range(_CLIMB):
            found = self.own_subject(index)
            if found is not None:
                return found
            token = self.tokens[index]
            head = token.head
            if head == index:
                return None
            reporter = self.reporter(index)
            if reporter is not None:
                return self.subject(reporter)
            if token.dep in ("acl", "relcl"):
                if self.tokens[head].dep == "dobj" and token.tag == "VBG":
                    issuer = self.subject(self.tokens[head].head)
                    return head if issuer is None else issuer
                return head if self.tokens[head].pos in ("NOUN", "PROPN", "PRON") else None
            if token.dep == "pcomp" and self.tokens[head].text.casefold() == "as":
                quoted = self.child(self.tokens[head].head, "dobj")
                return self.subject(self.tokens[head].head) if quoted is None else quoted
            if token.dep not in _CONTROLLED:
                return None
            index = head
        return None

    def own_subject(self, index: int) -> int | None:
        """The verb's own subject; of several, which a misread quotation gives, the nearest. Behind its verb a subject follows
        at once."""
        found = [
            kid
            for kid in self.kids(index, *SUBJECTS, "expl")
            if self.tokens[kid].text.casefold() not in NEGATIONS and not self.tokens[kid].text.endswith(_REFLEXIVE)
        ]
        if len(found) > 1 and self._renames(found[-2], found[-1]):
            found.pop()
        adjoining = [kid for kid in found if kid < index or self.edges[kid][0] == index + 1]
        return min(adjoining or found, key=lambda kid: abs(kid - index)) if found else None

    def _renames(self, first: int, second: int) -> bool:
        """Whether the second of two subjects describes the first, from which it lost its comma: "The Hill Watch a rights group
        said"."""
        low = self.edges[second][0]
        article = self.tokens[low].text.casefold() in ("a", "an")
        return article and low == self.edges[first][1] + 1 and self.tokens[first].tag.startswith("NNP")

    def phrase_before(self, index: int) -> tuple[int, int] | None:
        """First and last token of the noun phrase that ends right before the verb, for verbs whose subject the parser
        hung elsewhere: "In a statement to the agency a police source said that …"."""
        last = index - 1
        while last > 0 and self.tokens[last].pos in ("AUX", "ADV"):
            last -= 1
        if last < 0 or self.tokens[last].pos not in ("NOUN", "PROPN", "PRON"):
            return None
        head = last
        while True:
            above = self.tokens[head].head
            if self.tokens[head].dep == "pobj" and self.tokens[self.tokens[above].head].pos in ("NOUN", "PROPN"):
                head = self.tokens[above].head
            elif self.tokens[head].dep in ("compound", "nmod", "appos", "amod") and above > head:
                head = above
            else:
                break
            if self.tokens[head].head == head or head > last:
                break
        return min(head, self.edges[head][0]), last

    def nobody(self, index: int) -> bool:
        """Whether the noun phrase means no one: "no group", "nobody"."""
        none = self.tokens[index].text.casefold() in ("nobody", "none", "noone", "neither")
        return none or any(
            self.tokens[kid].text.casefold() in ("no", "neither") for kid in self.kids(index, "det", "preconj")
        )

    def indefinite(self, index: int) -> bool:
        """Whether an article brings the noun in: "a group"."""
        article = self.child(index, "det")
        return article is not None and self.tokens[article].text.casefold() in ("a", "an", "another")

    def given_name(self, index: int, text: str) -> str | None:
        """The name that a clause gives the noun: "a group calling itself the Free Hill Brigade", "known as the Reds"."""
        for kid in range(index + 1, self.edges[index][1] + 1):
            naming = self.tokens[kid].lemma in ("call", "name", "know", "dub")
            if not naming or self.tokens[kid].dep not in ("acl", "relcl"):
                continue
            low, high = kid + 1, self.edges[kid][1]
            while low < high and not self.tokens[low].text[:1].isupper():
                low += 1
            while high > low and not self.tokens[high].text[:1].isupper():
                high -= 1
            if self.tokens[low].text[:1].isupper():
                return self.span(low, high).of(text)
        return None

    def before_parenthesis(self, index: int) -> int:
        """``index``, or the index of the mark that opens the parenthesis which closes right before the verb: "The league –
        a union of nine clubs – said"."""
        mark = self.tokens[index - 1].text if index else ""
        if mark in ("–", "—", "-", "--"):
            for opener in range(index - 2, 0, -1):
                if self.tokens[opener].text == mark:
                    return opener
        return index

    def reporter(self, index: int) -> int | None:
        """The reporting verb whose subject a verb inside its clause really has: "She said the boat sank, adding that …",
        "She said the boat sank and called for help", where the parser hangs the second verb on "sank"."""
        token = self.tokens[index]
        before = self.tokens[self.edges[index][0] - 1].text if self.edges[index][0] else ""
        trailing = token.dep == "advcl" and token.tag == "VBG" and (before in CLOSERS or token.lemma in ADDING)
        tense = self.tense(index) if token.dep == "conj" and self.own_subject(index) is None else None
        if not trailing and tense is None:
            return None
        found = None
        for above in self.sentence.ancestors(index):
            head = self.tokens[above].head
            if self.tokens[above].dep != "ccomp" or above < head or self.own_subject(head) is None:
                continue
            inner = self.own_subject(above)
            empty = inner is not None and self.tokens[inner].text.casefold() == "there"
            shift = self.tense(above) != tense or token.lemma in RESUMING
            if trailing or (tense == self.tense(head) and (empty or shift)):
                found = head
        return found

    def tense(self, index: int) -> str | None:
        """The tag that shows the verb's tense: its own, or that of "did", "does", "do" before it; None where not finite."""
        if self.tokens[index].tag in FINITE:
            return self.tokens[index].tag
        support = self.child(index, "aux")
        if support is not None and self.tokens[support].lemma == "do" and self.tokens[support].tag in FINITE:
            return self.tokens[support].tag
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
            if token.dep == "neg" or token.text.casefold() in NEGATIONS:
                return True
        above = self.tokens[index].head
        joined = self.tokens[index].dep == "conj"  # "neither confirmed nor denied"
        return joined and any(self.tokens[kid].text.casefold() == "neither" for kid in self.children[above])

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
