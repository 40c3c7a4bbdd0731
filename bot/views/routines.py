"""Routines: the list to choose from, and one of them with its items, needs and lengths."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from markupsafe import Markup

from bot.callbacks import (
    AudioSession,
    ChooseRoutine,
    ForRoutine,
    NewRoutine,
    OpenOwn,
    OpenPage,
    OpenRoutine,
    Start,
)
from bot.domain.catalogue import Catalogue, Exercise, Routine
from bot.domain.dose import Level
from bot.domain.own import Own, is_own, number_of
from bot.domain.plan import Page, Planned
from bot.domain.player import SessionKind
from bot.domain.session import Wanted
from bot.reply import Place, Reply
from bot.texts import Texts
from bot.views.folding import fold
from bot.views.keyboard import Key, grid, keyboard, to_settings
from bot.views.lines import dose_words, paragraphs, swap_lines
from bot.views.pictures import poster

_OWNS = 8  # lines of a phone that a person's own routines may take
_LINES = 15  # and those of one routine
_CAPTION = 900  # characters that surely fit below a picture


def listing(
    catalogue: Catalogue,
    daily: str,
    texts: Texts,
    *,
    changed: bool = False,
    gentle: bool = False,
    owns: Sequence[Own] | None = None,
) -> Reply:
    """List the routines; a tap on a name makes it the daily one, beside it one can look first.

    For whom only what is `gentle` is open, the others are marked. `owns` are the person's own,
    below a heading of theirs; None for somebody who cannot have any.
    """
    of_pack = [one for key, one in catalogue.routines.items() if not is_own(key)]
    rows = [_choice(routine, daily, texts, gentle=gentle) for routine in of_pack]
    for one in owns or ():
        own = catalogue.routines.get(one.key)
        empty: list[Key] = [(texts("button.routine", name=one.name), OpenOwn(one.id))]
        rows.append(_choice(own, daily, texts, gentle=gentle) if own else empty)
    new: list[Key] = [(texts("button.own.new"), NewRoutine(len(owns or ())))]
    rows.append([*(new if owns is not None else ()), to_settings(texts)])
    title = texts("routines.intro_gentle") if gentle else texts("routines.intro")
    title = texts("routines.changed") if changed else title
    return Reply(
        paragraphs(
            title,
            Markup("\n").join(_told(of_pack, catalogue, daily, texts, short=bool(owns))),
            _owns(owns or (), catalogue, daily, texts),
        ),
        keyboard=keyboard(*rows),
    )


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
    if routine.summary:
        title = Markup("\n").join((title, texts("routine.summary", text=routine.summary)))
    text = paragraphs(
        title,
        _day(shown, texts),
        fold(list(_lines(items, texts)), _LINES, texts),
        texts("routine.hurt", names=texts.listing(list(shown.hurt))) if shown.hurt else None,
        texts("routine.excluded", names=texts.listing(list(shown.excluded)))
        if shown.excluded
        else None,
        texts("own.gone", names=texts.listing(list(shown.gone))) if shown.gone else None,
    )
    picture = poster(routine.key, {one.entry.key: one.entry for one in items}.values())
    return Reply(
        text,
        picture=picture if len(text.striptags()) <= _CAPTION else None,
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


def _choice(routine: Routine, daily: str, texts: Texts, *, gentle: bool) -> list[Key]:
    return [
        (
            texts(_mark(routine, daily, gentle=gentle), name=routine.name),
            ChooseRoutine(routine.key),
        ),
        (texts("button.look"), OpenRoutine(routine.key, None)),
    ]


def _told(
    routines: Iterable[Routine], catalogue: Catalogue, daily: str, texts: Texts, *, short: bool
) -> Iterable[Markup]:
    for routine in routines:
        took = length(routine, texts)
        if short:
            yield _own(routine.name, took, texts, daily=routine.key == daily)
            continue
        yield texts(
            "routines.daily" if routine.key == daily else "routines.line",
            name=routine.name,
            length=took,
            needs=needs(routine, catalogue, texts),
            summary=routine.summary,
        )


def _own(name: str, took: str, texts: Texts, *, daily: bool) -> Markup:
    return texts("routines.short_daily" if daily else "routines.short", name=name, length=took)


def _owns(owns: Sequence[Own], catalogue: Catalogue, daily: str, texts: Texts) -> Markup | None:
    if not owns:
        return None
    lines = []
    for one in owns:
        routine = catalogue.routines.get(one.key)
        took = length(routine, texts) if routine else texts("own.nothing")
        lines.append(_own(one.name, took, texts, daily=one.key == daily))
    return Markup("\n").join((texts("routines.own"), fold(lines, _OWNS, texts)))


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
    number = number_of(routine.key)
    if number is not None:
        keys.append((texts("button.own.change"), OpenOwn(number)))
    keys.append((texts("button.routines"), OpenPage("routines")))
    yield from grid(keys, 2)


def _level(level: Level | None, shown: Page, texts: Texts) -> Markup:
    name = texts(f"level.{level.value}") if level else texts("level.written")
    minutes = round(shown.lengths[level] / 60)
    return texts("button.level", level=name, minutes=minutes)
