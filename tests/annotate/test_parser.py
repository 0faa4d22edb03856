"""The parse: nouns of our own whose spans are the text's."""

from __future__ import annotations

import pytest

from firsthand.annotate import Annotator
from firsthand.annotate.casing import parser_text
from firsthand.annotate.parser import Parser
from firsthand.annotate.sentences import split_sentences
from firsthand.errors import ModelUnavailable
from firsthand.model import Document, Name, OffsetMap, Sentence, Span


@pytest.fixture(scope="module")
def annotator() -> Annotator:
    return Annotator()


def document(text: str, title: str | None = None) -> Document:
    return Document(id="r1", source_id="r1", text=text, map=OffsetMap.identity(len(text)), title=title)


def test_spans_are_the_texts_own(annotator: Annotator) -> None:
    text = "The U.S.-led force  said it’s over.\n\nTwelve farmers, all men, were killed in al-Rashda, police said."
    (annotation,) = annotator.annotate([document(text, "12 Farmers Killed in al-Rashda, Police Say")])
    for name, whole in (("text", text), ("title", "12 Farmers Killed in al-Rashda, Police Say")):
        for sentence in annotation.layer(name).sentences:
            assert sentence.tokens
            for token in sentence.tokens:
                assert token.span.of(whole).casefold() == token.text.casefold()
                assert 0 <= token.head < len(sentence.tokens)


@pytest.mark.parametrize(
    "text",
    [
        "Maj. Orrin’s U.N. unit didn't fire at 6p.m., he told the paper (in Dareth): “We won’t…”",
        "Two  shells\tfell on the mill\u00a0at dawn , and three men - farmers- died .",
        "It's 5 km from don't to it's, :-) said nobody.",
    ],
)
def test_words_are_cut_as_the_model_cuts_them(text: str) -> None:
    import spacy

    parser = Parser()
    plain = spacy.blank("en")
    plain.tokenizer = parser._nlp.tokenizer
    sentence = Sentence(Span(0, len(text)))
    for _ in range(2):  # the second time from what is remembered
        ((parsed,),) = parser.parse([[(sentence, text)]])
        assert [(token.text, token.start) for token in parsed.tokens] == [(t.text, t.idx) for t in plain(text)]


def test_subject_and_lemma(annotator: Annotator) -> None:
    (annotation,) = annotator.annotate([document("Soldiers killed twelve farmers near the old mill.")])
    (sentence,) = annotation.text.sentences
    root = sentence.tokens[sentence.root]
    assert (root.lemma, root.pos) == ("kill", "VERB")
    subjects = [sentence.tokens[i].text for i in sentence.children[sentence.root] if sentence.tokens[i].dep == "nsubj"]
    assert subjects == ["Soldiers"]


def test_ungated_sentences_have_no_tokens(annotator: Annotator) -> None:
    (annotation,) = annotator.annotate([document("The river rises in the northern hills. Two men were killed there.")])
    assert [bool(s.tokens) for s in annotation.text.sentences] == [False, True]


def test_many_documents_keep_their_order(annotator: Annotator) -> None:
    documents = [document(f"{n} men were killed.") for n in range(20)]
    firsts = [a.text.sentences[0].tokens[0].text for a in annotator.annotate(documents)]
    assert firsts == [str(n) for n in range(20)]


def test_unknown_model_is_named() -> None:
    with pytest.raises(ModelUnavailable, match="no_such_model"):
        Parser("no_such_model")


def test_headline_capitals_are_lowered_for_the_parser_only() -> None:
    text = "Car Bomb Kills Twelve Soldiers Near Sana Gate"
    (sentence,) = split_sentences(text)
    sentence = Sentence(sentence.span, heading=True)
    name = Name(Span(35, 39), "Sana", "place", "Sana")
    lowered = parser_text(text, sentence, [name], "A car stood there.")
    assert lowered == "car bomb kills twelve soldiers near Sana gate"
    plain = "President Okoro told General Adeyemi that Abuja would answer."
    assert parser_text(plain, Sentence(Span(0, len(plain))), [], plain) == plain


def test_a_rare_verb_of_saying_keeps_its_word_and_has_its_speaker(annotator: Annotator) -> None:
    (annotation,) = annotator.annotate(
        [document("Shells killed nine villagers near the mill the union disclosed Friday.")]
    )
    (sentence,) = annotation.text.sentences
    verb = next(token for token in sentence.tokens if token.text == "disclosed")
    assert (verb.tag, verb.lemma, verb.pos) == ("VBD", "disclose", "VERB")
    assert [
        sentence.tokens[i].text
        for i in sentence.children[sentence.tokens.index(verb)]
        if sentence.tokens[i].dep == "nsubj"
    ] == ["union"]
