"""A person's reminders: show, set, add, change and remove them; and their time zone."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.deps import Deps
from bot.domain.person import ANSWERED_BY_TEXT, Expecting, Question, Someone
from bot.domain.reminder import ReminderKind
from bot.domain.schedule import Rule
from bot.domain.session import Refused, Why
from bot.domain.stored_rules import load
from bot.services import planning
from db.models import Person
from db.queries import people, reminders

STALE = Refused(Why.STALE)
MOST = 10  # reminders a person can have: more would not fit into one message


@dataclass(frozen=True, slots=True)
class Line:
    """One reminder as it is shown."""

    id: int
    kind: ReminderKind
    entry: str | None
    rule: Rule


@dataclass(frozen=True, slots=True)
class Plan:
    """All of a person's reminders."""

    person: Someone
    lines: tuple[Line, ...]
    next_at: datetime | None  # when the next reminder comes
    now: datetime
    changed: bool = False
    full: bool = False  # nothing was added: there are as many as one can have


async def plan(deps: Deps, person_id: int) -> Plan:
    """Return the person's reminders."""
    async with deps.read() as session:
        return await _plan(session, await people.get(session, person_id), deps.now())


async def set_daily(deps: Deps, person_id: int, rule: Rule) -> Plan:
    """Make this the only reminder of the routine."""
    now = deps.now()
    async with deps.act() as act:
        person = await people.get(act.session, person_id)
        await planning.set_daily(act.session, person, rule, now)
        _nothing_expected(person)
        found = await _plan(act.session, person, now, changed=True)
    deps.wake()
    return found


async def add(
    deps: Deps, person_id: int, kind: ReminderKind, entry: str | None, rule: Rule
) -> Plan:
    """Add a reminder; the same one again changes nothing, and neither does one too many."""
    now = deps.now()
    async with deps.act() as act:
        person = await people.get(act.session, person_id)
        full = len(await reminders.of_person(act.session, person_id)) >= MOST and not act.repeated
        if not full:
            await planning.add(act.session, person, kind, entry, rule, now)
        _nothing_expected(person)
        found = await _plan(act.session, person, now, changed=True)
    deps.wake()
    return replace(found, full=full)


async def set_practice(deps: Deps, person_id: int, entry: str, rule: Rule) -> Plan:
    """Make this the only breathing reminder."""
    now = deps.now()
    async with deps.act() as act:
        person = await people.get(act.session, person_id)
        await planning.drop(act.session, person_id, ReminderKind.PRACTICE)
        await planning.add(act.session, person, ReminderKind.PRACTICE, entry, rule, now)
        found = await _plan(act.session, person, now, changed=True)
    deps.wake()
    return found


async def change(deps: Deps, person_id: int, reminder_id: int, rule: Rule) -> Plan | Refused:
    """Give one reminder another rule."""
    now = deps.now()
    async with deps.act() as act:
        person = await people.get(act.session, person_id)
        _nothing_expected(person)
        old = await reminders.find(act.session, reminder_id, person_id)
        if old is None and not act.repeated:
            return STALE
        if old is not None:
            await planning.change(act.session, person, old, rule, now)
        found = await _plan(act.session, person, now, changed=True)
    deps.wake()
    return found


async def remove(deps: Deps, person_id: int, reminder_id: int) -> Plan | Refused:
    """Remove one reminder."""
    now = deps.now()
    async with deps.act() as act:
        person = await people.get(act.session, person_id)
        old = await reminders.find(act.session, reminder_id, person_id)
        if old is None and not act.repeated:
            return STALE
        if old is not None:
            await planning.drop_one(act.session, old)
        return await _plan(act.session, person, now, changed=True)


async def off(deps: Deps, person_id: int, kind: ReminderKind) -> Plan:
    """Remove all reminders of a kind."""
    now = deps.now()
    async with deps.act() as act:
        person = await people.get(act.session, person_id)
        await planning.drop(act.session, person_id, kind)
        _nothing_expected(person)
        return await _plan(act.session, person, now, changed=True)


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
        return await _plan(act.session, person, deps.now())


async def set_zone(deps: Deps, person_id: int, zone: str) -> Plan:
    """Move the person to another zone; every reminder keeps its local time."""
    now = deps.now()
    async with deps.act() as act:
        person = await people.get(act.session, person_id)
        person.zone = zone
        if person.expecting is Expecting.ZONE:
            _expect_as_asked(person)
        await planning.replan(act.session, person, now)
        await act.session.flush()
        found = await _plan(act.session, person, now, changed=True)
    deps.wake()
    return found


def _nothing_expected(person: Person) -> None:
    """A typed schedule answers onboarding's question of the time too; others stay open."""
    if person.onboarding is Question.TIME:
        person.onboarding = Question.DONE
    _expect_as_asked(person)


def _expect_as_asked(person: Person) -> None:
    """Take the next free text as the answer to onboarding's open question, if there is one."""
    person.expecting, person.expecting_id = ANSWERED_BY_TEXT.get(person.onboarding), None


async def _plan(
    session: AsyncSession, person: Person, now: datetime, changed: bool = False
) -> Plan:
    lines = tuple(
        Line(row.id, row.kind, row.entry, load(row.rule))
        for row in await reminders.of_person(session, person.id)
    )
    next_at = await planning.next_told(session, person, now)
    return Plan(people.someone(person), lines, next_at, now, changed)
