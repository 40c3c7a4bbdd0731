"""How tight it feels: one question before and one after, both easy to leave."""

from __future__ import annotations

from markupsafe import Markup

from bot.callbacks import AskTight, SetCheckIns, TightSaid
from bot.domain.check_in import LOOSEST, TIGHTEST, When
from bot.domain.session import Ended, Playing
from bot.reply import Place, Reply
from bot.texts import Texts
from bot.views.keyboard import Key, grid, keyboard

_WIDTH = 6  # numbers a row


def ask_key(playing: Playing, texts: Texts) -> list[Key]:
    """Return the button that asks how tight it feels, on the first step of a day."""
    if not playing.asks_tight:
        return []
    return [(texts("button.tight"), AskTight(playing.session))]


def before(session: int, texts: Texts) -> Reply:
    """Ask how tight it feels before a session, below its first step."""
    stop: list[Key] = [(texts("button.tight.never"), SetCheckIns(False))]
    rows = _numbers(session, When.BEFORE, texts)
    return Reply(texts("tight.before"), keyboard=keyboard(*rows, stop), place=Place.BELOW)


def noted(tight: int | None, texts: Texts) -> Reply:
    """Say what was noted; the session waits above."""
    return Reply(texts("tight.skipped") if tight is None else texts("tight.noted", tight=tight))


def after(end: Ended, texts: Texts) -> tuple[list[Markup], list[list[Key]]]:
    """Ask how tight it feels at the end of a session, or say what was told of that day."""
    if end.asks_tight:
        return [texts("tight.after")], _numbers(end.session, When.AFTER, texts)
    if end.tight is None or end.tight.before is None or end.tight.after is None:
        return [], []
    return [texts("tight.both", before=end.tight.before, after=end.tight.after)], []


def switched(texts: Texts, *, on: bool) -> Reply:
    """Say whether it is asked from now on, and how to change that."""
    keys: list[Key] = [(texts("button.tight.again"), SetCheckIns(True))]
    return Reply(texts("tight.on" if on else "tight.off"), keyboard=None if on else keyboard(keys))


def _numbers(session: int, moment: When, texts: Texts) -> list[list[Key]]:
    keys: list[Key] = [
        (str(number), TightSaid(session, moment, number)) for number in range(LOOSEST, TIGHTEST + 1)
    ]
    keys.append((texts("button.tight.skip"), TightSaid(session, moment, None)))
    return grid(keys, _WIDTH)
