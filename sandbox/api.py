"""The Bot API over HTTP: /bot<token>/<method> and the download of files."""

from __future__ import annotations

import asyncio
import inspect
import json
import traceback
from collections.abc import Coroutine
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

import sandbox.methods  # noqa: F401 - registers them
from sandbox.calls import Call
from sandbox.errors import OWN_FAULT, TOO_LARGE, UNKNOWN_METHOD, WRONG_TOKEN, Refusal, bad
from sandbox.faults import GARBAGE, Fault
from sandbox.multipart import Upload
from sandbox.parameters import METHODS, Given, Method, read, typed
from sandbox.store import Json
from sandbox.world import World

UPLOAD_BYTES = 50_000_000
TRANSPORT = "sandbox.transport"


class Transports:
    """Outermost layer: notes each request's socket, so that a fault can cut the connection."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        scope[TRANSPORT] = getattr(getattr(send, "__self__", None), "transport", None)
        await self._app(scope, receive, send)


class Cut(Response):
    """No answer: the connection ends."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Cut the connection and wait until the server has noticed."""
        scope[TRANSPORT].abort()
        await hung_up(Request(scope, receive))


def answer(status: int, body: Json, retry_after: int = 0) -> Response:
    """Return the JSON answer that Telegram would give."""
    headers = {"Retry-After": str(retry_after)} if retry_after else {}
    text = json.dumps(body, ensure_ascii=False)
    return Response(text, status, headers, "application/json")


def refuse(call: Call | None, refusal: Refusal) -> Response:
    """Return a refusal as an answer and note it in the record."""
    refusal.__traceback__ = None  # the constants are raised again and again
    if call is not None:
        call.status, call.description = refusal.status, refusal.description
    return answer(refusal.status, refusal.body(), refusal.parameters.get("retry_after", 0))


@dataclass(slots=True)
class Asked:
    """One call that has arrived and been understood so far."""

    request: Request
    world: World
    method: Method
    call: Call
    raw: Json
    uploads: dict[str, Upload]


async def call_method(request: Request) -> Response:
    """Answer one call of the bot."""
    world: World = request.app.state.world
    if request.path_params["token"] != world.token:
        return refuse(None, WRONG_TOKEN)
    name = request.path_params["method"]
    method = METHODS.get(name.lower())
    call = world.calls.begin(method.name if method else name, {}, world.clock.now())
    if method is None:
        world.calls.unknown.append(name)
        return refuse(call, UNKNOWN_METHOD)
    try:
        raw, uploads = await body_of(request)
        sizes = {name: f"<{len(file.content)} bytes>" for name, file in uploads.items()}
        call.params = raw | sizes
        asked = Asked(request, world, method, call, raw, uploads)
        fault = world.faults.take(method.name, chat_of(raw))
        return await (perform(asked) if fault is None else suffer(fault, asked))
    except Refusal as refusal:
        return refuse(call, refusal)
    except Exception:  # a mistake of the sandbox must be loud, and still be an answer
        traceback.print_exc()
        return refuse(call, OWN_FAULT)


async def body_of(request: Request) -> tuple[Json, dict[str, Upload]]:
    """Return the raw parameters and uploads of a request."""
    if int(request.headers.get("content-length", 0)) > UPLOAD_BYTES:
        raise TOO_LARGE
    body = await request.body()
    try:
        return read(request.headers.get("content-type", ""), request.url.query, body)
    except UnicodeDecodeError:
        raise bad("strings must be encoded in UTF-8") from None


def chat_of(raw: Json) -> int | None:
    """Return the chat a call is about, as far as it can be told."""
    value = str(raw.get("chat_id", ""))
    return int(value) if value.lstrip("-").isdecimal() else None


async def suffer(fault: Fault, asked: Asked) -> Response:
    """Let a call meet its fault."""
    if fault.delay:
        await asyncio.sleep(fault.delay)
    if fault.drop == "before":
        return Cut()
    if fault.garbage == "before":
        return Response(GARBAGE, media_type="text/html")
    if refusal := fault.refusal():
        raise refusal
    gone = bool(fault.delay) and await asked.request.is_disconnected()
    response = await perform(asked)
    asked.call.unheard = gone or fault.drop == "after" or fault.garbage == "after"
    if fault.drop == "after":
        asked.call.status = 0
        return Cut()
    if fault.garbage == "after":
        return Response(GARBAGE, media_type="text/html")
    return response


async def perform(asked: Asked) -> Response:
    """Do what a method does and answer its result."""
    world, act = asked.world, asked.method.act
    given = Given(typed(asked.raw, asked.method.kinds), asked.uploads)
    if inspect.iscoroutinefunction(act):
        result = await while_connected(asked.request, act(world, given))
        if not result:
            world.calls.drop(asked.call)
    else:
        with world.together():
            result = act(world, given)
    asked.call.status = 200
    return answer(200, {"ok": True, "result": result})


async def while_connected(request: Request, work: Coroutine[Any, Any, Any]) -> Any:
    """Return what `work` gives; a caller that hangs up ends it and gets an empty list."""
    working = asyncio.create_task(work)
    gone = asyncio.create_task(hung_up(request))
    try:
        await asyncio.wait([working, gone], return_when=asyncio.FIRST_COMPLETED)
        return working.result() if working.done() else []
    finally:
        working.cancel()
        gone.cancel()


async def hung_up(request: Request) -> None:
    """Return once the caller has closed the connection."""
    while (await request.receive())["type"] != "http.disconnect":
        pass


async def download(request: Request) -> Response:
    """Answer the bytes at a path that getFile named."""
    world: World = request.app.state.world
    if request.path_params["token"] != world.token:
        return refuse(None, WRONG_TOKEN)
    found = world.files.download(request.path_params["path"])
    if found is None:
        return refuse(None, UNKNOWN_METHOD)
    return Response(found[0], media_type="application/octet-stream")


ROUTES = [
    Route("/bot{token}/{method}", call_method, methods=["GET", "POST"]),
    Route("/file/bot{token}/{path:path}", download, methods=["GET"]),
]
