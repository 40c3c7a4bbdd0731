"""Travel: following another zone until a date, coming home by itself, and changing one's mind."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from sandbox.message import Message
from sandbox.person import Person
from tests.conftest import START, House, Walk
from tests.conversations.test_moving import opens_move
from tests.conversations.test_schedule import plan
from tests.conversations.wordings import reminded_at

ASKED = "Until when shall I follow"
BACK = "Back on Berlin time"
QUARTER = timedelta(minutes=15)


def utc(text: str) -> datetime:
    """Return the UTC moment written in `text`."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


async def until(house: House, moment: datetime) -> None:
    """Let the clock go on by quarters of an hour, at rest at each."""
    while house.clock.now() < moment:
        house.clock.set(min(house.clock.now() + QUARTER, moment))
        await house.settled()


async def travels(person: Person, to: str = "Tokyo") -> Message:
    """Change the zone and return the question that follows."""
    await person.send(f"/timezone {to}")
    return await person.sees(ASKED)


async def travels_for_three_days(person: Person) -> None:
    """Go to Tokyo and say when home's clock counts again."""
    await travels(person)
    await person.tap("3 days")
    await person.sees("I follow Tokyo")


def told(person: Person) -> list[datetime]:
    """Return when the person was told that home's clock counts again."""
    return [message.date for message in person.messages if BACK in message.text]


async def zone_of(person: Person) -> str:
    """Return what /timezone says."""
    await person.send("/timezone")
    return (await person.sees("Your zone is")).text


async def test_a_trip_east(house: House, ana: Person, onboarded: Walk) -> None:
    """For three days reminders come by Tokyo's clock, then by Berlin's: one on each date."""
    await onboarded(ana)
    asked = await travels(ana)
    assert asked.text.startswith("✅ Tokyo: it is 15:00 for you now.")
    labels = [label for row in asked.buttons for label, _ in row]
    assert labels[:3] == ["3 days", "1 week", "2 weeks"]
    assert "Keep home time (Berlin)" in labels
    await ana.tap("3 days")
    noted = await ana.sees("I follow Tokyo time until Thu, 5 Mar")
    assert "Berlin counts again by itself" in noted.text
    await until(house, utc("2026-03-05T08:00"))
    assert reminded_at(ana) == [
        utc("2026-03-02T22:30"),  # 07:30 of 3 March in Tokyo
        utc("2026-03-03T22:30"),
        utc("2026-03-05T06:30"),  # 07:30 of 5 March in Berlin
    ]
    assert told(ana) == [utc("2026-03-04T15:00")]  # midnight in Tokyo
    assert "Berlin" in await zone_of(ana)
    assert "until" not in await zone_of(ana)


async def test_a_trip_west(house: House, ana: Person, onboarded: Walk) -> None:
    """Back from New York nothing of the first day at home is missed, nor told twice."""
    await onboarded(ana)
    await travels(ana, "New York")
    await ana.send("until wednesday")
    await ana.sees("I follow New York time until Wed, 4 Mar")
    await until(house, utc("2026-03-04T13:00"))
    assert reminded_at(ana) == [
        utc("2026-03-02T12:30"),
        utc("2026-03-03T12:30"),
        utc("2026-03-04T06:30"),
    ]
    assert told(ana) == [utc("2026-03-03T23:00")]  # midnight in Berlin


async def test_no_evening_twice(house: House, ana: Person, onboarded: Walk) -> None:
    """The evening that came in Tokyo does not come again in Berlin, eight hours later."""
    await onboarded(ana, at="21:00")
    await travels(ana)
    await ana.send("wednesday")
    await ana.sees("I follow Tokyo")
    await until(house, utc("2026-03-04T21:00"))
    assert reminded_at(ana) == [
        utc("2026-03-02T12:00"),
        utc("2026-03-03T12:00"),
        utc("2026-03-04T20:00"),
    ]


