"""The command behind `make test`: what it leaves out, and what it takes for a failure."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.__main__ import ON_BOTH, for_server

ROOT = Path(__file__).parents[2]

TESTS = """
import pytest

def test_plain(): print("ran plain")

@pytest.mark.browser
def test_page(): print("ran browser")

@pytest.mark.soak
def test_long(): print("ran soak")

@pytest.mark.systemd
def test_service(): print("ran systemd")
"""


def run(*arguments: str | Path, **environ: str) -> subprocess.CompletedProcess[str]:
    """Run the command with tests of its own, in this process's environment with changes."""
    return subprocess.run(
        [sys.executable, "-m", "tests", *map(str, arguments), "-n", "0", "-s", "-c", os.devnull],
        cwd=ROOT,
        env={**os.environ, **environ},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def tests(tmp_path: Path) -> Path:
    """A file with one test of each kind."""
    path = tmp_path / "test_kinds.py"
    path.write_text(TESTS)
    return path


def ran(done: subprocess.CompletedProcess[str]) -> set[str]:
    """Return which kinds of tests ran."""
    kinds = ("plain", "browser", "soak", "systemd")
    return {kind for kind in kinds if f"ran {kind}" in done.stdout}


def test_without_chromium_the_page_is_left_out(tests: Path) -> None:
    """Where there is no Chromium its tests are left out, and one line says so."""
    done = run(tests, CHROMIUM="/nowhere", REQUIRE_BROWSER="")
    assert (done.returncode, ran(done) - {"systemd"}) == (0, {"plain"})
    assert [line for line in done.stdout.splitlines() if "Chromium" in line] == [
        "The browser tests are left out: no Chromium was found; CHROMIUM can name one"
    ]


def test_with_chromium_the_page_is_tested(tests: Path) -> None:
    """Where there is one, only the long runs are left out, without a word."""
    done = run(tests, CHROMIUM=sys.executable)
    assert (done.returncode, ran(done) - {"systemd"}) == (0, {"plain", "browser"})
    assert "Chromium" not in done.stdout


def test_required_browser_missing_is_a_failure(tests: Path) -> None:
    """On the machine that must test the page, no Chromium means failing, in one line."""
    done = run(tests, CHROMIUM="/nowhere", REQUIRE_BROWSER="1")
    assert (done.returncode, ran(done)) == (1, set())
    assert done.stderr.count("\n") == 1


def test_without_systemd_the_service_is_left_out(tests: Path) -> None:
    """Where there is no systemd one line says so; on the machine that must have it, it fails."""
    done = run(tests, PATH="/nowhere", REQUIRE_SYSTEMD="", CHROMIUM=sys.executable)
    assert (done.returncode, ran(done)) == (0, {"plain", "browser"})
    assert "The tests of the service are left out: systemd-analyze was not found" in done.stdout
    done = run(tests, PATH="/nowhere", REQUIRE_SYSTEMD="1", CHROMIUM=sys.executable)
    assert (done.returncode, ran(done), done.stderr.count("\n")) == (1, set(), 1)


def test_soak_runs_only_the_long_ones(tests: Path) -> None:
    """The long runs have a command of their own."""
    done = run("--soak", tests)
    assert (done.returncode, ran(done)) == (0, {"soak"})


def test_no_test_at_all_is_a_failure(tests: Path) -> None:
    """A run that selects nothing has shown nothing."""
    assert run(tests, "-k", "no_such_test").returncode == 1


def test_what_has_a_database_runs_on_both() -> None:
    """Without a path, the stories and whatever else has a database; of paths, what has one."""
    everything = for_server([])
    assert everything == list(map(str, ON_BOTH))
    assert all(path.is_dir() for path in ON_BOTH)
    assert for_server(["tests"]) == list(map(str, ON_BOTH))
    assert for_server(["-k", "zone"]) == ["-k", "zone", *everything]
    assert for_server(["-x", "tests/db/test_names.py::test_names", "tests/domain"]) == [
        "-x",
        "tests/db/test_names.py::test_names",
    ]
    assert for_server(["tests/domain"]) is None


def test_failure_passes_through(tests: Path) -> None:
    """A failing test fails the command."""
    tests.write_text("def test_wrong(): assert False\n")
    assert run(tests).returncode == 1
