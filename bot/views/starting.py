"""What stands in the way of starting: another session, a safety gate, a reason to refuse."""

from __future__ import annotations

from markupsafe import Markup

from bot.callbacks import (
    Continue,
    DoNow,
    GateAgain,
    GateAnswered,
    OpenLibrary,
    OpenPage,
    OpenThings,
    Resume,
    Start,
    StartNow,
    StartOver,
)
from bot.domain.catalogue import Catalogue, Purpose
from bot.domain.player import SessionKind
from bot.domain.safety import PULSE
from bot.domain.session import GateAsked, GateClosed, Interrupted, Refused, Why
from bot.reply import Place, Reply
from bot.texts import Texts
from bot.views.keyboard import Key, keyboard
from bot.views.lines import paragraphs
from bot.views.player import called


def interrupted(found: Interrupted, catalogue: Catalogue, texts: Texts) -> Reply:
    """Offer to continue an open session or to start over."""
    playing, wanted = found.playing, found.wanted
    text = texts(
        "player.interrupted",
        name=called(playing.title, texts),
        number=playing.number,
        total=playing.total,
    )
    if wanted != playing.wanted:  # "over" alone would promise the one they are in
        movement = wanted.kind is SessionKind.MOVEMENT
        name = catalogue.name_of(wanted.key)
        instead = texts("movement.instead") if movement else texts("player.instead", name=name)
        text += Markup("\n") + instead
    return Reply(
        text,
        keyboard=keyboard(
            [
                (texts("button.continue"), Continue(playing.session)),
                (texts("button.start_over"), StartOver(playing.session, wanted.code)),
            ]
        ),
        place=Place.INSTEAD,
    )


def gate(asked: GateAsked, catalogue: Catalogue, texts: Texts) -> Reply:
    """Ask one question of a safety gate."""
    found = catalogue.safety.gates[asked.gate]
    intro = texts("format.plain", text=found.intro) if asked.question == 1 else None

    def answer(yes: bool) -> GateAnswered:
        return GateAnswered(asked.gate, asked.question, yes, asked.wanted.code)

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
        [(catalogue.name_of(key), DoNow(key))] for key in found.alternatives if catalogue.entry(key)
    ]
    if closed.wanted.kind is SessionKind.ROUTINE:
        without = Start(closed.wanted.code)
        rows.insert(0, [(texts("button.without_ball"), without)])
    if not closed.pulse:
        again = GateAgain(closed.gate, closed.wanted.code)
        rows.append([(texts("button.gate_again"), again)])
    said = catalogue.safety.scripts[PULSE] if closed.pulse else found.refused
    return Reply(texts("format.plain", text=said), keyboard=keyboard(*rows))


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
    if refusal.why is Why.HURT:
        rest, breathe = Purpose.REST, Purpose.BREATHING
        keys = [
            (texts(f"purpose.{one.value}"), OpenLibrary(one, mine=False)) for one in (rest, breathe)
        ]
        return Reply(texts("refused.hurt"), keyboard=keyboard(keys), place=Place.BELOW)
    if refusal.why is Why.LEFT_OUT:
        return Reply(
            texts("refused.left_out"),
            keyboard=keyboard([(texts("button.routines"), OpenPage("routines"))]),
            place=Place.BELOW,
        )
    if refusal.why is Why.NOTHING_LEFT:
        return Reply(
            texts("refused.nothing_left"),
            keyboard=keyboard([(texts("button.things"), OpenThings(household=False))]),
            place=Place.BELOW,
        )
    return Reply(toast=texts(f"refused.{refusal.why.value}"))
