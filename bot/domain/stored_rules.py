"""A rule as JSON and back: how the database and a button remember it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, time, timedelta
from functools import lru_cache
from typing import Any

from bot.domain.schedule import Rule
from bot.domain.windows import MINUTE, Scatter, Window


def dump(rule: Rule) -> str:
    """Return the one text a rule is stored as: equal rules give equal texts."""
    return json.dumps(to_dict(rule), sort_keys=True, separators=(",", ":"))


@lru_cache(maxsize=4096)
def load(stored: str) -> Rule:
    """Read a stored rule back; any other text is a ValueError."""
    return from_dict(json.loads(stored))


def to_dict(rule: Rule) -> dict[str, Any]:
    """Return the rule in JSON's own types; `from_dict` reads it back."""
    found: dict[str, Any] = {
        "times": [f"{at:%H:%M}" for at in rule.times],
        "weekdays": sorted(rule.weekdays),
        "window": rule.window
        and _ends(rule.window) | {"every_minutes": rule.window.every // MINUTE},
    }
    if rule.scatter:
        found["scatter"] = _ends(rule.scatter) | {
            "count": rule.scatter.count,
            "seed": rule.scatter.seed,
        }
    if rule.every_days > 1:
        found["every_days"] = rule.every_days
    for name, day in (("starts", rule.starts), ("ends", rule.ends)):
        if day:
            found[name] = day.isoformat()
    return found


def from_dict(stored: Mapping[str, Any]) -> Rule:
    """Return the rule that `to_dict` wrote; a mapping of another shape is a ValueError."""
    try:
        return Rule(
            tuple(time.fromisoformat(at) for at in stored["times"]),
            frozenset(stored["weekdays"]),
            _window(stored["window"]),
            _scatter(stored.get("scatter")),
            stored.get("every_days", 1),
            _day(stored.get("starts")),
            _day(stored.get("ends")),
        )
    except (KeyError, TypeError, AttributeError, OverflowError) as error:
        raise ValueError(f"not a stored rule: {stored!r}") from error


def _ends(stretch: Window | Scatter) -> dict[str, Any]:
    return {"start": f"{stretch.start:%H:%M}", "end": f"{stretch.end:%H:%M}"}


def _window(stored: Mapping[str, Any] | None) -> Window | None:
    if stored is None:
        return None
    every = timedelta(minutes=stored["every_minutes"])
    return Window(time.fromisoformat(stored["start"]), time.fromisoformat(stored["end"]), every)


def _scatter(stored: Mapping[str, Any] | None) -> Scatter | None:
    if stored is None:
        return None
    start, end = time.fromisoformat(stored["start"]), time.fromisoformat(stored["end"])
    return Scatter(start, end, stored["count"], stored["seed"])


def _day(stored: str | None) -> date | None:
    return None if stored is None else date.fromisoformat(stored)
