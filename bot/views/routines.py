"""Routines: the list to choose from, and one of them with its items, needs and lengths."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from bot.callbacks import AudioSession, ChooseRoutine, ForRoutine, OpenPage, OpenRoutine, Start
from bot.domain.catalogue import Catalogue, Exercise, Routine
from bot.domain.dose import Level
from bot.domain.plan import Page, Planned
from bot.domain.player import SessionKind
from bot.domain.session import Wanted
from bot.reply import Place, Reply
from bot.texts import Texts
from bot.views.keyboard import Key, grid, keyboard, to_settings
from bot.views.lines import dose_words, paragraphs, swap_lines
from bot.views.pictures import poster


def listing(
    catalogue: Catalogue,
    daily: str,
    texts: Texts,
    *,
    changed: bool = False,
    gentle: bool = False,
) -> Reply:
    """List the routines; a tap on a name makes it the daily one, beside it one can look first.

    For whom only what is `gentle` is open, the others are marked.
    """
    lines = [
        texts(
            "routines.daily" if key == daily else "routines.line",
            name=routine.name,
            length=length(routine, texts),
            needs=needs(routine, catalogue, texts),
            summary=routine.summary,
        )
        for key, routine in catalogue.routines.items()
    ]
    rows: list[list[Key]] = [
        [
            (texts(_mark(routine, daily, gentle=gentle), name=routine.name), ChooseRoutine(key)),
            (texts("button.look"), OpenRoutine(key, None)),
        ]
        for key, routine in catalogue.routines.items()
    ]
    rows.append([to_settings(texts)])
    title = texts("routines.intro_gentle") if gentle else texts("routines.intro")
    title = texts("routines.changed") if changed else title
    return Reply(paragraphs(title, Markup("\n").join(lines)), keyboard=keyboard(*rows))


def page(
    shown: Page,
    texts: Texts,
    *,
    buttons: bool = True,
    place: Place = Place.HERE,
) -> Reply:
    """Show a routine as it is done at a level, how long it takes at each, and what it needs."""
    routine, level, items = shown.routine, shown.level, shown.items
    length = texts.seconds(shown.lengths[level])
    title = texts("routine.title", name=routine.name, length=length)
    if level is not None:
        name = texts(f"level.{level.value}")
        title = texts("routine.title_level", name=routine.name, length=length, level=name)
    return Reply(
        paragraphs(
            Markup("\n").join((title, texts("routine.summary", text=routine.summary))),
            _day(shown, texts),
            Markup("\n").join(_lines(items, texts)),
            texts("routine.hurt", names=texts.listing(list(shown.hurt))) if shown.hurt else None,
            texts("routine.excluded", names=texts.listing(list(shown.excluded)))
            if shown.excluded
            else None,
        ),
        picture=poster(routine.key, {one.entry.key: one.entry for one in items}.values()),
        keyboard=keyboard(*_keys(shown, texts)) if buttons else None,
        place=place,
    )


def _day(shown: Page, texts: Texts) -> Markup | None:
    """Say which day of a programme it is, and why it comes again."""
    if shown.day is None:
        return None
    days = shown.routine.days
    line = texts("routine.day", day=days[shown.day - 1].name, total=len(days))
    if shown.again is None:
        return line
    return Markup("\n").join((line, texts(f"programme.again.{shown.again.value}")))


def _mark(routine: Routine, daily: str, *, gentle: bool) -> str:
    if routine.key == daily:
        return "button.chosen"
    return "button.closed" if gentle and not routine.gentle else "button.routine"


def length(routine: Routine, texts: Texts) -> str:
    """Return how long a routine is, or the shortest and longest day of a programme."""
    if not routine.days:
        return texts.seconds(routine.seconds)
    days = [day.seconds for day in routine.days]
    return str(texts("routine.days", shortest=min(days) // 60, longest=max(days) // 60))


def needs(routine: Routine, catalogue: Catalogue, texts: Texts) -> str:
    """Return the things that a routine is done with, comforts left out."""
    found = (catalogue.entry(item.entry) for item in catalogue.items(routine))
    things = dict.fromkeys(
        catalogue.things[need.thing].name
        for entry in found
        if isinstance(entry, Exercise)
        for need in entry.equipment
        if not need.optional
    )
    return ", ".join(things) or str(texts("routine.no_things"))


def _lines(items: Iterable[Planned], texts: Texts) -> Iterable[Markup]:
    for number, one in enumerate(items, start=1):
        slot = texts.seconds(one.seconds)
        yield texts("routine.item", number=number, name=one.entry.name, slot=slot)
        if (rung := one.rung) and rung.reached:
            own = dose_words(one.dose, rung.exercise.sides, texts)
            yield texts("routine.more" if rung.reached > 0 else "routine.less", dose=own)
        yield from swap_lines(one.swaps, texts, short=True)


def _keys(shown: Page, texts: Texts) -> Iterable[list[Key]]:
    routine, level = shown.routine, shown.level
    wanted = Wanted(SessionKind.ROUTINE, routine.key, level)
    yield [
        (texts("button.start_now"), Start(wanted.code)),
        (texts("button.audio"), AudioSession(wanted.code)),
    ]
    keys: list[Key] = []
    if not routine.days:
        others = [one for one in shown.lengths if one != level]
        keys += [(_level(one, shown, texts), OpenRoutine(routine.key, one)) for one in others]
    if level is None and not shown.daily:  # a level is for this once
        keys.append((texts("button.make_daily"), ChooseRoutine(routine.key)))
    keys.append((texts("button.for_you"), ForRoutine(routine.key)))
    keys.append((texts("button.routines"), OpenPage("routines")))
    yield from grid(keys, 2)


def _level(level: Level | None, shown: Page, texts: Texts) -> Markup:
    name = texts(f"level.{level.value}") if level else texts("level.written")
    minutes = round(shown.lengths[level] / 60)
    return texts("button.level", level=name, minutes=minutes)
