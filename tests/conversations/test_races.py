"""Things that happen at once, clocks that jump, and zones by an older name: all end consistent."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from structlog.testing import capture_logs
from structlog.types import EventDict

from sandbox.person import Person
from tests.conftest import START, House, Walk
from tests.conversations.test_personal_data import rows_about

NUDGE = "12 minutes"


@pytest.fixture(autouse=True)
def logs() -> Iterator[list[EventDict]]:
    """What is logged; at the end none of it may be an error."""
    with capture_logs() as lines:
        yield lines
    assert [line for line in lines if line["log_level"] in ("error", "critical")] == []


async def begins(person: Person, onboarded: Walk) -> None:
    """Walk a person to the first step of their routine."""
    await onboarded(person)
    await person.send("/today")
    await person.sees("1/")


def next_at(house: House) -> datetime:
    """Return when the next reminder of anybody is due."""
    with house.stored() as database:
        moment = database.value("select min(next_at) from reminder")
    return datetime.fromisoformat(moment).replace(tzinfo=UTC)


async def test_deleted_in_the_middle_of_a_step(house: House, ana: Person, onboarded: Walk) -> None:
    """Steps tapped around a deletion leave no row about the person, whichever comes first."""
    await begins(ana, onboarded)
    step = ana.screen
    await ana.send("/delete")
    await ana.sees("for good")
    taps = [await ana.tap("Done", on=step)]
    await ana.tap("Delete everything")
    taps += [await ana.tap("Done", on=step), await ana.tap("How?", on=step)]
    await ana.sees("is deleted")
    answers = [(await tap.answer()).text for tap in taps]
    await house.settled()
    assert answers[0] == ""
    assert all("no longer applies" in answer for answer in answers[1:])
    assert rows_about(house, ana.id) == []


@pytest.mark.parametrize("method", ["editMessageMedia", "answerCallbackQuery"])
async def test_deleted_while_an_answer_is_held_up(
    house: House, ana: Person, onboarded: Walk, method: str
) -> None:
    """A deletion that waits behind a held-up step leaves no row either."""
    await begins(ana, onboarded)
    step = ana.screen
    await ana.send("/delete")
    await ana.sees("for good")
    house.telegram.faults.next(method, delay=0.4)
    await ana.tap("Done", on=step)
    await ana.tap("Delete everything")
    await ana.sees("is deleted")
    await house.settled()
    assert rows_about(house, ana.id) == []


async def test_blocked_in_the_middle(house: House, ana: Person, onboarded: Walk) -> None:
    """Blocked while a step is tapped, the tap counts, nothing more comes; /start goes on there."""
    await begins(ana, onboarded)
    house.telegram.faults.next("editMessageMedia", delay=0.2, status=403)
    await ana.tap("Done")
    await ana.block()
    await house.settled()
    assert ana.screen.text.startswith("1/")
    await ana.send("/start")
    await ana.sees("Welcome back")
    await ana.send("/today")
    await ana.sees("in the middle of")
    await ana.tap("Continue")
    await ana.sees("2/")


async def test_two_taps_on_two_messages(house: House, ana: Person, onboarded: Walk) -> None:
    """Start tapped on a reminder while /today is on its way makes one session."""
    await onboarded(ana)
    house.clock.push(minutes=30)
    reminder = await ana.sees(NUDGE)
    await ana.send("/today")
    await ana.tap("Start", on=reminder)
    await ana.tap("Not today", on=reminder)
    await house.settled()
    with house.stored() as database:
        active = database.value("select count(*) from session where state = 'active'")
    assert active == 1


async def test_the_clock_jumps(house: House, ana: Person, onboarded: Walk) -> None:
    """Whichever way the clock jumps, no due moment is told of twice, and the bot goes on."""
    await onboarded(ana)
    for days in (0, 3, -2, 1, -1, 5):
        house.clock.push(days=days)
        house.clock.set(house.clock.now().replace(hour=6, minute=30))
        await house.settled()
    house.clock.set(START + timedelta(days=12, minutes=30))
    await ana.sees(NUDGE)
    await house.settled()
    with house.stored() as database:
        told = database.rows("select due_at from occurrence where sent_at is not null")
        moments = [row[0] for row in told]
    assert len(moments) == len(set(moments)) > 2


@pytest.mark.parametrize("zone", ["Asia/Calcutta", "Europe/Kiev", "US/Eastern", "GB", "UTC"])
async def test_zones_by_another_name(house: House, ana: Person, onboarded: Walk, zone: str) -> None:
    """A zone stored under a name that has a newer one is understood everywhere."""
    await onboarded(ana, zone="UTC")
    with house.stored() as database:
        database.change("update person set zone = ? where id = ?", zone, ana.id)
    for typed, words in (
        ("/settings", "zone"),
        ("/timezone", "zone"),
        ("/schedule 9:00", "09:00"),
        ("/start", "Welcome back"),
        ("/today", "1/"),
    ):
        await ana.send(typed)
        await ana.sees(words)
    await ana.tap("Stop")
    await ana.sees("stopped here")
    house.clock.set(next_at(house))
    await ana.sees(NUDGE)
