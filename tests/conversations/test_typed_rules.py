"""Rules of every kind, typed and said back, after /schedule and after /breathe."""

from __future__ import annotations

import pytest

from sandbox.person import Person
from tests.conftest import Walk
from tests.conversations.test_schedule import listed, plan


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("mon-fri 06:45, sat sun 9", ["06:45 · Monday to Friday", "09:00 · Saturday and Sunday"]),
        ("every 90 min 9-17", ["every 90 minutes, 09:00 to 17:00 · every day"]),
        ("3 times between 9 and 18", ["3 times at random, 09:00 to 18:00 · every day"]),
        ("every other day 7", ["07:00 · every 2 days from Mon, 2 Mar"]),
        ("every 2 weeks on tue 8", ["08:00 · every 2 weeks on Tue from Tue, 3 Mar"]),
        ("7 until 24 mar", ["07:00 · every day until Tue, 24 Mar"]),
    ],
)
async def test_said_back_and_typed_again(
    ana: Person, onboarded: Walk, typed: str, shown: list[str]
) -> None:
    """A rule of any kind is said back in words, and these words set the same rule."""
    await onboarded(ana)
    expected = [f"Routine: {rule}" for rule in shown]
    await ana.send(f"/schedule {typed}")
    assert listed(await ana.sees("Saved")) == expected
    await ana.send("/schedule off")
    await ana.sees("no reminders")
    for rule in shown:
        await ana.send(f"/schedule add {rule}")
        await ana.sees(rule)
    assert await plan(ana) == expected


async def test_breathing_line_by_line(ana: Person, onboarded: Walk) -> None:
    """Breathing reminders are added, changed, rested, removed and brought back by typing too."""
    await onboarded(ana)
    await ana.send("/breathe at 10:00")
    assert len(listed(await ana.sees("Saved"))) == 2
    await ana.send("/breathe add 15:00")
    lines = listed(await ana.sees("15:00"))
    assert [line.partition(": ")[2] for line in lines] == [
        "07:30 · every day",
        "10:00 · every day",
        "15:00 · every day",
    ]
    await ana.send("/breathe pause 3")
    await ana.sees("rests")
    await ana.send("/breathe remove 2")
    await ana.sees("Removed")
    await ana.send("/breathe undo")
    assert len(listed(await ana.sees("Undone"))) == 3


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("weekdays 7:30, mon 9", "one day has two rules"),
        ("mon-fri 7, sat 9 until 24 mar", "Which times on which days?"),
        ("wed 7 until tuesday", "no such day is left"),
        ("7 until 2099-01-01", "too far away"),
        ("for 9999 weeks 7", "too far away"),
    ],
)
async def test_what_is_not_plain(ana: Person, onboarded: Walk, typed: str, said: str) -> None:
    """What may mean two things, or would never come, is told apart and changes nothing."""
    await onboarded(ana)
    await ana.send(f"/schedule {typed}")
    assert said in (await ana.sees("Nothing was changed")).text
    assert await plan(ana) == ["Routine: 07:30 · every day"]
