"""Runs the tests as `make test` and `make soak` do: `python -m tests [--soak] [ARGUMENTS]`."""

from __future__ import annotations

import os
import sys

import pytest

from tests import browser

NO_BROWSER = "no Chromium was found; CHROMIUM can name one"


def main(arguments: list[str]) -> int:
    """Run pytest; return its exit status, 1 where no test ran at all."""
    if "--soak" in arguments:
        arguments = [argument for argument in arguments if argument != "--soak"]
        return _run(["-m", "soak", *arguments])
    wanted = "not soak"
    if not browser.executable():
        if os.environ.get("REQUIRE_BROWSER") == "1":
            print(f"REQUIRE_BROWSER is set, but {NO_BROWSER}", file=sys.stderr)  # noqa: T201
            return 1
        print(f"The browser tests are left out: {NO_BROWSER}", flush=True)  # noqa: T201
        wanted += " and not browser"
    # Much of a story is waiting: four workers keep two cores busy.
    return _run(["-m", wanted, "-n", "4", "--dist", "worksteal", *arguments])


def _run(arguments: list[str]) -> int:
    status = pytest.main(arguments)
    return 1 if status == pytest.ExitCode.NO_TESTS_COLLECTED else int(status)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
