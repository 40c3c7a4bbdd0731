"""Routines of a person's own, built line by line; and one as a file."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from bot.callbacks import (
    AddEntry,
    DeleteOwn,
    KeepName,
    MoveLine,
    OpenLine,
    OpenOwn,
    OpenPage,
    OpenRoutine,
    OpenShelf,
    PutLineBack,
    RemoveLine,
    RenameOwn,
    SendOwn,
    ShareOwn,
    StepLine,
)
from bot.domain.building import choices
from bot.domain.catalogue import Catalogue, Exercise, Item, Practice, Purpose, Routine
from bot.domain.dose import Level
from bot.domain.own import (
    LONGEST,
    MOST_ITEMS,
    MOST_ROUTINES,
    Own,
    Unmade,
    as_routine,
    schedulable,
)
from bot.domain.plan import dose_of
from bot.domain.typed_text import NotUnderstood
from bot.reply import Place, Reply
from bot.texts import Texts
from bot.views.folding import fold
from bot.views.keyboard import Key, grid, keyboard
from bot.views.lines import dose_words, paragraphs, reason

ROOM = 14  # lines of a phone that those of a routine may take
NUMBERS = 6  # in a row


def editor(own: Own, catalogue: Catalogue, texts: Texts, *, place: Place = Place.HERE) -> Reply:
    """Show a routine as it is built: its lines, each behind its number, and how long it is."""
    routine = as_routine(own, catalogue)
    numbers: list[Key] = [
        (str(number), OpenLine(own.id, own.revision, number))
        for number in range(1, len(own.items) + 1)
    ]
    change: list[Key] = [(texts("button.own.add"), OpenShelf(own.id, None))]
    if own.removed:
        change.append((texts("button.own.back"), PutLineBack(own.id, own.revision)))
    hand_on: list[Key] = [
        (texts("button.own.share"), ShareOwn(own.id, True)),
        (texts("button.own.file"), SendOwn(own.id)),
    ]
    done = OpenRoutine(own.key, None) if routine else OpenPage("routines")
    return Reply(
        paragraphs(
            title(own.name, routine, texts),
            lines(own.items, catalogue, texts) if own.items else texts("own.empty"),
            texts("own.tap") if own.items else None,
        ),
        keyboard=keyboard(
            *grid(numbers, NUMBERS),
            change,
            [(texts("button.own.rename"), RenameOwn(own.id)), *(hand_on if routine else ())],
            [
                (texts("button.own.delete"), DeleteOwn(own.id, own.revision, False)),
                (texts("button.own.done"), done),
            ],
        ),
        place=place,
    )


def line(own: Own, number: int, catalogue: Catalogue, texts: Texts) -> Reply:
    """Show one line, counted from 1, with what can be done with it."""
    item, revision = own.items[number - 1], own.revision
    order: list[Key] = []
    if number > 1:
        order.append((texts("button.own.up"), MoveLine(own.id, revision, number, True)))
    if number < len(own.items):
        order.append((texts("button.own.down"), MoveLine(own.id, revision, number, False)))
    amount: list[Key] = [
        (texts("button.own.less"), StepLine(own.id, revision, number, False)),
        (texts("button.own.more"), StepLine(own.id, revision, number, True)),
    ]
    return Reply(
        paragraphs(
            title(own.name, as_routine(own, catalogue), texts),
            texts("own.line_of", number=number, total=len(own.items)),
            _line(number, item, catalogue, texts),
        ),
        keyboard=keyboard(
            order,
            amount if schedulable(catalogue.entry(item.entry)) else [],
            [
                (texts("button.own.remove"), RemoveLine(own.id, revision, number)),
                (texts("button.own.whole"), OpenOwn(own.id)),
            ],
        ),
    )


def shelf(
    own: Own,
    purpose: Purpose | None,
    catalogue: Catalogue,
    texts: Texts,
    *,
    gentle: bool,
    added: str = "",
) -> Reply:
    """Offer what can be added: the purposes, or all for one; for some only what is `gentle`."""
    routine = as_routine(own, catalogue)
    whole: list[Key] = [(texts("button.own.whole"), OpenOwn(own.id))]
    if purpose is None:
        counts = {one: len(choices(catalogue, one, gentle=gentle)) for one in Purpose}
        keys = [
            (_purpose(one, count, texts), OpenShelf(own.id, one))
            for one, count in counts.items()
            if count
        ]
        rows = [*grid(keys, 2), whole]
    else:
        found = choices(catalogue, purpose, gentle=gentle)
        rows = [
            [(texts("button.entry", name=one.name), AddEntry(own.id, own.revision, one.key))]
            for one in found
        ]
        rows.append([(texts("button.own.kinds"), OpenShelf(own.id, None)), *whole])
    return Reply(
        paragraphs(
            title(own.name, routine, texts),
            texts("own.added", name=added, n=len(own.items)) if added else None,
            texts("own.add_gentle") if gentle else texts("own.add"),
        ),
        keyboard=keyboard(*rows),
    )


def naming(own: Own, texts: Texts) -> Reply:
    """Ask for a name."""
    later = keyboard([(texts("button.later"), KeepName(own.id))])
    return Reply(texts("own.name_it", name=own.name), keyboard=later)


def name_not_understood(misread: NotUnderstood, texts: Texts) -> Reply:
    """Say why that is no name, and how one is typed."""
    return Reply(paragraphs(reason(misread, texts), texts("own.name_example")))


def ask_delete(own: Own, texts: Texts) -> Reply:
    """Ask once before a routine is deleted."""
    return Reply(
        texts("own.ask_delete", name=own.name),
        keyboard=keyboard(
            [(texts("button.own.delete_it"), DeleteOwn(own.id, own.revision, True))],
            [(texts("button.own.keep"), OpenOwn(own.id))],
        ),
    )


def deleted(daily: str, texts: Texts) -> Reply:
    """Say that it is gone, and which routine is the daily one instead, where it was that."""
    return Reply(
        paragraphs(texts("own.deleted"), texts("own.daily_again", name=daily) if daily else None),
        keyboard=keyboard([(texts("button.routines"), OpenPage("routines"))]),
    )


def file(routine: Routine, content: str, texts: Texts) -> Reply:
    """Hand a routine over as its file."""
    document = (f"{routine.key}.yaml", content.encode())
    name = texts("own.file", name=routine.name)
    return Reply(name, documents=(document,), place=Place.BELOW)


def unmade(why: Unmade, texts: Texts) -> Reply:
    """Say why nothing was changed."""
    limits = {"routines": MOST_ROUTINES, "items": MOST_ITEMS, "minutes": LONGEST // 60}
    return Reply(toast=str(texts(f"own.not.{why.value}", **limits).unescape()))


def title(name: str, routine: Routine | None, texts: Texts) -> Markup:
    """Return what a routine is called, and how long it is."""
    took = texts.seconds(routine.seconds) if routine else texts("own.nothing")
    return texts("own.title", name=name, length=took)


def lines(items: Iterable[Item], catalogue: Catalogue, texts: Texts) -> Markup:
    """Return the lines of a routine, those that a phone cannot show folded."""
    numbered = enumerate(items, start=1)
    return fold([_line(number, item, catalogue, texts) for number, item in numbered], ROOM, texts)


def _line(number: int, item: Item, catalogue: Catalogue, texts: Texts) -> Markup:
    entry = catalogue.entry(item.entry)
    if entry is None or not schedulable(entry):
        return texts("own.line_gone", number=number, name=catalogue.name_of(item.entry))
    return texts(
        "own.line",
        number=number,
        name=entry.name,
        amount=_amount(item, entry, texts),
        slot=texts.seconds(item.seconds),
    )


def _amount(item: Item, entry: Exercise | Practice, texts: Texts) -> Markup:
    if isinstance(entry, Practice):
        return texts("own.breaths", n=max(int(item.seconds // entry.seconds_a_round), 1))
    dose = dose_of(item, entry)
    if entry.stages or dose is None:
        return texts(f"level.{(item.level or Level.BEGINNER).value}")
    return dose_words(dose, entry.sides, texts)


def _purpose(purpose: Purpose, count: int, texts: Texts) -> Markup:
    return texts("button.purpose", purpose=texts(f"purpose.{purpose.value}"), count=count)
