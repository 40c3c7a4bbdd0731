"""The content as a session began with it: kept at its start, found again whatever has changed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.catalogue import Catalogue, Entry, Exercise, Practice, Routine
from bot.domain.own import is_own
from bot.domain.step import Step
from content.versions import restored, stored
from db.models import Session
from db.queries import history, versions

Versioned = Exercise | Practice | Routine


async def keep(
    session: AsyncSession, catalogue: Catalogue, steps: Iterable[Step], wanted: str, person_id: int
) -> dict[str, str]:
    """Keep what a session is about to run through; return the digest of each entry by its key.

    A routine of the person's own is kept as theirs: it goes when they go.
    """
    keys = {wanted} | {key for step in steps for key in (step.entry, step.breathing) if key}
    digests = {key: catalogue.digests[key] for key in sorted(keys) if key in catalogue.digests}
    found = {digest: _current(catalogue, key) for key, digest in digests.items()}
    await versions.add_once(
        session,
        {digest: stored(entry) for digest, entry in found.items() if entry},
        {digest: person_id for key, digest in digests.items() if is_own(key)},
    )
    return digests


async def entries(
    session: AsyncSession, catalogue: Catalogue, row: Session, keys: Iterable[str]
) -> Mapping[str, Versioned]:
    """Return the entries of `keys` as the session began with them, by key.

    What is the same today comes from the catalogue; what cannot be restored is today's, or is
    not among them where there is none any more.
    """
    digests = {key: row.entries.get(key, "") for key in keys}
    changed = {key for key, digest in digests.items() if catalogue.digests.get(key) != digest}
    kept = await versions.contents(session, {digests[key] for key in changed}) if changed else {}
    found: dict[str, Versioned] = {}
    for key, digest in digests.items():
        before = restored(kept[digest]) if key in changed and digest in kept else None
        entry = before or _current(catalogue, key)
        if entry is not None:
            found[key] = entry
    return found


async def names(
    session: AsyncSession, catalogue: Catalogue, person_id: int, keys: Collection[str]
) -> dict[str, str]:
    """Return what entries of a person's sessions are called, by key.

    What there is no more is called what it was called when they last began with it.
    """
    found = {key: catalogue.name_of(key) for key in keys}
    gone = [key for key in keys if _current(catalogue, key) is None]
    if gone:
        digests = await history.digests(session, person_id)
        kept = await versions.contents(session, [digests[key] for key in gone if key in digests])
        for key in gone:
            content = kept.get(digests.get(key, ""))
            before = restored(content) if content else None
            found[key] = before.name if before else key
    return found


def as_entry(found: Versioned | None) -> Entry | None:
    """Return what a step can be about; a routine is not."""
    return found if isinstance(found, Exercise | Practice) else None


def _current(catalogue: Catalogue, key: str) -> Versioned | None:
    return catalogue.entry(key) or catalogue.routines.get(key)
