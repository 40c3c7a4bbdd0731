"""One routine's file on its own: read and checked as one of the pack in use, and written."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

import yaml

from bot.domain.catalogue import Catalogue, Item, Routine
from bot.domain.own import showable
from content.entry_rules import LONGEST_NOTE
from content.faults import Fault, clock
from content.kinds import Things
from content.layers import Layers
from content.lines import stored
from content.reading import Document, Place, read_bytes
from content.routine_rules import routine_faults
from content.schema import Source, build
from content.sources import LONGEST_KEY, Sources, bad_key

LARGEST = 64_000  # bytes of a file: far more than the longest routine has
_MOST_VALUES = 1_000  # in one file: what is checked one by one must come to an end soon

T = TypeVar("T")


class Refused(Exception):  # noqa: N818 - it is what is said to the person, not a fault of ours
    """A file that is no routine; `faults` holds what is wrong with it, by line."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults


def routine_of(content: bytes, catalogue: Catalogue, path: str = "") -> Routine:
    """Return the routine in a file's bytes, called `path` in faults; raise Refused otherwise."""
    if len(content) > LARGEST:
        raise Refused([Fault(path, 1, "the file is too large for a routine")])
    document, faults = read_bytes(content, path)
    if document is None or faults:
        raise Refused(faults)
    if len(document.lines) > _MOST_VALUES:
        raise Refused([Fault(path, 1, "the file holds far more than a routine has")])
    if faults := [*_unshowable(document, document.tree, ())]:
        raise Refused(faults)
    routine, faults = build(document, "routine")
    if routine is None or faults:
        raise Refused(sorted(faults))
    if faults := sorted({*_alone(document, routine), *_as_in_a_pack(document, routine, catalogue)}):
        raise Refused(faults)
    return routine  # type: ignore[no-any-return]


def written(routine: Routine, comment: str) -> str:
    """Return a routine as its file in a pack, below a line that says what it is."""
    values = {
        "key": routine.key,
        "name": routine.name,
        "summary": routine.summary,
        "seconds": clock(routine.seconds),
        **({"gentle": "yes"} if routine.gentle else {}),
        "items": _lines(stored(routine.items)),
    }
    text = yaml.dump(
        values, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=1000, indent=2
    )
    return f"# {' '.join(comment.split())}\n{text}"


def key_for(name: str, taken: Mapping[str, Any]) -> str:
    """Return the key that a routine of this name has in a file, none of those `taken`."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    key = "-".join(re.findall(r"[a-z0-9]+", plain))[:LONGEST_KEY].rstrip("-") or "own-routine"
    if key in taken:
        key = f"own-{key}"[:LONGEST_KEY].rstrip("-")
    return key


def _alone(document: Document, routine: Routine) -> Iterator[Fault]:
    """Yield what only a routine on its own must keep to: nobody looks at its screens before."""
    if text := bad_key(routine.key):
        yield document.fault(text, "key")
    if routine.days:
        yield document.fault("a programme of days cannot be sent: send one of its days", "days")
    for index, item in enumerate(routine.items):
        yield from _notes(document, item, ("items", index))


def _notes(document: Document, item: Item, place: Place) -> Iterator[Fault]:
    if item.dose and item.dose.note and len(item.dose.note) > LONGEST_NOTE:
        text = f"note: {LONGEST_NOTE} characters at most"
        yield document.fault(text, *place, "dose", "note")
    for index, other in enumerate(item.otherwise):
        yield from _notes(document, other, (*place, "otherwise", index))


def _as_in_a_pack(document: Document, routine: Routine, catalogue: Catalogue) -> Iterator[Fault]:
    if not routine.days:
        yield from routine_faults(_around(catalogue, document, routine))


def _unshowable(document: Document, value: Any, place: Place) -> Iterator[Fault]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _unshowable(document, inner, (*place, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _unshowable(document, inner, (*place, index))
    elif not showable(" ".join(value.split())):
        yield document.fault("there is a character that cannot be shown", *place)


def _around(catalogue: Catalogue, document: Document, routine: Routine) -> Sources:
    """Return a pack as it is gathered from files, with this one routine in it."""
    nowhere = Document("", {}, {})

    def sources(values: Mapping[str, T]) -> dict[str, Source[T]]:
        return {key: Source(nowhere, value) for key, value in values.items()}

    things = Things(things=tuple(catalogue.things.values()))
    found = Sources(
        exercises=sources(catalogue.exercises),
        practices=sources(catalogue.practices),
        routines={routine.key: Source(document, routine)},
    )
    found.names |= {
        "exercise": set(catalogue.exercises),
        "practice": set(catalogue.practices),
        "routine": set(catalogue.routines),
    }
    found.files["equipment"] = Layers((Source(nowhere, things),))
    return found


class _Dumper(yaml.SafeDumper):
    """Writes every value as the text that a pack's reader takes it for: 1:30, yes."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - PyYAML's own way to say so

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        """Put lists below their key, as packs do."""
        super().increase_indent(flow, False)


def _lines(value: Any, name: str = "") -> Any:
    if isinstance(value, dict):
        return {key: _lines(inner, key) for key, inner in value.items()}
    if isinstance(value, list):
        return [_lines(inner) for inner in value]
    return clock(value) if name == "seconds" else str(value)
