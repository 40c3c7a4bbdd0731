"""What every table shares: names of constraints, column types, and indexes of a few rows."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, Index, MetaData, text
from sqlalchemy.orm import DeclarativeBase

from bot.domain.adaptation import Cause
from bot.domain.broadcast import CopyState
from bot.domain.calendar import Mark
from bot.domain.dose import Level
from bot.domain.milestone import Milestone
from bot.domain.pace import Pace
from bot.domain.person import Expecting, PauseReason, PersonState, Question, Screened
from bot.domain.player import Awaits, Feedback, Outcome, SessionKind, SessionState
from bot.domain.proposal import ProposalKind
from bot.domain.reminder import OccurrenceState, ReminderKind
from bot.domain.sides import Ease
from bot.domain.step import Length, Side
from db.types import NUMBER, Json, UtcDateTime, words

NAMING = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

# SQLite gives the id of a deleted row to the next one; an old button must never name a new row.
NEVER_AGAIN = {"sqlite_autoincrement": True}


def only_set(name: str, column: str, *more: str, of: str = "") -> Index:
    """Return an index of the rows in which a column is set, or another one beside it.

    With it stands what else is read of these rows.
    """
    condition = text(f"{of or column} is not null")
    return Index(name, column, *more, sqlite_where=condition, postgresql_where=condition)


def one_a_person(name: str, condition: str) -> Index:
    """Return an index that lets a person have one row at most for which a condition holds."""
    where = text(condition)
    return Index(name, "person_id", unique=True, sqlite_where=where, postgresql_where=where)


class Base(DeclarativeBase):
    """All tables; every constraint has a name so that migrations can speak of it."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy reads it from the class
        datetime: UtcDateTime,
        int: NUMBER,
        Json: JSON,
        PersonState: words(PersonState),
        Question: words(Question),
        Screened: words(Screened),
        Expecting: words(Expecting),
        Level: words(Level),
        PauseReason: words(PauseReason),
        ReminderKind: words(ReminderKind),
        OccurrenceState: words(OccurrenceState),
        SessionKind: words(SessionKind),
        SessionState: words(SessionState),
        Outcome: words(Outcome),
        Feedback: words(Feedback),
        Pace: words(Pace),
        Length: words(Length),
        Awaits: words(Awaits),
        Ease: words(Ease),
        Side: words(Side),
        Cause: words(Cause),
        Mark: words(Mark),
        Milestone: words(Milestone),
        ProposalKind: words(ProposalKind),
        CopyState: words(CopyState),
    }
