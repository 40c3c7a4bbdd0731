"""The player: a step, the end, and what stands in the way of starting."""

from __future__ import annotations

from markupsafe import Markup

from bot.callbacks import (
    Continue,
    DoNow,
    Felt,
    GateAgain,
    GateAnswered,
    OpenPage,
    Resume,
    StartNow,
    StartOver,
    StepBack,
    StepDone,
    StepHow,
    StepSkip,
    StepStop,
)
from bot.domain.catalogue import Catalogue, Exercise
from bot.domain.player import Feedback, SessionKind, Side, Step
from bot.domain.session import (
    Ended,
    GateAsked,
    GateClosed,
    Interrupted,
    Playing,
    Refused,
    Wanted,
    Why,
)
from bot.reply import Picture, Place, Reply
from bot.texts import Texts
from bot.views.keyboard import Key, keyboard
from bot.views.lines import amount, bullets, paragraphs, side


def step(playing: Playing, catalogue: Catalogue, texts: Texts, place: Place = Place.HERE) -> Reply:
    """Show the current step with its picture and buttons."""
    at = (playing.session, playing.position)
    first = [(texts("button.done"), StepDone(*at)), (texts("button.skip"), StepSkip(*at))]
    second = [(texts("button.how"), StepHow(*at)), (texts("button.stop"), StepStop(*at))]
    if playing.position:
        second.insert(0, (texts("button.back"), StepBack(*at)))
    return Reply(
        paragraphs(
            _headline(playing, catalogue, texts),
            _cues(playing.step, catalogue, texts),
            _following(playing, catalogue, texts),
        ),
        picture=picture(playing.step, catalogue),
        keyboard=keyboard(first, second),
        place=place,
    )


def ended(end: Ended, catalogue: Catalogue, texts: Texts) -> Reply:
    """Show what was done and ask how it felt."""
    name = name_of(end.wanted, catalogue)
    title = "end.stopped" if end.stopped else "end.done"
    parts = [
        texts(title, name=name),
        texts("end.steps", done=end.done, total=len(end.outcomes), n=end.minutes),
    ]
    if end.skipped:
        parts.append(texts("end.skipped", n=end.skipped))
    if end.streak and not end.stopped and end.wanted.kind is SessionKind.ROUTINE:
        parts.append(texts("end.streak", n=end.streak))
    if end.feedback is not None:
        parts.append(texts(f"end.felt.{end.feedback.value}"))
        keys = None
    else:
        parts.append(texts("end.ask"))
        keys = keyboard(
            [
                (texts(f"button.felt.{feedback.value}"), Felt(end.session, feedback))
                for feedback in Feedback
            ]
        )
    shown = picture(end.outcomes[-1][0], catalogue)
    if end.wanted.key in catalogue.routines:
        shown = Picture(end.wanted.key)
    return Reply(
        paragraphs(parts[0], Markup("\n").join(parts[1:])),
        picture=shown,
        keyboard=keys,
    )


def interrupted(found: Interrupted, catalogue: Catalogue, texts: Texts) -> Reply:
    """Offer to continue an open session or to start over."""
    playing, wanted = found.playing, found.wanted
    text = texts(
        "player.interrupted",
        name=name_of(playing.wanted, catalogue),
        number=playing.position + 1,
        total=playing.total,
    )
    if wanted != playing.wanted:  # "over" alone would promise the one they are in
        text += Markup("\n") + texts("player.instead", name=name_of(wanted, catalogue))
    return Reply(
        text,
        keyboard=keyboard(
            [
                (texts("button.continue"), Continue(playing.session)),
                (
                    texts("button.start_over"),
                    StartOver(playing.session, wanted.kind, wanted.key),
                ),
            ]
        ),
        place=Place.INSTEAD,
    )


def gate(asked: GateAsked, catalogue: Catalogue, texts: Texts) -> Reply:
    """Ask one question of a safety gate."""
    found = catalogue.safety.gates[asked.gate]
    intro = texts("format.plain", text=found.intro) if asked.question == 1 else None

    def answer(yes: bool) -> GateAnswered:
        return GateAnswered(asked.gate, asked.question, yes, asked.wanted.kind, asked.wanted.key)

    return Reply(
        paragraphs(
            intro,
            texts("gate.question", number=asked.question, total=asked.total),
            texts("format.plain", text=found.questions[asked.question - 1]),
        ),
        keyboard=keyboard(
            [(texts("button.no"), answer(False)), (texts("button.yes"), answer(True))]
        ),
    )


