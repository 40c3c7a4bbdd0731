"""Reminders and the time zone, by button and by typing; nothing that was set is ever lost."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from sandbox.message import Message
from sandbox.person import Person
from tests.conftest import House, Walk
from tests.conversations.wordings import nudged, reminded_at

EMERGENCY = "numb between my legs"
EMERGENCY_SCRIPT = "Call your local emergency number"


def listed(message: Message) -> list[str]:
    """Return the numbered reminders of a schedule, without their numbers."""
    lines = [line.partition(". ") for line in message.text.split("\n")]
    return [text for number, _, text in lines if number.isdigit()]


async def plan(person: Person) -> list[str]:
    """Return the reminders that /schedule shows."""
    await person.send("/schedule")
    return listed(await person.sees("Times are for"))


async def test_show(ana: Person, onboarded: Walk) -> None:
    """/schedule shows each reminder, the next one, the zone, and buttons to change them."""
    await onboarded(ana)
    await ana.send("/schedule")
    shown = await ana.sees("07:30 · every day")
    days = [line.partition(" ")[0] for line in shown.text.split("Next\n")[1].split("\n")[:7]]
    assert days == ["today", "tomorrow", "Wed,", "Thu,", "Fri,", "Sat,", "Sun,"]
    assert "today 07:30" in shown.text
    assert "Berlin, where it is 07:00 now" in shown.text
    labels = " ".join(label for row in shown.buttons for label, _ in row)
    assert all(word in labels for word in ("Change 1", "Remove 1", "More 1", "Add a reminder"))


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("07:30", "07:30 · every day"),
        ("7.30 pm mon wed fri", "19:30 · Mon, Wed, and Fri"),
        ("weekdays 06:45", "06:45 · Monday to Friday"),
        ("7", "07:00 · every day"),
        ("07.30", "07:30 · every day"),
        ("19h30", "19:30 · every day"),
        ("noon weekends", "12:00 · Saturday and Sunday"),
        ("7:00 and 19:00", "07:00 and 19:00 · every day"),
    ],
)
async def test_typed(ana: Person, onboarded: Walk, typed: str, expected: str) -> None:
    """A typed schedule replaces the daily reminder and is said back."""
    await onboarded(ana, at="23:00")
    await ana.send(f"/schedule {typed}")
    saved = await ana.sees("Saved")
    assert [line.replace("\u202f", " ") for line in listed(saved)] == [f"Routine: {expected}"]


async def test_add_and_off(house: House, ana: Person, onboarded: Walk) -> None:
    """Typed "add" adds, "off" removes all of the routine, and then nothing comes."""
    await onboarded(ana)
    await ana.send("/schedule add 21:00")
    assert len(listed(await ana.sees("21:00"))) == 2
    await ana.send("/breathe at 22:00")
    assert len(listed(await ana.sees("22:00"))) == 3
    await ana.send("/schedule off")
    left = listed(await ana.sees("Saved"))
    assert len(left) == 1
    assert "22:00" in left[0]
    for _ in range(8):
        house.clock.push(hours=3)
        await house.settled()
    assert not reminded_at(ana)


async def test_add_by_button(house: House, ana: Person, onboarded: Walk) -> None:
    """Add asks for a time, takes it as typed, and the new reminder comes at its minute."""
    await onboarded(ana)
    await ana.send("/schedule")
    await ana.sees("07:30")
    await ana.tap("Add a reminder")
    await ana.sees("At what time")
    await ana.send("7:15 weekdays")
    assert len(listed(await ana.sees("07:15 · Monday to Friday"))) == 2
    house.clock.push(minutes=15)
    await nudged(house, ana)
    assert reminded_at(ana) == [datetime(2026, 3, 2, 6, 15, tzinfo=UTC)]


async def test_change_by_button(house: House, ana: Person, onboarded: Walk) -> None:
    """Change gives one reminder another time; the others and the old time are as expected."""
    await onboarded(ana)
    await ana.send("/schedule add 21:00")
    await ana.sees("21:00")
    await ana.tap("Change 1")
    await ana.sees("At what time")
    await ana.send("8:00")
    assert sorted(listed(await ana.sees("Saved"))) == [
        "Routine: 08:00 · every day",
        "Routine: 21:00 · every day",
    ]
    house.clock.push(minutes=59)
    await house.settled()
    assert not reminded_at(ana)
    house.clock.push(minutes=1)
    await nudged(house, ana)


async def test_remove_by_button(house: House, ana: Person, onboarded: Walk) -> None:
    """Remove takes one reminder away; its old buttons then change nothing."""
    await onboarded(ana)
    await ana.send("/schedule add 21:00")
    first = await ana.sees("21:00")
    buttons = {label: data for row in first.buttons for label, data in row}
    await ana.tap("Remove 1")
    assert listed(await ana.sees("Saved")) == ["Routine: 21:00 · every day"]
    for word in ("Remove 1", "Change 1"):
        data = next(data for label, data in buttons.items() if word in label)
        tap = await ana.tap(word, data=data)
        assert "no longer applies" in (await tap.answer()).text, word
    await ana.tap("Remove 1")
    await ana.sees("You have no reminders")
    assert await plan(ana) == []


@pytest.mark.parametrize(
    "typed", ["25:00", "sometimes", "mon wed", "9-18", "<b>&", "07:30 blah", "7:30 " * 60]
)
async def test_nonsense(ana: Person, onboarded: Walk, typed: str) -> None:
    """What cannot be understood gets an example and leaves the reminders as they were."""
    await onboarded(ana)
    before = await plan(ana)
    await ana.send(f"/schedule {typed}")
    if typed.startswith("7:30 "):  # the same time over and over is one time
        await ana.sees("Saved")
    else:
        answer = await ana.sees("Nothing was changed")
        assert "/schedule 7.30 pm mon wed fri" in answer.text
    assert await plan(ana) == before


async def test_nonsense_keeps_the_question_open(ana: Person, onboarded: Walk) -> None:
    """Nonsense as the answer to "at what time?" gets an example; the next text is still taken."""
    await onboarded(ana)
    await ana.send("/schedule add 21:00")
    await ana.sees("21:00")
    await ana.tap("Change 2")
    await ana.sees("At what time")
    await ana.send("25:00")
    await ana.sees("Type a time like")
    await ana.send("20:15")
    changed = await ana.sees("Saved")
    assert listed(changed) == ["Routine: 07:30 · every day", "Routine: 20:15 · every day"]


async def test_question_keeps_the_question_open(ana: Person, onboarded: Walk) -> None:
    """A question typed where a time is expected is answered; the next text is the time."""
    await onboarded(ana)
    await ana.send("/schedule")
    await ana.sees("07:30")
    await ana.tap("Add a reminder")
    await ana.sees("At what time")
    await ana.send("how do I do the bird dog?")
    await ana.sees("Bird dog")
    await ana.send("21:00")
    assert len(listed(await ana.sees("Saved"))) == 2


async def test_safety_before_an_open_question(ana: Person, onboarded: Walk) -> None:
    """Words of a warning sign are answered as such, whatever else is expected."""
    await onboarded(ana)
    await ana.send("/schedule")
    await ana.sees("07:30")
    await ana.tap("Add a reminder")
    await ana.sees("At what time")
    await ana.send(EMERGENCY)
    await ana.sees(EMERGENCY_SCRIPT)
    await ana.send("21:00")
    assert len(listed(await ana.sees("Saved"))) == 2


@pytest.mark.parametrize("state", ["zone", "time"])
async def test_safety_during_onboarding(house: House, ana: Person, state: str) -> None:
    """Words of a warning sign are answered as such in the middle of onboarding; it goes on."""
    await ana.send("/start")
    await ana.sees("Welcome")
    for button in ("I understand", "None of these", *(["Later"] if state == "time" else [])):
        await ana.tap(button)
        await house.settled()
    await ana.send(EMERGENCY)
    await ana.sees(EMERGENCY_SCRIPT)
    await ana.send("Berlin" if state == "zone" else "07:30")
    await ana.sees("right?" if state == "zone" else "What do you have")


async def test_same_reminder_twice(house: House, ana: Person, onboarded: Walk) -> None:
    """The same reminder added again is still one reminder, and comes once."""
    await onboarded(ana)
    await ana.send("/schedule add 7:30")
    assert len(listed(await ana.sees("like that already"))) == 1
    await ana.send("/schedule add 07.30 every day")
    assert len(listed(await ana.sees("like that already"))) == 1
    house.clock.push(minutes=31)
    await house.settled()
    assert len(reminded_at(ana)) == 1


async def test_another_persons_reminders(house: House, ana: Person, onboarded: Walk) -> None:
    """Nobody changes or removes another person's reminder, not even with its exact data."""
    await onboarded(ana)
    ben = await onboarded(house.person(1002, "Ben"), at="20:00")
    await ana.send("/schedule")
    shown = await ana.sees("07:30")
    for word in ("Change 1", "Remove 1"):
        data = next(data for row in shown.buttons for label, data in row if word in label)
        tap = await ben.tap(word, data=data)
        assert "no longer applies" in (await tap.answer()).text, word
    await ben.send("21:00")  # a question of ours is not open: nothing is taken as a time
    await ben.sees("I don't know that one")
    assert await plan(ana) == ["Routine: 07:30 · every day"]
    assert await plan(ben) == ["Routine: 20:00 · every day"]
    await ben.send("/schedule off")
    await ben.sees("You have no reminders")
    assert await plan(ana) == ["Routine: 07:30 · every day"]


