"""How much of an exercise is right for a person: what moved, the page of one, a routine's list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from markupsafe import Markup

from bot.callbacks import (
    AnotherOne,
    ForYou,
    KeepDose,
    LowerInstead,
    MoveNotch,
    OfferSwaps,
    OpenCard,
    OpenRoutine,
    SetExcluded,
    SetSwap,
)
from bot.domain.adaptation import At, Cause, Change, Fitted, Measure, Named, Wish
from bot.domain.catalogue import Media, Routine
from bot.domain.dose import Sides
from bot.domain.draft import mark
from bot.domain.progression import Outlook
from bot.domain.session import Ended
from bot.reply import Place, Reply
from bot.texts import Texts
from bot.views.keyboard import Key, grid, keyboard
from bot.views.lines import dose_words, paragraphs
from bot.views.pictures import card, closing

MOST_SWAPS = 6  # to choose from: the nearest


def moved(changes: Sequence[Named], at: At, texts: Texts) -> tuple[list[Markup], list[Key]]:
    """Tell the change that counts most in one line, how many there are besides, and offer to keep.

    What was kept is said once there is nothing else to tell.
    """
    if not changes:
        return [], []
    first, others = changes[0], [one for one in changes[1:] if not one.kept]
    lines = [told(first, texts)]
    if others:
        lines.append(texts("level.besides", n=len(others)))
    return lines, [] if first.kept else [keep(first, at, texts, every=len(others) + 1)]


def told(one: Named, texts: Texts) -> Markup:
    """Say what moved: "Next time: Half-kneeling hip stretch, hold 20 s to 30 s."."""
    if one.kept:
        value = amount(one.change.what, one.change.before, texts)
        return texts("level.kept", name=one.name, amount=value)
    key = f"level.told.{one.cause.value}"
    return texts(key, name=one.name, change=change_words(one.change, texts))


def change_words(change: Change, texts: Texts) -> Markup:
    """Name a change: "hold 20 s to 30 s", "repetitions 8 to 10"."""
    before, after = _value(change, change.before, texts), _value(change, change.after, texts)
    return texts(f"level.change.{change.what.value}", before=before, after=after)


def keep(one: Named, at: At, texts: Texts, *, every: int = 1) -> Key:
    """Return the button that refuses a change: all of them where a week off made several."""
    if every > 1 and one.cause is Cause.BREAK:
        return texts("button.keep_all"), KeepDose(one.id, at)
    value = amount(one.change.what, one.change.before, texts)
    return texts("button.keep_dose", amount=value), KeepDose(one.id, at)


def amount(what: Measure, value: int, texts: Texts) -> Markup:
    """Return so much of what a notch changes: "20 s", "8 times", "2 sets"."""
    if what is Measure.HOLD:
        return texts("level.amount.hold", time=texts.seconds(value))
    return texts(f"level.amount.{what.value}", n=value)


def at_end(
    session: int, changes: Sequence[Named], outlook: Outlook | None, texts: Texts
) -> tuple[list[Markup], list[Key]]:
    """Tell at the end of a session what moves because of it, or what it means that nothing does."""
    if outlook is not None:
        return [texts(f"level.outlook.{outlook.value}")], []
    lines, keys = moved(changes, At.END, texts)
    if any(one.cause is Cause.HARD for one in changes):
        keys.append((texts("button.another_one"), AnotherOne(session, offer=True)))
    return lines, keys


def others(end: Ended, found: Sequence[Named], media: Mapping[str, Media], texts: Texts) -> Reply:
    """Offer what else of a session could go down instead."""
    lines = [
        texts("level.line", name=one.name, text=change_words(one.change, texts)) for one in found
    ]
    rows = grid(((one.name, LowerInstead(end.session, one.entry)) for one in found), 1)
    rows.append([(texts("button.leave_it"), AnotherOne(end.session, offer=False))])
    title = texts("level.another" if found else "level.outlook.least")
    return Reply(
        paragraphs(title, Markup("\n").join(lines)),
        picture=closing(end, media),
        keyboard=keyboard(*rows),
    )


def kept(one: Named, texts: Texts) -> Reply:
    """Say that a change was refused, where the message that told of it says more than that."""
    return Reply(toast=told(one, texts).striptags())


def of_routine(routine: Routine, found: Sequence[Fitted], texts: Texts) -> Reply:
    """List how much somebody does of each exercise of a routine; a tap leads to one of them."""
    lines = [
        texts("level.line", name=one.rung.exercise.name, text=_now(one, texts)) for one in found
    ]
    keys: list[Key] = [(one.rung.exercise.name, ForYou(one.rung.exercise.key)) for one in found]
    back: list[Key] = [(texts("button.go_back"), OpenRoutine(routine.key, None))]
    title = texts("level.routine", name=routine.name)
    return Reply(
        paragraphs(title, Markup("\n").join(lines)),
        keyboard=keyboard(*grid(keys, 1), back),
        place=Place.BELOW,
    )


def page(
    found: Fitted, media: Mapping[str, Media], texts: Texts, *, place: Place = Place.HERE
) -> Reply:
    """Show how much somebody does of an exercise, and every way to change that."""
    name = found.rung.exercise.name
    where = found.where
    doing = texts("level.in", routine=where, text=_now(found, texts)) if where else None
    stays = texts(f"level.stays.{found.stays.value}") if found.stays else None
    moves = found.told is not None and not found.excluded and found.instead is None
    recent = texts("level.last", text=told(found.told, texts)) if moves and found.told else None
    return Reply(
        paragraphs(
            texts("level.title", name=name),
            doing or texts("level.alone", text=_now(found, texts)),
            recent,
            None if found.excluded or found.instead else stays,
        ),
        picture=card(found.rung.exercise, media),
        keyboard=keyboard(*_keys(found, texts)),
        place=place,
    )


def swaps(found: Fitted, media: Mapping[str, Media], texts: Texts) -> Reply:
    """Offer what can be done in place of an exercise for good."""
    exercise = found.rung.exercise
    offers = found.offers[:MOST_SWAPS]
    lines = [texts("level.line", name=one.name, text=one.summary) for one in offers]
    rows = grid(((one.name, SetSwap(exercise.key, mark(one.key))) for one in offers), 1)
    rows.append([(texts("button.go_back"), ForYou(exercise.key))])
    title = texts("level.swap" if offers else "level.no_swaps", name=exercise.name)
    return Reply(
        paragraphs(title, Markup("\n").join(lines)),
        picture=card(exercise, media),
        keyboard=keyboard(*rows),
    )


def _now(found: Fitted, texts: Texts) -> Markup:
    """Return how much somebody does: "2 × 30 s each side", "left out", "Glute bridge instead"."""
    if found.excluded:
        return texts("level.excluded")
    if found.instead is not None:
        return texts("level.instead", name=found.instead.name)
    rung = found.rung
    sides = rung.exercise.sides
    if rung.exercise.stages or not rung.reached:
        return _dose(found, texts)
    written = dose_words(rung.written, Sides.NONE, texts)
    key = "level.more" if rung.reached > 0 else "level.less"
    return texts(key, dose=dose_words(rung.dose, sides, texts), written=written)


def _dose(found: Fitted, texts: Texts) -> Markup:
    rung = found.rung
    if rung.exercise.stages:
        return texts("level.guided")
    return dose_words(rung.dose, rung.exercise.sides, texts)


def _keys(found: Fitted, texts: Texts) -> Iterable[list[Key]]:
    key = found.rung.exercise.key
    if found.excluded:
        yield [(texts("button.bring_back"), SetExcluded(key, excluded=False))]
    elif found.instead is not None:
        yield [(texts("button.no_swap"), SetSwap(key, ""))]
        yield [(found.instead.name, ForYou(found.instead.key))]
    else:
        yield _notches(found, texts)
        if found.told is not None:
            yield [keep(found.told, At.PAGE, texts)]
        yield [(texts("button.swap_it"), OfferSwaps(key))]
        yield [(texts("button.exclude"), SetExcluded(key, excluded=True))]
    yield [(texts("button.go_back"), OpenCard(key, "how"))]


def _notches(found: Fitted, texts: Texts) -> list[Key]:
    key, rung = found.rung.exercise.key, found.rung
    wishes = {
        Wish.LESS: rung.down() is not None,
        Wish.WRITTEN: bool(rung.reached),
        Wish.MORE: found.stays is None,
    }
    return [
        (texts(f"button.wish.{wish.value}"), MoveNotch(key, wish, found.last))
        for wish, can in wishes.items()
        if can
    ]


def _value(change: Change, value: int, texts: Texts) -> str:
    return texts.seconds(value) if change.what is Measure.HOLD else str(value)
