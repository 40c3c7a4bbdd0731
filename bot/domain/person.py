"""What a person's row may say about itself: state, onboarding and what the next free text answers."""

from __future__ import annotations

from enum import StrEnum


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


class PauseReason(StrEnum):
    """Why reminders are stopped."""

    ASKED = "asked"
    SAFETY = "safety"  # an emergency was described; ends only by /resume