@pytest.mark.parametrize(
    "data",
    [
        "rc:0",
        "rc:424242",
        "rr:999999999999999999",
        "rr:-1",
        "rr:1 or 1=1",
        "rc:",
        "ra:1",
        "at:9999",
        "at:noon",
        "at:",
        "oz:1:10",
        "oz:1:999999999999999999",
        "on:1",
        "os:7",
        "later:safety",
        "later:screening",
        "later:done",
        "zok:1",
        "zok:2",
        "scr:maybe",
        "zone:../../etc/passwd",
        "zone:Mars/Base",
        "page:nowhere",
        "rt:nothing",
        "lang:tlh",
        "do:nothing",
        "cont:9",
        "over:9:routine:daily-psoas-12",
        "felt:9:easy",
        "gate:nothing:1:0:routine:daily-psoas-12",
        "gate:release:99:0:exercise:psoas-self-release",
        "again:nothing:routine:daily-psoas-12",
        "c:nothing:how",
    ],
)
async def test_forged_data(ana: Person, onboarded: Walk, data: str) -> None:
    """Made-up callback data is answered with a refusal and changes nothing."""
    await onboarded(ana)
    before = len(ana.messages), ana.screen.text
    tap = await ana.tap("", data=data)
    answer = (await tap.answer()).text
    assert "no longer" in answer, data
    assert (len(ana.messages), ana.screen.text) == before
    assert await plan(ana) == ["Routine: 07:30 · every day"]


