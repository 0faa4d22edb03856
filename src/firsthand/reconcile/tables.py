"""Hand-coded event reports → one row an event: the columns of a table reconciled by a written specification.

Teams that code by hand keep a table with one row a report and a column that says which event the report is about. A
specification (TOML) says for each column how its cells become one: the commonest value with tie-breaks, the value of the most
or the least precise reports, a minimum, a maximum, a sum, a mean, or all strings joined. The methods, and the three
specifications that are shipped, are those of Van Baalen and Höglund's R package *eventreport* and its MAVERICK data; the
measures of disagreement are theirs too. No claim and no incident is needed here, and nothing here reads text.
"""

from __future__ import annotations

import csv
import statistics
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import floor, isfinite
from pathlib import Path
from typing import Any, Literal, TypeAlias, get_args

from firsthand.errors import InputRejected, SettingsError
from firsthand.resources import resource_path

Method: TypeAlias = Literal[
    "mode", "mode_known", "mode_number", "mode_date", "most_precise", "least_precise", "min", "max", "sum", "mean", "median",
    "join", "first",
]  # fmt: skip
CellType: TypeAlias = Literal["text", "number", "date"]
Row: TypeAlias = Mapping[str, str]
SHIPPED: tuple[str, ...] = ("conservative", "informative", "representative")

_WITH_PRECISION = ("most_precise", "least_precise")
_OF_NUMBERS = ("mode_number", "sum", "mean", "median")


@dataclass(frozen=True, slots=True)
class ColumnRule:
    """How the cells of ``column`` become one. ``by`` is the precision column of ``most_precise`` and ``least_precise``."""

    column: str
    method: Method
    type: CellType = "text"
    by: str | None = None


@dataclass(frozen=True, slots=True)
class TableSpec:
    """A specification. ``tie_break`` are the number columns that decide between equally common values, in turn (highest
    wins); ``missing`` the spellings of "no value"; ``undecided`` the word for a text cell that two values fit equally well."""

    name: str
    group: str
    rules: tuple[ColumnRule, ...]
    tie_break: tuple[str, ...] = ()
    missing: frozenset[str] = frozenset({"NA"})
    undecided: str = "Indeterminate"
    ignored: frozenset[str] = frozenset({"Unknown"})
    separator: str = ";"


@dataclass(frozen=True, slots=True)
class EventRow:
    """One event. ``cells`` by column, None where no report has a value; ``undecided`` are the columns where two values fit
    equally well; ``disagreement`` by column is the share of reports that do not say what the commonest value says."""

    event: str
    reports: int
    cells: dict[str, str | None]
    undecided: tuple[str, ...]
    disagreement: dict[str, float | None]


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """How far reports of the same event differ in one column, averaged over events.

    ``divergence``: distinct values less one. ``normalised``: that, by the distinct values of the whole table.
    ``deviation`` and ``range``: within an event, number columns only. ``disagreeing``: share of events with more than one
    value. ``modal``: share of an event's reports that say what the commonest value says.
    """

    column: str
    divergence: float
    normalised: float
    deviation: float | None
    range: float | None
    disagreeing: float
    modal: float | None


