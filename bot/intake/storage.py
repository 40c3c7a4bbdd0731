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
# PostgreSQL's classes of conditions (its manual, appendix A): connection lost, transaction rolled
# back for another one's sake, out of memory, disk or connections, an operator at work, its system.
PASSING_CLASSES = {"08", "40", "53", "57", "58"}
# And of other classes: a server that only follows another one, a transaction that was forgotten,
# an object in use, a lock that was not to be had.
PASSING_STATES = {"25006", "25P03", "55006", "55P03"}
NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EROFS, errno.EMFILE, errno.ENFILE}


def is_unavailable(error: BaseException) -> bool:
    """Return whether the database, or its disk, is at fault and may heal by itself."""
    if isinstance(error, PoolTimeout):
        return True
    if isinstance(error, DBAPIError):
        return _is_passing(error)
    return isinstance(error, OSError) and error.errno in NO_ROOM


def _is_passing(error: DBAPIError) -> bool:
    if (code := getattr(error.orig, "sqlite_errorcode", None)) is not None:
        return (code & 0xFF) in PASSING
    if state := getattr(error.orig, "sqlstate", None):
        return state in PASSING_STATES or state[:2] in PASSING_CLASSES
    # Without a word of the server's: it was not reached, or gone in the middle.
    return isinstance(error, OperationalError) or error.connection_invalidated


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
