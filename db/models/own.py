"""The table of routines that people put together themselves."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, BigInteger, ForeignKey, String, false, text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import NEVER_AGAIN, Base
from db.types import Json


class OwnRoutine(Base):
    """A routine a person put together, got from somebody, or sent as a file."""

    __tablename__ = "own_routine"
    __table_args__ = (NEVER_AGAIN,)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("person.id", ondelete="CASCADE"), index=True
    )
    name: Mapped[str] = mapped_column(String(64))
    items: Mapped[list[Json]] = mapped_column(JSON)  # each as a line of a routine's file
    revision: Mapped[int] = mapped_column(default=0, server_default=text("0"))  # of old buttons
    token: Mapped[str | None] = mapped_column(String(32), unique=True)  # of its link, while shared
    removed: Mapped[Json | None] = mapped_column(
        JSON(none_as_null=True)
    )  # the line that the last change took out, and where it stood
    offered: Mapped[bool] = mapped_column(default=False, server_default=false())  # not accepted yet
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
