"""Whoever says it, however it is said: one statement in every frame that news sets its source in, with every kind of source."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from firsthand.annotate import Annotator
from firsthand.claims.attribution import Attribution, find_attributions
from firsthand.model import Document, OffsetMap

# {s} and {S} are the statement, {x} and {X} its source, in small letters and with a capital.
FRAMES = (
    "{S}, {x} said.", "{S}, said {x}.", "{S}, {x} says.", "{S}, {x} announced on Monday.", "{S}, {x} tweeted.",
    "{S}, {x} recounted on Monday.", "{S}, reported {x}.", "{S}, according to {x}.", "According to {x}, {s}.",
    "Per {x}, {s}.", "As per {x}, {s}.", "{S}, per {x}.", "{S}, as {x} put it.", "As {x} reported, {s}.",
    "{S}, as {x} reported on Monday.", "“{S},” {x} said.", "“{S},” said {x}.", "“{S},” stated {x}.", "{X} said {s}.",
    "{X} said that {s}.", "{X} told reporters that {s}.", "{X} told a radio station {s}.", "{X} has confirmed that {s}.",
    "{X} is reporting that {s}.", "{X} was quoted as saying {s}.", "{S}, {x} was quoted as saying.",
    "In a statement, {x} said {s}.", "A statement by {x} said {s}.", "{X} issued a statement saying {s}.",
    "{X}, in a statement, said {s}.", "{X}, citing witnesses, said {s}.", "Speaking to reporters, {x} said {s}.",
    "{X} insisted that {s}.", "{X} wrote on social media that {s}.", "{X} posted online that {s}.", "{X} added that {s}.",
    "{X} went on to say that {s}.", "{X} later said that {s}.", "{S}, {x} told the daily on Monday.",
    "{S}, {x} said in a statement.", "{S}, {x} said, adding that the search went on.", "{S}, {x} and witnesses said.",
    "{S}, witnesses and {x} said.", "{X} and witnesses said {s}.", "On Monday {x} said {s}.", "Meanwhile {x} said {s}.",
    "It was {x} who said that {s}.", "{X} warned that {s}.", "{X} acknowledged {s}.", "{X} admitted on Monday that {s}.",
    "{X} maintained that {s}.", "{X} estimates that {s}.", "{X} documented that {s}.", "{X} established that {s}.",
    "By {x}'s account, {s}.", "In the words of {x}, {s}.", "{S} according to {x}.",
    "{S}. This was reported by {x}.", "{S}. The toll was given by {x}.", "{S}. That is what {x} said.",
    "{S}, {x} said; the road was cut.", "{S}, {x} would later say.", "{S}, {x}, who came on foot, said.",
    "As reported by {x}, {s}.", "As was announced by {x}, {s}.", "{X} pointed out that {s}.", "{X} let it be known that {s}.",
    "{X} made it known that {s}.", "What {x} says is that {s}.", "{X} was blunt: {s}.", "These were the words of {x}: “{S}.”",
    "The answer from {x} was that {s}.", "{S}: that is what {x} says.", "“{S}” was how {x} put it.", "{S}. So says {x}.",
    "If {x} is to be believed, {s}.", "{X} said, according to the daily, that {s}.", "{S}, informs {x}.",
    "Footage released by {x} shows that {s}.", "“{S},” read a message from {x}.", "Word came from {x} that {s}.",
    "{X} tweeted {s}.", "{X} posted {s}.", "{S}, {x} relayed Monday updating its list.", "{S} {x} went on to say.",
    "{X}: {s}.", "{X} via a channel: {s}.", "{S}. Source: {x}.", "“{S}.” That is how {x} told it.",
    "{X} was asked about it. “{S},” {x} said.", "The daily quoted {x} as saying {s}.",
    "{S}, the daily quoted {x} as saying.", "{X} said in a bulletin printed on Monday that {s}.",
)  # fmt: skip
SOURCES = (
    ("the army", "army"),
    ("police", "police"),
    ("Mayor Ana Ruiz", "Ana Ruiz"),
    ("the Valley Monitor", "Valley Monitor"),
    ("a doctor", "doctor"),
    ("state television", "state television"),
)
STATEMENTS = (
    "four people died in Torit",
    "a bomb killed 12 farmers in Kitale",
    "nine villagers were shot dead on Sunday",
)

Reader = Callable[[str], tuple[Attribution, ...]]


@pytest.fixture(scope="module")
def read() -> Reader:
    annotator = Annotator()

    def reads(text: str) -> tuple[Attribution, ...]:
        document = Document(id="r1", source_id="r1", text=text, map=OffsetMap.identity(len(text)))
        (annotation,) = annotator.annotate([document])
        return find_attributions(text, annotation.text)

    return reads


def upper_first(words: str) -> str:
    return words[0].upper() + words[1:]


def told_by(read: Reader, text: str, statement: str) -> list[str]:
    """Names of those to whom the whole statement is attributed."""
    found = []
    for attribution in read(text):
        content = " ".join(part.of(text) for part in attribution.content)
        if attribution.source is not None and statement[1:] in content:
            found.append(attribution.source.name)
    return found


@pytest.mark.parametrize("frame", FRAMES)
def test_source_of_the_statement(read: Reader, frame: str) -> None:
    """Each frame with every source, each time about one of the statements; the parser may misread one combination."""
    wrong = []
    turn = FRAMES.index(frame)
    for number, (source, name) in enumerate(SOURCES):
        statement = STATEMENTS[(turn + number) % len(STATEMENTS)]
        text = frame.format(s=statement, S=upper_first(statement), x=source, X=upper_first(source))
        if not any(name.lower() in found.lower() for found in told_by(read, text, statement)):
            wrong.append(text)
    assert len(wrong) <= 1, wrong


@pytest.mark.parametrize(
    "text",
    [
        "Four people died in Torit, per day and per district.",
        "By the river, four people died in Torit.",
        "Four people died in Torit as the army reported heavy fighting.",
        "Four people died in Torit. This was the third crash in a week.",
        "Four people died in Torit. The road was reported closed.",
        "By all accounts, four people died in Torit.",
        "Neither the council nor the army said that four people died in Torit.",
        "Word came from Nairobi that four people died in Torit.",
        "The road was clear: four people died in Torit.",
    ],
)
def test_nobody_is_made_a_source(read: Reader, text: str) -> None:
    assert told_by(read, text, "four people died in Torit") == []
