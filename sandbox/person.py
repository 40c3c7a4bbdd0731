"""People as tests hold them: what they do, and what they see."""

from __future__ import annotations

from typing import NamedTuple

from sandbox import acts, inline
from sandbox.group import PATIENCE, Group, until
from sandbox.message import Message, find, seen
from sandbox.multipart import Upload
from sandbox.results import Result, Results, offered
from sandbox.store import Json
from sandbox.world import World

__all__ = ["Answer", "Group", "Person", "Tap"]


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

    async def send_file(self, name: str, content: bytes) -> Message:
        """Send a file as a document; Telegram takes no empty one."""
        upload = Upload(name, "application/octet-stream", content)
        return self._sent(acts.send_file(self._world, self.id, self.id, "document", upload))

    async def block(self) -> None:
        """Block the bot."""
        acts.block(self._world, self.id, True)

    async def unblock(self) -> None:
        """Lift the block; writing to the bot does so too."""
        acts.block(self._world, self.id, False)

    async def refuse_voice(self, refused: bool = True) -> None:
        """Let no voice messages in any more, or let them in again."""
        acts.refuse_voice(self._world, self.id, refused)

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

    async def inline(
        self,
        words: str,
        *,
        chat: Group | None = None,
        offset: str = "",
        timeout: float = PATIENCE,  # noqa: ASYNC109
    ) -> Results:
        """Type "@bot words", to the bot or in a group, and wait for what it offers.

        What the bot let Telegram keep (its cache_time) answers the same words without it. Fails
        after `timeout` real seconds.
        """
        number = inline.ask(self._world, self.id, (chat or self).id, words, offset)
        found = await until(self._world, lambda: offered(self._world, number), timeout)
        if found is None:
            allowed = self._world.updates.allowed or "all but those on request"
            raise AssertionError(
                f'"{words}" was not answered within {timeout} s; the bot wants {allowed}'
            )
        return found

    async def choose(self, result: Result, chat: Group | None = None) -> Message:
        """Send a result, to the bot or to a group, and return the message it became."""
        place = (chat or self).id
        return self._sent(inline.choose(self._world, self.id, place, result.query, result.id))

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
