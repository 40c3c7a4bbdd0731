"""Puts a session on its one live message: the view for what happened, the buttons off the old."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial

from telegram import Message, Update

from bot.context import BotContext
from bot.deps import Deps
from bot.domain.catalogue import Practice
from bot.domain.person import Question
from bot.domain.player import Going
from bot.domain.session import (
    Ended,
    GateAsked,
    GateClosed,
    Interrupted,
    OnboardingOpen,
    Playing,
    Refused,
    Started,
)
from bot.intake.storage import until_stored
from bot.reply import Place, Reply
from bot.screen import Screen
from bot.services import player as service
from bot.texts import Texts
from bot.views import onboarding, paces, starting, steps
from bot.views import player as view


@dataclass(frozen=True, slots=True)
class Stage:
    """What it takes to show one person their session, after a tap or by itself."""

    deps: Deps
    screen: Screen
    texts: Texts
    person_id: int

    def reply(self, result: Playing | Ended, place: Place = Place.HERE) -> Reply:
        """Return the screen of a session as it stands."""
        if isinstance(result, Ended):
            end = view.ended(result, self.deps.catalogue, self.texts)
            return end if place is Place.HERE else replace(end, place=place)
        if result.going is Going.PAUSED:
            return paces.paused(result, self.deps.catalogue, self.texts, place)
        if result.going in (Going.ASKED, Going.PARKED):
            return paces.asked(result, self.texts, place)
        return steps.step(result, self.deps.catalogue, self.texts, place)

    async def warn(self, result: Playing) -> None:
        """Say the cautions of a practice in which the breath is held, before it begins."""
        if isinstance(result.entry, Practice) and result.entry.holds:
            cautions = steps.cautions(result.entry, self.texts)
            await self.screen.send(self.person_id, cautions)

    async def shown(
        self, result: Playing | Ended, reply: Reply, message: Message, before: int | None
    ) -> None:
        """Note which message shows the session, and draw what comes next in the meantime.

        `before` is the message that showed it until now: it loses its buttons.
        """
        if isinstance(result, Playing):
            self.screen.prepare(steps.coming(result, self.deps.catalogue))
        if message.message_id != before:
            await self._note(result, message, before)
        elif isinstance(result, Playing) and result.going is not Going.WAITS:
            self.deps.wake()  # it goes on by itself
        current = partial(self._current, result.session, message.message_id)
        late = partial(self._noted, result, message)
        self.screen.swap_later(message, reply, current, late)

    async def _note(self, result: Playing | Ended, message: Message, before: int | None) -> None:
        """Remember which message shows the session, and take the buttons off the one before."""
        await self._noted(result, message)
        if before is not None:
            await self.screen.strip(message.chat_id, before)
        else:
            self.deps.wake()  # it has just begun: reminders of it have buttons to lose

    async def _noted(self, result: Playing | Ended, message: Message) -> None:
        position = result.position if isinstance(result, Playing) else None
        at = (result.session, position, message.message_id)
        await until_stored(partial(service.shown, self.deps, *at))
        if isinstance(result, Playing) and result.going is not Going.WAITS:
            self.deps.wake()  # it goes on by itself

    async def _current(self, session: int, message: int) -> Reply | None:
        """Return what a message of a session should show now, None where another one shows it."""
        found = await service.standing(self.deps, self.person_id, session)
        if found is None or (isinstance(found, Playing) and found.message_id != message):
            return None
        return self.reply(found)


async def show_session(
    update: Update,
    context: BotContext,
    result: Started | Ended,
    place: Place = Place.HERE,
    alert: str = "",
    toast: str = "",
) -> None:
    """Show what became of a tap or command that starts, moves or ends a session.

    `alert` is said above the step, to be tapped away; a `toast` goes by itself.
    """
    if not isinstance(result, Playing | Ended):
        await context.screen.show(update, _stopped(context, result))
        return
    stage = stage_of(context)
    if isinstance(result, Playing) and result.warns:
        await stage.warn(result)
    if place is Place.HERE and isinstance(result, Playing) and _is_copy(update, result):
        place = Place.INSTEAD
    reply = replace(stage.reply(result, place), toast=alert or toast, alert=bool(alert))
    message = await context.screen.show(update, reply)
    if message is not None and isinstance(result, Playing):
        await stage.shown(result, reply, message, result.message_id)


async def show_stale(update: Update, context: BotContext) -> None:
    """Say that a button no longer applies."""
    await context.screen.show(update, _stopped(context, service.STALE))


def stage_of(context: BotContext) -> Stage:
    """Return the stage on which a tap or command of the person shows their session."""
    return Stage(context.deps, context.screen, context.texts, context.someone.id)


def _is_copy(update: Update, result: Playing) -> bool:
    """Return whether the tap was on an older copy of the screen, above the one that is known.

    A screen that seemed lost on its way was sent again; edited, the copy would stand below a step
    that is over.
    """
    query = update.callback_query
    tapped = query.message if query else None
    return bool(tapped and result.message_id and tapped.message_id < result.message_id)


def _stopped(
    context: BotContext, result: Interrupted | GateAsked | GateClosed | OnboardingOpen | Refused
) -> Reply:
    catalogue, texts = context.deps.catalogue, context.texts
    match result:
        case Interrupted():
            return starting.interrupted(result, catalogue, texts)
        case GateAsked():
            return starting.gate(result, catalogue, texts)
        case GateClosed():
            return starting.gate_closed(result, catalogue, texts)
        case OnboardingOpen(question):
            screening = catalogue.safety.screening
            if question is Question.SCREENING:
                return onboarding.screen(screening, texts)
            return onboarding.safety(screening, texts)
        case _:
            return starting.refused(result, catalogue, texts)
