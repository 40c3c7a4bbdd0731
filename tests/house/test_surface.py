"""What people can reach: every command, button and sentence, and every view within the limits."""

from __future__ import annotations

import ast
import json
import re
import textwrap
from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from secrets import token_urlsafe
from typing import get_args, get_type_hints

import pytest
from babel.messages.pofile import read_po

from bot import callbacks, menu, routes
from bot.button import BUTTONS, LIMIT, Button
from bot.callbacks import AnswerOffer
from bot.domain import broadcast
from bot.domain.adaptation import (
    Cause,
    Change,
    Fitted,
    Measure,
    Named,
    Rung,
    Stays,
    Wish,
)
from bot.domain.agenda import (
    Asked,
    Coming,
    Line,
    Moment,
    Moved,
    Notice,
    NotMoved,
    NotUndone,
    One,
    Plan,
)
from bot.domain.building import line
from bot.domain.calendar import SAYABLE, Corrected, Mark
from bot.domain.catalogue import Catalogue, Entry, Item, Purpose
from bot.domain.check_in import When
from bot.domain.dose import Level
from bot.domain.draft import MOST_TIMES, Draft, Form, mark
from bot.domain.equipment import owned, swaps
from bot.domain.firings import Firing
from bot.domain.hurting import Relief, easy
from bot.domain.milestone import Milestone
from bot.domain.own import LONGEST_NAME, MOST_ITEMS, MOST_ROUTINES, Own, Removed, Unmade, as_routine
from bot.domain.pace import Pace
from bot.domain.person import PauseReason, Question, Screened, Someone
from bot.domain.personal import Held
from bot.domain.plan import Known, Means, Page, plan, seconds
from bot.domain.player import Feedback, Outcome, SessionKind, expand, expand_entry
from bot.domain.programme import Again
from bot.domain.progress import Progress, Score, Tightness
from bot.domain.progression import Outlook
from bot.domain.proposal import More, NewTime, Offered
from bot.domain.recap import USUAL, Arranged, Best, DayPart, Tight, Told, Uneven, Week
from bot.domain.recording import Audible
from bot.domain.reminder import ReminderKind
from bot.domain.schedule import Rule
from bot.domain.score import Part
from bot.domain.session import (
    Ended,
    GateAsked,
    GateClosed,
    Hurting,
    Interrupted,
    Playing,
    Refused,
    Sided,
    Titled,
    Wanted,
    Why,
)
from bot.domain.sides import Stiffer, has_more
from bot.domain.spreading import Answered, Share, Through
from bot.domain.stats import People, Queue, Reminders, Span, Stats
from bot.domain.step import Length, Step
from bot.domain.typed_text import NotUnderstood, Reason
from bot.domain.windows import Scatter, Window
from bot.handlers import typed_steps
from bot.handlers.own import TOKEN
from bot.places import popular
from bot.places.known_zones import zone_names
from bot.reply import Reply
from bot.services import own
from bot.services.scheduling import MOST
from bot.texts import Texts, load_texts
from bot.views import (
    answers,
    audio,
    broadcasts,
    cards,
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
    personal,
    physio,
    player,
    progress,
    recap,
    reminders,
    routines,
    schedule,
    sessions_file,
    starting,
    stats,
    wizard,
    zone,
)
from bot.views import own as own_view
from bot.views import steps as step_view
from bot.views.wizard import Wizard
from content.loader import load, packaged
from content.sources import LONGEST_GATE, LONGEST_KEY
from sandbox.checks import BUTTONS as MOST_BUTTONS
from sandbox.checks import CAPTION_LENGTH, TEXT_LENGTH
from sandbox.entities import formatted
from sandbox.html_parts import units
from sandbox.person import Person
from tests.conftest import House, Walk

ROOT = Path(__file__).parents[2]
TOAST_LENGTH = 200
COLUMNS = 40  # what a phone shows of a line
LINES = 20  # what a phone shows of a message beside its picture
LONGEST = 10**18 - 1
LONGEST_DRAFT = Draft(
    kind=ReminderKind.PRACTICE,
    practice=mark("x"),
    times=frozenset(time(hour, 35) for hour in range(MOST_TIMES)),
)
NOW = datetime(2026, 9, 23, 22, 59, tzinfo=UTC)  # a Wednesday in a month with a long name
LAST = NOW + timedelta(days=90)
LAST_DAY = LAST.date()


# --- commands ---------------------------------------------------------------------------------


def test_menu_is_what_is_routed() -> None:
    """Every command of the menu is answered, and every command that is answered is in the menu."""
    assert set(menu.PRIVATE) == set(routes.COMMANDS)
    assert set(menu.GROUP) <= set(menu.PRIVATE)
    assert set(menu.PRIVATE) >= menu.FOR_STRANGERS
    assert set(menu.ADMIN) == set(routes.ADMIN_COMMANDS)
    assert set(menu.ADMIN) >= menu.FOR_ANY_ADMIN
    assert len(set(menu.PRIVATE)) == len(menu.PRIVATE)


def test_readme_names_every_command() -> None:
    """The README says what people can say: every command, and none that does not exist."""
    readme = (ROOT / "README.md").read_text()
    section = readme.split("## What people can say")[1].split("\n## ")[0]
    assert set(re.findall(r"/([a-z]+)", section)) == set(menu.PRIVATE)


async def test_telegram_is_told_the_commands(house: House, ana: Person) -> None:
    """At the start Telegram is told the commands of private chats and of groups."""
    await house.settled()
    told = {
        json.loads(call.params["scope"])["type"]: [
            command["command"] for command in json.loads(call.params["commands"])
        ]
        for call in house.telegram.calls
        if call.method == "setMyCommands" and not call.params.get("language_code")
    }
    assert told == {
        "all_private_chats": list(menu.PRIVATE),
        "all_group_chats": list(menu.GROUP),
    }


async def test_help_names_every_command(ana: Person, onboarded: Walk) -> None:
    """/help lists the commands of the menu but for those that /privacy names, and no other."""
    await onboarded(ana)
    await ana.send("/help")
    shown = await ana.sees("What I understand")
    assert re.findall(r"^/([a-z]+) ", shown.text, re.MULTILINE) == list(menu.HELP)


