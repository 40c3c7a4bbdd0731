"""A broadcast on its way: behind reminders, around quiet hours, through faults, until it stops."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.outgoing.faults import InDoubt
from bot.screen import Screen
from sandbox.person import Person
from tests.conftest import START, House, Walk
from tests.conversations.news import NO_MORE, got, operate, previewed, sent, states
from tests.conversations.reminded import NUDGE
from tests.conversations.test_clocks import stored
from tests.conversations.test_reminder_faults import bulk, crowd

ANA, BEN = 1001, 1002
RATE = 60
IN_LANE = 3  # copies that were in the lane already when reminders fell due
QUIET = (
    "update person set quiet_from = '06:00:00.000000', quiet_to = '08:00:00.000000' where id = ?"
)


@pytest.fixture
async def ben(house: House, ana: Person, onboarded: Walk) -> Person:
    """Somebody with a reminder at 12:00, beside Ana, who is the operator and has one at 21:00."""
    await operate(house, ANA)
    await onboarded(ana, at="21:00")
    return await onboarded(house.person(BEN, "Ben"), at="12:00")


async def slowly(house: House, rate: int) -> None:
    """Start the bot anew so that so many messages leave in a second, half as many of news."""
    await house.stop()
    await house.start(ADMIN_IDS=str(ANA), SEND_RATE=str(rate))
    await house.settled()


async def begun(house: House, ana: Person, copies: int = 3) -> None:
    """Confirm news and return when so many copies are out."""
    await previewed(ana)
    await ana.tap("Send to")
    await ana.sees("On its way")
    for _ in range(1000):
        if states(house).get("sent", 0) >= copies:
            return
        await asyncio.sleep(0.01)
    raise AssertionError(f"too few copies: {states(house)}")


async def test_stopped(house: House, ana: Person, ben: Person) -> None:
    """/broadcast shows how far it is; Stop sending keeps back what is not out, and says so once."""
    people = crowd(house, ben, 60)
    await slowly(house, 40)
    await begun(house, ana)
    await ana.send("/broadcast")
    shown = await ana.sees("of 62 sent")
    await ana.send("/broadcast something else")
    await ana.sees("What you wrote now was not taken")
    await ana.tap("Stop sending", on=shown)
    await ana.sees("What has not gone out does not")
    over = await ana.sees("Your news was stopped")
    await house.settled()
    found = states(house)
    assert f"{found['sent']} of 62 sent" in over.text
    assert found["sent"] + found["stopped"] == 62
    assert found["stopped"] > 30
    assert sum(len(got(one)) for one in (*people, ben, ana)) == found["sent"] + 1
    tap = await ana.tap("", on=shown, data="bs:1")
    assert "over already" in (await tap.answer()).text
    await ana.send("/broadcast")
    await ana.sees("What shall I tell everybody")


async def test_one_at_a_time(house: House, ana: Person, ben: Person) -> None:
    """While one goes out no other can be confirmed; afterwards it can."""
    crowd(house, ben, 20)
    other = await previewed(ana, "Other news")
    await slowly(house, 40)
    await begun(house, ana)
    tap = await ana.tap("Send to", on=other)
    assert "Another one is going out" in (await tap.answer()).text
    await ana.sees("Your news is out")
    await house.settled()
    await ana.tap("Send to", on=other)
    await ana.sees("On its way")
    await house.settled()
    assert len(got(ben, "Other news")) == 1


async def test_opting_out_meanwhile(house: House, ana: Person, ben: Person) -> None:
    """Who opts out or blocks the bot while it goes out gets no copy, and is told of as such."""
    people = crowd(house, ben, 30)
    await slowly(house, 20)
    await begun(house, ana, copies=1)
    away, wary = people[-1], people[-2]
    await away.block()
    await wary.send("/settings")
    await wary.sees("Settings")
    await wary.tap("Quiet hours and more")
    await wary.sees("How reminders come")
    await wary.tap("News about me")
    await wary.sees("whoever runs this bot")
    await wary.tap(NO_MORE)
    await wary.sees("No more news about this bot")
    over = await ana.sees("Your news is out: 30 of 32 sent", 10)
    assert "1 unreachable, 1 opted out" in over.text
    await house.settled()
    assert states(house) == {"sent": 30, "unwanted": 1, "gone": 1}
    assert got(wary) == []
    rows = stored(house, "select state from person where id = ?", away.id)
    assert rows == [("blocked",)]


async def test_quiet_hours_and_pauses(house: House, ana: Person, ben: Person) -> None:
    """In quiet hours it waits for their end, and the author is told after that; a pause is none."""
    stored(house, QUIET, BEN)
    await ana.send("/pause 5")
    await ana.sees("paused")
    await sent(house, ana)
    assert (len(got(ana)), len(got(ben))) == (2, 0)
    await ana.send("/broadcast")
    await ana.sees("1 of 2 sent")
    house.clock.set(START + timedelta(minutes=59, seconds=59))
    await house.settled()
    assert got(ben) == []
    house.clock.push(seconds=1)
    await ben.sees("Be well")
    await ana.sees("Your news is out: 2 of 2 sent")


async def test_reminders_go_first(house: House, ana: Person, ben: Person) -> None:
    """Reminders that fall due in the middle of a broadcast to hundreds are out at once."""
    people = crowd(house, ben, 250)
    late = people[5].id
    stored(house, "update reminder set next_at = null, wake_at = null where person_id >= ?", late)
    await slowly(house, RATE)
    await begun(house, ana, copies=20)
    house.clock.set(START + timedelta(hours=5))
    await ben.sees(NUDGE, 10)
    for one in people[:5]:
        await one.sees(NUDGE, 10)
    first, last = (bulk(house)[place].at_monotonic for place in (0, -1))
    copies = [
        call.at_monotonic
        for call in house.telegram.calls
        if "Be well" in str(call.params.get("text"))
    ]
    assert sum(moment < last for moment in copies) < 150
    assert sum(first < moment < last for moment in copies) <= IN_LANE
    await ana.send("/help")
    await ana.sees("What I understand", 2)
    await ana.sees("Your news is out: 252 of 252 sent", 20)
    moments = [call.at_monotonic for call in house.telegram.calls if call.method == "sendMessage"]
    pairs = zip(moments, moments[RATE:], strict=False)
    assert all(second - first >= 1 for first, second in pairs), "more than the rate in one second"


@pytest.mark.parametrize(
    ("misfortune", "copies"),
    [
        pytest.param({"status": 429, "retry_after": 1}, 1, id="told to wait"),
        pytest.param({"status": 502}, 1, id="server fault"),
        pytest.param({"drop": "before"}, 1, id="cut before the effect"),
        pytest.param({"drop": "after"}, 2, id="cut after the effect"),
        pytest.param({"status": 400, "times": 5}, 0, id="refused for good"),
    ],
)
async def test_faults(
    house: House, ana: Person, ben: Person, misfortune: dict[str, object], copies: int
) -> None:
    """Whatever befalls a copy, it comes, once unless its answer was lost; or is given up."""
    await previewed(ana)
    house.telegram.faults.next("sendMessage", chat=BEN, **misfortune)
    with capture_logs() as logs:
        await ana.tap("Send to")
        for _ in range(12):
            await house.settled()
            house.clock.push(minutes=1)
        await ana.sees("Your news is out")
    assert len(got(ben)) == copies
    assert states(house) == ({"sent": 2} if copies else {"sent": 1, "gone": 1})
    assert "Be well" not in repr(logs)


async def test_no_answer_for_long(
    house: House, ana: Person, ben: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What may have arrived is sent again ever more rarely, and after five times let be."""
    tried: list[datetime] = []
    remind = Screen.remind

    async def unheard(screen: Screen, chat: int, compose: Any, *, silent: bool = False) -> Any:
        if chat != BEN:
            return await remind(screen, chat, compose, silent=silent)
        await compose()
        tried.append(house.clock.now())
        raise InDoubt(0)

    monkeypatch.setattr(Screen, "remind", unheard)
    await sent(house, ana)
    for _ in range(60):
        house.clock.push(minutes=1)
        await house.settled()
    waits = [later - sooner for sooner, later in pairwise(tried)]
    assert waits == sorted(waits)
    assert len(tried) == 5
    assert states(house) == {"sent": 2}


