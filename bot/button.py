"""What every button can do: pack itself into Telegram's 64 bytes, and be read back from them."""

from __future__ import annotations

import types
from dataclasses import fields
from datetime import date
from enum import StrEnum
from typing import Any, ClassVar, Self, Union, get_args, get_origin, get_type_hints

LIMIT = 64  # bytes, Bot API: InlineKeyboardButton.callback_data
SEPARATOR = ":"

BUTTONS: dict[str, type[Button]] = {}


class Button:
    """A button's meaning; subclasses are frozen dataclasses of words, numbers, days and answers."""

    PREFIX: ClassVar[str]
    __slots__ = ()

    def __init_subclass__(cls, prefix: str = "", **options: Any) -> None:
        super().__init_subclass__(**options)
        if prefix:
            cls.PREFIX = prefix
        # dataclass(slots=True) makes a second class; the last one registered is the one in use.
        known = BUTTONS.get(cls.PREFIX, cls)
        if known.__qualname__ != cls.__qualname__:
            raise TypeError(f"{cls.PREFIX!r} is taken by {known.__qualname__}")
        BUTTONS[cls.PREFIX] = cls

    def pack(self) -> str:
        """Return the callback data; raises ValueError where it would exceed 64 bytes."""
        values = [_write(getattr(self, field.name)) for field in fields(self)]  # type: ignore[arg-type]
        packed = SEPARATOR.join([self.PREFIX, *values])
        if len(packed.encode()) > LIMIT:
            raise ValueError(f"callback data of {len(packed.encode())} bytes: {packed}")
        return packed

    @classmethod
    def parse(cls, packed: str) -> Self | None:
        """Return the button that `packed` stands for, or None where it is malformed."""
        prefix, *values = packed.split(SEPARATOR)
        names = [field.name for field in fields(cls)]  # type: ignore[arg-type]
        if prefix != cls.PREFIX or len(values) != len(names):
            return None
        hints = get_type_hints(cls)
        try:
            return cls(
                **{
                    name: _read(hints[name], value)
                    for name, value in zip(names, values, strict=True)
                }
            )
        except ValueError:
            return None


def _write(value: object) -> str:
    if value is None:
        return ""
    text = str(int(value)) if isinstance(value, bool) else str(value)
    if SEPARATOR in text:
        raise ValueError(f"{text!r} holds the separator")
    return text


def _read(hint: Any, value: str) -> Any:
    if get_origin(hint) in (Union, types.UnionType):
        if not value:
            return None
        hint = next(kind for kind in get_args(hint) if kind is not type(None))
    if hint is bool:
        return {"0": False, "1": True}[value] if value in "01" and value else _refuse(value)
    if hint is int:
        # 18 digits fit every id we make and every database; more is made up.
        plain = value.isascii() and value.isdigit() and len(value) <= 18
        return int(value) if plain else _refuse(value)
    if hint is date:
        return date.fromisoformat(value)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return hint(value)
    return value


def _refuse(value: str) -> Any:
    raise ValueError(value)
