"""The answer to a tapped button."""

from __future__ import annotations

from sandbox.errors import LONG_ANSWER, OLD_QUERY
from sandbox.parameters import Given, Kind, method
from sandbox.world import World

ANSWER_LENGTH = 200
# How long a query can be answered, in seconds of the sandbox's clock. Telegram names no figure.
QUERY_LIFETIME = 15 * 60


@method(
    "answerCallbackQuery",
    callback_query_id=Kind.TEXT,
    text=Kind.TEXT,
    show_alert=Kind.FLAG,
    url=Kind.TEXT,
    cache_time=Kind.INTEGER,
)
def answer_callback_query(world: World, given: Given) -> bool:
    """Answer a tap, once and in time; the person's page shows the text."""
    identity = given.text("callback_query_id")
    query = world.queries.get(identity)
    if query is None or query["answer"] or world.now() - query["at"] > QUERY_LIFETIME:
        raise OLD_QUERY
    if len(given.text("text")) > ANSWER_LENGTH:
        raise LONG_ANSWER
    answer = {
        "callback_query_id": identity,
        "text": given.text("text"),
        "show_alert": given.flag("show_alert"),
    }
    world.queries[identity] = query | {"answer": answer}
    world.events.publish(query["person"], "answer", answer)
    return True
