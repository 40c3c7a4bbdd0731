"""Reminders put together by buttons: each button holds all that was chosen, and nothing is lost."""

from __future__ import annotations

import pytest

from sandbox.message import Message
from sandbox.person import Person
from tests.conftest import House, Walk
from tests.conversations.test_schedule import listed, plan


def labels(message: Message) -> list[str]:
    """Return the labels of a message's buttons."""
    return [label for row in message.buttons for label, _ in row]


async def walk(person: Person, *taps: tuple[str, str]) -> Message:
    """Tap each button in turn and see what is said with each; return the last screen."""
    shown = person.screen
    for word, words in taps:
        shown_before = shown
        await person.tap(word, on=shown_before)
        shown = await person.sees(words)
    return shown


async def begins(person: Person) -> Message:
    """Open the wizard for another reminder."""
    await person.send("/schedule")
    await person.sees("Times are for")
    return await walk(
        person, ("Add a reminder", "At what time"), ("By buttons", "What shall I remind you of")
    )


async def test_set_times(ana: Person, onboarded: Walk) -> None:
    """A routine at chosen times on chosen days is set by buttons alone, and can be undone."""
    await onboarded(ana)
    await begins(ana)
    await walk(
        ana,
        ("Routine", "When shall it come"),
        ("At set times", "At which times"),
        ("09:00", "Chosen: 09:00"),
        ("21:00", "Chosen: 09:00 and 21:00"),
        ("Next: the days", "09:00 and 21:00 · every day"),
        ("Weekdays", "09:00 and 21:00 · Monday to Friday"),
        ("Fri", "· Mon, Tue, Wed, and Thu"),
    )
    shown = await walk(ana, ("Set it", "Saved"))
    assert listed(shown)[1] == "Routine: 09:00 and 21:00 · Mon, Tue, Wed, and Thu"
    await ana.tap("Undo")
    await ana.sees("Undone")
    assert await plan(ana) == ["Routine: 07:30 · every day"]


async def test_another_time(ana: Person, onboarded: Walk) -> None:
    """A time that is not among the common ones is chosen by its hour and its minute."""
    await onboarded(ana)
    await begins(ana)
    shown = await walk(
        ana,
        ("Routine", "When shall it come"),
        ("At set times", "At which times"),
        ("Another time", "At which hour"),
        ("05:…", "At which time?"),
        ("05:35", "Chosen: 05:35"),
        ("Next: the days", "05:35 · every day"),
        ("Every 2 days", "05:35 · every 2 days from Tue, 3 Mar"),
        ("Set it", "Saved"),
    )
    assert listed(shown)[1] == "Routine: 05:35 · every 2 days from Tue, 3 Mar"


async def test_breathing_every_so_often(ana: Person, onboarded: Walk) -> None:
    """A practice of one's choice comes every so often within a window."""
    await onboarded(ana)
    await begins(ana)
    shown = await walk(
        ana,
        ("Breathing", "Which practice"),
        ("Box", "When shall it come"),
        ("Every so often", "every 2 hours, 09:00 to 18:00"),
        ("90 min", "every 90 minutes, 09:00 to 18:00"),
        ("From 10:00", "every 90 minutes, 10:00 to 18:00"),
        ("Until 17:00", "every 90 minutes, 10:00 to 17:00"),
        ("Next: the days", "On which days"),
        ("Weekend", "Saturday and Sunday"),
        ("Set it", "Saved"),
    )
    assert "every 90 minutes, 10:00 to 17:00 · Saturday and Sunday" in listed(shown)[1]
    assert "Box" in listed(shown)[1]


async def test_random_moments(ana: Person, onboarded: Walk) -> None:
    """Random moments are as many as chosen, and spread out."""
    await onboarded(ana)
    await begins(ana)
    shown = await walk(
        ana,
        ("Routine", "When shall it come"),
        ("Random moments", "How many times a day"),
        ("4 times", "4 times at random, 09:00 to 18:00"),
        ("Next: the days", "On which days"),
        ("Set it", "Saved"),
    )
    assert listed(shown)[1] == "Routine: 4 times at random, 09:00 to 18:00 · every day"


