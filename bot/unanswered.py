"""Shows an operator what people asked without an answer: `limber ask --unanswered`."""

from __future__ import annotations

import asyncio
import json

import click

from bot.running import BAD_SETTING, OK, say, settings_or_exit
from bot.services.unanswered import Kept, kept


def run(*, as_json: bool) -> int:
    """Print a line for each such question, the newest first; return the exit status."""
    found = asyncio.run(kept(settings_or_exit().database_url))
    if isinstance(found, str):
        say(f"DATABASE_URL: {found}")
        return BAD_SETTING
    for one in found:
        click.echo(_object(one) if as_json else _line(one))
    return OK


def _line(one: Kept) -> str:
    near = f"  (near: {', '.join(one.near)})" if one.near else ""
    question = _one_line(one.question) if one.question else "(not passed on)"
    return f"{one.asked_at:%Y-%m-%d %H:%M}  {question}{near}"


def _one_line(text: str) -> str:
    """Return a text that cannot break out of its line, nor speak to a terminal."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _object(one: Kept) -> str:
    told = {"asked_at": one.asked_at.isoformat(), "question": one.question, "near": one.near}
    return json.dumps(told, ensure_ascii=False)
