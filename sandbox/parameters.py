"""The parameters of a call, read from JSON, form or multipart; a wrong type is refused."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from sandbox import multipart
from sandbox.errors import NO_CHAT, NO_CHAT_ID, bad
from sandbox.multipart import Upload
from sandbox.store import Json

if TYPE_CHECKING:
    from sandbox.world import World

ATTACHED = "attach://"


class Kind(StrEnum):
    """The types of parameters, named as the documentation of the Bot API names them."""

    INTEGER = "Integer"
    TEXT = "String"
    FLAG = "Boolean"
    NUMBER = "Float"
    CHAT = "Integer or String"
    FILE = "InputFile or String"
    LIST = "Array"
    OBJECT = "Object"


@dataclass(frozen=True, slots=True)
class Given:
    """The parameters of one call, typed; what was not given is absent."""

    values: Json
    uploads: Mapping[str, Upload] = field(default_factory=dict)

    def text(self, name: str, default: str = "") -> str:
        """Return a text parameter."""
        return str(self.values.get(name, default))

    def integer(self, name: str, default: int = 0) -> int:
        """Return a whole number."""
        return int(self.values.get(name, default))

    def flag(self, name: str) -> bool:
        """Return a truth value; absent is false."""
        return bool(self.values.get(name, False))

    def get(self, name: str) -> Any:
        """Return a parameter of any type, or None."""
        return self.values.get(name)

    def chat(self, parameter: str = "chat_id") -> int:
        """Return a chat's id; a name is a chat nobody here knows."""
        value = self.values.get(parameter)
        if value is None:
            raise NO_CHAT_ID
        if not isinstance(value, int):
            raise NO_CHAT
        return value

    def file(self, name: str) -> Upload | str | None:
        """Return an uploaded file or the id or address of one."""
        value = self.values.get(name)
        if isinstance(value, str):
            return self.attached(value)
        return self.uploads.get(name)

    def attached(self, value: str) -> Upload | str | None:
        """Return the upload that `attach://name` points at; any other text is returned as it is."""
        if value.startswith(ATTACHED):
            return self.uploads.get(value.removeprefix(ATTACHED))
        return value


Act = Callable[["World", Given], Any]


@dataclass(frozen=True, slots=True)
class Method:
    """One method of the Bot API: its name, the parameters it reads, and what it does."""

    name: str
    kinds: Mapping[str, Kind]
    act: Act


METHODS: dict[str, Method] = {}  # by lower-cased name, as Telegram does not mind the case


def method(name: str, /, **kinds: Kind) -> Callable[[Act], Act]:
    """Register a function as a method of the Bot API with the parameters it reads."""

    def register(act: Act) -> Act:
        METHODS[name.lower()] = Method(name, kinds, act)
        return act

    return register


def read(content_type: str, query: str, body: bytes) -> tuple[Json, dict[str, Upload]]:
    """Return the raw parameters and the uploads of a request."""
    raw: Json = dict(parse_qsl(query))
    uploads: dict[str, Upload] = {}
    if content_type.startswith("multipart/form-data"):
        fields, uploads = multipart.parse(content_type, body)
        raw |= fields
    elif content_type.startswith("application/json"):
        raw |= parsed("body", body.decode(), dict) if body else {}
    elif body:
        raw |= dict(parse_qsl(body.decode()))
    return {
        name: value for name, value in raw.items() if value is not None and value != ""
    }, uploads


def typed(raw: Json, kinds: Mapping[str, Kind]) -> Json:
    """Return the parameters a method knows, converted; what it does not know is left out."""
    return {name: convert(name, raw[name], kind) for name, kind in kinds.items() if name in raw}


def convert(name: str, value: Any, kind: Kind) -> Any:
    """Return one value as its type, or refuse it; Telegram would guess here, the sandbox not."""
    if kind is Kind.LIST or kind is Kind.OBJECT:
        shape = list if kind is Kind.LIST else dict
        return parsed(name, value, shape) if isinstance(value, str) else of(name, value, shape)
    if kind is Kind.FLAG:
        return value if isinstance(value, bool) else str(value).lower() in ("true", "yes", "1")
    if kind is Kind.INTEGER or kind is Kind.NUMBER:
        return number(name, value, int if kind is Kind.INTEGER else float)
    if kind is Kind.CHAT and str(value).lstrip("-").isdecimal():
        return int(value)
    return of(name, value, str)


def number(name: str, value: Any, shape: type[int] | type[float]) -> int | float:
    """Return a number that was given as one or as text."""
    try:
        if isinstance(value, bool) or not math.isfinite(float(value)):
            raise ValueError(value)
        return shape(value)
    except (TypeError, ValueError, OverflowError):
        raise bad(f'parameter "{name}" must be a Number') from None


def parsed(name: str, text: str, shape: type) -> Any:
    """Return what a JSON text holds."""
    try:
        value = json.loads(text)
    except ValueError:
        raise bad(f"can't parse {name} JSON object") from None
    return of(name, value, shape)


def of(name: str, value: Any, shape: type) -> Any:
    """Return a value that is of the right type."""
    if not isinstance(value, shape):
        names: dict[type, str] = {list: "an Array", dict: "an Object", str: "a String"}
        raise bad(f'parameter "{name}" must be {names[shape]}')
    return value
