"""Levels, check-ins, corrected days, own routines and broadcasts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from db.types import NUMBER

revision = '0006'
down_revision = '0005'


def upgrade() -> None:
    """Levels, check-ins, corrected days, own routines and broadcasts."""
    op.create_table('broadcast',
    sa.Column('id', NUMBER, nullable=False),
    sa.Column('author_id', sa.BigInteger(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('confirmed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('cancelled_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('report_at', sa.DateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_broadcast')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('broadcast', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_broadcast_author_id'), ['author_id'], unique=False)

    op.create_table('broadcast_copy',
    sa.Column('broadcast_id', NUMBER, nullable=False),
    sa.Column('person_id', sa.BigInteger(), nullable=False),
    sa.Column('state', sa.String(32), nullable=False),
    sa.Column('send_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('attempts', NUMBER, server_default=sa.text('0'), nullable=False),
    sa.ForeignKeyConstraint(['broadcast_id'], ['broadcast.id'], name=op.f('fk_broadcast_copy_broadcast_id_broadcast'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_broadcast_copy_person_id_person'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('broadcast_id', 'person_id', name=op.f('pk_broadcast_copy'))
    )
    with op.batch_alter_table('broadcast_copy', schema=None) as batch_op:
        batch_op.create_index('ix_broadcast_copy_send_at', ['send_at'], unique=False, sqlite_where=sa.text('send_at is not null'), postgresql_where=sa.text('send_at is not null'))

    op.create_table('check_in',
    sa.Column('person_id', sa.BigInteger(), nullable=False),
    sa.Column('practice_day', sa.Date(), nullable=False),
    sa.Column('before', NUMBER, nullable=True),
    sa.Column('before_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('after', NUMBER, nullable=True),
    sa.Column('after_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_check_in_person_id_person'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('person_id', 'practice_day', name=op.f('pk_check_in'))
    )
    op.create_table('correction',
    sa.Column('person_id', sa.BigInteger(), nullable=False),
    sa.Column('practice_day', sa.Date(), nullable=False),
    sa.Column('said', sa.String(32), nullable=True),
    sa.Column('before', sa.String(32), nullable=True),
    sa.Column('said_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_correction_person_id_person'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('person_id', 'practice_day', name=op.f('pk_correction'))
    )
    op.create_table('pause',
    sa.Column('person_id', sa.BigInteger(), nullable=False),
    sa.Column('since', sa.DateTime(timezone=True), nullable=False),
    sa.Column('until', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_pause_person_id_person'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('person_id', 'since', name=op.f('pk_pause'))
    )
    op.execute("INSERT INTO pause (person_id, since, until) SELECT id, paused_at, paused_until FROM person WHERE paused_at IS NOT NULL")
    op.create_table('level',
    sa.Column('person_id', sa.BigInteger(), nullable=False),
    sa.Column('entry', sa.String(length=64), nullable=False),
    sa.Column('excluded', sa.Boolean(), server_default=sa.false(), nullable=False),
    sa.Column('instead', sa.String(length=64), nullable=True),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_level_person_id_person'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('person_id', 'entry', name=op.f('pk_level'))
    )
    op.create_table('own_routine',
    sa.Column('id', NUMBER, nullable=False),
    sa.Column('person_id', sa.BigInteger(), nullable=False),
    sa.Column('name', sa.String(length=64), nullable=False),
    sa.Column('items', sa.JSON(), nullable=False),
    sa.Column('revision', NUMBER, server_default=sa.text('0'), nullable=False),
    sa.Column('token', sa.String(length=32), nullable=True),
    sa.Column('removed', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('offered', sa.Boolean(), server_default=sa.false(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_own_routine_person_id_person'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_own_routine')),
    sa.UniqueConstraint('token', name=op.f('uq_own_routine_token')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('own_routine', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_own_routine_person_id'), ['person_id'], unique=False)

    op.create_table('proposal',
    sa.Column('id', NUMBER, nullable=False),
    sa.Column('person_id', sa.BigInteger(), nullable=False),
    sa.Column('occurrence_id', NUMBER, nullable=True),
    sa.Column('kind', sa.String(32), nullable=False),
    sa.Column('offered', sa.JSON(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('accepted', sa.Boolean(), nullable=True),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['occurrence_id'], ['occurrence.id'], name=op.f('fk_proposal_occurrence_id_occurrence'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_proposal_person_id_person'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_proposal')),
    sa.UniqueConstraint('occurrence_id', name=op.f('uq_proposal_occurrence_id')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('proposal', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_proposal_person_id'), ['person_id'], unique=False)

    op.create_table('level_change',
    sa.Column('id', NUMBER, nullable=False),
    sa.Column('person_id', sa.BigInteger(), nullable=False),
    sa.Column('entry', sa.String(length=64), nullable=False),
    sa.Column('notches', NUMBER, nullable=False),
    sa.Column('cause', sa.String(32), nullable=False),
    sa.Column('session_id', NUMBER, nullable=True),
    sa.Column('named', sa.JSON(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('refused_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_level_change_person_id_person'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['session_id'], ['session.id'], name=op.f('fk_level_change_session_id_session'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_level_change')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('level_change', schema=None) as batch_op:
        batch_op.create_index('ix_level_change_person_entry', ['person_id', 'entry'], unique=False)
        batch_op.create_index(batch_op.f('ix_level_change_session_id'), ['session_id'], unique=False)

    op.create_table('reached',
    sa.Column('person_id', sa.BigInteger(), nullable=False),
    sa.Column('milestone', sa.String(32), nullable=False),
    sa.Column('session_id', NUMBER, nullable=True),
    sa.Column('reached_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_reached_person_id_person'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['session_id'], ['session.id'], name=op.f('fk_reached_session_id_session'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('person_id', 'milestone', name=op.f('pk_reached'))
    )
    with op.batch_alter_table('session', schema=None) as batch_op:
        batch_op.add_column(sa.Column('planned', sa.Boolean(), nullable=True))
        batch_op.add_column(sa.Column('level', sa.String(32), nullable=True))
    with op.batch_alter_table('reached', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_reached_session_id'), ['session_id'], unique=False)

    with op.batch_alter_table('session', schema=None) as batch_op:
        batch_op.create_index('ix_session_occurrence_id', ['occurrence_id'], unique=False, sqlite_where=sa.text('occurrence_id is not null'), postgresql_where=sa.text('occurrence_id is not null'))
        batch_op.create_index('ix_session_undo_at', ['undo_at'], unique=False, sqlite_where=sa.text('undo is not null'), postgresql_where=sa.text('undo is not null'))

    with op.batch_alter_table('entry_version', schema=None) as batch_op:
        batch_op.add_column(sa.Column('person_id', sa.BigInteger(), nullable=True))
        batch_op.create_index(batch_op.f('ix_entry_version_person_id'), ['person_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_entry_version_person_id_person'), 'person', ['person_id'], ['id'], ondelete='CASCADE')

    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.add_column(sa.Column('streak_hidden', sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column('checks_in', sa.Boolean(), server_default=sa.true(), nullable=False))
        batch_op.add_column(sa.Column('hears', sa.Boolean(), server_default=sa.true(), nullable=False))
    with op.batch_alter_table('occurrence', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_occurrence_due_at'), ['due_at'], unique=False)
    with op.batch_alter_table('session', schema=None) as batch_op:
        batch_op.create_index('ix_session_finished_at', ['finished_at', 'state'], unique=False, sqlite_where=sa.text('finished_at is not null'), postgresql_where=sa.text('finished_at is not null'))
