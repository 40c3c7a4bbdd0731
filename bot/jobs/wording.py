"""Words a reminder: written once for all who get the same at the same time."""

from __future__ import annotations

from datetime import time
from functools import lru_cache

from bot.deps import Deps
from bot.domain.catalogue import Catalogue
from bot.domain.lateness import Lateness
from bot.domain.local_time import local_day
from bot.domain.reminder import ReminderKind
from bot.domain.spreading import Handed
from bot.services import own
from bot.services.sending import Nudge
from bot.texts import Texts, pick
from bot.views import easing, recap
from bot.views import reminders as view
from bot.views.lines import when
from bot.written import Written, write

# Stands for the occurrence in what is written once; as long as the longest, and none has it.
ANY = 999_999_999_999_999_999

About = tuple[ReminderKind, str, Handed | None]  # a routine's or practice's key, a movement's share


def written(deps: Deps, nudge: Nudge) -> Written:
    """Return a reminder as it goes out; a recap is what it tells."""
    texts = pick(deps.languages, nudge.language)
    if nudge.told is not None:
        return write(recap.told(nudge.told, deps.catalogue, texts))
    head, planned = nudge.head, ""
    if head.over:
        today = local_day(deps.now(), nudge.zone, time())
        return write(view.over(when(nudge.due_at, nudge.zone, today, texts), texts))
    if nudge.asks:
        return write(easing.question(head.occurrence, texts, can_be_shorter=nudge.can_be_shorter))
    if nudge.lateness is not Lateness.NONE:
        planned = texts.clock(nudge.due_at, nudge.zone)
    rest = tuple(
        (one.occurrence, one.kind, one.key, one.handed) for one in nudge.items[1:] if not one.over
    )
    down = nudge.lateness is Lateness.WAS_DOWN
    about = (head.kind, head.key, head.handed)
    given = (texts, about, rest, nudge.turn, planned, down)
    if nudge.own is not None:  # nobody else gets the same
        catalogue = own.beside(deps.catalogue, {nudge.own.key: nudge.own})
        return _cast(catalogue, *given).about(head.occurrence)
    return _mould(_Same(deps.catalogue), *given).about(head.occurrence)


class _Same:
    """A catalogue told apart by which one it is: comparing what is in it would take long."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.catalogue is self.catalogue

    def __hash__(self) -> int:
        return id(self.catalogue)


class _Mould:
    def __init__(self, written: Written) -> None:
        self._text = written.text
        self._parts = written.keyboard.split(str(ANY))

    def about(self, occurrence: int) -> Written:
        """Return the message with the buttons of this occurrence."""
        return Written(self._text, str(occurrence).join(self._parts))


@lru_cache(maxsize=256)
def _mould(
    same: _Same,
    texts: Texts,
    head: About,
    rest: tuple[tuple[int, *About], ...],
    turn: int,
    planned: str,
    was_down: bool,
) -> _Mould:
    return _cast(same.catalogue, texts, head, rest, turn, planned, was_down)


def _cast(
    catalogue: Catalogue,
    texts: Texts,
    head: About,
    rest: tuple[tuple[int, *About], ...],
    turn: int,
    planned: str,
    was_down: bool,
) -> _Mould:
    reminded = [view.Reminded(ANY, *head), *(view.Reminded(*one) for one in rest)]
    shown = view.nudge(reminded, catalogue, texts, turn=turn, planned=planned, was_down=was_down)
    return _Mould(write(shown))
