"""alterations: what changed in the copy, found from the wording alone."""

import pytest

from firsthand.lineage import trace
from firsthand.lineage.reading import read, word_id
from firsthand.lineage.written import cues
from firsthand.model import Alteration
from firsthand.resources import table

from .conftest import AGENCY, INDEPENDENT, SPUN, Make, invented

# Each case: what it shows, the words of AGENCY that change, what they become, the kind to be found, both wordings.
CASES = [
    ("a word inside quotation marks", "nobody dared to cross", "nobody wanted to cross", "quote", "dared", "wanted"),
    ("a toll that grew", "killing 11 people", "killing 17 people", "number", "11", "17"),
    ("a number word for another", "Four of the wounded", "Six of the wounded", "number", "Four", "Six"),
    (
        "a number exchanged in a sentence told anew",
        "killing 11 people and wounding 40, the mayor said on Tuesday",
        "leaving 11 persons dead and 14 with injuries, Mayor Tarvane told the town on Tuesday",
        "number",
        "40",
        "14",
    ),
    ("a garbled name", "Colonel Petar Vuk", "Colonel Petar Vuck", "name", "", ""),
    (
        "a name with a letter changed",
        "Mayor Ilse Tarvane told",
        "Mayor Ilse Tarwane told",
        "name",
        "Tarvane",
        "Tarwane",
    ),
    ("a negation", "the bombardment came from", "the bombardment never came from", "negation", "", "never"),
    (
        "an attribution that went",
        "reached it twice, the Red Cross said",
        "reached it twice",
        "dropped_attribution",
        "said",
        "twice",
    ),
    ("an added claim", "twice.", "twice.\n\nRadio Lunde reported a far higher toll.", "added", "", "higher toll"),
    (
        "an added claim that is only held",
        "twice.",
        "twice.\n\nGunsmiths in Lunde have suggested that phosphorus burned in the granary.",
        "added",
        "",
        "phosphorus",
    ),
]


def changes(make: Make, before: str, after: str) -> list[Alteration]:
    return list(trace([make("one", before, day=4), make("two", after, day=5)]).alterations)


@pytest.mark.parametrize(
    ("words", "become", "kind", "mine", "theirs"), [case[1:] for case in CASES], ids=[c[0] for c in CASES]
)
def test_change_is_found_with_both_wordings(
    make: Make, words: str, become: str, kind: str, mine: str, theirs: str
) -> None:
    before = (
        AGENCY.replace("reached it twice.", "reached it twice, the Red Cross said.") if "Red Cross" in words else AGENCY
    )
    assert words in before
    changed = before.replace(words, become)
    found = [change for change in changes(make, before, changed) if change.kind == kind]
    if words == "Colonel Petar Vuk":
        # Three letters are too few to tell two spellings of one name from two names.
        assert not found
        return
    (change,) = found
    assert (change.source, change.derived) == ("rep-one", "rep-two")
    assert mine in change.source_text
    assert theirs in change.derived_text
    assert change.source_span is None or change.source_span.of(before) == change.source_text
    assert change.derived_span is not None
    assert change.derived_span.of(changed) == change.derived_text


@pytest.mark.parametrize(
    ("words", "become"),
    [
        ("killing 11 people", "killing eleven people"),
        ("at Dolna was blown up in January", "at Dolna was blown up at 13:00"),
    ],
    ids=["figures and words", "a time of day"],
)
def test_numbers_that_say_the_same_or_something_else_are_no_change(make: Make, words: str, become: str) -> None:
    assert words in AGENCY
    assert not [c for c in changes(make, AGENCY, AGENCY.replace(words, become)) if c.kind == "number"]


def test_what_a_paper_adds_in_brackets_alters_no_quotation(make: Make) -> None:
    glossed = AGENCY.replace("nobody dared to cross the square", "nobody [in Korva] dared to cross the (fish) square")
    assert glossed != AGENCY
    assert not [c for c in changes(make, AGENCY, glossed) if c.kind == "quote"]


