"""A tiny Bot API over real HTTP, scripted call by call."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer

TOKEN = "12345:SECRETsecretSECRET"
Step = Callable[[web.Request], Awaitable[web.StreamResponse]]


class ScriptedApi:
    """Answers each call by the next step of `script`, and with a sent message when it is over."""

    __test__ = False

    def __init__(self) -> None:
        self.script: list[Step] = []
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.connections: set[object] = set()
        self.together = self.most_together = 0
        self.base = ""

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """Note the call, then play the next step."""
        self.connections.add(request.transport)
        self.together += 1
        self.most_together = max(self.most_together, self.together)
        try:
            self.calls.append((request.path.rsplit("/", 1)[1], await read(request)))
            step = self.script.pop(0) if self.script else says(MESSAGE)
            return await step(request)
        finally:
            self.together -= 1


MESSAGE = {"message_id": 7, "date": 0, "chat": {"id": 5, "type": "private"}, "text": "hi"}


async def read(request: web.Request) -> dict[str, Any]:
    """Return the parameters of a call, files as bytes."""
    if request.content_type == "application/json":
        return dict(await request.json())
    form = await request.post()
    return {
        name: value.file.read() if isinstance(value, web.FileField) else value
        for name, value in form.items()
    }


def says(result: object) -> Step:
    """Return a step that answers with a result."""

    async def step(request: web.Request) -> web.StreamResponse:
        return web.json_response({"ok": True, "result": result})

    return step


def refuses(status: int, description: str, **parameters: object) -> Step:
    """Return a step that refuses as the Bot API does."""

    async def step(request: web.Request) -> web.StreamResponse:
        body = {"ok": False, "error_code": status, "description": description}
        if parameters:
            body["parameters"] = parameters
        return web.json_response(body, status=status)

    return step


def writes(text: str, status: int = 200) -> Step:
    """Return a step that answers with any text."""

    async def step(request: web.Request) -> web.StreamResponse:
        return web.Response(text=text, status=status)

    return step


async def hangs_up(request: web.Request) -> web.StreamResponse:
    """Close the connection without an answer."""
    assert request.transport is not None
    request.transport.abort()
    return web.Response()


async def stays_silent(request: web.Request) -> web.StreamResponse:
    """Take the call and never answer."""
    await asyncio.sleep(30)
    return web.Response()


@asynccontextmanager
async def serving(answer: Step) -> AsyncIterator[str]:
    """Serve calls on loopback; yields the address of the methods, which ends in the token."""
    application = web.Application()
    application.router.add_route("*", "/bot{token}/{method}", answer)
    server = TestServer(application)
    await server.start_server(shutdown_timeout=0.1)
    yield str(server.make_url(f"/bot{TOKEN}"))
    await server.close()