# --- buttons ----------------------------------------------------------------------------------


@cache
def catalogue() -> Catalogue:
    """Return the shipped pack."""
    return load(packaged())


@cache
def english() -> Texts:
    """Return the source language."""
    return load_texts(packaged() / "texts")["en"]


@cache
def longest_entry() -> Entry:
    """Return the exercise or practice with the longest name."""
    return max(catalogue().entries.values(), key=lambda one: len(one.name))


def longest(words: Iterator[str]) -> str:
    """Return the word that takes the most bytes."""
    return max(words, key=lambda word: len(word.encode()))


def longest_words() -> dict[str, str]:
    """Return the longest value of every field that is free text, by the field's name."""
    pack = catalogue()
    keys = (*pack.exercises, *pack.practices, *pack.routines)
    return {
        "key": longest(iter(keys)),
        "other": mark("x"),
        "thing": longest(iter(pack.things)),
        "wanted": "x." + "k" * LONGEST_KEY + ".b",
        "gate": "g" * LONGEST_GATE,
        "zone": longest(iter(zone_names())),
        "clock": "2359",
        "language": "zh-Hant-TW",
        "page": longest(iter(routes.PAGES)),
        "facet": longest(iter((*cards.FACETS, *cards.BUTTONS))),
        "draft": LONGEST_DRAFT.code,
        "hours": "2200-0700",
        "until": "20261201",
        "token": token_urlsafe(TOKEN),
    }


COUNTS = {
    "revision": 9_999_999,
    "line": 30,
    "position": 999,
    "question": 99,
    "minutes": 60,
    "hour": 23,
}  # what is no id stays small


def longest_button(kind: type[Button]) -> Button:
    """Return the button of a kind whose data is as long as it can get."""
    hints, words = get_type_hints(kind), longest_words()
    values: dict[str, object] = {}
    for field in fields(kind):  # type: ignore[arg-type]
        hint = hints[field.name]
        if hint is int or int in get_args(hint):
            values[field.name] = COUNTS.get(field.name, LONGEST)
        elif hint is bool:
            values[field.name] = True
        elif hint is date:
            values[field.name] = date(2026, 12, 31)
        elif hint is str:
            values[field.name] = words[field.name]
        else:
            members = next((one for one in get_args(hint) if one is not type(None)), hint)
            values[field.name] = longest(iter(members))
    return kind(**values)


@pytest.mark.parametrize("kind", BUTTONS.values(), ids=lambda kind: kind.__name__)
def test_button_packs_and_parses(kind: type[Button]) -> None:
    """With the longest values there are, a button fits Telegram's 64 bytes and reads back."""
    button = longest_button(kind)
    packed = button.pack()
    assert len(packed.encode()) <= LIMIT
    assert kind.parse(packed) == button


def test_every_button_is_routed() -> None:
    """No button is offered that nothing answers to."""
    routed = {*routes.BUTTONS, *routes.ADMIN_BUTTONS, callbacks.OpenPage}
    assert routed == set(BUTTONS.values())


# --- sentences --------------------------------------------------------------------------------

# Keys that code puts together from a prefix and the values of an enumeration.
PUT_TOGETHER = {
    "command.": (*menu.PRIVATE, *menu.ADMIN),
    "stats.": ("sent", "late", "failed", "down", "kept", "finished", "unknown"),
    "broadcast.refused.": tuple(broadcast.Why),
    "own.not.": tuple(Unmade),
    "pass_on.": ("on", "off"),
    "typed.": typed_steps.WORDS,
    "progress.mark.": tuple(Mark),
    "progress.trend.": tuple(When),
    "button.said.": SAYABLE,
    "milestone.": tuple(Milestone),
    "csv.": sessions_file.COLUMNS,
    "csv.length.": tuple(Length),
    "physio.column.": physio.COLUMNS,
    "physio.side.": ("left", "right"),
    "physio.reason.": tuple(physio.SAID),
    "button.pass_on.": ("on", "off"),
    "reason.": tuple(Reason),
    "refused.": tuple(why for why in Why if why is not Why.NOT_GENTLE),
    "level.": tuple(Level),
    "programme.again.": tuple(Again),
    "level.told.": tuple(Cause),
    "level.change.": tuple(Measure),
    "level.amount.": (Measure.REPS, Measure.SETS),
    "level.outlook.": tuple(Outlook),
    "level.stays.": tuple(Stays),
    "button.wish.": tuple(Wish),
    "side.": ("left", "right", "alternating"),
    "phase.": ("in", "sip", "hold", "out", "rest"),
    "purpose.": tuple(Purpose),
    "format.instruction.": ("in", "out", "in_out"),
    "amount.reps": ("", ".each"),
    "dose.reps": ("", ".once"),
    "dose.hold": ("", ".once"),
    "button.felt.": tuple(Feedback),
    "button.pace.": tuple(Pace),
    "pace.name.": tuple(Pace),
    "pace.about.": tuple(Pace),
    "pace.toast.": (Pace.BUTTON, Pace.HANDS_FREE),
    "button.length.": tuple(Length),
    "button.start_length.": (Length.SHORT, Length.ONE),
    "title.length.": (Length.SHORT, Length.ONE),
    "end.felt.": tuple(Feedback),
    "button.stiffer.": tuple(Stiffer),
    "end.stiffer.": tuple(Stiffer),
    "hurts.signs.": tuple(hurting.TIERS.values()),
    "settings.screened.": tuple(Screened),
    "nudge.routine.": tuple("123456"),
    "nudge.programme.": tuple("1234"),
    "nudge.practice.": tuple("1234"),
    "nudge.movement.": tuple("1234"),
    "schedule.line_aside.": (ReminderKind.ROUTINE, ReminderKind.MOVEMENT),
    "recap.part.": tuple(DayPart),
    "recap.side.": ("left", "right"),
    "button.facet.": (*cards.BUTTONS, "how"),
}


