"""One night of strikes on two sides of a border, as four papers tell of it (invented).

The republic's spokesman counts 16 dead with civilians among them; the militia league 16 dead and 36 wounded, and 7 dead at one
headquarters; league officials 16 fighters, five of them medics; a mayor one civilian and five houses. Across the border a monitor
counts 23 fighters, state radio gives no number. Three papers carry one agency story, one of them with an invented "higher toll".
"""

from __future__ import annotations

import pytest

from firsthand.model import Actor, Variant
from firsthand.reconcile import POLICIES, reconcile

from .build import claim, figure, kinds, pile, range_of, town

WEST, EAST = town("Westland", "WE", None, 6, "country"), town("Eastland", "EA", None, 6, "country")
HILLS = town("Hill Province", "WE", "Hills", 4, "admin1")
ACTORS = (
    Actor("league", "Militia League", "group", (Variant("the League"),)),
    Actor("gov", "Westland government", "organisation", (Variant("Westland's spokesman"),)),
)
REFUTED = (
    "The monitor counted 23 dead in Eastland. The government, for its part, reported a higher toll. It said 16 died."
)


def agency(report, *, at=(100, 200)):
    """The agency story: both sides of the border, the government and the league."""
    whole = claim(report, 16, "Tor Bassi", at=at[1], place=WEST.id, affiliation="Westland government")
    return [
        claim(report, "?", "Eastland state radio", at=at[0] - 60, place=EAST.id),
        claim(report, 23, "Rights Monitor", at=at[0], place=EAST.id, victims=("fighters",)),
        whole,
        claim(report, "some", "Tor Bassi", at=at[1] + 9, place=WEST.id, victims=("civilians",), part_of=whole.id,
              affiliation="Westland government"),
    ]  # fmt: skip


def everything():
    league = [
        claim(r, n, "the League", at=at, place=WEST.id, outcome=o)
        for r in ("a", "b")
        for n, at, o in ((16, 300, "killed"), (36, 330, "wounded"))
    ]
    officials = claim("d", 16, "League officials", at=10, place=WEST.id, victims=("fighters",))
    own = [
        officials,
        claim("d", 5, "League officials", at=40, place=WEST.id, victims=("medics",), part_of=officials.id),
        claim("d", 7, "Militia League", at=90, place=HILLS.id),
        claim("d", (36, None), "Militia League", at=150, place=WEST.id, outcome="wounded"),
        claim("d", 1, "Mayor of Kesh", at=220, place=HILLS.id, victims=("civilians",)),
        claim("d", 5, "Mayor of Kesh", at=260, place=HILLS.id, outcome="destroyed"),
    ]
    spun = agency("c", at=(REFUTED.index("23"), REFUTED.index("16")))
    return pile(
        [*agency("a"), *agency("b"), *spun, *league, *own],
        origins=[("a", "b", "c")],
        places=(WEST, EAST, HILLS),
        incident_places=(WEST.id, EAST.id),
        actors=ACTORS,
        texts={"c": REFUTED},
    )


def test_west():
    result = reconcile(**everything())
    killed = figure(result, place=WEST.id)
    assert (killed.low, killed.best, killed.high, killed.status) == (16, 16, 16, "agreed")
    carried = {voice.voice: len(voice.origins) for voice in killed.by_voice if voice.low}
    assert carried == {"Westland government": 1, "Militia League": 1, "League officials": 1}
    assert (killed.voices, killed.origins, killed.reports) == (3, 2, 4)
    assert range_of(result, victims="medics", place=WEST.id) == (5, 5, 5)
    wounded = figure(result, "wounded", place=WEST.id)
    assert (wounded.low, wounded.best, wounded.voices, wounded.origins) == (36, 36, 1, 2)
    assert range_of(result, place=HILLS.id)[2] == 7  # one headquarters, no rival to the sixteen


def test_east():
    killed = figure(reconcile(**everything()), place=EAST.id)
    assert (killed.low, killed.best, killed.high, killed.voices) == (23, 23, 23, 1)
    assert [voice.voice for voice in killed.by_voice if voice.low is None] == ["Eastland state radio"]


def test_whole_night():
    result = reconcile(**everything())
    assert range_of(result) == (39, 39, 39)
    assert figure(result).why == "Added up over places that lie apart: 23 in Eastland and 16 in Westland."


def test_conflicts():
    result = reconcile(**everything())
    assert "narration" in kinds(result)
    (victims,) = [c for c in result.conflicts if c.kind == "victims"]
    for name in ("League officials", "Westland government", "Mayor of Kesh"):
        assert name in victims.why
    assert "Rights Monitor" not in victims.why  # who speaks of the other side of the border
    (toll,) = [c for c in result.conflicts if c.kind == "narration"]
    assert "“higher toll”, but 16 (Westland government) is not higher than 23 (Rights Monitor)" in toll.why


@pytest.mark.parametrize("policy", list(POLICIES))
def test_every_policy_gives_the_same_where_all_agree(policy):
    result = reconcile(
        **everything(), policy=policy, hierarchy=["Westland government", "Militia League", "Rights Monitor"]
    )
    assert range_of(result, place=WEST.id) == (16, 16, 16)
