"""What is said when a movement of the day's routine was done or skipped."""

from __future__ import annotations

from markupsafe import Markup

from bot.callbacks import Felt, StartOccurrence, UndoMovement
from bot.domain.adaptation import At
from bot.domain.catalogue import Catalogue
from bot.domain.player import Feedback, Outcome
from bot.domain.spreading import Answered
from bot.reply import Reply
from bot.texts import Texts
from bot.views import levels
from bot.views.keyboard import Key, keyboard
from bot.views.lines import paragraphs
from bot.views.reminders import next_line


def answered(found: Answered, catalogue: Catalogue, texts: Texts) -> Reply:
    """Say how much of the day's routine is done; at its end ask how it felt."""
    beside: list[list[Key]] = [
        [(texts("button.start_other", name=catalogue.name_of(key)), StartOccurrence(occurrence))]
        for occurrence, _, key in found.beside
    ]
    undo: list[Key] = [(texts("button.undo"), UndoMovement(found.occurrence))]
    if found.finished is not None:
        felt = [_felt(found.finished, feedback, texts) for feedback in Feedback]
        return Reply(_finished(found, texts), keyboard=keyboard(felt, *beside, undo))
    moved, kept = levels.moved(found.changes, At.NOTE, texts)
    key = "movement.done" if found.outcome is Outcome.DONE else "movement.skipped"
    through = found.through
    return Reply(
        paragraphs(
            texts(key, done=through.done, n=through.total),
            next_line(found.next_at, found.person, found.now, texts),
            *moved,
        ),
        keyboard=keyboard(*beside, kept, undo),
    )


def taken_back(texts: Texts) -> Reply:
    """Say that a movement is asked for anew."""
    return Reply(texts("movement.taken_back"))


def _finished(found: Answered, texts: Texts) -> Markup:
    lines = [texts(f"milestone.{found.milestone.value}")] if found.milestone else []
    lines += [texts("end.streak", n=found.streak)] if found.streak else []
    lines.append(texts("end.ask"))
    return paragraphs(texts("movement.all_done", name=found.routine), Markup("\n").join(lines))


def _felt(session: int, feedback: Feedback, texts: Texts) -> Key:
    return texts(f"button.felt.{feedback.value}"), Felt(session, feedback)
