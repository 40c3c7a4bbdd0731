"""What is typed about a reminder by its number, about one moment, and about the last change."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest

from bot.domain.schedule import Rule
from bot.domain.wishes import Change, Move, Pause, Remove, Resume, Undo
from bot.handlers import schedule
from sandbox.person import Person
from tests.conftest import START, House, Walk
from tests.conversations.test_moving import coming, wait_until
from tests.conversations.test_schedule import listed, plan
from tests.conversations.wordings import reminded_at

WEDNESDAY = date(2026, 3, 4)

# What the grammar makes of each line is its own test; here is what is done then.
WISHES = {
    "change 2": Change(2, (Rule((time(20),)),)),
    "change both": Change(1, (Rule((time(6),)), Rule((time(9),), frozenset({5, 6})))),
    "change 3": Change(3, (Rule((time(20),)),)),
    "change 1 to many": Change(1, tuple(Rule((time(hour),)) for hour in range(10))),
    "remove 1": Remove(1),
    "remove 0": Remove(0),
    "remove 9": Remove(9),
    "pause 2": Pause(2),
    "resume 2": Resume(2),
    "at 9": Move(time(9), None),
    "at 6:30": Move(time(6, 30), None),
    "at 7:30": Move(time(7, 30), None),
    "tomorrow 9": Move(time(9), START.date() + timedelta(days=1)),
    "tomorrow 22": Move(time(22), START.date() + timedelta(days=1)),
    "wednesday 9": Move(time(9), WEDNESDAY),
    "yesterday": Move(time(9), START.date() - timedelta(days=1)),
    "undo": Undo(),
}


@pytest.fixture
async def two(
    house: House, ana: Person, onboarded: Walk, monkeypatch: pytest.MonkeyPatch
) -> Person:
    """Somebody with two reminders, whose lines are read as named above."""
    await onboarded(ana)
    await ana.send("/schedule add 21:00")
    await ana.sees("2. ")
    monkeypatch.setattr(schedule, "parse_schedule", lambda text, *_: WISHES[text])
    return ana


async def says(person: Person, typed: str, words: str) -> list[str]:
    """Type a line, see the words, and return the reminders as they then are."""
    await person.send(f"/schedule {typed}")
    await person.sees(words)
    return await plan(person)


async def test_by_number(house: House, two: Person) -> None:
    """A reminder is changed, paused, resumed and removed by its number; each can be undone."""
    seven, nine = "Routine: 07:30 · every day", "Routine: 21:00 · every day"
    assert await says(two, "change 2", "in place of") == [seven, "Routine: 20:00 · every day"]
    assert await says(two, "undo", "Undone") == [seven, nine]
    assert await says(two, "pause 2", "rests") == [seven, "⏸️ Routine: 21:00 · every day (paused)"]
    assert await says(two, "pause 2", "like that already")
    assert await says(two, "resume 2", "is back") == [seven, nine]
    assert await says(two, "remove 1", "Removed:\n• 07:30") == [nine]
    assert await says(two, "undo", "Undone") == [seven, nine]
    assert await says(two, "undo", "nothing to undo") == [seven, nine]


async def test_several_rules(house: House, two: Person) -> None:
    """One reminder becomes several where its days have times of their own."""
    found = await says(two, "change both", "in place of")
    assert found == [
        "Routine: 06:00 · every day",
        "Routine: 21:00 · every day",
        "Routine: 09:00 · Saturday and Sunday",
    ]


@pytest.mark.parametrize("typed", ["change 3", "remove 0", "remove 9"])
async def test_no_such_number(house: House, two: Person, typed: str) -> None:
    """A number that the list does not have is said, and nothing is changed."""
    before = await plan(two)
    assert await says(two, typed, "There is no reminder number") == before


async def test_too_many(house: House, two: Person) -> None:
    """A line that would make more than ten reminders is refused and changes nothing."""
    before = await plan(two)
    assert await says(two, "change 1 to many", "as many as I keep") == before


async def test_move_the_next(house: House, two: Person) -> None:
    """Without a day the next moment moves, on its own day."""
    await says(two, "at 9", "from today at 07:30 to today at 09:00")
    assert (await coming(two))[0] == "today 09:00 (moved), 21:00"
    await wait_until(house, START + timedelta(hours=5))
    assert reminded_at(two) == [START + timedelta(hours=2)]


async def test_move_on_a_day(house: House, two: Person) -> None:
    """With a day its moment nearest to the new time moves; those before it come as planned."""
    await says(two, "tomorrow 9", "from tomorrow at 07:30 to tomorrow at 09:00")
    await says(two, "tomorrow 22", "from tomorrow at 21:00 to tomorrow at 22:00")
    await says(two, "wednesday 9", "from Wed, 4 Mar at 07:30 to Wed, 4 Mar at 09:00")
    assert (await coming(two))[:3] == [
        "today 07:30, 21:00",
        "tomorrow 09:00 (moved), 22:00 (moved)",
        "Wed, 4 Mar 09:00 (moved), 21:00",
    ]
    await wait_until(house, START + timedelta(days=2, hours=4))
    shown = [f"{moment + timedelta(hours=1):%d %H:%M}" for moment in reminded_at(two)]
    assert shown == ["02 07:30", "02 21:00", "03 09:00", "03 22:00", "04 09:00"]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("at 6:30", "That time is over"),
        ("at 7:30", "It comes at that time anyway"),
        ("yesterday", "Nothing is planned on that day"),
    ],
)
async def test_no_move(house: House, two: Person, typed: str, words: str) -> None:
    """A move into the past or onto an empty day is a clear sentence and changes nothing."""
    before = await coming(two)
    await says(two, typed, words)
    assert await coming(two) == before


async def test_nothing_to_move(house: House, two: Person) -> None:
    """Where nothing is planned a move says so."""
    await two.send("/pause")
    await two.sees("paused")
    await says(two, "at 9", "Nothing is planned, so nothing was moved")


async def test_undo_then_list(house: House, two: Person) -> None:
    """Undo is typed after whatever was changed last; the list that it shows is the one before."""
    await two.send("/schedule remove 1")
    await two.sees("Removed")
    await two.send("/schedule undo")
    assert len(listed(await two.sees("Undone"))) == 2
