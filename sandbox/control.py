"""The sandbox's own routes: what the chat page asks for and does, and the clock."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse

from sandbox import acts
from sandbox.errors import bad
from sandbox.parameters import read
from sandbox.store import Json
from sandbox.world import FIRST_PERSON, World


@dataclass(frozen=True, slots=True)
class Hooks:
    """What the sandbox cannot do by itself: the bot's plans and its fresh start; the clock's file.

    `start_afresh` must also call `World.wipe` at a moment when the bot does not run.
    """

    clock_file: Path | None = None
    next_due: Callable[[], datetime | None] | None = None
    start_afresh: Callable[[], Awaitable[None]] | None = None


def world_of(request: Request) -> World:
    """Return the world a request is about."""
    world: World = request.app.state.world
    return world


def hooks_of(request: Request) -> Hooks:
    """Return what was given to the application."""
    hooks: Hooks = request.app.state.hooks
    return hooks


def person_of(request: Request) -> int:
    """Return the person a path names; somebody unknown is refused."""
    number = int(request.path_params["person"])
    world_of(request).person(number)
    return number


async def json_of(request: Request) -> Json:
    """Return the JSON object of a request; an empty body is an empty object."""
    raw, _ = read("application/json", "", await request.body())
    return raw


def add_person(world: World, first_name: str, language: str = "en") -> Json:
    """Return a new person as a User."""
    number = 1 + max(map(int, world.people), default=FIRST_PERSON - 1)
    user: Json = world.meet(number, first_name, language)["user"]
    return user


async def people(request: Request) -> Response:
    """List the people, or add one."""
    world = world_of(request)
    if request.method == "POST":
        given = await json_of(request)
        name = str(given.get("first_name", "")).strip()
        if not name:
            raise bad("first_name is empty")
        return JSONResponse(add_person(world, name, str(given.get("language_code", "en"))))
    names = ("id", "first_name", "language_code")
    users = (record["user"] for record in world.people.values())
    return JSONResponse([{name: user.get(name, "") for name in names} for user in users])


async def chat(request: Request) -> Response:
    """Show a person's chat with the bot."""
    world, number = world_of(request), person_of(request)
    record = world.person(number)
    language = record["user"].get("language_code", "")
    kinds = ("description", "short_description")
    texts = {kind: world.profile.text(kind, language) for kind in kinds}
    names = {name: world.bot[name] for name in ("first_name", "username")}
    return JSONResponse(
        {
            "bot": names | texts,
            "menu": world.profile.menu(number, language),
            "messages": [world.shown(message) for message in world.messages(number)],
            "now": world.clock.now().isoformat(),
            "blocked": record["blocked"],
            "refuses_voice": world.refuses_voice(number),
            "keyboard": world.keyboards.get(str(number)),
        }
    )


async def events(request: Request) -> Response:
    """Stream what happens in a person's chat."""
    world = world_of(request)
    number = int(request.query_params.get("person", FIRST_PERSON))
    headers = {"Cache-Control": "no-store"}
    return StreamingResponse(
        world.events.stream(number), headers=headers, media_type="text/event-stream"
    )


async def send(request: Request) -> Response:
    """Send a text as a person."""
    number, given = person_of(request), await json_of(request)
    reply_to = given.get("reply_to")
    text = str(given.get("text", ""))
    return sent(request, acts.say(world_of(request), number, number, text, reply_to))


async def location(request: Request) -> Response:
    """Share a location as a person."""
    number, given = person_of(request), await json_of(request)
    try:
        place = float(given["latitude"]), float(given["longitude"])
    except (KeyError, TypeError, ValueError):
        raise bad("latitude and longitude must be numbers") from None
    return sent(request, acts.share_location(world_of(request), number, number, *place))


async def tap(request: Request) -> Response:
    """Tap a button as a person."""
    number, given = person_of(request), await json_of(request)
    message, data = int(given.get("message_id", 0)), str(given.get("data", ""))
    query = acts.tap(world_of(request), number, number, message, data)
    return JSONResponse({"callback_query_id": query})


async def file(request: Request) -> Response:
    """Send a photo, voice message, sticker or document as a person."""
    number = person_of(request)
    kind = request.url.path.rpartition("/")[2]
    content_type = request.headers.get("content-type", "")
    body = await request.body()
    uploads = read(content_type, "", body)[1] if content_type.startswith("multipart/") else {}
    upload = next(iter(uploads.values()), None)
    return sent(request, acts.send_file(world_of(request), number, number, kind, upload))


async def block(request: Request) -> Response:
    """Block the bot as a person, or lift the block."""
    number, given = person_of(request), await json_of(request)
    acts.block(world_of(request), number, bool(given.get("blocked", True)))
    return JSONResponse({"blocked": world_of(request).person(number)["blocked"]})


async def voices(request: Request) -> Response:
    """Refuse voice messages as a person, or let them in."""
    number, given = person_of(request), await json_of(request)
    acts.refuse_voice(world_of(request), number, bool(given.get("refused", True)))
    return JSONResponse({"refuses_voice": world_of(request).refuses_voice(number)})


def sent(request: Request, message: Json) -> Response:
    """Answer with a message as the page wants it."""
    return JSONResponse(world_of(request).shown(message))


async def file_bytes(request: Request) -> Response:
    """Answer the bytes of a file by its id."""
    found = world_of(request).files.bytes_of(request.path_params["file_id"])
    if found is None:
        return JSONResponse({"reason": "no such file"}, 404)
    headers = {"Cache-Control": "max-age=31536000, immutable", "X-Content-Type-Options": "nosniff"}
    return Response(found[0], media_type=found[1], headers=headers)
