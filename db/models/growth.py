"""The tables of how a person gets on: levels, check-ins, corrected days, what was offered."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, String, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from bot.domain.adaptation import Cause
from bot.domain.calendar import Mark
from bot.domain.milestone import Milestone
from bot.domain.proposal import ProposalKind
from db.base import NEVER_AGAIN, Base
from db.types import Json


class Level(Base):
    """What a person wants of an exercise for good: none of it, or another in its place."""

    __tablename__ = "level"

    person_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("person.id", ondelete="CASCADE"), primary_key=True
    )
    entry: Mapped[str] = mapped_column(String(64), primary_key=True)
    excluded: Mapped[bool] = mapped_column(default=False, server_default=false())
    instead: Mapped[str | None] = mapped_column(String(64))  # key of what is done in its place
    changed_at: Mapped[datetime]


class LevelChange(Base):
    """One notch up or down of one exercise; their sum, but for the refused ones, is its notch."""

    __tablename__ = "level_change"
    __table_args__ = (
        Index("ix_level_change_person_entry", "person_id", "entry"),
        NEVER_AGAIN,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("person.id", ondelete="CASCADE"))
    entry: Mapped[str] = mapped_column(String(64))
    notches: Mapped[int]  # +1 is more of it, -1 less
    cause: Mapped[Cause]
    session_id: Mapped[int | None] = mapped_column(
        ForeignKey("session.id", ondelete="CASCADE"), index=True
    )
    named: Mapped[Json]  # domain.adaptation.Change: what changed, from how much to how much
    made_at: Mapped[datetime]
    refused_at: Mapped[datetime | None]


class CheckIn(Base):
    """How tight a person felt on one of their days, before and after, from 0 to 10."""

    __tablename__ = "check_in"

    person_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("person.id", ondelete="CASCADE"), primary_key=True
    )
    practice_day: Mapped[date] = mapped_column(primary_key=True)
    before: Mapped[int | None]
    before_at: Mapped[datetime | None]
    after: Mapped[int | None]
    after_at: Mapped[datetime | None]


class Pause(Base):
    """A time in which a person wanted no reminders: its days are rest, whatever was planned."""

    __tablename__ = "pause"

    person_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("person.id", ondelete="CASCADE"), primary_key=True
    )
    since: Mapped[datetime] = mapped_column(primary_key=True)
    until: Mapped[datetime | None]  # None: until they resume


class Correction(Base):
    """What a person says became of one of their days, whatever was recorded of it."""

    __tablename__ = "correction"

    person_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("person.id", ondelete="CASCADE"), primary_key=True
    )
    practice_day: Mapped[date] = mapped_column(primary_key=True)
    said: Mapped[Mark | None]  # None: as it was recorded
    before: Mapped[Mark | None]  # what was said before that, for taking it back
    said_at: Mapped[datetime]


class Reached(Base):
    """A milestone that a person reached: celebrated once."""

    __tablename__ = "reached"

    person_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("person.id", ondelete="CASCADE"), primary_key=True
    )
    milestone: Mapped[Milestone] = mapped_column(primary_key=True)
    session_id: Mapped[int | None] = mapped_column(
        ForeignKey("session.id", ondelete="SET NULL"), index=True
    )
    reached_at: Mapped[datetime]


class Proposal(Base):
    """One change that a recap offers: accepted, declined, or not answered yet."""

    __tablename__ = "proposal"
    __table_args__ = (UniqueConstraint("occurrence_id"), NEVER_AGAIN)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("person.id", ondelete="CASCADE"), index=True
    )
    occurrence_id: Mapped[int | None] = mapped_column(
        ForeignKey("occurrence.id", ondelete="SET NULL")
    )  # the recap that offers it
    kind: Mapped[ProposalKind]
    offered: Mapped[Json] = mapped_column(JSON)
    made_at: Mapped[datetime]
    accepted: Mapped[bool | None]
    answered_at: Mapped[datetime | None]
