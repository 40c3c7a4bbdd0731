"""What is wrong with the message catalogues of a pack, by file and line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from string import Formatter
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.pofile import PoFileError, read_po

from content.faults import Fault, meant
from content.loader import packaged
from content.strays import leads_out

# Bot API, formatting options: what a sentence may hold in HTML.
_TAG = re.compile(r"</?([\w-]+)[^<>]*>|<")
_TAGS = {"b", "i", "u", "s", "code", "pre", "a", "blockquote", "tg-time"}
_TEXTS = "texts"
_LINE = re.compile(r'#.*|(?:msgctxt|msgid(?:_plural)?|msgstr(?:\[\d\])?)?\s*"(?:[^"\\]|\\.)*"')
_LARGEST = 2_000_000  # bytes
_LANGUAGE = re.compile(r"[a-zA-Z]{2,3}(?:[-_][a-zA-Z0-9]{2,8}){0,2}")


def translation_faults(folder: Path, promised: tuple[str, ...]) -> list[Fault]:
    """Return what is wrong with the catalogues in `folder`, laid over the packaged ones.

    A language that pack.yaml promises must have every sentence; others fall back to English.
    """
    english = _read(packaged() / _TEXTS / "en.po")
    source = _sentences(english)
    faults: list[Fault] = []
    known: dict[str, set[str]] = {}
    for place in dict.fromkeys((packaged(), folder)):
        for path in sorted((place / _TEXTS).glob("*.po")):
            name = f"{_TEXTS}/{path.name}" if place == folder else str(path)
            catalog = _read(path)
            faults += _file_faults(catalog, name, source)
            known.setdefault(path.stem, set()).update(_sentences(catalog))
    for language in promised:
        faults += _missing(language, known.get(language), source)
    return sorted(set(faults))


def text_faults(folder: Path) -> list[Fault]:
    """Return why files of texts/ are not even opened: links out of the pack, pipes, films."""
    paths = sorted((folder / _TEXTS).glob("*.po"))
    found = ((path, _unreadable(path, folder)) for path in paths)
    faults = [Fault(f"{_TEXTS}/{path.name}", 1, text) for path, text in found if text]
    return faults or [fault for path in paths for fault in _open_quotes(path, folder)]


def _unreadable(path: Path, folder: Path) -> str:
    if leads_out(path, folder):
        return "this is a link that leads out of the pack"
    if not path.is_file():
        return "this is no file with sentences"
    if path.stat().st_size > _LARGEST:
        return "the file is too large to be a catalogue of sentences"
    if not _LANGUAGE.fullmatch(path.stem):
        return "the name must be a language code, as de.po or pt-BR.po"
    return ""


def _open_quotes(path: Path, folder: Path) -> Iterator[Fault]:
    """Yield a fault for every line whose quotes are not closed: it would lose its last letter."""
    for number, line in enumerate(path.read_text("utf-8", "replace").splitlines(), start=1):
        if line.strip() and not _LINE.fullmatch(line.strip()):
            text = "this is no line of a catalogue: a text stands between two double quotes"
            yield Fault(str(path.relative_to(folder)), number, text)


def _file_faults(catalog: Catalog, name: str, source: Mapping[str, set[str]]) -> Iterator[Fault]:
    for message in catalog:
        key, line = _key(message.id), message.lineno or 1
        if not key:
            continue
        if key not in source:
            yield Fault(name, line, f"there is no sentence '{key}'{meant(key, source)}")
            continue
        for text in _forms(message):
            values = _values(text)
            if values is None:
                yield Fault(name, line, f"'{key}': write {{{{ and }}}} for braces that are meant")
            elif strange := sorted(values - source[key]):
                allowed = ", ".join(f"{{{value}}}" for value in sorted(source[key])) or "none"
                yield Fault(name, line, f"'{key}' has no {{{strange[0]}}}; it has {allowed}")
            if wrong := _wrong_tag(text):
                yield Fault(name, line, f"'{key}': Telegram knows no {wrong}; write &lt; for <")


def _missing(
    language: str, known: set[str] | None, source: Mapping[str, set[str]]
) -> Iterator[Fault]:
    if known is None:
        text = f"languages: there is no {_TEXTS}/{language}.po"
        yield Fault("pack.yaml", 1, text)
        return
    for key in sorted(set(source) - known):
        yield Fault(f"{_TEXTS}/{language}.po", 1, f"'{key}' has no translation")


def _sentences(catalog: Catalog) -> dict[str, set[str]]:
    """Return the keys that have a sentence, each with the values that it fills in."""
    return {
        key: {value for text in _forms(message) for value in _values(text) or ()} | {"n"}
        for message in catalog
        if (key := _key(message.id)) and all(_forms(message))
    }


def _values(text: str) -> set[str] | None:
    """Return what a sentence fills in; None where its braces cannot be read."""
    try:
        found = [part for part in Formatter().parse(text) if part[1] is not None]
    except ValueError:
        return None
    plain = all(not spec and not conversion for _, _, spec, conversion in found)
    return {str(value) for _, value, _, _ in found} if plain else None


def _wrong_tag(text: str) -> str:
    opened: list[str] = []
    for found in _TAG.finditer(text):
        tag = found[1]
        if tag not in _TAGS:
            return f"'{found[0]}'"
        if not found[0].startswith("</"):
            opened.append(tag)
        elif not opened or opened.pop() != tag:
            return f"'{found[0]}' here"
    return f"'<{opened[-1]}>' without its end" if opened else ""


def _forms(message: Any) -> tuple[str, ...]:
    text = message.string
    return (text,) if isinstance(text, str) else tuple(text or ())


def _key(found: object) -> str:
    return found if isinstance(found, str) else str(found[0]) if found else ""  # type: ignore[index]


def _read(path: Path) -> Catalog:
    """Read a catalogue; one that cannot be read is told by `bot.texts`, and is empty here."""
    try:
        with path.open("rb") as file:
            return read_po(file, abort_invalid=True)
    except (OSError, ValueError, PoFileError):
        return Catalog()