async def test_home_over_summer_time_and_a_restart(
    house: House, ana: Person, onboarded: Walk
) -> None:
    """Who comes home after the clocks went forward is reminded by the new time there."""
    house.clock.set(utc("2026-03-27T06:00"))
    await onboarded(ana)
    await travels(ana)
    await ana.send("30 March")
    await ana.sees("until Mon, 30 Mar")
    await until(house, utc("2026-03-28T12:00"))
    await house.stop()
    await house.start()
    await until(house, utc("2026-03-30T08:00"))
    assert reminded_at(ana) == [
        utc("2026-03-27T22:30"),
        utc("2026-03-28T22:30"),
        utc("2026-03-30T05:30"),  # 07:30 of summer time
    ]
    assert told(ana) == [utc("2026-03-29T15:00")]


async def test_home_while_the_bot_was_down(house: House, ana: Person, onboarded: Walk) -> None:
    """A return that the bot slept through is made up for, with one late reminder."""
    await onboarded(ana)
    await travels_for_three_days(ana)
    await house.stop()
    house.clock.set(utc("2026-03-05T07:00"))
    await house.start()
    await house.settled()
    assert told(ana) == [utc("2026-03-05T07:00")]
    assert reminded_at(ana) == [utc("2026-03-05T07:00")]
    assert any("07:30" in message.text for message in ana.messages[-3:])
    await until(house, utc("2026-03-06T06:45"))
    assert reminded_at(ana)[1:] == [utc("2026-03-06T06:30")]
    assert len(told(ana)) == 1


async def test_a_word_that_failed_comes_later(house: House, ana: Person, onboarded: Walk) -> None:
    """That Telegram was away when the trip ended delays the word, and not the clock."""
    await onboarded(ana)
    await travels_for_three_days(ana)
    await until(house, utc("2026-03-04T14:45"))
    house.telegram.faults.next("sendMessage", status=500, times=None)
    house.clock.set(utc("2026-03-04T15:00"))
    await house.settled()
    assert not told(ana)
    house.telegram.faults.clear()
    house.clock.push(minutes=2)
    await house.settled()
    assert told(ana) == [utc("2026-03-04T15:02")]
    assert "it is 16:02" in await zone_of(ana)


async def test_a_word_outlives_a_stop(house: House, ana: Person, onboarded: Walk) -> None:
    """Who was not told before the bot stopped is told at the next start, once."""
    await onboarded(ana)
    await travels_for_three_days(ana)
    await until(house, utc("2026-03-04T14:45"))
    house.telegram.faults.next("sendMessage", status=500, times=None)
    house.clock.set(utc("2026-03-04T15:00"))
    await house.settled()
    await house.stop()
    house.telegram.faults.clear()
    house.clock.push(minutes=5)
    for _ in range(2):
        await house.start()
        await house.settled()
        await house.stop()
    assert told(ana) == [utc("2026-03-04T15:05")]


@pytest.mark.parametrize("state", ["paused", "blocked"])
async def test_home_in_silence(house: House, ana: Person, onboarded: Walk, state: str) -> None:
    """Who paused or blocked the bot comes home too, and hears nothing of it."""
    await onboarded(ana)
    await travels_for_three_days(ana)
    if state == "paused":
        await ana.send("/pause 10")
        await ana.sees("paused")
    else:
        await ana.block()
    await until(house, utc("2026-03-05T08:00"))
    assert not told(ana)
    await ana.unblock()
    assert "Berlin" in await zone_of(ana)
    if state == "paused":
        await ana.send("/resume")
        assert "07:30" in (await ana.sees("tomorrow")).text


async def test_for_good(house: House, ana: Person, onboarded: Walk) -> None:
    """Who moved is at home there: no return, and the next trip is from there."""
    await onboarded(ana)
    await travels(ana)
    await ana.tap("For good")
    await ana.sees("Tokyo is home now")
    assert "Back to" not in await zone_of(ana)
    asked = await travels(ana, "Berlin")
    assert any("Keep home time (Tokyo)" in label for row in asked.buttons for label, _ in row)


