"""Direct speech: which statement each quotation belongs to, across sentences and paragraphs."""

from __future__ import annotations

from collections.abc import Sequence

from firsthand.model import Quotation, Span

from .cues import cue_rules, inert_verbs
from .floating import spoken_before
from .grammar import Clauses
from .reading import Draft, Reading, merged
from .surface import speaker_behind

_SPACES = " \t\u00a0\u2009\u202f"
_CLOSING_MARKS = "\"”’'"
# A speaker stands at most this many tokens behind the closing mark: ", the ministry's spokeswoman for the north, Jane Roe,
# told reporters".
_REACH = 14
# Fewer quoted words than this inside a clause are a name or a distancing mark, not somebody's speech, unless the verb says so.
_SCARE_QUOTE = 5
# A title in quotation marks ("The Long Road Home") has at most so many words; shorter words than this may be small in it.
_LONGEST_TITLE = 8
_SMALL_WORD = 4


def attach_quotations(reading: Reading, drafts: list[Draft]) -> None:
    """Adds each quotation to the statement it belongs to, and to ``drafts`` the statements that only a quotation makes."""
    previous: Draft | None = None
    by_sentence: dict[int, list[Draft]] = {}
    for known in drafts:
        by_sentence.setdefault(known.at, []).append(known)
    for block in _blocks(reading):
        whole = Span(block[0].start, block[-1].end)
        draft = _covering(_near(reading, by_sentence, whole), whole) or _beside(reading, drafts, by_sentence, whole)
        if draft is None and previous is not None and _floats(reading, whole) and _follows(reading, previous, whole):
            draft = previous
        if draft is None and _floats(reading, whole):
            draft = spoken_before(reading, by_sentence.get(reading.sentence_at(whole.start) - 1, ()), whole)
            if draft is not None:
                drafts.append(draft)
        if draft is not None and draft.rule == "inverted" and _led_by_colon(reading, whole):
            draft.content = [
                Span(max(part.start, whole.start), part.end) for part in draft.content if part.end > whole.start
            ]
        if draft is not None:
            gap = _same_clause(reading, draft, whole)
            draft.content = merged([*draft.content, *block, *([gap] if gap is not None else [])])
            draft.quotes.extend(block)
            previous = draft


def _led_by_colon(reading: Reading, whole: Span) -> bool:
    """Whether a colon sets the quotation off from words of the writer: "One thing was left: “Home,” she said"."""
    return reading.text[: whole.start].rstrip(_SPACES)[-1:] == ":"


def _same_clause(reading: Reading, draft: Draft, whole: Span) -> Span | None:
    """What lies between a statement and a quotation later in its sentence, where the cue stands before both."""
    if not draft.content or draft.cue is None or draft.rule == "inverted":
        return None
    end = draft.content[-1].end
    sentence = reading.sentences[draft.at].span
    cue = reading.clauses[draft.at].span(*draft.cue)
    if cue.end <= draft.content[0].start and end < whole.start < sentence.end:
        return Span(end, whole.start)
    return None


def _blocks(reading: Reading) -> list[list[Span]]:
    """Quotations; one that is open at its paragraph's end goes on in the next paragraph that opens with a mark."""
    out: list[list[Span]] = []
    last: Quotation | None = None
    for quotation in reading.quotations:
        between = reading.text[last.span.end : quotation.span.start] if last is not None else ""
        if last is not None and not last.closed and not between.strip():
            out[-1].append(quotation.span)
        else:
            out.append([quotation.span])
        last = quotation
    return out


def _near(reading: Reading, by_sentence: dict[int, list[Draft]], whole: Span) -> list[Draft]:
    """The drafts whose cue stands in a sentence of the quotation or in one beside it."""
    first, last = reading.sentence_at(whole.start) - 1, reading.sentence_at(whole.end - 1) + 1
    return [draft for at in range(first, last + 1) for draft in by_sentence.get(at, ())]


def _covering(drafts: list[Draft], whole: Span) -> Draft | None:
    """The draft whose content shares most with the quotation."""
    best, most = None, 0
    for draft in drafts:
        shared = sum(max(0, min(part.end, whole.end) - max(part.start, whole.start)) for part in draft.content)
        if shared > most:
            best, most = draft, shared
    return best


def _follows(reading: Reading, draft: Draft, whole: Span) -> bool:
    """Whether no sentence stands between the statement and the quotation."""
    end = max(*(part.end for part in draft.content), reading.sentences[draft.at].span.end)
    return reading.sentence_at(whole.start) - reading.sentence_at(end - 1) <= 1


