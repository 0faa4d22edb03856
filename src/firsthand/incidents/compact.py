"""Records of a whole pile kept as bytes: it holds millions of terms and names, and looks at those of a few reports at a time."""

from __future__ import annotations

from collections.abc import ItemsView, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar, overload

import msgspec

from .profile import Profile

Record = TypeVar("Record")

# So many profiles stay unpacked, some 8 KB each. Those of a day and a country are looked at together, but reports that share a rare
# name may lie years apart: of 10,000 each is unpacked thrice with this many at hand, five times with a thousand.
_AT_HAND = 6_000

_COUNTS = msgspec.msgpack.Decoder(dict[str, int])


class Counts(Mapping[str, int]):
    """How often each term is used. Every look unpacks all of them: take ``items`` once rather than terms one by one."""

    __slots__ = ("_page",)

    def __init__(self, page: bytes | msgspec.Raw) -> None:
        self._page = page

    def __getitem__(self, term: str) -> int:
        return _COUNTS.decode(self._page)[term]

    def __iter__(self) -> Iterator[str]:
        return iter(_COUNTS.decode(self._page))

    def __len__(self) -> int:
        return len(_COUNTS.decode(self._page))

    def __contains__(self, term: object) -> bool:
        return term in _COUNTS.decode(self._page)

    def items(self) -> ItemsView[str, int]:
        return _COUNTS.decode(self._page).items()

    @property
    def page(self) -> msgspec.Raw:
        return msgspec.Raw(self._page)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Mapping) and _COUNTS.decode(self._page) == dict(other.items())


@dataclass(frozen=True)
class _Profile(Profile):
    """A profile whose words are left packed."""

    # What is read from a page; ``Counts`` once it is.
    terms: msgspec.Raw  # type: ignore[assignment]
    lead: msgspec.Raw  # type: ignore[assignment]

    def __post_init__(self) -> None:
        for name in ("terms", "lead"):
            page = getattr(self, name)
            if isinstance(page, msgspec.Raw):
                object.__setattr__(self, name, Counts(page))


class Profiles(Sequence[Profile]):
    """The profiles of a pile by number, unpacked when they are looked at; those last looked at stay at hand."""

    def __init__(self, pages: Iterable[bytes]) -> None:
        self.pages = list(pages)
        self._at_hand: dict[int, Profile] = {}

    @overload
    def __getitem__(self, number: int) -> Profile: ...
    @overload
    def __getitem__(self, number: slice) -> Sequence[Profile]: ...
    def __getitem__(self, number: int | slice) -> Profile | Sequence[Profile]:
        if isinstance(number, slice):
            return Profiles(self.pages[number])
        found = self._at_hand.get(number)
        if found is None:
            if len(self._at_hand) >= _AT_HAND:
                self._at_hand.clear()
            found = self._at_hand[number] = _PROFILE.decode(self.pages[number])
        return found

    def __setitem__(self, number: int, profile: Profile) -> None:
        self.pages[number] = pack(profile)
        self._at_hand.pop(number, None)

    def __len__(self) -> int:
        return len(self.pages)

    def some(self, numbers: Sequence[int]) -> Sequence[Profile]:
        """Those of these ``numbers``."""
        return _Some(self, numbers)


class ByReport(Mapping[str, Profile]):
    """Profiles by report, of which ``numbers`` gives the number."""

    def __init__(self, profiles: Profiles, numbers: Mapping[str, int]) -> None:
        self._profiles, self._numbers = profiles, numbers

    def __getitem__(self, report: str) -> Profile:
        return self._profiles[self._numbers[report]]

    def __iter__(self) -> Iterator[str]:
        return iter(self._numbers)

    def __len__(self) -> int:
        return len(self._numbers)


class _Some(Sequence[Profile]):
    def __init__(self, profiles: Profiles, numbers: Sequence[int]) -> None:
        self._profiles, self._numbers = profiles, numbers

    @overload
    def __getitem__(self, number: int) -> Profile: ...
    @overload
    def __getitem__(self, number: slice) -> Sequence[Profile]: ...
    def __getitem__(self, number: int | slice) -> Profile | Sequence[Profile]:
        if isinstance(number, slice):
            return _Some(self._profiles, self._numbers[number])
        return self._profiles[self._numbers[number]]

    def __len__(self) -> int:
        return len(self._numbers)


def pack(record: object) -> bytes:
    """``record`` as MessagePack."""
    return _ENCODER.encode(record)


def _raw(value: object) -> object:
    if isinstance(value, Counts):
        return value.page
    raise NotImplementedError(f"no page holds a {type(value).__name__}")


_ENCODER = msgspec.msgpack.Encoder(enc_hook=_raw)
_PROFILE = msgspec.msgpack.Decoder(_Profile)


@dataclass(frozen=True)
class Packed(Mapping[str, Record]):
    """Records by name, each unpacked whenever it is asked for."""

    pages: Mapping[str, bytes]
    decoder: msgspec.msgpack.Decoder[Record]

    def __getitem__(self, name: str) -> Record:
        return self.decoder.decode(self.pages[name])

    def __iter__(self) -> Iterator[str]:
        return iter(self.pages)

    def __len__(self) -> int:
        return len(self.pages)
