"""Reads a folder of content files into a checked catalogue, or says everything that is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TypeVar

from bot.domain.catalogue import Catalogue, Safety
from content.entry_rules import entry_faults
from content.faults import Fault, PackError
from content.naming import naming_faults
from content.routine_rules import routine_faults
from content.safety_rules import safety_faults
from content.schema import Source
from content.sources import Sources, gather

T = TypeVar("T")


def packaged() -> Path:
    """Return the folder of the pack that comes with Limber."""
    return Path(__file__).parent


def load(folder: Path) -> Catalogue:
    """Return the pack in `folder`; raise PackError with every fault where it has any."""
    sources = gather(folder)
    found = _all_faults(sources)
    if found:
        raise PackError(found)
    return _catalogue(sources)


def faults(folder: Path) -> list[Fault]:
    """Return everything that is wrong with the pack in `folder`, by file and line."""
    return _all_faults(gather(folder))


def _all_faults(sources: Sources) -> list[Fault]:
    rules: Iterable[Iterable[Fault]] = (
        sources.faults,
        naming_faults(sources),
        entry_faults(sources),
        routine_faults(sources),
        safety_faults(sources),
    )
    return sorted({fault for found in rules for fault in found})


def _catalogue(sources: Sources) -> Catalogue:
    pack, screening, signs = sources.pack, sources.screening, sources.signs
    if pack is None or screening is None or signs is None:
        raise AssertionError("a pack without faults has these files")
    return Catalogue(
        version=sources.digest,
        name=pack.value.name,
        daily=pack.value.daily,
        exercises=_values(sources.exercises),
        practices=_values(sources.practices),
        routines=_values(sources.routines),
        safety=Safety(
            screening=screening.value,
            gates=_values(sources.gates),
            signs=signs.value.signs,
            scripts=signs.value.scripts,
        ),
    )


def _values(sources: Mapping[str, Source[T]]) -> dict[str, T]:
    return {key: source.value for key, source in sources.items()}
