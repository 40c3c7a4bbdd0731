"""Tells a coach whether a content pack can be used: the command `limber check`."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from bot.domain.catalogue import Catalogue
from bot.packs import read_content
from bot.texts import BrokenCatalogue
from content.faults import PackError


def run(folder: Path) -> int:
    """Print every fault of the pack on a line of its own and return 1, or its counts and 0."""
    try:
        catalogue = read_content(folder, measured=True).catalogue
    except PackError as error:
        for fault in error.faults:
            click.echo(str(replace(fault, path=str(folder / fault.path))))
        return 1
    except BrokenCatalogue as error:
        click.echo(str(error))
        return 1
    click.echo(f"{folder}: {_counts(catalogue)}")
    return 0


def _counts(catalogue: Catalogue) -> str:
    return (
        f"{len(catalogue.exercises)} exercises, {len(catalogue.practices)} practices, "
        f"{len(catalogue.routines)} routines, {len(catalogue.notes)} notes, no faults"
    )
