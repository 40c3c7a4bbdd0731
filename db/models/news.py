"""The tables of what an operator tells everybody."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.domain.broadcast import CopyState
from db.base import NEVER_AGAIN, Base, only_set


class Broadcast(Base):
    """One message of an operator to everybody who hears such; goes out once it is confirmed."""

    __tablename__ = "broadcast"
    __table_args__ = (NEVER_AGAIN,)

    id: Mapped[int] = mapped_column(primary_key=True)
    author_id: Mapped[int] = mapped_column(BigInteger, index=True)
    text: Mapped[str] = mapped_column(Text)
    made_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]  # before it went out, or in the middle of it
    report_at: Mapped[datetime | None]  # set while it goes out: then its author is told


class BroadcastCopy(Base):
    """One person's copy of a broadcast, and where it stands."""

    __tablename__ = "broadcast_copy"
    __table_args__ = (only_set("ix_broadcast_copy_send_at", "send_at"),)

    broadcast_id: Mapped[int] = mapped_column(
        ForeignKey("broadcast.id", ondelete="CASCADE"), primary_key=True
    )
    person_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("person.id", ondelete="CASCADE"), primary_key=True
    )
    state: Mapped[CopyState] = mapped_column(default=CopyState.DUE)
    send_at: Mapped[datetime | None]  # when it goes out, or goes out again; None: no more
    sent_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0, server_default=text("0"))  # that failed
