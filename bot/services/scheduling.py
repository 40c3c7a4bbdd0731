"""A person's reminders: show, set, add, change, remove, rest and bring them back."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.deps import Deps
from bot.domain.agenda import Notice, NotUndone, One, Plan, Which
from bot.domain.person import Expecting, Question
from bot.domain.reminder import ReminderKind
from bot.domain.schedule import Rule
from bot.domain.session import Refused, Why
from bot.domain.stored_rules import load
from bot.services import agenda, arranging, easing, planning, undoing
from bot.services.agenda import line
from db.models import Person, Reminder
from db.queries import people, reminders

STALE = Refused(Why.STALE)
UNKNOWN = Refused(Why.UNKNOWN)
MOST = 10  # reminders a person can have: more would not fit into one message

# Questions of the schedule that Cancel takes back.
ASKED = {Expecting.SCHEDULE_ADD, Expecting.SCHEDULE_CHANGE, Expecting.MOVE}


# Changes reminders and says what became of it; refuses before it has changed anything.
Write = Callable[[AsyncSession, Person], Awaitable[Notice | Refused]]


async def plan(deps: Deps, person_id: int) -> Plan:
    """Return the person's reminders."""
    async with deps.read() as session:
        return await agenda.read(session, await people.get(session, person_id), deps.now())


async def show(deps: Deps, person_id: int) -> Plan:
    """Take back what the schedule asked, and return the person's reminders."""
    await forget_question(deps, person_id)
    return await plan(deps, person_id)


async def forget_question(deps: Deps, person_id: int) -> None:
    """Take the next free text as the answer to nothing that the schedule asked."""
    async with deps.act() as act:
        person = await people.get(act.session, person_id)
        easing.close(person, *ASKED)


async def one(deps: Deps, person_id: int, reminder_id: int) -> One | Refused:
    """Return one of the person's reminders alone."""
    async with deps.read() as session:
        person = await people.get(session, person_id)
        return await agenda.one(session, person, reminder_id, deps.now()) or STALE


async def put(
    deps: Deps, person_id: int, kind: ReminderKind, entry: str | None, rules: Sequence[Rule]
) -> Plan | Refused:
    """Make these the only reminders of a kind; nothing is changed where they are too many."""
    now = deps.now()

    async def write(session: AsyncSession, person: Person) -> Notice:
        others = [
            each for each in await reminders.of_person(session, person_id) if each.kind is not kind
        ]
        if len(others) + len(rules) > MOST:
            return Notice.FULL
        await planning.put(session, person, kind, entry, rules, now)
        return Notice.SAVED

    return await rewrite(deps, person_id, write)


async def add(
    deps: Deps, person_id: int, kind: ReminderKind, entry: str | None, rules: Sequence[Rule]
) -> Plan | Refused:
    """Add reminders; the same ones again change nothing, and neither do too many."""
    now = deps.now()

    async def write(session: AsyncSession, person: Person) -> Notice:
        if await _too_many(session, person, kind, rules):
            return Notice.FULL
        new = [await planning.add(session, person, kind, entry, rule, now) for rule in rules]
        return Notice.SAVED if any(new) else Notice.SAME

    return await rewrite(deps, person_id, write)


async def change(
    deps: Deps, person_id: int, which: Which, rules: Sequence[Rule], entry: str | None = None
) -> Plan | Refused:
    """Give one reminder another rule; where there are several, the others are added.

    A reminder of a practice is then of the practice `entry`, where one is named.
    """
    now = deps.now()

    async def write(session: AsyncSession, person: Person) -> Notice | Refused:
        old = await _find(session, person_id, which)
        if isinstance(old, Refused):
            return old
        kind, entry_then = old.kind, entry or old.entry
        if await _too_many(session, person, kind, rules[1:]):
            return Notice.FULL
        old.entry = entry_then
        await planning.change(session, person, old, rules[0], now)
        for rule in rules[1:]:
            await planning.add(session, person, kind, entry_then, rule, now)
        return Notice.SAVED

    return await rewrite(deps, person_id, write)


async def remove(deps: Deps, person_id: int, which: Which) -> Plan | Refused:
    """Remove one reminder."""

    async def write(session: AsyncSession, person: Person) -> Notice | Refused:
        old = await _find(session, person_id, which)
        if isinstance(old, Refused):
            return old
        await planning.drop_one(session, old)
        return Notice.REMOVED

    return await rewrite(deps, person_id, write, answers=False)


