"""Tells a coach whether a content pack can be used: the core of `limber check`."""

from __future__ import annotations

from pathlib import Path

import click

from bot.domain.catalogue import Catalogue
from content.faults import PackError
from content.loader import load


def run(folder: Path) -> int:
    """Print every fault of the pack on a line of its own and return 1, or its counts and 0."""
    try:
        catalogue = load(folder)
    except PackError as error:
        for fault in error.faults:
            click.echo(f"{folder / fault.path}:{fault.line}: {fault.text}")
        return 1
    click.echo(f"{folder}: {_counts(catalogue)}")
    return 0


def _counts(catalogue: Catalogue) -> str:
    return (
        f"{len(catalogue.exercises)} exercises, {len(catalogue.practices)} practices, "
        f"{len(catalogue.routines)} routines, no faults"
    )
