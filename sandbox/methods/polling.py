"""The method by which the bot asks for its updates, and getMe."""

from __future__ import annotations

from sandbox.parameters import Given, Kind, method
from sandbox.store import Json
from sandbox.world import World


@method("getMe")
def get_me(world: World, given: Given) -> Json:
    """Return the bot with what only getMe tells."""
    return world.bot | {
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": True,
        "can_connect_to_business": False,
        "has_main_web_app": False,
        "has_topics_enabled": False,
        "allows_users_to_create_topics": False,
        "can_manage_bots": False,
    }


@method(
    "getUpdates",
    offset=Kind.INTEGER,
    limit=Kind.INTEGER,
    timeout=Kind.INTEGER,
    allowed_updates=Kind.LIST,
)
async def get_updates(world: World, given: Given) -> list[Json]:
    """Return unconfirmed updates, waiting for the first as long as asked."""
    world.updates.allow(given.get("allowed_updates"))
    limit = min(max(given.integer("limit", 100), 1), 100)
    return await world.updates.get(given.integer("offset"), limit, given.integer("timeout"))
