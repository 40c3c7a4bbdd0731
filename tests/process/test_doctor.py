"""`limber doctor` says what is fine, what is not, and what to do; a backup goes there and back."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot import doctor, doctor_web
from bot.clock import SystemClock
from bot.settings import read_settings
from db import migrating, revisions
from db.opening import open_database
from sandbox.server import TelegramServer
from sandbox.updates import Hook
from tests.process.test_process import TOKEN, run


def database(folder: Path) -> Path:
    """Make a database of this Limber's."""
    path = folder / "limber.db"
    migrating.upgrade(path, revisions.MIGRATIONS, datetime.now(UTC))
    return path


async def test_all_is_well(tmp_path: Path) -> None:
    """Each thing has its line, and the status is 0."""
    async with TelegramServer(tmp_path / "telegram", SystemClock()) as telegram:
        settings = {"TELEGRAM_BOT_TOKEN": telegram.token, "TELEGRAM_API_URL": telegram.url}
        path = database(tmp_path)
        status, out, _ = await run(tmp_path, "doctor", DATABASE_URL=str(path), **settings)
    assert status == 0, out
    for words in (
        "time zones: data of",
        "MB are free",
        "is whole, revision",
        "no bot is using it",
        "30 entries",
        "font: ",
        "Bot API: ",
        "clock: ",
        "token: is that of @",
        "webhook: none",
    ):
        assert words in out, out
    assert "WRONG" not in out
    assert telegram.token not in out


async def test_nothing_is_reached(tmp_path: Path) -> None:
    """Without Telegram it says so, without the token."""
    settings = {"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_API_URL": "http://127.0.0.1:9"}
    status, out, err = await run(tmp_path, "doctor", **settings)
    assert status == 1
    assert "WRONG  Bot API: http://127.0.0.1:9 is not reached" in out
    assert TOKEN not in out + err
    assert "Traceback" not in err


async def test_wrong_token(tmp_path: Path) -> None:
    """A token that the Bot API does not know is named as what is wrong."""
    async with TelegramServer(tmp_path / "telegram", SystemClock()) as telegram:
        settings = {"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_API_URL": telegram.url}
        status, out, _ = await run(tmp_path, "doctor", **settings)
    assert status == 1
    assert "WRONG  token: is refused" in out
    assert TOKEN not in out


async def test_damaged(tmp_path: Path) -> None:
    """A torn database and a pack with faults are both told at once."""
    path = database(tmp_path)
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])
    (tmp_path / "pack" / "exercises").mkdir(parents=True)
    (tmp_path / "pack" / "exercises" / "new.yaml").write_text("key: new\nnonsense: 1\n")
    status, out, _ = await run(
        tmp_path, "doctor", DATABASE_URL=str(path), CONTENT_DIR=str(tmp_path / "pack")
    )
    assert status == 1
    assert "WRONG  database: " in out
    assert "limber restore" in out
    assert "WRONG  content: " in out


@pytest.mark.parametrize("name", [".env", "data", "data/limber.db"])
async def test_what_others_can_read(tmp_path: Path, name: str) -> None:
    """Settings or data that everybody on the machine can read are named, with what to do."""
    data = tmp_path / "data"
    data.mkdir(mode=0o755 if name == "data/limber.db" else 0o700)
    database(data)
    (tmp_path / ".env").touch(mode=0o600)
    mode = 0o755 if name == "data" else 0o644
    (tmp_path / name).chmod(mode)
    _, out, _ = await run(tmp_path, "doctor", DATABASE_URL="data/limber.db")
    (line,) = [line for line in out.splitlines() if "secrecy: " in line]
    assert line.startswith("WRONG")
    assert name in line.partition("chmod go= ")[2].split()


