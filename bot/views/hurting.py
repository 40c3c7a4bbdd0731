"""A step that hurts: how much, what is done about it, and the warning signs behind it."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup

from bot.callbacks import AskSigns, Continue, LeaveOut, PainSaid, SignTold, StepStop
from bot.domain.adaptation import At
from bot.domain.catalogue import Catalogue
from bot.domain.hurting import BANDS, Relief
from bot.domain.safety import Tier
from bot.domain.session import Ended, Hurting, Playing
from bot.reply import Place, Reply
from bot.texts import Texts
from bot.views import levels
from bot.views.answers import safety
from bot.views.keyboard import Key, keyboard
from bot.views.lines import bullets, paragraphs
from bot.views.player import way_back

TIERS: Mapping[bool, Tier] = {True: "emergency", False: "today"}  # by whether it is an emergency

_NOTED = {Relief.LESS: "hurts.less", Relief.EASE: "hurts.easier"}


def how_much(playing: Playing, texts: Texts) -> Reply:
    """Ask how much the current step hurts, in a message below it."""
    rows: list[list[Key]] = [
        [
            (texts("button.pain", pain=n), PainSaid(playing.session, playing.position, n))
            for n in one
        ]
        for one in BANDS
    ]
    keys = keyboard(*rows, [way_back(playing, texts)])
    return Reply(texts("hurts.ask"), keyboard=keys, place=Place.BELOW)


def noted(hurting: Hurting, pain: int, texts: Texts) -> str:
    """Return what is said above the step that goes on; "" where it does not."""
    key = _NOTED.get(hurting.relief)
    words = [texts(key, pain=pain)] if key else []
    moved = levels.moved(hurting.changes, At.NOTE, texts)[0] if key else []
    return Markup(" ").join((*words, *moved)).striptags()


def answered(hurting: Hurting, catalogue: Catalogue, texts: Texts) -> Reply:
    """Say that it is left out today and when to see whom, or offer to leave it out."""
    moved, kept = levels.moved(hurting.changes, At.NOTE, texts)
    if hurting.relief is Relief.OFFER and isinstance(hurting.result, Playing):
        leave, eased = LeaveOut(hurting.session, hurting.position), hurting.result.step.eased
        asked = texts("hurts.offer_eased" if eased else "hurts.offer", name=hurting.name)
        return Reply(
            paragraphs(*moved, asked),
            keyboard=keyboard(
                [(texts("button.leave_out"), leave)], [way_back(hurting.result, texts)], kept
            ),
        )
    rows = [*_onward(hurting.result, texts), kept]
    if hurting.severe and any(catalogue.safety.asked(tier) for tier in TIERS.values()):
        rows.append([(texts("button.something_else"), AskSigns(hurting.session))])
    script = texts("format.plain", text=catalogue.safety.hurts)
    return Reply(
        paragraphs(texts("hurts.dropped", name=hurting.name), script, *moved),
        keyboard=keyboard(*rows),
    )


def signs(session: int, catalogue: Catalogue, texts: Texts, *, emergency: bool = True) -> Reply:
    """Ask whether one of the warning signs of an emergency applies, then those for today."""
    asked = catalogue.safety.asked(TIERS[emergency])
    if not asked and emergency:
        return signs(session, catalogue, texts, emergency=False)
    return Reply(
        paragraphs(texts(f"hurts.signs.{TIERS[emergency]}"), bullets(asked, texts)),
        keyboard=keyboard(
            [(texts("button.sign_applies"), SignTold(session, emergency, applies=True))],
            [(texts("button.none_of_these"), SignTold(session, emergency, applies=False))],
        ),
    )


def no_sign(result: Playing | Ended, texts: Texts) -> Reply:
    """Go on where none of the signs applies; nothing is called harmless."""
    return Reply(texts("hurts.no_sign"), keyboard=keyboard(*_onward(result, texts)))


def told(catalogue: Catalogue, texts: Texts, *, emergency: bool) -> Reply:
    """Say what a warning sign calls for, and nothing else."""
    return safety(catalogue.safety.scripts[TIERS[emergency]], texts, paused=emergency, screen=False)


def _onward(result: Playing | Ended, texts: Texts) -> list[list[Key]]:
    """Return the buttons that go on with a session or stop it; none where it is over."""
    if isinstance(result, Ended):
        return []
    stop = StepStop(result.session, result.position)
    return [[(texts("button.continue"), Continue(result.session)), (texts("button.stop"), stop)]]