async def rest(deps: Deps, person_id: int, which: Which, *, rests: bool) -> Plan | Refused:
    """Let one reminder rest until it is resumed, or come again."""
    now = deps.now()

    async def write(session: AsyncSession, person: Person) -> Notice | Refused:
        found = await _find(session, person_id, which)
        if isinstance(found, Refused):
            return found
        if (found.paused_at is not None) is rests:
            return Notice.SAME
        if rests:
            await planning.rest(session, person, found, now)
            return Notice.RESTS
        await planning.wake(session, person, found, now)
        return Notice.WAKES

    return await rewrite(deps, person_id, write, answers=False)


async def off(deps: Deps, person_id: int, kind: ReminderKind) -> Plan | Refused:
    """Remove all reminders of a kind."""

    async def write(session: AsyncSession, person: Person) -> Notice:
        return Notice.REMOVED if await planning.drop(session, person_id, kind) else Notice.SAVED

    return await rewrite(deps, person_id, write)


async def undo(deps: Deps, person_id: int, moment: int | None = None) -> Plan | NotUndone:
    """Take the last change of the reminders back, or that of a `moment` only."""
    now = deps.now()
    async with deps.act() as act:
        person = await people.get(act.session, person_id)
        refused = None if act.repeated else await undoing.undo(act.session, person, now, moment)
        if refused is not None:
            return refused
        found = await agenda.read(act.session, person, now, Notice.UNDONE)
    deps.wake()
    return found


async def expect(
    deps: Deps, person_id: int, expecting: Expecting, reminder_id: int | None = None
) -> Plan | Refused:
    """Take the person's next free text as a zone or a time; None of theirs is refused."""
    async with deps.act() as act:
        person = await people.get(act.session, person_id)
        theirs = reminder_id is None or await reminders.find(act.session, reminder_id, person_id)
        if not theirs:
            return STALE
        person.expecting, person.expecting_id = expecting, reminder_id
        return await agenda.read(act.session, person, deps.now())


async def rewrite(
    deps: Deps, person_id: int, write: Write, *, answers: bool = True
) -> Plan | Refused:
    """Let `write` change the reminders once, in a way that can be taken back.

    `answers` where it is the answer to what was asked.
    """
    now = deps.now()
    async with deps.act() as act:
        person = await people.get(act.session, person_id)
        before, notice = await reminders.of_person(act.session, person_id), Notice.SAVED
        old = [line(row) for row in before]
        if answers:
            await _nothing_expected(act.session, person, now)
        if not act.repeated:
            await easing.answered(act.session, person)
            kept = await undoing.snapshot(act.session, person_id)
            outcome = await write(act.session, person)
            if isinstance(outcome, Refused):
                return outcome
            if outcome not in (Notice.FULL, Notice.SAME):
                undoing.remember(person, kept, now)
            notice = outcome
        found = await agenda.read(act.session, person, now, notice)
    deps.wake()
    left = {each.means for each in found.lines}
    return replace(found, gone=tuple(each for each in old if each.means not in left))


async def _find(session: AsyncSession, person_id: int, which: Which) -> Reminder | Refused:
    if isinstance(which, int):
        return await reminders.find(session, which, person_id) or STALE
    theirs = await reminders.of_person(session, person_id)
    return theirs[which.number - 1] if 0 < which.number <= len(theirs) else UNKNOWN


async def _too_many(
    session: AsyncSession, person: Person, kind: ReminderKind, rules: Sequence[Rule]
) -> bool:
    """Return whether these on top would be more than a person can have."""
    theirs = await reminders.of_person(session, person.id)
    known = {(each.kind, load(each.rule)) for each in theirs}
    new = {(kind, planning.seeded(rule, person.id, kind)) for rule in rules} - known
    return bool(new) and len(theirs) + len(new) > MOST


async def _nothing_expected(session: AsyncSession, person: Person, now: datetime) -> None:
    """A typed schedule answers onboarding's question of the time too; others stay open."""
    if person.onboarding is Question.TIME:
        person.onboarding = Question.DONE
        await arranging.begin(session, person, now)
    easing.expect_as_asked(person)
