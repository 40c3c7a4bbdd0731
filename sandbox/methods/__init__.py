"""The methods of the Bot API that the sandbox knows; importing this registers them all."""

from sandbox.methods import (
    callbacks,
    chats,
    edits,
    inline,
    media,
    messages,
    polling,
    profile,
    webhooks,
)

__all__ = [
    "callbacks",
    "chats",
    "edits",
    "inline",
    "media",
    "messages",
    "polling",
    "profile",
    "webhooks",
]