def read_table(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file with a header line (UTF-8, with or without a byte order mark). Raises InputRejected."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            if not reader.fieldnames:
                raise InputRejected(str(path), why="it is empty", hint="a header line and one row a report are needed")
            rows = [dict(row) for row in reader]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InputRejected(str(path), why=str(error)) from error
    for number, row in enumerate(rows, start=2):
        if None in row or None in row.values():
            raise InputRejected(f"{path}, row {number}", why="it has more or fewer cells than the header")
    return rows


def load_spec(name: str | Path, *, group: str | None = None) -> TableSpec:
    """A shipped specification by name, or the one in a TOML file. ``group`` overrides its event column.

    Raises SettingsError where the file cannot be read or names a method or a type that there is not.
    """
    path = resource_path(f"reconcile/{name}.toml") if str(name) in SHIPPED else Path(name)
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        hint = f"give a TOML file or one of {', '.join(SHIPPED)}"
        raise SettingsError(f"specification {name}", why=str(error), hint=hint) from error
    rules = tuple(rule for take in data.get("take", []) for rule in _rules(take, path))
    twice = [column for column, count in Counter(rule.column for rule in rules).items() if count > 1]
    if twice or not rules:
        why = f"column {twice[0]} has two rules" if twice else "it has no [[take]] section"
        raise SettingsError(f"specification {path.name}", why=why)
    return TableSpec(
        name=str(data.get("name", path.stem)),
        group=group or str(data.get("group", "event_id")),
        rules=rules,
        tie_break=tuple(data.get("tie_break", ())),
        missing=frozenset(data.get("missing", ("NA",))),
        undecided=str(data.get("undecided", "Indeterminate")),
        ignored=frozenset(data.get("ignored", ("Unknown",))),
        separator=str(data.get("separator", ";")),
    )


def _rules(take: Mapping[str, object], path: Path) -> list[ColumnRule]:
    how, kind, by, columns = take.get("how"), take.get("type", "text"), take.get("by"), take.get("columns")
    where = f"specification {path.name}"
    if how not in get_args(Method):
        raise SettingsError(where, why=f"no method {how!r}", hint=f"one of {', '.join(get_args(Method))}")
    if kind not in get_args(CellType):
        raise SettingsError(where, why=f"no type {kind!r}", hint=f"one of {', '.join(get_args(CellType))}")
    if how in _WITH_PRECISION and not isinstance(by, str):
        raise SettingsError(where, why=f"{how} needs a precision column", hint='by = "geo_precision"')
    if not isinstance(columns, list) or not all(isinstance(column, str) for column in columns):
        raise SettingsError(where, why=f"{how} names no columns", hint='columns = ["city", "location"]')
    return [ColumnRule(column, how, kind, by if isinstance(by, str) else None) for column in columns]  # type: ignore[arg-type]


def reconcile_table(rows: Sequence[Row], spec: TableSpec) -> list[EventRow]:
    """One row an event, in the order of the event column's values. Columns of ``spec`` that the table lacks are left out.

    Raises SettingsError where the table lacks the event column, a tie-break column or a precision column, and
    InputRejected where a cell that must be a number or a date is none.
    """
    rules = _present(rows, spec)
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(row[spec.group], []).append(row)
    out = []
    for event in sorted(groups):
        cells: dict[str, str | None] = {}
        undecided = []
        disagreement: dict[str, float | None] = {}
        for rule in rules:
            cell, decided = _aggregate(groups[event], rule, spec)
            cells[rule.column] = cell
            if not decided:
                undecided.append(rule.column)
            shares = _modal_share([_known(row[rule.column], spec) for row in groups[event]])
            disagreement[rule.column] = None if shares is None else 1 - shares
        out.append(EventRow(event, len(groups[event]), cells, tuple(undecided), disagreement))
    return out


def table_diagnostics(rows: Sequence[Row], spec: TableSpec) -> list[Diagnostic]:
    """How far reports of the same event differ, one record a column of ``spec`` that the table has."""
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(row[spec.group], []).append(row)
    out = []
    for rule in _present(rows, spec):
        values = [[_known(row[rule.column], spec) for row in group] for group in groups.values()]
        distinct = [len(set(cells)) for cells in values]
        divergence = statistics.fmean(count - 1 for count in distinct)
        modal = [share for share in map(_modal_share, values) if share is not None]
        deviation = spread = None
        if rule.type == "number":
            numbers = [[_number(cell, rule) for cell in cells if cell is not None] for cells in values]
            deviation = _mean(statistics.stdev(cells) for cells in numbers if len(cells) > 1)
            spread = _mean(max(cells) - min(cells) for cells in numbers if cells)
        out.append(
            Diagnostic(
                rule.column,
                divergence,
                divergence / len({cell for cells in values for cell in cells}),
                deviation,
                spread,
                statistics.fmean(count > 1 for count in distinct),
                _mean(modal),
            )
        )
    return out


def _present(rows: Sequence[Row], spec: TableSpec) -> list[ColumnRule]:
    columns = set(rows[0]) if rows else set()
    rules = [rule for rule in spec.rules if rule.column in columns]
    needed = {spec.group, *spec.tie_break, *(rule.by for rule in rules if rule.by)}
    if missing := sorted(needed - columns):
        raise SettingsError(f"specification {spec.name}", why=f"the table has no column {missing[0]}")
    return rules


def _known(cell: str, spec: TableSpec) -> str | None:
    return None if cell in spec.missing else cell


def _number(cell: str, rule: ColumnRule) -> float:
    try:
        value = float(cell)
    except ValueError:
        value = float("nan")
    if not isfinite(value):
        raise InputRejected(f"column {rule.column}", why=f"{cell!r} is not a number")
    return value


def _date(cell: str, rule: ColumnRule) -> date:
    try:
        return date.fromisoformat(cell)
    except ValueError as error:
        raise InputRejected(f"column {rule.column}", why=f"{cell!r} is not a date", hint="write 2024-02-03") from error


def _aggregate(group: Sequence[Row], rule: ColumnRule, spec: TableSpec) -> tuple[str | None, bool]:
    """The one cell for an event, and False where two values fit equally well."""
    cells = [_known(row[rule.column], spec) for row in group]
    known = [cell for cell in cells if cell is not None]
    if rule.method in _WITH_PRECISION:
        return _at_precision(group, rule, spec)
    if rule.method == "mode":
        return _mode(cells, group, rule, spec)
    if rule.method == "mode_known":
        kept = [(cell, row) for cell, row in zip(cells, group, strict=True) if cell]
        return _mode([cell for cell, _ in kept], [row for _, row in kept], rule, spec)
    if rule.method == "join":
        return _joined(known, spec), True
    if not known:
        return None, True
    if rule.method == "first":
        return known[0], True
    if rule.method == "mode_date":
        return _mode_date([_date(cell, rule) for cell in known]).isoformat(), True
    if rule.method in _OF_NUMBERS:
        return _spelled(_OVER_NUMBERS[rule.method]([_number(cell, rule) for cell in known])), True
    return (min if rule.method == "min" else max)(known, key=_key(rule)), True


def _key(rule: ColumnRule) -> Callable[[str], Any]:
    if rule.type == "number":
        return lambda cell: _number(cell, rule)
    if rule.type == "date":
        return lambda cell: _date(cell, rule)
    return lambda cell: cell


def _at_precision(group: Sequence[Row], rule: ColumnRule, spec: TableSpec) -> tuple[str | None, bool]:
    """The commonest value among the reports of the highest or lowest precision. Reports whose precision is not known take
    no part."""
    assert rule.by is not None
    graded = [(_number(cell, rule), row) for row in group if (cell := _known(row[rule.by], spec)) is not None]
    if not graded:
        return None, True
    wanted = (max if rule.method == "most_precise" else min)(precision for precision, _ in graded)
    chosen = [row for precision, row in graded if precision == wanted]
    return _mode([_known(row[rule.column], spec) for row in chosen], chosen, rule, spec)


def _mode(
    cells: Sequence[str | None], group: Sequence[Row], rule: ColumnRule, spec: TableSpec
) -> tuple[str | None, bool]:
    """The commonest value (no value counts as one); among equals, the one with the highest tie-break of any report."""
    if not cells:
        return "", True
    counts = Counter(cells)
    top = max(counts.values())
    modes = [cell for cell in counts if counts[cell] == top]
    for column in spec.tie_break:
        if len(modes) == 1:
            break
        ranks = [
            (_number(rank, rule), cell)
            for cell, row in zip(cells, group, strict=True)
            if cell in modes and (rank := _known(row[column], spec)) is not None
        ]
        if ranks:
            highest = max(rank for rank, _ in ranks)
            modes = list(dict.fromkeys(cell for rank, cell in ranks if rank == highest))
    if len(modes) == 1:
        return modes[0], True
    return (None if rule.type == "number" else spec.undecided), False


def _mode_number(numbers: Sequence[float]) -> float:
    """The commonest number, the smallest of several."""
    counts = Counter(numbers)
    top = max(counts.values())
    return min(number for number in counts if counts[number] == top)


def _mode_date(dates: Sequence[date]) -> date:
    """The commonest date; the mean of several, rounded to the day before."""
    counts = Counter(dates)
    top = max(counts.values())
    modes = sorted(day for day in counts if counts[day] == top)
    return modes[0] + timedelta(days=floor(statistics.fmean((day - modes[0]).days for day in modes)))


def _joined(known: Iterable[str], spec: TableSpec) -> str:
    """The distinct parts of all cells in order, without blanks and words for "not known"."""
    parts = (part.strip() for cell in known for part in cell.split(spec.separator))
    return f"{spec.separator} ".join(dict.fromkeys(part for part in parts if part and part not in spec.ignored))


_OVER_NUMBERS: dict[str, Callable[[Sequence[float]], float]] = {
    "mode_number": _mode_number,
    "sum": sum,
    "mean": statistics.fmean,
    "median": statistics.median,
}


def _spelled(number: float) -> str:
    return str(int(number)) if number == int(number) else repr(number)


def _modal_share(cells: Sequence[str | None]) -> float | None:
    known = [cell for cell in cells if cell is not None]
    return max(Counter(known).values()) / len(known) if known else None


def _mean(values: Iterable[float]) -> float | None:
    found = list(values)
    return statistics.fmean(found) if found else None
