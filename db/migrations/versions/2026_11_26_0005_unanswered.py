"""Questions that got no answer."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from db.types import NUMBER

revision = '0005'
down_revision = '0004'


def upgrade() -> None:
    """Questions that got no answer."""
    op.create_table('unanswered',
    sa.Column('id', NUMBER, nullable=False),
    sa.Column('person_id', sa.BigInteger(), nullable=False),
    sa.Column('text', sa.Text(), nullable=True),
    sa.Column('near', sa.JSON(), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_unanswered_person_id_person'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_unanswered'))
    )
    with op.batch_alter_table('unanswered', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_unanswered_asked_at'), ['asked_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_unanswered_person_id'), ['person_id'], unique=False)

    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.add_column(sa.Column('passes_on', sa.Boolean(), nullable=True))
