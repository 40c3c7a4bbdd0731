"""Checks values against Telegram's own description of its types, in bot-api-10.1.json."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

SPEC = json.loads(Path(__file__).with_name("bot-api-10.1.json").read_text())
PLAIN: dict[str, Any] = {"Integer": int, "String": str, "Boolean": bool, "Float": (int, float)}


def faults_of(value: Any, declared: str, where: str) -> list[str]:
    """Return what is wrong with a value that should be of a type of the Bot API."""
    kinds = declared.removesuffix("?").split("|")
    return min((faults_of_kind(value, kind, where) for kind in kinds), key=len)


def faults_of_kind(value: Any, kind: str, where: str) -> list[str]:
    """Return what is wrong with a value that should be of one type."""
    if kind.startswith("Array of "):
        if not isinstance(value, list):
            return [f"{where}: {value!r} is no array"]
        inner = kind.removeprefix("Array of ")
        each = (faults_of(item, inner, f"{where}[{n}]") for n, item in enumerate(value))
        return [fault for faults in each for fault in faults]
    if kind in PLAIN:
        right = isinstance(value, PLAIN[kind]) and (kind == "Boolean" or value is not True)
        return [] if right else [f"{where}: {value!r} is no {kind}"]
    entry = SPEC["types"].get(kind)
    if entry is None:
        return [f"{where}: the type {kind} is not in bot-api-10.1.json"]
    if "subtypes" in entry:
        return min((faults_of_kind(value, sub, where) for sub in entry["subtypes"]), key=len)
    return faults_of_fields(value, kind, entry["fields"], where)


def faults_of_fields(value: Any, kind: str, fields: dict[str, str], where: str) -> list[str]:
    """Return what is wrong with an object's fields: unknown, missing, of a wrong type."""
    if not isinstance(value, dict):
        return [f"{where}: {value!r} is no {kind}"]
    faults = [f"{where}.{name}: unknown field of {kind}" for name in value if name not in fields]
    for name, declared in fields.items():
        if name in value:
            faults += faults_of(value[name], declared, f"{where}.{name}")
        elif not declared.endswith("?"):
            faults.append(f"{where}.{name}: missing in {kind}")
    return faults