def gate_closed(closed: GateClosed, catalogue: Catalogue, texts: Texts) -> Reply:
    """Say that the gate was not passed, and what to do instead."""
    found = catalogue.safety.gates[closed.gate]
    rows: list[list[Key]] = [
        [(_entry_name(key, catalogue), DoNow(key))]
        for key in found.alternatives
        if catalogue.entry(key)
    ]
    if closed.wanted.kind is SessionKind.ROUTINE:
        rows.insert(0, [(texts("button.without_ball"), StartNow())])
    again = GateAgain(closed.gate, closed.wanted.kind, closed.wanted.key)
    rows.append([(texts("button.gate_again"), again)])
    return Reply(texts("format.plain", text=found.refused), keyboard=keyboard(*rows))


def refused(refusal: Refused, catalogue: Catalogue, texts: Texts) -> Reply:
    """Say why nothing was changed."""
    if refusal.why is Why.NOT_GENTLE:
        screening = catalogue.safety.screening
        return Reply(
            texts("refused.not_gentle", reason=screening.refusal),
            keyboard=keyboard(
                [(catalogue.routines[screening.routine].name, StartNow())],
                [(texts("button.screen_again"), OpenPage("screening"))],
            ),
            place=Place.BELOW,
        )
    if refusal.why is Why.NOT_CLEARED:
        return Reply(
            texts("refused.not_cleared"),
            keyboard=keyboard([(texts("button.resume_cleared"), Resume())]),
            place=Place.BELOW,
        )
    return Reply(toast=texts(f"refused.{refusal.why.value}"))


def picture(step: Step, catalogue: Catalogue) -> Picture | None:
    """Return the still that shows a step: its stage's pose, mirrored for the left side."""
    entry = catalogue.entry(step.entry)
    if entry is None:
        return None
    pose = ""
    if step.stage is not None and isinstance(entry, Exercise):
        pose = entry.stages[step.stage - 1].pose
    # The coded poses face right, so the near, working side is the right one.
    return Picture(step.entry, pose, mirrored=step.side is Side.LEFT)


def name_of(wanted: Wanted, catalogue: Catalogue) -> str:
    """Return the name of a routine, exercise or practice."""
    if wanted.kind is SessionKind.ROUTINE and wanted.key in catalogue.routines:
        return catalogue.routines[wanted.key].name
    return _entry_name(wanted.key, catalogue)


def _entry_name(key: str, catalogue: Catalogue) -> str:
    entry = catalogue.entry(key)
    return entry.name if entry else key


def _headline(playing: Playing, catalogue: Catalogue, texts: Texts) -> Markup:
    now = playing.step
    where = side(now, texts)
    how_much = [
        texts("step.side", side=where) if where else None,
        texts("step.set", number=now.set, total=now.sets) if now.sets > 1 else None,
        amount(now, catalogue, texts),
    ]
    title = texts(
        "step.title",
        number=playing.position + 1,
        total=playing.total,
        name=_entry_name(now.entry, catalogue),
    )
    line = Markup(" · ").join(part for part in how_much if part)
    return Markup("\n").join(
        part for part in (title, line, _breathing(now, catalogue, texts)) if part
    )


def _breathing(now: Step, catalogue: Catalogue, texts: Texts) -> Markup:
    practice = catalogue.practices.get(now.breathing or now.entry)
    if practice is None:
        return texts("step.breath")
    phases = [
        texts(f"phase.{phase.breath}", seconds=f"{phase.seconds:g}") for phase in practice.phases
    ]
    return texts("step.breath_phases", phases=Markup(", ").join(phases))


def _cues(now: Step, catalogue: Catalogue, texts: Texts) -> Markup | None:
    entry = catalogue.entry(now.entry)
    if entry is None:
        return None
    if now.stage is not None and isinstance(entry, Exercise):
        stage = entry.stages[now.stage - 1]
        return texts(
            "step.stage",
            number=now.stage,
            total=len(entry.stages),
            name=stage.name,
            text=stage.text,
        )
    # What must be ready before a gated exercise is no matter of taste.
    setup = texts("card.setup", text=entry.setup) if entry.gate and now.set == 1 else None
    note = texts("step.note", text=now.note) if now.note else None
    return Markup("\n").join(part for part in (setup, bullets(entry.cues, texts), note) if part)


def _following(playing: Playing, catalogue: Catalogue, texts: Texts) -> Markup | None:
    coming = playing.following
    if coming is None:
        return texts("step.last")
    name = _entry_name(coming.entry, catalogue)
    where = side(coming, texts)
    rest = texts("step.rest", seconds=playing.step.rest) if playing.step.rest else None
    following = (
        texts("step.next_side", name=name, side=where) if where else texts("step.next", name=name)
    )
    return Markup("\n").join(part for part in (rest, following) if part)
