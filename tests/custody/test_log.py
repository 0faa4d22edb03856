"""The custody log: every entry sealed to the one before, whatever they say."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from firsthand.ledger.custody import broken_custody, sealed
from firsthand.model import CustodyEntry

WORDS = st.text(st.characters(codec="utf-8"), max_size=12)
CONTENT = st.builds(
    CustodyEntry,
    number=st.just(0),
    at=WORDS,
    by=WORDS,
    verb=st.sampled_from(["added", "seen", "fetched", "found"]),
    subject=WORDS,
    sha256=WORDS,
    place=WORDS,
    record=WORDS,
    details=st.dictionaries(WORDS, WORDS, max_size=3),
)


def chain(contents: list[CustodyEntry]) -> list[CustodyEntry]:
    out: list[CustodyEntry] = []
    for number, entry in enumerate(contents, 1):
        out.append(sealed(replace(entry, number=number), out[-1].hash if out else ""))
    return out


@given(st.lists(CONTENT, min_size=1, max_size=6), st.data())
@settings(max_examples=150, deadline=None)
def test_any_change_to_any_entry_is_found(contents: list[CustodyEntry], data: st.DataObject) -> None:
    log = chain(contents)
    assert list(broken_custody(log)) == []
    at = data.draw(st.integers(0, len(log) - 1))
    name = data.draw(
        st.sampled_from(["at", "by", "subject", "sha256", "place", "record", "hash", "digest", "previous"])
    )
    other = data.draw(WORDS.filter(lambda words: words != getattr(log[at], name)))
    changed = [*log[:at], replace(log[at], **{name: other}), *log[at + 1 :]]
    assert list(broken_custody(changed))
    if at < len(log) - 1:
        assert list(broken_custody([*log[:at], *log[at + 1 :]]))
        # An entry forged whole, with hashes of its own, does not fit the one after it.
        forged = sealed(replace(log[at], by=f"{log[at].by} and another"), log[at].previous)
        assert list(broken_custody([*log[:at], forged, *log[at + 1 :]]))