async def test_nobody_else_can_read(tmp_path: Path) -> None:
    """What the bot makes itself is closed to others, whatever the umask allows."""
    (tmp_path / ".env").touch(mode=0o600)
    path = tmp_path / "data" / "limber.db"
    opened = await open_database(f"sqlite+aiosqlite:///{path}", datetime.now(UTC))
    try:
        _, out, _ = await run(tmp_path, "doctor", DATABASE_URL="data/limber.db")
        kept = [path.parent, *path.parent.iterdir()]
    finally:
        await opened.close()
    assert "ok     secrecy: " in out
    assert [each.name for each in kept if each.stat().st_mode & 0o077] == []


def test_what_it_may_not_look_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Run by somebody who may not enter the bot's folder, it says so of each thing there."""
    data = tmp_path / "closed" / "limber.db"
    exists = Path.exists

    def closed(path: Path) -> bool:
        if path.is_relative_to(data.parent):
            raise PermissionError(13, "Permission denied", str(path))
        return exists(path)

    monkeypatch.setattr(Path, "exists", closed)
    monkeypatch.setenv("DATABASE_URL", str(data))
    monkeypatch.chdir(tmp_path)
    assert doctor.run() == 1
    told = capsys.readouterr().out
    for about in ("secrecy", "disk", "database"):
        assert f"WRONG  {about}: this user may not look at {data.parent}" in told
    assert "time zones: data of" in told


async def test_bad_setting(tmp_path: Path) -> None:
    """Bad settings are findings, too."""
    status, out, _ = await run(tmp_path, "doctor", SEND_RATE="fast", LOG_FORMAT="xml")
    assert status == 1
    assert "SEND_RATE" in out
    assert "LOG_FORMAT" in out


async def test_more_than_is_free(tmp_path: Path) -> None:
    """A rate that Telegram carries only if paid is noted, with what to set; it is no fault."""
    _, out, _ = await run(tmp_path, "doctor", SEND_RATE="200")
    assert "note   pace: at most 200 messages a second - set PAID_BROADCAST=on" in out
    _, out, _ = await run(tmp_path, "doctor", SEND_RATE="200", PAID_BROADCAST="on")
    assert "ok     pace: at most 200 messages a second; those over 30 cost" in out


async def test_backup_and_restore(tmp_path: Path) -> None:
    """The commands make one file of the database and put it back, keeping what was there."""
    path = database(tmp_path)
    status, out, _ = await run(tmp_path, "backup", "monday.db", DATABASE_URL=str(path))
    assert (status, "whole copy" in out) == (0, True)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("INSERT INTO mark VALUES ('which', 'later')")
    status, out, _ = await run(tmp_path, "restore", "monday.db", DATABASE_URL=str(path))
    assert (status, "before-restore-1.db" in out) == (0, True)
    with closing(sqlite3.connect(path)) as connection:
        found = connection.execute("SELECT count(*) FROM mark WHERE key = 'which'").fetchone()
    assert found == (0,)


@pytest.mark.parametrize("command", ["backup", "restore"])
async def test_refused_in_a_line(tmp_path: Path, command: str) -> None:
    """What cannot be done ends with status 2 and one line."""
    status, _, err = await run(tmp_path, command, "none.db", DATABASE_URL=str(tmp_path / "no.db"))
    assert (status, len(err.splitlines())) == (2, 1)


async def of_webhook(tmp_path: Path, hook: Hook | None, error: str = "", **settings: str) -> str:
    """Return what is said of a webhook where Telegram knows this one."""
    async with TelegramServer(tmp_path / "telegram", SystemClock()) as telegram:
        telegram.world.updates.set_webhook(hook, drop=False)
        if error:
            telegram.world.updates.failed(1_800_000_000, error)
        _, out, _ = await run(
            tmp_path,
            "doctor",
            TELEGRAM_BOT_TOKEN=telegram.token,
            TELEGRAM_API_URL=telegram.url,
            **settings,
        )
    assert "hush" not in out
    return "\n".join(line for line in out.splitlines() if "webhook:" in line or "LISTEN" in line)


