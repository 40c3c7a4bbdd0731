"""People and groups as tests hold them: what they do, and what they see."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import NamedTuple, TypeVar

from sandbox import acts
from sandbox.message import Message, find, seen
from sandbox.multipart import Upload
from sandbox.store import Json
from sandbox.world import World

Found = TypeVar("Found")

PATIENCE = 5.0  # seconds a person waits for an answer


class Answer(NamedTuple):
    """How the bot answered a tap; empty text where it only took note."""

    text: str
    alert: bool


class Tap:
    """A tap on a button, whose answer can be waited for."""

    def __init__(self, world: World, query: str) -> None:
        self._world = world
        self.query = query

    @property
    def answered(self) -> Answer | None:
        """The answer, once there is one."""
        given = self._world.queries[self.query]["answer"]
        return Answer(given["text"], given["show_alert"]) if given else None

    async def answer(self, timeout: float = PATIENCE) -> Answer:  # noqa: ASYNC109
        """Wait for the bot's answer; fails after `timeout` real seconds."""
        found = await until(self._world, lambda: self.answered, timeout)
        if found is None:
            raise AssertionError(f"the tap was not answered within {timeout} s")
        return found


class Group:
    """A chat of several people and the bot."""

    def __init__(self, world: World, number: int) -> None:
        self._world = world
        self.id = number

    @property
    def messages(self) -> list[Message]:
        """All messages of the chat, oldest first."""
        return [seen(self._world, raw) for raw in self._world.messages(self.id)]

    @property
    def screen(self) -> Message:
        """The bot's newest message."""
        found = [message for message in self.messages if message.from_bot]
        assert found, f"the bot has not written yet\n{self.transcript()}"
        return found[-1]

    def transcript(self) -> str:
        """Return the whole chat as lines of text."""
        return "\n".join(map(str, self.messages)) or "(empty chat)"


class Person(Group):
    """Somebody with a private chat of the same id. Every act is awaited."""

    def __init__(self, world: World, number: int) -> None:
        super().__init__(world, number)
        self._since = world.revision
        self._taps: list[Tap] = []

    @property
    def keyboard(self) -> list[list[str]]:
        """The labels of the reply keyboard below the text field."""
        markup: Json = self._world.keyboards.get(str(self.id)) or {}
        return [[key["text"] for key in row] for row in markup.get("keyboard", [])]

    async def send(
        self, text: str, chat: Group | None = None, reply_to: int | None = None
    ) -> Message:
        """Send a text, to the bot or to a group, as an answer to a message where one is named."""
        return self._sent(acts.say(self._world, self.id, (chat or self).id, text, reply_to))

    async def share_location(self, latitude: float, longitude: float) -> Message:
        """Share a location with the bot."""
        return self._sent(acts.share_location(self._world, self.id, self.id, latitude, longitude))

    async def send_photo(self, content: bytes | None = None) -> Message:
        """Send a photo: the bytes given or a small built-in."""
        upload = Upload("photo.jpg", "image/jpeg", content) if content else None
        return self._sent(acts.send_file(self._world, self.id, self.id, "photo", upload))

    async def send_voice(self) -> Message:
        """Send a voice message."""
        return self._sent(acts.send_file(self._world, self.id, self.id, "voice", None))

    async def send_sticker(self) -> Message:
        """Send a sticker."""
        return self._sent(acts.send_file(self._world, self.id, self.id, "sticker", None))

    async def block(self) -> None:
        """Block the bot."""
        acts.block(self._world, self.id, True)

    async def unblock(self) -> None:
        """Lift the block; writing to the bot does so too."""
        acts.block(self._world, self.id, False)

    async def tap(
        self,
        word: str,
        *,
        on: Message | int | None = None,
        data: str | None = None,
        chat: Group | None = None,
    ) -> Tap:
        """Tap the button whose label has the word, whatever its case and emoji, and return the tap.

        It is looked for on the newest message that has one, or on `on`. `data` is sent instead of
        the button's own, for forged taps; no button is looked for then.
        """
        place = chat or self
        number = on.id if isinstance(on, Message) else on
        known = [each for each in place.messages if number is None or each.id == number]
        target, own = find(known, word) if data is None else (known[-1:], data)
        assert target, f'no button "{word}"\n{place.transcript()}'
        self._since = self._world.revision
        query = acts.tap(self._world, self.id, place.id, target[0].id, own)
        self._taps.append(Tap(self._world, query))
        return self._taps[-1]

    async def sees(
        self,
        words: str,
        timeout: float = PATIENCE,  # noqa: ASYNC109
        chat: Group | None = None,
    ) -> Message:
        """Wait for a message of the bot with these words, new or edited since the last act.

        Case does not matter. Fails with the whole chat after `timeout` real seconds.
        """
        place = chat or self
        found = await until(self._world, lambda: self._fresh(place, words), timeout)
        if found is None:
            raise AssertionError(f'"{words}" was not seen within {timeout} s\n{place.transcript()}')
        return found

    async def sees_toast(self, words: str, timeout: float = PATIENCE) -> Answer:  # noqa: ASYNC109
        """Wait for an answer with these words to a tap made since the last message was sent."""
        found = await until(self._world, lambda: self._toast(words), timeout)
        if found is None:
            said = [tap.answered for tap in self._taps]
            raise AssertionError(f'no toast with "{words}" within {timeout} s, but {said}')
        return found

    def _sent(self, raw: Json) -> Message:
        self._since = self._world.revision
        self._taps.clear()
        return seen(self._world, raw)

    def _fresh(self, place: Group, words: str) -> Message | None:
        for message in reversed(place.messages):
            fresh = self._world.revision_of(message.id) > self._since
            if message.from_bot and fresh and words.casefold() in message.text.casefold():
                return message
        return None

    def _toast(self, words: str) -> Answer | None:
        for tap in reversed(self._taps):
            if tap.answered and words.casefold() in tap.answered.text.casefold():
                return tap.answered
        return None


async def until(world: World, look: Callable[[], Found | None], seconds: float) -> Found | None:
    """Return the first thing that `look` finds, looking at every change; None when time is up."""
    end = time.monotonic() + seconds
    while (found := look()) is None and (left := end - time.monotonic()) > 0:
        await world.events.changed(left)
    return found
