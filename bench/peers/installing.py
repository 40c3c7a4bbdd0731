"""Installs the peers into a cache folder, from what is pinned with hashes beside them."""

from __future__ import annotations

import asyncio
import hashlib
import shutil
import sys
import tempfile
from pathlib import Path

from bot.settings import cache_folder

BENCH = Path(__file__).parents[1]
AIOGRAM, GRAMMY = BENCH / "aiogram", BENCH / "grammy"

Command = tuple[str, ...]


class Missing(Exception):  # noqa: N818 - says what is missing
    """A peer cannot be installed here; its words say why."""


async def aiogram() -> Command:
    """Return the command of the aiogram peer; its pins may be others than ours."""
    lock = AIOGRAM / "requirements.lock"
    folder = _folder("aiogram", lock, sys.version.encode())
    python = folder / "bin" / "python"
    if not (folder / "done").exists():
        await _run(sys.executable, "-m", "venv", "--clear", str(folder))
        pip = (str(python), "-m", "pip", "--disable-pip-version-check", "--quiet")
        await _run(*pip, "install", "--require-hashes", "-r", str(lock))
        (folder / "done").touch()
    return str(python), str(AIOGRAM / "bot.py")


async def grammy() -> Command:
    """Return the command of the grammY peer."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        raise Missing("node and npm are not installed")
    folder = _folder("grammy", GRAMMY / "package-lock.json")
    if not (folder / "done").exists():
        folder.mkdir(parents=True, exist_ok=True)
        for name in ("package.json", "package-lock.json"):
            shutil.copy(GRAMMY / name, folder)
        quiet = ("--ignore-scripts", "--no-audit", "--no-fund", "--silent")
        await _run(npm, "ci", *quiet, "--prefix", str(folder))
        (folder / "done").touch()
    shutil.copy(GRAMMY / "bot.mjs", folder)  # modules are looked for beside it
    return node, str(folder / "bot.mjs")


def _folder(name: str, lock: Path, also: bytes = b"") -> Path:
    """Return where a peer lies; another lock has a folder of its own."""
    lock_is = hashlib.sha256(lock.read_bytes() + also).hexdigest()[:12]
    return (cache_folder() or Path(tempfile.gettempdir())) / "bench" / f"{name}-{lock_is}"


async def _run(*command: str) -> None:
    process = await asyncio.create_subprocess_exec(
        *command, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT
    )
    told, _ = await process.communicate()
    if process.returncode:
        last = told.decode(errors="replace").strip().splitlines()[-1:] or ["no word"]
        raise Missing(f"{Path(command[0]).name} failed: {last[0]}")
