"""Equipment and entry versions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from db.types import NUMBER

revision = '0002'
down_revision = '0001'


def upgrade() -> None:
    """Equipment and entry versions."""
    op.create_table('entry_version',
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('content', sa.JSON(), nullable=False),
    sa.PrimaryKeyConstraint('digest', name=op.f('pk_entry_version'))
    )
    with op.batch_alter_table('gate_answer', schema=None) as batch_op:
        batch_op.add_column(sa.Column('asked', sa.String(length=64), nullable=True))

    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.add_column(sa.Column('things', sa.JSON(), nullable=False, server_default='{}'))

    with op.batch_alter_table('session', schema=None) as batch_op:
        batch_op.add_column(sa.Column('entries', sa.JSON(), nullable=False, server_default='{}'))
        batch_op.add_column(sa.Column('day', NUMBER, nullable=True))
