"""Statements set off by layout: speakers before a colon, words in the paragraph behind one, a name behind a dash."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from firsthand.model import Span

from .cues import cue_rules, light_verbs
from .grammar import FINITE, Clauses
from .reading import Draft, Reading
from .source_nouns import noun_kinds, source_words

# A name before a colon has fewer tokens than this.
_PREFIX = 7
# A signature behind a quotation ("… ” — Rosa Lind, baker") has at most so many tokens.
_SIGNATURE = 8
_DASHES = frozenset({"―", "—", "–", "--", "-"})
_MARKS = "“\"„«‘'"


def named_colons(reading: Reading, drafts: list[Draft]) -> Iterator[Draft]:
    """ "Roe: the talks have failed" as a headline or a line of a transcript: a paragraph that opens with the name of someone
    who speaks elsewhere in the report, or with a name in capitals that opens others too, and a colon. A place before a colon is
    a dateline, and speaks nowhere."""
    turns = Counter(label for at in reading.clauses if (label := _label(reading, at)) is not None)
    speaking = {reading.clauses[draft.at].tokens[draft.source].text for draft in drafts if draft.source is not None}
    seen = -1
    for at, sentence in enumerate(reading.sentences):
        if sentence.paragraph == seen or at not in reading.clauses:
            continue
        seen = sentence.paragraph
        clauses = reading.clauses[at]
        colon = next((i for i, t in enumerate(clauses.tokens[:_PREFIX]) if t.text == ":"), None)
        if colon is None or colon == 0 or colon + 2 >= len(clauses.tokens):
            continue
        name = clauses.tokens[colon - 1]
        if turns[_label(reading, at) or ""] < _TURNS and (
            name.tag not in ("NNP", "NNPS") or (name.text not in speaking and name.text.title() not in speaking)
        ):
            continue
        last = at
        while last + 1 < len(reading.sentences) and reading.sentences[last + 1].paragraph == seen:
            last += 1
        content = reading.trimmed(Span(clauses.tokens[colon].end, reading.sentences[last].span.end))
        if content is not None:
            yield Draft(at, (colon, colon), colon - 1, [content], "colon", source_edges=(0, colon - 1))


# So many paragraphs that open with one name in capitals make a transcript.
_TURNS = 2


def _label(reading: Reading, at: int) -> str | None:
    """The name in capitals and before a colon with which sentence ``at`` opens its paragraph: "LIND: We have left"."""
    sentence = reading.sentences[at]
    if at and reading.sentences[at - 1].paragraph == sentence.paragraph:
        return None
    label, colon, _ = sentence.span.of(reading.text)[:_LONGEST_LABEL].strip(_MARKS).partition(":")
    words = label.split()
    return label if colon and words and all(w.isupper() and w.strip(".’'").isalpha() for w in words) else None


_LONGEST_LABEL = 40


def led_paragraphs(reading: Reading, drafts: list[Draft]) -> Iterator[Draft]:
    """ "The governor added:" above a paragraph that holds what was said: the whole of it, or its quotation."""
    told = {draft.at for draft in drafts if draft.rule not in ("hearsay", "object")}
    for at, clauses in reading.clauses.items():
        below = at + 1
        if below >= len(reading.sentences) or clauses.tokens[-1].text != ":" or at in told:
            continue
        paragraph = reading.sentences[below].paragraph
        if paragraph == reading.sentences[at].paragraph:
            continue
        start = reading.sentences[below].span.start
        last = below
        while last + 1 < len(reading.sentences) and reading.sentences[last + 1].paragraph == paragraph:
            last += 1
        quoted = reading.quotation_at(start)
        cue = _last_cue(reading, clauses, quoted=quoted is not None)
        if cue is None:
            continue
        end = quoted.span.end if quoted is not None else reading.sentences[last].span.end
        rule = cue_rules("verb").get(clauses.tokens[cue].lemma)
        issued = _issues(clauses, cue)
        if quoted is None and not issued and (rule is None or "tail" not in rule.frames):
            continue
        certainty = rule.certainty if rule is not None and not issued else "asserted"
        yield Draft(at, clauses.verb_group(cue), clauses.subject(cue), [Span(start, end)], "led", certainty)


def _last_cue(reading: Reading, clauses: Clauses, *, quoted: bool) -> int | None:
    """The sentence's last verb that quotes, with somebody who says it."""
    for index in range(len(clauses.tokens) - 1, -1, -1):
        token = clauses.tokens[index]
        if token.pos != "VERB" or reading.quotation_at(token.start) is not None:
            continue
        if token.dep in ("amod", "acl", "xcomp", "pcomp", "prep"):
            continue
        rule = cue_rules("verb").get(token.lemma)
        quotes = rule is not None and bool(rule.frames & {"quote", "that"}) and not clauses.passive(index)
        quotes = quotes or _issues(clauses, index) or (quoted and _acts(clauses, index))
        return index if quotes and clauses.subject(index) is not None else None
    return None


def _acts(clauses: Clauses, index: int) -> bool:
    """Whether the verb tells of somebody who can speak: "Okello went on:", "The bishop took up the theme:"."""
    subject = clauses.own_subject(index)
    if subject is None or clauses.passive(index) or clauses.tokens[index].tag not in FINITE:
        return False
    token = clauses.tokens[subject]
    written = noun_kinds().get(token.lemma.casefold()) == "document"
    return token.tag in ("NNP", "PRP") or (token.text.casefold() in source_words() and not written)


def _issues(clauses: Clauses, index: int) -> bool:
    """ "Issued the following statement:"."""
    issued = clauses.child(index, "dobj")
    rule = cue_rules("noun").get(clauses.tokens[issued].lemma) if issued is not None else None
    return rule is not None and rule.name == "statement" and clauses.tokens[index].lemma in light_verbs()


def signed_quotations(reading: Reading) -> Iterator[Draft]:
    """ "“We have nothing left.” — Rosa Lind": a quotation that makes up its paragraph but for a name behind a dash."""
    for quotation in reading.quotations:
        behind_it = quotation.span.end + 1 if reading.text[quotation.span.end :][:1] == " " else quotation.span.end
        at = reading.sentence_at(behind_it)
        clauses = reading.clauses.get(at)
        if clauses is None or reading.text[: quotation.span.start].rstrip(" ")[-1:] not in ("", "\n"):
            continue
        behind = [i for i, token in enumerate(clauses.tokens) if token.start >= quotation.span.end]
        dash = behind[0] if 2 <= len(behind) <= _SIGNATURE and clauses.tokens[behind[0]].text in _DASHES else None
        name = [i for i in behind[1:] if clauses.tokens[i].pos != "PUNCT"] if dash is not None else []
        if dash is None or not name or reading.text[clauses.tokens[-1].end :][:1] not in ("", "\n"):
            continue
        capital = clauses.tokens[name[0]].text[:1].isupper()
        if capital and not any(clauses.tokens[i].tag.startswith("VB") for i in name):
            # "Tomas Varga, a baker": the name stands before the first comma.
            comma = next((i for i in behind[1:] if clauses.tokens[i].text == ","), behind[-1] + 1)
            head = max(i for i in name if i < max(comma, name[0] + 1))
            yield Draft(at, (dash, dash), head, [quotation.span], "signed", source_edges=(name[0], head))
