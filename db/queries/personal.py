"""What is stored about one person: which tables hold it, reading it all, removing it all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    ColumnElement,
    DateTime,
    Enum,
    Row,
    ScalarSelect,
    Table,
    Text,
    cast,
    delete,
    func,
    select,
    type_coerce,
)
from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.personal import Held
from bot.domain.player import Outcome, SessionKind
from bot.domain.reminder import ReminderKind
from db.base import Base
from db.models import (
    Broadcast,
    BroadcastCopy,
    CheckIn,
    Correction,
    EntryVersion,
    GateAnswer,
    Inbox,
    Level,
    LevelChange,
    Mark,
    Media,
    Occurrence,
    OwnRoutine,
    Pause,
    Person,
    Proposal,
    Reached,
    Reminder,
    Session,
    SideFelt,
    StepRecord,
    Unanswered,
)
from db.queries import inbox
from db.types import UtcDateTime

# Tables without anything about a person.
IMPERSONAL = frozenset({Media.__tablename__, Mark.__tablename__})


def owned(person_id: int) -> dict[type[Base], ColumnElement[bool]]:
    """Return, for each table that holds something about a person, which rows are theirs."""
    theirs = select(Session.id).where(Session.person_id == person_id)
    return {
        StepRecord: StepRecord.session_id.in_(theirs),
        Proposal: Proposal.person_id == person_id,
        Reached: Reached.person_id == person_id,
        LevelChange: LevelChange.person_id == person_id,
        Level: Level.person_id == person_id,
        CheckIn: CheckIn.person_id == person_id,
        Correction: Correction.person_id == person_id,
        Pause: Pause.person_id == person_id,
        OwnRoutine: OwnRoutine.person_id == person_id,
        EntryVersion: EntryVersion.person_id == person_id,
        BroadcastCopy: BroadcastCopy.person_id == person_id,
        Broadcast: Broadcast.author_id == person_id,
        Session: Session.person_id == person_id,
        Occurrence: Occurrence.person_id == person_id,
        Reminder: Reminder.person_id == person_id,
        GateAnswer: GateAnswer.person_id == person_id,
        Unanswered: Unanswered.person_id == person_id,
        SideFelt: SideFelt.person_id == person_id,
        Inbox: inbox.names(person_id),
        Person: Person.id == person_id,
    }


async def everything(session: AsyncSession, person_id: int) -> dict[str, Sequence[Row[Any]]]:
    """Return all rows about a person, one list a table, their values in the columns' order.

    They are as the database has them: moments in UTC (those of a file do not say so), JSON and
    words as texts.
    """
    connection = await session.connection()  # plain rows: there may be ten thousands
    found: dict[str, Sequence[Row[Any]]] = {}
    for model, theirs in owned(person_id).items():
        table = model.__table__
        assert isinstance(table, Table)
        rows = select(*map(_as_stored, table.columns)).where(theirs)
        found[table.name] = (
            await connection.execute(rows.order_by(*table.primary_key.columns))
        ).all()
    updates = found[Inbox.__tablename__]  # in a group others' may name them, and are not theirs
    found[Inbox.__tablename__] = [row for row in updates if inbox.is_from(row, person_id)]
    return found


def _as_stored(column: Column[Any]) -> ColumnElement[Any]:
    if isinstance(column.type, JSON):
        return cast(column, Text)  # which the driver of a server would read otherwise
    if isinstance(column.type, Enum):
        return type_coerce(column, Text)
    if isinstance(column.type, UtcDateTime):
        return type_coerce(column, DateTime)
    return column


async def held(session: AsyncSession, person_id: int) -> Held:
    """Return how much there is of what a person may miss."""

    def count(model: type[Base], *more: ColumnElement[bool]) -> ScalarSelect[int]:
        rows = select(func.count()).select_from(model).where(owned(person_id)[model], *more)
        return rows.scalar_subquery()

    query = select(
        count(Session, Session.kind != SessionKind.MOVEMENT),
        count(StepRecord, StepRecord.outcome == Outcome.DONE),
        count(Reminder, Reminder.kind != ReminderKind.RECAP),  # that one is a setting to them
        count(OwnRoutine, OwnRoutine.offered.is_(False)),
        count(CheckIn),
        count(OwnRoutine, OwnRoutine.token.is_not(None)),
    )
    return Held(*(await session.execute(query)).one())


async def remove(session: AsyncSession, person_id: int) -> None:
    """Delete all rows about a person, children first.

    Updates stay as bare ids, so that a repeated one is still recognised: those set aside are
    emptied here, those pending, the one in hand among them, when they are done.
    """
    for model, theirs in owned(person_id).items():
        if model is not Inbox:
            await session.execute(delete(model).where(theirs))
    await inbox.forget_person(session, person_id)
