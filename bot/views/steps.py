"""One step of a session: its caption, its picture and its buttons."""

from __future__ import annotations

from markupsafe import Markup

from bot.callbacks import (
    StepBack,
    StepDone,
    StepHow,
    StepHurts,
    StepLength,
    StepMore,
    StepPause,
    StepPulse,
    StepRounds,
    StepSkip,
    StepStop,
)
from bot.domain.adaptation import At
from bot.domain.catalogue import Catalogue, Entry, Exercise, Practice
from bot.domain.player import Going, SessionKind
from bot.domain.script import LEAD
from bot.domain.session import Playing
from bot.domain.step import Step, minutes
from bot.reply import Picture, Place, Reply
from bot.texts import Texts
from bot.views import check_ins, levels
from bot.views.keyboard import Key, keyboard
from bot.views.lines import amount, bullets, paragraphs, side, swap_lines
from bot.views.pictures import clip


def step(playing: Playing, catalogue: Catalogue, texts: Texts, place: Place = Place.HERE) -> Reply:
    """Show the current step with its picture and buttons."""
    now, entry = playing.step, playing.entry
    picture = None
    if entry is not None:
        picture = clip(now, entry, playing.breathing, catalogue.media)
    return Reply(
        paragraphs(
            _headline(playing, texts),
            Markup("\n").join(_begins(playing, texts)),
            _cues(playing, texts),
            _following(playing, texts),
        ),
        picture=picture,
        keyboard=keyboard(*_buttons(playing, texts)),
        place=place,
    )


def _begins(playing: Playing, texts: Texts) -> list[Markup]:
    """Say at the first step which day of a programme it is, and what there is less of."""
    lines = levels.moved(playing.changes, At.STEP, texts)[0]
    if playing.title.day is None or playing.can_go_back:
        return lines
    again = [texts(f"programme.again.{playing.again.value}")] if playing.again else []
    return [texts("title.day", name=playing.title.name, day=playing.title.day), *again, *lines]


def coming(playing: Playing, catalogue: Catalogue) -> list[Picture]:
    """Return the picture of the step after this one, if any: it can be drawn in the meantime."""
    following = playing.following
    entry = catalogue.entry(following.entry) if following else None
    if following is None or entry is None:
        return []
    breathing = catalogue.practices.get(following.breathing or "")
    picture = clip(following, entry, breathing, catalogue.media)
    return [picture] if picture else []


def keys(playing: Playing, texts: Texts) -> Reply:
    """Return the buttons of the current step, for a message that shows it already."""
    return Reply(keyboard=keyboard(*_buttons(playing, texts)), place=Place.KEYS)


def _buttons(playing: Playing, texts: Texts) -> list[list[Key]]:
    """Return few rows, so that the picture above them is seen."""
    at = (playing.session, playing.position)
    first: list[Key] = [(texts("button.done"), StepDone(*at))]
    if playing.going is Going.RUNS:
        first.append((texts("button.hold"), StepPause(*at)))
    first.append((texts("button.skip"), StepSkip(*at)))
    second: list[Key] = [
        (texts("button.how"), StepHow(*at)),
        (texts("button.hurts"), StepHurts(*at)),
        (texts("button.step_more"), StepMore(*at)),
        (texts("button.stop"), StepStop(*at)),
    ]
    if playing.can_go_back:
        second.insert(0, (texts("button.back"), StepBack(*at)))
    second += check_ins.ask_key(playing, texts)  # where Back has no place yet
    kept = levels.moved(playing.changes, At.STEP, texts)[1]
    return [first, second, pulse_key(playing, texts), kept, _lengths(playing, texts)]


def pulse_key(playing: Playing, texts: Texts) -> list[Key]:
    """Return the button for a beat that is felt, where the step presses."""
    if playing.entry is None or not playing.entry.gate:
        return []
    return [(texts("button.pulse"), StepPulse(playing.session, playing.position))]


def cautions(practice: Practice, texts: Texts) -> Reply:
    """Say who should not hold their breath, before they do."""
    title = texts("practice.cautions", name=practice.name)
    return Reply(paragraphs(title, bullets(practice.cautions, texts)), place=Place.BELOW)


