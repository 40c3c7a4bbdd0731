"""The schedule and breathing reminders, by button and by typing."""

from __future__ import annotations

from datetime import date

from telegram import Update

from bot.board import ask_change, plan_reply, show_moved, show_plan, show_undone
from bot.callbacks import AddReminder, ChangeReminder, RemoveReminder, ShowSchedule
from bot.context import BotContext
from bot.domain.act_words import parse_move
from bot.domain.agenda import Numbered, Plan
from bot.domain.pace import Pace
from bot.domain.person import Expecting
from bot.domain.player import SessionKind
from bot.domain.reminder import ReminderKind
from bot.domain.schedule import Rule
from bot.domain.schedule_words import is_about_reminders, parse_breathing, parse_schedule
from bot.domain.session import Refused, Wanted
from bot.domain.typed_text import NotUnderstood, Reason
from bot.domain.wishes import Add, Change, Move, Pause, Remove, Resume, Set, Undo, Wish
from bot.greeting import ask_next
from bot.reply import Reply
from bot.services import asking, onboarding, rescheduling, scheduling, starting
from bot.stage import show_session
from bot.views import library
from bot.views import schedule as view

DEFAULT_PRACTICE = "breath-extended-exhale-4-6"


async def schedule(update: Update, context: BotContext) -> None:
    """Show the reminders, or set them as typed."""
    typed = " ".join(context.args or ())
    if not typed:
        plan = await scheduling.plan(context.deps, context.someone.id)
        await show_plan(update, context, plan)
        return
    await set_schedule(update, context, typed)


async def set_schedule(update: Update, context: BotContext, typed: str) -> None:
    """Set the daily reminder from what was typed."""
    try:
        wish = parse_schedule(typed, _today(context))
    except NotUnderstood as misread:
        await context.screen.show(update, view.not_understood(misread, context.texts))
        return
    await _do(update, context, wish, _of_routine(context))


def _of_routine(context: BotContext) -> ReminderKind:
    """Return of which kind the reminders of the routine are, at the person's pace."""
    spread = context.someone.pace is Pace.SPREAD
    return ReminderKind.MOVEMENT if spread else ReminderKind.ROUTINE


async def _do(
    update: Update,
    context: BotContext,
    wish: Wish,
    kind: ReminderKind,
    entry: str | None = None,
) -> None:
    """Do what was typed about the reminders of a kind."""
    deps, person_id = context.deps, context.someone.id
    match wish:
        case Undo():
            await show_undone(update, context, await scheduling.undo(deps, person_id))
        case Move(at, day):
            found = await rescheduling.move(deps, person_id, at, day)
            await show_moved(update, context, found)
        case _:
            await context.screen.show(update, await _changed(context, wish, kind, entry))


async def _changed(context: BotContext, wish: Wish, kind: ReminderKind, entry: str | None) -> Reply:
    """Change the reminders as typed; a number that the list does not have changes nothing."""
    deps, person_id = context.deps, context.someone.id
    result: Plan | Refused
    match wish:
        case Set():
            result = await scheduling.put(deps, person_id, kind, entry, wish.rules)
        case Add():
            result = await scheduling.add(deps, person_id, kind, entry, wish.rules)
        case Change(number, rules):
            result = await scheduling.change(deps, person_id, Numbered(number), rules)
        case Remove(number):
            result = await scheduling.remove(deps, person_id, Numbered(number))
        case Pause(number) | Resume(number):
            rests = isinstance(wish, Pause)
            result = await scheduling.rest(deps, person_id, Numbered(number), rests=rests)
        case _:
            result = await scheduling.off(deps, person_id, kind)
    if isinstance(result, Refused) and isinstance(wish, Change | Remove | Pause | Resume):
        return view.no_such(wish.number, context.texts)
    return plan_reply(context, result)