def test_a_gloss_in_brackets_may_take_the_place_of_its_pronoun(make: Make) -> None:
    glossed = AGENCY.replace("nobody dared", "they [the porters] dared")
    put_in = AGENCY.replace("nobody dared", "the porters dared")
    assert not [c for c in changes(make, glossed, put_in) if c.kind == "quote"]
    assert [c.kind for c in changes(make, glossed, AGENCY) if c.kind == "quote"] == ["quote"]


def test_two_transcriptions_that_others_use_are_no_change(make: Make) -> None:
    """Where the rest of the ledger writes a name both ways; where one text alone writes it so, it was garbled."""
    copy = AGENCY.replace("Tarvane", "Tarvani")
    names = ("Tarvane", "Tarvane", "Tarvani", "Tarvani")
    others = [make(f"other{k}", f"{invented(k)} {name} came too.", day=4) for k, name in enumerate(names)]
    pair = [make("one", AGENCY, day=4), make("two", copy, day=5)]
    names = [
        [c for c in trace(pile).alterations if c.kind == "name"] for pile in (pair, pair + others, pair + others[:2])
    ]
    assert [len(found) for found in names] == [1, 0, 1]


def test_a_reworded_sentence_is_no_addition_unless_it_brings_a_name_or_a_number(make: Make) -> None:
    more = "\n\nShe went on to tell them what it had been like to lie there and listen."
    named = "\n\nHer brother Goran said what it had been like to lie there and listen."
    found = {
        text: [c.kind for c in changes(make, AGENCY, text) if c.kind == "added"] for text in (SPUN + more, SPUN + named)
    }
    assert list(found.values()) == [[], ["added"]]


def test_a_number_that_takes_up_what_was_told_is_no_addition(make: Make) -> None:
    more = "\n\nThe {} sisters had kept a bakery beside the chandler's and were much liked in the quarter."
    found = [[c.kind for c in changes(make, AGENCY, AGENCY + more.format(n))] for n in ("three", "93")]
    assert found == [[], ["added"]]


def test_a_headline_drops_no_attribution(make: Make) -> None:
    source = AGENCY.replace("the mayor said on Tuesday", "the mayor of the town said on Tuesday")
    headline = "Shells kill 11 people at the market of Korva for the third morning\n\n"
    rest = source.split("\n\n", 1)[1]
    assert not [c for c in changes(make, source, headline + rest) if c.kind == "dropped_attribution"]


def test_the_number_of_an_update_counts_nothing(make: Make) -> None:
    first, second = (AGENCY.replace("on Tuesday.", f"on Tuesday (update {n}).") for n in (1, 2))
    assert not changes(make, first, second)


def test_a_headline_that_stands_alone_drops_no_attribution(make: Make) -> None:
    kinds = [c.kind for c in changes(make, AGENCY, "Shells fall on market of Korva for third morning, killing 11")]
    assert "dropped_attribution" not in kinds


def test_what_a_site_repeats_under_every_text_is_no_addition_of_whoever_copies_it(make: Make) -> None:
    notice = "The clinic's director said that more than 300 beds were lacking in the province."
    weekly = [make(f"w{k}", f"{invented(k)}\n\n{notice}", day=1 + 8 * k, site="clinic.example") for k in range(3)]
    copy = make("copy", weekly[1].text, day=10, site="paper.example")
    assert not trace([*weekly, copy]).alterations


def test_what_is_added_to_something_is_no_statement(make: Make) -> None:
    before = AGENCY.replace("reached it twice.", "reached it twice, and a third has added to the queue at the lake.")
    after = AGENCY.replace("reached it twice.", "reached it twice, and a third has lengthened the queue at the lake.")
    assert before != AGENCY
    assert not [c for c in changes(make, before, after) if c.kind == "dropped_attribution"]


