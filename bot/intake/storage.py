"""Tells a database that cannot be used for the moment from an update that is at fault."""

from __future__ import annotations

import asyncio
import errno
from collections.abc import Awaitable, Callable

import structlog
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from bot.outgoing.backoff import growing

log = structlog.get_logger(__name__)

# SQLite's primary result codes (sqlite.org/rescode.html): busy, locked, out of memory, read-only,
# input or output error, full, cannot open, locking protocol.
PASSING = {5, 6, 7, 8, 10, 13, 14, 15}
NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EROFS, errno.EMFILE, errno.ENFILE}


def is_unavailable(error: BaseException) -> bool:
    """Return whether the database, or its disk, is at fault and may heal by itself."""
    if isinstance(error, PoolTimeout):
        return True
    if isinstance(error, DBAPIError):
        code = getattr(error.orig, "sqlite_errorcode", None)
        if code is not None:
            return (code & 0xFF) in PASSING
        return isinstance(error, OperationalError) or error.connection_invalidated
    return isinstance(error, OSError) and error.errno in NO_ROOM


async def until_stored(work: Callable[[], Awaitable[None]]) -> None:
    """Repeat a transaction while the database is away; any other error is raised.

    For what happened outside and cannot be undone: done again for want of a note, it would
    happen again.
    """
    waits = growing()
    while True:
        try:
            return await work()
        except Exception as error:
            if not is_unavailable(error):
                raise
            log.error("database_unavailable", error=type(error).__name__)
            await asyncio.sleep(next(waits))
