"""What a reminder and its occurrences may say about themselves."""

from __future__ import annotations

from enum import StrEnum


class ReminderKind(StrEnum):
    """What a reminder is for."""

    ROUTINE = "routine"
    PRACTICE = "practice"
    MOVEMENT = "movement"  # some steps of the routine, which is spread through the day
    RECAP = "recap"  # how the week went


# What comes of the routine, in one piece or through the day: not any more once that is done.
OF_ROUTINE = frozenset({ReminderKind.ROUTINE, ReminderKind.MOVEMENT})


class OccurrenceState(StrEnum):
    """Where one due moment of a reminder stands."""

    DUE = "due"  # waits for its `send_at`, snoozed or not
    SENT = "sent"
    STARTED = "started"
    DONE = "done"
    SKIPPED = "skipped"  # the person said "not today"
    MISSED = "missed"  # nothing happened until it expired
    BOT_WAS_DOWN = "bot_was_down"  # our fault: never harms a streak


class SkipReason(StrEnum):
    """Why an occurrence was skipped."""

    NOT_TODAY = "not_today"  # said so, without a reason
    NO_TIME = "no_time"
    PAIN = "pain"
    ILL = "ill"
    TRAVELLING = "travelling"
    ANSWERED = "answered"  # snoozed, or a question answered: not ignored, whatever came of it
    QUIET = "quiet"  # fell into the quiet hours
    EASED = "eased"  # half as often, until the gentle question is answered
    NOTHING_LEFT = "nothing_left"  # more set times than movements: none was left for this one
    NOTHING_TOLD = "nothing_told"  # nothing was planned and nothing done that a recap could tell
    RESCHEDULED = "rescheduled"
    PAUSED = "paused"
    SAFETY = "safety"
    BLOCKED = "blocked"


# States in which the person may still act on the occurrence's buttons.
OPEN = frozenset({OccurrenceState.DUE, OccurrenceState.SENT})
