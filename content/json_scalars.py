"""Draws single values for JSON Schema: texts, yes and no, numbers, times, and keys of entries."""

from __future__ import annotations

from typing import Any

from content import sources
from content.kinds import NUMBERS, TIMES

Schema = dict[str, Any]

_YES_NO = (
    "[Yy]([Ee][Ss])?",
    "[Nn][Oo]?",
    "[Tt]([Rr][Uu][Ee])?",
    "[Ff]([Aa][Ll][Ss][Ee])?",
    "[Oo]([Nn]|[Ff][Ff])",
    "[01]",
)
# Each with its name in a schema. What is a text to the loader may be a number to an editor, and
# yes is a text to an editor.
NAMED: dict[type, tuple[str, Schema]] = {
    str: ("text", {"type": ["string", "number", "boolean"], "pattern": r"\S"}),
    bool: (
        "yes-or-no",
        {
            "anyOf": [
                {"enum": ["yes", "no"]},
                {"type": "boolean"},
                {"enum": [0, 1]},
                {"type": "string", "pattern": f"^({'|'.join(_YES_NO)})$"},
            ]
        },
    ),
}
# Numbers in quotes are the loader's numbers too: those it takes from 0, and those from 1.
_DIGITS, _FROM_1 = "[0-9]+", "0*[1-9][0-9]*"
_CLOCK, _CLOCK_FROM_1 = "[0-9]{1,3}:[0-5][0-9]", "(?!0+:00$)[0-9]{1,3}:[0-5][0-9]"


def number(hint: type, place: tuple[str, ...]) -> Schema:
    """Return the schema of a number, which is also a time where one of the last two names is."""
    from_1 = not NUMBERS.isdisjoint(place)
    pattern = _FROM_1 if from_1 else _DIGITS
    if hint is float:
        pattern += r"(\.[0-9]+)?"
    if not TIMES.isdisjoint(place[-2:]):
        pattern += f"|{_CLOCK_FROM_1 if from_1 else _CLOCK}"
    return {
        "type": ["number" if hint is float else "integer", "string"],
        **({"minimum": 1} if from_1 else {}),
        "pattern": f"^({pattern})$",
    }


def key_of_an_entry(kind: str) -> Schema:
    """Return the schema of the key that is also the name of its file."""
    gate = kind.startswith("gate")
    return {
        "type": "string",
        "maxLength": sources.LONGEST_GATE if gate else sources.LONGEST_KEY,
        "pattern": f"^{sources.KEY.pattern}$",
    }