async def test_keep_home_time(house: House, ana: Person, onboarded: Walk) -> None:
    """Home time kept is home time now, as if nothing had been changed."""
    await onboarded(ana)
    await travels(ana)
    await ana.tap("Keep home time")
    assert "Berlin: it is 07:00" in (await ana.sees("for you now")).text
    await until(house, utc("2026-03-02T06:30"))
    assert reminded_at(ana) == [utc("2026-03-02T06:30")]


async def test_back_before_the_time(house: House, ana: Person, onboarded: Walk) -> None:
    """A trip is shown by /timezone and ends by its button; then nothing returns by itself."""
    await onboarded(ana)
    await travels(ana)
    await ana.tap("1 week")
    await ana.sees("until Mon, 9 Mar")
    assert "I follow Tokyo time until Mon, 9 Mar" in await zone_of(ana)
    await ana.tap("Back to Berlin time")
    await ana.sees("Berlin: it is 07:00")
    assert "until" not in await zone_of(ana)


@pytest.mark.parametrize("home", ["Berlin", "Paris"])
async def test_home_by_changing_the_zone(
    house: House, ana: Person, onboarded: Walk, home: str
) -> None:
    """Going back to a clock like home's ends the trip, and nothing is asked."""
    await onboarded(ana)
    await travels(ana)
    await ana.tap("1 week")
    await ana.sees("until Mon, 9 Mar")
    await ana.send(f"/timezone {home}")
    answer = await ana.sees(f"{home}: it is 07:00")
    assert ASKED not in answer.text
    assert "until" not in await zone_of(ana)


async def test_a_third_zone(house: House, ana: Person, onboarded: Walk) -> None:
    """A trip that goes on elsewhere keeps its end and its home."""
    await onboarded(ana)
    await travels(ana)
    await ana.tap("3 days")
    await ana.sees("until Thu, 5 Mar")
    await ana.send("/timezone Bangkok")
    answer = await ana.sees("Bangkok: it is 13:00")
    assert "I follow Bangkok time until Thu, 5 Mar" in answer.text
    assert ASKED not in answer.text
    await until(house, utc("2026-03-04T17:00"))
    assert told(ana) == [utc("2026-03-04T17:00")]  # midnight in Bangkok


async def test_a_stop_on_the_way(house: House, ana: Person, onboarded: Walk) -> None:
    """Whoever goes on before they have said until when is asked again, with the same home."""
    await onboarded(ana)
    await travels(ana, "Istanbul")
    asked = await travels(ana)
    assert any("Keep home time (Berlin)" in label for row in asked.buttons for label, _ in row)


@pytest.mark.parametrize("to", ["Paris", "Europe/Berlin", "Madrid"])
async def test_the_same_clock_is_no_trip(
    house: House, ana: Person, onboarded: Walk, to: str
) -> None:
    """Where clocks agree in winter and in summer nothing is asked."""
    await onboarded(ana)
    await ana.send(f"/timezone {to}")
    assert ASKED not in (await ana.sees("for you now")).text


async def test_summer_time_makes_another_clock(house: House, ana: Person, onboarded: Walk) -> None:
    """A zone that agrees now and not in summer is another clock, and is asked about."""
    await onboarded(ana)
    await travels(ana, "Lagos")