def sentences() -> dict[str, str]:
    """Return the English catalogue: key to sentence."""
    with (packaged() / "texts" / "en.po").open("rb") as file:
        found = read_po(file)
    texts: dict[str, str] = {}
    for message in found:
        if message.id:
            key = message.id if isinstance(message.id, str) else message.id[0]
            forms = (message.string,) if isinstance(message.string, str) else message.string
            texts[key] = "\n".join(forms or ())
    return texts


def named_in_code() -> set[str]:
    """Return every string in the bot's code that has the form of a key, formats left out."""
    found = set()
    for path in (ROOT / "bot").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            value = node.value if isinstance(node, ast.Constant) else None
            if isinstance(value, str) and re.fullmatch(r"[a-z]+(\.[a-z_-]+)+", value):
                found.add(value)
    return found


def put_together() -> set[str]:
    """Return the keys that code puts together."""
    return {f"{prefix}{value}" for prefix, values in PUT_TOGETHER.items() for value in values}


def prefixes_in_code() -> set[str]:
    """Return the constant beginning of every key that code puts together with an f-string."""
    found = set()
    for path in (ROOT / "bot").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            called, first = node.func, node.args[0]
            ours = isinstance(called, ast.Name) and called.id == "texts"
            if ours and isinstance(first, ast.JoinedStr):
                assert isinstance(first.values[0], ast.Constant)
                found.add(str(first.values[0].value))
    return found


def test_every_prefix_is_accounted_for() -> None:
    """Where code puts keys together, this test knows from what."""
    assert prefixes_in_code() - {"card.no."} <= set(PUT_TOGETHER)


def test_every_key_exists() -> None:
    """No sentence is asked for that the catalogue does not have."""
    prefixes = {key.partition(".")[0] for key in sentences()}
    named = {key for key in named_in_code() if key.partition(".")[0] in prefixes}
    known = set(sentences())
    files = {key for key in named if key.endswith((".py", ".po", ".yaml", ".json", ".db"))}
    varied = {key for key in named if f"{key}.1" in known}  # said in one of several wordings
    assert (named | put_together()) - files - varied - known == set()


def test_every_sentence_is_used() -> None:
    """No sentence is kept that nothing shows."""
    shown = named_in_code() | put_together()
    reached = {f"card.no.{facet}" for facet in cards.FACETS}
    assert {key for key in sentences() if key not in shown | reached} == set()


@pytest.mark.parametrize("key", sentences())
def test_sentence_is_well_formed(key: str) -> None:
    """Every sentence is HTML that Telegram takes, whatever values are filled in."""
    filled = re.sub(r"\{\w+\}", "x", sentences()[key])
    assert formatted(filled, "HTML", None)[0] or key.startswith("format.")


# --- views ------------------------------------------------------------------------------------


def someone(**changes: object) -> Someone:
    """Return a person."""
    values: dict[str, object] = {
        "id": 1,
        "language": "en",
        "zone_name": "America/Argentina/ComodRivadavia",
        "day_end": time(3),
        "onboarding": Question.DONE,
        "screened": Screened.NONE,
        "expecting": None,
        "expecting_id": None,
        "routine": None,
        "things": {},
        "paused_at": None,
        "paused_until": None,
        "pause_reason": None,
        "home_zone": None,
        "home_at": None,
        "quiet": None,
        "repeat_minutes": None,
        "around": False,
        "eased_on": None,
        "pace": Pace.BUTTON,
        "passes_on": None,
        "hears": True,
    }
    return Someone(**values | changes)  # type: ignore[arg-type]


def playing(steps: tuple[Step, ...], position: int, wanted: Wanted) -> Playing:
    """Return a session at one of its steps."""
    pack = catalogue()
    following = steps[position + 1] if position + 1 < len(steps) else None
    return Playing(
        session=LONGEST,
        wanted=wanted,
        title=Titled(pack.name_of(wanted.key)),
        step=steps[position],
        position=position,
        number=position + 1,
        total=len(steps),
        entry=pack.entry(steps[position].entry),
        breathing=pack.practices.get(steps[position].breathing or ""),
        following=following,
        following_name=pack.name_of(following.entry) if following else "",
    )


PEOPLE = {
    "all": Means(passed=("release",), has=frozenset(catalogue().things)),
    "none": Means(),
    "home": Means(has=owned(catalogue().things, {})),
}


def sessions() -> Iterator[tuple[Wanted, tuple[Step, ...]]]:
    """Yield all that can be walked: with everything, with nothing, with what is at home."""
    pack = catalogue()
    for key, routine in pack.routines.items():
        for number in range(len(routine.days)) or (None,):
            items = routine.items
            if number is not None:
                day = routine.days[number]
                items = pack.routines[day.routine].items if day.routine else day.items
            for means in PEOPLE.values():
                planned = plan(items, Known(entries=pack.entries, things=pack.things), means)
                yield Wanted(SessionKind.ROUTINE, key), expand(planned)
    for key, exercise in pack.exercises.items():
        has = owned(pack.things, {})
        for level in exercise.doses:
            told = swaps(exercise.equipment, has, pack.things)
            yield Wanted(SessionKind.EXERCISE, key), expand_entry(exercise, level, told)
    for key, practice in pack.practices.items():
        for level in practice.rounds:
            yield Wanted(SessionKind.PRACTICE, key), expand_entry(practice, level)


