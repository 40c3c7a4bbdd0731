"""Runs the tests as `make test` and `make soak` do: `python -m tests [--soak] [ARGUMENTS]`.

Everything runs on SQLite; then whatever has to do with a database runs on PostgreSQL, too. A soak
runs on SQLite alone.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests import browser, databases

ROOT = Path(__file__).parents[1]
NO_SYSTEMD = "systemd-analyze was not found"
NO_BROWSER = "no Chromium was found; CHROMIUM can name one"
ON_BOTH = tuple(
    ROOT / "tests" / name for name in ("conversations", "process", "db", "intake", "crew")
)
WORKERS = "-n 4 --dist worksteal"  # much of a story is waiting: they keep two cores busy


def main(arguments: list[str]) -> int:
    """Run pytest on each kind of database; return the worse exit status, 1 where no test ran."""
    if "--soak" in arguments:
        arguments = [argument for argument in arguments if argument != "--soak"]
        return _failed(_run("soak and not server", arguments, {databases.DATABASE: "sqlite"}))
    if not browser.executable() and os.environ.get("REQUIRE_BROWSER") == "1":
        print(f"REQUIRE_BROWSER is set, but {NO_BROWSER}", file=sys.stderr)  # noqa: T201
        return 1
    wanted = "not soak"
    if not browser.executable():
        print(f"The browser tests are left out: {NO_BROWSER}", flush=True)  # noqa: T201
        wanted += " and not browser"
    if not shutil.which("systemd-analyze"):
        if os.environ.get("REQUIRE_SYSTEMD") == "1":
            print(f"REQUIRE_SYSTEMD is set, but {NO_SYSTEMD}", file=sys.stderr)  # noqa: T201
            return 1
        print(f"The tests of the service are left out: {NO_SYSTEMD}", flush=True)  # noqa: T201
        wanted += " and not systemd"
    return _on_each(wanted, arguments, {"PYTEST_ADDOPTS": WORKERS})


def for_server(arguments: Sequence[str]) -> list[str] | None:
    """Return what to run on a server for these arguments, None where nothing of it has a database.

    Without a path that is all that has one; of paths it is what of them has.
    """
    paths = [argument for argument in arguments if _path(argument).exists()]
    found = [] if paths else list(map(str, ON_BOTH))
    for path in paths:
        found += _with_database(path)
    if not found:
        return None
    return [argument for argument in arguments if argument not in paths] + found


def _path(argument: str) -> Path:
    return Path(argument.partition("::")[0])


def _with_database(argument: str) -> list[str]:
    """Return a path itself where it is about a database, and those in it which are."""
    path = _path(argument).resolve()
    if any(path.is_relative_to(folder) for folder in ON_BOTH):
        return [argument]
    return [str(folder) for folder in ON_BOTH if folder.is_relative_to(path)]


def _on_each(wanted: str, arguments: Sequence[str], environ: dict[str, str]) -> int:
    on_file = environ | {databases.DATABASE: "sqlite"}
    status = _run(f"({wanted}) and not server", arguments, on_file)
    also = for_server(arguments)
    if also is None:
        return _failed(status)
    print("\nOn PostgreSQL:", flush=True)  # noqa: T201
    address = databases.address().render_as_string(hide_password=False)
    chosen = environ | {databases.DATABASE: "postgresql", databases.SERVER: address}
    on_server = _run(f"({wanted}) and not file and not browser", also, chosen)
    if on_server == pytest.ExitCode.NO_TESTS_COLLECTED and arguments:
        on_server = 0  # what was chosen has nothing for a server
    return _failed(status) or _failed(on_server)


def _run(wanted: str, arguments: Sequence[str], environ: dict[str, str]) -> int:
    command = [sys.executable, "-m", "pytest", "-m", wanted, *arguments]
    return subprocess.run(command, env=os.environ | environ, check=False).returncode


def _failed(status: int) -> int:
    return 1 if status == pytest.ExitCode.NO_TESTS_COLLECTED else status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