def test_a_quotation_that_independent_reports_share_is_compared_too(make: Make) -> None:
    altered = INDEPENDENT.replace(
        "“Nobody dared to cross the square,”",
        "“We had nine minutes between the second and the last salvo, and nobody dared to cross the square,”",
    )
    lineage = trace([make("agency", AGENCY, day=4), make("own", altered, day=5)])
    assert len(lineage.origins) == 2
    (change,) = lineage.alterations
    assert (change.kind, "“third”" in change.why, "“last”" in change.why) == ("quote", True, True)


# Changes that are none: typography, a cut, the same number in another form.
HARMLESS = [
    ("quotation marks straightened", [("“", '"'), ("”", '"')]),
    ("a quotation cut short", [("“We had nine minutes between the second and the third salvo, and nobody", "“Nobody")]),
    ("a number in figures", [("Four of the", "4 of the")]),
    ("a thousands separator", [("town of 18,000", "town of 18000")]),
    ("an apostrophe of the other kind", [("night's", "night’s")]),
]


@pytest.mark.parametrize("edits", [case[1] for case in HARMLESS], ids=[case[0] for case in HARMLESS])
def test_typography_and_cuts_are_no_change(make: Make, edits: list[tuple[str, str]]) -> None:
    changed = AGENCY
    for old, new in edits:
        assert old in changed
        changed = changed.replace(old, new)
    assert changes(make, AGENCY, changed) == []


@pytest.mark.parametrize("row", table("lineage/cues.tsv"), ids=lambda row: f"{row['kind']}-{row['word']}")
def test_every_cue_is_in_its_example_and_not_in_its_counter(row: dict[str, str]) -> None:
    words = [w.strip(".,;").casefold() for w in row["example"].split()]
    counter = [w.strip(".,;").casefold() for w in row["counter"].split()]
    assert row["word"] in words
    assert row["word"] not in counter
    assert row["word"] in cues(row["kind"])


@pytest.mark.parametrize("row", table("lineage/variants.tsv"), ids=lambda row: row["written"])
def test_every_variant_folds_as_its_example_says(row: dict[str, str]) -> None:
    assert word_id(row["folded"]) == word_id(row["written"])
    assert word_id(row["written"]) in read("x", row["example"]).words
    assert word_id(row["written"]) not in read("x", row["counter"]).words


BRIDGE = AGENCY.replace("the bridge at Dolna", "the bridge four miles down at Dolna")


@pytest.mark.parametrize(
    ("become", "changed"),
    [("six kilometres down", False), ("6 km down", False), ("nine kilometres down", True), ("nine miles down", True)],
)
def test_a_number_converted_to_another_unit_is_no_change(make: Make, become: str, changed: bool) -> None:
    found = changes(make, BRIDGE, BRIDGE.replace("four miles down", become))
    assert [change.kind for change in found if change.kind == "number"] == ["number"] * changed


@pytest.mark.parametrize("row", table("lineage/units.tsv"), ids=lambda row: row["unit"])
def test_every_unit_is_in_its_example_and_not_in_its_counter(row: dict[str, str]) -> None:
    assert row["unit"] in [word.strip(".,") for word in row["example"].split()]
    assert row["unit"] not in [word.strip(".,") for word in row["counter"].split()]