async def show_schedule(update: Update, context: BotContext, _: ShowSchedule) -> None:
    """Leave what was begun and show the reminders."""
    plan = await scheduling.show(context.deps, context.someone.id)
    await show_plan(update, context, plan)


async def add(update: Update, context: BotContext, _: AddReminder) -> None:
    """Ask for the time of another reminder."""
    await scheduling.expect(context.deps, context.someone.id, Expecting.SCHEDULE_ADD)
    await context.screen.show(update, view.ask_time(context.texts))


async def change(update: Update, context: BotContext, tap: ChangeReminder) -> None:
    """Ask for another time of one reminder."""
    await ask_change(update, context, tap.reminder)


async def remove(update: Update, context: BotContext, tap: RemoveReminder) -> None:
    """Remove one reminder."""
    result = await scheduling.remove(context.deps, context.someone.id, tap.reminder)
    await show_plan(update, context, result)


async def breathe(update: Update, context: BotContext) -> None:
    """Offer the practices, start the named one, or set breathing reminders as typed."""
    typed = " ".join(context.args or ())
    if not typed:
        await context.screen.show(update, library.practices(context.deps.catalogue, context.texts))
        return
    named = None
    if not is_about_reminders(typed):
        named = await asking.practice_named(context.deps, typed)
    if named is not None:
        wanted = Wanted(SessionKind.PRACTICE, named)
        started = await starting.start(context.deps, context.someone.id, wanted)
        await show_session(update, context, started)
        return
    try:
        wish = parse_breathing(typed, _today(context))
    except NotUnderstood as misread:
        reply = library.breathing_not_understood(misread, context.texts)
        if not is_about_reminders(typed):  # a practice that is not in the pack
            reply = library.practices(context.deps.catalogue, context.texts)
        await context.screen.show(update, reply)
        return
    practices = context.deps.catalogue.practices
    entry = DEFAULT_PRACTICE if DEFAULT_PRACTICE in practices else next(iter(practices))
    await _do(update, context, wish, ReminderKind.PRACTICE, entry)


async def typed_time(update: Update, context: BotContext, typed: str) -> None:
    """Take a typed time as onboarding's answer; raises NotUnderstood where it is none."""
    welcome = await onboarding.choose_time(
        context.deps, context.someone.id, _rules(typed, _today(context))
    )
    await ask_next(update, context, welcome)


async def typed_addition(update: Update, context: BotContext, typed: str) -> None:
    """Add a reminder at the typed time; raises NotUnderstood where it is none."""
    person_id, rules = context.someone.id, _rules(typed, _today(context))
    result = await scheduling.add(context.deps, person_id, _of_routine(context), None, rules)
    await show_plan(update, context, result)


async def typed_change(update: Update, context: BotContext, typed: str) -> None:
    """Move one reminder to the typed time; raises NotUnderstood where it is none."""
    person, rules = context.someone, _rules(typed, _today(context))
    result = await scheduling.change(context.deps, person.id, person.expecting_id or 0, rules)
    if isinstance(result, Refused):
        result = await scheduling.plan(context.deps, person.id)
    await show_plan(update, context, result)


async def typed_move(update: Update, context: BotContext, typed: str) -> None:
    """Take a typed time as when the next moment comes instead; raises NotUnderstood."""
    wanted = parse_move(typed, _today(context))
    person = context.someone
    found = await rescheduling.move(
        context.deps, person.id, wanted.at, wanted.day, person.expecting_id
    )
    await show_moved(update, context, found)


def _today(context: BotContext) -> date:
    """Return the date on the person's wall."""
    return context.deps.now().astimezone(context.someone.zone).date()


def _rules(typed: str, today: date) -> tuple[Rule, ...]:
    """Return the rules that were typed; raises NotUnderstood where none were."""
    match parse_schedule(typed, today):
        case Set(rules) | Add(rules) | Change(_, rules):
            return rules
    raise NotUnderstood(Reason.NO_TIME, typed)
