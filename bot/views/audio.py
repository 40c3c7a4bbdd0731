"""An audio session: what is said in it, and the message that it comes with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from markupsafe import Markup

from bot.callbacks import AudioDone
from bot.domain.catalogue import Exercise
from bot.domain.own import is_own
from bot.domain.recording import Audible, Recording
from bot.domain.score import Chapter, Part, chapters, score
from bot.domain.step import Step
from bot.domain.timing import stage_of
from bot.reply import Place, Reply, Track
from bot.texts import Texts
from bot.views.keyboard import keyboard
from bot.views.lines import paragraphs, side
from bot.views.player import called

LONGEST = 1024  # characters of a caption, Bot API, an emoji being two
MOST = 12  # chapters, as many as a phone shows beside the rest


def session(found: Audible, engine: tuple[str, ...], texts: Texts) -> Reply:
    """Return a whole session to listen to, spoken by `engine` where there is one."""
    parts = tuple(spoken(found.parts, texts))
    speaks = tuple(part.replace("{language}", texts.language) for part in engine)
    recording = Recording(score(parts), speaks)
    title = called(found.title, texts)
    return Reply(
        _caption(found, recording.score.seconds, texts),
        track=Track(
            found.wanted.key,
            str(title.unescape()),
            recording if speaks else recording.wordless,
            personal=is_own(found.wanted.key),
        ),
        keyboard=keyboard([(texts("button.done"), AudioDone(found.wanted.code))]),
        toast=str(texts("audio.coming").unescape()),
        place=Place.BELOW,
    )


def twice(texts: Texts) -> Reply:
    """Say that it was sent, or is on its way, and send nothing."""
    return Reply(toast=str(texts("audio.twice").unescape()))


def spoken(parts: Sequence[Part], texts: Texts) -> Iterator[Part]:
    """Yield the parts with what is said before each: only what is new to who listens."""
    before: Step | None = None
    for part in parts:
        yield replace(part, said=str(_said(part, before, texts).unescape()))
        before = part.step


def _said(part: Part, before: Step | None, texts: Texts) -> Markup:
    step, where = part.step, side(part.step, texts)
    stage = stage_of(step, part.entry)
    if before is None or before.entry != step.entry:
        words = [texts("format.plain", text=part.entry.name), where]
    elif before.side is not step.side:
        words = [where]
    else:
        words = [] if stage else [texts("audio.set", number=step.set)]
    if stage is not None and isinstance(part.entry, Exercise):
        words.append(texts("format.plain", text=stage.name))
    return Markup(". ").join(word for word in words if word)


def _caption(found: Audible, seconds: float, texts: Texts) -> Markup:
    """Return the name, the chapters and what the bells mean, in as much as a caption holds."""
    head = texts("audio.title", name=called(found.title, texts), length=texts.seconds(seconds))
    without = texts("audio.without_gate") if found.gate else None
    listed = chapters(found.parts)
    for most in range(MOST - 3 if without else MOST, -1, -1):
        lines = Markup("\n").join(_lines(listed, most, texts))
        caption = paragraphs(head, without, lines, texts("audio.bells"))
        if len(caption.striptags().encode("utf-16-le")) <= 2 * LONGEST:
            break
    return caption


def _lines(listed: Sequence[Chapter], most: int, texts: Texts) -> Iterator[Markup]:
    shown = listed if len(listed) <= most else listed[: max(most - 1, 0)]
    for chapter in shown:
        minutes, seconds = divmod(round(chapter.second), 60)
        yield texts("audio.chapter", at=f"{minutes}:{seconds:02}", name=chapter.name)
    if len(shown) < len(listed):
        yield texts("audio.more", n=len(listed) - len(shown))
