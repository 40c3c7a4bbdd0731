"""How late a reminder comes, and whose fault that is."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import Enum

from bot.domain.downtime import is_late
from bot.domain.upcoming import AROUND

# More than this after it was planned, a message says for when it was.
PROMPT = timedelta(minutes=1)


class Lateness(Enum):
    """What a reminder has to say about its time."""

    NONE = "none"
    WAITED = "waited"  # many were due at once, or Telegram was away
    WAS_DOWN = "was_down"  # the bot was not running when it was due


def lateness(
    due_at: datetime, claimed_at: datetime | None, now: datetime, *, around: bool = False
) -> Lateness:
    """Return how late what was planned for `due_at` is at `now`.

    `claimed_at` is when the bot noticed that it was due; None where a person moved it.
    """
    if claimed_at is None:
        return Lateness.NONE
    if is_late(due_at, claimed_at):
        return Lateness.WAS_DOWN
    prompt = PROMPT + AROUND if around else PROMPT
    return Lateness.WAITED if now - due_at > prompt else Lateness.NONE
