"""A minute in which several people are due while others walk through a routine, day after day."""

from __future__ import annotations

import asyncio
import random
import re
from collections import Counter
from collections.abc import Callable, Coroutine, Sequence
from datetime import UTC, datetime, time, timedelta
from time import monotonic
from typing import Any

from bot.clock import FileClock
from sandbox.message import Message
from sandbox.person import Person
from tests.process.conftest import seconds_until
from tests.process.deliveries import Deliveries, Delivery, recaps
from tests.process.runner import Runner

PATIENCE = 60.0  # seconds after which whatever is waited for counts as lost
AT = time(7, 30)  # when everybody is due, in UTC
FIRST = 1001  # the id of the first person
SATURDAY = 5
WALKERS = 2
PAIRS = 3  # so many are due twice in that minute, which is one message
CALM = 2.0  # seconds after which a person at rest sees no more
HASTE = 0.3  # seconds until a tap, at most
SCREENS = "sendPhoto", "sendMessage"
NUMBER = re.compile(r"^(\d+)/(\d+) · ")

# What a person does with a reminder, and the state in which its occurrence then is.
ANSWERS = {
    "Start": ("started", "done"),
    "Snooze 10 min": ("due",),
    "Snooze 1 h": ("due",),
    "Not today": ("skipped",),
}


