"""How the bot is doing, in numbers about everybody and nobody."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class People:
    """How many people there are, and how they stand with the bot."""

    known: int
    paused: int
    blocked: int
    opted_out: int  # of the operator's news


@dataclass(frozen=True, slots=True)
class Reminders:
    """What became of the reminders that fell due in some time up to now.

    `late` came more than five minutes late by no choice of the person's; `failed` had to be sent
    again; `down` fell due while the bot was not running and were left out.
    """

    sent: int
    late: int
    failed: int
    down: int
    kept: int  # begun or done


@dataclass(frozen=True, slots=True)
class Queue:
    """What waits."""

    soon: int  # reminders that fall due within an hour
    reminders: int  # that should have gone out by now
    copies: int  # of a broadcast
    updates: int  # that came in and have not taken effect
    aside: int  # updates that failed too often


@dataclass(frozen=True, slots=True)
class Span:
    """What happened in some time up to now."""

    reminders: Reminders
    finished: int  # sessions
    unknown: int  # questions that got no answer


@dataclass(frozen=True, slots=True)
class Stats:
    """All of it; `active` did something in the last seven days."""

    people: People
    active: int
    queue: Queue
    day: Span  # the last 24 hours
    week: Span  # the last seven days
