"""The sandbox as one application: Bot API, chat page and clock."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from bot.clock import Clock
from sandbox import control, inline_page, timekeeping
from sandbox.api import ROUTES
from sandbox.control import Hooks
from sandbox.errors import Refusal
from sandbox.store import Store
from sandbox.world import TOKEN, World

PAGE = Path(__file__).parent / "page"
HOSTS = ["127.0.0.1", "localhost"]  # no other name may lead a browser here


async def index(request: Request) -> Response:
    """Serve the chat page."""
    return FileResponse(PAGE / "index.html")


async def refused(request: Request, refusal: Exception) -> Response:
    """Answer what the page asked for in vain."""
    assert isinstance(refusal, Refusal)
    refusal.__traceback__ = None
    return JSONResponse({"reason": refusal.description}, refusal.status)


def routes() -> list[Route | Mount]:
    """Return every address the sandbox answers at."""
    person = "/sandbox/chat/{person:int}"
    post = ["POST"]
    files = [
        Route(f"{person}/{kind}", control.file, methods=post)
        for kind in ("photo", "voice", "sticker", "document")
    ]
    return [
        *ROUTES,
        *files,
        Route("/", index),
        Mount("/page", StaticFiles(directory=PAGE, check_dir=False)),
        Route("/sandbox/people", control.people, methods=["GET", "POST"]),
        Route(person, control.chat),
        Route("/sandbox/events", control.events),
        Route(f"{person}/send", control.send, methods=post),
        Route(f"{person}/location", control.location, methods=post),
        Route(f"{person}/tap", control.tap, methods=post),
        Route(f"{person}/block", control.block, methods=post),
        Route(f"{person}/voices", control.voices, methods=post),
        Route(f"{person}/inline", inline_page.ask, methods=post),
        Route(f"{person}/choose", inline_page.choose, methods=post),
        Route("/sandbox/file/{file_id}", control.file_bytes),
        Route("/sandbox/clock", timekeeping.clock, methods=["GET", "POST"]),
        Route("/sandbox/jump", timekeeping.jump, methods=post),
        Route("/sandbox/fresh", timekeeping.fresh, methods=post),
    ]


def create_app(
    store: Store,
    clock: Clock,
    *,
    token: str = TOKEN,
    clock_file: Path | None = None,
    next_due: Callable[[], datetime | None] | None = None,
    start_afresh: Callable[[], Awaitable[None]] | None = None,
) -> Starlette:
    """Return the sandbox as an application; its world is `app.state.world`.

    Without `clock_file` the page cannot move the clock. `next_due` names the bot's next planned
    moment, `start_afresh` forgets what the bot stored and must call `World.wipe` meanwhile.
    """
    app = Starlette(
        routes=routes(),
        middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=HOSTS)],
        exception_handlers={Refusal: refused},
    )
    app.state.world = World(store, clock, token)
    app.state.hooks = Hooks(clock_file, next_due, start_afresh)
    return app
