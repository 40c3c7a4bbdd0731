"""One word to read the content anew for all processes: a mark that each of them looks at."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

from db.engine import Database
from db.queries import marks

ASKED = "reload_asked"  # holds another word each time somebody asks


class Reloading:
    """`ask` has the others read anew; `look` calls `read_anew` where another one asked.

    A mark, not a notification: who was cut off from the server finds it as well.
    """

    def __init__(self, database: Database, read_anew: Callable[[], None]) -> None:
        self._database = database
        self._read_anew = read_anew
        self._looked = False
        self._heeded: str | None = None
        self._own: str | None = None  # what this process said itself

    async def ask(self) -> None:
        """Say that all are to read their content anew; this process has done so."""
        self._own = uuid4().hex
        async with self._database.sessions.begin() as session:
            await marks.put(session, ASKED, self._own)

    async def look(self) -> None:
        """Heed what was asked for since the last look; what came before the first is read."""
        async with self._database.reading() as session:
            asked = await marks.find(session, ASKED)
        news = self._looked and asked not in (self._heeded, self._own)
        self._looked, self._heeded = True, asked
        if news:
            self._read_anew()
