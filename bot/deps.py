"""What a use case may need, in one frozen value; the composition root fills it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.answers import Answers
from bot.clock import Clock
from bot.domain.catalogue import Catalogue
from bot.shelf import Reloaded, Shelf
from bot.texts import Texts
from db.engine import Database, Whose
from db.queries import inbox


@dataclass(frozen=True, slots=True)
class Act:
    """One write transaction. `repeated` tells that the update in hand took effect already.

    That happens when the process was killed between the commit and the answer: the service then
    changes nothing and returns what the person should be looking at.
    """

    session: AsyncSession
    repeated: bool


@dataclass(frozen=True, slots=True)
class Deps:
    """Everything that outlives one update.

    `update_id` and `person_id` name the update in hand, if any, and whose it is.
    """

    database: Database
    clock: Clock
    shelf: Shelf
    wake: Callable[[], None]  # something became due sooner: the alarm looks again
    reload: Callable[[], Awaitable[Reloaded]]  # read the content anew
    admin_ids: frozenset[int] = frozenset()
    update_id: int | None = None
    person_id: int | None = None
    speech: tuple[str, ...] = ()  # the command that speaks, if any

    @property
    def catalogue(self) -> Catalogue:
        """Return the content pack in use."""
        return self.shelf.content.catalogue

    @property
    def answers(self) -> Answers:
        """Return what answers questions from the content in use."""
        return self.shelf.content.answers

    @property
    def languages(self) -> Mapping[str, Texts]:
        """Return the message catalogues in use, by language."""
        return self.shelf.content.languages

    def for_update(self, update_id: int | None, person_id: int | None = None) -> Deps:
        """Return the same for one update: its services act once, on the content of this moment."""
        shelf = Shelf(self.shelf.content)
        return replace(self, update_id=update_id, person_id=person_id, shelf=shelf)

    def now(self) -> datetime:
        """Return this moment by the injected clock, aware, in UTC."""
        return self.clock.now()

    @asynccontextmanager
    async def act(self) -> AsyncIterator[Act]:
        """Open the transaction in which the update in hand takes effect, once."""
        whose = Whose.EVERYBODYS if self.person_id is None else self.person_id
        async with self.write(whose) as session:
            repeated = self.update_id is not None and not await inbox.mark_applied(
                session, self.update_id
            )
            yield Act(session, repeated)

    @asynccontextmanager
    async def write(self, whose: int | Whose = Whose.EVERYBODYS) -> AsyncIterator[AsyncSession]:
        """Open a transaction for bookkeeping that is no update's effect.

        `whose` rows it is about keeps others off them: a person's, everybody's or nobody's.
        """
        async with self.database.sessions.begin() as session:
            await self.database.hold(session, whose)
            yield session

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncSession]:
        """Open a transaction that only reads and never waits for writers."""
        async with self.database.reading() as session:
            yield session