@pytest.mark.parametrize("minutes", ["0", "11", "525600", "99999999999999999"])
async def test_forged_snooze(house: House, ana: Person, onboarded: Walk, minutes: str) -> None:
    """A reminder is put off by the minutes of its buttons only."""
    await onboarded(ana)
    house.clock.push(minutes=30)
    reminder = await nudged(house, ana)
    real = next(data for row in reminder.buttons for _, data in row if data.endswith(":10"))
    tap = await ana.tap("", data=real.removesuffix("10") + minutes)
    assert "no longer applies" in (await tap.answer()).text
    await ana.tap("Snooze 10 min")
    await ana.sees("Snoozed until 07:40")


@pytest.mark.parametrize("data", ["later:safety", "later:screening", "later:zone_check"])
async def test_safety_note_cannot_be_put_off(ana: Person, data: str) -> None:
    """The safety note and the screening question have no Later, not even a forged one."""
    await ana.send("/start")
    await ana.sees("Welcome")
    if data == "later:screening":
        await ana.tap("I understand")
        await ana.sees("apply")
    question = ana.screen.text
    tap = await ana.tap("Later", data=data)
    assert "no longer applies" in (await tap.answer()).text
    assert ana.screen.text == question


async def test_schedule_in_the_middle_of_onboarding(house: House, ana: Person) -> None:
    """A schedule typed before the zone is asked for loses neither: the zone can still be typed."""
    await ana.send("/start")
    await ana.sees("Welcome")
    await ana.tap("I understand")
    await ana.sees("apply")
    await ana.tap("None of these")
    await ana.sees("Where is your clock")
    await ana.send("/schedule 07:30")
    await ana.sees("Saved")
    await ana.send("Berlin")
    await ana.sees("it is 07:00 for you now, right?")


async def test_many_reminders(house: House, ana: Person, onboarded: Walk) -> None:
    """Ten reminders of 24 times each fit into one message; one more is refused with a sentence."""
    await onboarded(ana)
    for number in range(12):
        await ana.send("/schedule add " + " ".join(f"{hour}:{number:02}" for hour in range(24)))
    full = await ana.sees("as many as I keep", timeout=20)
    assert len(listed(full)) == 10
    await house.settled()
    await ana.tap("Remove 2")
    await ana.sees("Saved")
    await ana.send("/schedule add 21:30")
    assert "21:30" in (await ana.sees("Saved")).text


async def test_a_changed_reminder_keeps_its_place(
    house: House, ana: Person, onboarded: Walk
) -> None:
    """Changing the first of two reminders leaves it the first; made equal, they become one."""
    await onboarded(ana)
    await ana.send("/schedule add 21:00")
    await ana.sees("2. ")
    await ana.tap("Change 1")
    await ana.sees("At what time")
    await ana.send("22:00")
    assert listed(await ana.sees("Saved")) == [
        "Routine: 22:00 · every day",
        "Routine: 21:00 · every day",
    ]
    await ana.tap("Change 1")
    await ana.sees("At what time")
    await ana.send("21:00")
    assert listed(await ana.sees("Saved")) == ["Routine: 21:00 · every day"]


async def test_a_pause_is_told_in_the_schedule(house: House, ana: Person, onboarded: Walk) -> None:
    """While reminders are paused without end, the schedule says so."""
    await onboarded(ana)
    await ana.send("/pause")
    await ana.sees("paused until you bring them back")
    await ana.send("/schedule")
    await ana.sees("Reminders are paused")