# What is no change, or no loss of a speaker, though words differ: what it shows, words of AGENCY, what they were and became.
NO_CHANGE = [
    ("a negation by prefix", "had been cut off", "was not accessible", "was inaccessible", "negation"),
    ("a negation of another kind", "it twice", "it rarely", "it not often", "negation"),
    (
        "a phrase with a negation of its own",
        "in rowing boats",
        "in rowing boats",
        "in rowing boats with no oars",
        "negation",
    ),
    (
        "common words that have a capital",
        "the mayor said",
        "the Community Guard said",
        "the Communist Guard said",
        "name",
    ),
    ("a denial in another word", "reached it twice", "denied it had helped", "rejected that it had helped", "negation"),
    ("a part written otherwise", "killing 11 people", "over 2½ hours", "over 2.5 hours", "number"),
    ("a time of day", "shortly after seven", "shortly before 13:00", "at around 1 pm", "number"),
    ("an age for a count", "killing 11 people", "killing 11 people", "killing a 30-year-old and 11 people", "number"),
    ("a contraction", "We had nine", "It is long; we had nine", "It’s long; we had nine", "quote"),
    ("one word for two", "the third salvo", "the third air strike", "the third airstrike", "quote"),
    ("a place in another transcription", "cross the square", "cross Koshka Square", "cross Koschka Square", "quote"),
]


@pytest.mark.parametrize(
    ("words", "was", "became", "kind"), [case[1:] for case in NO_CHANGE], ids=[c[0] for c in NO_CHANGE]
)
def test_the_same_said_otherwise_is_no_change(make: Make, words: str, was: str, became: str, kind: str) -> None:
    text = AGENCY.replace("has been cut off", "had been cut off")
    assert words in text
    found = changes(make, text.replace(words, was), text.replace(words, became))
    assert kind not in [change.kind for change in found]


# How a sentence tells who said so, or does not, and its counterpart in the copy: whether an attribution was dropped.
SAID = [
    ("Divers recovered the ferry's bell, the harbour board said.", "The ferry's bell was recovered by divers.", True),
    (
        "The harbour board said divers recovered the ferry's bell.",
        "According to the board divers recovered the ferry's bell.",
        False,
    ),
    (
        "Divers, who were told of a wreck, recovered the ferry's bell.",
        "Divers recovered the ferry's bell from a wreck.",
        False,
    ),
    (
        "Two coastal states recovered the ferry's bell with divers.",
        "Two coastal countries recovered the ferry's bell with divers.",
        False,
    ),
    (
        "The ministry states divers recovered the ferry's bell there.",
        "The ferry's bell was recovered there by divers.",
        False,
    ),
    (
        "Amnesty states that divers recovered the ferry's bell.",
        "The ferry's bell was recovered by divers from there.",
        True,
    ),
    (
        "Never-say-die divers recovered the heavy ferry's bell.",
        "Stubborn divers recovered the heavy ferry's bell.",
        False,
    ),
    (
        "The board announced a search for the ferry's bell by divers.",
        "The board began a search for the ferry's bell by divers.",
        False,
    ),
    (
        "The loss was confirmed by divers who raised the ferry's bell.",
        "Divers who raised the ferry's bell settled the loss.",
        True,
    ),
]


@pytest.mark.parametrize(("sentence", "counterpart", "dropped"), SAID)
def test_who_said_so(make: Make, sentence: str, counterpart: str, dropped: bool) -> None:
    quiet = "\n\nFog lay on the sound all week. Lamps burned along the whole southern mole until noon.\n\n"
    ending = AGENCY.split("\n\n")[3:]
    before, after = (
        "\n\n".join([*ending, quiet, line, quiet, AGENCY.split("\n\n")[1]]) for line in (sentence, counterpart)
    )
    found = [change.source_text for change in changes(make, before, after) if change.kind == "dropped_attribution"]
    assert found == [sentence] * dropped


def test_a_number_with_a_separator_is_one_number(make: Make) -> None:
    (change,) = changes(make, AGENCY, AGENCY.replace("18,000", "21,500"))
    assert (change.kind, change.source_text, change.derived_text) == ("number", "18,000", "21,500")


def test_a_quotation_that_a_copy_broke_up_is_no_other_one(make: Make) -> None:
    whole = AGENCY.replace("“We had nine minutes", "“It was the porters who ran first and we had nine minutes")
    broken = AGENCY.replace("“We had nine minutes", "“It fell beside me. Later we had nine minutes")
    assert not [change for change in changes(make, whole, broken) if change.kind == "quote"]
