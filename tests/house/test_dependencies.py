"""A dependency that is not pinned, has no hash or is under another licence stops `make check`."""

from __future__ import annotations

import json
from email.message import Message
from pathlib import Path

import pytest

from tools.dependencies import faults, wrong_with, wrong_with_npm
from tools.licences import ALLOWED, licences_of

ROOT = Path(__file__).parents[2]
HASH = f"--hash=sha256:{'ab' * 32}"


def says(**fields: str | list[str]) -> Message:
    """Return what a package says of itself."""
    told = Message()
    for name, value in fields.items():
        for each in [value] if isinstance(value, str) else value:
            told[name.replace("_", "-")] = each
    return told


def mit(_: str) -> Message:
    """Say of every package that it is under a licence on the list."""
    return says(License_Expression="MIT")


def test_ours_are_as_they_should_be() -> None:
    """Every dependency of this very tree passes."""
    assert list(faults(ROOT)) == []


def test_make_check_looks() -> None:
    """What CI runs looks at the dependencies."""
    check = (ROOT / "Makefile").read_text().partition("\ncheck:")[2].partition("\n\n")[0]
    assert "-m tools.dependencies" in check
    assert "make check" in (ROOT / ".ci" / "run").read_text()


@pytest.mark.parametrize(
    "line",
    ["left>=1", "left", "left==1.*", "left @ https://example.org/left.whl", "-e ./left", "--pre"],
)
def test_not_pinned(line: str) -> None:
    """A range, an address and a folder are no version."""
    (fault,) = wrong_with(f"{line} \\\n    {HASH}\n", mit)
    assert "not pinned" in fault


@pytest.mark.parametrize("hashes", ["", " --hash=md5:ab", " --hash=sha256:ab"])
def test_no_hash(hashes: str) -> None:
    """Without a whole sha256 anything may be installed under that name."""
    assert list(wrong_with(f"left==1.0{hashes}\n", mit)) == ["left: has no sha256 hash"]


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (says(License_Expression="AGPL-3.0-only"), "under AGPL-3.0-only"),
        (says(License_Expression="MIT AND GPL-2.0-only"), "under GPL-2.0-only"),
        (says(License="Proprietary"), "under Proprietary"),
        (
            says(Classifier=["License :: OSI Approved :: GNU General Public License v3 (GPLv3)"]),
            "v3",
        ),
        (says(), "says no licence"),
        (None, "says no licence"),
    ],
    ids=["another", "one of two", "free field", "classifier", "none", "not installed"],
)
def test_licence(told: Message | None, words: str) -> None:
    """A licence that nobody decided about stops it, and so does none."""
    (fault,) = wrong_with(f"left==1.0 \\\n    {HASH}\n", lambda _: told)
    assert fault.startswith("left: ")
    assert words in fault


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (says(License_Expression="MIT OR GPL-3.0-only"), {"MIT"}),
        (says(License_Expression="GPL-3.0-only OR Apache-2.0"), {"Apache-2.0"}),
        (says(License_Expression="(MIT OR GPL-3.0-only) AND PSF-2.0"), {"MIT", "PSF-2.0"}),
        (says(License="BSD-3-Clause", Classifier=["License :: OSI Approved"]), {"BSD-3-Clause"}),
        (
            says(
                License="Copyright\nof many", Classifier=["License :: OSI Approved :: BSD License"]
            ),
            {"BSD-3-Clause"},
        ),
        (says(License="Apache 2.0"), {"Apache-2.0"}),
    ],
)
def test_what_a_package_says(told: Message, expected: set[str]) -> None:
    """A choice is ours, a sum is all of it, and older ways to say it are understood."""
    assert licences_of(told) == expected


def test_comments_and_markers() -> None:
    """What the lock tells beside its pins is no requirement."""
    pin = f"left==1.0 ; sys_platform == 'linux' \\\n    {HASH} \\\n    {HASH}\n    # via x"
    lock = f"# made by uv\n{pin}\n"
    assert list(wrong_with(lock, mit)) == []


def test_no_lock_at_all(tmp_path: Path) -> None:
    """A tree without a lock is a fault, not a success."""
    assert list(faults(tmp_path)) == [f"{tmp_path}: there is no requirements*.lock"]


def npm(version: str = "1.2.3", **found: str) -> list[str]:
    """Return what is wrong with one package of npm."""
    locked = {"integrity": "sha512-x", "license": "MIT"} | found
    lock = {"packages": {"": {}, "node_modules/left": locked}}
    return list(wrong_with_npm(json.dumps({"dependencies": {"left": version}}), json.dumps(lock)))


def test_npm() -> None:
    """What the benchmarks take from npm keeps to the same three rules."""
    assert npm() == []
    assert npm("^1.2.3") == ["left: is not pinned to one version"]
    assert npm(integrity="") == ["left: has no hash"]
    assert npm(license="SSPL-1.0") == ["left: is under SSPL-1.0, which is not on the list"]
    assert "no package-lock.json" in next(wrong_with_npm("{}", None))


def test_npm_is_found(tmp_path: Path) -> None:
    """A package.json anywhere under bench/ is looked at, what npm put beside it is not."""
    (tmp_path / "requirements.lock").write_text(f"left==1.0 {HASH}\n")
    for folder in ("bench/peer", "bench/peer/node_modules/left"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "package.json").write_text("{}")
    (fault,) = faults(tmp_path, mit)
    assert fault.startswith("bench/peer/package.json: ")


def test_locks_of_benchmarks_are_found(tmp_path: Path) -> None:
    """What a benchmark pins for itself is held to the same rules."""
    (tmp_path / "requirements.lock").write_text(f"left==1.0 {HASH}\n")
    lock = tmp_path / "bench" / "peer" / "requirements.lock"
    lock.parent.mkdir(parents=True)
    lock.write_text("right==1.0\n")
    assert list(faults(tmp_path, mit)) == [
        "bench/peer/requirements.lock: right: has no sha256 hash"
    ]


def test_every_licence_is_explained() -> None:
    """The page on licences says of each on the list what follows from it."""
    page = (ROOT / "docs" / "licences.md").read_text()
    assert [licence for licence in ALLOWED if f"`{licence}`" not in page] == []
