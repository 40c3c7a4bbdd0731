"""Reminders and the time zone, by button and by typing; nothing that was set is ever lost."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from sandbox.message import Message
from sandbox.person import Person
from tests.conftest import House, Walk

NUDGE = "minutes, one step at a time"
EMERGENCY = "numb between my legs"
EMERGENCY_SCRIPT = "Call your local emergency number"


def reminded_at(person: Person) -> list[datetime]:
    """Return when the person was reminded of the routine."""
    return [message.date for message in person.messages if NUDGE in message.text]


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
    assert "today at 07:30" in shown.text
    assert "Berlin, where it is 07:00 now" in shown.text
    labels = " ".join(label for row in shown.buttons for label, _ in row)
    assert all(word in labels for word in ("Change 1", "Remove 1", "Add a reminder"))


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
    assert [line.replace("\u202f", " ") for line in listed(saved)] == [f"Daily routine: {expected}"]


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
    await ana.sees(NUDGE)
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
        "Daily routine: 08:00 · every day",
        "Daily routine: 21:00 · every day",
    ]
    house.clock.push(minutes=59)
    await house.settled()
    assert not reminded_at(ana)
    house.clock.push(minutes=1)
    await ana.sees(NUDGE)


async def test_remove_by_button(house: House, ana: Person, onboarded: Walk) -> None:
    """Remove takes one reminder away; its old buttons then change nothing."""
    await onboarded(ana)
    await ana.send("/schedule add 21:00")
    first = await ana.sees("21:00")
    buttons = {label: data for row in first.buttons for label, data in row}
    await ana.tap("Remove 1")
    assert listed(await ana.sees("Saved")) == ["Daily routine: 21:00 · every day"]
    for word in ("Remove 1", "Change 1"):
        data = next(data for label, data in buttons.items() if word in label)
        tap = await ana.tap(word, data=data)
        assert "no longer applies" in (await tap.answer()).text, word
    await ana.tap("Remove 1")
    await ana.sees("You have no reminders")
    assert await plan(ana) == []


@pytest.mark.parametrize(
    "typed", ["25:00", "sometimes", "mon wed", "every 2h 9-18", "<b>&", "07:30 blah", "7:30 " * 60]
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
    assert "20:15" in changed.text
    assert "21:00" not in changed.text


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
    assert len(listed(await ana.sees("Saved"))) == 1
    await ana.send("/schedule add 07.30 every day")
    assert len(listed(await ana.sees("Saved"))) == 1
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
    assert await plan(ana) == ["Daily routine: 07:30 · every day"]
    assert await plan(ben) == ["Daily routine: 20:00 · every day"]
    await ben.send("/schedule off")
    await ben.sees("You have no reminders")
    assert await plan(ana) == ["Daily routine: 07:30 · every day"]


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
    assert await plan(ana) == ["Daily routine: 07:30 · every day"]


@pytest.mark.parametrize("minutes", ["0", "11", "525600", "99999999999999999"])
async def test_forged_snooze(house: House, ana: Person, onboarded: Walk, minutes: str) -> None:
    """A reminder is put off by the minutes of its buttons only."""
    await onboarded(ana)
    house.clock.push(minutes=30)
    reminder = await ana.sees(NUDGE)
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


@pytest.mark.parametrize(
    ("zone", "there", "moment"),
    [
        ("America/New_York", "01:00", "2026-03-02T12:30"),
        ("Asia/Tokyo", "15:00", "2026-03-02T22:30"),
    ],
)
async def test_zone_change_keeps_the_wall_clock(
    house: House, ana: Person, onboarded: Walk, zone: str, there: str, moment: str
) -> None:
    """After a change of the zone the reminder comes at the same local time, there."""
    await onboarded(ana)
    await ana.send(f"/timezone {zone}")
    answer = await ana.sees(f"it is {there} for you now")
    assert "07:30" in answer.text
    due = datetime.fromisoformat(moment).replace(tzinfo=UTC)
    while house.clock.now() < due:
        house.clock.push(minutes=30)
        await house.settled()
    assert reminded_at(ana) == [due]
    assert await plan(ana) == ["Daily routine: 07:30 · every day"]


@pytest.mark.parametrize(
    ("typed", "zone", "there"),
    [
        ("Europe/Berlin", "Berlin", "07:00"),
        ("europe/berlin", "Berlin", "07:00"),
        ("São Paulo", "São Paulo", "03:00"),
        ("sao paulo", "São Paulo", "03:00"),
        ("UTC+2", "UTC+2", "08:00"),
        ("-03:00", "UTC−3", "03:00"),
        ("UTC", "UTC", "06:00"),
    ],
)
async def test_typed_zone(ana: Person, onboarded: Walk, typed: str, zone: str, there: str) -> None:
    """A zone is named by its IANA name, a city, or an offset, and echoed with its clock."""
    await onboarded(ana, zone="Asia/Tokyo")
    await ana.send(f"/timezone {typed}")
    answer = await ana.sees("for you now")
    assert answer.text.startswith(f"✅ {zone}: it is {there}")


async def test_zone_by_button_location_and_text(ana: Person, onboarded: Walk) -> None:
    """/timezone shows the zone; a button, a shared location and a typed city change it."""
    await onboarded(ana)
    await ana.send("/timezone")
    shown = await ana.sees("Your zone is Berlin: it is 07:00")
    label, _ = next(button for row in shown.buttons for button in row if "06:00" in button[0])
    await ana.tap(label)
    await ana.sees("it is 06:00 for you now")
    await ana.send("/timezone")
    await ana.sees("Your zone is")
    await ana.tap("Share my location")
    await ana.sees("below your keyboard")
    assert ana.keyboard == [["📍 Send my location"]]
    await ana.share_location(35.68, 139.69)
    await ana.sees("Tokyo: it is 15:00")
    await ana.send("/timezone")
    await ana.sees("Your zone is Tokyo")
    await ana.send("Nairobi")
    await ana.sees("Nairobi: it is 09:00")


async def test_several_zones(ana: Person, onboarded: Walk) -> None:
    """A name of several places is offered as buttons; nothing is changed before one is tapped."""
    await onboarded(ana)
    await ana.send("/timezone Portland")
    asked = await ana.sees("Which one?")
    labels = [label for row in asked.buttons for label, _ in row]
    assert len(labels) > 1
    assert all("Portland" in label for label in labels)
    assert "Berlin" in (await _zone(ana))
    await ana.tap(labels[0], on=asked)
    await ana.sees("for you now")
    assert "Berlin" not in (await _zone(ana))


@pytest.mark.parametrize("typed", ["Xyzzyville", "<b>x</b> & y", "25", "x" * 300])
async def test_no_zone(ana: Person, onboarded: Walk, typed: str) -> None:
    """A place that is not found is said plainly, and the zone stays."""
    await onboarded(ana)
    await ana.send(f"/timezone {typed}")
    await ana.sees("no place or zone called")
    assert "Berlin" in (await _zone(ana))


@pytest.mark.parametrize(
    "question", ["bridge", "cat cow", "bird dog", "how do I do the bird dog?", "where do I feel it"]
)
async def test_question_where_a_zone_is_expected(
    ana: Person, onboarded: Walk, question: str
) -> None:
    """After /timezone a question is answered as one and never taken for a place."""
    await onboarded(ana)
    await ana.send("/timezone")
    await ana.sees("Your zone is")
    await ana.send(question)
    await ana.sees("")
    assert "for you now" not in ana.screen.text
    assert "Berlin" in (await _zone(ana))


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


async def test_zone_in_the_middle_of_onboarding(house: House, ana: Person) -> None:
    """/timezone takes a typed city while the time is asked for; then the time is taken again."""
    await ana.send("/start")
    await ana.sees("Welcome")
    for button in ("I understand", "None of these", "Later"):
        await ana.tap(button)
        await house.settled()
    await ana.send("/timezone")
    await ana.sees("Your zone is")
    await ana.send("Tokyo")
    await ana.sees("Tokyo: it is 15:00")
    await ana.send("18:30")
    await ana.sees("What do you have")
    await ana.tap("That is all")
    assert "today at 18:30" in (await ana.sees("All set")).text


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("yes", "When shall I remind you"),
        ("Yes, it is!", "When shall I remind you"),
        ("no", "Where is your clock"),
        ("Tokyo", "Tokyo: it is 15:00 for you now, right?"),
        ("how do I do the bird dog?", "Bird dog"),
        ("blah", "no place or zone called"),
    ],
)
async def test_zone_check_by_typing(house: House, ana: Person, typed: str, answer: str) -> None:
    """The echoed clock is confirmed, denied or replaced by typing; nothing else loses it."""
    await ana.send("/start")
    await ana.sees("Welcome")
    for button in ("I understand", "None of these", "Berlin"):
        await ana.tap(button)
        await house.settled()
    await ana.send(typed)
    await ana.sees(answer)
    if answer in ("Bird dog", "no place or zone called"):
        await ana.send("yes")
        await ana.sees("When shall I remind you")


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


async def _zone(person: Person) -> str:
    await person.send("/timezone")
    return (await person.sees("Your zone is")).text


async def test_onboardings_zone_buttons_hold_only_then(
    house: House, ana: Person, onboarded: Walk
) -> None:
    """A zone button of the first minutes changes nothing later and says so."""
    await onboarded(ana)
    asked = next(message for message in ana.messages if "Where is your clock" in message.text)
    await ana.tap("Kolkata", on=asked)
    await ana.sees_toast("no longer applies")
    await ana.send("/timezone")
    await ana.sees("Berlin")
    await ana.tap("Kolkata")
    await ana.sees("Kolkata")


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
    listed = await ana.sees("Saved")
    assert listed.text.index("22:00") < listed.text.index("21:00")
    await ana.tap("Change 1")
    await ana.sees("At what time")
    await ana.send("21:00")
    listed = await ana.sees("Saved")
    assert "2. " not in listed.text


async def test_a_pause_is_told_in_the_schedule(house: House, ana: Person, onboarded: Walk) -> None:
    """While reminders are paused without end, the schedule says so."""
    await onboarded(ana)
    await ana.send("/pause")
    await ana.sees("paused until you bring them back")
    await ana.send("/schedule")
    await ana.sees("Reminders are paused")
