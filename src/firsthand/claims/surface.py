"""Statements read from word order, for texts that have lost their commas, where the parse misleads."""

from __future__ import annotations

from collections.abc import Iterator

from .cues import cue_rules
from .grammar import Clauses
from .reading import Draft, Reading
from .source_nouns import CALENDAR, closing_source_words, noun_kinds, source_words

_NOUN_TAGS = frozenset({"NN", "NNS", "NNP", "NNPS", "JJ", "HYPH", "POS", "VBG", "AFX"})
# What may follow "… the observatory said": the end, a day, an adjunct, a participle ("citing medics").
_AFTER_TAIL = frozenset({"IN", "CC", "VBG", "RB", ",", ".", ":", "''", "-RRB-", "WP"})
# Prepositions of an adjunct behind the verb: "said on Monday", "said in a statement".
_ADJUNCTS = frozenset({"on", "in", "at", "via", "through", "during", "late", "early", "after", "as"})
# A word that binds the noun phrase behind it to the clause before: "in raids the army reported" is no statement.
_BINDING = frozenset({"IN", "WDT", "WP", "WRB", "TO", "CC", "VB", "VBG", "PRP$", "DT", "WP$", "MD"})
# A statement and its source's name take at least this many tokens in front of the verb.
_SHORTEST = 3
# Who "… he said" may be; and words before it that the pronoun's clause belongs to ("everything he said").
_PRONOUNS = frozenset({"he", "she", "it", "they"})
_SAID_OF = frozenset({"everything", "anything", "nothing", "something", "all", "thing", "things", "word", "words"})
# "… residents said a day after the army fell back": a time and what it is counted from.
_FUTURE = frozenset({"would", "will"})
_TOLD_LATER = frozenset({"say", "tell", "add", "claim", "report", "announce", "recall", "write", "admit", "confirm"})
_PERFECT = frozenset({"has", "have", "had"})
_SAID_BEHIND = frozenset({"ccomp", "dobj", "oprd", "acomp"})
_SPANS_OF_TIME = frozenset({"hour", "hours", "day", "days", "week", "weeks", "month", "months", "year", "years"})
_COUNTED_FROM = frozenset({"after", "before", "later", "earlier", "ago"})
# Words by which a description goes on behind its noun: "a group monitoring the war", "sources close to the army".
_DESCRIBES = frozenset({"close", "familiar", "based", "loyal", "affiliated", "linked"})
# Prepositions that go on with a source's phrase, and with that of something written: "read a message from the coast".
_BOUND = frozenset({"of", "for", "in", "at"})
_ISSUED_BY = _BOUND | {"from", "by"}
_LONGEST_DESCRIPTION = 9
_LONGEST_RELATIVE = 18
# "told the state news agency on Monday." has at most so many tokens behind the verb.
_ADDRESSEE = 8
_QUOTE_MARKS = frozenset({"”", '"', "''", "’"})
_REPORTING = frozenset({"VBD", "VBZ", "VBP"})


def tail_statements(reading: Reading, at: int) -> Iterator[Draft]:
    """ "Four people died in the raid on Monday the observatory said": the sentence up to the source phrase.

    Applies to verbs of the lexicon that report ("that" and "quote" frames), have nothing said behind them, and stand behind
    or before a source phrase with a clause in front of it.
    """
    clauses = reading.clauses[at]
    rules = cue_rules("verb")
    for index, token in enumerate(clauses.tokens):
        if index < _SHORTEST or token.tag[:2] != "VB":
            continue
        misread = token.tag == "VBN" and token.lemma == "say" and clauses.child(index, "aux", "auxpass") is None
        quoted = _quoted_as_saying(clauses, index)
        perfect = token.tag == "VBN" and clauses.tokens[index - 1].text.casefold() in _PERFECT
        told_later = token.tag == "VB" and token.lemma in _TOLD_LATER
        told_later = told_later and (_past_future(clauses, index) or _went_on(clauses, index))
        if token.tag not in _REPORTING and not misread and not quoted and not perfect and not told_later:
            continue
        rule = rules.get("say" if quoted else token.lemma.casefold())
        if rule is None or "tail" not in rule.frames or reading.quotation_at(token.start) is not None:
            continue
        found = None
        behind = [] if _stops(clauses, index) else [kid for kid in clauses.children[index] if kid > index]
        said = any(clauses.tokens[kid].dep in _SAID_BEHIND for kid in behind)
        said = said and not (token.lemma == "tell" and _closing(clauses, index))
        if not said or _counts_time(clauses, index + 1):
            found = _speaker_before(reading, clauses, index)
        if found is None and rule.name == "say":
            found = speaker_behind(clauses, index)
        if found is None:
            continue
        first, last = found
        boundary = min(first, index)
        if not _has_clause(clauses, boundary) or clauses.tokens[boundary - 1].text in _QUOTE_MARKS:
            continue
        content = reading.trimmed(clauses.span(0, boundary - 1))
        if content is None:
            continue
        yield Draft(
            at,
            (index, index),
            _head(clauses, first, last),
            [content],
            "tail",
            rule.certainty,
            source_edges=(first, last),
        )


