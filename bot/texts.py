"""The message catalogue of one language: sentences by key, plurals, escaped values, dates."""

from __future__ import annotations

import gettext
from collections.abc import Mapping
from datetime import date, datetime, time
from io import BytesIO
from itertools import count
from pathlib import Path
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, get_day_names
from babel.lists import format_list
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po
from babel.numbers import format_decimal
from markupsafe import Markup

SOURCE = "en"


class MissingText(LookupError):  # noqa: N818 - says what is wrong
    """A sentence is in no catalogue; house tests keep this from happening."""


class BrokenCatalogue(Exception):  # noqa: N818 - says what is wrong
    """A catalogue file cannot be read; the text names the file and the reason in one line."""


class Texts:
    """Calling it with a key gives the sentence; values are escaped unless they are Markup."""

    def __init__(
        self,
        language: str,
        translations: gettext.NullTranslations,
        name: str | None = None,
        variants: Mapping[str, int] | None = None,
    ) -> None:
        self.language = language
        known = _locale(language)
        self.locale = known or Locale(SOURCE)  # a made-up language has no dates of its own
        self.name = name or ((known and known.get_display_name()) or language).capitalize()
        self._translations = translations
        self._variants = variants or {}

    def __call__(self, key: str, *, n: int | None = None, **values: object) -> Markup:
        """Return the sentence `key` as HTML; `n` picks the plural and fills `{n}`."""
        if n is None:
            found = self._translations.gettext(key)
        else:
            found = self._translations.ngettext(key, key, n)
            values["n"] = n
        if found == key:
            raise MissingText(key)
        # The catalogue is ours and holds HTML; what is filled in is escaped by `format`.
        return Markup(found).format(**values)  # noqa: S704

    def varied(self, key: str, turn: int, *, n: int | None = None, **values: object) -> Markup:
        """Return one of the sentences `key.1`, `key.2` ...; the next `turn` gives another one."""
        return self(f"{key}.{turn % self._variants.get(key, 1) + 1}", n=n, **values)

    def clock(self, at: time | datetime, zone: ZoneInfo | None = None) -> str:
        """Return a wall-clock time as 07:30; a moment is shown in `zone`."""
        if isinstance(at, datetime):
            at = at.astimezone(zone).time()
        return at.strftime("%H:%M")

    def day(self, day: date) -> str:
        """Return a date in words, as "Tue, 1 Dec"."""
        return format_date(day, self("format.day"), locale=self.locale)

    def number(self, number: float) -> str:
        """Return a number as "1,204" or "6.5": with one digit after the point at most."""
        return format_decimal(round(number, 1), locale=self.locale)

    def short_day(self, day: date) -> str:
        """Return a date as short as can be, as "1 Dec"."""
        return format_date(day, self("format.short_day"), locale=self.locale)

    def full_day(self, day: date) -> str:
        """Return a date with its year, as "1 December 2026"."""
        return format_date(day, self("format.full_day"), locale=self.locale)

    def month(self, day: date) -> str:
        """Return a month in short, as "Dec"."""
        return format_date(day, "LLL", locale=self.locale)

    def weekday_letter(self, day: date) -> str:
        """Return a weekday in one letter, as "M"."""
        return format_date(day, "ccccc", locale=self.locale)

    def weekdays(self, days: frozenset[int]) -> str:
        """Return a set of weekdays (0 is Monday) in words."""
        for key, group in _GROUPS.items():
            if days == group:
                return str(self(key))
        names = get_day_names("abbreviated", locale=self.locale)
        return self.listing([str(names[day]) for day in sorted(days)])

    def listing(self, words: list[str]) -> str:
        """Return "a, b and c" as the language writes it."""
        return format_list(words, locale=self.locale)

    def seconds(self, seconds: float) -> str:
        """Return a duration short enough for a step: "30 s", "2 min", "1:30 min"."""
        minutes, rest = divmod(round(seconds), 60)
        if not minutes:
            return str(self("format.seconds", seconds=rest))
        if not rest:
            return str(self("format.minutes", minutes=minutes))
        return str(self("format.minutes_seconds", minutes=minutes, seconds=f"{rest:02}"))


_GROUPS = {
    "weekdays.every_day": frozenset(range(7)),
    "weekdays.weekdays": frozenset(range(5)),
    "weekdays.weekends": frozenset({5, 6}),
}


def load_texts(*folders: Path) -> Mapping[str, Texts]:
    """Return a catalogue a language from `*.po` in the folders; later ones add to earlier ones.

    A sentence that a language lacks is shown in English. Raises BrokenCatalogue.
    """
    found: dict[str, gettext.GNUTranslations] = {}
    keys: dict[str, set[str]] = {}
    for folder in folders:
        for path in sorted(folder.glob("*.po")):
            translations, known = _read(path)
            if path.stem in found:
                translations.add_fallback(found[path.stem])
            found[path.stem] = translations
            keys.setdefault(path.stem, set()).update(known)
    for language, translations in found.items():
        if language != SOURCE:
            translations.add_fallback(found[SOURCE])
    variants = {language: _variants(known) for language, known in keys.items()}
    english = variants.get(SOURCE, {})
    return {
        language: Texts(language, found[language], variants={**english, **variants[language]})
        for language in found
    }


def _variants(keys: set[str]) -> dict[str, int]:
    """Return how many sentences there are of each kind that has several: key.1, key.2 ..."""
    found: dict[str, int] = {}
    for key in keys:
        if key.endswith(".1"):
            kind = key.removesuffix(".1")
            found[kind] = next(n for n in count(1) if f"{kind}.{n + 1}" not in keys)
    return found


def pick(languages: Mapping[str, Texts], wanted: str | None) -> Texts:
    """Return the catalogue for a language code such as `de-AT`: exact, then without region."""
    code = (wanted or SOURCE).replace("_", "-").lower()
    by_code = {language.replace("_", "-").lower(): texts for language, texts in languages.items()}
    return by_code.get(code) or by_code.get(code.split("-")[0]) or languages[SOURCE]


def _read(path: Path) -> tuple[gettext.GNUTranslations, set[str]]:
    """Return the sentences of a file, and their keys."""
    compiled = BytesIO()
    try:
        with path.open("rb") as file:
            catalog = read_po(file, abort_invalid=True)
        write_mo(compiled, catalog)
        compiled.seek(0)
        ids = (message.id for message in catalog if message.string and not message.fuzzy)
        keys = {one if isinstance(one, str) else one[0] for one in ids if one}
        return gettext.GNUTranslations(compiled), keys
    except (OSError, ValueError, PoFileError, SyntaxError, RuntimeError) as error:
        line = getattr(error, "lineno", None) or 1
        raise BrokenCatalogue(f"{path}:{line}: {' '.join(str(error).split())}") from error


def _locale(language: str) -> Locale | None:
    try:
        return Locale.parse(language.replace("-", "_"))
    except (ValueError, UnknownLocaleError):
        return None
