"""When a session goes on by itself: what it awaits, and when, as columns of its row."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.domain.pace import Pace
from bot.domain.player import Awaits, SessionState
from bot.domain.step import Step
from db.models import Session

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
    found.awaits = Awaits.STEP
    found.deadline = now + timedelta(seconds=current(found).takes)


def owe(found: Session, now: datetime) -> None:
    """Have the current step sent as a new message, from `now` on, and its time run from then."""
    found.awaits, found.deadline = Awaits.SHOW, now


def pause(found: Session, now: datetime) -> None:
    """Stop the time of the current step and keep what is left of it.

    In the rest after it, the step counts as over: one second is left.
    """
    if found.awaits is Awaits.STEP:
        step = current(found)
        gone = (now - found.shown_at).total_seconds() - step.lead
        if gone > 0:
            found.left = max(step.remaining(max(step.lasts - gone, 1.0)).lasts, 1)
    found.awaits, found.deadline = Awaits.ASK, now + SILENT


def forget(found: Session) -> None:
    """Await nothing any more: the person goes on, or nobody does."""
    found.awaits = found.deadline = None