def step_views() -> Iterator[tuple[str, Reply]]:
    """Yield every step of everything, and every end."""
    pack, texts = catalogue(), english()
    for wanted, steps in sessions():
        for position in range(len(steps)):
            name = f"step {wanted.key} {position + 1}"
            at = playing(steps, position, wanted)
            yield name, step_view.step(at, pack, texts)
            if at.entry is not None:
                once_more = replace(easy(at.step, at.entry), extra=has_more(at.entry))
                yield f"easier {name}", step_view.step(replace(at, step=once_more), pack, texts)
        for stopped in (False, True):
            for feedback in (None, *Feedback):
                outcomes = tuple((step, Outcome.SKIPPED) for step in steps)
                title = Titled(pack.name_of(wanted.key), "Day 7")
                entries = tuple(pack.entries.values())
                end = Ended(
                    *(LONGEST, wanted, title, outcomes, entries, 999, stopped, feedback, 999)
                )
                end = replace(end, milestone=Milestone.STREAK_365, tight=Tightness(10, 10))
                yield f"end {wanted.key}", player.ended(end, pack, texts)
                tight = replace(end, asks_tight=True)
                yield f"end {wanted.key}, how tight", player.ended(tight, pack, texts)
                for cause in Cause:
                    moved = replace(end, changes=changes(cause))
                    yield f"end {wanted.key} {cause}", player.ended(moved, pack, texts)
                for said in (None, *Stiffer):
                    asked = replace(
                        end, sides=Sided(longest_entry().key, longest_entry().name, said)
                    )
                    yield f"end {wanted.key} {said}", player.ended(asked, pack, texts)
        at = playing(steps, len(steps) - 1, wanted)
        yield (
            f"interrupted {wanted.key}",
            starting.interrupted(Interrupted(at, wanted), pack, texts),
        )


def changes(cause: Cause) -> tuple[Named, ...]:
    """Return two changes of the exercise with the longest name."""
    change, entry = Change(Measure.REPS, 10, 12), longest_entry()
    return (Named(LONGEST, entry.key, entry.name, change, cause),) * 2


def level_views() -> Iterator[tuple[str, Reply]]:
    """Yield how much somebody does of everything, what they may do, and why not more."""
    pack, texts = catalogue(), english()
    media, offers = pack.media, tuple(pack.exercises.values())
    for key, exercise in pack.exercises.items():
        for notches in (-1, 0, 1):
            rung = Rung(exercise, next(iter(exercise.doses.values())), notches)
            for stays in (None, *Stays):
                plain = Fitted(rung, "Evening release", LONGEST, offers=offers, stays=stays)
                others = (
                    plain,
                    replace(plain, told=changes(Cause.PAIN)[0]),
                    replace(plain, excluded=True),
                    replace(plain, instead=offers[0], where=None),
                )
                for found in others:
                    yield f"level of {key}", levels.page(found, media, texts)
            yield f"swaps of {key}", levels.swaps(plain, media, texts)
        yield f"no swaps of {key}", levels.swaps(replace(plain, offers=()), media, texts)
    for routine in pack.routines.values():
        keys = dict.fromkeys(
            item.entry for item in pack.items(routine, 7 if routine.days else None)
        )
        theirs = [pack.exercises[key] for key in keys if key in pack.exercises]
        found = [
            Fitted(Rung(one, next(iter(one.doses.values())), 1), routine.name) for one in theirs
        ]
        yield f"levels of {routine.key}", levels.of_routine(routine, found, texts)
    wanted, steps = next(sessions())
    end = Ended(LONGEST, wanted, Titled("Day 7"), (), offers[:1], 9, False, Feedback.HARD, 9)
    for told in ((), changes(Cause.HARD)):
        yield "another one", levels.others(end, told, media, texts)
    for one in changes(Cause.HARD):
        yield "kept", levels.kept(replace(one, kept=True), texts)
    for outlook in Outlook:
        yield f"outlook {outlook}", player.ended(replace(end, outlook=outlook), pack, texts)
    began = replace(playing(steps, 0, wanted), changes=changes(Cause.BREAK), again=Again.FLARE)
    began = replace(began, title=Titled("Beginner week", "Day 7"), can_go_back=False)
    yield "first step after a week off", step_view.step(began, pack, texts)


def hurting_views() -> Iterator[tuple[str, Reply]]:
    """Yield what is asked and said when a step hurts, in the middle of a session and at its end."""
    pack, texts = catalogue(), english()
    wanted, steps = next(sessions())
    at = playing(steps, len(steps) - 1, wanted)
    title, outcomes = Titled("Day 7"), tuple((step, Outcome.HURT) for step in steps)
    end = Ended(*(LONGEST, wanted, title, outcomes, (), 999, True, None, 999))
    yield "how much", hurting.how_much(at, texts)
    yield "end of what hurt", player.ended(end, pack, texts)
    for result in (at, end):
        for relief in Relief:
            found = Hurting(LONGEST, 999, longest_entry().name, relief, result, severe=True)
            found = replace(found, changes=changes(Cause.PAIN)[:1])
            yield f"hurts {relief}", hurting.answered(found, pack, texts)
            toast = hurting.noted(found, 10, texts) or "x"
            yield f"noted {relief}", Reply(toast=toast)
        yield "no sign", hurting.no_sign(result, texts)
    for emergency in hurting.TIERS:
        yield f"signs {emergency}", hurting.signs(LONGEST, pack, texts, emergency=emergency)
        yield f"told {emergency}", hurting.told(pack, texts, emergency=emergency)


def card_views() -> Iterator[tuple[str, Reply]]:
    """Yield every page of every card, alone and in the middle of a session, and every list."""
    pack, texts = catalogue(), english()
    wanted, steps = next(sessions())
    inside = playing(steps, 0, wanted)
    for key in (*pack.exercises, *pack.practices):
        for facet in dict.fromkeys((*cards.FACETS, *cards.BUTTONS)):
            for now in (None, inside):
                yield f"card {key} {facet}", answers.entry(key, facet, pack, texts, now)
    for key in pack.routines:
        yield f"routines {key}", routines.listing(pack, key, texts, changed=True)
        yield f"routines {key} gentle", routines.listing(pack, key, texts, gentle=True)
    for key, note in pack.notes.items():
        yield f"note {key}", library.note(note, pack, texts)
        yield f"note {key} asked", answers.note(key, pack, texts, inside)
    for mine in (True, False):
        yield "library", library.front(pack, texts, mine=mine)
        for purpose in Purpose:
            undoable = set(pack.exercises)
            shelf = library.for_purpose(purpose, pack, undoable, texts, mine=mine)
            yield f"library {purpose}", shelf
    yield "notes", library.notes(pack, texts)
    yield "practices", library.practices(pack, texts)
    yield from routine_views()
    near = tuple(pack.exercises)[:3]
    yield "unknown", answers.unknown(near, pack, texts, inside)
    yield "unknown at all", answers.unknown((), pack, texts, None, offers=True)
    yield "which exercise", answers.which(pack, texts)


