"""Tells a coach whether a content pack can be used: the command `limber check`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import click

from bot.answers import Answer
from bot.answers.examples import twins
from bot.domain.catalogue import Catalogue
from bot.domain.questions import FIELDS, SIGNS, Questions
from bot.domain.safety import TIERS
from bot.packs import read_content
from bot.shelf import Content
from bot.texts import BrokenCatalogue
from content.faults import Fault, PackError
from content.loader import over_packaged
from content.sources import gather


def run(folder: Path) -> int:
    """Print every fault of the pack on a line of its own and return 1, or its counts and 0.

    Questions of the pack that are answered otherwise than it says are told too, and are no fault.
    """
    try:
        content = read_content(folder, measured=True)
    except PackError as error:
        _print(error.faults, folder)
        return 1
    except BrokenCatalogue as error:
        click.echo(str(error))
        return 1
    _print(misread(folder, content), folder)
    click.echo(f"{folder}: {_counts(content.catalogue)}")
    return 0


def misread(folder: Path, content: Content) -> Iterator[Fault]:
    """Yield the example questions of a pack, and of no lower one, that are answered wrongly."""
    sources, same = gather(*over_packaged(folder)), twins(content.catalogue)
    for source in sources.questions:
        if source.document.path.startswith("/"):
            continue
        for name in (*FIELDS, "said"):
            for index, question in enumerate(getattr(source.value, name)):
                answer = content.answers.ask(question)
                if not _is_right(answer, source.value, name, same):
                    text = f"'{question}' is answered with {_told(answer)}"
                    yield source.document.fault(text, name, index)


def _is_right(answer: Answer, asked: Questions, name: str, same: Mapping[str, str]) -> bool:
    if asked.key.startswith(SIGNS):
        tier = asked.key.removeprefix(SIGNS)
        return answer.tier is not None and TIERS.index(answer.tier) <= TIERS.index(tier)
    if name == "said":
        return answer.kind == "unknown"
    key, facet = answer.key or "", name.replace("_", "-")
    if same.get(key, key) != same.get(asked.key, asked.key):
        return False
    return answer.facet == facet or answer.kind == "knowledge"


def _told(answer: Answer) -> str:
    if answer.kind in ("safety", "unknown"):
        return f"a warning: {answer.tier}" if answer.tier else "I do not know"
    return f"{answer.key}, {answer.facet}"


def _print(faults: Iterator[Fault] | list[Fault], folder: Path) -> None:
    for fault in faults:
        click.echo(str(replace(fault, path=str(folder / fault.path))))


def _counts(catalogue: Catalogue) -> str:
    return (
        f"{len(catalogue.exercises)} exercises, {len(catalogue.practices)} practices, "
        f"{len(catalogue.routines)} routines, {len(catalogue.notes)} notes, no faults"
    )
