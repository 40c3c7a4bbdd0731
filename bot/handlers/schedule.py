"""The schedule, breathing reminders and the time zone, by button and by typing."""

from __future__ import annotations

from telegram import Location, Update

from bot.callbacks import AddReminder, ChangeReminder, RemoveReminder
from bot.context import BotContext
from bot.domain.person import Expecting, Question
from bot.domain.player import SessionKind
from bot.domain.reminder import ReminderKind
from bot.domain.schedule import Rule
from bot.domain.schedule_words import (
    Add,
    Off,
    Set,
    is_about_reminders,
    parse_breathing,
    parse_schedule,
)
from bot.domain.session import Refused, Wanted
from bot.domain.typed_text import NotUnderstood, Reason
from bot.domain.yes_words import parse_yes
from bot.places import Found, Place, Several, find_zone, popular, zone_at
from bot.reply import Reply
from bot.services import asking, onboarding, scheduling, starting
from bot.services.scheduling import Plan
from bot.stage import show_session
from bot.views import home, library
from bot.views import onboarding as first
from bot.views import schedule as view

DEFAULT_PRACTICE = "breath-extended-exhale-4-6"


async def schedule(update: Update, context: BotContext) -> None:
    """Show the reminders, or set them as typed."""
    typed = " ".join(context.args or ())
    if not typed:
        plan = await scheduling.plan(context.deps, context.someone.id)
        await context.screen.show(update, plan_reply(context, plan))
        return
    await set_schedule(update, context, typed)


async def set_schedule(update: Update, context: BotContext, typed: str) -> None:
    """Set the daily reminder from what was typed."""
    person_id = context.someone.id
    try:
        wish = parse_schedule(typed)
    except NotUnderstood as misread:
        await context.screen.show(update, view.not_understood(misread, context.texts))
        return
    match wish:
        case Set(rule):
            plan = await scheduling.set_daily(context.deps, person_id, rule)
        case Add(rule):
            plan = await scheduling.add(context.deps, person_id, ReminderKind.ROUTINE, None, rule)
        case Off():
            plan = await scheduling.off(context.deps, person_id, ReminderKind.ROUTINE)
    await context.screen.show(update, plan_reply(context, plan))


async def add(update: Update, context: BotContext, _: AddReminder) -> None:
    """Ask for the time of another reminder."""
    await _expect(update, context, Expecting.SCHEDULE_ADD, None)


async def change(update: Update, context: BotContext, tap: ChangeReminder) -> None:
    """Ask for another time of one reminder."""
    await _expect(update, context, Expecting.SCHEDULE_CHANGE, tap.reminder)


async def remove(update: Update, context: BotContext, tap: RemoveReminder) -> None:
    """Remove one reminder."""
    result = await scheduling.remove(context.deps, context.someone.id, tap.reminder)
    await context.screen.show(update, _plan_or_stale(context, result))


async def breathe(update: Update, context: BotContext) -> None:
    """Offer the practices, start the named one, or set breathing reminders as typed."""
    typed = " ".join(context.args or ())
    if not typed:
        await context.screen.show(update, library.practices(context.deps.catalogue, context.texts))
        return
    named = None if is_about_reminders(typed) else asking.practice_named(context.deps, typed)
    if named is not None:
        wanted = Wanted(SessionKind.PRACTICE, named)
        started = await starting.start(context.deps, context.someone.id, wanted)
        await show_session(update, context, started)
        return
    try:
        wish = parse_breathing(typed)
    except NotUnderstood as misread:
        reply = library.breathing_not_understood(misread, context.texts)
        if not is_about_reminders(typed):  # a practice that is not in the pack
            reply = library.practices(context.deps.catalogue, context.texts)
        await context.screen.show(update, reply)
        return
    person_id = context.someone.id
    if isinstance(wish, Off):
        plan = await scheduling.off(context.deps, person_id, ReminderKind.PRACTICE)
    else:
        practices = context.deps.catalogue.practices
        entry = DEFAULT_PRACTICE if DEFAULT_PRACTICE in practices else next(iter(practices))
        plan = await scheduling.set_practice(context.deps, person_id, entry, wish.rule)
    await context.screen.show(update, plan_reply(context, plan))


