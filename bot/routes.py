"""The table of contents: every command, button and free-text step, in order; the catch-all last."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Mapping
from functools import partial
from typing import Any, TypeVar

from telegram import Update
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    InlineQueryHandler,
    MessageHandler,
    TypeHandler,
    filters,
)

from bot import callbacks as tap
from bot import menu
from bot.button import Button
from bot.context import BotContext, is_private
from bot.domain.person import Expecting
from bot.handlers import (
    admin,
    easing,
    equipment,
    fallback,
    home,
    inline,
    library,
    manners,
    moving,
    onboarding,
    player,
    reminders,
    routines,
    schedule,
    typed,
    wizard,
    zone,
)
from bot.handlers.typed import Taker
from bot.meeting import meet

Handler = Callable[[Update, BotContext], Coroutine[Any, Any, None]]
TapHandler = Callable[[Update, BotContext, Any], Coroutine[Any, Any, None]]
B = TypeVar("B", bound=Button)

PRIVATE = filters.ChatType.PRIVATE
GROUP = filters.ChatType.GROUPS

COMMANDS: Mapping[str, Handler] = {
    "start": onboarding.start,
    "today": player.today,
    "routines": routines.routines,
    "schedule": schedule.schedule,
    "breathe": schedule.breathe,
    "how": typed.how,
    "exercises": library.exercises,
    "equipment": equipment.equipment,
    "timezone": zone.timezone,
    "pause": reminders.pause,
    "resume": reminders.resume,
    "settings": home.settings,
    "language": home.language,
    "help": home.help_page,
    "privacy": home.privacy,
    "export": home.export,
    "delete": home.delete,
}

# Who is no operator is told that there is no such command.
ADMIN_COMMANDS: Mapping[str, Handler] = {
    "reload": admin.reload,
}

BUTTONS: Mapping[type[Button], TapHandler] = {
    tap.Understood: onboarding.understood,
    tap.Screen: onboarding.screen,
    tap.ChooseZone: zone.choose_zone,
    tap.ConfirmZone: onboarding.confirm_zone,
    tap.FollowFor: zone.follow_for,
    tap.LiveHere: zone.live_here,
    tap.GoHome: zone.go_home,
    tap.ChooseTime: onboarding.choose_time,
    tap.Later: onboarding.later,
    tap.StartNow: player.start_now,
    tap.DoNow: player.do_now,
    tap.Start: player.start_wanted,
    tap.StepDone: player.done,
    tap.StepSkip: player.skip,
    tap.StepBack: player.back,
    tap.StepHow: player.how,
    tap.StepStop: player.stop,
    tap.StepPulse: player.pulse,
    tap.Continue: player.resume,
    tap.StartOver: player.start_over,
    tap.Felt: player.felt,
    tap.GateAnswered: player.answer_gate,
    tap.GateAgain: player.gate_again,
    tap.StartOccurrence: player.start_occurrence,
    tap.Snooze: reminders.snooze,
    tap.NotToday: reminders.not_today,
    tap.Resume: reminders.resume_tap,
    tap.Because: easing.because,
    tap.AnswerGently: easing.answer,
    tap.OfferPause: easing.offer_pause,
    tap.PauseUntil: easing.pause_until,
    tap.TypePause: easing.type_pause,
    tap.NoPause: easing.no_pause,
    tap.SetQuiet: manners.set_quiet,
    tap.SetRepeat: manners.set_repeat,
    tap.SetAround: manners.set_around,
    tap.SetDayEnd: manners.set_day_end,
    tap.AddReminder: schedule.add,
    tap.ChangeReminder: schedule.change,
    tap.RemoveReminder: schedule.remove,
    tap.ShowSchedule: schedule.show_schedule,
    tap.OpenReminder: moving.open_reminder,
    tap.RestReminder: moving.rest,
    tap.OpenMove: moving.open_move,
    tap.MoveMoment: moving.move_moment,
    tap.UndoChange: moving.undo,
    tap.Compose: wizard.compose,
    tap.PickMinute: wizard.pick_minute,
    tap.SetDraft: wizard.set_draft,
    tap.ChooseRoutine: routines.choose_routine,
    tap.OpenRoutine: routines.open_routine,
    tap.ToggleThing: equipment.toggle,
    tap.OpenThings: equipment.open_things,
    tap.ThingsDone: equipment.things_done,
    tap.ChooseLanguage: home.choose_language,
    tap.OpenLibrary: library.open_library,
    tap.OpenCard: library.open_card,
    tap.OpenNotes: library.open_notes,
    tap.OpenNote: library.open_note,
    tap.DeleteEverything: home.delete_everything,
}

# What a button of the settings opens.
PAGES: Mapping[str, Handler] = {
    "settings": home.settings,
    "manners": manners.page,
    "quiet": manners.quiet,
    "repeat": manners.repeat,
    "around": manners.around,
    "day_end": manners.day_end,
    "schedule": schedule.schedule,
    "zone": zone.timezone,
    "location": zone.ask_location,
    "routines": routines.routines,
    "rules": home.rules,
    "typing": home.typing,
    "language": home.language,
    "screening": home.screening,
    "privacy": home.privacy,
    "export": home.export,
    "delete": home.delete,
}

# What a free text answers while a question of ours is open; else it is a question of theirs.
TAKERS: Mapping[Expecting, Taker] = {
    Expecting.ZONE: zone.typed_zone,
    Expecting.TRAVEL: zone.typed_return,
    Expecting.TIME: schedule.typed_time,
    Expecting.SCHEDULE_ADD: schedule.typed_addition,
    Expecting.SCHEDULE_CHANGE: schedule.typed_change,
    Expecting.MOVE: schedule.typed_move,
    Expecting.THINGS: equipment.typed_first,
    Expecting.EQUIPMENT: equipment.typed_things,
    Expecting.PAUSE: easing.typed_pause,
    Expecting.QUIET: manners.typed_quiet,
}

# Taps that somebody the bot does not know may make, and that work in a group.
OPEN_TO_ALL = frozenset({tap.OpenCard, tap.OpenLibrary, tap.OpenNotes, tap.OpenNote})

# What a stranger can tap on what they are shown: it leads to the welcome.
LEADS_IN = frozenset(
    {tap.DoNow, tap.Start, tap.ChooseRoutine, tap.OpenRoutine, tap.OpenThings, tap.OpenPage}
)

Bot = Application[Any, BotContext, Any, Any, Any, Any]


def add_routes(application: Bot) -> None:
    """Register every handler; the first that fits takes the update."""
    application.add_handler(TypeHandler(Update, meet), group=-1)
    _add_commands(application)
    for button, handler in BUTTONS.items():
        _add_button(application, button, handler)
    _add_button(application, tap.OpenPage, _open_page)
    application.add_handler(CallbackQueryHandler(fallback.stale_button))
    _add_texts(application)
    application.add_handler(InlineQueryHandler(inline.offer))
    application.add_handler(ChatMemberHandler(fallback.member))


def _add_commands(application: Bot) -> None:
    fresh = filters.UpdateType.MESSAGE
    for command, handler in COMMANDS.items():
        private = handler if command in menu.FOR_STRANGERS else _known(handler)
        application.add_handler(CommandHandler(command, private, PRIVATE & fresh))
        group = handler if command in menu.GROUP else fallback.group_command
        application.add_handler(CommandHandler(command, group, GROUP & fresh))
    for command, handler in ADMIN_COMMANDS.items():
        application.add_handler(CommandHandler(command, _for_admins(handler), PRIVATE & fresh))
    unknown = filters.COMMAND & PRIVATE & fresh
    application.add_handler(MessageHandler(unknown, fallback.unknown_command))


def _add_texts(application: Bot) -> None:
    # What people share through the bot itself is its own words, and no question.
    fresh = filters.UpdateType.MESSAGE & ~filters.VIA_BOT
    text = filters.TEXT & ~filters.COMMAND
    free_text = partial(typed.free_text, takers=TAKERS, welcome=onboarding.start)
    application.add_handler(
        MessageHandler(filters.LOCATION & PRIVATE & fresh, _known(zone.location))
    )
    application.add_handler(MessageHandler(text & PRIVATE & fresh, free_text))
    called = filters.REPLY | filters.Entity("mention")
    application.add_handler(MessageHandler(text & GROUP & called & fresh, _if_called))
    said = ~filters.StatusUpdate.ALL
    application.add_handler(MessageHandler(PRIVATE & fresh & said, fallback.media))


def _add_button(application: Bot, button: type[B], handler: TapHandler) -> None:
    async def tapped(update: Update, context: BotContext) -> None:
        query = update.callback_query
        parsed = button.parse(query.data or "") if query else None
        private = is_private(update)
        if parsed is None:
            await fallback.stale_button(update, context)
        elif context.person is None and private and button in LEADS_IN:
            await onboarding.start(update, context)  # a stranger who likes what a card shows
        elif context.person is None and button not in OPEN_TO_ALL:
            await fallback.stale_button(update, context)
        elif not private and button not in OPEN_TO_ALL:
            await fallback.private_button(update, context)
        else:
            await handler(update, context, parsed)

    application.add_handler(CallbackQueryHandler(tapped, pattern=rf"^{button.PREFIX}(:|$)"))


def _known(handler: Handler) -> Handler:
    """Lead somebody the bot does not know to the welcome first."""

    async def for_known(update: Update, context: BotContext) -> None:
        await (onboarding.start if context.person is None else handler)(update, context)

    return for_known


def _for_admins(handler: Handler) -> Handler:
    """Tell everybody else that there is no such command."""

    async def for_admin(update: Update, context: BotContext) -> None:
        user = update.effective_user
        admin = user is not None and user.id in context.deps.admin_ids
        await (handler if admin else fallback.unknown_command)(update, context)

    return for_admin


async def _open_page(update: Update, context: BotContext, page: tap.OpenPage) -> None:
    await PAGES.get(page.page, fallback.stale_button)(update, context)


async def _if_called(update: Update, context: BotContext) -> None:
    """Answer in a group only where the bot is spoken to: by name, or in reply to it."""
    message = update.effective_message
    if message is None:
        return
    answered = message.reply_to_message
    to_bot = answered is not None and answered.from_user == context.bot.bot
    if to_bot or f"@{context.bot.username}".lower() in (message.text or "").lower():
        await typed.question(update, context)
