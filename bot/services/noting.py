"""What became of messages that went out: noted for many at once, and whose buttons are stale."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.deps import Deps
from bot.domain.reminder import OccurrenceState, ReminderKind
from bot.domain.settling import repeat_at
from bot.services.sending import Item, Nudge
from db.queries import outgoing, people
from db.queries import stale as stale_messages
from db.queries.outgoing import WentOut
from db.queries.stale import Stale as Stale

# Of these the next message takes the buttons off the one before; a recap leaves all as it is.
REMINDING = [kind for kind in ReminderKind if kind is not ReminderKind.RECAP]
LOOK_BACK = timedelta(days=14)  # older messages lost their buttons when the next reminder came


@dataclass(frozen=True, slots=True)
class Went:
    """It went out; `message_id` is None where Telegram did not tell."""

    nudge: Nudge
    message_id: int | None


@dataclass(frozen=True, slots=True)
class PutBack:
    """It goes out again in so many seconds: Telegram asked to wait, was away, or said nothing."""

    nudge: Nudge
    seconds: float


@dataclass(frozen=True, slots=True)
class Gone:
    """Nobody can be reached there."""

    nudge: Nudge


Note = Went | PutBack | Gone


async def note(deps: Deps, notes: Sequence[Note]) -> None:
    """Note what became of many messages, in one transaction of a few statements."""
    now = deps.now()
    sorted_out = defaultdict[type, list[Any]](list)
    for one in notes:
        sorted_out[type(one)].append(one)
    went: list[Went] = sorted_out[Went]
    async with deps.write() as session:
        await outgoing.went(session, [row for one in went for row in _went(one, now)], now)
        await outgoing.put(session, [row for one in sorted_out[PutBack] for row in _back(one, now)])
        await outgoing.block(session, [one.nudge.person_id for one in sorted_out[Gone]])
        for kind in REMINDING:
            theirs = [
                (one.nudge.person_id, item.occurrence)
                for one in went
                for item in one.nudge.items
                if item.kind is kind
            ]
            who, what = {person for person, _ in theirs}, [sent for _, sent in theirs]
            over = now if kind is ReminderKind.MOVEMENT else stale_messages.ALWAYS
            await stale_messages.outdate(session, kind, who, what, (now - LOOK_BACK).date(), over)
        # Whose question was over before it went out was never asked.
        unasked = [one.nudge for one in went if one.nudge.asks and one.nudge.head.over]
        await people.ease(session, [(nudge.person_id, None) for nudge in unasked])


def _went(one: Went, now: datetime) -> list[WentOut]:
    return [_went_out(item, one, _again(item, one.nudge, now)) for item in one.nudge.items]


def _went_out(item: Item, one: Went, later: datetime | None) -> WentOut:
    return WentOut(
        key=item.occurrence,
        message_id=one.message_id,
        again=int(item.again),
        was=outgoing.stored(item.send_at),
        becomes=_becomes(item),
        next=outgoing.stored(later) if later else None,
    )


def _becomes(item: Item) -> OccurrenceState:
    """Return what an occurrence is once it went out: a recap is done with it."""
    if item.over:
        return OccurrenceState.BOT_WAS_DOWN
    return OccurrenceState.DONE if item.kind is ReminderKind.RECAP else OccurrenceState.SENT


def _again(item: Item, nudge: Nudge, now: datetime) -> datetime | None:
    """Return when it comes again unless answered."""
    if item.over or item.kind is ReminderKind.RECAP:
        return None
    return repeat_at(
        now, item.repeat_minutes, item.repeats, item.expires_at, nudge.quiet, nudge.zone
    )


def _back(one: PutBack, now: datetime) -> list[dict[str, Any]]:
    later = now + timedelta(seconds=one.seconds)
    return [
        outgoing.placed(
            item.occurrence,
            item.send_at,
            OccurrenceState.SENT if item.again else OccurrenceState.DUE,
            later,
            tries=1,
        )
        for item in one.nudge.items
    ]


async def stale(deps: Deps, limit: int) -> list[Stale]:
    """Return old messages that still have buttons to lose."""
    async with deps.read() as session:
        return await stale_messages.stale(session, limit)


async def stripped(deps: Deps, done: Sequence[Stale]) -> None:
    """Note that old messages have no buttons any more."""
    async with deps.write() as session:
        await stale_messages.stripped(session, done)
