"""The words of a language in which people type times, weekdays, intervals and dates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from enum import StrEnum


class Half(StrEnum):
    """What may be said after an hour to tell which half of the day it is in."""

    AM = "am"
    PM = "pm"
    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"
    NIGHT = "night"


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """One language's words, in lower case; a phrase has single spaces between its words.

    Compared by identity, so that patterns built from a vocabulary can be kept.
    """

    numbers: Mapping[str, int]
    joins: tuple[str, ...]  # words between the parts of a list, and words that say nothing

    at: tuple[str, ...]  # before a time
    halves: Mapping[str, Half]
    named_times: Mapping[str, time]
    quarters: Mapping[str, int]  # what may stand before "past 7", in minutes
    past: tuple[str, ...]
    before: tuple[str, ...]
    oclock: tuple[str, ...]

    weekdays: Mapping[str, int]  # 0 is Monday
    weekday_groups: Mapping[str, frozenset[int]]
    through: tuple[str, ...]  # between the two ends of a range
    excepting: tuple[str, ...]

    every: tuple[str, ...]
    units: Mapping[str, int]  # minutes in each
    intervals: Mapping[str, int]  # what follows "every" without a number, in minutes
    frequencies: Mapping[str, int]  # says "every" and how often at once, in minutes
    opening: tuple[str, ...]  # before the two ends of a window

    yes: tuple[str, ...]
    no: tuple[str, ...]

    off: tuple[str, ...]
    add: tuple[str, ...]
    change: tuple[str, ...]  # before a reminder's number
    remove: tuple[str, ...]
    pause: tuple[str, ...]
    resume: tuple[str, ...]
    undo: tuple[str, ...]
    move: tuple[str, ...]  # before another time for one moment
    instead: tuple[str, ...]

    steps: Mapping[str, int]  # "every other day": every so many
    times: tuple[str, ...]  # after how many moments
    multiples: Mapping[str, int]  # "twice"
    random: tuple[str, ...]
    a_day: tuple[str, ...]
    starting: tuple[str, ...]  # before the first date

    lasting: tuple[str, ...]  # before how long a pause is
    periods: Mapping[str, int]  # days in each
    spans: Mapping[str, int]  # "a week" and the like, in days
    until: tuple[str, ...]
    months: Mapping[str, int]
    ordinals: tuple[str, ...]  # endings of a day's number
    of: tuple[str, ...]
    days_ahead: Mapping[str, int]
    next: tuple[str, ...]
    next_week: tuple[str, ...]
