"""The time zone, by button and by typing: reminders keep their local time wherever one goes."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from sandbox.person import Person
from tests.conftest import House, Walk
from tests.conversations.test_schedule import plan
from tests.conversations.wordings import reminded_at


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
    assert await plan(ana) == ["Routine: 07:30 · every day"]


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
