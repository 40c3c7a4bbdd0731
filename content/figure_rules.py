"""What must be true of the figure an entry is shown with: its poses, movement and highlights."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from bot.domain.catalogue import Entry, Exercise
from bot.domain.pose import Pose
from bot.domain.pose_reading import parse_pose
from bot.domain.props import PoseError
from content.faults import Fault, meant
from content.reading import Document
from content.sources import Sources
from content.strays import MEDIA

LONGEST_CARD = 4  # positions on one card
LONGEST_MOVEMENT = 6  # poses of one movement

_CYCLE = re.compile(r"[1-9][0-9]?(?:-[1-9][0-9]?)*")


def figure_faults(document: Document, entry: Entry, sources: Sources) -> Iterator[Fault]:
    """Yield what is wrong with the pictures of an exercise or a practice."""
    yield from _picture(document, entry, sources)
    poses: dict[str, Pose] = {}
    for name, line in entry.poses.items():
        try:
            poses[name] = parse_pose(line)
        except PoseError as error:
            yield document.fault(f"pose '{name}': {error}", "poses", name)
    if entry.picture is None or entry.poses:
        yield from _movements(document, entry, poses)
    cycle = entry.cycle if isinstance(entry, Exercise) else None
    if cycle is not None and not _CYCLE.fullmatch(cycle):
        text = f"cycle: '{cycle}' should be seconds divided by hyphens, like 2-3-2"
        yield document.fault(text, "cycle")


def _picture(document: Document, entry: Entry, sources: Sources) -> Iterator[Fault]:
    if not entry.poses and not entry.picture:
        yield document.fault("there is nothing to see: write poses, or name a picture")
    told = {fault.path.rpartition(f"{MEDIA}/")[2] for fault in sources.faults}
    if entry.picture and entry.picture not in {*sources.media, *told}:
        near = meant(entry.picture, sources.media)
        text = f"picture: there is no file '{entry.picture}' in media/{near}"
        yield document.fault(text, "picture")


def _movements(document: Document, entry: Entry, poses: Mapping[str, Pose]) -> Iterator[Fault]:
    yield from _named(document, entry, entry.movement, poses, LONGEST_MOVEMENT, "movement")
    if entry.card:
        yield from _named(document, entry, entry.card, {}, LONGEST_CARD, "card")
    for index, stage in enumerate(entry.stages if isinstance(entry, Exercise) else ()):
        place = ("stages", index, "movement")
        yield from _named(document, entry, stage.movement, poses, LONGEST_MOVEMENT, *place)


def _named(
    document: Document,
    entry: Entry,
    names: tuple[str, ...],
    poses: Mapping[str, Pose],
    most: int,
    *place: str | int,
) -> Iterator[Fault]:
    field = place[-1]
    if len(names) > most:
        yield document.fault(f"{field}: {most} poses at most", *place)
    for name in names:
        if name not in entry.poses:
            text = f"{field}: there is no pose '{name}'{meant(name, entry.poses)}"
            yield document.fault(text, *place)
    if len({poses[name].seen for name in names if name in poses}) > 1:
        text = f"{field}: its poses must all be seen from the same place"
        yield document.fault(text, *place)
