"""An open database: sessions that write, sessions that read, and who waits for whom."""

from __future__ import annotations

from abc import ABC, abstractmethod
from datetime import datetime
from enum import Enum

from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

BUSY_SECONDS = 30  # how long a statement waits for another program that holds a file
TURN_SECONDS = 120  # how long a task waits for its turn, or for a connection


class Whose(Enum):
    """Whose rows a transaction reads and then writes, where it is no single person's."""

    EVERYBODYS = "everybody's"
    NOBODYS = "nobody's"  # each statement is right by itself, whatever goes on beside it


class Database(ABC):
    """An open database; every session of it ends before `close`."""

    sessions: async_sessionmaker[AsyncSession]
    """Sessions that may write; a task must not open a second inside the first. Use
    `sessions.begin()`, and `hold` before the first row is read that is written later."""

    reading: async_sessionmaker[AsyncSession]
    """Sessions that see one consistent state, cannot write and wait for no writer."""

    @abstractmethod
    async def hold(self, session: AsyncSession, whose: int | Whose) -> None:
        """Wait until no other transaction is at the same rows, and keep others off until the end.

        `whose` is a person's id, or says that they are everybody's.
        """

    @abstractmethod
    async def empty_log(self) -> bool:
        """Remove what was deleted from where it still stands; return whether that was done."""

    @abstractmethod
    def forget_copies(self, before: datetime) -> None:
        """Delete the copies that migrations put aside before a moment."""

    @abstractmethod
    async def close(self) -> None:
        """Close all connections."""
