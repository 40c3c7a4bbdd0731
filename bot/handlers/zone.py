"""The time zone, by button, by typing and by a shared location."""

from __future__ import annotations

from zoneinfo import available_timezones

from telegram import Location, Update

from bot.callbacks import ChooseZone, FollowFor, GoHome, LiveHere
from bot.context import BotContext
from bot.domain.pause_words import parse_pause
from bot.domain.person import Expecting, Question
from bot.domain.session import Refused
from bot.domain.typed_text import NotUnderstood, Reason
from bot.domain.yes_words import parse_yes
from bot.greeting import ask_next
from bot.places import Found, Place, Several, find_zone, popular, zone_at
from bot.services import onboarding, scheduling, zones
from bot.services.zones import Zoned
from bot.views import home
from bot.views import onboarding as first
from bot.views import zone as view


async def timezone(update: Update, context: BotContext) -> None:
    """Show the zone and offer others, or take the typed one."""
    typed = " ".join(context.args or ())
    person, now = context.someone, context.deps.now()
    if not typed:
        await scheduling.expect(context.deps, person.id, Expecting.ZONE)
        offered = [place.zone for place in popular(now, person.language)]
        await context.screen.show(update, view.zone(person, offered, now, context.texts))
        return
    try:
        await typed_zone(update, context, typed)
    except NotUnderstood as misread:
        await context.screen.show(update, view.no_zone(misread.part, context.texts))


async def typed_zone(update: Update, context: BotContext, typed: str) -> None:
    """Take a typed name, city or offset as the zone; raises NotUnderstood where none fits.

    Where onboarding asks whether the echoed clock is right, a yes or a no will do.
    """
    right = parse_yes(typed)
    if right is not None and context.someone.onboarding is Question.ZONE_CHECK:
        await _answer_zone_check(update, context, right)
        return
    match find_zone(typed, context.deps.now()):
        case Found(place):
            await take_zone(update, context, place.zone, _city(place))
        case Several(places):
            choices = [(place.label, place.zone) for place in places]
            await context.screen.show(
                update, view.several_zones(choices, context.texts, first=_asked_first(context))
            )
        case _ if context.someone.home_zone is not None:
            await _other_return(update, context, typed)
        case _:
            raise NotUnderstood(Reason.WORDS, typed)


async def _other_return(update: Update, context: BotContext, typed: str) -> None:
    """Take what is no place as another date of return; raises NotUnderstood where it is none."""
    try:
        await typed_return(update, context, typed)
    except NotUnderstood as misread:
        raise NotUnderstood(Reason.WORDS, typed) from misread


async def choose_zone(update: Update, context: BotContext, tap: ChooseZone) -> None:
    """Take a zone by button: onboarding's answer, or a change of it later."""
    if tap.zone not in available_timezones() or (tap.first and not _asked_first(context)):
        await context.screen.show(update, home.toast("refused.stale", context.texts))
    else:
        await take_zone(update, context, tap.zone)


async def _answer_zone_check(update: Update, context: BotContext, right: bool) -> None:
    welcome = await onboarding.confirm_zone(context.deps, context.someone.id, right)
    await ask_next(update, context, welcome)


async def ask_location(update: Update, context: BotContext) -> None:
    """Offer the button that shares a location."""
    await context.screen.show(update, view.ask_location(context.texts))


async def location(update: Update, context: BotContext) -> None:
    """Find the zone of a shared location; it is not stored."""
    message = update.effective_message
    place: Location | None = message.location if message else None
    assert place is not None
    zone = zone_at(place.latitude, place.longitude)
    if zone is None:
        await context.screen.show(update, view.no_zone("📍", context.texts))
    else:
        await take_zone(update, context, zone)


async def take_zone(update: Update, context: BotContext, zone: str, label: str = "") -> None:
    """Set the zone: onboarding then asks whether the clock agrees, else it is echoed.

    `label` is the place that was named, where one was.
    """
    person = context.someone
    if _asked_first(context):
        welcome = await onboarding.choose_zone(context.deps, person.id, zone)
        await context.screen.show(
            update, first.zone_check(welcome.person, welcome.now, context.texts, label)
        )
        return
    await _show(update, context, await zones.set_zone(context.deps, person.id, zone), label)


async def follow_for(update: Update, context: BotContext, tap: FollowFor) -> None:
    """Follow the zone of the trip for the days of the button."""
    found: Zoned | Refused = zones.STALE
    if tap.days in view.TRIPS:
        journey = (tap.trip, tap.home)
        found = await zones.follow_for(context.deps, context.someone.id, journey, tap.days)
    await _show_followed(update, context, found)


async def typed_return(update: Update, context: BotContext, typed: str) -> None:
    """Take a typed date as when they are back home; raises NotUnderstood where it is none."""
    person = context.someone
    day = parse_pause(typed, context.deps.now().astimezone(person.zone).date())
    found = await zones.follow_until(context.deps, person.id, day)
    await _show_followed(update, context, found)


async def _show_followed(update: Update, context: BotContext, found: Zoned | Refused) -> None:
    if isinstance(found, Refused):
        await context.screen.show(update, home.toast("refused.stale", context.texts))
    else:
        await context.screen.show(update, view.followed(found.person, context.texts))


async def live_here(update: Update, context: BotContext, tap: LiveHere) -> None:
    """Call the new zone home."""
    found = await zones.live_here(context.deps, context.someone.id, (tap.trip, tap.home))
    if isinstance(found, Refused):
        await context.screen.show(update, home.toast("refused.stale", context.texts))
    else:
        await context.screen.show(update, view.lives_here(found.person, context.texts))


async def go_home(update: Update, context: BotContext, tap: GoHome) -> None:
    """Go back to home's clock."""
    journey = (tap.trip, tap.home)
    found = await zones.go_home(context.deps, context.someone.id, journey, asked=tap.asked)
    if isinstance(found, Refused):
        await context.screen.show(update, home.toast("refused.stale", context.texts))
    else:
        await _show(update, context, found)


async def _show(update: Update, context: BotContext, found: Zoned, label: str = "") -> None:
    reply = view.zone_set(found.person, found.next_at, found.now, context.texts, label)
    await context.screen.show(update, reply)


def _city(place: Place) -> str:
    """Return the city that was named; nothing where it was an offset."""
    return "" if place.zone.startswith("Etc/") else place.label.partition(",")[0]


def _asked_first(context: BotContext) -> bool:
    """Return whether onboarding's question of the zone is open."""
    return context.someone.onboarding in (Question.ZONE, Question.ZONE_CHECK)
