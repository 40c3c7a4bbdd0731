"""The composition root: settings in, a running bot out."""

from __future__ import annotations

import asyncio
import contextlib
import gc
from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any

import structlog
from sqlalchemy import make_url
from telegram import LinkPreviewOptions
from telegram.constants import ParseMode
from telegram.ext import Application, ApplicationBuilder, ContextTypes, Defaults

from bot.alone import Alone
from bot.clock import Clock, FileClock, SystemClock
from bot.context import BotContext, House
from bot.crew.replica import Replica
from bot.daemon import in_daemon
from bot.deps import Deps
from bot.gallery import Gallery
from bot.intake.contact import Contact
from bot.intake.reaching import until_reached
from bot.intake.receiving import receive
from bot.jobs.due import window
from bot.jobs.news import at_once
from bot.outgoing.delivery import Delivery
from bot.outgoing.request import AiohttpRequest
from bot.packs import read_content
from bot.processing import Processing
from bot.profile import introduce
from bot.routing import add_routes
from bot.screen import Screen
from bot.settings import Settings
from bot.shelf import Content, Reloaded, Shelf
from bot.speech import speech_engine
from bot.studio import Studio
from bot.texts import BrokenCatalogue
from bot.throttling import Throttle
from bot.views.pictures import rehearsal
from bot.web.site import Site
from bot.wellbeing import looks, measure
from content.faults import PackError
from db.opening import is_server, open_database

log = structlog.get_logger(__name__)

REPLIES_AT_ONCE = 32
GRACE = 6.0  # seconds that running updates get to end at a stop; the whole stop takes under 10


def clock_of(settings: Settings) -> Clock:
    """Return the machine's clock, or the one with an offset that the sandbox and tests set."""
    return FileClock(settings.clock_file) if settings.clock_file else SystemClock()


