"""Where a source's phrase begins and ends: what the parse hangs on its noun and the writer did not mean as part of it."""

from __future__ import annotations

from .grammar import Clauses
from .source_nouns import CALENDAR, noun_kinds

# A dateline has at most this many tokens before its dash: "WASHINGTON, March 3 (Reuters) —".
_DATELINE = 12
# What may stand before a noun in its phrase; anything else there was hung on it by mistake.
_LEFT_OF_NOUN = frozenset(
    {"det", "predet", "amod", "compound", "poss", "nummod", "quantmod", "nmod", "advmod", "case", "nounmod", "npadvmod"}
)


def behind_opening(clauses: Clauses, low: int, head: int) -> int:
    """First token without what opens the sentence and not the phrase: a day, an adverb ("Meanwhile a doctor said"), a line of
    tags, a participle that has lost its comma ("Citing partners the agency said")."""
    tokens = clauses.tokens
    low = max([low, *(i + 1 for i in range(low, head) if tokens[i].text in _MARKS)])
    if tokens[low].text.casefold() in _CITING_WORDS or tokens[low].text == "Tags":
        low = head
        while low > 0 and tokens[low - 1].head == head and tokens[low - 1].tag in ("DT", "JJ", "NN"):
            low -= 1
        return low
    while low < head and (tokens[low].text.casefold() in CALENDAR | _OPENINGS or _is_year(tokens[low].text)):
        low += 1
    article = next((i for i in range(head - 1, low, -1) if tokens[i].head == head and tokens[i].dep == "det"), None)
    if article is not None and tokens[article].text.casefold() in ("a", "an") and tokens[low].tag.startswith("NNP"):
        return article  # "… officers of the Free Army a monitor said"
    return low


_MARKS = frozenset({"“", "”", '"', "''", "``"})
_CITING_WORDS = frozenset({"citing", "quoting"})
_OPENINGS = frozenset({"meanwhile", "however", "later", "earlier", "elsewhere", "separately", "afterwards", "also"})


def behind_dateline(clauses: Clauses, low: int, head: int, high: int) -> tuple[int, int]:
    """First token and head without a dateline in front that the parser took for part of the phrase ("ADEN (AP) — A …")."""
    tokens = clauses.tokens
    dash = next((i for i in range(low, high) if tokens[i].text in ("—", "–", "--", "-") and i - low <= _DATELINE), None)
    if low != 0 or dash is None or not tokens[low].text.isupper() or len(tokens[low].text) == 1:
        return low, head
    if tokens[dash].start == tokens[dash - 1].end:
        return low, head  # "AL-QAEDA said"
    if head > dash:
        return dash + 1, head
    behind = [i for i in range(dash + 1, high + 1) if tokens[i].tag.startswith(("NN", "PRP"))]
    top = next((i for i in behind if not dash < tokens[i].head <= high), None)
    return (dash + 1, top) if top is not None else (low, head)


def with_bracket(clauses: Clauses, low: int, high: int) -> int:
    """The phrase's end with a bracket that it opens: "the Forces (PMF)"."""
    tokens = clauses.tokens
    opened = any(t.text == "(" for t in tokens[low : high + 1]) and not any(
        t.text == ")" for t in tokens[low : high + 1]
    )
    return high + 1 if opened and high + 1 < len(tokens) and tokens[high + 1].text == ")" else high


def phrase_edges(clauses: Clauses, head: int) -> tuple[int, int]:
    """The noun phrase without a relative clause or other clause at its end, and without punctuation at its edges."""
    low, high = clauses.edges[head]
    for kid in clauses.children[head]:
        if kid < head and clauses.tokens[kid].dep not in _LEFT_OF_NOUN:
            low = max(low, clauses.edges[kid][1] + 1)
        if kid > head and clauses.tokens[kid].dep in ("relcl", "acl", "advcl", "ccomp", "parataxis", "punct", "dep"):
            left = clauses.edges[kid][0]
            if _issues(clauses, head, kid):
                continue
            if clauses.tokens[kid].dep == "punct" and any(
                other > kid and clauses.tokens[other].dep in ("appos", "conj", "prep", "cc", "nmod")
                for other in clauses.children[head]
            ):
                continue
            if head < left <= high:
                high = left - 1
    high = max(high, _issuer_beside(clauses, head, high))
    while high > head and (clauses.tokens[high].pos == "PUNCT" or clauses.tokens[high].tag == "POS"):
        high -= 1  # "the army’s claim": the army
    while low < head and clauses.tokens[low].pos in ("PUNCT", "CCONJ"):
        low += 1
    return low, high


def _issues(clauses: Clauses, head: int, index: int) -> bool:
    """Whether the participle at ``index`` says whose document the noun is: "figures released by the army"."""
    token = clauses.tokens[index]
    if token.tag != "VBN" or index != head + 1 or noun_kinds().get(clauses.tokens[head].lemma.casefold()) != "document":
        return False
    by = clauses.child(index, "agent")
    to = clauses.child(index, "prep") if token.lemma == "attribute" else None
    return by == index + 1 or to == index + 1


def _issuer_beside(clauses: Clauses, head: int, high: int) -> int:
    """The last token of "from …" or "by …" right behind a document, which the parser hung on the verb: "read a message from the
    coast"."""
    if high != head or noun_kinds().get(clauses.tokens[head].lemma.casefold()) != "document":
        return high
    by = high + 1
    if by >= len(clauses.tokens) or clauses.tokens[by].text.casefold() not in ("from", "by"):
        return high
    named = clauses.child(by, "pobj")
    speaks = named is not None and noun_kinds().get(clauses.tokens[named].lemma.casefold()) is not None
    speaks = speaks or (named is not None and clauses.tokens[named].tag in ("NNP", "NNPS"))
    return phrase_edges(clauses, named)[1] if named is not None and speaks else high


def _is_year(word: str) -> bool:
    return len(word) == 4 and word.isdigit()
