"""The questions of the tests and what counts as right, wrong and honest."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from bot.answers import Answer
from bot.domain.catalogue import Catalogue

_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Line:
    """One question; `accepted` are answers as `spoken` gives them, best first."""

    slice: str
    question: str
    accepted: frozenset[str]

    @property
    def alarms(self) -> bool:
        """Tell whether the question tells of a warning sign."""
        return not any(" " in one or one in ("unknown", "calm") for one in self.accepted)

    def accepts(self, answer: Answer) -> bool:
        """Tell whether `answer` is right; "calm" is anything but an alarm."""
        if self.accepted == {"calm"}:
            return answer.kind != "safety"
        return spoken(answer) in self.accepted


def spoken(answer: Answer) -> str:
    """Return an answer as "key facet", a tier, or "unknown"."""
    if answer.kind == "safety":
        return str(answer.tier)
    return "unknown" if answer.kind == "unknown" else f"{answer.key} {answer.facet}"


def own() -> Iterator[Line]:
    """Yield the questions written for these tests."""
    slices = yaml.safe_load(_HERE.joinpath("questions.yaml").read_text("utf-8"))
    for name, table in slices.items():
        for question, accepted in table.items():
            yield Line(name, str(question), frozenset(accepted.split("|")))


def sample(catalogue: Catalogue) -> Iterator[Line]:
    """Yield the sample of the interface; what the catalogue does not hold yet must be unknown."""
    for text in _HERE.joinpath("questions-sample.jsonl").read_text("utf-8").splitlines():
        line = json.loads(text)
        known = {**catalogue.entries, **catalogue.routines, **catalogue.notes}
        keys = [key for key in line["keys"] if key in known]
        accepted = {f"{key} {facet}" for key in keys for facet in line["facets"]}
        if tier := line.get("tier"):
            accepted = {tier}
        elif not keys or line["kind"] in ("unknown", "knowledge") or line["slice"] == "described":
            accepted.add("unknown")  # descriptions and paraphrases are not read yet
        yield Line(f"sample {line['slice']}", line["question"], frozenset(accepted))
