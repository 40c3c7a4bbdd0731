"""Statements that several processes on one PostgreSQL server share their work with."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from db.connecting import LIFE

_FORGOTTEN = text(
    """
    select distinct chat_id from inbox
    where state = 'pending' and received_at < :before and not exists (
        select 1 from procrastinate_jobs
        where lock = 'chat:' || inbox.chat_id and status in ('todo', 'doing')
    )
    """
)

# Moments are seconds of the server's clock. What lies far ahead was noted by a clock gone wrong.
_RESERVE = text(
    """
    update mark set value = (
        case when value::float8 > now_is + :far then now_is else greatest(value::float8, now_is) end
        + :number * :step
    )::text
    from (select extract(epoch from clock_timestamp())::float8 as now_is) as clock
    where key = :key
    returning value::float8 as until, now_is
    """
)
_BEGIN = text("insert into mark (key, value) values (:key, '0') on conflict do nothing")

ALIVE = text(
    "select count(*) from procrastinate_workers"
    " where last_heartbeat > now() - make_interval(secs => :seconds)"
)
_ORPHANS = text(
    """
    select id from procrastinate_jobs where status = 'doing' and not exists (
        select 1 from pg_locks
        where locktype = 'advisory' and granted and classid = :life and objid = worker_id
        and database = (select oid from pg_database where datname = current_database())
    )
    """
)
_BUSY = text(
    "select exists (select 1 from inbox where state = 'pending')"
    " or exists (select 1 from procrastinate_jobs where status in ('todo', 'doing'))"
)
_WAKE = text("select pg_notify(:channel, '')")

CHANNEL = "limber_wake"  # what became due sooner is said there
FAR = 10.0  # seconds; nobody reserves so far ahead
PACE = "pace"


class Slots(NamedTuple):
    """Moments in which one message each may leave; seconds from now, the first may be negative."""

    first: float
    step: float
    number: int


async def forgotten_chats(session: AsyncSession, before: datetime) -> list[int]:
    """Return chats with updates from before a moment that no job is to process."""
    return list(await session.scalars(_FORGOTTEN, {"before": before}))


async def orphans(session: AsyncSession) -> set[int]:
    """Return the jobs that processes have begun of which none holds the lock of its life."""
    return set(await session.scalars(_ORPHANS, {"life": LIFE}))


async def busy(session: AsyncSession) -> bool:
    """Return whether an update or a job waits or is in hand, in any process."""
    return bool(await session.scalar(_BUSY))


async def processes(session: AsyncSession, seconds: float) -> int:
    """Return how many processes that do jobs have given a sign of life within so many seconds."""
    return int(await session.scalar(ALIVE, {"seconds": seconds}) or 0)


async def wake_leader(session: AsyncSession) -> None:
    """Tell the process that leads that something became due sooner."""
    await session.execute(_WAKE, {"channel": CHANNEL})


async def reserve(session: AsyncSession, number: int, step: float) -> Slots:
    """Reserve so many slots, a step of seconds apart, that no other process gets."""
    given = {"key": PACE, "number": number, "step": step, "far": FAR}
    found = (await session.execute(_RESERVE, given)).one_or_none()
    if found is None:
        await session.execute(_BEGIN, given)
        found = (await session.execute(_RESERVE, given)).one()
    until, now = found
    return Slots(until - number * step - now, step, number)
