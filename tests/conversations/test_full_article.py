"""The article itself, walked: its order, its doses, its instructions, step by step."""

from __future__ import annotations

import re

from sandbox.person import Person
from tests.conftest import House, Walk
from tests.conversations.gate import answer_no

ORDER = [
    "360 belly breath",
    "Box hip stretch",
    "Half-kneeling hip stretch",
    "Psoas self-release",
    "Dead bug hold",
    "Bird dog",
    "Dead bug with band",
    "Slow cat-cow",
    "Long out-breath, 4-6",
]
# Stages of the release for each side, as the article tells them.
STAGES = ["Root", "Find the spot", "Load", "Breathe", "Sideways", "Bend and lengthen", "Hug"]


async def test_the_article_is_walkable(house: House, ana: Person, onboarded: Walk) -> None:
    """All seven exercises in the article's order, the release stage by stage, every step shown."""
    await onboarded(ana)
    await ana.send("/start rt_full-article-25")
    await ana.sees("The full 25 · 25 min")
    await ana.tap("Start now")
    await answer_no(ana)
    await ana.sees("1/")
    seen: list[str] = []
    while re.match(r"\d+/", ana.screen.text):
        assert ana.screen.photo
        seen.append(ana.screen.text)
        await ana.tap("Done")
        await house.settled()
    names = [text.split("\n")[0].partition(" · ")[2] for text in seen]
    assert list(dict.fromkeys(names)) == ORDER
    assert all("🌬️" in text for text in seen)
    stages = [found[1] for text in seen if (found := re.search(r"Stage \d of 7: (.+)", text))]
    assert stages == STAGES * 2
    assert sum(name == "Box hip stretch" for name in names) == 4  # two rounds, both sides
    assert f"{len(seen)} of {len(seen)} steps done" in ana.screen.text