def routine_views() -> Iterator[tuple[str, Reply]]:
    """Yield every routine as each kind of person sees it, at every level, on every day."""
    pack, texts = catalogue(), english()
    known = Known(entries=pack.entries, things=pack.things)
    for key, routine in pack.routines.items():
        for number in range(1, len(routine.days) + 1) or (None,):
            items = routine.items
            if number is not None:
                day = routine.days[number - 1]
                items = pack.routines[day.routine].items if day.routine else day.items
            for who, means in PEOPLE.items():
                plans = {level: plan(items, known, means, level) for level in (None, *Level)}
                lengths = {level: seconds(planned) for level, planned in plans.items()}
                for level, planned in plans.items():
                    shown = Page(
                        routine=routine, level=level, items=planned, lengths=lengths, day=number
                    )
                    if number is not None:
                        shown = replace(shown, again=Again.FLARE)
                    if who == "none":
                        shown = replace(shown, items=planned[1:], hurt=(longest_entry().name,))
                    yield f"routine {key} {who}", routines.page(shown, texts)


def audio_views() -> Iterator[tuple[str, Reply]]:
    """Yield everything there is to listen to, with the questions of its gate open."""
    pack, texts = catalogue(), english()
    for wanted, steps in sessions():
        parts = tuple(
            Part(step, pack.entries[step.entry], pack.practices.get(step.breathing or ""))
            for step in steps
        )
        found = Audible(wanted, Titled(pack.name_of(wanted.key), "A day"), parts, "release")
        yield f"audio {wanted.key}", audio.session(found, ("engine", "{language}"), texts)
    many = tuple(replace(parts[0], entry=entry) for entry in pack.entries.values())
    yield "audio of everything", audio.session(replace(found, parts=many), (), texts)
    yield "audio twice", audio.twice(texts)


def safety_views() -> Iterator[tuple[str, Reply]]:
    """Yield every script, every question of every gate, and every refusal."""
    pack, texts = catalogue(), english()
    for name, script in pack.safety.scripts.items():
        yield f"script {name}", answers.safety(script, texts, paused=True, screen=True)
    wanted = Wanted(SessionKind.ROUTINE, "full-article-25")
    for key, gate in pack.safety.gates.items():
        total = len(gate.questions)
        for number in range(1, total + 1):
            asked = GateAsked(key, number, total, wanted)
            yield f"gate {key} {number}", starting.gate(asked, pack, texts)
        yield f"gate closed {key}", starting.gate_closed(GateClosed(key, wanted), pack, texts)
    for why in Why:
        yield f"refused {why}", starting.refused(Refused(why), pack, texts)


def home_views() -> Iterator[tuple[str, Reply]]:
    """Yield the screens about the person: standing, settings, help, data, onboarding."""
    pack, texts = catalogue(), english()
    zones = [place.zone for place in popular(NOW, "en")]
    soon, daily = NOW + timedelta(days=3), longest(iter(pack.routines))
    for question in Question:
        for screened in Screened:
            person = someone(onboarding=question, screened=screened)
            shown = onboarding.question(person, NOW, soon, pack, zones, texts)
            yield f"onboarding {question}", shown
    for reason in PauseReason:
        person = someone(paused_at=NOW, pause_reason=reason, screened=Screened.APPLIES)
        yield "standing", home.standing(person, daily, soon, 999, NOW, None, pack, texts)
    for household in (True, False):
        things = equipment.page(
            pack, set(pack.things), texts, household=household, asked=True, changed=True
        )
        yield "equipment", things
    misread = NotUnderstood(Reason.THING, "<&>" * 1365)
    yield "no thing", equipment.not_understood(misread, texts)
    yield "rules", home.rules(pack, texts)
    yield "reloaded", home.reloaded(pack, (), texts)
    yield "refused reload", home.reloaded(pack, ("x" * 300,) * 99, texts)
    lines = tuple(Line(LONGEST, ReminderKind.ROUTINE, None, rule) for rule in RULES)
    yield "settings", home.settings(Plan(someone(), lines, None, NOW), daily, pack, texts)
    yield "languages", home.languages([texts] * 30, texts)
    yield "language set", home.language_set(texts)
    yield "help", home.help_page(menu.HELP, texts)
    yield "help typing", home.typing(texts)
    week = [(date(2026, 3, 2) + timedelta(days=ahead), Mark.SHORT) for ahead in range(7)]
    habit = Score(value=1.0, added=0.05, at_stake=0.05)
    yield from recaps(pack, texts)
    yield "privacy", personal.privacy(texts, None)
    yield "privacy, passing on", personal.privacy(texts, True)
    yield "passed on", personal.passed_on(texts, on=True)
    yield "no more passed on", personal.passed_on(texts, on=False)
    tight = [Tightness(9.5, 8.5), Tightness(10.0, 9.9), *[Tightness()] * 9, Tightness(0.5, None)]
    for streak in (365, None):
        found = Progress([week] * 12, streak, habit, 999, 999_999, tight, checks_in=False)
        yield f"progress {streak}", progress.progress(found, texts)
    yield "days", correcting.week(week[::-1], texts)
    for said in (*SAYABLE, None):
        today = NOW.date()
        corrected = Corrected(
            day=today - timedelta(days=3),
            mark=said or Mark.DOWN,
            said=said,
            today=today,
            undoable=True,
            streak=365,
            score=0.99,
        )
        yield f"corrected {said}", correcting.day(corrected, texts)
    yield "how tight", check_ins.before(LONGEST, texts)
    yield "tight noted", check_ins.noted(10, texts)
    yield "not told", check_ins.noted(None, texts)
    for on in (True, False):
        yield f"check-ins {on}", check_ins.switched(texts, on=on)
    yield "delete", personal.ask_delete(Held(*[99_999] * 6), texts)
    yield "nothing stored", personal.nothing(texts)
    for key in ("fallback.command", "fallback.media", "how.ask", "error.apology"):
        yield key, home.sentence(key, texts)
    for key in ("refused.stale", "refused.unknown", "fallback.group"):
        yield f"toast {key}", home.toast(key, texts)


