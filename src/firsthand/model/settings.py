"""Settings that derived records depend on. One frozen record, so that its hash can key the outputs of a stage."""

from __future__ import annotations

from dataclasses import astuple, dataclass

from .ids import record_id


@dataclass(frozen=True, slots=True)
class Settings:
    """``parser`` names an installed spaCy model; empty means the packaged one. ``policy`` is the reconciliation policy.
    ``actors_file`` and ``places_file`` are the user's own additions to the knowledge files."""

    parser: str = ""
    policy: str = "default"
    actors_file: str = ""
    places_file: str = ""
    hierarchy_file: str = ""

    @property
    def key(self) -> str:
        return record_id("set", *astuple(self))
