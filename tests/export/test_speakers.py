"""Which speakers stand under one head in the brief."""

from __future__ import annotations

import pytest

from firsthand.export.speakers import one_head, voices_of
from firsthand.model import Claim, Figure, Span, VoiceCount


@pytest.mark.parametrize(
    ("one", "other", "country", "same"),
    [
        ("Peruvian Officials", "Peruvian officials", "PE", True),
        ("Interior Ministry", "Peru's interior ministry", "PE", True),
        ("Peruvian government spokesman", "Peruvian government", "PE", True),
        ("spokeswoman for the Peruvian army", "Peruvian army", "PE", True),
        ("Interior Ministry", "Peru's interior ministry", "CL", False),
        ("Peruvian army", "Chilean army", "PE", False),
        ("Interior Ministry", "Defence Ministry", "PE", False),
        ("officials", "Peruvian officials", "PE", False),
        ("group's spokesman", "group", "PE", False),
    ],
)
def test_one_head(one: str, other: str, country: str, same: bool) -> None:
    heads = one_head([one, other], country)
    assert (heads[one] == heads[other]) == same


def test_two_countries_of_one_word_leave_it_open() -> None:
    heads = one_head(["Foreign Ministry", "Peruvian foreign ministry", "Chilean foreign ministry"], "PE")
    assert len(set(heads.values())) == 3


def test_who_is_one_voice_in_the_figures_is_one_in_the_brief() -> None:
    """What the mayor says without a number, and what he counted before, stands under the office that the figures count."""
    claims = [Claim(id, "r", "text", Span(0, 1)) for id in ("now", "then", "said", "other", "own")]
    names = {"now": "mayor's office", "then": "Mayor Ruiz", "said": "Mayor Ruiz", "other": "Lena Ortiz", "own": ""}
    count = VoiceCount("mayor's office", 4, 4, ("now", "own"), ("o",), history=(("then", 2, 2),))
    figure = Figure(
        "f", "i", "killed", "people", None, 4, 4, 4, "single", "default", 1, 1, 1, ("now",), "", (count,), ()
    )
    found = voices_of(claims, [figure], names)
    assert found == dict.fromkeys(("now", "then", "said"), "mayor's office")


def test_a_name_that_the_figures_know_as_two_voices_is_left_alone() -> None:
    claims = [Claim(id, "r", "text", Span(0, 1)) for id in ("a", "b", "c")]
    counts = tuple(VoiceCount(voice, 1, 1, (id,), ("o",)) for voice, id in (("medic (one)", "a"), ("medic (two)", "b")))
    figure = Figure(
        "f", "i", "killed", "people", None, 1, 1, 1, "agreed", "default", 2, 1, 1, ("a", "b"), "", counts, ()
    )
    assert "c" not in voices_of(claims, [figure], dict.fromkeys("abc", "medic"))
