"""A clip that was drawn too late takes the place of the still that stood in for it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import suppress

from telegram import Message
from telegram.error import TelegramError

from bot.gallery import Gallery
from bot.outgoing.faults import Unreachable
from bot.reply import Reply

# Says what a message should show, None where it shows nothing of this any more.
Current = Callable[[], Awaitable[Reply | None]]
Edit = Callable[[Message, Reply], Awaitable[Message | None]]


async def swap(
    gallery: Gallery,
    edit: Edit,
    message: Message,
    reply: Reply,
    current: Current,
    swapped: Callable[[], Awaitable[None]],
) -> None:
    """Wait for the clip of a reply and show it, unless the message shows something else by then.

    `swapped` is awaited when the clip is seen.
    """
    if reply.picture is None or not await gallery.late(reply.picture):
        return
    wanted = await current()
    if wanted is None or wanted.picture != reply.picture:
        return
    while wanted is not None:  # a tap may have moved on while the clip was on its way
        with suppress(TelegramError, Unreachable):
            await edit(message, wanted)
        before, wanted = wanted, await current()
        if wanted == before:
            await swapped()
            return