OURS = "http://127.0.0.1:9/ours"
WANTED = {"WEBHOOK_URL": OURS, "WEBHOOK_SECRET": "hush" * 5, "LISTEN": "127.0.0.1:9"}
WEBHOOKS = {
    "not asked for": (Hook(OURS), "", {}, "WRONG  webhook: one is set and WEBHOOK_URL is not"),
    "spelt wrong": (
        None,
        "",
        {"WEBHOK_URL": OURS, "WEBHOOK_SECRET": "hush" * 5},
        "note   webhook: none is set, nor WEBHOOK_URL, only what goes with it",
    ),
    "not set yet": (None, "", WANTED, "WRONG  webhook: Telegram knows of none - start the bot"),
    "elsewhere": (Hook(OURS + "/x"), "", WANTED, "WRONG  webhook: Telegram posts elsewhere"),
    "as it should be": (Hook(OURS), "", WANTED, "ok     webhook: is set, 0 updates wait"),
    "short secret": (
        Hook(OURS),
        "",
        WANTED | {"WEBHOOK_SECRET": "x"},
        "note   webhook: is set, 0 updates wait - let WEBHOOK_SECRET have 16",
    ),
    "failed": (
        Hook(OURS),
        "Connection refused",
        WANTED,
        "note   webhook: is set, 0 updates wait; last failed at 2027-01-15 08:00 UTC:"
        " Connection refused - start nginx",
    ),
}


@pytest.mark.parametrize(("hook", "error", "settings", "said"), WEBHOOKS.values(), ids=WEBHOOKS)
async def test_webhook(
    tmp_path: Path, hook: Hook | None, error: str, settings: dict[str, str], said: str
) -> None:
    """What Telegram knows of a webhook is compared with the settings."""
    told = await of_webhook(tmp_path, hook, error, **settings)
    assert told.startswith(said)
    assert ("LISTEN: nobody answers - start the bot" in told) is ("LISTEN" in settings)


def test_advice() -> None:
    """Where updates wait it is grave; what is to be done depends on what Telegram says."""
    given = WANTED | {"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_API_URL": "http://127.0.0.1:9"}
    settings = read_settings(given, None)
    for told, advice in (
        ("SSL error {certificate verify failed}", "WEBHOOK_CERT"),
        ("Wrong response from the webhook: 404 Not Found", "path"),
        ("Wrong response from the webhook: 502 Bad Gateway", "start the bot"),
        ("Connection timed out", "firewall"),
        ("Something new", "log"),
    ):
        info = {"url": OURS, "pending_update_count": 3, "last_error_message": told}
        found = doctor_web.webhook(info | {"last_error_date": 1}, settings)
        assert found.grave
        assert advice in found.advice


@pytest.mark.parametrize(
    ("secret", "password", "short"), [("x", "y" * 20, True), ("x" * 20, "y", False)]
)
def test_length_of_the_secret(secret: str, password: str, short: bool) -> None:
    """What is measured is the webhook's secret, not the password of the database."""
    given = WANTED | {"WEBHOOK_SECRET": secret, "TELEGRAM_API_URL": "http://127.0.0.1:9"}
    url = {"DATABASE_URL": f"postgresql://limber:{password}@127.0.0.1/limber"}
    found = doctor_web.webhook({"url": OURS}, read_settings(given | url, None))
    assert bool(found.advice) is short


@pytest.mark.parametrize("command", ["run", "doctor"])
async def test_libraries_of_the_system_are_missing(tmp_path: Path, command: str) -> None:
    """On a server without what the drawing library is linked against, it says what to install."""
    (tmp_path / "skia.py").write_text("raise ImportError('libEGL.so.1: cannot open')\n")
    settings = {"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_API_URL": "http://127.0.0.1:9"}
    path = f"{tmp_path}:{Path(__file__).parents[2]}"
    status, out, err = await run(tmp_path, command, PYTHONPATH=path, **settings)
    (line,) = [line for line in (out + err).splitlines() if "libEGL" in line]
    assert "apt install" in line
    assert "Traceback" not in err
    assert status == (2 if command == "run" else 1)
