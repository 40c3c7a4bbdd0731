"""Everything the sandbox knows: people, groups, messages and files, and what changes them.

Nothing here awaits, so each call is one step that no other request can come between.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Any

from bot.clock import Clock
from sandbox.calls import Calls
from sandbox.errors import BLOCKED, LEFT_GROUP, NO_CHAT, NO_REPLIED_MESSAGE, NOT_STARTED
from sandbox.events import Events
from sandbox.faults import Faults
from sandbox.files import Files
from sandbox.profile import Profile
from sandbox.store import Json, Store
from sandbox.updates import Updates

TOKEN = "7000000001:SANDBOX-local-only-not-a-secret-0000"  # noqa: S105 - opens nothing
BOT_NAME = "Limber"
BOT_USERNAME = "limber_sandbox_bot"
FIRST_PERSON = 1001  # "You", who is there from the start


class World:
    """One bot and everybody it can talk to."""

    def __init__(self, store: Store, clock: Clock, token: str = TOKEN) -> None:
        self.store = store
        self.clock = clock
        self.token = token
        self.events = Events()
        self.faults = Faults()
        self.calls = Calls()
        self.updates = Updates(store)
        self.files = Files(store, token)
        self.profile = Profile(store)
        self.people = store.shelf("person")
        self.groups = store.shelf("group")
        self.queries = store.shelf("query")
        self.inline_queries = store.shelf("inline_query")
        self.inline_kept = store.shelf("inline_kept")
        self.keyboards = store.shelf("keyboard")
        self._shelf = store.shelf("message")
        self._chats: dict[int, dict[int, Json]] = {}
        self._revision = 0
        self._revisions: dict[int, int] = {}
        for message in self._shelf.values():
            self._chats.setdefault(message["chat"]["id"], {})[message["message_id"]] = message
        self._welcome()

    @property
    def bot(self) -> Json:
        """The bot as a User."""
        name = self.profile.name() or BOT_NAME
        identity = int(self.token.partition(":")[0])
        return {"id": identity, "is_bot": True, "first_name": name, "username": BOT_USERNAME}

    @property
    def revision(self) -> int:
        """The number of the last change to any message."""
        return self._revision

    def now(self) -> int:
        """Return this moment as Telegram writes it: whole seconds since 1970."""
        return int(self.clock.now().timestamp())

    def together(self) -> AbstractContextManager[None]:
        """Make several changes one."""
        return self.store.together()

    def person(self, number: int) -> Json:
        """Return a person's record."""
        if str(number) not in self.people:
            raise NO_CHAT
        record: Json = self.people[str(number)]
        return record

    def meet(self, number: int, first_name: str, language_code: str) -> Json:
        """Return the person of that id, who is new or known, with these names."""
        record = self.people.get(str(number), {"started": False, "blocked": False})
        user = {"id": number, "is_bot": False, "first_name": first_name}
        record["user"] = user | ({"language_code": language_code} if language_code else {})
        self.people[str(number)] = record
        return self.person(number)

    def user(self, number: int) -> Json:
        """Return a person, or the bot, as a User."""
        if number == self.bot["id"]:
            return self.bot
        user: Json = self.person(number)["user"]
        return user

    def chat(self, number: int) -> Json:
        """Return a chat as a Chat; a private chat has the person's id."""
        if str(number) in self.groups:
            chat: Json = self.groups[str(number)]["chat"]
            return chat
        user = self.person(number)["user"]
        return {"id": number, "type": "private", "first_name": user["first_name"]}

    def writable(self, number: int) -> Json:
        """Return a chat the bot may write to, or refuse as Telegram does."""
        if str(number) in self.groups:
            if self.groups[str(number)].get("left"):
                raise LEFT_GROUP
            return self.chat(number)
        person = self.person(number)
        if not person["started"]:
            raise NOT_STARTED
        if person["blocked"]:
            raise BLOCKED
        return self.chat(number)

    def refuses_voice(self, number: int) -> bool:
        """Tell whether a chat is with a person who lets no voice messages in."""
        return bool(self.people.get(str(number), {}).get("refuses_voice"))

    def messages(self, chat: int) -> list[Json]:
        """Return the messages of a chat, oldest first, as the Bot API shows them."""
        return list(self._chats.get(chat, {}).values())

    def message(self, chat: int, number: int) -> Json | None:
        """Return one message, or None."""
        return self._chats.get(chat, {}).get(number)

    def revision_of(self, number: int) -> int:
        """Return the number of the last change to a message; zero before this start."""
        return self._revisions.get(number, 0)

    def is_bots(self, message: Json) -> bool:
        """Tell whether the bot sent a message."""
        return bool(message.get("from", {}).get("id") == self.bot["id"])

    def post(self, chat: int, sender: Json, content: Json, reply_to: int | None = None) -> Json:
        """Put a new message into a chat and show it on the pages of the person."""
        head: Json = {"from": sender, "chat": self.chat(chat), "date": self.now()}
        if reply_to is not None:
            replied = self.message(chat, reply_to)
            if replied is None:
                raise NO_REPLIED_MESSAGE
            head["reply_to_message"] = without_reply(replied)
        message = {"message_id": self.store.count("message"), **head, **content}
        self.put(message, "message")
        return message

    def put(self, message: Json, event: str) -> None:
        """Keep a new or changed message."""
        chat, number = message["chat"]["id"], message["message_id"]
        self._revision += 1
        self._revisions[number] = self._revision
        self._chats.setdefault(chat, {})[number] = message
        self._shelf[f"{chat}/{number}"] = message
        self.events.publish(chat, event, self.shown(message))

    def remove(self, chat: int, number: int) -> None:
        """Delete a message for everybody."""
        del self._chats[chat][number]
        del self._shelf[f"{chat}/{number}"]
        self.events.publish(chat, "delete", {"message_id": number})

    def shown(self, message: Json) -> Json:
        """Return a message as the page wants it: with `out` for a person's own."""
        return {**message, "out": not self.is_bots(message)}

    def show_keyboard(self, chat: int, keyboard: Json | None) -> None:
        """Show a reply keyboard below the text field of a chat, or take it away."""
        if self.keyboards.get(str(chat)) != keyboard:
            self.keyboards[str(chat)] = keyboard
            self.events.publish(chat, "keyboard", keyboard)

    def deliver(self, kind: str, content: Any) -> int | None:
        """Queue an update for the bot; return its id, or None where it is not wanted."""
        number = self.updates.add({kind: content})
        self.events.pulse()
        return number

    def wipe(self) -> None:
        """Forget everything, as on the first day."""
        self.store.wipe()
        self._chats.clear()
        self.faults.clear()
        self.updates.set_webhook(None, drop=False)
        self._welcome()

    def _welcome(self) -> None:
        if not self.people:
            self.meet(FIRST_PERSON, "You", "en")


def without_reply(message: Json) -> Json:
    """Return a message without the one it answers; replies are shown one level deep."""
    return {key: value for key, value in message.items() if key != "reply_to_message"}
