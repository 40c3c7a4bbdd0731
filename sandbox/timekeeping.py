"""The sandbox's clock over HTTP: what it shows, how it is moved, and the jump to what is due."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from sandbox.control import hooks_of, json_of, world_of
from sandbox.errors import bad
from sandbox.store import Json
from sandbox.world import World


def offset_of(world: World) -> float:
    """Return by how many seconds the sandbox's clock is ahead of the machine's."""
    return round((world.clock.now() - datetime.now(UTC)).total_seconds(), 3)


def shown(world: World) -> Json:
    """Return what the clock shows."""
    return {"now": world.clock.now().isoformat(), "offset": offset_of(world)}


def write_offset(path: Path, seconds: float) -> None:
    """Set the clock file, so that a reader sees the old or the new offset and never half of one."""
    fresh = path.with_name(path.name + ".new")
    fresh.write_text(repr(seconds))
    os.replace(fresh, path)  # noqa: PTH105


def move(request: Request, seconds: float) -> None:
    """Set the clock ahead of the machine's by so many seconds and tell every page."""
    path = hooks_of(request).clock_file
    if path is None:
        raise bad("this clock cannot be moved")
    write_offset(path, seconds)
    world = world_of(request)
    for person in world.events.watched():
        world.events.publish(person, "clock", shown(world))


async def clock(request: Request) -> Response:
    """Show the clock, or move it to an offset or by an advance, both in seconds."""
    world = world_of(request)
    if request.method == "POST":
        given = await json_of(request)
        try:
            seconds = number(given, "offset")
            if seconds is None:
                seconds = offset_of(world) + (number(given, "advance") or 0.0)
            datetime.now(UTC) + timedelta(seconds=seconds)
        except (TypeError, ValueError, OverflowError):
            raise bad("offset or advance must be a number of seconds") from None
        move(request, seconds)
    return JSONResponse(shown(world))


def number(given: Json, name: str) -> float | None:
    """Return a number of an object, or None."""
    value: Any = given.get(name)
    return None if value is None else float(value)


async def jump(request: Request) -> Response:
    """Move the clock to the bot's next due moment; one that has come already moves nothing."""
    world, hooks = world_of(request), hooks_of(request)
    due = hooks.next_due() if hooks.next_due else None
    if due is None:
        return JSONResponse({"reason": "nothing is planned"}, 409)
    if due > world.clock.now():
        move(request, (due - datetime.now(UTC)).total_seconds())
    return JSONResponse({"now": world.clock.now().isoformat(), "jumped_to": due.isoformat()})


async def fresh(request: Request) -> Response:
    """Start afresh: nobody has written, nothing is stored, the clock is the machine's."""
    world, hooks = world_of(request), hooks_of(request)
    if hooks.start_afresh is None:
        world.wipe()
    else:
        await hooks.start_afresh()
    for person in world.events.watched():
        world.events.publish(person, "fresh", {})
    return JSONResponse({"ok": True})
