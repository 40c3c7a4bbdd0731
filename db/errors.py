"""Why a database cannot be opened, each told in one line to whoever runs the bot."""

from __future__ import annotations


class CannotOpen(Exception):  # noqa: N818 - says what happened
    """The database cannot be opened; the text is one line that names the file."""


class DatabaseUnusable(CannotOpen):
    """The file is no database of Limber's, is damaged, or cannot be written."""


class DatabaseTooNew(CannotOpen):
    """The database was migrated by a newer Limber than this one."""


class DatabaseBusy(CannotOpen):
    """Another process has the database open."""