def _floats(reading: Reading, whole: Span) -> bool:
    """Whether the quotation makes up whole sentences."""
    before = reading.text[: whole.start].rstrip(_SPACES)[-1:]
    inside = reading.text[whole.start : whole.end].rstrip(_CLOSING_MARKS)[-1:]
    after = reading.text[whole.end : whole.end + 1]
    ended = inside in ("", ".", "!", "?", "…", "-", "—") or after in (".", "!", "?")
    return ended and before in ("", "\n", ".", "!", "?", "”", '"', "'")


def _beside(reading: Reading, drafts: list[Draft], by_sentence: dict[int, list[Draft]], whole: Span) -> Draft | None:
    """The cue beside the quotation: behind it in the sentence where it ends, or before it where it begins. Any verb with a
    speaker will do here: "“Never,” the old man spat"."""
    found = _behind(reading, whole) or _before(reading, whole)
    if found is None or (_is_title(whole.of(reading.text)) and not _reports(reading, found)):
        return None
    for draft in by_sentence.get(found.at, ()):
        if draft.cue == found.cue:
            return draft
    drafts.append(found)
    by_sentence.setdefault(found.at, []).append(found)
    return found


def _is_title(words: str) -> bool:
    """Whether the quoted words are a title: few, and all but the small ones have capitals."""
    inner = [word.strip(_CLOSING_MARKS + "“‘,.:;!?") for word in words.split()]
    return len(inner) <= _LONGEST_TITLE and all(
        w[:1].isupper() or w[:1].isdigit() or len(w) < _SMALL_WORD for w in inner
    )


def _reports(reading: Reading, draft: Draft) -> bool:
    """Whether its cue is a verb that quotes."""
    if draft.cue is None:
        return False
    rule = cue_rules("verb").get(reading.clauses[draft.at].tokens[draft.cue[1]].lemma)
    return rule is not None and bool(rule.frames & {"that", "quote"})


def _behind(reading: Reading, whole: Span) -> Draft | None:
    at = reading.sentence_at(whole.end - 1)
    clauses = reading.clauses.get(at)
    if clauses is None:
        return None
    after = [index for index, token in enumerate(clauses.tokens) if token.start >= whole.end]
    inside = reading.text[whole.start : whole.end].rstrip(_CLOSING_MARKS)[-1:]
    if not after and inside in "?!" and whole.end == reading.sentences[at].span.end:
        return _in_next_sentence(reading, at)
    if not after or all(clauses.tokens[index].pos == "PUNCT" for index in after[:3]):
        return None
    found = _first_speaker(reading, at, after[:_REACH])
    set_off = inside in ",?!…-—" or clauses.tokens[after[0]].text in (",", "-", "–", "—")
    if not set_off and not (
        found is not None
        and (
            _closes_sentence(clauses, found)
            or _inverted(clauses, found, after[0])
            or [clauses.tokens[i].text.casefold() for i in after[1:2]] == ["how"]
            or _told(reading, clauses, found, whole)
        )
    ):
        return None
    return found


def _told(reading: Reading, clauses: Clauses, draft: Draft, whole: Span) -> bool:
    """ "“…” Observatory chief Jane Roe told the agency": without a comma, a whole sentence of speech, its speaker, the verb, and
    no more than who was told and when."""
    verb = draft.cue[1] if draft.cue is not None else 0
    rule = cue_rules("verb").get(clauses.tokens[verb].lemma)
    rest = clauses.tokens[verb + 1 :]
    opens = whole.start == clauses.tokens[0].start and len(whole.of(reading.text).split()) >= _SCARE_QUOTE
    short = len(rest) <= _ADDRESSEE and not any(t.tag.startswith("VB") or t.tag == "MD" for t in rest)
    return opens and short and rule is not None and "tail" in rule.frames


# "told the state news agency on Monday."
_ADDRESSEE = 8


def _closes_sentence(clauses: Clauses, draft: Draft) -> bool:
    """Whether a reporting verb is the sentence's last word, so that even without a comma it reports what stands before."""
    last = draft.cue[1] if draft.cue is not None else 0
    rule = cue_rules("verb").get(clauses.tokens[last].lemma)
    return rule is not None and "tail" in rule.frames and all(t.pos == "PUNCT" for t in clauses.tokens[last + 1 :])


_SAYING = frozenset({"say", "add", "state", "read", "go", "run"})


