"""What the sandbox remembers, in one SQLite file beside its uploads, so that a restart goes on."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

Json = dict[str, Any]

FIRST_UPDATE = 500_000_001  # any number will do: bots must not expect 1


class Shelf(MutableMapping[str, Any]):
    """A dict of JSON values that is written through to the store; order is that of first keeping.

    A value changed in place must be assigned again to be kept.
    """

    def __init__(self, store: Store, kind: str) -> None:
        self._store = store
        self._kind = kind
        self._values: dict[str, Any] = store.load(kind)

    def __getitem__(self, key: str) -> Any:
        return self._values[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self._values[key] = value
        self._store.keep(self._kind, key, value)

    def __delitem__(self, key: str) -> None:
        del self._values[key]
        self._store.drop(self._kind, key)

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def forget(self) -> None:
        """Empty the memory of it; `Store.wipe` has emptied the file."""
        self._values.clear()


class Store:
    """The sandbox's file: `folder/telegram.db` and the uploads in `folder/files`.

    Every change is in the operating system's hands when a call returns: it outlives a kill of the
    process, not a power cut.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.files = folder / "files"
        self.files.mkdir(exist_ok=True)
        self._depth = 0
        self._shelves: dict[str, Shelf] = {}
        self._db = sqlite3.connect(folder / "telegram.db", isolation_level=None)
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = OFF")
        self._db.execute(
            "CREATE TABLE IF NOT EXISTS thing (kind TEXT NOT NULL, key TEXT NOT NULL, "
            "body TEXT NOT NULL, UNIQUE (kind, key))"
        )
        self._counters = self.shelf("counter")

    def shelf(self, kind: str) -> Shelf:
        """Return the values of one kind."""
        if kind not in self._shelves:
            self._shelves[kind] = Shelf(self, kind)
        return self._shelves[kind]

    def count(self, name: str, first: int = 1) -> int:
        """Return the next number of a series; none is ever given twice."""
        number: int = self._counters.get(name, first - 1) + 1
        self._counters[name] = number
        return number

    @contextmanager
    def together(self) -> Iterator[None]:
        """Make the changes inside one, so that a kill leaves all of them or none."""
        if self._depth == 0:
            self._db.execute("BEGIN")
        self._depth += 1
        try:
            yield
        finally:
            self._depth -= 1
            if self._depth == 0:
                self._db.execute("COMMIT")

    def load(self, kind: str) -> Json:
        """Return what was kept of a kind, in the order of first keeping."""
        rows = self._db.execute("SELECT key, body FROM thing WHERE kind = ? ORDER BY rowid", [kind])
        return {key: json.loads(body) for key, body in rows}

    def keep(self, kind: str, key: str, value: Any) -> None:
        """Write one value."""
        self._db.execute(
            "INSERT INTO thing (kind, key, body) VALUES (?, ?, ?) "
            "ON CONFLICT (kind, key) DO UPDATE SET body = excluded.body",
            [kind, key, json.dumps(value, ensure_ascii=False)],
        )

    def drop(self, kind: str, key: str) -> None:
        """Delete one value."""
        self._db.execute("DELETE FROM thing WHERE kind = ? AND key = ?", [kind, key])

    def wipe(self) -> None:
        """Forget everything but the numbers of updates and messages, which must not come again."""
        self._db.execute("DELETE FROM thing WHERE kind <> 'counter'")
        for kind, shelf in self._shelves.items():
            if kind != "counter":
                shelf.forget()
        shutil.rmtree(self.files, ignore_errors=True)
        self.files.mkdir()

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()
