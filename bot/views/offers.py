"""Routines that go from one person to another: the link, what it shows, a file that is refused."""

from __future__ import annotations

from collections.abc import Sequence

from bot.button import Button
from bot.callbacks import OpenOwn, OpenPage, OpenRoutine, ShareOwn
from bot.domain.catalogue import Catalogue
from bot.domain.own import Own, as_routine
from bot.reply import Place, Reply
from bot.texts import Texts
from bot.views.keyboard import keyboard
from bot.views.lines import bullets, paragraphs
from bot.views.own import lines, title
from bot.views.routines import needs

MOST_FAULTS, _LONGEST_FAULT = 4, 90  # of a refused file, as much as a phone shows


def shared(own: Own, link: str, texts: Texts) -> Reply:
    """Show the link that leads to a routine, and the way to end it."""
    return Reply(
        texts("own.shared", name=own.name, link=link),
        keyboard=keyboard(
            [(texts("button.own.stop"), ShareOwn(own.id, False))],
            [(texts("button.own.whole"), OpenOwn(own.id))],
        ),
    )


def unshared(own: Own, texts: Texts) -> Reply:
    """Say that the link leads nowhere any more."""
    back = keyboard([(texts("button.own.whole"), OpenOwn(own.id))])
    return Reply(texts("own.unshared"), keyboard=back)


def preview(
    own: Own,
    catalogue: Catalogue,
    texts: Texts,
    yes: Button,
    no: Button,
    *,
    place: Place = Place.HERE,
) -> Reply:
    """Show what somebody else's routine is, and ask whether they want it."""
    routine = as_routine(own, catalogue)
    if routine is None:
        return Reply(texts("own.link_gone"), place=place)
    closed = None if routine.gentle else texts("own.not_gentle")
    return Reply(
        paragraphs(
            texts("own.offered"),
            title(own.name, routine, texts),
            lines(routine.items, catalogue, texts),
            texts("own.needs", needs=needs(routine, catalogue, texts)),
            closed,
        ),
        keyboard=keyboard([(texts("button.own.accept"), yes)], [(texts("button.own.decline"), no)]),
        place=place,
    )


def accepted(own: Own, texts: Texts) -> Reply:
    """Say that it is theirs now, with the way to it."""
    return Reply(
        texts("own.accepted", name=own.name),
        keyboard=keyboard(
            [(texts("button.look"), OpenRoutine(own.key, None))],
            [(texts("button.routines"), OpenPage("routines"))],
        ),
    )


def declined(texts: Texts) -> Reply:
    """Say that nothing was kept."""
    return Reply(texts("own.declined"))


def refused_file(wrong: Sequence[tuple[int, str]], texts: Texts) -> Reply:
    """Say what is wrong with a file, by line; a long list is cut."""
    told = [
        str(texts("own.fault", line=number, text=_shortened(text)).unescape())
        for number, text in wrong[:MOST_FAULTS]
    ]
    more = texts("own.more_faults") if len(wrong) > MOST_FAULTS else None
    return Reply(paragraphs(texts("own.bad_file"), bullets(told, texts), more))


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST_FAULT else f"{text[: _LONGEST_FAULT - 1]}…"