def operator_views() -> Iterator[tuple[str, Reply]]:
    """Yield what operators see, with large numbers, and what others see of it."""
    texts, many = english(), 999_999
    span = Span(Reminders(many, many, many, many, many), many, many)
    queue, people = Queue(many, many, many, many, many), People(many, many, many, many)
    yield "stats", stats.stats(Stats(people, many, queue, span, span), texts)
    yield "ask broadcast", broadcasts.ask(texts)
    yield "too long", broadcasts.too_long(4096, texts)
    for number in (0, 1, many):
        audience = broadcast.Audience(number, number, number)
        yield "confirm", broadcasts.confirm(broadcast.Draft(LONGEST, "", audience), texts)
    tally = broadcast.Tally(LONGEST, dict.fromkeys(broadcast.CopyState, many), stopped=True)
    for refused in (True, False):
        yield "going", broadcasts.going(tally, texts, refused=refused)
        yield "hearing", broadcasts.hearing(texts, hears=refused)
    yield "over", broadcasts.over(tally, texts)
    yield "over unstopped", broadcasts.over(replace(tally, stopped=False), texts)
    yield "stopped", broadcasts.stopped(texts)
    yield "cancelled", broadcasts.cancelled(texts)
    yield "no more", broadcasts.no_more(texts)
    for why in broadcast.Why:
        yield f"refused broadcast {why}", broadcasts.refused(why, texts)


def schedule_views() -> Iterator[tuple[str, Reply]]:
    """Yield reminders and zones at their longest."""
    pack, texts, person = catalogue(), english(), someone()
    soon = NOW + timedelta(days=3)
    zones = [place.zone for place in popular(NOW, "en")]
    yield from plan_views()
    yield from wizard_views()
    for reason in Reason:
        misread = NotUnderstood(reason, "<&>" * 1365)
        yield f"schedule {reason}", schedule.not_understood(misread, texts)
        yield f"time {reason}", schedule.time_not_understood(misread, texts)
        yield f"return {reason}", zone.date_not_understood(misread, texts)
        yield f"pause {reason}", reminders.pause_not_understood(misread, texts)
        yield f"breathing {reason}", library.breathing_not_understood(misread, texts)
    yield "no zone", zone.no_zone("<&>" * 1365, texts)
    yield "zone", zone.zone(person, zones, NOW, texts)
    yield "zone set", zone.zone_set(person, soon, NOW, texts)
    for at in (None, soon):
        away = someone(home_zone=longest(iter(zone_names())), home_at=at)
        yield f"away {at}", zone.zone(away, zones, NOW, texts)
        yield f"went away {at}", zone.zone_set(away, soon, NOW, texts)
        yield f"followed {at}", zone.followed(away, texts)
    yield "lives here", zone.lives_here(person, texts)
    yield "returned", zone.returned(longest(iter(zone_names())), NOW, texts)
    yield "ask time", schedule.ask_time(texts)
    yield "no such", schedule.no_such(LONGEST, texts)
    for why in NotUndone:
        yield f"not undone {why}", schedule.not_undone(why, texts)
    moment = Moment(LONGEST, ReminderKind.ROUTINE, None, soon, soon)
    yield "ask move", moving.ask(Coming(moment, person, NOW), moment, texts)
    yield "moved", moving.moved(Moved(moment, soon + timedelta(days=1), person, NOW, 10**13), texts)
    for still in NotMoved:
        yield f"not moved {still}", moving.not_moved(still, texts)
    yield "ask location", zone.ask_location(texts)
    practices = tuple(pack.practices)
    for key in (*pack.routines, *practices):
        kind = ReminderKind.ROUTINE if key in pack.routines else ReminderKind.PRACTICE
        one = reminders.Reminded(LONGEST, kind, key)
        others = [reminders.Reminded(LONGEST, ReminderKind.PRACTICE, name) for name in practices]
        for turn in range(6):
            shown = reminders.nudge(
                [one, *others], pack, texts, turn=turn, planned="23:59", was_down=True
            )
            yield f"nudge {key} {turn}", shown
    yield from movement_views()
    yield "over", reminders.over("Wed, 23 Sep at 23:59", texts)
    yield "snoozed", reminders.snoozed(soon, person, texts)
    yield from manners_views()
    yield "paused", reminders.paused(person, soon, NOW, texts, returns=soon.date())


def movement_views() -> Iterator[tuple[str, Reply]]:
    """Yield reminders through the day with all that one may ask for, and what is said after."""
    pack, texts = catalogue(), english()
    means, known = Means(has=pack.things), Known(entries=pack.entries, things=pack.things)
    practice = max(pack.practices, key=len)
    beside = reminders.Reminded(LONGEST, ReminderKind.PRACTICE, practice)
    for routine in pack.routines.values():
        steps = expand(plan(pack.items(routine, 1), known, means))
        handed = Share(1, tuple(range(len(steps))), 12, 12).of(steps)
        one = reminders.Reminded(LONGEST, ReminderKind.MOVEMENT, routine.key, handed)
        yield f"movement {routine.key}", reminders.nudge([one, beside], pack, texts)
    soon, person, day = NOW + timedelta(days=3), someone(), max(pack.routines, key=len)
    for outcome in (Outcome.DONE, Outcome.SKIPPED):
        for finished in (None, LONGEST):
            found = Answered(
                occurrence=LONGEST,
                outcome=outcome,
                routine=day,
                through=Through(12, 12, over=finished is not None),
                finished=finished,
                streak=365,
                next_at=soon,
                person=person,
                now=NOW,
                beside=((LONGEST, ReminderKind.PRACTICE, practice),),
                milestone=Milestone.STREAK_365,
                changes=changes(Cause.BREAK),
            )
            yield f"answered {outcome} {finished}", movements.answered(found, pack, texts)