@pytest.mark.parametrize("how", ["button", "location"])
async def test_every_way_asks(house: House, ana: Person, onboarded: Walk, how: str) -> None:
    """A zone by button or by a shared location is asked about just as a typed one."""
    await onboarded(ana)
    if how == "location":
        await ana.share_location(35.68, 139.69)
    else:
        await ana.send("/timezone")
        await ana.sees("Your zone is")
        await ana.tap("Kolkata")
    await ana.sees(ASKED)


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("12 March", "until Thu, 12 Mar"),
        ("10 days", "until Thu, 12 Mar"),
        ("until friday", "until Fri, 6 Mar"),
        ("2026-02-01", "is not in the future"),
        ("in 2 years", "Type when you are back"),
        ("400", "366 days at most"),
        ("soon", "Type when you are back"),
        ("how do I do the bird dog?", "Bird dog"),
    ],
)
async def test_typed_answers(
    house: House, ana: Person, onboarded: Walk, typed: str, answer: str
) -> None:
    """Until when can be typed; what is no date gets an example, and the question stays open."""
    await onboarded(ana)
    await travels(ana)
    await ana.send(typed)
    await ana.sees(answer)
    if "until" not in answer:
        await ana.send("12 March")
        await ana.sees("until Thu, 12 Mar")


async def test_another_date(house: House, ana: Person, onboarded: Walk) -> None:
    """A trip takes longer: another date is typed after /timezone."""
    await onboarded(ana)
    await travels(ana)
    await ana.tap("3 days")
    await ana.sees("until Thu, 5 Mar")
    await zone_of(ana)
    await ana.send("20 March")
    await ana.sees("until Fri, 20 Mar")
    await until(house, utc("2026-03-05T08:00"))
    assert not told(ana)


async def test_answers_hold_once(house: House, ana: Person, onboarded: Walk) -> None:
    """A doubled tap is one; the buttons of a question that was answered say so."""
    await onboarded(ana)
    asked = await travels(ana)
    data = {label: data for row in asked.buttons for label, data in row}
    await ana.tap("1 week")
    await ana.tap("1 week", data=data["1 week"])
    await ana.sees("until Mon, 9 Mar")
    await house.settled()
    for label in ("3 days", "For good, I moved here", "Keep home time (Berlin)"):
        tap = await ana.tap(label, data=data[label])
        assert "no longer applies" in (await tap.answer()).text, label
    assert "until Mon, 9 Mar" in await zone_of(ana)
    await ana.tap("Back to Berlin")
    await ana.sees("Berlin: it is 07:00")
    for label in data:
        tap = await ana.tap(label, data=data[label])
        answer = (await tap.answer()).text
        assert ("no longer applies" in answer) != label.startswith("Keep"), label
    assert "Berlin" in await zone_of(ana)


@pytest.mark.parametrize("data", ["zf:1:2:3", "zf:1:2:4000", "zl:1:2", "zh:1:2:1", "zh:x:y:0"])
async def test_forged_journeys(house: House, ana: Person, onboarded: Walk, data: str) -> None:
    """A button of a journey that nobody is on changes nothing."""
    await onboarded(ana)
    tap = await ana.tap("", data=data)
    assert "no longer" in (await tap.answer()).text
    assert "Berlin" in await zone_of(ana)


async def test_a_moved_moment_comes_home(house: House, ana: Person, onboarded: Walk) -> None:
    """A moment moved to nine o'clock comes at nine, wherever the person is by then."""
    house.clock.set(utc("2026-03-04T06:00"))
    await onboarded(ana)
    await travels(ana)
    await ana.send("tomorrow")
    await ana.sees("until Thu, 5 Mar")
    await opens_move(ana)  # the next one: 07:30 of 5 March, by then at home
    await ana.send("9:00")
    await ana.sees("to tomorrow at 09:00")
    await until(house, utc("2026-03-05T09:00"))
    assert reminded_at(ana) == [utc("2026-03-05T08:00")]
    (line,) = await plan(ana)
    assert line.endswith("07:30 · every day")


async def test_not_while_the_first_questions_are_open(house: House, ana: Person) -> None:
    """Correcting a zone in the first minutes is no trip."""
    await ana.send("/start")
    await ana.sees("Welcome")
    for button in ("I understand", "None of these", "Berlin", "Yes"):
        await ana.tap(button)
        await house.settled()
    await ana.send("/timezone Tokyo")
    assert ASKED not in (await ana.sees("Tokyo: it is 15:00")).text
    assert house.clock.now() == START
