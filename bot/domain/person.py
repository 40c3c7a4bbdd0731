"""What a person's row says: state, onboarding, pause, and what the next free text answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.domain.pace import Pace


class PersonState(StrEnum):
    """Whether the bot may write to the person."""

    ACTIVE = "active"
    BLOCKED = "blocked"  # blocked the bot, or deactivated their account; /start brings them back


class Question(StrEnum):
    """The questions of onboarding in their order; DONE when all were answered or put off."""

    SAFETY = "safety"
    SCREENING = "screening"
    ZONE = "zone"
    ZONE_CHECK = "zone_check"  # "it is 07:12 for you now, right?"
    TIME = "time"
    EQUIPMENT = "equipment"
    DONE = "done"


class Screened(StrEnum):
    """The answer to the screening question."""

    NONE = "none"
    APPLIES = "applies"


class Expecting(StrEnum):
    """What the next free text of the person answers."""

    ZONE = "zone"
    TIME = "time"
    SCHEDULE_ADD = "schedule_add"
    SCHEDULE_CHANGE = "schedule_change"  # person.expecting_id names the reminder
    MOVE = "move"  # another time for the next moment of reminder person.expecting_id
    PAUSE = "pause"  # until when everything shall rest
    QUIET = "quiet"  # the hours in which nothing goes out
    TRAVEL = "travel"  # until when the zone of the trip counts
    RECAP = "recap"  # on which day and when the weekly recap comes
    THINGS = "things"  # onboarding's question of equipment
    EQUIPMENT = "equipment"
    BROADCAST = "broadcast"  # an operator's words to everybody
    ROUTINE_NAME = "routine_name"  # of the person's own routine person.expecting_id


# The questions of onboarding that a free text may answer.
ANSWERED_BY_TEXT = {
    Question.ZONE: Expecting.ZONE,
    Question.ZONE_CHECK: Expecting.ZONE,  # yes, no, or another zone
    Question.TIME: Expecting.TIME,
    Question.EQUIPMENT: Expecting.THINGS,
}


class PauseReason(StrEnum):
    """Why reminders are stopped."""

    ASKED = "asked"
    SAFETY = "safety"  # an emergency was described; ends only by /resume


def is_paused(since: datetime | None, until: datetime | None, now: datetime) -> bool:
    """Return whether a pause `since` a moment, `until` one or without an end, holds at `now`."""
    return since is not None and (until is None or until > now)


@dataclass(frozen=True, slots=True, kw_only=True)
class Someone:
    """A person as the rest of the code sees them."""

    id: int
    language: str | None
    zone_name: str | None
    day_end: time
    onboarding: Question
    screened: Screened | None
    expecting: Expecting | None
    expecting_id: int | None
    routine: str | None
    things: Mapping[str, bool]  # what they said they have, or have not
    paused_at: datetime | None
    paused_until: datetime | None
    pause_reason: PauseReason | None
    home_zone: str | None  # while they travel: where they live
    home_at: datetime | None  # when the home zone counts again by itself
    quiet: tuple[time, time] | None  # nothing goes out from one local time to the other
    repeat_minutes: int | None  # an unanswered reminder comes again after so many
    around: bool  # reminders may come up to two minutes early or late
    eased_on: date | None  # the day of the gentle question: half as often until it is answered
    pace: Pace
    passes_on: bool | None  # the operator may read their questions that got no answer
    hears: bool  # what operators tell everybody

    @property
    def zone(self) -> ZoneInfo:
        """Return the person's zone; UTC until they named one."""
        return ZoneInfo(self.zone_name or "UTC")

    @property
    def travels(self) -> bool:
        """Return whether they are on a trip with an end: home's clock counts again by itself."""
        return self.home_zone is not None and self.home_at is not None

    @property
    def undecided(self) -> bool:
        """Return whether they changed their zone and have not said for how long."""
        return self.home_zone is not None and self.home_at is None

    def paused(self, now: datetime) -> bool:
        """Return whether reminders are stopped at `now`."""
        return is_paused(self.paused_at, self.paused_until, now)


def following(question: Question) -> Question:
    """Return the onboarding question that comes after this one."""
    order = list(Question)
    return order[min(order.index(question) + 1, len(order) - 1)]
