"""When a session goes on by itself: what it awaits, and when, as columns of its row."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.domain.pace import Pace
from bot.domain.player import Awaits, Going, SessionState, going
from bot.domain.step import Step
from db.models import Session

LATE = timedelta(minutes=2)  # a step so late is not shown, nor followed by the next, unasked
SILENT = timedelta(minutes=10)  # without a word, until the person is asked, and then parked


def current(found: Session) -> Step:
    """Return what is to do of the current step: all of it, or what a pause left."""
    step = Step.from_dict(found.steps[found.position])
    return step if found.left is None else step.remaining(found.left)


def run(found: Session, now: datetime) -> None:
    """Let the time of the current step run from now on; where taps lead, nothing is awaited."""
    if found.pace is not Pace.HANDS_FREE or found.state is not SessionState.ACTIVE:
        forget(found)
        return
    found.awaits, found.owed_at = Awaits.STEP, None
    found.deadline = now + timedelta(seconds=current(found).takes)


def owe(found: Session, now: datetime) -> None:
    """Have the session sent as a new message, and the time of its step run from then."""
    found.owed_at, found.deadline = now, None
    found.awaits = Awaits.STEP if found.state is SessionState.ACTIVE else None


def seen(found: Session, now: datetime) -> None:
    """Let the time of a step run from now on: it is on the screen.

    One that could not be sent for long is asked about instead: who waited for it is gone.
    """
    if too_late(found, now):
        ask(found, now)
    else:
        found.shown_at = now
        run(found, now)


def too_late(found: Session, now: datetime) -> bool:
    """Return whether a step that is owed should have been seen long ago."""
    owed = found.owed_at is not None and found.awaits is Awaits.STEP
    return owed and now - found.shown_at > LATE


def pause(found: Session, now: datetime) -> None:
    """Stop the time of the current step and keep what is left of it; by button there is none."""
    if going(found.pace, found.awaits) is not Going.RUNS:
        return
    step = current(found)
    gone = (now - found.shown_at).total_seconds() - step.lead
    if found.owed_at is None and gone > 0:
        found.left = step.remaining(max(step.lasts - gone, 1.0)).lasts
    found.awaits, found.deadline, found.owed_at = Awaits.ASK, now + SILENT, None


def ask(found: Session, now: datetime) -> None:
    """Have the person asked whether they are there; without an answer the session is parked."""
    found.awaits, found.deadline, found.owed_at = Awaits.PARK, now + SILENT, now


def forget(found: Session) -> None:
    """Await nothing any more: the person goes on, or nobody does."""
    found.awaits = found.deadline = found.owed_at = None
