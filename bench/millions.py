"""A simulation where a million people cannot be measured: how late the last of a minute comes."""

from __future__ import annotations

import asyncio
import random
from collections import Counter

SEED = 20261126
DAY = 24 * 60  # minutes
# What is assumed of people, and is not measured: where they live (offset in hours: share), and when
# they want to be reminded (minutes after midnight: weight). Half want a round time of the morning.
ZONES = {-8: 5, -5: 12, -3: 10, 0: 8, 1: 20, 2: 8, 3: 12, 5.5: 15, 8: 10}
ROUND = {6 * 60 + 30: 3, 7 * 60: 12, 7 * 60 + 30: 18, 8 * 60: 10, 12 * 60 + 30: 3, 21 * 60: 4}
ANY_TIME = 50  # weight of a minute of one's own between 6:00 and 22:00
PRECISE = 60.0  # seconds after which a reminder is late
STARS = 0.1  # a message of a paid broadcast beyond the free rate (Bot API, allow_paid_broadcast)
RATES = (30, 1000)  # messages a second of one bot: free, and paid broadcast


def due_by_minute(people: int, chance: random.Random) -> Counter[int]:
    """Return how many are due in each minute of the day, in UTC."""
    zones, times = list(ZONES), [*ROUND, -1]
    where = chance.choices(zones, [ZONES[zone] for zone in zones], k=people)
    when = chance.choices(times, [*ROUND.values(), ANY_TIME], k=people)
    return Counter(
        round((chance.randrange(6 * 60, 22 * 60) if at < 0 else at) - zone * 60) % DAY
        for zone, at in zip(where, when, strict=True)
    )


def lateness(due: Counter[int], rate: float) -> tuple[float, float]:
    """Return the longest wait in seconds, and the share of all that waited longer than a minute.

    Within a minute messages leave in order; what is left over goes before the next minute's. The
    day is gone through twice, since one day's backlog may reach into the next.
    """
    backlog, longest, late, total = 0.0, 0.0, 0.0, 0
    for minute in range(2 * DAY):
        arrived, counts = due[minute % DAY], minute >= DAY
        first, last = backlog / rate, (backlog + arrived) / rate
        if counts and arrived:
            longest, total = max(longest, last), total + arrived
            late += arrived * min(1.0, max(0.0, last - PRECISE) / max(last - first, 1e-9))
        backlog = max(0.0, backlog + arrived - rate * 60)
    return longest, late / total


def charged(due: Counter[int]) -> int:
    """Return how many messages a day go beyond the free rate, where all go in their minute."""
    return sum(max(0, arrived - RATES[0] * 60) for arrived in due.values())


async def measure() -> list[str]:
    """Return the figures as lines."""
    lines = list[str]()
    for people in (10_000, 100_000, 1_000_000):
        due = due_by_minute(people, random.Random(SEED))
        for rate in RATES:
            longest, late = lateness(due, rate)
            bots = next(
                number for number in range(1, 10_000) if lateness(due, rate * number)[0] <= PRECISE
            )
            lines.append(
                f"simulated, {people:,} people, {max(due.values()):,} in the fullest minute, at"
                f" {rate} a second: the last waits {longest / 60:.1f} min, {late:.1%} of all longer"
                f" than a minute; within a minute with {bots} bot{'s' if bots > 1 else ''}"
            )
        paid = charged(due)
        lines.append(
            f"simulated, {people:,} people: {paid:,} messages a day beyond the free rate,"
            f" {paid * STARS * 30:,.0f} Stars in 30 days"
        )
    return lines


async def main() -> None:
    """Print the figures."""
    for line in await measure():
        print(line)


if __name__ == "__main__":
    asyncio.run(main())
