"""What an incident is called."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pytest

from firsthand.incidents.describe import incident_type


@dataclass
class Told:
    """What of a profile says the kind."""

    kinds: Mapping[str, float]


@pytest.mark.parametrize(
    ("told", "kind", "comment"),
    [
        ([{"attack": 0.9, "airstrike": 0.1}], "airstrike", "named once, called the strike or the attack from then on"),
        ([{"attack": 0.9, "shelling": 0.1}, {"attack": 1.0}], "shelling", "half of the reports name the means"),
        ([{"attack": 0.9, "shelling": 0.1}, *[{"attack": 1.0}] * 2], "attack", "one in three does"),
        ([{"attack": 0.9, "shooting": 0.1}], "attack", "police also shoot who stabs"),
        ([{"attack": 0.5, "ambush": 0.2, "shooting": 0.3}], "shooting", "what is told more often than both"),
        ([{"attack": 0.9, "shelling": 0.1}, *[{}] * 3], "shelling", "reports that tell of no attack decide nothing"),
        ([{}], "other", "nothing is told"),
    ],
)
def test_type(told: list[dict[str, float]], kind: str, comment: str) -> None:
    assert incident_type([Told(kinds) for kinds in told]) == kind, comment  # type: ignore[misc]