async def test_what_cannot_be(ana: Person, onboarded: Walk) -> None:
    """No time, no day or no room is said in the tap's answer; the screen stays as it was."""
    await onboarded(ana)
    await begins(ana)
    shown = await walk(ana, ("Routine", "When shall it come"), ("At set times", "At which times"))
    await ana.tap("Next: the days", on=shown)
    await ana.sees_toast("Pick a time first")
    await walk(
        ana,
        ("08:00", "Chosen: 08:00"),
        ("Next: the days", "On which days"),
        ("Weekend", "Saturday and Sunday"),
        ("Sat", "· Sun"),
    )
    text = ana.screen.text
    await ana.tap("Sun")
    await ana.sees_toast("At least one day")
    assert ana.screen.text == text
    await ana.tap("", data="w:w::rr.7f1.8S8S1")
    await ana.sees_toast("no longer applies")
    await ana.tap("", data="w:w::rr.7f1.8S9G0O")  # 24 moments in 52 minutes
    await ana.sees_toast("no room")
    await ana.tap("", data="ws::rr.7f1.8S9G0O")
    await ana.sees_toast("no room")
    assert await plan(ana) == ["Routine: 07:30 · every day"]


async def test_back_and_cancel(ana: Person, onboarded: Walk) -> None:
    """Every screen has a way back, which keeps what was chosen, and a way out."""
    await onboarded(ana)
    await begins(ana)
    path = [
        ("Breathing", "Which practice"),
        ("Box", "When shall it come"),
        ("At set times", "At which times"),
        ("10:00", "Chosen: 10:00"),
        ("Another time", "At which hour"),
        ("12:…", "At which time?"),
    ]
    for step in path:
        shown = await walk(ana, step)
        assert any("Back" in label for label in labels(shown)), step
        assert any("Cancel" in label for label in labels(shown)), step
        assert len(shown.text.split("\n")) <= 15
    await walk(ana, ("Back", "At which hour"), ("Back", "Chosen: 10:00"))
    await walk(ana, ("Next: the days", "On which days"), ("Back", "Chosen: 10:00"))
    await walk(ana, ("Back", "When shall it come"), ("Back", "Which practice"))
    await walk(ana, ("Back", "What shall I remind"), ("Back", "At what time"))
    shown = await walk(ana, ("Cancel", "Times are for"))
    assert listed(shown) == ["Routine: 07:30 · every day"]
    await ana.send("21:00")  # nothing is asked any more
    await ana.sees("I don't know that one")


async def test_change_by_buttons(ana: Person, onboarded: Walk) -> None:
    """A reminder is changed by buttons that begin with what it is."""
    await onboarded(ana)
    await ana.send("/schedule add 21:00 mon wed")
    await ana.sees("2. ")
    shown = await walk(
        ana,
        ("Change 2", "Now it is: 21:00 · Mon and Wed"),
        ("By buttons", "When shall it come"),
        ("At set times", "Chosen: 21:00"),
        ("22:00", "Chosen: 21:00 and 22:00"),
        ("21:00", "Chosen: 22:00"),
        ("Next: the days", "22:00 · Mon and Wed"),
        ("Set it", "Saved, in place of"),
    )
    assert listed(shown) == ["Routine: 07:30 · every day", "Routine: 22:00 · Mon and Wed"]


async def test_restart_in_the_middle(house: House, ana: Person, onboarded: Walk) -> None:
    """A restart in the middle loses nothing: the buttons of before go on."""
    await onboarded(ana)
    await begins(ana)
    await walk(
        ana,
        ("Routine", "When shall it come"),
        ("At set times", "At which times"),
        ("09:00", "Chosen: 09:00"),
    )
    await house.stop()
    await house.start()
    shown = await walk(
        ana, ("Next: the days", "On which days"), ("Weekend", "Sunday"), ("Set it", "Saved")
    )
    assert listed(shown)[1] == "Routine: 09:00 · Saturday and Sunday"


async def test_tapped_twice(house: House, ana: Person, onboarded: Walk) -> None:
    """Set it, tapped twice, sets one reminder; the second tap says so."""
    await onboarded(ana)
    await begins(ana)
    shown = await walk(
        ana,
        ("Routine", "When shall it come"),
        ("At set times", "At which times"),
        ("09:00", "Chosen: 09:00"),
        ("Next: the days", "On which days"),
    )
    data = next(data for row in shown.buttons for label, data in row if "Set it" in label)
    await ana.tap("Set it", on=shown)
    second = await ana.tap("Set it", data=data)
    assert "no longer applies" in (await second.answer()).text
    await house.settled()
    assert len(await plan(ana)) == 2


