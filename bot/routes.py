"""The table of contents: every command, button and free-text step, in order; the catch-all last."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Mapping
from typing import Any

from telegram import Update

from bot import callbacks as tap
from bot.button import Button
from bot.context import BotContext
from bot.domain.person import Expecting
from bot.handlers import (
    admin,
    audio,
    broadcasts,
    check_ins,
    correcting,
    easing,
    equipment,
    home,
    hurting,
    levels,
    library,
    manners,
    movements,
    moving,
    offers,
    onboarding,
    own,
    pace,
    personal,
    player,
    progress,
    recap,
    reminders,
    routines,
    schedule,
    sides,
    typed,
    wizard,
    zone,
)
from bot.handlers.typed import Taker

Handler = Callable[[Update, BotContext], Coroutine[Any, Any, None]]
TapHandler = Callable[[Update, BotContext, Any], Coroutine[Any, Any, None]]

COMMANDS: Mapping[str, Handler] = {
    "start": onboarding.start,
    "today": player.today,
    "routines": routines.routines,
    "schedule": schedule.schedule,
    "breathe": schedule.breathe,
    "how": typed.how,
    "exercises": library.exercises,
    "equipment": equipment.equipment,
    "pace": pace.pace,
    "timezone": zone.timezone,
    "pause": reminders.pause,
    "resume": reminders.resume,
    "settings": home.settings,
    "language": home.language,
    "help": home.help_page,
    "progress": progress.progress,
    "privacy": personal.privacy,
    "export": personal.export,
    "delete": personal.delete,
}

# Who is no operator is told that there is no such command.
ADMIN_COMMANDS: Mapping[str, Handler] = {
    "stats": admin.stats,
    "broadcast": broadcasts.broadcast,
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
    tap.AudioSession: audio.audio_session,
    tap.AudioDone: audio.done,
    tap.StepDone: player.done,
    tap.StepSkip: player.skip,
    tap.StepBack: player.back,
    tap.StepHow: player.how,
    tap.StepStop: player.stop,
    tap.StepPulse: player.pulse,
    tap.StepLength: pace.choose_length,
    tap.StepRounds: pace.choose_rounds,
    tap.StepLast: pace.finish_with,
    tap.UndoAnswer: pace.undo,
    tap.StepHurts: hurting.hurts,
    tap.PainSaid: hurting.pain_said,
    tap.LeaveOut: hurting.leave_out,
    tap.AskSigns: hurting.ask_signs,
    tap.SignTold: hurting.sign_told,
    tap.SideSaid: sides.side_said,
    tap.StepPause: pace.pause,
    tap.StepPace: pace.switch,
    tap.StepMore: pace.more,
    tap.StepLess: pace.less,
    tap.SetPace: pace.set_pace,
    tap.Continue: player.resume,
    tap.StartOver: player.start_over,
    tap.Felt: player.felt,
    tap.KeepDose: levels.keep,
    tap.AnotherOne: levels.another_one,
    tap.LowerInstead: levels.lower_instead,
    tap.ForRoutine: levels.for_routine,
    tap.ForYou: levels.for_you,
    tap.MoveNotch: levels.move_notch,
    tap.SetExcluded: levels.set_excluded,
    tap.OfferSwaps: levels.offer_swaps,
    tap.SetSwap: levels.set_swap,
    tap.GateAnswered: player.answer_gate,
    tap.GateAgain: player.gate_again,
    tap.StartOccurrence: player.start_occurrence,
    tap.StartLength: player.start_length,
    tap.PassOn: personal.pass_on,
    tap.OpenDay: correcting.open_day,
    tap.SayDay: correcting.say,
    tap.UndoDay: correcting.undo,
    tap.HideStreak: progress.hide_streak,
    tap.AskTight: check_ins.ask,
    tap.TightSaid: check_ins.said,
    tap.SetCheckIns: check_ins.switch,
    tap.MovementDone: movements.done,
    tap.MovementSkip: movements.skip,
    tap.UndoMovement: movements.undo,
    tap.Snooze: reminders.snooze,
    tap.NotToday: reminders.not_today,
    tap.Resume: reminders.resume_tap,
    tap.ShowWeek: recap.show_week,
    tap.AnswerProposal: recap.answer,
    tap.OpenRecap: recap.open_page,
    tap.SetRecapDay: recap.set_day,
    tap.SetRecapTime: recap.set_time,
    tap.SwitchRecap: recap.switch,
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
    tap.NewRoutine: own.new,
    tap.OpenOwn: own.open_own,
    tap.OpenShelf: own.open_shelf,
    tap.AddEntry: own.add,
    tap.OpenLine: own.open_line,
    tap.MoveLine: own.move,
    tap.StepLine: own.step,
    tap.RemoveLine: own.remove,
    tap.PutLineBack: own.put_back,
    tap.RenameOwn: own.rename,
    tap.KeepName: own.keep_name,
    tap.ShareOwn: own.share,
    tap.SendOwn: own.send,
    tap.DeleteOwn: own.delete,
    tap.AddShared: offers.add_shared,
    tap.AnswerOffer: offers.answer_offer,
    tap.ToggleThing: equipment.toggle,
    tap.OpenThings: equipment.open_things,
    tap.ThingsDone: equipment.things_done,
    tap.ChooseLanguage: home.choose_language,
    tap.OpenLibrary: library.open_library,
    tap.OpenCard: library.open_card,
    tap.OpenNotes: library.open_notes,
    tap.OpenNote: library.open_note,
    tap.DeleteEverything: personal.delete_everything,
    tap.NoMoreNews: broadcasts.no_more,
    tap.HearNews: broadcasts.hear,
}

# What is drawn, recorded or gathered for one person alone: of it, one may ask for less at once.
MADE_COMMANDS = frozenset({"export", "progress"})
MADE_PAGES = frozenset({"export"})
MADE_BUTTONS = frozenset({tap.AudioSession})

# To who is no operator any more they mean nothing.
ADMIN_BUTTONS: Mapping[type[Button], TapHandler] = {
    tap.ConfirmBroadcast: broadcasts.confirm,
    tap.CancelBroadcast: broadcasts.cancel,
    tap.LeaveBroadcast: broadcasts.leave,
    tap.StopBroadcast: broadcasts.stop,
}

# What a button of the settings opens.
PAGES: Mapping[str, Handler] = {
    "settings": home.settings,
    "manners": manners.page,
    "quiet": manners.quiet,
    "repeat": manners.repeat,
    "around": manners.around,
    "day_end": manners.day_end,
    "news": broadcasts.page,
    "recap": recap.page,
    "recap_time": recap.ask_time,
    "schedule": schedule.schedule,
    "zone": zone.timezone,
    "location": zone.ask_location,
    "routines": routines.routines,
    "pace": pace.pace,
    "rules": home.rules,
    "typing": home.typing,
    "language": home.language,
    "screening": home.screening,
    "privacy": personal.privacy,
    "export": personal.export,
    "delete": personal.delete,
    "days": correcting.days,
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
    Expecting.RECAP: recap.typed_time,
    Expecting.BROADCAST: broadcasts.typed,
    Expecting.ROUTINE_NAME: own.typed_name,
}

# Taps that somebody the bot does not know may make, and that work in a group.
OPEN_TO_ALL = frozenset({tap.OpenCard, tap.OpenLibrary, tap.OpenNotes, tap.OpenNote})

# What a stranger can tap on what they are shown: it leads to the welcome.
LEADS_IN = frozenset(
    {
        tap.DoNow,
        tap.Start,
        tap.AudioSession,
        tap.ChooseRoutine,
        tap.OpenRoutine,
        tap.ForRoutine,
        tap.ForYou,
        tap.OpenThings,
        tap.OpenPage,
    }
)
