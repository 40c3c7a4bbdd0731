"""The chat page's routes of inline mode: a query and a choice."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from sandbox import inline
from sandbox.control import json_of, person_of, sent, world_of


async def ask(request: Request) -> Response:
    """Type an inline query as a person; an answer that is not kept yet comes as an event."""
    world, number, given = world_of(request), person_of(request), await json_of(request)
    words, offset = str(given.get("query", "")), str(given.get("offset", ""))
    query = inline.ask(world, number, number, words, offset)
    return JSONResponse({"inline_query_id": query, "answer": inline.shown(world, query)})


async def choose(request: Request) -> Response:
    """Send a result as a person."""
    number, given = person_of(request), await json_of(request)
    query, result = str(given.get("inline_query_id", "")), str(given.get("result_id", ""))
    reply_to = given.get("reply_to")
    message = inline.choose(world_of(request), number, number, query, result, reply_to)
    return sent(request, message)
