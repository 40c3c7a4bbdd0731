"""Reading what a person typed from left to right, and saying which part was not understood."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from enum import StrEnum

# Longer than anything that can be meant; what follows is not read.
LONGEST_TEXT = 500

_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−"), "-")
_APOSTROPHES = dict.fromkeys(map(ord, "’‘ʼ`´"), "'")
_PUNCTUATION = " .,;!?"
_WORD = re.compile(r"\w")


class Reason(StrEnum):
    """Why a text was not understood."""

    EMPTY = "empty"  # nothing was typed
    WORDS = "words"  # the part means nothing here
    TIME = "time"  # no such time of day
    NO_TIME = "no_time"  # weekdays, but no time
    NO_WEEKDAY = "no_weekday"  # no weekday is left
    NO_INTERVAL = "no_interval"  # a window, but not how often
    HALF_WINDOW = "half_window"  # an interval from or until one time only
    INTERVAL = "interval"  # not between 15 minutes and 12 hours
    SEVERAL_RULES = "several_rules"  # two things at once that cannot be told apart
    NO_WINDOW = "no_window"  # how many moments, but not between when and when
    NO_ROOM = "no_room"  # so many moments do not fit into that window
    DISTANCE = "distance"  # weekdays and every so many days, or more than 366 days
    RANGE = "range"  # ends before it starts
    UNCLEAR = "unclear"  # which times belong to which days
    SAME_DAY = "same_day"  # one day is named with two rules
    NEVER = "never"  # no such day is left in the range
    FAR = "far"  # farther away than anybody plans
    TOO_MANY = "too_many"  # more times than anybody wants
    DATE = "date"  # no such date
    EITHER_DATE = "either_date"  # 3/4 may be in March or in April
    PAST = "past"  # not after today
    TOO_LONG = "too_long"  # a pause of more than 366 days
    THING = "thing"  # nothing anybody needs for an exercise
    LONG_NAME = "long_name"  # more than a button can show
    NO_NAME = "no_name"  # a question, or nothing that can be shown


class NotUnderstood(ValueError):  # noqa: N818, it is what is said to the person, not a fault
    """A typed text does not say what was asked; `part` is the words that stopped the reading."""

    def __init__(self, reason: Reason, part: str) -> None:
        super().__init__(f"{reason}: {part!r}")
        self.reason = reason
        self.part = part


class Reader:
    """A text and how far it was understood."""

    def __init__(self, text: str) -> None:
        self.text = tidy(text)
        self._lower = "".join(low if len(low := sign.lower()) == 1 else sign for sign in self.text)
        self.position = 0

    @property
    def done(self) -> bool:
        """Return whether everything was understood."""
        return self.position >= len(self.text)

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Step over what matches `pattern` here and the space behind it, or stay and return None.

        Patterns see the text in lower case.
        """
        match = pattern.match(self._lower, self.position)
        if match and match.end() > self.position:
            self.position = match.end()
            while not self.done and self.text[self.position] == " ":
                self.position += 1
            return match
        return None

    def said(self, match: re.Match[str]) -> str:
        """Return what `take` matched as it was typed."""
        return self.text[match.start() : match.end()]

    def refusal(self, reason: Reason = Reason.WORDS) -> NotUnderstood:
        """Return the error that names the word at this position, or the whole text at its end."""
        word = _WORD.search(self.text, self.position)
        if word is None:
            return NotUnderstood(reason, self.text)
        start = self.text.rfind(" ", 0, word.start()) + 1
        return NotUnderstood(reason, self.text[start:].split(" ", 1)[0].strip(_PUNCTUATION))

    def demand_some(self) -> None:
        """Raise NotUnderstood where nothing was typed."""
        if self.done:
            raise NotUnderstood(Reason.EMPTY, "")

    def demand_end(self) -> None:
        """Raise NotUnderstood where something is left over."""
        if not self.done:
            raise self.refusal()


def tidy(text: str) -> str:
    """Return `text` with plain digits, dashes, apostrophes and single spaces, as far as it counts.

    Full-width and other scripts' digits become ASCII; punctuation at the end goes.
    """
    plain = unicodedata.normalize("NFKC", text[:LONGEST_TEXT])
    plain = plain.translate(_DASHES).translate(_APOSTROPHES)
    digits = "".join(str(unicodedata.decimal(sign, sign)) for sign in plain)
    return " ".join(digits.split()).rstrip(_PUNCTUATION)


def one_of(words: Iterable[str]) -> str:
    """Return the source of a pattern that matches any of `words`, the longest first."""
    return "(?:" + "|".join(map(re.escape, sorted(words, key=len, reverse=True))) + ")"


def pattern(source: str) -> re.Pattern[str]:
    """Compile a pattern for lower-case text; its layout does not count."""
    return re.compile(source, re.VERBOSE)