def manners_views() -> Iterator[tuple[str, Reply]]:
    """Yield what is said about not today, quiet days and pauses, and how reminders behave."""
    pack, texts, today = catalogue(), english(), NOW.date()
    soon, person = NOW + timedelta(days=3), someone(quiet=(time(22, 30), time(6, 45)), around=True)
    chosen = someone(repeat_minutes=60)
    yield "left out", easing.left_out(LONGEST, soon, person, NOW, texts)
    routine = max(pack.routines.values(), key=lambda one: len(one.name))
    entry = max(pack.entries.values(), key=lambda one: len(one.name))
    following = reminders.next_line(soon, person, NOW, texts)
    yield "no time", easing.no_time(following, routine, entry, texts)
    yield "no time at all", easing.no_time(following, None, None, texts)
    yield "pain", easing.pain(pack, texts)
    yield "ill", easing.ill(today, texts)
    yield "travelling", easing.travelling(today, texts)
    yield "offer pause", easing.offer_pause(today, texts)
    yield "ask date", easing.ask_date(texts)
    yield "no pause", easing.no_pause(soon, person, NOW, texts)
    for can_be_shorter in (True, False):
        yield "question", easing.question(LONGEST, texts, can_be_shorter=can_be_shorter)
    yield "shorter", easing.shorter([routine] * 3, (routine, 900), texts)
    yield "stopped", easing.stopped(10**13, texts)
    for who in (person, chosen):
        yield "manners", manners.page(who, texts, changed=True)
        yield "quiet", manners.quiet(who, texts)
        yield "repeat", manners.repeat(who, texts)
        yield "around", manners.around(who, texts)
        yield "day end", manners.day_end(who, texts)
        for rule, on in (
            (USUAL, True),
            (Rule((time(6, 35),), frozenset({2})), True),
            (USUAL, False),
        ):
            found = Arranged(rule, on, LAST if on else None, who, NOW)
            yield "recap page", recap.page(found, texts, changed=True, below=on)
    for reason in Reason:
        misread = NotUnderstood(reason, "<&>" * 1365)
        yield f"quiet {reason}", manners.quiet_not_understood(misread, texts)


def own_views() -> Iterator[tuple[str, Reply]]:
    """Yield own routines with as many and as long lines as they may have, and what is said."""
    pack, texts, soon = catalogue(), english(), "x" * LONGEST_NAME
    longest_line = line(max(pack.exercises.values(), key=lambda one: len(one.name)), pack)
    items = (replace(longest_line, seconds=120), *(Item(entry="gone", seconds=1),) * 29)
    full = Own(id=LONGEST, name=soon, items=items, removed=Removed(0, items[0]))
    empty, yes, no = replace(full, items=()), AnswerOffer(LONGEST, True), AnswerOffer(None, False)
    routine = as_routine(full, pack)
    assert routine is not None
    owns = [replace(full, id=number) for number in range(MOST_ROUTINES)]
    whole = own.beside(pack, {one.key: replace(routine, key=one.key) for one in owns})
    yield "routines", routines.listing(whole, owns[0].key, texts, owns=owns, gentle=True)
    for one in (full, empty):
        yield "own", own_view.editor(one, pack, texts)
        yield "named", own_view.naming(one, texts)
        yield "preview", offers.preview(one, pack, texts, yes, no)
    yield "line", own_view.line(full, 30, pack, texts)
    means, known = Means(has={}), Known(entries=pack.entries, things=pack.things)
    planned = plan((items[0],) * MOST_ITEMS, known, means)
    lengths = dict.fromkeys((None, *Level), 3600)
    shown = Page(routine=routine, level=None, items=planned, lengths=lengths, day=None, gone=("x",))
    yield "own page", routines.page(shown, texts)
    for purpose in (None, *Purpose):
        shelf = own_view.shelf(full, purpose, pack, texts, gentle=False, added=soon)
        yield f"shelf {purpose}", shelf
    yield "gentle shelf", own_view.shelf(full, None, pack, texts, gentle=True)
    for reason in (Reason.LONG_NAME, Reason.NO_NAME):
        yield "no name", own_view.name_not_understood(NotUnderstood(reason, "x" * 99), texts)
    yield "shared", offers.shared(full, f"https://t.me/{'x' * 32}?start=own_{'x' * 16}", texts)
    yield "unshared", offers.unshared(full, texts)
    yield "accepted", offers.accepted(full, texts)
    yield "declined", offers.declined(texts)
    yield "ask delete", own_view.ask_delete(full, texts)
    yield "deleted", own_view.deleted(soon, texts)
    yield "file", own_view.file(routine, "", texts)
    yield "bad file", offers.refused_file([(999, "x" * 300)] * 9, texts)
    for why in Unmade:
        yield f"unmade {why}", own_view.unmade(why, texts)
    for key in ("own.other_file", "own.large_file", "own.no_file", "own.link_gone"):
        yield key, home.sentence(key, texts)


DAYS = frozenset({0, 2, 4})
HOURLY = Rule(tuple(time(hour, 30) for hour in range(24)), DAYS)
RULES = (
    Rule((time(7, 30),)),
    HOURLY,
    Rule((), DAYS, Window(time(9), time(18), timedelta(minutes=45))),
    Rule(
        (time(7, 30), time(21)), DAYS, None, Scatter(time(9), time(18), 12), 3, NOW.date(), LAST_DAY
    ),
)


