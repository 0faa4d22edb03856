"""Who says what: every statement of a report with its source, cue and content."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field

from firsthand.model import Certainty, Document, Layer, Phrase, Quotation, Sentence, Source, Span

from .cues import CueRule, cue_rules
from .grammar import SUBJECTS, Clauses


@dataclass(frozen=True, slots=True)
class Attribution:
    """A source says something. ``content`` are the spans of what is said, ``quotes`` those of them in quotation marks.

    ``source`` is None where the text names none ("is expected to"). ``depth`` counts the attributions this one stands
    inside: 0 is what the report itself attributes; a tally takes the innermost attribution whose content holds it.
    """

    source: Source | None
    cue: Phrase | None
    content: tuple[Span, ...]
    quotes: tuple[Span, ...] = ()
    certainty: Certainty = "asserted"
    rule: str = ""
    why: str = ""
    depth: int = 0


@dataclass(slots=True)
class Draft:
    """An attribution in the making, in token indices of sentence ``at``."""

    at: int
    cue: tuple[int, int] | None
    source: int | None
    content: list[Span]
    rule: str
    certainty: Certainty = "asserted"
    source_span: Span | None = None
    cue_span: Span | None = None
    quotes: list[Span] = field(default_factory=list)


PREPOSITIONS = frozenset({"about", "of", "for", "on", "against", "at", "to", "with", "as", "over", "upon"})


class Finder:
    def __init__(self, text: str, layer: Layer) -> None:
        self.text = text
        self.layer = layer
        self.quotations = [q for q in layer.quotations if q.style == "double"]
        self.clauses: dict[int, Clauses] = {}
        self.drafts: list[Draft] = []

    def run(self) -> list[Draft]:
        for at, sentence in enumerate(self.layer.sentences):
            if sentence.tokens:
                self.clauses[at] = Clauses(sentence)
                self.read(at)
        self.quotes()
        return self.drafts

    # -- quotations
    def quoted(self, offset: int) -> Quotation | None:
        for q in self.quotations:
            if q.span.start <= offset < q.span.end:
                return q
            if q.span.start > offset:
                break
        return None

    # -- sentence
    def read(self, at: int) -> None:
        c = self.clauses[at]
        verbs, nouns = cue_rules("verb"), cue_rules("noun")
        for i, token in enumerate(c.tokens):
            if self.quoted(token.start):
                continue
            low = token.text.casefold()
            if token.pos == "VERB":
                if low == "according":
                    self.according(at, i)
                else:
                    self.verb(at, i, verbs.get(token.lemma.casefold()))
            elif token.pos == "NOUN" and token.lemma in nouns:
                self.noun(at, i, nouns[token.lemma])

    def add(self, at: int, cue: tuple[int, int], source: int | None, content: list[Span], rule: str, certainty: Certainty) -> None:
        content = [s for s in (self.trim(x) for x in content) if s is not None]
        if content:
            self.drafts.append(Draft(at, cue, source, content, rule, certainty))

    def trim(self, span: Span) -> Span | None:
        a, b = span
        while a < b and self.text[a] in " ,;:-–—\n":
            a += 1
        while a < b and self.text[b - 1] in " ,;:-–—\n":
            b -= 1
        return Span(a, b) if b - a >= 2 else None

    def according(self, at: int, i: int) -> None:
        c = self.clauses[at]
        to = c.child(i, "prep")
        if to is None:
            return
        obj = c.child(to, "pobj")
        if obj is None:
            return
        first, last = i, c.edges[i][1]
        host = c.tokens[i].head
        while c.tokens[host].head != host and c.tokens[host].pos not in ("VERB", "AUX"):
            host = c.tokens[host].head
        low, high = c.edges[host]
        if c.tokens[host].head == host:
            low, high = 0, len(c.tokens) - 1
        parts = []
        if low < first:
            parts.append(c.span(low, first - 1))
        if last < high:
            parts.append(c.span(last + 1, high))
        self.add(at, (first, to), obj, parts, "according", "asserted")

    def verb(self, at: int, i: int, rule: CueRule | None) -> None:
        c = self.clauses[at]
        token = c.tokens[i]
        frames = rule.frames if rule else frozenset({"that"})
        if rule is None and token.lemma in NOT_CUES:
            return
        first, last = c.verb_group(i)
        source = c.subject(i)
        passive = c.passive(i)
        right = [k for k in c.children[i] if k > i]
        ccomp = [k for k in right if c.tokens[k].dep == "ccomp"]
        certainty: Certainty = rule.certainty if rule else "asserted"
        if "raise" in frames:
            x = c.child(i, "xcomp", "oprd", "acomp", "ccomp")
            s = c.child(i, *SUBJECTS)
            if x is not None and s is not None and x > i:
                self.add(at, (first, last), None, [c.span(*c.edges[s]), c.span(*c.edges[x])], "raise", "alleged")
            return
        if passive:
            self.passive(at, i, frames, certainty)
            return
        if source is None:
            return
        # inverted or parenthetical
        if "that" in frames and ccomp:
            k = ccomp[0]
            low, high = c.edges[k][0], c.edges[ccomp[-1]][1]
            low = max(low, last + 1)
            if "addressee" not in frames:
                d = c.child(i, "dobj", "dative")
                if d is not None and d > i and rule is not None and "inf" in frames:
                    low = min(low, c.edges[d][0])
            self.add(at, (first, last), source, [c.span(low, self.cut(c, low, high))], "clause", certainty)
            return
        if rule is None:
            return
        if "that" in frames or "quote" in frames:
            if self.inverted(at, i, source, rule):
                return
        parts: list[int] = []
        lead = False
        for k in right:
            t = c.tokens[k]
            if t.dep in ("dobj", "dative"):
                if "object" in frames:
                    parts.append(k)
                    lead = True
                elif "inf" in frames and t.pos != "PRON":
                    parts.append(k)
            elif t.dep == "xcomp" and ("inf" in frames or lead):
                parts.append(k)
                lead = True
            elif t.dep == "oprd" and ("as" in frames or lead):
                parts.append(k)
                lead = True
            elif t.dep == "prep":
                if t.lemma in frames:
                    obj = c.child(k, "pobj", "pcomp")
                    if obj is not None:
                        parts.append(k if lead else obj)
                        lead = True
                elif lead and t.lemma in ("as", "of", "for", "on", "to", "with") and parts:
                    parts.append(k)
        if lead and parts:
            low = min(c.edges[k][0] for k in parts)
            high = max(c.edges[k][1] for k in parts)
            low = max(low, last + 1)
            self.add(at, (first, last), source, [c.span(low, self.cut(c, low, high))], "object", certainty)

    def cut(self, c: Clauses, low: int, high: int) -> int:
        """Cuts a trailing participle of speech: ", saying …"."""
        verbs = cue_rules("verb")
        for k in range(low + 1, high + 1):
            t = c.tokens[k]
            if t.tag == "VBG" and c.tokens[k - 1].text == "," and t.lemma in verbs and t.dep == "advcl":
                return k - 1
        return high

    def inverted(self, at: int, i: int, source: int, rule: CueRule) -> bool:
        """ "Content, source said" and "Content, said source, content"."""
        c = self.clauses[at]
        first, last = c.verb_group(i)
        subject = c.child(i, *SUBJECTS)
        if subject is None:
            return False
        slow, shigh = c.edges[subject]
        low, high = min(first, slow), max(last, shigh)
        if low == 0:
            return False
        left = [k for k in c.children[i] if k < low and c.tokens[k].dep in ("ccomp", "advcl", "dep", "parataxis", "dobj", "nsubj")]
        parent = c.tokens[i].head if c.tokens[i].dep in ("parataxis", "ccomp", "advcl", "dep", "relcl", "acl") else None
        start: int
        end_after: int | None = None
        if left:
            start = min(c.edges[k][0] for k in left)
            if c.tokens[i].head == i:
                start = 0
        elif parent is not None and c.edges[parent][0] < low and c.tokens[low - 1].text in (",", "”", '"', "''", "-", "–", "—"):
            start = c.edges[parent][0]
            end_after = c.edges[parent][1]
        else:
            return False
        parts = [c.span(start, low - 1)]
        mine = [k for k in c.children[i] if k > high and c.tokens[k].dep in ("prep", "npadvmod", "advmod", "advcl")]
        after = max([high, *(c.edges[k][1] for k in mine)])
        if end_after is not None and after + 1 < end_after and c.tokens[after + 1].text == ",":
            parts.append(c.span(after + 1, end_after))
        self.add(at, (first, last), source, parts, "inverted", rule.certainty)
        return True

    def passive(self, at: int, i: int, frames: frozenset[str], certainty: Certainty) -> None:
        c = self.clauses[at]
        first, last = c.verb_group(i)
        agent = c.child(i, "agent")
        obj = c.child(agent, "pobj") if agent is not None else None
        s = c.child(i, "nsubjpass", "nsubj")
        parts: list[Span] = []
        after = [k for k in c.children[i] if k > i and c.tokens[k].dep in ("xcomp", "oprd", "ccomp") or (c.tokens[k].dep == "prep" and c.tokens[k].lemma in ("as", "of", "for") and k > i)]
        lemma = c.tokens[i].lemma
        if obj is None and lemma not in ("expect", "report", "believe", "think", "say", "allege", "accuse", "consider", "know", "fear", "estimate", "suspect", "presume", "rumor"):
            return
        if s is not None and c.tokens[s].text.casefold() != "it":
            parts.append(c.span(*c.edges[s]))
        if after:
            parts.append(c.span(min(c.edges[k][0] for k in after), max(c.edges[k][1] for k in after)))
        if obj is None and not after:
            return
        self.add(at, (first, last), obj, parts, "passive", "alleged" if obj is None else certainty)

    def noun(self, at: int, i: int, rule: CueRule) -> None:
        c = self.clauses[at]
        comp = [k for k in c.children[i] if k > i and (c.tokens[k].dep in ("acl", "ccomp", "relcl") and self.is_that(c, k) or (c.tokens[k].dep == "prep" and c.tokens[k].lemma in rule.frames))]
        if not comp:
            return
        source = c.child(i, "poss")
        if source is None:
            by = next((k for k in c.children[i] if c.tokens[k].dep == "prep" and c.tokens[k].lemma in ("by", "from")), None)
            if by is not None:
                source = c.child(by, "pobj")
        if source is None and c.tokens[i].dep in ("dobj",):
            v = c.tokens[i].head
            source = c.subject(v)
        if source is None:
            return
        k = comp[0]
        low, high = c.edges[k]
        if c.tokens[k].dep == "prep":
            low += 1
        self.add(at, (i, i), source, [c.span(low, high)], "noun", rule.certainty)

    def is_that(self, c: Clauses, k: int) -> bool:
        m = c.child(k, "mark", "aux")
        return m is not None and c.tokens[m].text.casefold() in ("that", "to")

    # -- quotes
    def blocks(self) -> list[list[Span]]:
        """Quotations; one that is open at its paragraph's end goes on in the next paragraph that opens with a mark."""
        out: list[list[Span]] = []
        last: Quotation | None = None
        for q in self.quotations:
            if last is not None and not last.closed and not self.text[last.span.end : q.span.start].strip():
                out[-1].append(q.span)
            else:
                out.append([q.span])
            last = q
        return out

    def sentence_at(self, offset: int) -> int:
        return max(0, bisect_right(self.starts, offset) - 1)

    def quotes(self) -> None:
        self.starts = [s.span.start for s in self.layer.sentences]
        previous: Draft | None = None
        for block in self.blocks():
            whole = Span(block[0].start, block[-1].end)
            draft = self.covering(whole)
            if draft is not None:
                draft.content = merge([*draft.content, *block])
                draft.quotes.extend(block)
                previous = draft
                continue
            made = self.from_quote(whole, block)
            if made is not None:
                previous = made
            elif previous is not None and self.floating(whole) and self.near(previous, whole):
                previous.content = merge([*previous.content, *block])
                previous.quotes.extend(block)

    def near(self, draft: Draft, whole: Span) -> bool:
        end = max(max(x.end for x in draft.content), self.layer.sentences[draft.at].span.end)
        return self.sentence_at(whole.start) - self.sentence_at(end - 1) <= 1

    def covering(self, whole: Span) -> Draft | None:
        best: tuple[int, Draft] | None = None
        for d in self.drafts:
            shared = sum(max(0, min(x.end, whole.end) - max(x.start, whole.start)) for x in d.content)
            if shared and (best is None or shared > best[0]):
                best = (shared, d)
        return best[1] if best else None

    def floating(self, whole: Span) -> bool:
        before = self.text[: whole.start].rstrip(" ")[-1:]
        inside = self.text[whole.start : whole.end].rstrip("\"”'")[-1:]
        return before in ("", "\n", ".", "!", "?", "”", '"', "'") and inside in ("", ".", "!", "?", "…", "-", "—")

    def from_quote(self, whole: Span, block: list[Span]) -> Draft | None:
        text = self.text
        at = self.sentence_at(whole.end - 1)
        c = self.clauses.get(at)
        if c is not None:
            after = [i for i, t in enumerate(c.tokens) if t.start >= whole.end and t.text.strip()]
            if after and any(c.tokens[i].pos not in ("PUNCT",) for i in after[:3]):
                inside = text[whole.start : whole.end].rstrip("\"”'")[-1:]
                nxt = c.tokens[after[0]].text
                if inside in ",?!…-—" or nxt in (",", "-", "–", "—"):
                    for i in after[:14]:
                        if c.tokens[i].pos == "VERB" and not self.quoted(c.tokens[i].start):
                            source = c.child(i, *SUBJECTS)
                            if source is None:
                                source = c.subject(i)
                            if source is not None and not self.quoted(c.tokens[source].start):
                                return self.quote_draft(at, i, source, block, "quote-before")
                            break
        at = self.sentence_at(whole.start)
        c = self.clauses.get(at)
        if c is not None:
            before = [i for i, t in enumerate(c.tokens) if t.end <= whole.start and t.text.strip()]
            if before:
                mark = c.tokens[before[-1]].text
                for i in reversed(before):
                    t = c.tokens[i]
                    if t.pos == "VERB" and not self.quoted(t.start) and (mark in (",", ":") or t.lemma not in NOT_CUES):
                        source = c.subject(i)
                        if source is not None:
                            return self.quote_draft(at, i, source, block, "quote-after")
        return None

    def quote_draft(self, at: int, i: int, source: int, block: list[Span], rule: str) -> Draft:
        c = self.clauses[at]
        for d in self.drafts:
            if d.at == at and d.cue == c.verb_group(i):
                d.content = merge([*d.content, *block])
                d.quotes.extend(block)
                return d
        d = Draft(at, c.verb_group(i), source, list(block), rule)
        d.quotes.extend(block)
        self.drafts.append(d)
        return d


def merge(spans: list[Span]) -> list[Span]:
    """Spans in order, overlapping ones made one."""
    out: list[Span] = []
    for span in sorted(spans):
        if out and span.start <= out[-1].end:
            out[-1] = Span(out[-1].start, max(out[-1].end, span.end))
        else:
            out.append(span)
    return out


NOT_CUES = frozenset("make let help ensure mean have get prove cause win do go allow become need use happen be require keep force leave come take turn start stop try spend give put see look watch enable set end begin ’ ’s 's".split())


def find_attributions(text: str, layer: Layer, *, title: str | None = None, document: Document | None = None) -> tuple[Attribution, ...]:
    """Every statement in one field of a report that the text attributes to someone, in text order."""
    finder = Finder(text, layer)
    drafts = finder.run()
    out = []
    for d in drafts:
        c = finder.clauses[d.at]
        cue = Phrase(c.span(*d.cue).of(text), c.span(*d.cue)) if d.cue else None
        source = None
        if d.source is not None:
            sp = c.span(*c.edges[d.source])
            source = Source(sp.of(text), sp, sp.of(text), "named")
        out.append(Attribution(source, cue, tuple(d.content), (), d.certainty, d.rule))
    return tuple(out)