def _quoted_as_saying(clauses: Clauses, index: int) -> bool:
    """ "… the army was quoted as saying (by an agency)": all that is said stands in front."""
    if clauses.tokens[index].text not in ("quoted", "Quoted", "QUOTED"):
        return False
    words = [token.text.casefold() for token in clauses.tokens[index : index + 4]]
    return words[:3] == ["quoted", "as", "saying"] and words[3:] in ([], ["by"], ["."])


def _has_clause(clauses: Clauses, end: int) -> bool:
    """Whether the words before ``end`` say something: a verb stands among them."""
    return any(token.tag.startswith("VB") for token in clauses.tokens[:end])


def _speaker_before(reading: Reading, clauses: Clauses, index: int) -> tuple[int, int] | None:
    """First and last token of the noun phrase that ends right before the verb, where what follows the verb closes the
    sentence."""
    tokens = clauses.tokens
    if not _closing(clauses, index):
        return None
    last = index - 4 if _went_on(clauses, index) else index - 1
    while last > 0 and tokens[last].tag in ("RB", "VBZ", "VBP", "VBD", "MD") and tokens[last].pos in ("ADV", "AUX"):
        last -= 1
    if tokens[last].text.casefold() in _PRONOUNS:
        before = tokens[last - 1]
        own = last < 2 or before.tag in _BINDING or before.text.casefold() in _SAID_OF or before.pos == "PUNCT"
        return None if own else (last, last)
    if tokens[last].text == ",":
        return _named_aside(clauses, last) or _before_relative(clauses, last)
    if not tokens[last].tag.startswith("NN") or tokens[last].text.casefold() in CALENDAR:
        return None
    described = _described(clauses, last)
    if described is not None:
        return described, last
    first = _body_start(reading, clauses, last) or _phrase_start(clauses, last)
    if first >= 2 and tokens[first - 1].tag in ("IN", "TO"):
        first = _shortest_phrase(clauses, last)
    if first < 2 or tokens[first - 1].tag in _BINDING:
        return None
    if not any(t.text.casefold() in source_words() or t.tag.startswith("NNP") for t in tokens[first : last + 1]):
        return None
    return first, last


def _body_start(reading: Reading, clauses: Clauses, last: int) -> int | None:
    """Where the known name of a body begins that ends at ``last``: "… in northern Aden SABA said"."""
    end = clauses.tokens[last].end
    name = next((n for n in reading.layer.names if n.span.end == end and n.kind in ("organisation", "group")), None)
    if name is None or name.basis != "lexicon":
        return None
    first = next(i for i, token in enumerate(clauses.tokens) if token.start >= name.span.start)
    return first if first > 2 and clauses.tokens[first - 1].tag.startswith("NN") else None


def _named_aside(clauses: Clauses, comma: int) -> tuple[int, int] | None:
    """ "…, a resident, Malam Sani, told the Sun": description and name between commas."""
    tokens = clauses.tokens
    name = comma - 1
    while name > 0 and tokens[name].tag in ("NNP", "NNPS") and tokens[name].text.casefold() not in CALENDAR:
        name -= 1
    if name == comma - 1 or tokens[name].text != ",":
        return None
    noun = name - 1
    if tokens[noun].text.casefold() not in source_words() and tokens[noun].text.casefold() not in noun_kinds():
        return None
    first = noun
    while first > 0 and tokens[first - 1].tag in ("JJ", "NN", "NNP", "HYPH", "POS"):
        first -= 1
    opened = first > 1 and tokens[first - 1].tag == "DT" and tokens[first - 2].text == ","
    return (first - 1, comma - 1) if opened else None


