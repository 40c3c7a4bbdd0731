"""What a reminder looks like when it goes out: one message for all, again, late, in other words."""

from __future__ import annotations

import pytest

from sandbox.calls import Call
from sandbox.message import Message
from sandbox.person import Person
from tests.conftest import House, Walk
from tests.stored import Row

NUDGE = "12 minutes"  # in whichever words


def change(house: House, statement: str, *values: object) -> None:
    """Change what the bot has stored."""
    with house.stored() as database:
        database.change(statement, *values)


def stored(house: House, query: str) -> list[Row]:
    """Read what the bot has stored."""
    with house.stored() as database:
        return database.rows(query)


def nudges(person: Person) -> list[Message]:
    """Return the reminders of the routine that a person has got."""
    return [one for one in person.messages if one.from_bot and NUDGE in one.text]


def labels(message: Message) -> list[str]:
    """Return what is on a message's buttons."""
    return [label for row in message.buttons for label, _ in row]


def strips(house: House) -> list[Call]:
    """Return the calls that took the buttons off a message."""
    return [one for one in house.telegram.calls if one.method == "editMessageReplyMarkup"]


async def test_same_minute_is_one_message(house: House, ana: Person, onboarded: Walk) -> None:
    """What is due in one minute comes as one message: the routine first, a button for each."""
    await onboarded(ana)
    await ana.send("/breathe at 7:30")
    await ana.sees("07:30")
    house.clock.push(minutes=30)
    shown = await ana.sees("Also now")
    await house.settled()
    assert shown.text.index(NUDGE) < shown.text.index("Also now")
    assert len([one for one in ana.messages if one.from_bot and "Also now" in one.text]) == 1
    assert labels(shown)[0] == "▶️ Start"
    ids = stored(house, "select message_id, state from occurrence")
    assert ids == [(shown.id, "sent")] * 2
    await ana.tap("Long out-breath", on=shown)
    await house.settled()
    (kind,) = stored(house, "select kind from session")
    assert kind == ("practice",)


async def test_one_message_comes_after_a_fault(house: House, ana: Person, onboarded: Walk) -> None:
    """Where the message of several reminders fails, all of them come a little later, as one."""
    await onboarded(ana)
    await ana.send("/breathe at 7:30")
    await ana.sees("07:30")
    house.telegram.faults.next("sendMessage", status=500)
    house.clock.push(minutes=30)
    for _ in range(4):
        await house.settled()
        house.clock.push(seconds=30)
    await ana.sees("Also now")
    assert len([one for one in ana.messages if one.from_bot and "Also now" in one.text]) == 1


async def test_tap_on_what_was_cut_off_counts(house: House, ana: Person, onboarded: Walk) -> None:
    """A message that arrived though its answer was cut off can be answered: no tap is lost."""
    await onboarded(ana)
    house.telegram.faults.next("sendMessage", drop="after")
    house.clock.push(minutes=30)
    await ana.sees(NUDGE)
    await house.settled()
    assert stored(house, "select state from occurrence") == [("due",)]
    await ana.tap("Not today")
    await ana.sees("All right, not today")
    house.clock.push(minutes=5)
    await house.settled()
    assert len(nudges(ana)) == 0
    assert stored(house, "select state from occurrence") == [("skipped",)]


async def test_tap_before_it_is_noted_and_the_clock_set_back(
    house: House, ana: Person, onboarded: Walk
) -> None:
    """A tap tells that its reminder came, though the note of it is lost and the clock went back."""
    await onboarded(ana)
    house.clock.push(minutes=30)
    await ana.sees(NUDGE)
    await house.settled()
    # As the database is between the message and its note.
    change(house, "update occurrence set state = 'due', send_at = due_at, message_id = null")
    house.clock.push(hours=-1)
    assert not (await (await ana.tap("Snooze 10 min")).answer()).text
    assert stored(house, "select state, reason from occurrence") == [("due", "answered")]


async def test_what_came_along_does_not_come_again(
    house: House, ana: Person, onboarded: Walk
) -> None:
    """Started on a message whose note is lost, what it also spoke of is known to have come."""
    await onboarded(ana)
    await ana.send("/breathe at 7:30")
    await ana.sees("07:30")
    house.clock.push(minutes=30)
    await ana.sees("Also now")
    await house.settled()
    change(house, "update occurrence set state = 'due', send_at = due_at, message_id = null")
    await ana.tap("Start")
    await ana.sees("1/")
    house.clock.push(minutes=1)
    await house.settled()
    assert ana.screen.text.startswith("1/")
    assert stored(house, "select state from occurrence order by id") == [("started",), ("sent",)]


