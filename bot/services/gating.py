"""Safety gates: which are passed, which question comes next, and the day after a beat was felt."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.deps import Deps
from bot.domain import player
from bot.domain.catalogue import Catalogue
from bot.domain.local_time import local_day
from bot.domain.person import Someone
from bot.domain.player import SessionKind
from bot.domain.safety import Gate
from bot.domain.session import GateAsked, GateClosed, Wanted
from db.models import Person
from db.queries import gates, people

Stopped = GateAsked | GateClosed


async def passed(
    deps: Deps, session: AsyncSession, person: Person, wanted: Wanted
) -> tuple[frozenset[str], Stopped | None]:
    """Return the gates that are passed, and what stands before `wanted` where one is not.

    A routine goes on without what a closed gate guards; alone, that is not begun.
    """
    alone = wanted.kind is not SessionKind.ROUTINE
    open_gates = set[str]()
    for key in sorted(_gates_of(deps.catalogue, wanted)):
        gate = deps.catalogue.safety.gates[key]
        found = await given(session, person, gate, deps.now())
        if await closed_today(session, person, key, deps.now()):
            if alone:
                return frozenset(open_gates), GateClosed(key, wanted, pulse=True)
        elif any(found.values()):
            if alone:
                return frozenset(open_gates), GateClosed(key, wanted)
        elif question := gate.open_question(found):
            asked = GateAsked(key, question, len(gate.questions), wanted)
            return frozenset(open_gates), asked
        else:
            open_gates.add(key)
    return frozenset(open_gates), None


async def open_ones(
    deps: Deps, session: AsyncSession, person: Person, wanted: Wanted
) -> frozenset[str]:
    """Return the gates that are passed; one with a question left is closed; nothing is asked."""
    found = set[str]()
    for key in _gates_of(deps.catalogue, wanted):
        gate = deps.catalogue.safety.gates[key]
        answers = await given(session, person, gate, deps.now())
        asks = any(answers.values()) or gate.open_question(answers)
        if not asks and not await closed_today(session, person, key, deps.now()):
            found.add(key)
    return frozenset(found)


async def given(
    session: AsyncSession, person: Person, gate: Gate, now: datetime
) -> dict[int, bool]:
    """Return the answers to a gate that are fresh enough, by question number.

    An answer to a question that has been worded anew since is none.
    """
    since = now - timedelta(days=gate.days)
    found = await gates.answers(session, person.id, gate.key, since)
    return {number: yes for number, (asked, yes) in found.items() if asked == gate.digest(number)}


async def closed_today(session: AsyncSession, person: Person, gate: str, now: datetime) -> bool:
    """Return whether a beat was felt on this day of the person's: nothing is pressed again."""
    someone = people.someone(person)
    at = await gates.closed_at(session, person.id, gate)
    return at is not None and _day(at, someone) == _day(now, someone)


def _day(moment: datetime, someone: Someone) -> date:
    return local_day(moment, someone.zone, someone.day_end)


def _gates_of(catalogue: Catalogue, wanted: Wanted) -> frozenset[str]:
    if wanted.kind is SessionKind.ROUTINE:
        return player.gates(catalogue.routines[wanted.key], catalogue)
    entry = catalogue.entry(wanted.key)
    return frozenset({entry.gate} if entry and entry.gate else ())
