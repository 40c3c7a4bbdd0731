"""The statements about kept updates and uploaded pictures."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.person import Expecting
from db.models import Inbox, Person
from db.queries import inbox, media
from tests.intake.desk import NOW


def arrival(update_id: int, chat_id: int = 1, raw: str = "{}") -> inbox.Arrival:
    """Return an update as it came in."""
    return inbox.Arrival(update_id=update_id, chat_id=chat_id, raw=raw, received_at=NOW)


async def about(session: AsyncSession, person_id: int) -> Sequence[Inbox]:
    """Return the stored updates that name a person, in the order of arrival."""
    theirs = select(Inbox).where(inbox.names(person_id)).order_by(Inbox.seq)
    return (await session.scalars(theirs)).all()


async def test_add_once_tells_what_is_new(session: AsyncSession) -> None:
    """Only updates not seen before are stored and named, in their order."""
    assert await inbox.add_once(session, [arrival(9), arrival(3)]) == [9, 3]
    assert await inbox.add_once(session, [arrival(3), arrival(5), arrival(9)]) == [5]
    assert await inbox.add_once(session, []) == []
    assert [row.update_id for row in await inbox.pending(session)] == [9, 3, 5]


async def test_closed_ones_are_still_recognised(session: AsyncSession) -> None:
    """An update that took effect, or was set aside, is not new again."""
    await inbox.add_once(session, [arrival(1), arrival(2)])
    await inbox.mark_done(session, [1])
    await inbox.set_aside(session, 2, "ValueError")
    assert await inbox.add_once(session, [arrival(1), arrival(2)]) == []
    assert await inbox.pending(session) == []
    assert await inbox.counts(session) == {"done": 1, "poison": 1}


async def test_number_and_age_of_one_moment(session: AsyncSession) -> None:
    """What waits is counted up to a limit, with when its first came; of nothing there is no age."""
    assert await inbox.count_pending(session, 9) == (0, None)
    await inbox.add_once(session, [arrival(number) for number in (4, 2, 3)])
    assert await inbox.count_pending(session, 9) == (3, NOW)
    assert await inbox.count_pending(session, 2) == (2, NOW)
    await inbox.mark_done(session, [2, 3, 4])
    assert await inbox.count_pending(session, 9) == (0, None)


async def test_applied_once(session: AsyncSession) -> None:
    """The first to say that an update took effect hears yes, every later one no."""
    await inbox.add_once(session, [arrival(1)])
    assert [await inbox.mark_applied(session, 1) for _ in range(3)] == [True, False, False]


async def test_expecting_is_kept_with_the_effect(session: AsyncSession) -> None:
    """What the person was expected to answer when the update took effect is kept beside it."""
    await inbox.add_once(session, [arrival(1)])
    chat_id = (await inbox.pending(session))[0].chat_id
    person = Person(id=chat_id, expecting=Expecting.ZONE, created_at=NOW)
    session.add(person)
    await session.flush()
    assert await inbox.expecting_of(session, 1) is None
    await inbox.mark_applied(session, 1)
    person.expecting = None
    await session.flush()
    assert await inbox.expecting_of(session, 1) is Expecting.ZONE


async def test_attempts_are_counted_and_given_back(session: AsyncSession) -> None:
    """An attempt given back is as if it had not begun; none goes below nothing."""
    await inbox.add_once(session, [arrival(1), arrival(2)])
    for _ in range(2):
        await inbox.count_attempt(session, 1)
    await inbox.give_back_attempts(session, [1, 2])
    session.expire_all()
    assert [row.attempts for row in await inbox.pending(session)] == [1, 0]


async def test_about_a_person(session: AsyncSession) -> None:
    """A person's updates are found in their own chat and in groups, and nobody else's are."""
    group = '{"message":{"from":{"id":5,"is_bot":false},"chat":{"id":-7}}}'
    other = '{"message":{"from":{"id":55},"chat":{"id":-7}}}'
    await inbox.add_once(
        session,
        [arrival(1, 5), arrival(2, -7, group), arrival(3, -7, other), arrival(4, 55)],
    )
    assert [row.update_id for row in await about(session, 5)] == [1, 2]


async def test_forget_a_person(session: AsyncSession) -> None:
    """What was set aside about a person is blanked; others' and their ids stay."""
    session.add_all(Person(id=one, created_at=NOW) for one in (5, 6))
    await inbox.add_once(session, [arrival(1, 5), arrival(2, 6), arrival(3, 5)])
    for update_id in (1, 2):
        await inbox.set_aside(session, update_id, "ValueError")
    await inbox.forget_person(session, 5)
    session.expire_all()
    assert [row.update_id for row in await about(session, 5)] == [3]
    assert [row.update_id for row in await about(session, 6)] == [2]
    assert await inbox.add_once(session, [arrival(1, 5)]) == []


async def test_nothing_of_strangers_is_set_aside(session: AsyncSession) -> None:
    """Of an update that fails for good its words are kept only where the bot knows the person."""
    session.add(Person(id=5, created_at=NOW))
    said = '{"message":{"from":{"id":%d,"is_bot":false},"chat":{"id":-7}}}'
    await inbox.add_once(
        session,
        [arrival(1, 5), arrival(2, 55), arrival(3, -7, said % 5), arrival(4, -7, said % 55)],
    )
    for update_id in range(1, 5):
        await inbox.set_aside(session, update_id, "ValueError")
    session.expire_all()
    rows = (await session.scalars(select(Inbox).order_by(Inbox.seq))).all()
    assert [row.error for row in rows] == ["ValueError"] * 4
    assert [(row.update_id, row.chat_id) for row in rows if row.raw] == [(1, 5), (3, -7)]
    assert [row.chat_id for row in rows if not row.raw] == [None, None]


async def test_uploads(session: AsyncSession) -> None:
    """A file id belongs to one bot; the newest upload counts; a forgotten one is gone."""
    await media.put(session, 1, "abc", "old", NOW)
    await media.put(session, 1, "abc", "new", NOW)
    await media.put(session, 2, "abc", "theirs", NOW)
    assert await media.find(session, 1, "abc") == "new"
    assert await media.find(session, 2, "abc") == "theirs"
    await media.forget(session, 1, "abc")
    assert await media.find(session, 1, "abc") is None
    assert await media.find(session, 2, "abc") == "theirs"
