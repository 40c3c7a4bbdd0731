"""The tables of Procrastinate, in a schema of their own beside Limber's."""

from __future__ import annotations

from pathlib import Path

from procrastinate.schema import SchemaManager
from sqlalchemy import Connection, text

from db.connecting import JOBS

APPLIED = "procrastinate"  # the mark of the last of its migrations

# Whoever waits for a lock is told when it is free: by itself a worker looks again only after a
# while. What is told is what Procrastinate tells of a new job.
NEXT = """
create index if not exists limber_waits_for_lock on procrastinate_jobs (lock)
    where status = 'todo' and lock is not null;

create or replace function limber_tell_next() returns trigger language plpgsql as $$
declare
    next record;
begin
    select id, queue_name into next from procrastinate_jobs
    where lock = old.lock and status = 'todo' order by priority desc, id limit 1;
    if found then
        perform pg_notify(
            'procrastinate_queue_v1#' || next.queue_name,
            json_build_object('type', 'job_inserted', 'job_id', next.id)::text
        );
    end if;
    return null;
end;
$$;

drop trigger if exists limber_tell_next on procrastinate_jobs;
create trigger limber_tell_next after delete or update of status on procrastinate_jobs
    for each row when (old.status = 'doing' and old.lock is not null)
    execute procedure limber_tell_next();
"""


def bring_up(connection: Connection) -> None:
    """Make the tables, or bring them to what the installed library needs, in the transaction.

    Its migrations are to be run in the order of their names, as its documentation says. A process
    that is older than the tables leaves them as they are.
    """
    known = sorted(path.name for path in _folder().glob("*.sql"))
    applied = connection.scalar(text("select value from mark where key = :key"), {"key": APPLIED})
    if applied is not None and applied >= known[-1]:
        return
    connection.execute(text(f"create schema if not exists {JOBS}"))
    connection.execute(text(f"set local search_path to {JOBS}, public"))
    if applied is None:
        _run(connection, SchemaManager.get_schema())
    for name in known:
        if applied is not None and name > applied:
            _run(connection, (_folder() / name).read_text("utf-8"))
    _run(connection, NEXT)
    connection.execute(
        text(
            "insert into mark (key, value) values (:key, :value)"
            " on conflict (key) do update set value = excluded.value"
        ),
        {"key": APPLIED, "value": known[-1]},
    )


def _folder() -> Path:
    return Path(SchemaManager.get_migrations_path())


def _run(connection: Connection, statements: str) -> None:
    raw = connection.connection.driver_connection
    assert raw is not None
    raw.execute(statements)  # without SQLAlchemy, which would look for parameters in it
