"""Prints how well questions are answered, slice by slice: `python -m tests.answers.measure`.

right: as expected; unknown: honest, but the content had it; wrong: another card; missed: a warning
sign that was not heard; false: an alarm where there is nothing; tier: an alarm of another urgency.
"""

from __future__ import annotations

import sys
import time
from collections import Counter

from bot.answers import Answer, Answers
from content.loader import load, packaged
from tests.answers.tables import Line, own, sample, spoken

_COLUMNS = ("right", "unknown", "wrong", "missed", "false", "tier")


def verdict(line: Line, answer: Answer) -> str:
    """Return which column an answer counts in."""
    if line.accepts(answer):
        return "right"
    if line.alarms:
        return "tier" if answer.kind == "safety" else "missed"
    if answer.kind == "safety":
        return "false"
    return "unknown" if answer.kind == "unknown" else "wrong"


def main() -> None:
    """Print the table, then every question that was not answered right."""
    catalogue = load(packaged())
    begun = time.perf_counter()
    answers = Answers(catalogue)
    built = time.perf_counter() - begun
    table: dict[str, Counter[str]] = {}
    took, faults = [], []
    for line in (*own(), *sample(catalogue)):
        begun = time.perf_counter()
        answer = answers.ask(line.question)
        took.append(time.perf_counter() - begun)
        column = verdict(line, answer)
        table.setdefault(line.slice, Counter())[column] += 1
        if column != "right":
            faults.append(f"{column}: {line.question!r}: {spoken(answer)} {answer.suggestions}")
    rows = [*table.items(), ("all", sum(table.values(), Counter()))]
    lines = [f"{'':20}" + "".join(f"{column:>9}" for column in _COLUMNS)]
    lines += [f"{name:20}" + "".join(f"{row[c]:9}" for c in _COLUMNS) for name, row in rows]
    middle, worst = sorted(took)[len(took) // 2], max(took)
    lines.append(
        f"built in {built * 1e3:.0f} ms, {middle * 1e3:.1f} ms each, {worst * 1e3:.0f} worst"
    )
    sys.stdout.write("\n".join(lines + faults) + "\n")


if __name__ == "__main__":
    main()
