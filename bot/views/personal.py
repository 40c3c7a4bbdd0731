"""A person's own data: what is stored and why, all of it as files, all of it gone."""

from __future__ import annotations

from markupsafe import Markup

from bot.callbacks import DeleteEverything, OpenPage, PassOn
from bot.domain.personal import Held, Taken
from bot.reply import Place, Reply
from bot.texts import Texts
from bot.views.keyboard import Key, keyboard, to_settings
from bot.views.lines import paragraphs
from bot.views.physio import paper
from bot.views.sessions_file import sessions_file


def privacy(texts: Texts, passes_on: bool | None) -> Reply:
    """Say what is stored and how to take or delete it; `passes_on` as the person allowed it."""
    on = bool(passes_on)
    return Reply(
        texts("privacy.page"),
        keyboard=keyboard(
            [(texts(f"button.pass_on.{'off' if on else 'on'}"), PassOn(not on))],
            [(texts("button.export"), OpenPage("export"))],
            [(texts("button.delete"), OpenPage("delete"))],
            [to_settings(texts)],
        ),
    )


def passed_on(texts: Texts, *, on: bool) -> Reply:
    """Say who may read questions that get no answer."""
    keys: list[Key] = [(texts("button.pass_on.off"), PassOn(False))] if on else []
    return Reply(texts(f"pass_on.{'on' if on else 'off'}"), keyboard=keyboard(keys))


def exported(taken: Taken, texts: Texts) -> Reply:
    """Hand over everything that is stored: all of it, the sessions as a table, and one page."""
    sessions = sessions_file(taken.walked, taken.felt, taken.names, taken.zone, texts)
    documents = (
        ("limber-export.json", taken.document),
        ("limber-sessions.csv", sessions),
        ("limber-physio.pdf", paper(taken.overview, texts)),
    )
    return Reply(texts("export.caption"), documents=documents, place=Place.BELOW)


def ask_delete(held: Held, texts: Texts) -> Reply:
    """Show what would go, and ask once before it does."""
    counts = {
        "delete.sessions": held.sessions,
        "delete.steps": held.steps,
        "delete.reminders": held.reminders,
        "delete.own_routines": held.own_routines,
        "delete.check_ins": held.check_ins,
    }
    lines = [texts("format.bullet", text=texts(key, n=n)) for key, n in counts.items() if n]
    lines.append(texts("format.bullet", text=texts("delete.rest")))
    return Reply(
        paragraphs(
            Markup("\n").join((texts("delete.title"), *lines)),
            texts("delete.shared", n=held.shared) if held.shared else None,
            texts("delete.ask"),
        ),
        keyboard=keyboard(
            [(texts("button.delete_everything"), DeleteEverything(True))],
            [(texts("button.keep"), DeleteEverything(False))],
        ),
    )


def nothing(texts: Texts) -> Reply:
    """Say that nothing is stored about who asks."""
    return Reply(texts("personal.nothing"), place=Place.BELOW)


def deleted(texts: Texts) -> Reply:
    """Say that nothing is left."""
    return Reply(texts("delete.done"))


def kept(texts: Texts) -> Reply:
    """Say that nothing was deleted."""
    return Reply(texts("delete.kept"))
