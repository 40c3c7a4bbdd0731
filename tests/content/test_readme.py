"""What the coach's page shows is what the loader takes."""

from __future__ import annotations

import re

from bot.domain.catalogue import Dose, Exercise, Item, Practice, Routine
from content.loader import load, packaged
from tests.content.tiny_pack import TinyPack

PAGE = (packaged() / "README.md").read_text()
EXAMPLES = re.findall(r"```yaml\n# (\S+)\n(.*?)```", PAGE, re.DOTALL)


def test_examples_can_be_used(pack: TinyPack) -> None:
    """The examples of the page, put into a pack together, have no fault."""
    for path, text in EXAMPLES:
        pack.write(path, text)
    assert pack.faults() == []
    catalogue = load(pack.folder)
    assert len(EXAMPLES) == 3
    assert catalogue.exercises["heel-slide"].sides == "alternating"
    assert catalogue.practices["breath-3-5"].seconds_a_round == 8
    assert catalogue.routines["evening-4"].seconds == 240


def test_every_key_is_explained() -> None:
    """The page names every key that an exercise, a practice or a routine may have."""
    known = {name for kind in (Exercise, Practice, Routine, Item, Dose) for name in kind.__slots__}
    missing = {name for name in known if not re.search(rf"\b{name}\b", PAGE)}
    assert missing == set()


def test_counts_are_true() -> None:
    """The counts shown on the page are those of the pack it stands in."""
    catalogue = load(packaged())
    counts = (
        f"{len(catalogue.exercises)} exercises, {len(catalogue.practices)} practices, "
        f"{len(catalogue.routines)} routines, no faults"
    )
    assert counts in PAGE
