"""What goes out: occurrences on their way to people, and what became of each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.deps import Deps
from bot.domain.downtime import is_late
from bot.domain.person import Someone
from bot.domain.player import SessionKind, daily_key
from bot.domain.reminder import OccurrenceState, ReminderKind
from db.models import Occurrence, Person, Session
from db.queries import occurrences, people, sessions


@dataclass(frozen=True, slots=True)
class Nudge:
    """One occurrence on its way out; what it reminds of, and whether it is late or over."""

    occurrence: int
    person: Someone
    kind: ReminderKind
    key: str  # of the routine or the practice
    due_at: datetime
    late: bool
    over: bool  # expired while the bot was down: an honest word, nothing to answer
    snoozed: bool


async def to_send(deps: Deps, limit: int) -> list[Nudge]:
    """Return what should go out now, oldest first."""
    now = deps.now()
    async with deps.read() as session:
        rows = await occurrences.to_send(session, now, limit)
    return [_nudge(deps, row, person, now) for row, person in rows]


async def still(deps: Deps, nudge: Nudge) -> Nudge | None:
    """Return the occurrence as it stands now; None where it is not to go out any more.

    It may have waited long for its turn, and the person done or said something meanwhile.
    """
    now = deps.now()
    async with deps.read() as session:
        found = await occurrences.waiting(session, nudge.occurrence)
        begun = await sessions.active(session, nudge.person.id)
    if found is None:
        return None
    if begun and _is_routine_of(begun, found[0]):
        await _begun(deps, nudge)
        return None
    return _nudge(deps, *found, now)


def _is_routine_of(begun: Session, row: Occurrence) -> bool:
    routines = (begun.kind, row.kind) == (SessionKind.ROUTINE, ReminderKind.ROUTINE)
    return routines and begun.practice_day == row.practice_day


async def _begun(deps: Deps, nudge: Nudge) -> None:
    async with deps.write() as session:
        row = await session.get(Occurrence, nudge.occurrence)
        if row is not None and row.state is OccurrenceState.DUE:
            row.state, row.send_at = OccurrenceState.STARTED, None


def _nudge(deps: Deps, row: Occurrence, person: Person, now: datetime) -> Nudge:
    someone = people.someone(person)
    snoozed = row.sent_at is not None
    return Nudge(
        occurrence=row.id,
        person=someone,
        kind=row.kind,
        key=row.entry or daily_key(deps.catalogue, someone),
        due_at=row.due_at,
        late=not snoozed and is_late(row.due_at, now),
        over=row.expires_at <= now,
        snoozed=snoozed,
    )


async def sent(deps: Deps, nudge: Nudge, message_id: int | None) -> None:
    """Note that an occurrence went out; `message_id` is None where Telegram did not tell."""
    state = OccurrenceState.BOT_WAS_DOWN if nudge.over else OccurrenceState.SENT
    async with deps.write() as session:
        row = await session.get(Occurrence, nudge.occurrence)
        if row is None:
            return
        row.message_id = message_id
        row.sent_at = deps.now()
        if row.state is OccurrenceState.DUE:
            row.state, row.send_at = state, None


async def put_back(deps: Deps, nudge: Nudge, seconds: float) -> None:
    """Try an occurrence again after so many seconds: Telegram asked to wait, or was not there."""
    async with deps.write() as session:
        row = await session.get(Occurrence, nudge.occurrence)
        if row is not None and row.state is OccurrenceState.DUE:
            row.attempts += 1
            row.send_at = deps.now() + timedelta(seconds=seconds)
