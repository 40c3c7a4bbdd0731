"""A person's history as rows: some sessions a day with all that belongs to them, up to now."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from itertools import accumulate
from typing import Any

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.adaptation import Cause
from bot.domain.catalogue import Catalogue
from bot.domain.equipment import owned
from bot.domain.person import Question, Screened
from bot.domain.plan import Known, Means, plan
from bot.domain.player import Feedback, Outcome, SessionKind, SessionState, expand
from bot.domain.reminder import OccurrenceState, ReminderKind, SkipReason
from bot.domain.schedule import Rule
from bot.domain.sides import Ease
from bot.domain.step import Side, Step
from bot.domain.stored_rules import dump
from db.models import (
    CheckIn,
    LevelChange,
    Occurrence,
    OwnRoutine,
    Person,
    Reminder,
    Session,
    SideFelt,
    StepRecord,
)

LEFT_OUT_EVERY = 9  # days: then it was not today, for one reason or another
WHY = (SkipReason.NO_TIME, SkipReason.PAIN, SkipReason.NOT_TODAY)


@dataclass(frozen=True)
class Lived:
    """Who, until when, for how many days, and how many sessions that makes."""

    person: int
    now: datetime
    days: int
    sessions: int

    async def store(self, session: AsyncSession, catalogue: Catalogue) -> None:
        """Put all of it into a database."""
        await session.execute(insert(Person), [self._somebody()])
        rule = {"rule": dump(Rule((time(7, 30),))), "created_at": self._began, "next_at": None}
        base = {"id": self.person, "person_id": self.person, "kind": ReminderKind.ROUTINE}
        await session.execute(insert(Reminder), [{**base, **rule}])
        occurrences, sessions, records = self._days(catalogue)
        await session.execute(insert(Occurrence), occurrences)
        await session.execute(insert(Session), sessions)
        await session.execute(insert(StepRecord), records)
        await session.execute(insert(CheckIn), list(self._check_ins()))
        await self._store_rest(session, catalogue)

    @property
    def _began(self) -> datetime:
        return self.now - timedelta(days=self.days)

    def _somebody(self) -> dict[str, Any]:
        return {
            "id": self.person,
            "zone": "Europe/Berlin",
            "language": "en",
            "onboarding": Question.DONE,
            "screened": Screened.NONE,
            "created_at": self._began,
        }

    def _moments(self) -> Iterator[tuple[int, datetime]]:
        """Yield the number and the beginning of each session."""
        for number in range(self.sessions):
            day = number * self.days // self.sessions
            hour = number - -(-day * self.sessions // self.days)
            yield number, self._began + timedelta(days=day, hours=hour)

    def _days(self, catalogue: Catalogue) -> tuple[list[Any], list[Any], list[Any]]:
        routine = catalogue.routines[catalogue.daily]
        known = Known(entries=catalogue.entries, things=catalogue.things)
        means = Means(passed=("release",), has=owned(catalogue.things, {}))
        steps = expand(plan(routine.items, known, means))
        shared = {
            "entry": routine.key,
            "version": catalogue.version,
            "entries": {step.entry: catalogue.digests[step.entry] for step in steps},
            "steps": [step.to_dict() for step in steps],
            "position": len(steps),
        }
        occurrences, sessions, records = [], [], []
        for number, at in self._moments():
            key = self.person * 100_000 + number
            day = (at - self._began).days
            skipped = day % LEFT_OUT_EVERY == LEFT_OUT_EVERY - 1
            occurrences.append(self._occurrence(key, at, skipped))
            sessions.append(shared | self._session(key, at, skipped))
            records += _records(key, number, at, steps)
        return occurrences, sessions, records

    def _session(self, key: int, at: datetime, skipped: bool) -> dict[str, Any]:
        return {
            "id": key,
            "person_id": self.person,
            "occurrence_id": key,
            "kind": SessionKind.PRACTICE if skipped else SessionKind.ROUTINE,
            "state": SessionState.DONE,
            "practice_day": at.date(),
            "started_at": at,
            "shown_at": at,
            "finished_at": at + timedelta(minutes=12),
            "feedback": Feedback.RIGHT,
        }

    def _occurrence(self, key: int, at: datetime, skipped: bool) -> dict[str, Any]:
        return {
            "id": key,
            "person_id": self.person,
            "reminder_id": self.person,
            "kind": ReminderKind.ROUTINE,
            "due_at": at,
            "practice_day": at.date(),
            "expires_at": at + timedelta(hours=12),
            "claimed_at": at,
            "sent_at": at,
            "state": OccurrenceState.SKIPPED if skipped else OccurrenceState.DONE,
            "reason": WHY[key % len(WHY)] if skipped else None,
            "attempts": 0,
        }

    def _check_ins(self) -> Iterator[dict[str, Any]]:
        for day in range(self.days):
            at = self._began + timedelta(days=day)
            told = {"before": 6, "before_at": at, "after": 3, "after_at": at}
            yield {"person_id": self.person, "practice_day": at.date(), **told}

    async def _store_rest(self, session: AsyncSession, catalogue: Catalogue) -> None:
        keys = list(catalogue.exercises)[:10]
        base = {"person_id": self.person}
        changes = [
            {**base, "entry": key, "notches": 1, "cause": Cause.EASY, "named": {}}
            | {"made_at": self.now}
            for key in keys
        ]
        felt = [
            {**base, "entry": key, "side": side, "ease": ease, "felt_at": self.now}
            for key in keys
            for side, ease in ((Side.LEFT, Ease.HARD), (Side.RIGHT, Ease.EASY))
        ]
        routines = [
            {**base, "name": f"Mine {key}", "items": [{"exercise": key}]}
            | {"created_at": self.now, "changed_at": self.now}
            for key in keys
        ]
        await session.execute(insert(LevelChange), changes)
        await session.execute(insert(SideFelt), felt)
        await session.execute(insert(OwnRoutine), routines)


def _records(key: int, number: int, at: datetime, steps: Sequence[Step]) -> list[dict[str, Any]]:
    """Return what became of a session's steps, one after the other: one in forty hurt."""
    hurt = [(number + position) % 40 == 0 for position in range(len(steps))]
    ends = list(accumulate(step.lasts for step in steps))
    return [
        {
            "session_id": key,
            "position": position,
            "seconds": step.lasts,
            "outcome": Outcome.HURT if hurt[position] else Outcome.DONE,
            "pain": 7 if hurt[position] else None,
            "recorded_at": at + timedelta(seconds=ends[position]),
        }
        for position, step in enumerate(steps)
    ]
