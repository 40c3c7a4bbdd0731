"""What a person would do today: a routine planned for their gates, things, level and day."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.deps import Deps
from bot.domain.adaptation import Rung
from bot.domain.catalogue import Catalogue, Entry, Exercise, Item, Routine
from bot.domain.dose import Dose, Level
from bot.domain.equipment import missing, owned, swaps
from bot.domain.hurting import left_out
from bot.domain.local_time import day_span, local_day
from bot.domain.person import Screened, Someone
from bot.domain.plan import Known, Means, Page, Planned, dose_of, plan, seconds
from bot.domain.player import SessionKind, daily_key, expand, expand_entry, gates
from bot.domain.programme import Today
from bot.domain.progression import last_before_week_off, was_off
from bot.domain.session import Wanted, Why
from bot.domain.step import Step
from bot.services import gating, own, programmes
from db.models import Person
from db.queries import levels, people, sessions, sides
from db.queries.levels import Standing


@dataclass(frozen=True, slots=True)
class Made:
    """The steps of a session about to begin, and which day of a programme it is.

    `hurt` where something may be missing because it hurt today, `excluded` where something is left
    out for good; `means` are those of the person it was made for.
    """

    steps: tuple[Step, ...]
    day: int | None = None
    hurt: bool = False
    excluded: bool = False
    means: Means = field(default_factory=Means)
    rungs: tuple[Rung, ...] = ()

    @property
    def why_empty(self) -> Why:
        """Return why there are no steps."""
        if self.hurt:
            return Why.HURT
        return Why.LEFT_OUT if self.excluded else Why.NOTHING_LEFT


async def session(
    deps: Deps, session: AsyncSession, person: Person, wanted: Wanted, passed: Collection[str]
) -> Made:
    """Return what a session of `wanted` is made of; no steps where nothing of it can be done."""
    someone = people.someone(person)
    means = await means_of(deps, session, someone, passed)
    told: dict[str, Any] = {"hurt": bool(means.hurt), "means": means}
    if wanted.kind is not SessionKind.ROUTINE:
        entry = deps.catalogue.entry(wanted.key)
        assert entry is not None  # it was looked up before anything started
        level = wanted.level or Level.BEGINNER
        steps = _alone(entry, means, deps.catalogue, level)
        own = (alone(entry, means, level),) if isinstance(entry, Exercise) else ()
        return Made(steps, rungs=own, **told)
    routine = deps.catalogue.routines[wanted.key]
    number = await _day(deps, session, someone, routine)
    items = _items(deps.catalogue, routine, number, means, wanted.level)
    steps = expand(items)
    if steps and number and (note := routine.days[number - 1].note):
        both = " ".join(filter(None, (note, steps[0].note)))
        steps = (replace(steps[0], note=both), *steps[1:])
    written = {item.entry for item in deps.catalogue.items(routine, number)}
    told["excluded"] = not written.isdisjoint(means.excluded)
    return Made(steps, number, rungs=_rungs(items), **told)


async def rungs(
    deps: Deps, session: AsyncSession, person: Person, wanted: Wanted, day: int | None = None
) -> list[Rung]:
    """Return where a person stands with each exercise of what is wanted, in its order.

    At its level or as it is written, on this `day` of a programme, else on the one of today.
    """
    someone, catalogue = people.someone(person), deps.catalogue
    if wanted.kind in (SessionKind.EXERCISE, SessionKind.PRACTICE):
        means = await means_of(deps, session, someone, ())
        entry = catalogue.exercises.get(wanted.key)
        return [alone(entry, means, wanted.level or Level.BEGINNER)] if entry else []
    routine = catalogue.routines.get(wanted.key)
    if routine is None:
        return []
    number = day or await _day(deps, session, someone, routine)
    passed = await gating.open_ones(
        deps, session, person, replace(wanted, kind=SessionKind.ROUTINE)
    )
    means = await means_of(deps, session, someone, passed)
    return list(_rungs(_items(catalogue, routine, number, means, wanted.level)))


def _rungs(items: Iterable[Planned]) -> tuple[Rung, ...]:
    return tuple(rung for one in items if (rung := one.rung))


def alone(exercise: Exercise, means: Means, level: Level = Level.BEGINNER) -> Rung:
    """Return where a person stands with an exercise that is done on its own."""
    return means.rung(exercise, exercise.doses.get(level) or Dose(hold=1))


def written(exercise: Exercise, items: Iterable[Item], means: Means) -> list[Rung]:
    """Return where a person stands with an exercise, in each item and alone."""
    every = [one for item in items for one in (item, *item.otherwise)]
    doses = [dose_of(one, exercise) for one in every if one.entry == exercise.key]
    found = [means.rung(exercise, dose) for dose in doses if dose]
    return [*found, alone(exercise, means)]


async def items_of(
    deps: Deps, session: AsyncSession, person: Person, routine: Routine
) -> tuple[Item, ...]:
    """Return what is written in a routine, of a programme on the day that comes today."""
    number = await _day(deps, session, people.someone(person), routine)
    return deps.catalogue.items(routine, number)


async def page(deps: Deps, person_id: int, key: str, level: Level | None) -> Page | None:
    """Return a routine as it would be for this person today; None where there is none."""
    routine = deps.catalogue.routines.get(key)
    if routine is None:
        return None
    async with deps.read() as session:
        person = await people.get(session, person_id)
        someone = people.someone(person)
        today = await _today(deps, session, someone, routine)
        number = today.number if today else None
        wanted = Wanted(SessionKind.ROUTINE, key)
        passed, stopped = await gating.passed(deps, session, person, wanted)
        # Until the questions are answered the routine is shown as it is with all of them passed.
        passed = gates(routine, deps.catalogue) if stopped else passed
        means = await means_of(deps, session, someone, passed)
        gone = await own.missing(deps, session, person_id, key)
    gentle = someone.screened is Screened.APPLIES
    levels = (None, Level.BEGINNER) if gentle else (None, *Level)
    level = level if level in levels else None
    plans = {one: _items(deps.catalogue, routine, number, means, one) for one in levels}
    written = dict.fromkeys(one.entry for one in deps.catalogue.items(routine, number))
    return Page(
        routine=routine,
        level=level,
        items=plans[level],
        lengths={one: seconds(items) for one, items in plans.items()},
        day=number,
        again=today.again if today else None,
        daily=key == daily_key(deps.catalogue, someone),
        hurt=tuple(deps.catalogue.name_of(key) for key in written if key in means.hurt),
        excluded=tuple(deps.catalogue.name_of(key) for key in written if key in means.excluded),
        gone=tuple(map(deps.catalogue.name_of, gone)),
    )


def as_written(catalogue: Catalogue, key: str) -> Page | None:
    """Return a routine for somebody nobody knows: every thing there, every gate passed."""
    routine = catalogue.routines.get(key)
    if routine is None:
        return None
    means = Means(passed=catalogue.safety.gates, has=catalogue.things)
    number = 1 if routine.days else None
    items = plan(catalogue.items(routine, number), known(catalogue), means)
    return Page(
        routine=routine, level=None, items=items, lengths={None: seconds(items)}, day=number
    )


def known(catalogue: Catalogue) -> Known:
    """Return the part of a catalogue that plans are made from."""
    return Known(entries=catalogue.entries, things=catalogue.things)


def doable(entry: Entry, someone: Someone, catalogue: Catalogue) -> bool:
    """Return whether a person can do an entry with what they have."""
    has = owned(catalogue.things, someone.things)
    return not isinstance(entry, Exercise) or missing(entry.equipment, has) is None


def _alone(entry: Entry, means: Means, catalogue: Catalogue, level: Level) -> tuple[Step, ...]:
    """Return the steps of one entry; one that hurt today, or lacks a thing, has none."""
    equipment = entry.equipment if isinstance(entry, Exercise) else ()
    if entry.key in means.hurt or missing(equipment, means.has):
        return ()
    told = swaps(equipment, means.has, catalogue.things)
    notches = alone(entry, means, level).reached if isinstance(entry, Exercise) else 0
    return expand_entry(entry, level, told, means.stiffer, notches)


def _items(
    catalogue: Catalogue,
    routine: Routine,
    number: int | None,
    means: Means,
    level: Level | None,
) -> tuple[Planned, ...]:
    means = replace(means, gentle=means.gentle or routine.gentle)
    return plan(catalogue.items(routine, number), known(catalogue), means, level)


async def means_of(
    deps: Deps, session: AsyncSession, someone: Someone, passed: Collection[str]
) -> Means:
    """Return what of a person decides what they do on this day of theirs."""
    today = local_day(deps.now(), someone.zone, someone.day_end)
    told = day_span(today, someone.zone, someone.day_end)
    wishes = await levels.wishes(session, someone.id)
    found = await levels.standings(session, someone.id)
    return Means(
        passed=passed,
        has=owned(deps.catalogue.things, someone.things),
        gentle=someone.screened is Screened.APPLIES,
        hurt=left_out(await sessions.hurt_in(session, someone.id, *told), deps.catalogue.entries),
        stiffer=await sides.stiffer(session, someone.id),
        notches={entry: one.notches for entry, one in found.items()},
        most=None if someone.screened is Screened.NONE else 0,
        rested=await _rested(session, someone, found, today),
        excluded=frozenset(one.entry for one in wishes if one.excluded),
        swapped={one.entry: one.instead for one in wishes if one.instead},
    )


async def _rested(
    session: AsyncSession, someone: Someone, found: Mapping[str, Standing], today: date
) -> frozenset[str]:
    """Return of what there is a notch less after a week off that the ledger does not tell yet.

    Nothing is raised, and so nothing taken back, while something in the screening may apply.
    """
    raised = [entry for entry, one in found.items() if one.notches > 0]
    if not raised or someone.screened is not Screened.NONE:
        return frozenset()
    before = last_before_week_off([*await levels.days_done(session, someone.id), today])
    if before is None:
        return frozenset()

    def settled(at: datetime | None) -> bool:  # once for each week off, not again once refused
        return at is not None and was_off(before, local_day(at, someone.zone, someone.day_end))

    return frozenset(entry for entry in raised if not settled(found[entry].settled_at))


async def _today(
    deps: Deps, session: AsyncSession, someone: Someone, routine: Routine
) -> Today | None:
    day = local_day(deps.now(), someone.zone, someone.day_end)
    return await programmes.today(session, someone, routine, day)


async def _day(deps: Deps, session: AsyncSession, someone: Someone, routine: Routine) -> int | None:
    today = await _today(deps, session, someone, routine)
    return today.number if today else None
