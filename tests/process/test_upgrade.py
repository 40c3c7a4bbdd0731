"""Processes are replaced by those of a newer version one after the other, and nobody notices."""

from __future__ import annotations

import asyncio
import random
import shutil
from pathlib import Path

import pytest

from db import revisions
from tests.process.burst import Burst
from tests.process.checks import check, doubles
from tests.process.killed import MIGRATIONS
from tests.process.runner import several

pytestmark = pytest.mark.server

SEED = 20261127
PROCESSES = 2
PEOPLE = 12
REVISION = "9000"
# Tables that everybody writes to are changed, and held for as long as many rows would take.
LATER = """
import sqlalchemy as sa
from alembic import op

revision = '{revision}'
down_revision = '{before}'


def upgrade():
    op.add_column('person', sa.Column('later', sa.String(16), nullable=True))
    op.execute('update occurrence set attempts = attempts')
    op.create_index('ix_session_later', 'session', ['started_at'])
    op.execute('select pg_sleep(1)')
"""
NEWER = "select 1 from alembic_version where version_num = ?"
TROUBLE = ("update_failed", "update_set_aside", "sweep_failed", "jobs_failed", "Traceback")


@pytest.mark.kill
async def test_an_upgrade_goes_unnoticed(tmp_path: Path) -> None:
    """In a minute with many due and taps, with a migration of the tables in use."""
    later = shutil.copytree(revisions.MIGRATIONS, tmp_path / "migrations")
    text = LATER.format(revision=REVISION, before=revisions.known()[-1])
    (later / "versions" / f"2099_01_01_{REVISION}_later.py").write_text(text)
    async with several(tmp_path, PROCESSES) as crew:
        burst = Burst(crew[0], random.Random(SEED), PEOPLE)
        await burst.prepare()

        async def upgrade() -> None:
            await burst.first()
            for one in crew:
                assert await one.terminate() == 0
                one.more = {MIGRATIONS: str(later)}
                await one.start()
                async with asyncio.timeout(20):
                    while not burst.bot.stored(NEWER, REVISION):
                        await asyncio.sleep(0.02)

        await burst.day(upgrade)
        check(burst)
        await burst.day()
        check(burst)
        assert doubles(burst) == 0
        said = [message.text for person in burst.everybody for message in person.messages]
        assert not [text for text in said if "went wrong" in text]
        logs = "".join(one.log.read_text() for one in crew)
        assert [word for word in TROUBLE if word in logs] == []
