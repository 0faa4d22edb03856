"""Which speakers stand under one head in the brief."""

from __future__ import annotations

import pytest

from firsthand.export.speakers import one_head


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