class Burst:
    """People due in one minute, those who walk, and what must be true of each of their days."""

    def __init__(self, bot: Runner, chance: random.Random, people: int) -> None:
        self.bot = bot
        self.deliveries = Deliveries(bot.telegram)
        self.offset = 0.0
        self.due = 0
        self.taps = 0
        self.refused = 0  # taps on a message whose delivery a kill left unnoted
        self.walked = 0
        self.strays = 0  # times a copy of an old step stood below the current one, and gave way
        self.snoozes: Counter[int] = Counter()  # by occurrence
        self.excused: Counter[int] = Counter()  # by occurrence: how often one more may have come
        self._moments: dict[int, str] = {}  # when an occurrence was planned
        self._snoozed_at: dict[int, int] = {}  # by occurrence: how often it had come by then
        self._chance = chance
        self._clock = FileClock(bot.clock_file)
        self.planned = self.now()
        self.people = [self._person(number) for number in range(FIRST, FIRST + people)]
        after = FIRST + people
        self._walkers = [self._person(number) for number in range(after, after + WALKERS)]

    @property
    def everybody(self) -> list[Person]:
        """Return those who are due and those who walk."""
        return self.people + self._walkers

    def _person(self, number: int) -> Person:
        return self.bot.telegram.person(number, f"P{number}")

    async def prepare(self) -> None:
        """Walk everybody through onboarding; those who will walk want no reminder.

        It is a Saturday, so that the second day brings the recap of the week along.
        """
        self.push((SATURDAY - self.now().weekday()) % 7 * timedelta(days=1).total_seconds())
        everybody = [(person, AT.isoformat("minutes")) for person in self.people]
        everybody += [(person, "") for person in self._walkers]
        await all_of([onboard(*each) for each in everybody])
        for person in self.people[:PAIRS]:
            await person.send(f"/breathe at {AT:%H:%M}")
        await self.settled()

    async def day(self, amid: Callable[[], Coroutine[Any, Any, None]] | None = None) -> None:
        """Live through the minute of the next day and what people make of it.

        `amid` is awaited in the middle of it.
        """
        self.push(seconds_until(AT.hour, AT.minute, self.offset) - 0.1)
        self.planned = datetime.combine(self.now().date(), AT, UTC)
        work = [self._answer(person) for person in self.people]
        work += [self._walk(person) for person in self._walkers]
        if amid is not None:
            work.append(amid())
        await all_of(work)
        await self.settled()
        while snoozed := self._snoozed():
            await self._wait_for(snoozed)

    async def first(self) -> None:
        """Return when the first of today's reminders came."""
        known = sum(map(len, self.deliveries.by_person.values()))
        while sum(map(len, self.deliveries.by_person.values())) == known:
            await asyncio.sleep(0.005)

    def push(self, seconds: float) -> None:
        """Move the clock."""
        self.offset += seconds
        self.bot.jump(self.offset)

    def step(self, seconds: float) -> None:
        """Set the bot's clock wrong; the Bot API's goes right."""
        self.offset += seconds
        self.bot.step(self.offset)

    async def settled(self) -> None:
        """Return when nothing is on its way: no update, no tap, no reminder."""
        for _ in range(round(PATIENCE / 0.02)):
            await asyncio.sleep(0.02)
            if self.at_rest():
                return
        raise AssertionError(f"no rest\n{self.bot.log.read_text()[-3000:]}")

    def at_rest(self) -> bool:
        """Return whether nothing is on its way."""
        return self.bot.telegram.waiting and not self.bot.pending() and not self.unnoted()

    def unnoted(self) -> list[int]:
        """Return the occurrences that go out now, or went out and are not noted as sent."""
        return [
            int(str(number))
            for (number,) in self.bot.stored(
                "select id from occurrence where state = 'due' and send_at <= ?", stamp(self.now())
            )
        ]

    def now(self) -> datetime:
        """Return this moment by the pushed clock."""
        return self._clock.now()

    def copies_allowed(self, occurrence: int) -> int:
        """Return how often an occurrence should have come up to now, unless something excuses."""
        return 1 + self.snoozes[occurrence]

    async def _answer(self, person: Person) -> None:
        """Wait for the reminder and do something with it."""
        came = await self._reminder(person)
        await self._tap(person, came.occurrence, self._chance.choice(list(ANSWERS)))

    async def _reminder(self, person: Person) -> Delivery:
        """Return the delivery of today's reminder."""
        for _ in range(round(PATIENCE / 0.02)):
            for came in reversed(self.deliveries.by_person[person.id]):
                if self.due_at(came.occurrence) == stamp(self.planned):
                    return came
            await asyncio.sleep(0.02)
        raise AssertionError(f"lost: {person.id} at {self.planned}\n{person.transcript()}")

    def due_at(self, occurrence: int) -> str:
        """Return when an occurrence was planned, as the database writes it."""
        if occurrence not in self._moments:
            ((moment,),) = self.bot.stored("select due_at from occurrence where id = ?", occurrence)
            self._moments[occurrence] = str(moment)
        return self._moments[occurrence]

    def _snoozed(self) -> list[tuple[Person, int, datetime]]:
        """Return who snoozed which occurrence until when, the soonest first."""
        rows = self.bot.stored(
            "select person_id, id, send_at from occurrence where state = 'due' order by send_at"
        )
        found = [(int(str(person)), int(str(number)), str(until)) for person, number, until in rows]
        return [
            (self._person(person), number, datetime.fromisoformat(until).replace(tzinfo=UTC))
            for person, number, until in found
            if number in self.snoozes  # else it comes along with another one
        ]

    async def _wait_for(self, snoozed: list[tuple[Person, int, datetime]]) -> None:
        """Go to the soonest of the snoozed reminders, and leave out those that come again."""
        moment = max(snoozed[0][2] + timedelta(minutes=1), self.now())
        self.push((moment - self.now()).total_seconds())
        again = [
            self._answer_again(person, occurrence)
            for person, occurrence, until in snoozed
            if until <= moment
        ]
        await all_of(again)
        await self.settled()

    async def _answer_again(self, person: Person, occurrence: int) -> None:
        """Wait until a snoozed reminder comes again and leave it out."""
        await self._copies(occurrence, self._snoozed_at[occurrence] + 1)
        await self._tap(person, occurrence, "Not today")

    async def _copies(self, occurrence: int, number: int) -> None:
        """Return when a reminder has come so often."""
        for _ in range(round(PATIENCE / 0.02)):
            if len(self.deliveries.by_occurrence[occurrence]) >= number:
                return
            await asyncio.sleep(0.02)
        raise AssertionError(f"lost: occurrence {occurrence} came less than {number} times")

    async def _tap(self, person: Person, occurrence: int, words: str) -> None:
        """Tap a button of a reminder; where a kill took the note of its delivery, the next copy."""
        while True:
            await asyncio.sleep(self._chance.uniform(0, HASTE))
            came = self.deliveries.by_occurrence[occurrence]
            copies = len(came)
            tap = await person.tap(words, on=came[-1].message_id)
            said = await tap.answer(PATIENCE)
            self.taps += 1
            ((state,),) = self.bot.stored("select state from occurrence where id = ?", occurrence)
            if not said.text and (state in ANSWERS[words] or len(came) > copies):
                break
            assert copies < self.copies_allowed(occurrence) + self.excused[occurrence], (
                f"{words!r} of {person.id} took no effect: occurrence {occurrence} is {state},"
                f" said {said.text!r}\n{person.transcript()}"
            )
            self.refused += 1
            await self._copies(occurrence, copies + 1)
        if words.startswith("Snooze"):
            self.snoozes[occurrence] += 1
            self._snoozed_at[occurrence] = len(self.deliveries.by_occurrence[occurrence])
        if words == "Start":
            await self._stop(person)

    async def _stop(self, person: Person) -> None:
        """End the session that a reminder began, where the person looks at its first step."""
        screen = await self._looks_at(person, 1)
        await (await person.tap("Stop", on=screen)).answer(PATIENCE)
        self.taps += 1

    async def _walk(self, person: Person) -> None:
        """Walk through a routine; after each tap the person must look at the step after it."""
        await person.send("/today")
        total = steps(await self._looks_at(person, 1))[1]
        for number in range(1, total + 1):
            await asyncio.sleep(self._chance.uniform(0, HASTE / 5))
            screen = await self._looks_at(person, number)  # a kill may have made it come anew
            twice = self._chance.choice((1, 1, 2))
            taps = [await person.tap("Done", on=screen) for _ in range(twice)]
            for tap in taps:  # the second of a double tap changes nothing
                await tap.answer(PATIENCE)
            self.taps, self.walked = self.taps + len(taps), self.walked + 1
        await self._sees(person, lambda shown: f"{total} of {total} steps done" in shown.text)

    async def _looks_at(self, person: Person, step: int) -> Message:
        """Return the person's newest message, which must show this step, and can be tapped."""
        return await self._sees(person, lambda one: steps(one)[0] == step and bool(one.buttons))

    async def _sees(self, person: Person, wanted: Callable[[Message], bool]) -> Message:
        """Return the person's newest message once it is as wanted.

        The recap of the week may stand below it, or a copy that the bot cannot know of: of a
        reminder, or of an old step, which gives way when it is tapped.
        """
        start = monotonic()
        while monotonic() - start < PATIENCE:
            if wanted(person.screen):
                return person.screen
            if monotonic() - start > CALM and self.at_rest():
                reminded = person.screen.id in self.deliveries.message_ids(person.id)
                if reminded or recaps(person.screen):
                    return next(one for one in reversed(person.messages) if wanted(one))
                assert self.deliveries.unheard(person.id, *SCREENS), (
                    f"astray\n{person.transcript()}"
                )
                self.strays += 1
                await (await person.tap("Done", on=person.screen)).answer(PATIENCE)
                start = monotonic()
            await asyncio.sleep(0.02)
        raise AssertionError(f"{person.id} never saw it\n{person.transcript()}")


