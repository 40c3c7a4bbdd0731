"""Keeps a second process off a database, by a lock that the system drops when the holder dies."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

from db.errors import DatabaseBusy
from db.ownership import hand_over


class ProcessLock:
    """Held from its creation until `release` or the end of the process; raises DatabaseBusy.

    The file stays behind: removing it would let two processes hold locks on two files of one name.
    """

    def __init__(self, database: Path) -> None:
        path = database.with_name(f"{database.name}.lock")
        self._file = os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+")
        hand_over(path)
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = self._file.read(20) or "starting"
            self._file.close()
            raise DatabaseBusy(f"{database} is in use by another process ({holder})") from None
        except OSError:
            self._file.close()
            raise
        self._file.truncate(0)
        self._file.write(str(os.getpid()))
        self._file.flush()

    def release(self) -> None:
        """Let other processes in; a second call does nothing."""
        self._file.close()
