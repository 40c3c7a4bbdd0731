"""The player: a step with its buttons, and the end."""

from __future__ import annotations

from markupsafe import Markup

from bot.callbacks import (
    Continue,
    Felt,
    SideSaid,
    UndoAnswer,
)
from bot.domain.adaptation import At
from bot.domain.catalogue import Catalogue
from bot.domain.milestone import Milestone
from bot.domain.player import Feedback, Going, SessionKind
from bot.domain.safety import PULSE
from bot.domain.session import Ended, Playing, Titled
from bot.domain.sides import Stiffer
from bot.domain.step import Length
from bot.reply import Place, Reply
from bot.texts import Texts
from bot.views import check_ins, levels
from bot.views.keyboard import Key, keyboard
from bot.views.lines import paragraphs
from bot.views.pictures import closing

CONFETTI = "5046509860389126442"  # Telegram's free message effect: a party popper


def ended(end: Ended, catalogue: Catalogue, texts: Texts) -> Reply:
    """Show what was done and ask how it felt; where nothing was done, say no more than that."""
    title = texts("end.stopped" if end.stopped else "end.done", name=_so_much_of(end, texts))
    lines, rows = _account(end, texts) if any(done for _, done in end.outcomes) else ([], [])
    if end.undoable:
        rows.append([(texts("button.undo"), UndoAnswer(end.session))])
    words = paragraphs(title, Markup("\n").join(lines))
    # Telegram plays an effect with a new message only; the first time all stays in one place.
    plays = end.feedback is None and end.milestone not in (None, Milestone.FIRST)
    return Reply(
        words,
        picture=closing(end, catalogue.media),
        keyboard=keyboard(*rows),
        place=Place.INSTEAD if plays else Place.HERE,
        effect=CONFETTI if plays else "",
    )


def _account(end: Ended, texts: Texts) -> tuple[list[Markup], list[list[Key]]]:
    """Return what was done, and the question that is open about it."""
    lines = [texts("end.steps", done=end.done, total=len(end.outcomes), n=end.minutes)]
    if end.skipped:
        lines.append(texts("end.skipped", n=end.skipped))
    if end.hurt:
        lines.append(texts("end.hurt", n=end.hurt))
    if end.through is not None:
        lines.append(texts("movement.today", done=end.through.done, n=end.through.total))
    if _counts(end):
        lines.append(texts("end.streak", n=end.streak))
    if end.milestone is not None:
        lines.append(texts(f"milestone.{end.milestone.value}"))
    if end.feedback is None:
        moved, keys = levels.moved(end.changes, At.END, texts)
        felt = [_felt(end, feedback, texts) for feedback in Feedback]
        return [*lines, *moved, texts("end.ask")], [felt, keys]
    moved, keys = levels.at_end(end.session, end.changes, end.outlook, texts)
    told, rows = _sides(end, texts)
    if not rows:
        tight, rows = check_ins.after(end, texts)
        told += tight
    return [*lines, texts(f"end.felt.{end.feedback.value}"), *moved, *told], [keys, *rows]


def _counts(end: Ended) -> bool:
    """Return whether the day is kept by it: a routine, or the last movement of one."""
    whole = end.wanted.kind is SessionKind.ROUTINE and not end.stopped
    return bool(end.streak) and (whole or (end.through is not None and end.through.over))


def pulse(result: Playing | Ended, catalogue: Catalogue, texts: Texts) -> Reply:
    """Say what a beat under the ball means; what is left of the session is a tap away."""
    keys = None
    if isinstance(result, Playing):
        keys = keyboard([(texts("button.without_ball"), Continue(result.session))])
    text = texts("format.plain", text=catalogue.safety.scripts[PULSE])
    return Reply(text, keyboard=keys, place=Place.INSTEAD)


def way_back(playing: Playing, texts: Texts) -> Key:
    """Return the button that leads back to the step somebody is in the middle of."""
    waits = "button.back_to_step.waits" if playing.going is Going.PAUSED else "button.back_to_step"
    label = texts(waits, number=playing.number)
    return label, Continue(playing.session)


def _so_much_of(end: Ended, texts: Texts) -> Markup:
    """Return what was ended: "Daily 12", or "Daily 12, short"."""
    name = called(end.title, texts)
    if end.length is Length.FULL:
        return name
    return texts(f"title.length.{end.length.value}", name=name)


def called(title: Titled, texts: Texts) -> Markup:
    """Return the name of a session, with the day of a programme."""
    if title.day is None:
        return texts("format.plain", text=title.name)
    return texts("title.day", name=title.name, day=title.day)


def _sides(end: Ended, texts: Texts) -> tuple[list[Markup], list[list[Key]]]:
    """Ask which side was stiffer, where that was worth a question, or say what was said."""
    if end.sides is None:
        return [], []
    if end.sides.said is not None:
        return [texts(f"end.stiffer.{end.sides.said.value}")], []
    keys: list[Key] = [
        (texts(f"button.stiffer.{side.value}"), SideSaid(end.session, side)) for side in Stiffer
    ]
    return [texts("end.sides", name=end.sides.name)], [keys[:2], keys[2:]]


def _felt(end: Ended, feedback: Feedback, texts: Texts) -> Key:
    return texts(f"button.felt.{feedback.value}"), Felt(end.session, feedback)
