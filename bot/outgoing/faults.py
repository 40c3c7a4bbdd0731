"""What may become of a call to the Bot API, told apart by whether it may have taken effect."""

from __future__ import annotations

from datetime import timedelta

from telegram.error import NetworkError, RetryAfter, TimedOut


class NotSent(NetworkError):  # noqa: N818 - says what became of it
    """The request surely never reached the Bot API: no connection, or no free slot."""


class MaybeSent(TimedOut):
    """The request went out and no answer came back: it may have taken effect."""


class CutOff(MaybeSent):
    """The connection was lost before an answer: mostly one that was closed while it was idle."""


class ServerFault(NetworkError):  # noqa: N818 - says what became of it
    """The Bot API, or a gateway before it, answered with a fault of its own: 5xx, or no JSON."""


class Flooded(RetryAfter):
    """The Bot API asks to wait `seconds` before the next call."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        super().__init__(seconds)  # type: ignore[arg-type]

    @property
    def retry_after(self) -> float:  # type: ignore[override]
        """Return the seconds to wait, without the library's warning about their type."""
        return self.seconds


class TryLater(Exception):  # noqa: N818 - says what became of it
    """A bulk message was not delivered; its row should go out again in `seconds`."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"try again in {seconds:.1f} s")
        self.seconds = seconds


class InDoubt(TryLater):
    """A bulk message was answered by nothing in time: it may have been delivered."""


class Unreachable(Exception):  # noqa: N818 - says what became of it
    """Nobody can be reached in this chat: blocked, deactivated, left or never there."""

    def __init__(self, chat_id: int) -> None:
        super().__init__(f"chat {chat_id} cannot be reached")
        self.chat_id = chat_id


def seconds_to_wait(flood: RetryAfter) -> float:
    """Return how long the Bot API asks to wait."""
    told = flood.retry_after
    return told.total_seconds() if isinstance(told, timedelta) else float(told)