def _inverted(clauses: Clauses, draft: Draft, first: int) -> bool:
    """ "“…” said the observatory adding …": the verb follows the mark at once, and its speaker the verb."""
    if draft.cue is None or draft.cue[0] != first or draft.source is None or draft.source < first:
        return False
    rule = cue_rules("verb").get(clauses.tokens[first].lemma)
    return rule is not None and "tail" in rule.frames


def _first_speaker(reading: Reading, at: int, indices: Sequence[int]) -> Draft | None:
    """The first verb outside quotation marks among ``indices``, with its speaker: its subject, or where the parser missed
    it the noun phrase between the quotation and the verb."""
    clauses = reading.clauses[at]
    for index in indices:
        token = clauses.tokens[index]
        if token.pos != "VERB" or reading.quotation_at(token.start) is not None:
            continue
        source = clauses.subject(index)
        if source is not None and reading.quotation_at(clauses.tokens[source].start) is None:
            return Draft(at, clauses.verb_group(index), source, [], "quote-before")
        inverted = speaker_behind(clauses, index) if index == indices[0] and token.lemma in _SAYING else None
        if inverted is not None:
            return Draft(at, (index, index), inverted[1], [], "quote-before", source_edges=inverted)
        between = [i for i in indices if i < index and clauses.tokens[i].pos not in ("PUNCT", "AUX", "ADV")]
        top = next((i for i in between if clauses.tokens[i].head not in between), None)
        if top is None or clauses.tokens[top].pos not in ("NOUN", "PROPN", "PRON"):
            return None
        top = between[-1] if clauses.tokens[between[-1]].pos == "PROPN" else top
        edges = (between[0], between[-1])
        return Draft(at, clauses.verb_group(index), top, [], "quote-before", source_edges=edges)
    return None


def _in_next_sentence(reading: Reading, at: int) -> Draft | None:
    """ "“Who did this?” the widow asked.", which the splitter cut behind the mark."""
    clauses = reading.clauses.get(at + 1)
    if clauses is None or reading.sentences[at].paragraph != reading.sentences[at + 1].paragraph:
        return None
    found = _first_speaker(reading, at + 1, range(min(_REACH, len(clauses.tokens))))
    if found is None or found.cue is None:
        return None
    verb = found.cue[1]
    rule = cue_rules("verb").get(clauses.tokens[verb].lemma)
    if rule is None or not rule.frames & {"that", "quote"} or clauses.child(verb, "ccomp") is not None:
        return None
    return found


def _before(reading: Reading, whole: Span) -> Draft | None:
    at = reading.sentence_at(whole.start)
    clauses = reading.clauses.get(at)
    if clauses is None:
        return None
    before = [index for index, token in enumerate(clauses.tokens) if token.end <= whole.start]
    led = bool(before) and clauses.tokens[before[-1]].text in (",", ":")
    for index in reversed(before):
        token = clauses.tokens[index]
        if token.pos != "VERB" or reading.quotation_at(token.start) is not None:
            continue
        if token.lemma in inert_verbs() and not led:
            continue
        if led and clauses.passive(index) and token.lemma not in cue_rules("verb"):
            continue  # "it said nine had been hurt, “though …”": those wounded say nothing
        if not led and token.lemma not in cue_rules("verb") and len(whole.of(reading.text).split()) < _SCARE_QUOTE:
            return None
        if clauses.passive(index) and not led:
            return _led_in(reading, whole, _passively(clauses, at, index), led=led)
        source = clauses.subject(index)
        if source is not None:
            return _led_in(reading, whole, Draft(at, clauses.verb_group(index), source, [], "quote-after"), led=led)
    return None


def _passively(clauses: Clauses, at: int, index: int) -> Draft:
    """ "Was praised as “…” (by the mayor)": whoever says it stands behind "by", or nobody is named."""
    agent = clauses.child(index, "agent")
    source = clauses.child(agent, "pobj") if agent is not None else None
    return Draft(at, clauses.verb_group(index), source, [], "quote-after")


def _led_in(reading: Reading, whole: Span, draft: Draft, *, led: bool) -> Draft:
    """The draft before a quotation. Without a comma or colon the quotation is a part of what the verb governs, which begins
    right behind the verb: "waved off the delay as having “minimal” effect"."""
    if not led and draft.cue is not None:
        draft.rule = "quote-inside"
        lead = reading.trimmed(Span(reading.clauses[draft.at].tokens[draft.cue[1]].end, whole.start))
        draft.content = [Span(lead.start, whole.end)] if lead is not None else []
    return draft
