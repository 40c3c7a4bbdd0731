"""/start and the questions of the first minutes."""

from __future__ import annotations

from datetime import time

from telegram import Update

from bot.callbacks import (
    AddShared,
    AnswerOffer,
    ChooseTime,
    ConfirmZone,
    Later,
    Screen,
    Understood,
)
from bot.context import BotContext
from bot.domain.person import Question
from bot.domain.schedule import Rule
from bot.greeting import ask_next
from bot.reply import Reply
from bot.services import offering, people, planned
from bot.services import onboarding as service
from bot.services.onboarding import Welcome
from bot.views import cards, home, library, offers, routines

# What deep links begin with, before an underscore and a key.
ENTRY, ROUTINE, NOTE = "ex", "rt", "kn"


async def start(update: Update, context: BotContext) -> None:
    """Welcome somebody new, tell a known person where they stand, or open a linked card."""
    user = update.effective_user
    assert user is not None
    person = await service.begin(context.deps, user.id, user.language_code)
    context.person = person
    context.speak(person.language)
    link = context.args[0] if context.args else ""
    linked = await _linked(context, link) or await _offered(context, link)
    if linked is not None:
        await context.screen.show(update, linked)
        return
    if person.onboarding is Question.DONE:
        await _standing(update, context)
    else:
        await ask_next(update, context, Welcome(person, context.deps.now(), None))


async def _linked(context: BotContext, link: str) -> Reply | None:
    """Return what a deep link names: a card, a routine, a note; None where it names nothing."""
    catalogue, texts = context.deps.catalogue, context.texts
    kind, _, key = link.partition("_")
    entry, note = catalogue.entry(key), catalogue.notes.get(key)
    if kind == ENTRY and entry is not None:
        return cards.card(entry, "how", catalogue.media, texts)
    if kind == NOTE and note is not None:
        return library.note(note, catalogue, texts)
    if kind == ROUTINE and key in catalogue.routines:
        page = await planned.page(context.deps, context.someone.id, key, None)
        assert page is not None
        return routines.page(page, texts)
    return None


async def _offered(context: BotContext, link: str) -> Reply | None:
    """Return what somebody else shares; somebody new is asked after the first questions.

    What was shared is theirs only once they say so.
    """
    kind, _, token = link.partition("_")
    if kind != offering.LINK:
        return None
    deps, person = context.deps, context.someone
    found = await offering.shared(deps, token)
    done = person.onboarding is Question.DONE
    if found is None:
        return home.sentence("own.link_gone", context.texts) if done else None
    if not done:
        await offering.offer(deps, person.id, found.name, found.items)
        return None
    yes, no = AddShared(token, found.revision), AnswerOffer(None, False)
    return offers.preview(found, deps.catalogue, context.texts, yes, no)


async def understood(update: Update, context: BotContext, _: Understood) -> None:
    """Go on once the safety note was read."""
    welcome = await service.understood(context.deps, context.someone.id)
    await ask_next(update, context, welcome)


async def screen(update: Update, context: BotContext, tap: Screen) -> None:
    """Store the answer to the screening question."""
    welcome = await service.screen(context.deps, context.someone.id, tap.answer)
    await ask_next(update, context, welcome)


async def confirm_zone(update: Update, context: BotContext, tap: ConfirmZone) -> None:
    """Go on where the echoed clock is right."""
    welcome = await service.confirm_zone(context.deps, context.someone.id, tap.right, tap.zone)
    await ask_next(update, context, welcome)


async def choose_time(update: Update, context: BotContext, tap: ChooseTime) -> None:
    """Make the first reminder by button."""
    try:
        at = time.fromisoformat(tap.clock)
    except ValueError:  # made up
        await context.screen.show(update, home.toast("refused.stale", context.texts))
        return
    welcome = await service.choose_time(context.deps, context.someone.id, [Rule((at,))])
    await ask_next(update, context, welcome)


async def later(update: Update, context: BotContext, tap: Later) -> None:
    """Put a question off."""
    welcome = await service.later(context.deps, context.someone.id, tap.question)
    await ask_next(update, context, welcome)


async def _standing(update: Update, context: BotContext) -> None:
    found = await people.standing(context.deps, context.someone.id)
    reply = home.standing(
        found.person,
        found.routine,
        found.next_at,
        found.streak,
        found.now,
        found.playing,
        context.deps.catalogue,
        context.texts,
    )
    await context.screen.show(update, reply)
