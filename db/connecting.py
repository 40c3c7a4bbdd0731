"""How processes connect with a PostgreSQL server, and the advisory locks that they hold there."""

from __future__ import annotations

from typing import Any

import psycopg
from sqlalchemy import URL

Connection = psycopg.AsyncConnection[Any]

JOBS = "jobs"  # the schema of Procrastinate's tables
PASSWORDS = "password", "sslpassword"  # as a URL's options can give them
# A lost machine's connections end soon, and with them what it held; so do forgotten transactions.
OPTIONS = {
    "timezone": "UTC",
    "search_path": f"public,{JOBS}",
    "idle_in_transaction_session_timeout": "60s",
    "tcp_keepalives_idle": "5",
    "tcp_keepalives_interval": "2",
    "tcp_keepalives_count": "3",
}
ARGUMENTS: dict[str, Any] = {
    "options": " ".join(f"-c {name}={value}" for name, value in OPTIONS.items()),
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 11_000,
    "connect_timeout": 10,
}

# The locks; any numbers that nothing else in the database uses.
GATE = 1_279_871_298  # who is at one person's rows shares it, who is at everybody's holds it alone
MIGRATING = 1_279_871_299  # held by the process that brings the tables up to date
LEADER = 1_279_871_300  # held by the process that leads
LIFE = 1_279_871_301  # with a worker's number, held by the process that it is of


def conninfo(url: URL) -> str:
    """Return a URL as the driver takes it, without SQLAlchemy."""
    return url.set(drivername="postgresql").render_as_string(hide_password=False)


async def connect_alone(url: URL) -> Connection:
    """Return a connection of no pool, on which each statement is a transaction."""
    connect = psycopg.AsyncConnection.connect
    return await connect(conninfo(url), autocommit=True, **ARGUMENTS)
