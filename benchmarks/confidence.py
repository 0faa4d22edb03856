"""How often a claim of a given confidence is read rightly, and the weights that would be fitted today.

    python -m benchmarks.confidence CLAIMS.jsonl --scorer SCORER.py

CLAIMS holds reports with the claims that careful readers wrote down; SCORER is the module that scores such a set from outside: it
says which of them a claim of ours matches, and whether number, source and victims are the same. A claim is right where all are.

The chances printed are cross-validated: those of a report come from weights that were fitted on all other reports.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import tempfile
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from typing import Any

import msgspec
import numpy as np

from firsthand.annotate import Annotator
from firsthand.claims import extract
from firsthand.claims.confidence import signals
from firsthand.clean import clean
from firsthand.ingest import Intake, read
from firsthand.resources import table

BINS = (0.0, 0.6, 0.7, 0.8, 0.9, 0.95, 1.0)
# The ridge that keeps a signal seen a few times from deciding all; with 0.25 and 1 the cross-validated loss is no better.
RIDGE = 0.5
NAMES = tuple(row["signal"] for row in table("claims/confidence.tsv"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("claims", type=Path)
    parser.add_argument("--scorer", type=Path, required=True)
    arguments = parser.parse_args()
    reports, shipped, present, right = observed(arguments.claims, module(arguments.scorer))
    crossed = np.empty(len(right))
    for report in sorted(set(reports)):
        own = np.array([other == report for other in reports])
        weights = fitted(present[~own], right[~own])
        crossed[own] = chances(present[own], weights)
    print(f"{len(right)} counts of {len(set(reports))} reports, {right.mean():.3f} right")
    print(
        f"log loss {loss(crossed, right):.4f} cross-validated, {loss(np.full(len(right), right.mean()), right):.4f} without signals"
    )
    for title, told in (("cross-validated", crossed), ("as shipped", shipped)):
        print(f"\n{title}: confidence, claims, mean confidence, share right")
        for low, high in pairwise(BINS):
            inside = (told >= low) & (told < high if high < 1 else told <= high)
            if inside.any():
                print(f"  {low:.2f}–{high:.2f} {inside.sum():5d} {told[inside].mean():.2f} {right[inside].mean():.2f}")
    weights = fitted(present, right)
    print(f"\nweights of today: clear {weights[0]:.2f}")
    for name, weight, column in zip(NAMES, weights[1:], present.T, strict=True):
        seen = column.astype(bool)
        print(f"  {name:14} {-weight:5.2f}  seen {seen.sum():4d}, right {right[seen].mean() if seen.any() else 0:.2f}")


def observed(path: Path, scorer: ModuleType) -> tuple[list[str], np.ndarray, np.ndarray, np.ndarray]:
    """For each count read: its report, its confidence, which signals it has, and whether it is right."""
    rows = {str(row["id"]): row for row in map(json.loads, path.read_text(encoding="utf-8").splitlines())}
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "reports.jsonl"
        source.write_text("".join(json.dumps(scorer.as_report(row)) + "\n" for row in rows.values()), encoding="utf-8")
        raws = [item.report for item in read([str(source)]) if isinstance(item, Intake)]
    documents = [clean(raw) for raw in raws]
    reports: list[str] = []
    shipped: list[float] = []
    present: list[list[bool]] = []
    right: list[bool] = []
    for raw, document, annotation in zip(raws, documents, Annotator().annotate(documents), strict=True):
        claims = extract(document, annotation).claims
        counted = [claim for claim in claims if claim.tally is not None]
        told: list[dict[str, Any]] = [msgspec.to_builtins(claim) for claim in counted]
        runs = [[run.start, run.source_start, run.length] for run in document.map.runs]
        scorer.in_source_offsets(told, [{"id": document.id, "map": runs}])
        right += judged(scorer.gold_claims(rows[raw.source_id]), told, scorer)
        for claim in counted:
            own = signals(claim, claims, annotation.layer(claim.field))
            present.append([name in own for name in NAMES])
            reports.append(document.id)
            shipped.append(claim.confidence if claim.confidence is not None else float("nan"))
    return reports, np.array(shipped), np.array(present, float), np.array(right, float)


def judged(gold: Sequence[dict[str, Any]], told: Sequence[dict[str, Any]], scorer: ModuleType) -> list[bool]:
    """Whether each claim is one that the readers wrote down, in everything; each of theirs is matched once, the best first."""
    pairs = []
    for g, wanted in enumerate(gold):
        for t, claim in enumerate(told):
            tally = claim["tally"]
            if tally["outcome"] != wanted["outcome"] or claim["field"] != wanted["in"]:
                continue
            near = (wanted["n_span"], tally["span"]) if wanted["n_span"] else (wanted["clause_span"], claim["span"])
            if scorer.overlap(*near):
                same = (
                    scorer.same_value(wanted, tally),
                    scorer.same_source(wanted, claim),
                    scorer.same_victims(wanted, tally),
                )
                pairs.append((-(4 * same[0] + 2 * same[1] + same[2]), g, t, all(same)))
    matched: set[int] = set()
    out: dict[int, bool] = {}
    for _, g, t, whole in sorted(pairs):
        if g not in matched and t not in out:
            matched.add(g)
            out[t] = whole
    return [out.get(t, False) for t in range(len(told))]


def fitted(present: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Ridge logistic regression by Newton's method: the constant, which is not held back, and one weight a signal."""
    x = np.column_stack([np.ones(len(right)), present])
    ridge = np.diag([0.0, *[RIDGE] * present.shape[1]])
    weights = np.zeros(x.shape[1])
    for _ in range(30):
        p = 1 / (1 + np.exp(-x @ weights))
        step = np.linalg.solve((x * (p * (1 - p))[:, None]).T @ x + ridge, x.T @ (right - p) - ridge @ weights)
        weights += step
        if np.abs(step).max() < 1e-9:
            break
    return weights


def chances(present: np.ndarray, weights: np.ndarray) -> np.ndarray:
    out: np.ndarray = 1 / (1 + np.exp(-(weights[0] + present @ weights[1:])))
    return out


def loss(told: np.ndarray, right: np.ndarray) -> float:
    return float(-np.mean(right * np.log(told) + (1 - right) * np.log(1 - told)))


def module(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("scorer", path)
    if spec is None or spec.loader is None:
        raise SystemExit(f"{path} is no Python module")
    loaded = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(loaded)
    return loaded


if __name__ == "__main__":
    main()
