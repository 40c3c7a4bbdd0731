"""A page to print as a value: what stands on the sheet that a person can hand to their physio."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.drawing import Calendar


@dataclass(frozen=True, slots=True)
class Table:
    """A title, a heading for each column, and lines; what had no room is told as `more`."""

    title: str
    head: tuple[str, ...]
    lines: tuple[tuple[str, ...], ...]
    more: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """One sheet, in the order of its parts; all of it is words, ready to be set.

    `blank` is what is written in by hand, `facts` stand beside the calendar, `notes` below the
    tables, `small` at the foot.
    """

    title: str
    period: str
    blank: str
    calendar: Calendar
    facts: tuple[str, ...]
    tables: tuple[Table, ...] = ()
    notes: tuple[str, ...] = ()
    small: str = ""
