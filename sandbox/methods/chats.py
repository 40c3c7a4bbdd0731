"""Methods that tell about chats and their members."""

from __future__ import annotations

from sandbox.errors import NO_USER, bad
from sandbox.parameters import Given, Kind, method
from sandbox.store import Json
from sandbox.world import World

GIFTS = (
    "unlimited_gifts",
    "limited_gifts",
    "unique_gifts",
    "premium_subscription",
    "gifts_from_channels",
)


@method("getChat", chat_id=Kind.CHAT)
def get_chat(world: World, given: Given) -> Json:
    """Return a chat in full."""
    restricted = {"has_restricted_voice_and_video_messages": True}
    refuses = world.refuses_voice(given.chat())
    return (
        world.chat(given.chat())
        | (restricted if refuses else {})
        | {
            "accent_color_id": 0,
            "max_reaction_count": 11,
            "accepted_gift_types": dict.fromkeys(GIFTS, False),
        }
    )


@method("getChatMember", chat_id=Kind.CHAT, user_id=Kind.INTEGER)
def get_chat_member(world: World, given: Given) -> Json:
    """Return how somebody belongs to a chat."""
    chat, user = given.chat(), given.integer("user_id")
    world.chat(chat)
    group = world.groups.get(str(chat), {"members": [chat]})
    if user == world.bot["id"]:
        return {"status": "left" if group.get("left") else "member", "user": world.bot}
    if str(user) not in world.people:
        raise NO_USER
    return {"status": "member" if user in group["members"] else "left", "user": world.user(user)}


@method("leaveChat", chat_id=Kind.CHAT)
def leave_chat(world: World, given: Given) -> bool:
    """Leave a group."""
    chat = str(given.chat())
    world.chat(given.chat())
    if chat not in world.groups:
        raise bad("chat member status can't be changed in private chats")  # [td]
    world.groups[chat] = world.groups[chat] | {"left": True}
    return True
