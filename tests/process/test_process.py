"""The process as an operator sees it: exit statuses, one line of reason, and a token nowhere."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.clock import SystemClock
from content.loader import packaged
from db.opening import open_database
from sandbox.person import Person
from sandbox.server import TelegramServer
from tests import databases
from tests.process.conftest import ROOT, Process, seconds_until
from tests.process.deliveries import reminded
from tests.stored import look

TOKEN = "987654321:AAabcdefGHIJKLMNOPqrstuvwxyz0123456"


async def run(folder: Path, *arguments: str, **settings: str) -> tuple[int, str, str]:
    """Run `limber` to its end; return status, output and error output."""
    clean = {name: value for name, value in os.environ.items() if name not in SETTINGS}
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        *arguments,
        cwd=folder,
        env=clean | {"PYTHONPATH": str(ROOT)} | settings,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, err = await asyncio.wait_for(process.communicate(), 30)
    assert process.returncode is not None
    return process.returncode, out.decode(), err.decode()


SETTINGS = ("TELEGRAM_BOT_TOKEN", "TELEGRAM_API_URL", "DATABASE_URL", "CLOCK_FILE", "CONTENT_DIR")


@pytest.mark.parametrize(
    ("settings", "named"),
    [
        pytest.param({}, ["TELEGRAM_BOT_TOKEN"], id="no token"),
        pytest.param({"TELEGRAM_BOT_TOKEN": "hello"}, ["TELEGRAM_BOT_TOKEN"], id="no such token"),
        pytest.param(
            {"TELEGRAM_BOT_TOKEN": TOKEN, "SEND_RATE": "fast", "LOG_FORMAT": "xml"},
            ["SEND_RATE", "LOG_FORMAT"],
            id="two at once",
        ),
        pytest.param(
            {"TELEGRAM_BOT_TOKEN": TOKEN, "DATABASE_URL": "mysql://db/limber"},
            ["DATABASE_URL"],
            id="another kind of database",
        ),
        pytest.param(
            {"TELEGRAM_BOT_TOKEN": TOKEN, "CLOCK_FILE": "clock"},
            ["CLOCK_FILE"],
            id="a clock file only beside a local Bot API",
        ),
    ],
)
async def test_bad_settings(tmp_path: Path, settings: dict[str, str], named: list[str]) -> None:
    """A bad setting ends with status 2 and one line each, naming the variable, no traceback."""
    status, _, err = await run(tmp_path, "run", **settings)
    assert status == 2
    assert [line.split()[0] for line in err.splitlines()] == named
    assert TOKEN not in err


async def test_rejected_token(tmp_path: Path) -> None:
    """A token the Bot API does not know ends with status 3 and one line."""
    async with TelegramServer(tmp_path / "telegram", SystemClock()) as telegram:
        status, _, err = await run(
            tmp_path,
            "run",
            TELEGRAM_BOT_TOKEN=TOKEN,
            TELEGRAM_API_URL=telegram.url,
            LOG_LEVEL="DEBUG",
        )
    assert status == 3
    assert len([line for line in err.splitlines() if "TELEGRAM_BOT_TOKEN" in line]) == 1
    assert TOKEN not in err
    assert TOKEN.split(":")[1] not in err
    assert "Traceback" not in err


async def test_database_of_a_newer_limber(tmp_path: Path) -> None:
    """A database newer than the code ends with status 2 and one line."""
    url = databases.new_url(tmp_path)
    await (await open_database(url, datetime.now(UTC))).close()
    with look(url) as database:
        database.change("update alembic_version set version_num = '9999'")
    status, _, err = await run(tmp_path, "run", TELEGRAM_BOT_TOKEN=TOKEN, DATABASE_URL=url)
    databases.drop(url)
    assert (status, len(err.splitlines())) == (2, 1)
    assert err.startswith("DATABASE_URL")


async def test_broken_pack(tmp_path: Path) -> None:
    """A pack with faults is not started: status 2, a line a fault; `limber check` says the same."""
    (tmp_path / "pack").mkdir()
    (tmp_path / "pack" / "pack.yaml").write_text("name: Mine\ndayly: x\n")
    status, _, err = await run(
        tmp_path, "run", TELEGRAM_BOT_TOKEN=TOKEN, CONTENT_DIR=str(tmp_path / "pack")
    )
    assert status == 2
    assert "pack.yaml:2:" in err
    assert "Traceback" not in err
    status, out, _ = await run(tmp_path, "check", str(tmp_path / "pack"))
    assert status == 1
    assert "pack.yaml:2:" in out


async def test_broken_catalogue(tmp_path: Path) -> None:
    """A catalogue that cannot be read is told in one line that names it."""
    shutil.copytree(packaged(), tmp_path / "pack", ignore=shutil.ignore_patterns("*.py", "*.pyc"))
    (tmp_path / "pack" / "texts" / "de.po").write_text("Hallo")
    status, _, err = await run(
        tmp_path, "run", TELEGRAM_BOT_TOKEN=TOKEN, CONTENT_DIR=str(tmp_path / "pack")
    )
    assert (status, len(err.splitlines())) == (2, 1)
    assert "de.po" in err


async def begun(folder: Path, **settings: str) -> asyncio.subprocess.Process:
    """Start `limber run` where no Telegram is."""
    given = {
        "TELEGRAM_BOT_TOKEN": TOKEN,
        "TELEGRAM_API_URL": "http://127.0.0.1:9",
        "DATABASE_URL": str(folder / "limber.db"),
        "PYTHONPATH": str(ROOT),
        "LOG_LEVEL": "DEBUG",
    }
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        "run",
        cwd=folder,
        env=os.environ | given | settings,
        stderr=asyncio.subprocess.PIPE,
    )


async def stopped(process: asyncio.subprocess.Process) -> bytes:
    """Stop a process, which has to end with 0 within 10 seconds; return what it still said."""
    process.terminate()
    started = time.monotonic()
    _, rest = await asyncio.wait_for(process.communicate(), 12)
    assert process.returncode == 0
    assert time.monotonic() - started < 10
    return rest


async def test_unreachable(tmp_path: Path) -> None:
    """Telegram being away never ends the process; SIGTERM does, with 0, within 10 seconds."""
    process = await begun(tmp_path)
    assert process.stderr is not None
    err = b""
    while err.count(b"telegram_unreachable") < 2:  # it was tried again
        err += await asyncio.wait_for(process.stderr.readline(), 30)
    assert process.returncode is None
    err += await stopped(process)
    assert TOKEN.encode() not in err
    assert b"Traceback" not in err


async def test_stops_while_it_learns(tmp_path: Path) -> None:
    """A first start learns for a while from the questions; a stop does not wait for that."""
    process = await begun(tmp_path, XDG_CACHE_HOME=str(tmp_path / "cache"))
    assert process.stderr is not None
    while b"learning" not in await asyncio.wait_for(process.stderr.readline(), 30):
        pass
    await asyncio.sleep(2)
    assert b"Traceback" not in await stopped(process)
    assert not list(tmp_path.glob("cache/limber/answers-*.npz"))  # it had not learned yet


async def test_stops_cleanly(process: Process, ana: Person) -> None:
    """SIGTERM in the middle of a session ends with 0 within 10 seconds; the next start goes on."""
    await ana.send("/today")
    await ana.sees("1/")
    await ana.tap("Done")
    started = time.monotonic()
    assert await process.terminate() == 0
    assert time.monotonic() - started < 10
    await process.start()
    await ana.sees("2/", timeout=20)
    assert process.telegram.token not in process.log.read_text()
    assert "one step at a time" not in process.log.read_text()  # no texts in any line


@pytest.mark.file
async def test_second_process(process: Process, ana: Person) -> None:
    """A second process on the same file is refused with status 2 and one line."""
    status, _, err = await run(
        process.folder,
        "run",
        TELEGRAM_BOT_TOKEN=process.telegram.token,
        TELEGRAM_API_URL=process.telegram.url,
        DATABASE_URL=process.url,
    )
    assert status == 2
    assert err.startswith("DATABASE_URL")


async def test_within_two_seconds(process: Process, ana: Person) -> None:
    """A reminder is sent within two seconds of its minute, by the machine's running clock."""
    process.jump(seconds_until(7, 30) - 3)
    message = await reminded(ana, 10)
    late = message.date.timestamp() % 60
    assert message.date.minute == 30
    assert late <= 2


async def test_ask_json(tmp_path: Path) -> None:
    """`limber ask --json` prints one object with the six fields of the interface."""
    status, out, _ = await run(tmp_path, "ask", "--json", "brd dog")
    assert status == 0
    assert out.strip() == (
        '{"question": "brd dog", "kind": "exercise", "key": "bird-dog-lumbar", "facet": "how",'
        ' "tier": null, "suggestions": []}'
    )


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("where do I feel the bridge?", "Glute bridge .* In your buttocks"),
        ("what is the daily 12", "Daily 12 · 12 min .* Pelvic tilt"),
        ("my leg is numb", "^Please .* your doctor or physio"),
        ("will it rain", "^I don't know that one"),
        ("march", r"Did you mean one of these\? \w+"),
    ],
    ids=["exercise", "routine", "warning-sign", "unknown", "nearest"],
)
async def test_ask(tmp_path: Path, question: str, said: str) -> None:
    """`limber ask` prints the answer in words, on one line."""
    status, out, _ = await run(tmp_path, "ask", question)
    assert status == 0
    assert len(out.splitlines()) == 1
    assert re.search(said, out)