class Limber:
    """The running bot: `start`, then `run` until it is cancelled, then `stop`."""

    deps: Deps
    delivery: Delivery

    def __init__(self, settings: Settings, clock: Clock | None = None) -> None:
        self._settings = settings
        self._clock = clock or clock_of(settings)
        # Beside the reminders and news on their way there is room for replies.
        unasked = window(settings.send_rate) + at_once(settings.send_rate)
        self._request = AiohttpRequest(in_flight=unasked + REPLIES_AT_ONCE)
        self._poll_request = AiohttpRequest(in_flight=1)  # stuck sends must not starve polling
        self.mode: Alone | Replica = _mode_of(settings, self.reload_soon)
        self._background: list[asyncio.Task[None]] = []
        self._closing = contextlib.AsyncExitStack()
        self._reloading = asyncio.Lock()
        self._contact = Contact()
        self.site = Site(settings)
        self._started = asyncio.Event()
        self.ready = asyncio.Event()  # the first poll was answered, or the webhook is set

    async def start(self) -> None:
        """Open everything; Telegram being away is waited for.

        Raises CannotListen, CannotOpen, PackError, BrokenCatalogue and InvalidToken.
        """
        await self.site.start()
        shelf = Shelf(await self._read_content())
        database = await open_database(self._settings.database_url, self._clock.now())
        self._closing.push_async_callback(database.close)
        self.deps = Deps(
            database=database,
            clock=self._clock,
            shelf=shelf,
            wake=self.mode.wake,
            reload=self.reload,
            admin_ids=self._settings.admin_ids,
            speech=speech_engine(self._settings.speech),
        )
        await self._start_telegram()
        work = await self.mode.start(self._closing, GRACE)
        gc.freeze()  # what lives as long as the process is not looked at again: no long pauses
        for job in work:
            self._begin(job)
        self._started.set()

    async def run(self) -> None:
        """Receive updates until cancelled; raises TokenRejected where the token was revoked."""
        bot = self.application.bot
        self._begin(introduce(bot, self.delivery, self.deps))
        self.screen.prepare(tuple(rehearsal(self.deps.catalogue)))
        self.site.open(
            self.mode.inbox, looks(self.deps, self._contact, self.mode), partial(measure, self.mode)
        )
        await self.mode.run(self._receive)

    async def stop(self) -> None:
        """Finish what is in flight, leave the rest for the next start, close everything."""
        await self.site.stop()
        running = list(self._background)
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)
        await self._closing.aclose()
        if self._started.is_set():
            log.info("stopped")

    async def reload(self) -> Reloaded:
        """Read the content anew, and have other processes on the same database do so.

        Each uses it from its next update on; a bad pack changes nothing.
        """
        came = await self._reload()
        if not came.wrong:
            await self.mode.pass_on_reload()
        return came

    async def _reload(self) -> Reloaded:
        shelf = self.deps.shelf
        async with self._reloading:  # of two reloads the later one has the last word
            try:
                content = await self._read_content()
            except (PackError, BrokenCatalogue, OSError) as refusal:
                wrong = tuple(str(refusal).split("\n"))
                log.error("content_refused", faults=len(wrong))
                return Reloaded(shelf.content.catalogue, wrong)
            shelf.content = content
        self._begin(introduce(self.application.bot, self.delivery, self.deps))
        log.info("content_loaded", version=content.catalogue.version)
        return Reloaded(content.catalogue)

    async def _read_content(self) -> Content:
        return await in_daemon(lambda: read_content(self._settings.content_dir))

    def reload_soon(self) -> None:
        """Read the content anew in the background, in this process; the log tells how it went."""
        self._begin(self._reload_and_tell())

    async def _reload_and_tell(self) -> None:
        await self._started.wait()
        for line in (await self._reload()).wrong:
            log.error("content_fault", fault=line)

    async def idle(self) -> bool:
        """Return whether nothing is in hand: no update, nothing due."""
        return await self.mode.idle()

    async def _receive(self) -> None:
        await receive(
            self._settings,
            self.application.bot,
            self._poll_request,
            self.mode.inbox,
            self._contact,
            self.ready.set,
        )

    async def _start_telegram(self) -> None:
        self.application = _application(self._settings, self._request, self._poll_request)
        for request in (self._request, self._poll_request):
            self._closing.push_async_callback(request.shutdown)
        await until_reached(self.application.initialize)
        self._closing.push_async_callback(self.application.shutdown)
        bot = self.application.bot
        self.delivery = Delivery(self.mode.lanes)
        studio = Studio(self._settings.data_dir / "pictures")
        self._closing.push_async_callback(studio.close)
        moving = self._settings.pictures == "moving"
        gallery = Gallery(self.deps, bot.id, studio, moving=moving)
        self._closing.push_async_callback(gallery.close)
        self.screen = Screen(bot, self.delivery, gallery, paid=self._settings.paid_broadcast)
        if self._settings.over_free_rate:
            log.warning("send_rate_needs_paid_broadcast", rate=self._settings.send_rate)
        self.application.bot_data["house"] = House(self.deps, self.screen, Throttle())
        processing = Processing(self.application, self.deps, self.screen)
        self.mode.furnish(self.deps, self.screen, processing)

    def _begin(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        task.add_done_callback(self._ended)
        self._background.append(task)

    def _ended(self, task: asyncio.Task[None]) -> None:
        if task in self._background:
            self._background.remove(task)
        _tell_failure(task)


def _mode_of(settings: Settings, reload_soon: Callable[[], None]) -> Alone | Replica:
    if is_server(settings.database_url):
        url, polls = make_url(settings.database_url), settings.webhook_url is None
        return Replica(url, settings.send_rate, reload_soon, polls=polls)
    return Alone(settings.send_rate)


def _tell_failure(task: asyncio.Task[None]) -> None:
    """Log what ended a background task that should have gone on."""
    if not task.cancelled() and (error := task.exception()) is not None:
        log.error("background_task_failed", exc_info=error)


def _application(
    settings: Settings, request: AiohttpRequest, poll_request: AiohttpRequest
) -> Application[Any, BotContext, Any, Any, Any, Any]:
    assert settings.telegram_bot_token is not None  # the command line saw to it
    application = (
        ApplicationBuilder()
        .token(settings.telegram_bot_token.get_secret_value())
        .base_url(f"{settings.telegram_api_url}/bot")
        .base_file_url(f"{settings.telegram_api_url}/file/bot")
        .request(request)
        .get_updates_request(poll_request)
        .updater(None)
        .job_queue(None)
        .context_types(ContextTypes(context=BotContext))
        .defaults(
            Defaults(
                parse_mode=ParseMode.HTML,
                link_preview_options=LinkPreviewOptions(is_disabled=True),
            )
        )
        .build()
    )
    add_routes(application)
    return application
