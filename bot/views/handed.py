"""What a reminder through the day asks for: a line a movement, with its dose."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from markupsafe import Markup

from bot.domain.catalogue import Catalogue, Practice
from bot.domain.dose import Dose, Sides
from bot.domain.spreading import Handed
from bot.domain.step import Side, Step
from bot.texts import Texts
from bot.views.lines import amount, dose_words, side


def lines(handed: Sequence[Handed], catalogue: Catalogue, texts: Texts) -> Markup:
    """Name each movement with how much of it: "Glute bridge · 2 × 10"."""
    told = [
        texts(
            "movement.line",
            name=catalogue.name_of(one[0].entry),
            dose=dose(one, catalogue, texts),
        )
        for share in handed
        for one in share.movements
    ]
    return Markup("\n").join(told)


def dose(steps: Sequence[Step], catalogue: Catalogue, texts: Texts) -> Markup:
    """Return the dose of one movement in a few words: "2 × 30 s each side"."""
    first = steps[0]
    entry = catalogue.entry(first.entry)
    if isinstance(entry, Practice):
        return amount(first, entry, texts) or Markup()
    if first.stage is not None or (first.seconds is None and first.reps is None):
        return texts("movement.takes", time=texts.seconds(sum(step.lasts for step in steps)))
    by_side = {where: list(same) for where, same in groupby(sorted(steps, key=_side), key=_side)}
    each = by_side.keys() >= {Side.LEFT, Side.RIGHT} or Side.ALTERNATING in by_side
    sets = min(map(len, by_side.values()))
    once = Dose(sets=sets, hold=first.seconds, reps=first.reps)
    words = [dose_words(once, Sides.EACH if each else Sides.NONE, texts)]
    if len(by_side) == 1 and not each:
        words += filter(None, [side(first, texts)])
    words += [texts("movement.more", side=side(step, texts)) for step in steps if step.extra]
    return Markup(", ").join(words)


def _side(step: Step) -> str:
    return step.side.value if step.side else ""
