"""Documents for lineage's tests: invented reports from an invented border war."""

import random
from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from firsthand.model import Credit, Document, OffsetMap

Make = Callable[..., Document]


@pytest.fixture
def make() -> Make:
    def document(
        name: str,
        text: str,
        *,
        day: int | None = None,
        hour: int | None = None,
        site: str | None = None,
        agency: str = "",
    ) -> Document:
        return Document(
            id=f"rep-{name}",
            source_id=name,
            text=text,
            map=OffsetMap.identity(len(text)),
            site=site,
            published=date(1997, 3, day) if day else None,
            published_basis="given" if day else "none",
            published_at=datetime(1997, 3, day, hour, tzinfo=UTC) if day and hour is not None else None,
            credits=(Credit("dateline", agency, f"KORVA ({agency}) —"),) if agency else (),
        )

    return document


AGENCY = """Shells fell on the market of Korva for the third morning running, killing 11 people and wounding 40, the \
mayor said on Tuesday.

Mayor Ilse Tarvane told reporters that the first rounds landed among the fish stalls shortly after seven, when porters were \
unloading the night's catch. “We had nine minutes between the second and the third salvo, and nobody dared to cross the square,” \
she said.

The Northern Defence League denied that its batteries on Mount Sedra had fired. A spokesman, Colonel Petar Vuk, said the \
bombardment came from positions that the government had abandoned on Sunday.

Doctors at the Saint Orsola clinic operated by lantern light after the generator ran out of diesel. Four of the wounded were \
taken across the lake in rowing boats.

The town of 18,000 has been cut off since the bridge at Dolna was blown up in January. Relief lorries have reached it twice."""

SPUN = """Shells dropped on Korva market for the third straight morning, killing 11 persons and injuring 40, the mayor stated \
Tuesday.

Mayor Ilse Tarvane informed journalists that the initial rounds landed among the fish booths soon after seven, as porters were \
discharging the catch of the night. “We had nine minutes between the second and third salvo and no one ventured to cross the \
plaza,” she stated.

The Northern Defense League denied its batteries on Mount Sedra had opened fire. Spokesperson Colonel Petar Vuk said the \
bombing came from positions which the government had deserted on Sunday.

Physicians at Saint Orsola clinic worked by lantern light after the generator ran out of fuel. Four of the injured were carried \
across the lake in row boats.

The city of 18,000 has been severed since the bridge in Dolna was exploded in January. Aid trucks have arrived there twice."""

INDEPENDENT = """Eleven dead: that is the count the nurses of Saint Orsola keep on a blackboard beside the door, and this \
correspondent watched it grow through Tuesday.

Korva's fish market no longer has a roof. Women were sweeping glass into baskets when the sirens began again. An old man who gave \
his name as Bero pointed to the hills and said the League's guns had been visible from his terrace all winter.

“Nobody dared to cross the square,” Mayor Ilse Tarvane said in her office, where the windows are stuffed with mattresses. She has \
asked the observers in Lunde for a pause of two days.

Colonel Petar Vuk, who speaks for the Northern Defence League, answered questions by radio. He would not discuss Mount Sedra.

I counted forty beds in a ward that was built for twelve."""

ELSEWHERE = """Fishermen in the southern port of Almadra went on strike over the price of diesel on Thursday, leaving 200 \
boats at their moorings.

The harbour master, Ines Quell, said the owners had refused a third offer from the ministry. Talks resume next week.

Canneries have laid off 600 workers since the season began, according to the union."""

SYLLABLES = [c + v for c in "bdfgklmnprst" for v in "aeiou"]


def invented(seed: int, words: int = 120) -> str:
    """A text of made-up words that is like no other seed's."""
    pick = random.Random(seed)
    made = ["".join(pick.choices(SYLLABLES, k=3)) for _ in range(words)]
    return " ".join(word.capitalize() + "." if k % 12 == 11 else word for k, word in enumerate(made))