async def timezone(update: Update, context: BotContext) -> None:
    """Show the zone and offer others, or take the typed one."""
    typed = " ".join(context.args or ())
    person, now = context.someone, context.deps.now()
    if not typed:
        await scheduling.expect(context.deps, person.id, Expecting.ZONE)
        zones = [place.zone for place in popular(now, person.language)]
        await context.screen.show(update, view.zone(person, zones, now, context.texts))
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
        case _:
            raise NotUnderstood(Reason.WORDS, typed)


async def _answer_zone_check(update: Update, context: BotContext, right: bool) -> None:
    welcome = await onboarding.confirm_zone(context.deps, context.someone.id, right)
    zones = [place.zone for place in popular(welcome.now, welcome.person.language)]
    reply = first.question(
        welcome.person, welcome.now, welcome.next_at, context.deps.catalogue, zones, context.texts
    )
    await context.screen.show(update, reply)


async def typed_time(update: Update, context: BotContext, typed: str) -> None:
    """Take a typed time as onboarding's answer; raises NotUnderstood where it is none."""
    rule = _rule(typed)
    welcome = await onboarding.choose_time(context.deps, context.someone.id, rule)
    reply = first.question(
        welcome.person, welcome.now, welcome.next_at, context.deps.catalogue, (), context.texts
    )
    await context.screen.show(update, reply)


async def typed_addition(update: Update, context: BotContext, typed: str) -> None:
    """Add a reminder at the typed time; raises NotUnderstood where it is none."""
    person_id, rule = context.someone.id, _rule(typed)
    plan = await scheduling.add(context.deps, person_id, ReminderKind.ROUTINE, None, rule)
    await context.screen.show(update, plan_reply(context, plan))


async def typed_change(update: Update, context: BotContext, typed: str) -> None:
    """Move one reminder to the typed time; raises NotUnderstood where it is none."""
    person, rule = context.someone, _rule(typed)
    result = await scheduling.change(context.deps, person.id, person.expecting_id or 0, rule)
    if isinstance(result, Refused):
        result = await scheduling.plan(context.deps, person.id)
    await context.screen.show(update, plan_reply(context, result))


def _rule(typed: str) -> Rule:
    wish = parse_schedule(typed)
    if isinstance(wish, Off):
        raise NotUnderstood(Reason.NO_TIME, typed)
    return wish.rule


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


def _city(place: Place) -> str:
    """Return the city that was named; nothing where it was an offset."""
    return "" if place.zone.startswith("Etc/") else place.label.partition(",")[0]


def _asked_first(context: BotContext) -> bool:
    """Return whether onboarding's question of the zone is open."""
    return context.someone.onboarding in (Question.ZONE, Question.ZONE_CHECK)


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
    plan = await scheduling.set_zone(context.deps, person.id, zone)
    reply = view.zone_set(plan.person, plan.next_at, plan.now, context.texts, label)
    await context.screen.show(update, reply)


def plan_reply(context: BotContext, plan: Plan) -> Reply:
    """Return the view of all reminders."""
    return view.plan(
        [(line.id, line.kind, line.entry, line.rule) for line in plan.lines],
        plan.person,
        plan.next_at,
        plan.now,
        context.deps.catalogue,
        context.texts,
        changed=plan.changed,
        full=plan.full,
    )


def _plan_or_stale(context: BotContext, result: Plan | Refused) -> Reply:
    if isinstance(result, Refused):
        return home.toast("refused.stale", context.texts)
    return plan_reply(context, result)


async def _expect(
    update: Update, context: BotContext, expecting: Expecting, reminder: int | None
) -> None:
    result = await scheduling.expect(context.deps, context.someone.id, expecting, reminder)
    stale = isinstance(result, Refused)
    texts = context.texts
    await context.screen.show(
        update, home.toast("refused.stale", texts) if stale else view.ask_time(texts)
    )
