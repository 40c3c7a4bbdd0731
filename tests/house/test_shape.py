"""Rules about the code itself: small files, small functions, no surprises at import."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("bot", "content", "db", "sandbox")

MAX_FILE_LINES = 300
MAX_FUNCTION_LINES = 40

# Names that gather whatever has no place.
EMPTY_NAMES = {"utils", "util", "helpers", "helper", "common", "manager", "misc"}

# Who may read the environment: the settings, and the sandbox that starts the bot with another.
READ_THE_ENVIRONMENT = {"bot/settings.py", "sandbox/run.py"}

# Run by Alembic only, or commands: importing them is running them.
RUN_NOT_IMPORTED = ("__main__", "env")


def written(path: Path) -> bool:
    """Tell whether people write the file; migrations are generated."""
    return "versions" not in path.parts


FILES = [
    path.relative_to(ROOT)
    for package in PACKAGES
    for path in sorted((ROOT / package).rglob("*.py"))
    if written(path)
]

each_file = pytest.mark.parametrize("path", FILES, ids=str)


def tree(path: Path) -> ast.Module:
    """Parse a file of the project."""
    return ast.parse((ROOT / path).read_text())


def test_all_packages_are_looked_at() -> None:
    """The rules below see every package."""
    assert {path.parts[0] for path in FILES} == set(PACKAGES)


@each_file
def test_module_opens_with_a_sentence(path: Path) -> None:
    """Every module says first, in a sentence, what it is for."""
    first = (ast.get_docstring(tree(path)) or "").partition("\n")[0]
    assert len(first.split()) >= 3, "no opening sentence"
    assert first.endswith((".", "!", "?", "`")), f"no full stop: {first}"


@each_file
def test_file_is_short(path: Path) -> None:
    """No file is longer than what one can keep in mind."""
    lines = len((ROOT / path).read_text().splitlines())
    assert lines <= MAX_FILE_LINES


def long_functions(path: Path) -> Iterator[str]:
    """Name the functions of a file that are too long."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > MAX_FUNCTION_LINES:
                yield f"{node.name}: {lines} lines"


@each_file
def test_functions_are_short(path: Path) -> None:
    """No function is longer than a screen."""
    assert list(long_functions(path)) == []


@each_file
def test_module_has_a_subject(path: Path) -> None:
    """A module is named for what it is about."""
    assert EMPTY_NAMES.isdisjoint(path.with_suffix("").parts)


def reads_environment(node: ast.AST) -> bool:
    """Tell whether a node is a way to the process's environment."""
    names = {"environ", "environb", "getenv", "getenvb"}
    if isinstance(node, ast.Attribute):
        return isinstance(node.value, ast.Name) and node.value.id == "os" and node.attr in names
    if isinstance(node, ast.ImportFrom):
        return node.module == "os" and any(alias.name in names for alias in node.names)
    return False


@each_file
def test_only_settings_read_the_environment(path: Path) -> None:
    """What depends on the environment is in the settings, where it is documented."""
    reads = any(map(reads_environment, ast.walk(tree(path))))
    assert not reads or path.as_posix() in READ_THE_ENVIRONMENT


@pytest.mark.parametrize("path", [f for f in FILES if f.parts[:2] == ("bot", "domain")], ids=str)
def test_domain_needs_the_standard_library_alone(path: Path) -> None:
    """Rules are functions from values to values: they import nothing that is installed."""
    imported = set[str]()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            imported |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0
            imported.add(node.module or "")
    ours = {name for name in imported if name == "bot.domain" or name.startswith("bot.domain.")}
    assert {name.partition(".")[0] for name in imported - ours} <= sys.stdlib_module_names


IMPORT_ALL = """
import importlib, sys, threading
for name in sys.argv[1:]:
    importlib.import_module(name)
    assert threading.active_count() == 1, name + " started a thread"
"""


def test_importing_does_nothing_visible(tmp_path: Path) -> None:
    """With an empty environment, importing every module prints, writes and starts nothing."""
    names = [
        ".".join(path.with_suffix("").parts).removesuffix(".__init__")
        for path in FILES
        if path.stem not in RUN_NOT_IMPORTED
    ]
    done = subprocess.run(
        [sys.executable, "-c", IMPORT_ALL, *names],
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert list(tmp_path.iterdir()) == []
