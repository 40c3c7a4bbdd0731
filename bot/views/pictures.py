"""Which picture stands beside what is shown: an entry's card, a step's clip, a routine's poster."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from bot.domain.catalogue import Catalogue, Entry, Media, Practice
from bot.domain.drawing import Card, Clip, Figure, Poster, Sheet, Still
from bot.domain.motion import furthest
from bot.domain.own import is_own
from bot.domain.plan import Known, Means, plan
from bot.domain.player import SessionKind, expand
from bot.domain.pose_reading import parse_pose
from bot.domain.session import Ended
from bot.domain.step import Side, Step
from bot.domain.timing import stage_of, timing
from bot.reply import Picture


def figure(entry: Entry, movement: tuple[str, ...] = ()) -> Figure:
    """Return what an entry is drawn with, moving through `movement` where one is named."""
    return Figure(
        tuple(entry.poses.items()),
        movement or entry.movement,
        tuple(area.value for area in entry.works),
        entry.felt.value if entry.felt else "",
    )


def card(entry: Entry, media: Mapping[str, Media]) -> Picture | None:
    """Return the card of an entry, or the pack's own picture of it; None where there is none."""
    if entry.picture is not None:
        file = media.get(entry.picture)
        return Picture(entry.key, file) if file else None
    if not entry.poses:
        return None
    shown = entry.card or tuple(dict.fromkeys(entry.movement)) or tuple(entry.poses)[:1]
    return Picture(entry.key, Card(figure(entry), shown[:4]))


def still(
    entry: Entry, media: Mapping[str, Media], movement: tuple[str, ...], *, mirrored: bool = False
) -> Picture | None:
    """Return where a movement leads, with where it came from; the pack's own picture comes first.

    The coded poses face right, so the near, working side is the right one.
    """
    if entry.picture is not None or not entry.poses:
        return card(entry, media)
    names = movement or entry.movement or tuple(entry.poses)[:1]
    shown = _telling(entry, names)
    ghost = names[0] if names[0] != shown else ""
    return Picture(entry.key, Still(figure(entry, names), shown, ghost, mirrored))


def clip(
    step: Step, entry: Entry, breathing: Practice | None, media: Mapping[str, Media]
) -> Picture | None:
    """Return the moving picture of a step with its timers, and the still to show until it is drawn.

    The pack's own picture comes first; None where there is nothing to see.
    """
    stage = stage_of(step, entry)
    mirrored = step.side is Side.LEFT
    shown = still(entry, media, stage.movement if stage else (), mirrored=mirrored)
    if shown is None or not isinstance(shown.drawing, Still):
        return shown
    counted = timing(step, entry, breathing)
    drawing = Clip(shown.drawing.figure, counted, mirrored)
    return Picture(entry.key, drawing, shown.drawing)


def rehearsal(catalogue: Catalogue) -> Iterator[Picture]:
    """Yield the pictures of the daily routine, as most people will see it first, in order."""
    routine = catalogue.routines[catalogue.daily]
    known = Known(entries=catalogue.entries, things=catalogue.things)
    day = 1 if routine.days else None
    for step in expand(plan(catalogue.items(routine, day), known, Means())):
        breathing = catalogue.practices.get(step.breathing or "")
        if found := clip(step, catalogue.entries[step.entry], breathing, catalogue.media):
            yield found


def poster(name: str, entries: Iterable[Entry]) -> Picture | None:
    """Return one picture of all entries that are drawn; None where none is."""
    figures = tuple((figure(entry), _telling(entry)) for entry in entries if entry.poses)
    return Picture(name, Poster(figures), personal=is_own(name)) if figures else None


def closing(end: Ended, media: Mapping[str, Media]) -> Picture | None:
    """Return the picture of a session that is over: all of a routine, else what was done."""
    if end.wanted.kind is not SessionKind.ROUTINE and end.entries:
        return card(end.entries[-1], media)
    return poster(end.wanted.key, end.entries)


def sheet(entries: Iterable[Entry]) -> Picture:
    """Return one picture of all entries that are drawn, with their names."""
    drawn = (entry for entry in entries if entry.poses)
    return Picture(
        "contact-sheet", Sheet(tuple((figure(one), _telling(one), one.name) for one in drawn))
    )


def _telling(entry: Entry, movement: tuple[str, ...] = ()) -> str:
    """Return the pose that tells most of a movement: the one furthest from its beginning."""
    names = movement or entry.movement or tuple(entry.poses)[:1]
    return names[furthest([parse_pose(entry.poses[name]) for name in names])]
