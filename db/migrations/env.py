"""What Alembic runs before the migrations: it uses the connection it was handed."""

from __future__ import annotations

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import Enum

import db.models  # noqa: F401 - its tables
from db.base import Base
from db.types import UtcDateTime


def plain(kind: str, item: Any, autogen: AutogenContext) -> str | Literal[False]:
    """Name our column types by what they store: a migration must not change with the code."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, Enum):
        return f"sa.String({item.length})"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,  # SQLite alters a table by making it anew
    render_item=plain,
)
with context.begin_transaction():
    context.run_migrations()
