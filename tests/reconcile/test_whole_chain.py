"""Figures of the packaged demonstration, read, grouped and reconciled as a build does it: what must not move them, does not."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from firsthand import pipeline
from firsthand.incidents import group
from firsthand.ingest import Intake, read
from firsthand.model import Settings
from firsthand.reconcile import reconcile
from firsthand.resources import resource_path

DEMO = resource_path("demo/actors.tsv").parent
SETTINGS = Settings(actors_file=str(DEMO / "actors.tsv"), places_file=str(DEMO / "places.tsv"))


@pytest.fixture(scope="module")
def raws():
    return [result.report for result in read([str(DEMO / "reports")]) if isinstance(result, Intake)]


@pytest.fixture(scope="module")
def records(raws):
    return list(pipeline.Reader(SETTINGS).records(raws))


def built(records, *, previous=()):
    """Grouping and reconciliation of ``records``."""
    documents = [document for document, _, _ in records]
    claims = [found for _, _, found in records]
    lineage, _ = pipeline.trace(documents)
    grouping = group(documents, [annotation for _, annotation, _ in records], claims, lineage, previous=previous)
    return grouping, pipeline.reconcile(grouping, claims, lineage, documents=documents, settings=SETTINGS)


@pytest.fixture(scope="module")
def whole(records):
    return built(records)


def told(reconciliation):
    return [(f.outcome, f.victims, f.low, f.best, f.high, f.status, f.voices, f.why) for f in reconciliation.figures]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_order_of_reports(records, whole, seed):
    mixed = random.Random(seed).sample(records, len(records))
    assert built(mixed) == whole


def test_removing_a_report_and_adding_it_back(records, whole):
    for index in range(0, len(records), 4):
        without, _ = built(records[:index] + records[index + 1 :])
        _, again = built(records, previous=without.incidents)
        assert sorted(told(again)) == sorted(told(whole[1]))


def test_verbatim_copy(raws, records, whole):
    """The agency's first story once more, under another id and on the same day: the incident it tells of keeps its figures."""
    (original,) = [raw for raw in raws if raw.site == "meridian-press.example" and "at least 14" in (raw.title or "")]
    copy = replace(original, id=f"{original.id}-copy", source_id=f"{original.source_id}-copy")
    after = built([*records, *pipeline.Reader(SETTINGS).records([copy])])
    assert figures_of(after, copy.id) == figures_of(whole, original.id)


def test_some_incidents_alone(records, whole):
    """Asked for alone, with the reports it needs and no others, an incident gets what it gets among all."""
    documents = [document for document, _, _ in records]
    claims = [found for _, _, found in records]
    lineage, _ = pipeline.trace(documents)
    grouping, expected = whole
    told = {incident.id: {link.report for link in incident.links} for incident in grouping.incidents}
    for incident, own in told.items():
        needed = set().union(own, *(reports for reports in told.values() if reports & own))
        needed |= {a.source for a in lineage.alterations if a.derived in needed}
        needed |= {report for origin in lineage.origins if needed & set(origin.reports) for report in origin.reports}
        found = reconcile(
            grouping,
            [report for report in claims if report.report in needed],
            lineage,
            documents=[document for document in documents if document.id in needed],
            policy=SETTINGS.policy,
            only={incident},
        )
        assert found.figures == tuple(f for f in expected.figures if f.incident == incident)
        assert found.conflicts == tuple(c for c in expected.conflicts if c.incident == incident)
        assert found.grades == tuple(g for g in expected.grades if g.incident == incident)


def figures_of(chain, report):
    """The figures of the incident that ``report`` is about."""
    grouping, reconciliation = chain
    (main,) = [i.id for i in grouping.incidents for link in i.links if link.report == report and link.main]
    return [
        (f.outcome, f.victims, f.low, f.best, f.high, f.status, f.voices, f.origins)
        for f in reconciliation.figures
        if f.incident == main
    ]
