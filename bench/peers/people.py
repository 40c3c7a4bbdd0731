"""Who lives in Limber's database while it is measured: at a first step, or with a reminder."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, time, timedelta
from typing import Any

import tzdata
from sqlalchemy import insert

from bot.domain.catalogue import Catalogue
from bot.domain.equipment import owned
from bot.domain.person import Question, Screened
from bot.domain.plan import Known, Means, plan
from bot.domain.player import SessionKind, expand
from bot.domain.recap import USUAL
from bot.domain.reminder import ReminderKind
from bot.domain.schedule import Rule
from bot.domain.stored_rules import dump
from bot.services import replanning
from db.models import Mark, Person, Reminder, Session
from db.opening import open_database

FIRST = 1000  # the id of the first of them


async def store_at_first_step(url: str, people: int, catalogue: Catalogue) -> None:
    """Put so many people into a database, each at the first step of the daily routine."""
    now = datetime.now(UTC)
    steps = [step.to_dict() for step in _steps(catalogue)]
    digests = {step["entry"]: catalogue.digests[step["entry"]] for step in steps}
    shared = {
        "kind": SessionKind.ROUTINE,
        "entry": catalogue.daily,
        "version": catalogue.version,
        "entries": digests,
        "steps": steps,
        "position": 0,
        "practice_day": now.date(),
        "started_at": now,
        "shown_at": now,
        "message_id": 7,
    }
    sessions = ({**shared, "id": one, "person_id": one} for one in _ids(people))
    await _store(url, people, {Session: list(sessions)})


async def store_reminded(url: str, people: int, each: int) -> None:
    """Put people into a database, of whom so many `each` are due in every hour from the next on."""
    now = datetime.now(UTC)
    reminders = []
    for place, one in enumerate(_ids(people)):
        at = (now + timedelta(hours=1 + place // each)).replace(second=0, microsecond=0)
        moments = {"next_at": at, "wake_at": at, "created_at": now}
        rule = dump(Rule((time(at.hour, at.minute),)))
        reminders.append({"person_id": one, "kind": ReminderKind.ROUTINE, "rule": rule} | moments)
    await _store(url, people, {Reminder: reminders})


async def _store(url: str, people: int, rest: dict[Any, list[dict[str, Any]]]) -> None:
    now = datetime.now(UTC)
    somebody = {
        "zone": "UTC",
        "language": "en",
        "onboarding": Question.DONE,
        "screened": Screened.NONE,
        "created_at": now - timedelta(days=1),
    }
    database = await open_database(url, now)
    try:
        async with database.sessions.begin() as session:
            await session.execute(insert(Person), [{"id": one, **somebody} for one in _ids(people)])
            for model, rows in rest.items():
                await session.execute(insert(model), rows)
            await session.execute(insert(Reminder), _muted_recaps(list(_ids(people)), now))
            # As the bot leaves it: planned by the zones as they are now.
            zones = {"key": replanning.TZDATA, "value": tzdata.IANA_VERSION}
            await session.execute(insert(Mark), [zones])
    finally:
        await database.close()


def _muted_recaps(people: Sequence[int], now: datetime) -> list[dict[str, Any]]:
    """Return recaps that rest: who has none is given one at a start, which is not measured here."""
    row = {"kind": ReminderKind.RECAP, "rule": dump(USUAL), "next_at": None, "wake_at": None}
    return [{"person_id": one, **row, "paused_at": now, "created_at": now} for one in people]


def _ids(people: int) -> Iterator[int]:
    yield from range(FIRST, FIRST + people)


def _steps(catalogue: Catalogue) -> Sequence[Any]:
    known = Known(entries=catalogue.entries, things=catalogue.things)
    means = Means(passed=("release",), has=owned(catalogue.things, {}))
    return expand(plan(catalogue.routines[catalogue.daily].items, known, means))
