"""Who says what, on text parsed by the real parser."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from firsthand.annotate import Annotator
from firsthand.claims.attribution import Attribution, find_attributions
from firsthand.model import Document, OffsetMap
from firsthand.resources import table


class Case(NamedTuple):
    """Invented news of many wars and years. ``says`` lists (source's name, cue, content) at least expected."""

    comment: str
    text: str
    says: tuple[tuple[str | None, str, str], ...]


CASES = (
    Case(
        "indirect speech",
        "The mayor of Kesh said that two houses had burned down.",
        (("mayor of Kesh", "said", "that two houses had burned down"),),
    ),
    Case(
        "what the statement brings a toll to",
        "Six miners drowned, the Miners' League said, bringing to 19 the number killed this year.",
        (("Miners' League", "said", "Six miners drowned … bringing to 19 the number killed this year"),),
    ),
    Case(
        "direct speech, source behind",
        "“We heard the planes at noon,” said Tomas Varga, a farmer.",
        (("Tomas Varga", "said", "“We heard the planes at noon,”"),),
    ),
    Case(
        "one quotation cut in two by its cue",
        "“The bridge,” she said, “was gone by dawn.”",
        (("she", "said", "“The bridge,” … “was gone by dawn.”"),),
    ),
    Case(
        "a second quotation in the paragraph goes on with the first",
        "“They fired twice,” Major Anna Holt said. “Then they left.”",
        (("Anna Holt", "said", "“They fired twice,” … “Then they left.”"),),
    ),
    Case(
        "a question that the sentence splitter cuts off its cue",
        "“Who will bury them?” Ilse Brandt asked.",
        (("Ilse Brandt", "asked", "“Who will bury them?”"),),
    ),
    Case(
        "a quotation over two paragraphs, the first of which does not close it",
        "“We lost the well,” said Colonel Idris Bello. “Nobody came to help.\n\n“The road is shut.”",
        (("Idris Bello", "said", "“We lost the well,” … “Nobody came to help. … “The road is shut.”"),),
    ),
    Case(
        "according to, at the end",
        "Six miners died in the shaft, according to the union.",
        (("union", "according to", "Six miners died in the shaft"),),
    ),
    Case(
        "according to, at the end, without its comma",
        "Three nuns were killed in a fire which broke out in Vimy according to the abbey.",
        (("abbey", "according to", "Three nuns were killed in a fire which broke out in Vimy"),),
    ),
    Case(
        "quoted as saying, at the end",
        "Two pilots were killed in the crash the Danish military was quoted as saying by harbour radio.",
        (("Danish military", "quoted", "Two pilots were killed in the crash"),),
    ),
    Case(
        "inverted, and going on",
        "Shells on the port killed 12 sailors said the navy adding that two of them were cooks.",
        (
            ("navy", "said", "Shells on the port killed 12 sailors"),
            ("navy", "adding", "that two of them were cooks"),
        ),
    ),
    Case(
        "a quotation without its comma, inverted, and going on",
        "“The number of sailors killed has risen to 21” said the coast guard adding the search would go on.",
        (("coast guard", "said", "“The number of sailors killed has risen to 21”"),),
    ),
    Case(
        "whoever is wounded before a quotation says nothing",
        "Besides nine dead, the union said 41 had been hurt, “though not every shaft has been opened.”",
        (
            (
                "union",
                "said",
                "Besides nine dead … 41 had been hurt, “though not every shaft has been opened.”",
            ),
        ),
    ),
    Case(
        "the day behind a source is none of its name",
        "The union head on Tuesday accused the navy of sinking two boats.",
        (("union head", "accused", "the navy of sinking two boats"),),
    ),
    Case(
        "appeared to blame",
        "Varga appeared to blame the navy for the fire.",
        (("Varga", "to blame", "the navy for the fire"),),
    ),
    Case(
        "a toll of two figures",
        "The port agency gave a toll of some 9 dead and 41 hurt.",
        (("port agency", "gave", "a toll of some 9 dead and 41 hurt"),),
    ),
    Case(
        "a line of tags before the source",
        "Tags Danube Fleet Vimy activists say that 20 sailors died.",
        (("activists", "say", "that 20 sailors died"),),
    ),
    Case(
        "according to, in front",
        "According to hospital records, nine patients were moved.",
        (("hospital records", "According to", "nine patients were moved."),),
    ),
    Case(
        "a cue at the end of a text that has lost its commas",
        "Shelling killed four people near the port on Sunday the monitoring group the Danube Observatory said.",
        (("Danube Observatory", "said", "Shelling killed four people near the port on Sunday"),),
    ),
    Case(
        "the same with the verb in front of its source",
        "Two guards were killed in the raid on Monday said police.",
        (("police", "said", "Two guards were killed in the raid on Monday"),),
    ),
    Case(
        "two statements of one source",
        "The navy said a boat had sunk, adding that its crew was safe.",
        (("navy", "said", "a boat had sunk"), ("navy", "adding", "that its crew was safe")),
    ),
    Case(
        "a document finds",
        "The inquiry found that the shell had come from the hill.",
        (("inquiry", "found", "that the shell had come from the hill"),),
    ),
    Case(
        "a survey shows a thing; a boy who shows a card says nothing",
        "The survey shows a sharp fall in harvests. A boy showed his card at the gate.",
        (("survey", "shows", "a sharp fall in harvests"),),
    ),
    Case(
        "blame",
        "The governor accused the militia of burning the granary.",
        (("governor", "accused", "the militia of burning the granary"),),
    ),
    Case(
        "a claim as a noun",
        "Diplomats dismissed the army’s claim that the town had fallen.",
        (("Diplomats", "dismissed", "the army’s claim that the town had fallen"),),
    ),
    Case(
        "a source that the verb has lost behind dashes",
        "The league – a union of nine clubs – said the match would be played.",
        (("league", "said", "the match would be played"),),
    ),
    Case(
        "a statement that a body issued is the body's",
        "The army issued a statement saying two soldiers were missing.",
        (("army", "saying", "two soldiers were missing"),),
    ),
    Case(
        "a toll put at a figure",
        "Doctors put the death toll at 16.",
        (("Doctors", "put", "the death toll at 16"),),
    ),
    Case(
        "a count added to the statement in front of it",
        "In addition to four dead, the ministry said nine were hurt.",
        (("ministry", "said", "In addition to four dead … nine were hurt"),),
    ),
    Case(
        "a speaker whom the parser takes for the object of the quotation",
        "“We counted 16 bodies,” the mayor of Osh, Bakyt Asanov, told reporters.",
        (("Bakyt Asanov", "told", "“We counted 16 bodies,”"),),
    ),
    Case(
        "a second body's statement behind a contrast",
        "Television channel Nova said 17 troops had died, while radio station Vox spoke of 50.",
        (("Nova", "said", "17 troops had died"), ("Vox", "spoke", "50")),
    ),
    Case(
        "quoted by another body",
        "State television quoted a border guard as saying that shots were fired.",
        (("border guard", "saying", "that shots were fired"),),
    ),
)

# Statements that layout sets off: (text, source's name, cue, content).
LAYOUTS = (
    (
        "“Our wells ran dry in May, and nobody came.” ― Rosa Lind",
        "Rosa Lind",
        "―",
        "“Our wells ran dry in May, and nobody came.”",
    ),
    ("“Nobody came to us.” — Tomas Varga, a baker", "Tomas Varga", "—", "“Nobody came to us.”"),
    ("The governor added:\n\nThe bridge was never safe.", "governor", "added", "The bridge was never safe."),
    (
        "Major Anna Holt wrote:\n\n“The guns were ours. We are sorry.”",
        "Anna Holt",
        "wrote",
        "“The guns were ours. We are sorry.”",
    ),
    (
        "LIND: We said the dam would hold.\n\nVARGA: Who said so?\n\nLIND: The ministry said so.",
        "LIND",
        ":",
        "We said the dam would hold.",
    ),
)

# Words that look like cues and state nothing.
TRAPS = (
    "Firemen responded to a call about a shooting.",
    "The army responded to the shelling with rockets.",
    "The ministry did not respond to questions.",
    "The militia, known as the Hill Guards, blocked the road.",
    "Crowds gathered to see whether the ferry would come.",
    "The council sent two engineers to find out who had opened the sluice.",
    "The mayor called an ambulance.",
    "The band that played “The Long Road Home” left the stage.",
    "In the film he can be seen as a boy with a drum.",
    "The names are listed below:\n\nThree men from Dorna.",
    "The floods claimed the lives of six people.",
    "A group calling itself the Free Hill Brigade blocked the road.",
    "The mayor made sure that the gate was shut.",
    "The storm left hundreds of people without homes.",
    "Three people were killed in the raid: two police officers and a nurse.",
)

# Headlines: (title, source's text or None, content).
HEADLINES = (
    ("Blast kills four at market: police", "police", "Blast kills four at market"),
    ("Monitor: 12 dead in raid on Tarn", "Monitor", "12 dead in raid on Tarn"),
    ("Seven dead in raid on harbour monitor", "monitor", "Seven dead in raid on harbour"),
    ("Raid on harbour kills seven", None, ""),
    ("Seven dead in raid on harbour (police)", "police", "Seven dead in raid on harbour"),
    ("Seven dead in raid on harbour: Mayor Ilse Brandt", "Mayor Ilse Brandt", "Seven dead in raid on harbour"),
    ("Governor Otim: seven dead in raid on harbour", "Governor Otim", "seven dead in raid on harbour"),
    ("Anger at police: seven hurt in march", None, ""),
    ("Seven dead in raid on harbour (Kitale)", None, ""),
    ("Two raids in a day: hospital fire kills nine", None, ""),
    ("Nine dead on the coast: 4 police", None, ""),
    (
        "Nine dead on the coast – Danube Observatory for Human Rights",
        "Danube Observatory for Human Rights",
        "Nine dead on the coast",
    ),
)

# Who a pronoun or a short form means: (text, the words at the spot, name).
# Whose a quotation is that stands alone behind another sentence: (text, name or None).
FLOATING = (
    ("The widow shook her head. “Nobody came to help us that night.”", "widow"),
    ("Colonel Idris Bello said the pass was shut. “We shall open it in May.”", "Idris Bello"),
    ("Idris Bello said the pass was shut. He was in tears. “They were only boys from the school.”", "Idris Bello"),
    ("The navy was blunt. “Nobody came to help us that night.”", "navy"),
    ("The navy was late. “Nobody came to help us that night.”", None),
    ("The bridge fell at noon. “Nobody came to help us that night.”", None),
    ("The colonel was buried on Monday. “Nobody came to help us that night.”", None),
    ("The village burned for two days.\n\nOkello went on:\n\n“They were only boys from the school.”", "Okello"),
)

SPEAKERS = (
    (
        "Police spokesman Omar Haddad said the road was mined. President Lind had been clear that it was safe, he added.",
        "he",
        "Omar Haddad",
    ),
    (
        "The mayor shook her head. “Nobody came,” said her aunt. The vicar had wept. “They fired,” he said.",
        "he",
        "vicar",
    ),
    ("Father Otim left at dawn. His mother spoke to the court. “He is alive,” she said.", "she", "His mother"),
    (
        "Interior Minister Tomas Vega said two had drowned. The minister said a third was missing.",
        "The minister",
        "Tomas Vega",
    ),
    (
        "Interior Minister Tomas Vega said two had drowned. The health minister said nine had.",
        "The health minister",
        "health minister",
    ),
    (
        "The head of the civil guard, Ilse Brandt, said two drowned. The civil guard chief said it rained.",
        "The civil guard chief",
        "Ilse Brandt",
    ),
    ("Captain Idris Bello said two had drowned. The officer added that it rained.", "The officer", "Idris Bello"),
    ("One shepherd said the well was dry. Another said it was mined.", "Another", "another shepherd"),
    (
        "The Hill Brigade said the pass was mined. Its statement said that a bridge had been cut.",
        "Its statement",
        "Hill Brigade",
    ),
    ("MP Ilse Brandt said the well was dry. Brandt had herself counted nine bodies.", "Brandt", "Ilse Brandt"),
    ("Medics gave a heavier toll: at least nine miners dead.", "Medics", "Medics"),
    ("The army said two had drowned. A statement by the navy said nine had.", "A statement by the navy", "navy"),
    (
        "A report from the Hill Observatory said the well was dry. The report said it was mined.",
        "The report",
        "Hill Observatory",
    ),
    (
        "An Amnesty International report said the well was mined.",
        "An Amnesty International report",
        "Amnesty International",
    ),
    ("Reports from Nairobi said the well was mined.", "Reports from Nairobi", "Reports from Nairobi"),
    ("A survey of villagers said the well was mined.", "A survey of villagers", "survey of villagers"),
    (
        "Ilse Brandt, the guard's chief, said at a press call that the well was dry.",
        "Ilse Brandt, the guard's chief",
        "Ilse Brandt",
    ),
    (
        "The flood carried off 20 goats, officials and two forest wardens said on Monday.",
        "officials and two forest wardens",
        "officials and two forest wardens",
    ),
    (
        "The Danube Observatory a Vienna-based monitor said nine had drowned.",
        "The Danube Observatory",
        "Danube Observatory",
    ),
    ("A Red Cross nurse at the port, Ilse Brandt, said nine had drowned. She said it rained.", "She", "Ilse Brandt"),
    ("The navy noted in a post that nine had drowned.", "The navy", "navy"),
    ("A teacher in Koro, Dr Amina Yusuf, said nine had drowned. Yusuf said it rained.", "Yusuf", "Amina Yusuf"),
    (
        "A tally compiled by the Hill Observatory shows that nine had drowned.",
        "A tally compiled by the Hill Observatory",
        "Hill Observatory",
    ),
    ("A woman named Bela Roy said the well was dry. The woman said it was mined.", "The woman", "Bela Roy"),
    ("The Relief Committee said two trucks were lost. It said a third had turned back.", "It", "Relief Committee"),
    ("The Danube Observatory said a boat sank. The group said nine drowned.", "The group", "Danube Observatory"),
    ("Colonel Idris Bello said the pass was shut. Bello said it would open in May.", "Bello", "Idris Bello"),
    ("The Joint Rescue Centre said a boat sank. The JRC said nine drowned.", "The JRC", "Joint Rescue Centre"),
    (
        "Two lorries were burned by a group calling itself the Green League. The group demanded a new well.",
        "The group",
        "Green League",
    ),
    (
        "The Danube Observatory said a boat sank. The state news agency said nine drowned.",
        "The state news agency",
        "state news agency",
    ),
    ("Hana Blum head of the Danube Observatory said a boat sank. Blum said nine drowned.", "Blum", "Hana Blum"),
    ("Witnesses said they saw smoke. They said it was black.", "They", "Witnesses"),
)

# How far the source stands behind it: (text, certainty).
CERTAINTIES = (
    ("The ministry said two people died.", "asserted"),
    ("The rebels claimed they had shot down a plane.", "alleged"),
    ("The army denied that it had shelled the clinic.", "denied"),
    ("The spokeswoman declined to give a figure.", "unknown"),
    ("The mayor did not give a number.", "unknown"),
    ("The mayor was unable to provide a death toll.", "unknown"),
    ("Four people were reportedly killed.", "alleged"),
    ("The claim could not be independently verified.", "unknown"),
    ("It is not yet clear whether the driver survived.", "unknown"),
    ("The army gave no details of its own losses.", "unknown"),
    ("No group claimed responsibility for the blast.", "unknown"),
    ("Officials do not believe that the ferry was overloaded.", "denied"),
)

# What the phrase tells of its source: (text, kind, role, affiliation).
SOURCES = (
    ("Interior Minister Jana Roth said the port was shut.", "named", "Interior Minister", "Interior"),
    ("Navy spokesman Paulo Reis said the boat sank.", "named", "Navy spokesman", "Navy"),
    ("Ana Petric, who heads the Danube Observatory, said a boat sank.", "named", None, "Danube Observatory"),
    ("A government official said the talks had failed.", "anonymous", None, "government"),
    ("Witnesses said the car was white.", "anonymous", None, None),
    ("The defence ministry said the base was safe.", "organisation", None, None),
    ("Rebels said they had left the town.", "group", None, None),
    ("The report said two people had died.", "document", None, None),
)

# For whom somebody speaks whose body goes unnamed beside him: (text, the source's words, name, affiliation).
SPOKEN_FOR = (
    (
        "Boko Haram raided the market. The group's spokesman said the raids would go on.",
        "The group's spokesman",
        "Boko Haram spokesman",
        "Boko Haram",
    ),
    (
        "Boko Haram raided the market. A spokesman for the group told state radio that the raids would go on.",
        "A spokesman for the group",
        "Boko Haram spokesman",
        "Boko Haram",
    ),
    (
        "The Kachin Independence Army burned five lorries. Officials from the group said the drivers were free.",
        "Officials from the group",
        "Kachin Independence Army officials",
        "Kachin Independence Army",
    ),
    (
        "The Red Cross moved 20 patients. Its director, Ana Petric, said the road was shut.",
        "Its director, Ana Petric",
        "Ana Petric",
        "International Committee of the Red Cross",
    ),
    (
        "Iran condemned the raid. Its foreign ministry spokesman said an answer would come.",
        "Its foreign ministry spokesman",
        "Iran foreign ministry spokesman",
        "Iran foreign ministry",
    ),
    (
        "The Danube Observatory said nine men of Boko Haram drowned. A spokesman for the monitoring group said it knew no more.",
        "A spokesman for the monitoring group",
        "Danube Observatory spokesman",
        "Danube Observatory",
    ),
    # two candidates; people have leaders too
    (
        "Hamas and Islamic Jihad signed the paper. The group's spokesman said it would hold.",
        "The group's spokesman",
        "group's spokesman",
        "group",
    ),
    (
        "Villagers who had fled Boko Haram went home. Their leader said the wells were dry.",
        "Their leader",
        "Their leader",
        "Their",
    ),
)

Reader = Callable[..., tuple[Attribution, ...]]


@pytest.fixture(scope="module")
def read() -> Reader:
    """Reads the attributions of a text, or of a title."""
    annotator = Annotator()

    def attributions(text: str, title: str | None = None) -> tuple[Attribution, ...]:
        document = Document("d", "d", text, OffsetMap.identity(len(text)), title=title)
        annotation = next(iter(annotator.annotate([document])))
        layer = annotation.text if title is None else annotation.title
        return find_attributions(title or text, layer)

    return attributions


def _told(attribution: Attribution, text: str) -> tuple[str | None, str, str]:
    return (
        attribution.source.name if attribution.source else None,
        attribution.cue.text if attribution.cue else "",
        " … ".join(part.of(text) for part in attribution.content),
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.comment)
def test_statement(read: Reader, case: Case) -> None:
    found = [_told(attribution, case.text) for attribution in read(case.text)]
    for expected in case.says:
        assert expected in found


@pytest.mark.parametrize(("text", "source", "cue", "content"), LAYOUTS)
def test_layout(read: Reader, text: str, source: str, cue: str, content: str) -> None:
    assert (source, cue, content) in [_told(attribution, text) for attribution in read(text)]


def test_a_passive_has_its_source_behind_by_or_none(read: Reader) -> None:
    (found,) = read("The surgeon was hailed as “the last doctor of the valley and its best” in a leaflet.")
    assert found.source is None


@pytest.mark.parametrize("text", TRAPS)
def test_trap(read: Reader, text: str) -> None:
    assert read(text) == ()


@pytest.mark.parametrize(("title", "source", "content"), HEADLINES)
def test_headline(read: Reader, title: str, source: str | None, content: str) -> None:
    found = read("The harbour was quiet.", title)
    assert [(a.source.text if a.source else None, a.content[0].of(title)) for a in found] == (
        [(source, content)] if source else []
    )


@pytest.mark.parametrize(("text", "words", "name"), SPEAKERS)
def test_speaker(read: Reader, text: str, words: str, name: str) -> None:
    sources = [attribution.source for attribution in read(text) if attribution.source and attribution.depth == 0]
    assert [source.name for source in sources if source.text == words][-1:] == [name]


@pytest.mark.parametrize(("text", "name"), FLOATING)
def test_floating_quotation(read: Reader, text: str, name: str | None) -> None:
    quoted = [attribution for attribution in read(text) if attribution.quotes]
    assert [a.source.name if a.source else None for a in quoted] == ([name] if name is not None else [])


@pytest.mark.parametrize(("text", "certainty"), CERTAINTIES)
def test_certainty(read: Reader, text: str, certainty: str) -> None:
    assert [attribution.certainty for attribution in read(text) if attribution.depth == 0] == [certainty]


@pytest.mark.parametrize(("text", "kind", "role", "affiliation"), SOURCES)
def test_source(read: Reader, text: str, kind: str, role: str | None, affiliation: str | None) -> None:
    sources = [attribution.source for attribution in read(text) if attribution.depth == 0]
    assert [(s.kind, s.role, s.affiliation) for s in sources if s] == [(kind, role, affiliation)]


@pytest.mark.parametrize(("text", "words", "name", "affiliation"), SPOKEN_FOR)
def test_spoken_for(read: Reader, text: str, words: str, name: str, affiliation: str) -> None:
    sources = [attribution.source for attribution in read(text) if attribution.source]
    assert [(s.name, s.affiliation) for s in sources if s.text == words] == [(name, affiliation)]


def test_own_voice_after_a_statement(read: Reader) -> None:
    text = "The army said two soldiers died. Nine people were hurt in the city. Additionally, four people were missing."
    assert [part.of(text) for a in read(text) for part in a.content] == ["two soldiers died"]


def test_addition_to_a_statement(read: Reader) -> None:
    text = "The army said two soldiers died. Additionally, nine people were hurt."
    assert [a.source.name for a in read(text) if a.source] == ["army", "army"]


def test_via(read: Reader) -> None:
    for text in (
        "The Danube Observatory said, citing medics, that nine people drowned.",
        "The Danube Observatory, citing medics, said nine people drowned.",
    ):
        assert [a.source.via.text for a in read(text) if a.source and a.source.via] == ["medics"]
    text = "State radio said police had counted 16 bodies and that witnesses reported a second blast."
    nested = [a for a in read(text) if a.depth > 0 and a.source and a.source.via]
    assert {a.source.via.text for a in nested if a.source and a.source.via} == {"State radio"}


def test_anonymity(read: Reader) -> None:
    text = (
        "A senior official, speaking on condition of anonymity because he was not allowed to brief the press, said "
        "the talks had failed."
    )
    reasons = [a.source.anonymity.text for a in read(text) if a.source and a.source.anonymity]
    assert reasons == ["on condition of anonymity because he was not allowed to brief the press"]


@pytest.mark.parametrize(
    "row",
    [row for row in table("claims/cues.tsv") if row["pos"] not in ("addition", "continuation")],
    ids=lambda row: row["class"],
)
def test_cue_lexicon(read: Reader, row: dict[str, str]) -> None:
    if row["example"]:
        assert read(row["example"]), row["example"]
    if row["counter"]:
        assert not read(row["counter"]), row["counter"]


@pytest.mark.parametrize("row", table("claims/source_nouns.tsv"), ids=lambda row: row["kind"])
def test_source_nouns(read: Reader, row: dict[str, str]) -> None:
    if row["kind"] in ("closing", "bystander"):
        assert [a.rule for a in read("The harbour was quiet.", row["example"])] == ["headline"]
        assert read("The harbour was quiet.", row["counter"]) == ()
        return
    assert {a.source.kind for a in read(row["example"]) if a.source} == {row["kind"]}
    assert row["kind"] not in {a.source.kind for a in read(row["counter"]) if a.source}


@settings(max_examples=25, deadline=None)
@given(order=st.permutations(range(len(CASES))), size=st.integers(1, 6))
def test_spans_stand_in_the_text(read: Reader, order: list[int], size: int) -> None:
    """Whatever stands together, spans lie inside the text, in order and apart, and quotations inside the content."""
    text = "\n\n".join(CASES[i].text for i in order[:size])
    for attribution in read(text):
        ends = [0]
        for part in attribution.content:
            assert ends[-1] <= part.start < part.end <= len(text)
            ends.append(part.end)
        for quote in attribution.quotes:
            assert any(part.covers(quote) for part in attribution.content)
        if attribution.source:
            assert attribution.source.span.of(text) == attribution.source.text
        assert attribution.why.endswith(".")
