"""Takes what Telegram posts: an update is committed before it is answered with 200."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections import Counter
from http import HTTPStatus
from typing import Any, Protocol
from urllib.parse import unquote, urlsplit

import structlog
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from bot.intake.chat_of import is_update
from bot.intake.polling import MOST_WAITING
from bot.intake.storage import is_unavailable

log = structlog.get_logger(__name__)

LARGEST = 1_000_000  # bytes; an update has a few thousand
AGAIN = 5  # seconds after which Telegram may come again where there was no room
SECRET = "x-telegram-bot-api-secret-token"  # noqa: S105 - the header's name
PATIENCE = 3  # refusals of the same hopeless body, before it is let through unread
REMEMBERED = 100  # such bodies


class Takes(Protocol):
    """What the webhook needs of the inbox."""

    @property
    def unprocessed(self) -> int:
        """Return how many updates wait."""
        ...

    async def take_one(self, update: dict[str, Any]) -> None:
        """Return once the update is committed."""
        ...


class Refused(Exception):  # noqa: N818 - says what became of it
    """A body that can never be taken; `seen` is what was read of it."""

    def __init__(self, status: HTTPStatus, seen: bytes) -> None:
        super().__init__(status.phrase)
        self.status = status
        self.seen = seen


class Webhook:
    """Answers requests at one path that know the secret; any other as if there were nothing.

    Telegram repeats what is refused for a day, and keeps back what the same chat does meanwhile.
    So a body that can never be taken is refused a few times and then let through unread.
    """

    def __init__(self, url: str, secret: str) -> None:
        self._path = unquote(urlsplit(url).path or "/").encode()
        self._secret = secret.encode()
        self._hopeless: Counter[bytes] = Counter()
        self.inbox: Takes | None = None  # none until the bot has opened everything

    def is_for(self, request: Request) -> bool:
        """Return whether a request is Telegram's; how long it takes tells nothing."""
        path = request.scope["path"].encode("utf-8", "surrogateescape")
        told = request.headers.get(SECRET, "").encode("latin-1")
        right_path = hmac.compare_digest(path, self._path)
        return hmac.compare_digest(told, self._secret) & right_path & (request.method == "POST")

    async def answer(self, request: Request) -> Response:
        """Take an update and answer 200; anything else makes Telegram repeat it."""
        if self.inbox is None or self.inbox.unprocessed > MOST_WAITING:
            log.warning("webhook_busy")
            return _later()
        try:
            await self._take(await _body(request), self.inbox)
        except Refused as refused:
            return Response(status_code=self._refuse(refused))
        except ClientDisconnect:
            return Response(status_code=HTTPStatus.BAD_REQUEST)  # nobody is there to read it
        except Exception as error:
            log.error("inbox_write_failed", error=type(error).__name__, updates=1)
            return _later() if is_unavailable(error) else Response(status_code=500)
        return Response()

    async def _take(self, body: bytes, inbox: Takes) -> None:
        try:
            update = json.loads(body)
            if not is_update(update):
                raise Refused(HTTPStatus.BAD_REQUEST, body)
            await inbox.take_one(update)
        except (ValueError, RecursionError):  # no JSON, or nested deeper than can be stored
            raise Refused(HTTPStatus.BAD_REQUEST, body) from None

    def _refuse(self, refused: Refused) -> int:
        """Return the status that says so, or OK where it was said often enough."""
        which = hashlib.sha256(refused.seen).digest()
        self._hopeless[which] += 1
        given_up = self._hopeless[which] > PATIENCE
        status = HTTPStatus.OK if given_up else refused.status
        if given_up or len(self._hopeless) > REMEMBERED:
            del self._hopeless[next(iter(self._hopeless)) if not given_up else which]
        log.error("update_refused", reason=refused.status.phrase, given_up=given_up)
        return int(status)


async def _body(request: Request) -> bytes:
    """Return the body; Refused where it is too large, as soon as that shows."""
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > LARGEST:
            raise Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, bytes(body[:LARGEST]))
    return bytes(body)


def _later() -> Response:
    return Response(status_code=HTTPStatus.SERVICE_UNAVAILABLE, headers={"Retry-After": str(AGAIN)})