async def test_an_old_button_means_what_it_says(ana: Person, onboarded: Walk) -> None:
    """An old screen of the wizard sets what it shows, whatever was set since."""
    await onboarded(ana)
    await begins(ana)
    old = await walk(
        ana,
        ("Routine", "When shall it come"),
        ("At set times", "At which times"),
        ("09:00", "Chosen: 09:00"),
        ("Next: the days", "On which days"),
    )
    await ana.send("/schedule 06:00")
    await ana.sees("Saved")
    await ana.tap("Set it", on=old)
    assert listed(await ana.sees("Saved"))[1] == "Routine: 09:00 · every day"


async def test_anothers_reminder(house: House, ana: Person, onboarded: Walk) -> None:
    """The wizard changes nobody else's reminder, and none that is gone."""
    await onboarded(ana)
    ben = await onboarded(house.person(1002, "Ben"), at="20:00")
    for data in ("w:f:1:rt.7f1.72", "w:d:1:rt.7f1.72", "wm:5:1:rt.7f1.72", "ws:1:rt.7f1.72",
                 "ro:1", "rx:1:1", "rm:1", "rmt:1:29540670:29540700"):  # fmt: skip
        tap = await ben.tap("", data=data)
        assert "no longer applies" in (await tap.answer()).text, data
    assert await plan(ana) == ["Routine: 07:30 · every day"]
    assert await plan(ben) == ["Routine: 20:00 · every day"]


@pytest.mark.parametrize(
    "data",
    ["w:k::", "w:x::rt.7f1.72", "w:t::rt.7f1.zz", "w:d:0:rt.7f1.72", "ws::", "ws::rt.7f1.7272",
     "w:f::pt0000.7f1.", "ws::pt0000.7f1.72", "wm:24::rt.7f1.", "ru:0", "ru:999999999999999999",
     "ro:0", "rx:0:1", "rx:1:0", "rm:0", "rmt:1:0:0", "rmt:1:999999999999999999:1"],
)  # fmt: skip
async def test_forged(ana: Person, onboarded: Walk, data: str) -> None:
    """Made-up data of the schedule's buttons is refused and changes nothing."""
    await onboarded(ana)
    before = len(ana.messages), ana.screen.text
    tap = await ana.tap("", data=data)
    assert "no longer applies" in (await tap.answer()).text
    assert (len(ana.messages), ana.screen.text) == before
    assert await plan(ana) == ["Routine: 07:30 · every day"]


async def test_full(house: House, ana: Person, onboarded: Walk) -> None:
    """An eleventh reminder by buttons is refused with a sentence; ten stay."""
    await onboarded(ana)
    for hour in range(8, 17):
        await ana.send(f"/schedule add {hour}:10")
        await ana.sees(f"{hour:02}:10")
    await house.settled()
    await ana.tap("", data="ws::rt.7f1.72")  # the one that is there already
    await ana.sees_toast("no longer applies")
    await ana.tap("", data="ws::rt.7f1.73")
    assert len(listed(await ana.sees("as many as I keep"))) == 10
    assert len(await plan(ana)) == 10


async def test_a_practice_is_changed(ana: Person, onboarded: Walk) -> None:
    """A breathing reminder is changed by typing an interval, or its practice by buttons."""
    await onboarded(ana)
    await ana.send("/breathe at 10:00")
    await ana.sees("2. ")
    await ana.tap("Change 2")
    await ana.sees("every 2h 9-18 weekdays")
    await ana.send("every 90 min 9-12")
    shown = await ana.sees("in place of")
    assert listed(shown)[1] == "Long out-breath, 4-6: every 90 minutes, 09:00 to 12:00 · every day"
    await walk(
        ana,
        ("Change 2", "Now it is"),
        ("By buttons", "When shall it come"),
        ("Every so often", "every 90 minutes, 09:00 to 12:00"),
        ("2 h", "every 2 hours, 09:00 to 12:00"),
        ("Next: the days", "On which days"),
    )
    shown = await walk(ana, ("Set it", "in place of"))
    assert listed(shown)[1] == "Long out-breath, 4-6: every 2 hours, 09:00 to 12:00 · every day"