async def test_restarted(house: House, ana: Person, ben: Person) -> None:
    """A restart in the middle goes on where it was, and nobody gets it twice."""
    people = crowd(house, ben, 30)
    await slowly(house, 40)
    await begun(house, ana)
    await operate(house, ANA)
    await ana.sees("Your news is out: 32 of 32 sent", 10)
    assert [len(got(one)) for one in (*people, ben)] == [1] * 31


async def test_deleted_author(house: House, ana: Person, ben: Person) -> None:
    """With its author's data a broadcast goes, in the middle of it too."""
    people = crowd(house, ben, 40)
    await slowly(house, 20)
    await begun(house, ana)
    await ana.send("/delete")
    await ana.sees("for good")
    await ana.tap("Delete everything")
    await ana.sees("is deleted")
    await house.settled()
    assert states(house) == {}
    assert sum(len(got(one)) for one in people) < 30


async def test_clock_set_back(house: House, ana: Person, ben: Person) -> None:
    """What a clock far ahead put off for years goes out once the clock is right."""
    stored(house, QUIET, BEN)
    house.clock.set(START + timedelta(days=4000))
    await house.settled()
    await sent(house, ana)
    assert got(ben) == []
    house.clock.set(START + timedelta(hours=3))
    await house.settled()
    house.clock.push(minutes=11)
    await ben.sees("Be well")
