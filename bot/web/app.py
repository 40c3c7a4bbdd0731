"""The addresses that the bot answers at; whatever else is asked for is not there."""

from __future__ import annotations

from collections.abc import Callable

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from bot.web.health import Health, alive
from bot.web.webhook import Webhook


class Elsewhere:
    """Answers what is none of the bot's own addresses: the webhook's, or none at all."""

    def __init__(self, webhook: Webhook | None) -> None:
        self._webhook = webhook

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; a wrong secret and an unknown path look the same."""
        request = Request(scope, receive)
        if self._webhook is not None and self._webhook.is_for(request):
            response = await self._webhook.answer(request)
        else:
            response = Response(status_code=404)
        await response(scope, receive, send)


def create_app(
    health: Health, webhook: Webhook | None = None, numbers: Callable[[], bytes] | None = None
) -> Starlette:
    """Return the application; `numbers` gives the text of /metrics, which is served with it."""
    routes = [Route("/healthz", alive), Route("/readyz", health.ready)]
    if numbers is not None:
        told = numbers

        async def metrics(_: Request) -> Response:
            return Response(told(), media_type="text/plain; version=0.0.4; charset=utf-8")

        routes.append(Route("/metrics", metrics))
    app = Starlette(routes=routes)
    app.router.default = Elsewhere(webhook)
    app.router.redirect_slashes = False
    return app
