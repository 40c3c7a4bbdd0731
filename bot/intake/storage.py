"""Tells a database that cannot be used for the moment from an update that is at fault."""

from __future__ import annotations

import errno

from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

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