def _before_relative(clauses: Clauses, comma: int) -> tuple[int, int] | None:
    """ "…, the observatory, which follows the war, said", "…, a miner, quoted by the daily, said": the phrase that a clause between
    commas describes."""
    tokens = clauses.tokens
    for index in range(comma - 2, max(_SHORTEST, comma - _LONGEST_RELATIVE), -1):
        if tokens[index].text != ",":
            continue
        last = index - 1
        describes = (
            tokens[index + 1].tag in ("WP", "WDT", "WP$", "VBN") or tokens[index + 1].text.casefold() in _DESCRIBES
        )
        if not describes or not tokens[last].tag.startswith("NN"):
            return None
        first = _phrase_start(clauses, last)
        speaks = any(t.text.casefold() in source_words() or t.tag.startswith("NNP") for t in tokens[first : last + 1])
        return (first, last) if speaks and first > 1 and tokens[first - 1].text == "," else None
    return None


def _closing(clauses: Clauses, index: int) -> bool:
    """Whether what follows the verb at ``index`` adds no more than a day, an adjunct or a participle to it."""
    if index + 1 >= len(clauses.tokens):
        return True
    rest = clauses.tokens[index + 1 :]
    if clauses.tokens[index].lemma == "tell" and rest[0].pos in ("PROPN", "NOUN", "DET"):
        return len(rest) <= _ADDRESSEE and not any(t.tag.startswith("VB") or t.tag in ("MD", "IN") for t in rest)
    after = clauses.tokens[index + 1]
    word = after.text.casefold()
    if after.tag == "IN":
        return word in _ADJUNCTS
    if after.tag in ("DT", "CD"):
        return _counts_time(clauses, index + 1)
    return after.tag in _AFTER_TAIL or word in CALENDAR


def _past_future(clauses: Clauses, index: int) -> bool:
    """ "…, the ministry would (later) say", "…, anyone here will tell you"."""
    words = [token.text.casefold() for token in clauses.tokens[max(0, index - 2) : index]]
    return bool(_FUTURE.intersection(words))


def _went_on(clauses: Clauses, index: int) -> bool:
    """ "… the army went on to say"."""
    return index > 3 and [t.text.casefold() for t in clauses.tokens[index - 3 : index]] == ["went", "on", "to"]


def _stops(clauses: Clauses, index: int) -> bool:
    """Whether a semicolon stands right behind the verb: what follows is a sentence of its own."""
    return index + 1 < len(clauses.tokens) and clauses.tokens[index + 1].text == ";"


def _counts_time(clauses: Clauses, index: int) -> bool:
    """Whether a span of time from something else stands at ``index``: "a day after the army fell back"."""
    words = [token.text.casefold() for token in clauses.tokens[index : index + 3]]
    return len(words) == 3 and words[1] in _SPANS_OF_TIME and words[2] in _COUNTED_FROM


def _described(clauses: Clauses, last: int) -> int | None:
    """Where a phrase begins whose description stands between its noun and the verb: "an organisation following the war"."""
    tokens = clauses.tokens
    for index in range(last - 1, max(1, last - _LONGEST_DESCRIPTION), -1):
        if tokens[index].tag in _REPORTING or tokens[index].tag in ("MD", "WP", "WDT") or tokens[index].pos == "PUNCT":
            return None
        noun = index - 1
        describes = tokens[index].tag == "VBG" or tokens[index].text.casefold() in _DESCRIBES
        if not describes or tokens[noun].text.casefold() not in source_words():
            continue
        first = noun
        while first > 0 and tokens[first - 1].tag in ("JJ", "NN", "NNP", "HYPH"):
            first -= 1
        if tokens[first - 1].tag == "DT" and tokens[first - 1].text.casefold() in ("a", "an"):
            return first - 1
        return first if tokens[first - 1].text == "," and tokens[noun].tag == "NNS" else None
    return None


def _head(clauses: Clauses, first: int, last: int) -> int:
    """The noun that heads the phrase: the one before its description, else the last before "of" or "for" in its last part."""
    tokens = clauses.tokens
    for index in range(first + 1, last):
        described = tokens[index].tag == "VBG" or tokens[index].text.casefold() in _DESCRIBES
        if described and tokens[index - 1].text.casefold() in source_words():
            return index - 1
    start = max([first, *(i for i in range(first, last + 1) if tokens[i].tag == "DT" and tokens[i - 1].tag != "IN")])
    for index in range(start, last):
        if tokens[index + 1].tag == "IN" and tokens[index].tag.startswith("NN"):
            return index
    return last


