"""How the figures of reminding are shown: a table, the figures to reach, and notes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

# A figure by its name; None where the phase was cut off, absent where a design has none.
Found = Mapping[str, float | None]


@dataclass(frozen=True, slots=True)
class Row:
    """What one design came to for so many people."""

    design: str
    name: str
    size: int
    found: Found


def seconds(value: float) -> str:
    """Return a duration in the unit that reads well."""
    return f"{value * 1000:.0f} ms" if value < 1 else f"{value:.1f} s"


def _megabytes(value: float) -> str:
    return f"{value:.1f} MB"


def _percent(value: float) -> str:
    return f"{value:.2f} %"


def _count(value: float) -> str:
    return f"{value:,.0f}"


COLUMNS: Sequence[tuple[str, str, Callable[[float], str]]] = (
    ("register", "register", seconds),
    ("stored", "stored start", seconds),
    ("anew", "start anew", seconds),
    ("memory", "memory", _megabytes),
    ("idle", "idle CPU", _percent),
    ("expected", "due", _count),
    ("fired", "fired", _count),
    ("median", "median late", seconds),
    ("latest", "most late", seconds),
    ("stall", "loop stall", seconds),
    ("peak", "peak memory", _megabytes),
)


def table(rows: Sequence[Row], limit: float) -> list[str]:
    """Return the rows as lines of aligned columns."""
    cells = [["people", "way", *(title for _, title, _ in COLUMNS)]]
    for row in rows:
        shown = [_shown(row.found, name, show, limit) for name, _, show in COLUMNS]
        cells.append([_count(row.size), row.name, *shown])
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    return [
        "  ".join(
            text.ljust(width) if place == 1 else text.rjust(width)
            for place, (text, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in cells
    ]


def _shown(found: Found, name: str, show: Callable[[float], str], limit: float) -> str:
    if name not in found:
        return "-"
    value = found[name]
    return f"more than {limit:.0f} s" if value is None else show(value)


def reached(rows: Sequence[Row], bare: Found, limit: float) -> list[str]:
    """Return the figures to reach, as far as the sizes measured tell."""
    by = {(row.design, row.size): row.found for row in rows}
    ours = {size: found for (design, size), found in by.items() if design == "limber"}
    lines = []
    for size, found in ours.items():
        start, empty = _value(found, "stored"), _value(bare, "stored")
        lines.append(
            f"{size:,} reminders: start {seconds(start)}, of an empty database {seconds(empty)}:"
            f" {(start - empty) * 1000:+.0f} ms{_ratio(start, by.get(('stored', size)), limit)}"
        )
        lines.append(
            f"{_value(found, 'expected'):,.0f} due in one minute:"
            f" {_value(found, 'expected') - _value(found, 'fired'):,.0f} dropped,"
            f" swept in {_value(found, 'latest'):.2f} s,"
            f" loop stall at most {_value(found, 'stall') * 1000:.0f} ms"
        )
    least, most = min(ours), max(ours)
    growth = {
        name: _value(ours[most], name) - _value(ours[least], name) for name in ("memory", "peak")
    }
    lines.append(
        f"memory from {least:,} to {most:,} people: {growth['memory']:+.1f} MB after the start,"
        f" {growth['peak']:+.1f} MB at the peak of the sweep"
    )
    return lines


def _ratio(start: float, peer: Found | None, limit: float) -> str:
    """Return how many times longer it takes to start with a job a person in a SQLAlchemy store."""
    if peer is None:
        return ""
    taken = peer["anew"]
    more = "more than " if taken is None else ""
    return (
        f"; a job each in a SQLAlchemy store: anew {more}{(taken or limit) / start:,.0f} times"
        f" as long, only opened {_value(peer, 'stored') / start:.1f} times"
    )


def patient(row: Row, limit: float) -> str:
    """Return what `misfire_grace_time=None` makes of a peer."""
    found = row.found
    if found["fired"] is None:
        return f"{row.name} with misfire_grace_time=None, {row.size:,}: more than {limit:.0f} s"
    return (
        f"{row.name} with misfire_grace_time=None, {row.size:,} people: {found['fired']:,.0f} of"
        f" {_value(found, 'expected'):,.0f} fired, median {seconds(_value(found, 'median'))} late,"
        f" most {seconds(_value(found, 'latest'))}, loop stall {seconds(_value(found, 'stall'))}"
    )


def alone(found: Found) -> str:
    """Return what registering costs where each person is a transaction."""
    return f"Limber, registered one by one: {_value(found, 'alone') * 1000:.1f} ms a person"


def _value(found: Found, name: str) -> float:
    value = found[name]
    assert value is not None  # only peers are cut off
    return value
