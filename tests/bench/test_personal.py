"""The benchmark of a person's own data runs, for a short history."""

from __future__ import annotations

import pytest

from bench import personal


async def test_figures(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each of the five has a line with its limit."""
    for name, few in (("SESSIONS", 20), ("DAYS", 10), ("OTHERS", 1), ("TIMES", 2)):
        monkeypatch.setattr(personal, name, few)
    head, *lines = await personal.measure()
    assert "20 sessions in 10 days, beside 1 others" in head
    assert len(lines) == 5
    assert all("ms" in line for line in lines)