def _lengths(playing: Playing, texts: Texts) -> list[Key]:
    """Return what makes the session shorter or longer: lengths of a routine, rounds of a breath."""
    at = (playing.session, playing.position)
    if playing.wanted.kind is SessionKind.PRACTICE and isinstance(playing.entry, Practice):
        return _rounds(playing, playing.entry, texts)
    return [
        (texts(f"button.length.{length.value}", minutes=minutes(seconds)), StepLength(*at, length))
        for length, seconds in playing.lengths
    ]


def _rounds(playing: Playing, practice: Practice, texts: Texts) -> list[Key]:
    now, choices = playing.step.reps or 1, playing.rounds
    found = {
        "button.rounds.shorter": max((one for one in choices if one < now), default=None),
        "button.rounds.longer": min((one for one in choices if one > now), default=None),
    }
    return [
        (
            texts(label, time=texts.seconds(rounds * practice.seconds_a_round)),
            StepRounds(playing.session, playing.position, rounds),
        )
        for label, rounds in found.items()
        if rounds is not None
    ]


def _headline(playing: Playing, texts: Texts) -> Markup:
    now = playing.step
    name = playing.entry.name if playing.entry else now.entry
    title = texts(
        "step.title",
        number=playing.number,
        total=playing.total,
        name=texts("step.eased", name=name) if now.eased else name,
    )
    line = Markup(" · ").join(part for part in _how_much(playing, texts) if part)
    extra = texts("step.extra") if now.extra else None
    lines = (title, line, extra, _breathing(playing, texts), *swap_lines(now.swaps, texts))
    return Markup("\n").join(part for part in lines if part)


def _how_much(playing: Playing, texts: Texts) -> list[Markup | None]:
    now, where = playing.step, side(playing.step, texts)
    counted = now.sets > 1 and now.stage is None
    sided = "step.switch" if playing.switches else "step.side"
    return [
        texts(sided, side=where) if where else None,
        texts("step.set", number=now.set, total=now.sets) if counted else None,
        amount(now, playing.entry, texts),
        texts("dose.tempo", tempo=now.tempo) if now.tempo else None,
    ]


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
    cues = _easier(now, entry, texts) if now.eased and entry.easier else bullets(entry.cues, texts)
    if now.stage is not None and isinstance(entry, Exercise) and now.stage <= len(entry.stages):
        stage = entry.stages[now.stage - 1]
        told = texts("step.stage", number=now.set, total=now.sets, name=stage.name, text=stage.text)
        note = texts("step.note", text=now.note) if now.note and now.set == 1 else None
        return Markup("\n").join(part for part in (told, cues if now.eased else None, note) if part)
    if playing.goes_on and not now.eased:
        cues = Markup("")  # they have just been read, or heard: the picture has the room
    # What must be ready before a gated exercise is no matter of taste.
    setup = texts("card.setup", text=entry.setup) if entry.gate and now.set == 1 else None
    note = texts("step.note", text=now.note) if now.note else None
    return Markup("\n").join(part for part in (setup, cues, note) if part)


def _easier(now: Step, entry: Entry, texts: Texts) -> Markup:
    """Return the easier ways, of which only the first stand beside a stage or what presses."""
    most = 2 if now.stage is not None else 3 if entry.gate else None
    return Markup("\n").join((texts("step.easier"), bullets(entry.easier[:most], texts)))


def _following(playing: Playing, texts: Texts) -> Markup:
    """Say how long there is to get ready, and what comes after the step, and when."""
    now = playing.step
    ready = "step.rest" if now.rest else "step.ready"
    soon = texts(ready, time=texts.seconds(now.lead)) if now.lead > LEAD else None
    return Markup("\n").join(part for part in (soon, _next(playing, texts)) if part)


def _next(playing: Playing, texts: Texts) -> Markup:
    coming: Step | None = playing.following
    if coming is None:
        words = texts("step.last")
    elif where := side(coming, texts):
        words = texts("step.next_side", name=playing.following_name, side=where)
    else:
        words = texts("step.next", name=playing.following_name)
    if playing.next_at is None:
        return words
    unix, seconds = round(playing.next_at.timestamp()), texts.seconds(playing.step.takes)
    if coming is None:
        return texts("step.last_at", unix=unix, time=seconds)
    return texts("step.next_at", next=words, unix=unix, time=seconds)
