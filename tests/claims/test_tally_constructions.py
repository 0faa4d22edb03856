"""Counts in constructions that leave something out or leave it open: the verb, the noun, the sentence, or whether it happened."""

from __future__ import annotations

from functools import cache

import pytest

from firsthand.annotate import Annotator
from firsthand.claims import extract
from firsthand.model import Document, OffsetMap, Tally

# What is counted: outcome, number ("7..": at least, "..7": up to, "?": none) and, where they matter, the class of the victims and
# "alleged" or "denied".
HEDGED = (
    ("Six pupils may have died in the cellar.", "killed 6 children alleged"),
    ("The shell may have wounded nine nuns.", "wounded 9 civilians alleged"),
    ("Up to 20 divers might have drowned.", "killed ..20 civilians alleged"),
    ("Four sailors must have been killed at once.", "killed 4 fighters alleged"),
    ("Nine people may be dead, the warden said.", "killed 9 people alleged"),
    ("Six pupils could have died in the cellar.", ""),
    ("Six pupils might have died had the fuse not failed.", ""),
    ("Six pupils may be killed if the dam breaks.", ""),
    ("Six pupils may not have died.", ""),
)
NEGATED = (
    ("Two women, who have not been named, died in Yenagoa.", "killed 2 women"),
    ("Three porters who could not swim drowned.", "killed 3 civilians"),
    ("An aged couple who would not leave were burnt to death.", "killed 2 people"),
    ("Four porters were not killed.", ""),
    ("The fire did not kill four porters.", ""),
    ("Nobody knows where six clerks, not seen since May, are.", "missing 6 civilians"),
    ("Eight clerks have not been seen since the arrests.", "missing 8 civilians"),
    ("Eight clerks have been seen since the arrests.", ""),
    ("The colonel denied that anybody had drowned.", ""),
)
VERB_LEFT_OUT = (
    ("The first shell killed seven porters, the second nine.", "killed 7 civilians, killed 9 civilians"),
    ("The northern mine killed four porters and the southern mine six.", "killed 4 civilians, killed 6 civilians"),
    ("The cholera killed 30 porters; the famine 12.", "killed 30 civilians, killed 12 civilians"),
    ("The cavalry lost 40 men and the rebels 90.", "killed 40 fighters, killed 90 fighters"),
    ("The quake killed 30 porters, the youngest aged 9.", "killed 30 civilians"),
    ("The raid killed seven porters in Route 9.", "killed 7 civilians"),
    ("In Kidal a shell injured five porters and in Menaka another two.", "wounded 5 civilians, wounded 2 civilians"),
    ("Twelve porters died in the blaze and three more later.", "killed 12 civilians, killed 3 civilians"),
    ("Twelve porters died in the blaze and three at a clinic.", "killed 12 civilians, killed 3 civilians"),
)
LOSSES = (
    ("The garrison lost 14 men in the sortie.", "killed 14 fighters"),
    ("The regiment is said to have lost 30 men.", "killed 30 fighters alleged"),
    ("The guerrillas lost six in the retreat.", "killed 6 fighters"),
    ("The bank lost 14 men to a rival firm.", ""),
    ("The garrison lost 14 guns in the sortie.", ""),
    ("Four miners lost their legs and a fifth lost an eye.", "wounded 4 civilians, wounded 1 civilians"),
    ("Four miners feared losing their legs.", ""),
    ("Six died and 30 sustained injuries in the stampede.", "killed 6 people, wounded 30 people"),
    ("Two nuns survived with burns.", "wounded 2 civilians"),
)
LISTS = (
    ("Dead: 7", "killed 7 people"),
    ("Dead: 7; hurt: 9; missing: 2.", "killed 7 people, wounded 9 people, missing 2 people"),
    ("Killed – 12, wounded – 30, the consul wrote.", "killed 12 people, wounded 30 people"),
    ("Dead: 12 Wounded: 30", "killed 12 people, wounded 30 people"),
    ("Deaths: 7 Injuries: 9", "killed 7 people, wounded 9 people"),
    ("Killed: 10 soldiers, 3 clerks", "killed 10 fighters, killed 3 civilians"),
    ("Women killed: 4", "killed 4 women"),
    ("Houses burned: 31", "destroyed 31 people"),
    ("The wounded, 43 in all, were carried to Nimule.", "wounded 43 people"),
    ("The missing (five in number) are miners.", "missing 5 people"),
    ("Barges destroyed: 31", ""),
    ("Mill Shooting: 6 Injured", "wounded 6 people"),
    ("Six were killed: 12 were hurt.", "killed 6 people, wounded 12 people"),
    ("Killed: 5 (3 soldiers, 2 clerks)", "killed 5 people, killed 3 fighters, killed 2 civilians"),
    ("Number of wounded rises to 19 - governor", "wounded 19 people"),
)
TOLLS = (
    ("Two more porters drowned, bringing the total to 40.", "killed 2 civilians, killed 40 civilians"),
    ("Two more porters drowned, bringing the number of women killed to nine.", "killed 2 civilians, killed 9 women"),
    ("A girl of nine and a man of 40 were killed in Yenagoa.", "killed 1 children, killed 1 men"),
    ("A boy of 13 was hurt in the cellar.", "wounded 1 children"),
    ("A group of 13 hurt in the cellar was flown out.", "wounded 13 people"),
    ("Nine porters were brought dead to the clinic.", "killed 9 civilians"),
    ("The death toll has passed 90.", "killed 91.. people"),
    ("The death toll of the corps during the whole of the winter retreat amounted to 912.", "killed 912 people"),
    ("The death toll in the port has crossed 160.", "killed 161.. people"),
    ("Two more porters drowned, bringing to 40 the number killed.", "killed 2 civilians, killed 40 civilians"),
    (
        "Shells killed 100 porters. A consul put the figure at between 60 and 80.",
        "killed 100 civilians, killed 60..80 people",
    ),
    ("Six porters died. The figure for wages stands at 30.", "killed 6 civilians"),
    ("The militia put its own dead at two.", "killed 2 people"),
    ("Portuguese dead in the highlands now number 310.", "killed 310 people"),
    ("The missing in the two valleys totalled 40.", "missing 40 people"),
)
#: Whose verb it is, where another comes before it.
JOINED = (
    ("Horsemen burned nine huts and a cook who had stayed was burnt alive.", "destroyed 9 people, killed 1 civilians"),
    ("Four of the sergeants were tried and shot by a firing squad.", "killed 4 fighters"),
    ("Over 40 pupils were killed and more hurt.", "killed 41.. children"),
    ("4.10 pm: Woman, 33, found stabbed to death.", "killed 1 women"),
)
KINDS = (
    ("The mob was killing or maiming scores.", "casualties ? people"),
    ("Four were shot down over the strait.", ""),
    ("A pupil suffered a broken arm and nine suffered smoke inhalation.", "wounded 1 children, wounded 9 children"),
    ("An observer lost his life.", "killed 1 people"),
    ("Some 30 men, women and children were drowned.", "killed 30 children women men"),
    ("The raid killed 30 pupils, residents and officials said.", "killed 30 children"),
    ("Three pupils among five dead in Enugu", "killed 3 children, killed 5 people"),
    ("The guards shot 14 captives.", "killed 14 prisoners"),
)
RUINED = (
    ("Shells reduced 40 huts to ashes.", "destroyed 40 people"),
    ("The raid left 200 houses in ruins.", "destroyed 200 people"),
    ("The envoys recorded the burning of 60 homes.", "destroyed 60 people"),
    ("The envoys recorded the burning of 60 flags.", ""),
)
CUSTODY = (
    ("The lancers took 350 prisoners.", "detained 350 prisoners"),
    ("Five clerks were taken away in a lorry.", "abducted 5 civilians"),
    ("Five clerks were taken away on stretchers.", ""),
    ("Some 900 households have abandoned their homes.", "displaced 900 people"),
    ("The decree led to the expulsion of 3,000 traders.", "displaced 3000 civilians"),
    ("The decree led to the expulsion of two envoys.", ""),
    ("Nine pupils are still in captivity.", "abducted 9 children"),
    ("Three clerks have been in detention since Monday.", "detained 3 civilians"),
    ("Two editors remain behind bars.", "detained 2 journalists"),
    ("Gunmen took away nine herders.", "abducted 9 civilians"),
)
UNKNOWN = (
    ("The army does not publish its losses.", "casualties ? people"),
    ("Rebel losses are not known.", "casualties ? people"),
    ("The number of missing people is still unclear.", "missing ? people"),
)
#: Behind a dateline that cleaning leaves, the place is not who died.
DATELINES = (
    ("TAIZ (Radio Sahel) Nine grocers were killed.", "killed 9 civilians"),
    ("Multan, Mar 9: Three grocers were stabbed to death.", "killed 3 civilians"),
    ("TORREON (Radio Norte) -- Seven grocers and a cook were shot dead.", "killed 7 civilians, killed 1 civilians"),
    ("Gao — Nine grocers were killed.", "killed 9 civilians"),
    ("WICHITA, Kan. - Nine grocers were killed.", "killed 9 civilians"),
)


@cache
def annotator() -> Annotator:
    return Annotator()


def told(tally: Tally, certainty: str) -> str:
    low, high = ("" if bound is None else str(bound) for bound in (tally.low, tally.high))
    number = "?" if low == high == "" else low if low == high else f"{low}..{high}"
    doubt = f" {certainty}" if certainty in ("alleged", "denied") else ""
    return f"{tally.outcome} {number} {' '.join(tally.victims)}{doubt}"


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        *HEDGED,
        *NEGATED,
        *VERB_LEFT_OUT,
        *LOSSES,
        *LISTS,
        *TOLLS,
        *JOINED,
        *KINDS,
        *RUINED,
        *CUSTODY,
        *UNKNOWN,
        *DATELINES,
    ],
)
def test_what_is_counted(text: str, counted: str) -> None:
    document = Document("r1", "r1", text, OffsetMap.identity(len(text)))
    found = extract(document, next(iter(annotator().annotate([document]))))
    assert [told(c.tally, c.certainty) for c in found.claims if c.tally is not None] == [
        part for part in counted.split(", ") if part
    ]
    assert not [victim for victim in found.victims if victim.name in text.split("—")[0].split(",")[0]]