def steps(screen: Message) -> tuple[int, int]:
    """Return which step of how many a message shows, 0 of 0 where it shows none."""
    found = NUMBER.match(screen.text)
    return (int(found[1]), int(found[2])) if found else (0, 0)


async def all_of(work: Sequence[Coroutine[Any, Any, None]]) -> None:
    """Await everything side by side; the first failure ends the rest."""
    async with asyncio.TaskGroup() as group:
        for each in work:
            group.create_task(each)


def stamp(moment: datetime) -> str:
    """Return a moment as the database writes it."""
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M:%S.%f}"


async def onboard(person: Person, at: str) -> None:
    """Walk a person through onboarding, in UTC, reminded at that time or not at all."""
    await person.send("/start")
    await person.sees("Welcome to Limber", PATIENCE)
    await person.tap("I understand")
    await person.sees("apply", PATIENCE)
    await person.tap("None of these")
    await person.sees("Where is your clock", PATIENCE)
    await person.send("UTC")
    await person.sees("right?", PATIENCE)
    await person.tap("Yes")
    await person.sees("When shall I remind you", PATIENCE)
    await (person.send(at) if at else person.tap("Later"))
    await person.sees("What do you have", PATIENCE)
    await person.tap("That is all")
    await person.sees("All set", PATIENCE)
