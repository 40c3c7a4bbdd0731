"""What docs/reminders.md and the help say can be typed is understood as it says."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from bot.domain.schedule_words import parse_breathing, parse_schedule
from bot.domain.wishes import Add, Set

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 11, 25)
ROWS = re.findall(r"^\| `([^`]+)` \|", (ROOT / "docs/reminders.md").read_text(), re.MULTILINE)
SAID = re.findall(
    r"<code>/(schedule|breathe) ([^<]+)</code>", (ROOT / "content/texts/en.po").read_text()
)


def test_there_are_examples() -> None:
    """The tables were found."""
    assert len(ROWS) > 20
    assert len(SAID) > 10


@pytest.mark.parametrize("typed", ROWS)
def test_a_row_is_understood(typed: str) -> None:
    """Every example of the page can be typed."""
    parse_schedule(typed, TODAY)


@pytest.mark.parametrize(("command", "typed"), SAID)
def test_what_the_bot_suggests_is_understood(command: str, typed: str) -> None:
    """Every example that the bot shows can be typed."""
    parse = parse_schedule if command == "schedule" else parse_breathing
    parse(typed, TODAY)


@pytest.mark.parametrize("typed", [row for row in ROWS if "instead" not in row])
def test_breathing_takes_the_same_rules(typed: str) -> None:
    """Whatever is a rule of the routine is one of breathing too."""
    wish = parse_schedule(typed, TODAY)
    if isinstance(wish, Set) and not isinstance(wish, Add):
        assert parse_breathing(typed, TODAY) == wish
