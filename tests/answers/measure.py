"""Prints how well questions are answered, slice by slice: `python -m tests.answers.measure [SET]`.

SET is sample, tuning (the default) or measuring. What went wrong is listed of the first two only:
whoever looks at single answers of the measuring set tunes to it.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from dataclasses import asdict

from bot.answers import Answers
from content.loader import load, packaged
from tests.answers.tables import figures, questions, verdict

_COLUMNS = ("right", "facet", "unknown", "wrong", "missed", "false", "tier")


def main(name: str = "tuning") -> None:
    """Print the table of a set, its figures and, but for measuring, what was not right."""
    answers = Answers(load(packaged()))
    lines = questions(name)
    begun = time.perf_counter()
    given = [answers.ask(line.question) for line in lines]
    took = (time.perf_counter() - begun) / len(lines)
    judged = [verdict(line, answer) for line, answer in zip(lines, given, strict=True)]
    table: dict[str, Counter[str]] = {}
    for line, column in zip(lines, judged, strict=True):
        table.setdefault(line.slice, Counter())[column] += 1
    rows = [*table.items(), ("all", sum(table.values(), Counter()))]
    told = [f"{'':14}" + "".join(f"{column:>9}" for column in _COLUMNS)]
    told += [f"{slice_:14}" + "".join(f"{row[c]:9}" for c in _COLUMNS) for slice_, row in rows]
    told += [f"{what:10} {share:6.1%}" for what, share in asdict(figures(lines, judged)).items()]
    told.append(f"{took * 1e3:.1f} ms a question")
    if name != "measuring":
        told += [
            f"{column}: {line.question!r}: {answer.tier or answer.key} {answer.facet}"
            for line, answer, column in zip(lines, given, judged, strict=True)
            if column != "right"
        ]
    sys.stdout.write("\n".join(told) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
