"""Cards to share in any chat: short enough to be read there, with the way to the bot."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from bot.domain.catalogue import Catalogue, Entry
from bot.domain.shareable import Shareable
from bot.reply import Shared
from bot.texts import Texts
from bot.views.lines import bullets, paragraphs
from bot.views.pictures import card


def shared(found: Shareable, catalogue: Catalogue, link: str, texts: Texts) -> list[Shared]:
    """Return what is offered; a script that warns stands alone."""
    if found.script is not None:
        script = catalogue.safety.scripts[found.script]
        title = str(texts("inline.safety").unescape())
        return [Shared("safety", title, script, texts("format.plain", text=script))]
    return list(_all(found, catalogue, link, texts))


def _all(found: Shareable, catalogue: Catalogue, link: str, texts: Texts) -> Iterator[Shared]:
    for key in found.keys:
        if entry := catalogue.entry(key):
            yield _card(entry, catalogue, link, texts)
        elif note := catalogue.notes.get(key):
            text = paragraphs(
                texts("note.title", name=note.name), texts("format.plain", text=note.text)
            )
            way = (_open(texts), f"{link}?start=kn_{key}")
            yield Shared(key, note.name, note.text[:100], text, link=way)
        elif routine := catalogue.routines.get(key):
            text = texts("card.title", name=routine.name, summary=routine.summary)
            way = (_open(texts), f"{link}?start=rt_{key}")
            yield Shared(key, routine.name, routine.summary, text, link=way)


def _card(entry: Entry, catalogue: Catalogue, link: str, texts: Texts) -> Shared:
    return Shared(
        entry.key,
        entry.name,
        entry.summary,
        _text(entry, texts),
        picture=card(entry, catalogue.media),
        link=(_open(texts), f"{link}?start=ex_{entry.key}"),
    )


def _text(entry: Entry, texts: Texts) -> Markup:
    return paragraphs(
        texts("card.title", name=entry.name, summary=entry.summary),
        texts("card.setup", text=entry.setup),
        bullets(entry.cues, texts),
        texts("inline.gated") if entry.gate else texts("inline.stop"),
    )


def _open(texts: Texts) -> str:
    return str(texts("button.open_card").unescape())
