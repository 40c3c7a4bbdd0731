"""The player: a step with its buttons, and the end."""

from __future__ import annotations

from markupsafe import Markup

from bot.callbacks import Continue, Felt, StepBack, StepDone, StepHow, StepPulse, StepSkip, StepStop
from bot.domain.catalogue import Catalogue, Exercise, Practice
from bot.domain.player import Feedback, SessionKind
from bot.domain.safety import PULSE
from bot.domain.session import Ended, Playing, Titled
from bot.domain.step import Step
from bot.reply import Picture, Place, Reply
from bot.texts import Texts
from bot.views.keyboard import Key, keyboard
from bot.views.lines import amount, bullets, paragraphs, side, swap_lines
from bot.views.pictures import card, clip, poster


def step(playing: Playing, catalogue: Catalogue, texts: Texts, place: Place = Place.HERE) -> Reply:
    """Show the current step with its picture and buttons."""
    now, entry = playing.step, playing.entry
    picture = None
    if entry is not None:
        picture = clip(now, entry, playing.breathing, catalogue.media)
    return Reply(
        paragraphs(
            _headline(playing, texts),
            _cues(playing, texts),
            _following(playing, texts),
        ),
        picture=picture,
        keyboard=keyboard(*_buttons(playing, texts)),
        place=place,
    )


def coming(playing: Playing, catalogue: Catalogue) -> list[Picture]:
    """Return the picture of the step after this one, if any: it can be drawn in the meantime."""
    following = playing.following
    entry = catalogue.entry(following.entry) if following else None
    if following is None or entry is None:
        return []
    breathing = catalogue.practices.get(following.breathing or "")
    picture = clip(following, entry, breathing, catalogue.media)
    return [picture] if picture else []


def ended(end: Ended, catalogue: Catalogue, texts: Texts) -> Reply:
    """Show what was done and ask how it felt."""
    title = "end.stopped" if end.stopped else "end.done"
    parts = [
        texts(title, name=called(end.title, texts)),
        texts("end.steps", done=end.done, total=len(end.outcomes), n=end.minutes),
    ]
    if end.skipped:
        parts.append(texts("end.skipped", n=end.skipped))
    if end.streak and not end.stopped and end.wanted.kind is SessionKind.ROUTINE:
        parts.append(texts("end.streak", n=end.streak))
    keys = None
    if end.feedback is not None:
        parts.append(texts(f"end.felt.{end.feedback.value}"))
    else:
        parts.append(texts("end.ask"))
        keys = keyboard([_felt(end, feedback, texts) for feedback in Feedback])
    picture = poster(end.wanted.key, end.entries)
    if end.wanted.kind is not SessionKind.ROUTINE and end.entries:
        picture = card(end.entries[-1], catalogue.media)
    return Reply(paragraphs(parts[0], Markup("\n").join(parts[1:])), picture=picture, keyboard=keys)


def pulse(result: Playing | Ended, catalogue: Catalogue, texts: Texts) -> Reply:
    """Say what a beat under the ball means; what is left of the session is a tap away."""
    keys = None
    if isinstance(result, Playing):
        keys = keyboard([(texts("button.without_ball"), Continue(result.session))])
    text = texts("format.plain", text=catalogue.safety.scripts[PULSE])
    return Reply(text, keyboard=keys, place=Place.INSTEAD)


def way_back(playing: Playing, texts: Texts) -> Key:
    """Return the button that leads back to the step somebody is in the middle of."""
    label = texts("button.back_to_step", number=playing.position + 1)
    return label, Continue(playing.session)


def called(title: Titled, texts: Texts) -> Markup:
    """Return the name of a session, with the day of a programme."""
    if title.day is None:
        return texts("format.plain", text=title.name)
    return texts("title.day", name=title.name, day=title.day)


def _buttons(playing: Playing, texts: Texts) -> list[list[Key]]:
    at = (playing.session, playing.position)
    first: list[Key] = [
        (texts("button.done"), StepDone(*at)),
        (texts("button.skip"), StepSkip(*at)),
    ]
    second: list[Key] = [(texts("button.how"), StepHow(*at)), (texts("button.stop"), StepStop(*at))]
    if playing.can_go_back:
        second.insert(0, (texts("button.back"), StepBack(*at)))
    rows = [first, second]
    if playing.entry is not None and playing.entry.gate:
        rows.append([(texts("button.pulse"), StepPulse(*at))])
    return rows


def _felt(end: Ended, feedback: Feedback, texts: Texts) -> Key:
    return texts(f"button.felt.{feedback.value}"), Felt(end.session, feedback)


def _headline(playing: Playing, texts: Texts) -> Markup:
    now = playing.step
    where = side(now, texts)
    how_much = [
        texts("step.side", side=where) if where else None,
        texts("step.set", number=now.set, total=now.sets)
        if now.sets > 1 and now.stage is None
        else None,
        amount(now, playing.entry, texts),
        texts("dose.tempo", tempo=now.tempo) if now.tempo else None,
    ]
    title = texts(
        "step.title",
        number=playing.position + 1,
        total=playing.total,
        name=playing.entry.name if playing.entry else now.entry,
    )
    line = Markup(" · ").join(part for part in how_much if part)
    ready = texts("step.ready", time=texts.seconds(now.ready)) if now.ready else None
    lines = (title, line, _breathing(playing, texts), ready, *swap_lines(now.swaps, texts))
    return Markup("\n").join(part for part in lines if part)


def _breathing(playing: Playing, texts: Texts) -> Markup:
    practice = playing.entry if isinstance(playing.entry, Practice) else playing.breathing
    if practice is None:
        return texts("step.breath_reps" if playing.step.tempo else "step.breath")
    phases = [
        texts(f"phase.{phase.breath}", seconds=f"{phase.seconds:g}") for phase in practice.phases
    ]
    return texts("step.breath_phases", phases=Markup(", ").join(phases))


def _cues(playing: Playing, texts: Texts) -> Markup | None:
    now, entry = playing.step, playing.entry
    if entry is None:
        return None
    if now.stage is not None and isinstance(entry, Exercise) and now.stage <= len(entry.stages):
        stage = entry.stages[now.stage - 1]
        told = texts("step.stage", number=now.set, total=now.sets, name=stage.name, text=stage.text)
        first = now.note and now.set == 1
        return told + Markup("\n") + texts("step.note", text=now.note) if first else told
    # What must be ready before a gated exercise is no matter of taste.
    setup = texts("card.setup", text=entry.setup) if entry.gate and now.set == 1 else None
    note = texts("step.note", text=now.note) if now.note else None
    return Markup("\n").join(part for part in (setup, bullets(entry.cues, texts), note) if part)


def _following(playing: Playing, texts: Texts) -> Markup | None:
    coming: Step | None = playing.following
    if coming is None:
        return texts("step.last")
    where = side(coming, texts)
    rest = texts("step.rest", seconds=playing.step.rest) if playing.step.rest else None
    name = playing.following_name
    following = (
        texts("step.next_side", name=name, side=where) if where else texts("step.next", name=name)
    )
    return Markup("\n").join(part for part in (rest, following) if part)
