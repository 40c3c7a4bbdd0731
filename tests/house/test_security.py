"""The page on threats names, for each of them, tests that exist."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "security.md").read_text()
NAMED = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", PAGE)
THREATS = re.split(r"^## ", PAGE, flags=re.MULTILINE)[1:]


@pytest.mark.parametrize(("path", "name"), NAMED, ids="::".join)
def test_named_test_exists(path: str, name: str) -> None:
    """What is named is a test of that file."""
    tree = ast.parse((ROOT / path).read_text())
    functions = [n for n in tree.body if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]
    assert name in {function.name for function in functions}
    assert name.startswith("test_")


@pytest.mark.parametrize("threat", THREATS, ids=lambda threat: threat.partition("\n")[0])
def test_each_threat_is_shown_to_be_met(threat: str) -> None:
    """Each threat says what could happen, and has tests."""
    assert re.search(r"^\*[A-Z]", threat, re.MULTILINE), "does not say what could happen"
    assert "::test_" in threat


def test_it_stays_a_page() -> None:
    """The page can be read at once."""
    assert len(PAGE.splitlines()) < 150
