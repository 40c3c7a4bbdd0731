"""Asks the next question of the first minutes; after the last, shows what a link had brought."""

from __future__ import annotations

from telegram import Update

from bot.callbacks import AnswerOffer
from bot.context import BotContext
from bot.domain.person import Question
from bot.places import popular
from bot.services import offering
from bot.services.onboarding import Welcome
from bot.views import home, offers, onboarding


async def ask_next(update: Update, context: BotContext, welcome: Welcome) -> None:
    """Ask what comes next; where a tap came too late, say so."""
    texts, catalogue = context.texts, context.deps.catalogue
    if not welcome.applied:
        await context.screen.show(update, home.toast("refused.stale", texts))
        return
    person = welcome.person
    zones = [place.zone for place in popular(welcome.now, person.language)]
    reply = onboarding.question(person, welcome.now, welcome.next_at, catalogue, zones, texts)
    await context.screen.show(update, reply)
    if person.onboarding is not Question.DONE:
        return
    if found := await offering.waiting(context.deps, person.id):
        yes, no = AnswerOffer(found.id, True), AnswerOffer(found.id, False)
        await context.screen.send(person.id, offers.preview(found, catalogue, texts, yes, no))
