"""What a person can be told of, and handed, of all that is stored about them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from bot.domain.overview import Overview, Walked
from bot.domain.progress import Tightness


@dataclass(frozen=True, slots=True)
class Taken:
    """All that is stored about a person, as it is taken away.

    `document` is all of it as JSON, `names` are of what the sessions ran through.
    """

    document: bytes
    walked: Sequence[Walked]
    felt: Mapping[date, Tightness]
    overview: Overview
    names: Mapping[str, str]
    zone: ZoneInfo


@dataclass(frozen=True, slots=True)
class Held:
    """How much there is of what somebody may miss, before it is deleted."""

    sessions: int
    steps: int
    reminders: int
    own_routines: int
    check_ins: int
    shared: int  # own routines that others have a link to
