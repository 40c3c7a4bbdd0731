"""What goes out: occurrences on their way to people, as the messages they will be."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from bot.deps import Deps
from bot.domain.catalogue import Catalogue, Routine
from bot.domain.lateness import Lateness, lateness
from bot.domain.local_time import DAY, zone_named
from bot.domain.own import is_own
from bot.domain.player import daily_key
from bot.domain.recap import Told
from bot.domain.reminder import OF_ROUTINE, OccurrenceState, ReminderKind
from bot.domain.settling import quiet_hours
from bot.domain.spreading import Handed, Share
from bot.domain.step import Step
from bot.services import manners, own, recap
from db.queries import corrections, outgoing, spreading
from db.queries.outgoing import Outgoing
from db.queries.stale import Stale as Stale

# What a message is about first of all, where several things are due.
FIRST = (
    ReminderKind.MOVEMENT,
    ReminderKind.ROUTINE,
    ReminderKind.PRACTICE,
    ReminderKind.RECAP,
)


@dataclass(frozen=True, slots=True)
class Item:
    """One occurrence in a message, and what it reminds of."""

    occurrence: int
    kind: ReminderKind
    key: str  # of the routine or the practice
    send_at: datetime  # as it was read: another one now means that the person did something
    again: bool  # a repeat of what was not answered
    over: bool  # expired while it waited: an honest word, nothing to answer
    repeats: int  # how often it came again, this time included
    attempts: int  # how often it was put back before
    repeat_minutes: int | None  # it comes again after so many unless answered
    expires_at: datetime
    share: Share | None = None  # of a movement: what was handed out to it
    handed: Handed | None = None  # the same as it is told


@dataclass(frozen=True, slots=True)
class Nudge:
    """One message on its way out: all that is due for one person now, the head first."""

    person_id: int
    language: str | None
    zone: ZoneInfo
    quiet: tuple[time, time] | None
    items: tuple[Item, ...]
    due_at: datetime  # of the head
    lateness: Lateness
    turn: int  # which of the wordings
    since: date  # the first of the practice days; a recap's last day
    asks: bool  # the head is the gentle question after days without an answer
    told: Told | None = None  # of a recap
    can_be_shorter: bool = False  # something takes less time than what they were reminded of
    own: Routine | None = None  # the daily routine, where it is one of their own

    @property
    def head(self) -> Item:
        """Return what the message is about first of all."""
        return self.items[0]

    @property
    def tells_week(self) -> bool:
        """Return whether it is a recap, which goes out alone."""
        return self.head.kind is ReminderKind.RECAP

    @property
    def waits_for_share(self) -> bool:
        """Return whether something of it can only be told once its steps are handed out."""
        movements = (one for one in self.items if one.kind is ReminderKind.MOVEMENT)
        return any(one.handed is None and not one.over for one in movements)


@dataclass(frozen=True, slots=True)
class Chunk:
    """What goes out next, and of what is due what does not: it was begun, or is out of date."""

    nudges: tuple[Nudge, ...] = ()
    begun: tuple[Outgoing, ...] = ()
    over: tuple[Outgoing, ...] = ()
    down: tuple[Outgoing, ...] = ()  # recaps of no use any more: nothing is said about them
    more: bool = False  # is due than was read


async def to_send(deps: Deps, limit: int, busy: Collection[int] = ()) -> Chunk:
    """Return what should go out now, oldest first, one for each person who is not `busy`."""
    async with deps.read() as session:
        due = await outgoing.longest_due(session, deps.now(), limit, busy)
        since = min((day for _, day in due), default=date.min)
        people = dict.fromkeys(person for person, _ in due)
        chunk = await _chunk(deps, session, list(people), since)
    await _settle(deps, chunk)
    nudges = await _told_weeks(deps, chunk.nudges)
    return replace(chunk, nudges=nudges, more=len(due) == limit)


async def waiting_longest(deps: Deps, limit: int, busy: Collection[int] = ()) -> list[int]:
    """Return people to whom something should go out now, the longest due first, not the `busy`."""
    async with deps.read() as session:
        due = await outgoing.longest_due(session, deps.now(), limit, busy)
    return list(dict.fromkeys(person for person, _ in due))


async def to_send_to(deps: Deps, people: Sequence[int]) -> tuple[Nudge, ...]:
    """Return what should go out now to these people, one for each at most."""
    async with deps.read() as session:
        since = await outgoing.first_day_due(session, deps.now(), people)
        chunk = await _chunk(deps, session, people, since) if since else Chunk()
    await _settle(deps, chunk)
    return await _told_weeks(deps, chunk.nudges)


async def still(deps: Deps, nudge: Nudge) -> Nudge | None:
    """Return the message as it should be now; None where it is not to go out any more.

    It may have waited long for its turn, and the person done or said something meanwhile.
    """
    async with deps.read() as session:
        chunk = await _chunk(deps, session, [nudge.person_id], nudge.since)
    await _settle(deps, chunk)
    known = [replace(one, told=nudge.told) if one.tells_week else one for one in chunk.nudges]
    return next(iter(await _told_weeks(deps, known)), None)


async def _told_weeks(deps: Deps, nudges: Sequence[Nudge]) -> tuple[Nudge, ...]:
    """Put into recaps what they tell, where it is not there yet; some then do not go out."""
    due = [
        recap.Due(one.person_id, one.head.occurrence, one.since)
        for one in nudges
        if one.tells_week and one.told is None
    ]
    told = await recap.prepare(deps, due)
    full = (replace(one, told=one.told or told.get(one.head.occurrence)) for one in nudges)
    return tuple(one for one in full if one.told or not one.tells_week)


async def _chunk(deps: Deps, session: AsyncSession, people: Sequence[int], since: date) -> Chunk:
    """Read what is due for these people; four statements at most, however many they are."""
    if not people:
        return Chunk()
    now = deps.now()
    begun = await outgoing.begun(session, people)
    theirs: dict[int, list[Outgoing]] = {person: [] for person in people}
    at_it, over, down = [], [], []
    kept = set(await corrections.kept(session, people, since - DAY))
    for row in await outgoing.due_for(session, people, since - DAY, now):
        day = (row.person_id, row.practice_day)
        at_work = begun.get(row.person_id) == row.practice_day or day in kept
        if row.kind in OF_ROUTINE and at_work:
            at_it.append(row)
        elif row.state is OccurrenceState.SENT and row.expires_at <= now:
            over.append(row)
        elif row.kind is ReminderKind.RECAP and row.expires_at <= now:
            down.append(row)
        else:
            theirs[row.person_id].append(row)
    owns = await own.of_people(session, people)
    nudges = [
        _nudge(own.deps_with(deps, owns.get(person, ())), _together(rows), now)
        for person, rows in theirs.items()
        if rows
    ]
    return Chunk(await _handed(session, nudges), tuple(at_it), tuple(over), tuple(down))


def _together(rows: Sequence[Outgoing]) -> Sequence[Outgoing]:
    """Return what of all that is due goes out now as one message: a recap alone, and last."""
    return [row for row in rows if row.kind is not ReminderKind.RECAP] or rows


async def _handed(session: AsyncSession, nudges: Sequence[Nudge]) -> tuple[Nudge, ...]:
    """Put what movements ask for into their messages."""
    ids = {one.share.session for nudge in nudges for one in nudge.items if one.share}
    if not ids:
        return tuple(nudges)
    stored = await spreading.steps(session, ids)
    steps = {key: list(map(Step.from_dict, found)) for key, found in stored.items()}
    return tuple(
        replace(nudge, items=tuple(_told(one, steps) for one in nudge.items)) for nudge in nudges
    )


def _told(item: Item, steps: Mapping[int, Sequence[Step]]) -> Item:
    found = steps.get(item.share.session) if item.share else None
    return replace(item, handed=item.share.of(found)) if item.share and found else item


async def _settle(deps: Deps, chunk: Chunk) -> None:
    """Let go what needs no reminder any more."""
    rows = [outgoing.placed(row.id, row.send_at, OccurrenceState.STARTED) for row in chunk.begun]
    rows += [outgoing.placed(row.id, row.send_at, row.state) for row in chunk.over]
    down = OccurrenceState.BOT_WAS_DOWN
    rows += [outgoing.placed(row.id, row.send_at, down) for row in chunk.down]
    if rows:
        async with deps.write() as session:
            await outgoing.put(session, rows)


def _nudge(deps: Deps, rows: Sequence[Outgoing], now: datetime) -> Nudge:
    """Make one message of all that is due for a person: what is of the routine first."""
    ordered = sorted(
        rows,
        key=lambda row: (
            row.expires_at <= now,
            FIRST.index(row.kind),
            row.due_at,
            row.id,
        ),
    )
    head = ordered[0]
    tells_week = head.kind is ReminderKind.RECAP
    asks = head.practice_day == head.eased_on and not tells_week
    return Nudge(
        person_id=head.person_id,
        language=head.language,
        zone=zone_named(head.zone or "UTC"),
        quiet=quiet_hours(head.quiet_from, head.quiet_to),
        items=tuple(_item(deps, row, now) for row in ordered),
        due_at=head.due_at,
        lateness=lateness(head.due_at, head.claimed_at, now, around=head.around)
        if head.sent_at is None and not tells_week
        else Lateness.NONE,
        turn=_turn(head),
        since=min(row.practice_day for row in ordered),
        asks=asks,
        can_be_shorter=asks and manners.can_be_shorter(deps.catalogue, head),
        own=_own(deps.catalogue, head),
    )


def _own(catalogue: Catalogue, head: Outgoing) -> Routine | None:
    key = daily_key(catalogue, head)
    return catalogue.routines[key] if is_own(key) else None


def _turn(head: Outgoing) -> int:
    """Return which wording it is: another the next day, later the same day, and when repeated."""
    again = head.repeats + (head.sent_at is not None)
    return head.practice_day.toordinal() + head.due_at.hour // 6 + again


def _item(deps: Deps, row: Outgoing, now: datetime) -> Item:
    again = row.state is OccurrenceState.SENT
    return Item(
        occurrence=row.id,
        kind=row.kind,
        key=row.entry or daily_key(deps.catalogue, row),
        send_at=row.send_at,
        again=again,
        over=row.expires_at <= now,
        repeats=row.repeats + again,
        attempts=row.attempts,
        repeat_minutes=row.repeat_minutes,
        expires_at=row.expires_at,
        share=Share.read(row.share),
    )
