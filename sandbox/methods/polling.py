"""Methods by which the bot gets its updates, and getMe."""

from __future__ import annotations

from typing import Any

from sandbox.errors import bad
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


@method(
    "setWebhook",
    url=Kind.TEXT,
    allowed_updates=Kind.LIST,
    drop_pending_updates=Kind.FLAG,
    max_connections=Kind.INTEGER,
    secret_token=Kind.TEXT,
)
def set_webhook(world: World, given: Given) -> bool:
    """Remember a webhook; the sandbox does not call it, but getUpdates is refused from then on."""
    url = given.text("url")
    if url and not url.startswith("https://"):
        raise bad("bad webhook: An HTTPS URL must be provided for webhook")
    world.updates.allow(given.get("allowed_updates"))
    world.updates.set_webhook(url, given.flag("drop_pending_updates"))
    return True


@method("deleteWebhook", drop_pending_updates=Kind.FLAG)
def delete_webhook(world: World, given: Given) -> bool:
    """Forget the webhook, and the pending updates where asked."""
    world.updates.set_webhook("", given.flag("drop_pending_updates"))
    return True


@method("getWebhookInfo")
def get_webhook_info(world: World, given: Given) -> Json:
    """Return the webhook's state."""
    info: dict[str, Any] = {
        "url": world.updates.webhook,
        "has_custom_certificate": False,
        "pending_update_count": len(world.updates),
    }
    allowed = world.updates.allowed
    return info | ({"allowed_updates": allowed} if allowed else {})