async def test_unanswered_comes_twice_more(house: House, ana: Person, onboarded: Walk) -> None:
    """Who wants it is reminded again, twice at most, in other words, on one live message."""
    await onboarded(ana)
    change(house, "update person set repeat_minutes = 30")
    texts = []
    for minutes in (30, 30, 30, 30, 30, 30):
        house.clock.push(minutes=minutes)
        await house.settled()
        texts = [one.text for one in nudges(ana)]
    assert len(texts) == 3
    assert texts[0] != texts[1] != texts[2]
    assert "planned" not in " ".join(texts)
    assert [bool(one.buttons) for one in nudges(ana)] == [False, False, True]
    assert stored(house, "select repeats, send_at, stale_message_id from occurrence") == [
        (2, None, None)
    ]


async def test_answered_comes_no_more(house: House, ana: Person, onboarded: Walk) -> None:
    """A reminder that was answered is not repeated."""
    await onboarded(ana)
    change(house, "update person set repeat_minutes = 30")
    house.clock.push(minutes=30)
    await ana.sees(NUDGE)
    await house.settled()
    await ana.tap("Not today")
    await house.settled()
    for _ in range(3):
        house.clock.push(minutes=30)
        await house.settled()
    assert (
        len([call for call in house.telegram.calls if NUDGE in str(call.params.get("text"))]) == 1
    )


async def test_older_message_loses_its_buttons(house: House, ana: Person, onboarded: Walk) -> None:
    """When the next day's reminder comes, the unanswered one before it is stripped, once."""
    await onboarded(ana)
    house.clock.push(minutes=30)
    await ana.sees(NUDGE)
    for _ in range(2):
        house.clock.push(days=1)
        await house.settled()
    first, second, third = nudges(ana)
    assert (first.buttons, second.buttons) == ([], [])
    assert third.buttons
    assert len({first.text, second.text, third.text}) == 3
    assert [int(call.params["message_id"]) for call in strips(house)] == [
        first.id,
        second.id,
    ]


async def test_stripping_outlives_a_stop(house: House, ana: Person, onboarded: Walk) -> None:
    """What is left to strip at a stop is stripped after the start; one that is gone is fine."""
    await onboarded(ana)
    house.clock.push(minutes=30)
    shown = await ana.sees(NUDGE)
    await house.settled()
    await house.stop()
    change(house, "update occurrence set stale_message_id = message_id")
    change(
        house,
        "insert into occurrence (person_id, kind, due_at, practice_day, expires_at, state,"
        " message_id, stale_message_id, attempts, repeats) select person_id, kind, '2020-01-01',"
        " practice_day, expires_at, 'missed', 987654, 987654, 0, 0 from occurrence",
    )
    await house.start()
    await house.settled()
    assert nudges(ana)[0].buttons == []
    assert (
        stored(house, "select message_id, stale_message_id from occurrence") == [(None, None)] * 2
    )
    assert shown.id in [int(call.params["message_id"]) for call in strips(house)]


async def test_taken_over_message_keeps_its_buttons(
    house: House, ana: Person, onboarded: Walk
) -> None:
    """A message that a session lives on is not stripped with its reminder."""
    await onboarded(ana)
    house.clock.push(minutes=30)
    shown = await ana.sees(NUDGE)
    await ana.send("/today")
    live = await ana.sees("1/")
    await house.settled()
    change(
        house,
        "update occurrence set message_id = ?, stale_message_id = ?, state = 'sent'",
        live.id,
        live.id,
    )
    await house.stop()
    await house.start()
    await house.settled()
    assert live.id not in [int(call.params["message_id"]) for call in strips(house)]
    assert stored(house, "select stale_message_id from occurrence") == [(None,)]
    assert shown.id != live.id


@pytest.mark.parametrize(
    ("minutes", "says"),
    [
        pytest.param(0, None, id="prompt"),
        pytest.param(1, None, id="a minute"),
        pytest.param(3, "planned 07:30", id="three minutes"),
        pytest.param(20, "I was not running then", id="the bot was down"),
    ],
)
async def test_late_words(
    house: House, ana: Person, onboarded: Walk, minutes: int, says: str | None
) -> None:
    """More than a minute late it says for when it was planned; after downtime, why."""
    await onboarded(ana)
    await house.stop()
    house.clock.push(minutes=30 + minutes)
    await house.start()
    shown = await ana.sees(NUDGE)
    if says is None:
        assert "🕰️" not in shown.text
    else:
        assert says in shown.text
        assert "07:30" in shown.text
