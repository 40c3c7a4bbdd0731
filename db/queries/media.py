"""Statements about pictures that were already uploaded."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from db.inserting import insert
from db.models import Media


async def find(session: AsyncSession, bot_id: int, fingerprint: str) -> str | None:
    """Return the file id under which a bot uploaded a picture, or None."""
    return await session.scalar(
        select(Media.file_id).where(Media.bot_id == bot_id, Media.fingerprint == fingerprint)
    )


async def put(
    session: AsyncSession, bot_id: int, fingerprint: str, file_id: str, now: datetime
) -> None:
    """Remember the file id of an upload; a later upload of the same picture takes its place."""
    upload = insert(session, Media).values(
        bot_id=bot_id, fingerprint=fingerprint, file_id=file_id, uploaded_at=now
    )
    await session.execute(
        upload.on_conflict_do_update(
            index_elements=[Media.bot_id, Media.fingerprint],
            set_={"file_id": upload.excluded.file_id, "uploaded_at": upload.excluded.uploaded_at},
        )
    )


async def forget(session: AsyncSession, bot_id: int, fingerprint: str) -> None:
    """Forget an upload that Telegram no longer knows."""
    await session.execute(
        delete(Media).where(Media.bot_id == bot_id, Media.fingerprint == fingerprint)
    )