def plan_views() -> Iterator[tuple[str, Reply]]:
    """Yield the schedule with one to ten reminders of the longest kinds, after each change."""
    pack, texts, person = catalogue(), english(), someone(paused_at=NOW, paused_until=LAST)
    practice = max(pack.practices, key=lambda key: len(pack.practices[key].name))
    daily = tuple(Firing(NOW + timedelta(days=3 * number), moved=True) for number in range(7))
    for rule in RULES:
        for count in (1, 2, 3, 5, MOST):
            line = Line(LONGEST, ReminderKind.PRACTICE, practice, rule, rests=True)
            lines = (line,) * count
            for notice in (None, *Notice):
                gone = lines if notice in (Notice.SAVED, Notice.REMOVED) else ()
                found = Plan(person, lines, LAST, NOW, daily, notice, gone, 10**13)
                yield f"plan {count} {notice}", schedule.plan(found, pack, texts)
        yield "one", schedule.one(One(MOST, line, daily, person, NOW), pack, texts)
        asked = Asked(rule, LONGEST_DRAFT)
        yield "ask change", schedule.ask_change(LONGEST, asked, texts)


def wizard_views() -> Iterator[tuple[str, Reply]]:
    """Yield every screen of the wizard with as much chosen as there can be."""
    pack, texts = catalogue(), english()
    drafts = (
        LONGEST_DRAFT.on({0, 2, 4}),
        replace(LONGEST_DRAFT, practice="").on(range(7), 3),
        LONGEST_DRAFT.in_form(Form.EVERY),
        LONGEST_DRAFT.in_form(Form.RANDOM),
    )
    for draft in drafts:
        shown = Wizard(draft, LONGEST, someone(), NOW)
        yield "wizard kind", wizard.kind(shown, texts)
        yield "wizard practice", wizard.practice(shown, pack, texts)
        yield "wizard form", wizard.form(shown, texts)
        yield "wizard days", wizard.days(shown, texts)
        if draft.form is Form.TIMES:
            yield "wizard times", wizard.times(shown, texts)
            yield "wizard hour", wizard.hour(shown, texts)
            yield "wizard minute", wizard.minute(shown, 23, texts)
        else:
            yield "wizard window", wizard.window(shown, texts)


@cache
def views() -> tuple[tuple[str, Reply], ...]:
    """Return every view over everything there is, each with a name."""
    return (
        *step_views(),
        *audio_views(),
        *level_views(),
        *hurting_views(),
        *card_views(),
        *safety_views(),
        *home_views(),
        *operator_views(),
        *own_views(),
        *schedule_views(),
    )


def shown_text(reply: Reply) -> str:
    """Return the text as Telegram stores it, entities parsed."""
    return formatted(reply.text, "HTML", None)[0] if reply.text else ""


def test_every_view_is_within_telegrams_limits() -> None:
    """Captions, texts, keyboards and toasts are never refused for their size."""
    assert len(views()) > 500
    beyond = []
    for name, reply in views():
        length, limit = units(shown_text(reply)), TEXT_LENGTH
        limit = CAPTION_LENGTH if reply.picture or reply.track else limit
        if length > limit:
            beyond.append(f"{name}: {length} characters of {limit}")
        rows = reply.keyboard.inline_keyboard if reply.keyboard else ()
        keys = [key for row in rows for key in row]
        if len(keys) > MOST_BUTTONS or not all(key.text.strip() for key in keys):
            beyond.append(f"{name}: {len(keys)} buttons")
        if len(reply.toast) > TOAST_LENGTH:
            beyond.append(f"{name}: a toast of {len(reply.toast)} characters")
        if not (length or reply.toast or reply.picture):
            beyond.append(f"{name}: empty")
    assert beyond == []


def recaps(pack: Catalogue, texts: Texts) -> Iterator[tuple[str, Reply]]:
    """Yield weekly recaps: of a full week, with each line there is, and of quiet ones."""
    offered = Offered(LONGEST, NewTime(LONGEST, time(23, 59), time(22, 44), 10, 10))
    week = Week(
        first=LAST_DAY - timedelta(days=6),
        last=LAST_DAY,
        kept=7,
        planned=7,
        score=(0, 100),
        best=Best(DayPart.NIGHT, time(23, 50)),
        sided=Uneven(99, 99),
        tight=Tight(9.9, 9.9, 7),
        sessions=999,
        minutes=99_999,
    )
    entry = max(pack.exercises, key=lambda key: len(pack.exercises[key].name))
    more = More(entry, Change(Measure.HOLD, 90, 120))
    quiet = replace(week, kept=0, sessions=0, score=(50, 50), sided=Uneven(1, 0), tight=None)
    yield "recap", recap.told(Told(week, offered), pack, texts)
    yield "quiet recap", recap.told(Told(quiet, Offered(LONGEST, more)), pack, texts)
    yield (
        "recap of a bad week",
        recap.told(Told(replace(week, score=(60, 50), sided=Uneven(0, 1))), pack, texts),
    )
    yield "week so far", recap.so_far(week, texts)
    yield "nothing yet", recap.so_far(Week(first=LAST_DAY, last=LAST_DAY), texts)
    yield "recap declined", recap.declined(texts)
    yield "recap's time", recap.ask_time(texts)
    misread = NotUnderstood(Reason.NO_TIME, "<&>" * 1365)
    yield "no time for it", recap.not_understood(misread, texts)


FOLDED = re.compile(r"<blockquote expandable>(.*?)</blockquote>", re.DOTALL)


def folded(reply: Reply) -> str:
    """Return a text as it is first seen: an expandable quotation shows three lines."""

    def fold(quoted: re.Match[str]) -> str:
        lines = [part for line in quoted[1].split("\n") for part in textwrap.wrap(line, COLUMNS)]
        return "\n".join(lines[:3])

    text = FOLDED.sub(fold, reply.text)
    return formatted(text, "HTML", None)[0] if text else ""


def lines_on_a_phone(text: str) -> int:
    """Return how many lines a text takes on a narrow screen."""
    return sum(max(len(textwrap.wrap(line, COLUMNS)), 1) for line in text.split("\n"))


def test_every_view_fits_a_phone() -> None:
    """Nobody has to scroll back and forth within one message."""
    long: dict[str, int] = {}
    for name, reply in views():
        lines = lines_on_a_phone(folded(reply))
        if lines > LINES:
            long[name] = max(lines, long.get(name, 0))
    assert dict(sorted(long.items(), key=lambda item: -item[1])) == {}