def _phrase_start(clauses: Clauses, last: int) -> int:
    """Where the noun phrase that ends at ``last`` begins: at its article, or before the first word that is no part of it.
    A phrase in apposition ("the monitoring group the Observatory") belongs to it."""
    tokens = clauses.tokens
    first = last
    while first > 0:
        token, right = tokens[first - 1], tokens[first]
        word = token.text.casefold()
        if token.tag in ("DT", "PRP$"):
            first -= 1
            if _apposed(clauses, first - 1):
                first -= 1
            elif first > 2 and tokens[first - 1].tag == "CC" and tokens[first - 2].text.casefold() in source_words():
                first -= 2  # "state media and a monitoring group"
            else:
                return first
            continue
        if word in CALENDAR:
            return first
        if token.tag == "CD" and right.tag.startswith(("NN", "JJ")) and first > 2:
            joined = tokens[first - 2].tag == "CC" and tokens[first - 3].text.casefold() in source_words()
            if joined:
                first -= 3  # "residents and two security sources"
                continue
            return first - 1 if tokens[first - 2].tag.startswith("NN") else first
        if token.tag in _NOUN_TAGS:
            ends_clause = right.tag in ("NNP", "NNPS") if token.tag == "NN" else token.tag == "NNS"
            if ends_clause and word not in source_words():
                return first
            first -= 1
        elif token.tag == "VBN" and first > 1 and tokens[first - 2].text == "-":
            first -= 2
        elif token.tag == "IN" and first > 1 and tokens[first - 2].text.casefold() in source_words():
            first -= 1
        elif word in ("of", "for") and first > 1 and tokens[first - 2].tag in ("NNP", "NN", "NNS", "NNPS"):
            if tokens[first - 2].text.casefold() not in source_words():
                return first
            first -= 1
        elif token.tag == "CC" and first > 1 and tokens[first - 2].text.casefold() in source_words():
            first -= 1
        else:
            return first
    return first


def _shortest_phrase(clauses: Clauses, last: int) -> int:
    """The source phrase where the words before it belong to the clause: "in the village of Tal eye witnesses said"."""
    tokens = clauses.tokens
    if tokens[last].text.casefold() not in source_words():
        return 0
    first = last
    while first > 0:
        token = tokens[first - 1]
        if (
            token.tag == "JJ"
            or token.text.casefold() in source_words() | closing_source_words()
            or token.tag == "CC"
            or (token.tag == "DT" and tokens[first - 2].tag == "CC")
        ):
            first -= 1
        else:
            return first
    return first


def _apposed(clauses: Clauses, index: int) -> bool:
    """Whether the word before an article is the head of a phrase that the article's phrase renames; many are renamed by no
    "a monitor"."""
    return index > 1 and clauses.tokens[index].tag != "NNS" and clauses.tokens[index].text.casefold() in source_words()


def speaker_behind(clauses: Clauses, index: int) -> tuple[int, int] | None:
    """First and last token of the noun phrase behind an inverted verb: "… were killed said the observatory"."""
    tokens = clauses.tokens
    if tokens[index - 1].tag in ("DT", "JJ", "PRP", "PRP$", "CC", "WP", "WDT", "TO", "MD", "IN"):
        return None
    first = index + 1
    end = first
    while end < len(tokens) and (tokens[end].tag in _NOUN_TAGS or tokens[end].tag in ("DT", "PRP$", "IN")):
        if tokens[end].text.casefold() in CALENDAR:
            break
        issued = noun_kinds().get(tokens[end - 1].text.casefold()) == "document"
        bound = _ISSUED_BY if issued else _BOUND
        if tokens[end].tag == "IN" and tokens[end].text.casefold() not in bound:
            break
        if tokens[end].tag == "VBG" and end > first and tokens[end - 1].tag.startswith("NN"):
            break  # "said the observatory adding that …"
        end += 1
    last = end - 1
    while last > first and not tokens[last].tag.startswith("NN"):
        last -= 1
    if last < first or not tokens[last].tag.startswith("NN") or tokens[first].tag == "IN":
        return None
    rest = tokens[end:]
    if (
        rest
        and rest[0].tag not in ("WP", ".", ",", ":", "''", "NNP", "VBG")
        and not (rest[0].tag == "DT" and tokens[last].tag in ("NNP", "NNPS"))
        and rest[0].text.casefold() not in CALENDAR
    ):
        return None
    if not any(t.text.casefold() in source_words() or t.tag == "NNP" for t in tokens[first : last + 1]):
        return None
    return first, last
