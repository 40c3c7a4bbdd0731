"""Paces, lengths, deadlines, pain and sides of the player."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from db.types import NUMBER

revision = '0004'
down_revision = '0003'


def upgrade() -> None:
    """Paces, lengths, deadlines, pain and sides of the player."""
    op.create_table('side_felt',
    sa.Column('person_id', sa.BigInteger(), nullable=False),
    sa.Column('entry', sa.String(length=64), nullable=False),
    sa.Column('side', sa.String(length=32), nullable=False),
    sa.Column('ease', sa.String(length=32), nullable=False),
    sa.Column('felt_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_side_felt_person_id_person'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('person_id', 'entry', 'side', name=op.f('pk_side_felt'))
    )
    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.add_column(sa.Column('pace', sa.String(length=32), server_default='button', nullable=False))
        batch_op.add_column(sa.Column('audio', sa.String(length=64), nullable=True))
        batch_op.add_column(sa.Column('audio_at', sa.DateTime(timezone=True), nullable=True))

    with op.batch_alter_table('session', schema=None) as batch_op:
        batch_op.add_column(sa.Column('pace', sa.String(length=32), server_default='button', nullable=False))
        batch_op.add_column(sa.Column('length', sa.String(length=32), server_default='full', nullable=False))
        batch_op.add_column(sa.Column('awaits', sa.String(length=32), nullable=True))
        batch_op.add_column(sa.Column('deadline', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('owed_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('left', NUMBER, nullable=True))
        batch_op.add_column(sa.Column('undo', sa.JSON(), nullable=True))
        batch_op.add_column(sa.Column('undo_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.create_index('ix_session_owed_at', ['owed_at'], unique=False, sqlite_where=sa.text('owed_at is not null'), postgresql_where=sa.text('owed_at is not null'))
        batch_op.create_index('ix_session_one_spread', ['person_id'], unique=True, sqlite_where=sa.text("state = 'spread'"), postgresql_where=sa.text("state = 'spread'"))
        batch_op.create_index('ix_session_deadline', ['deadline'], unique=False, sqlite_where=sa.text('deadline is not null'), postgresql_where=sa.text('deadline is not null'))

    with op.batch_alter_table('reminder', schema=None) as batch_op:
        batch_op.add_column(sa.Column('aside', sa.Boolean(), server_default=sa.false(), nullable=False))

    with op.batch_alter_table('occurrence', schema=None) as batch_op:
        batch_op.add_column(sa.Column('share', sa.JSON(), nullable=True))

    with op.batch_alter_table('step_record', schema=None) as batch_op:
        batch_op.add_column(sa.Column('pain', NUMBER, nullable=True))
        batch_op.add_column(sa.Column('asked_in', sa.BigInteger(), nullable=True))
        batch_op.alter_column('outcome', existing_type=sa.String(length=32), nullable=True)
