"""What the settings ask to be served, from before the bot has opened anything to its end."""

from __future__ import annotations

from collections.abc import Callable

from bot import metrics
from bot.intake.gathering import Gathering, Keeps
from bot.settings import Settings
from bot.web.app import create_app
from bot.web.health import Health, Look
from bot.web.server import WebServer
from bot.web.webhook import Webhook


class Site:
    """The bot's HTTP server, or nothing where the settings ask for none."""

    def __init__(self, settings: Settings) -> None:
        self._health = Health()
        self._webhook = _webhook(settings)
        self._measure: Callable[[], None] = lambda: None
        app = create_app(self._health, self._webhook, self._numbers if settings.metrics else None)
        self._server = WebServer(app, *settings.listen_at) if settings.serves_http else None

    @property
    def port(self) -> int | None:
        """Return the port that is listened on, if any."""
        return self._server.port if self._server else None

    async def start(self) -> None:
        """Answer that the bot lives, and that it is not ready; raises CannotListen."""
        if self._server is not None:
            await self._server.start()

    def open(self, inbox: Keeps, looks: dict[str, Look], measure: Callable[[], None]) -> None:
        """Let updates in; look from now on whether all is well, and measure."""
        self._measure = measure
        self._health.looks = looks
        self._health.started = True
        if self._webhook is not None:
            self._webhook.inbox = Gathering(inbox)

    def _numbers(self) -> bytes:
        self._measure()
        return metrics.text()

    async def stop(self) -> None:
        """Answer what is in hand, then no more."""
        if self._server is not None:
            await self._server.stop()


def _webhook(settings: Settings) -> Webhook | None:
    if settings.webhook_url is None or settings.webhook_secret is None:
        return None
    return Webhook(settings.webhook_url, settings.webhook_secret.get_secret_value())
