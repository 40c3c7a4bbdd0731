"""Reads a content pack, and what lies under it, into a checked catalogue, or says what is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TypeVar

from bot.domain.catalogue import Catalogue
from bot.domain.safety import Safety
from content import layers
from content.entry_rules import entry_faults
from content.equipment_rules import equipment_faults
from content.faults import Fault, PackError
from content.naming import naming_faults
from content.note_rules import note_faults
from content.question_rules import question_faults
from content.routine_rules import routine_faults
from content.safety_rules import safety_faults
from content.schema import Source
from content.sources import Sources, gather
from content.strays import FILES
from content.versions import digest

T = TypeVar("T")


def packaged() -> Path:
    """Return the folder of the pack that comes with Limber."""
    return Path(__file__).parent


def over_packaged(folder: Path) -> tuple[Path, ...]:
    """Return the packs that make one: the packaged one, and `folder` over it."""
    if folder.resolve() == packaged().resolve():
        return (packaged(),)
    return (packaged(), folder)


def load(*folders: Path) -> Catalogue:
    """Return the packs in `folders` laid over each other; raise PackError with every fault."""
    sources = gather(*folders)
    found = _all_faults(sources)
    if found:
        raise PackError(found)
    return _catalogue(sources)


def faults(*folders: Path) -> list[Fault]:
    """Return everything that is wrong with the packs in `folders`, by file and line."""
    return _all_faults(gather(*folders))


def _all_faults(sources: Sources) -> list[Fault]:
    found: set[Fault] = set(sources.faults)
    if all(sources.files[kind].sources for kind in FILES.values()):
        rules: Iterable[Iterable[Fault]] = (
            naming_faults(sources),
            entry_faults(sources),
            equipment_faults(sources),
            routine_faults(sources),
            note_faults(sources),
            question_faults(sources),
            safety_faults(sources),
        )
        found |= {fault for each in rules for fault in each}
    return sorted(found)


def _catalogue(sources: Sources) -> Catalogue:
    pack, signs = layers.pack(sources.files["pack"]), layers.signs(sources.files["signs"])
    entries = sources.exercises | sources.practices | sources.routines
    return Catalogue(
        version=sources.digest,
        name=pack.name,
        daily=pack.daily,
        languages=pack.languages,
        things={thing.key: thing for thing in layers.things(sources.files["equipment"]).things},
        exercises=_values(sources.exercises),
        practices=_values(sources.practices),
        routines=_values(sources.routines),
        notes=_values(sources.notes),
        questions=tuple(source.value for source in sources.questions),
        media=sources.media,
        safety=Safety(
            screening=layers.screening(sources.files["screening"]),
            gates=_values(layers.gates(sources.gates, sources.gate_additions)),
            rules=layers.rules(sources.files["rules"]),
            signs=signs.signs,
            scripts=signs.scripts,
        ),
        digests={key: digest(source.value) for key, source in entries.items()},
    )


def _values(sources: Mapping[str, Source[T]]) -> dict[str, T]:
    return {key: source.value for key, source in sources.items()}
