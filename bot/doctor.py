"""`limber doctor`: looks at everything the bot depends on, and says what to do about it."""

from __future__ import annotations

import asyncio
import shlex
import shutil
import zoneinfo
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from importlib.metadata import version

import aiohttp
import click

from bot.doctor_database import database
from bot.doctor_web import served, webhook
from bot.finding import Finding
from bot.running import DRAWING
from bot.secrecy import open_to_others
from bot.settings import FREE_RATE, BadSettings, Settings, read_settings
from bot.speech import speech_engine

FREE = 200_000_000  # bytes that a disk should have left: pictures, a backup, the log of a day
SKEW = 30.0  # seconds by which the clock may be off: reminders are a matter of minutes
PATIENCE = 10.0  # seconds that Telegram gets to answer


def run() -> int:
    """Print a line for each thing that was looked at; return 1 where something must be done."""
    try:
        settings = read_settings()
    except BadSettings as bad:
        for line in bad.lines:
            _print(
                Finding(
                    "setting",
                    line,
                    "correct it in the environment, the file it comes from, or .env",
                )
            )
        return 1
    found = [*_local(settings), *asyncio.run(_telegram(settings))]
    for one in found:
        _print(one)
    return int(any(one.advice and one.grave for one in found))


def _print(one: Finding) -> None:
    sign = "ok" if not one.advice else ("WRONG" if one.grave else "note")
    click.echo(f"{sign:<5}  {one.about}: {one.found}" + (f" - {one.advice}" * bool(one.advice)))


def _local(settings: Settings) -> Iterator[Finding]:
    for look in (_secrecy, _zones, _disk, database, _pack, _font, _speech, _rate):
        try:
            yield look(settings)
        except PermissionError as closed:
            text = f"this user may not look at {closed.filename}"
            yield Finding(look.__name__.strip("_"), text, "run it as the user whom the bot runs as")


def _secrecy(settings: Settings) -> Finding:
    found = open_to_others(settings.data_dir)
    if found:
        names = ", ".join(map(str, found))
        advice = f"chmod go= {' '.join(shlex.quote(str(path)) for path in found)}"
        return Finding("secrecy", f"others on this machine can read {names}", advice)
    return Finding("secrecy", "nobody else on this machine can read the database, or .env")


def _zones(_: Settings) -> Finding:
    zoneinfo.reset_tzpath(to=())  # as the bot does: the pinned data, not the system's
    try:
        zoneinfo.ZoneInfo("Europe/Berlin")
    except zoneinfo.ZoneInfoNotFoundError:
        return Finding("time zones", "the data is missing", "run make install")
    return Finding("time zones", f"data of {version('tzdata')}")


def _disk(settings: Settings) -> Finding:
    folder = settings.data_dir
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free
    found = f"{free // 1_000_000} MB are free at {folder.absolute()}"
    return Finding("disk", found, "make room" if free < FREE else "")


def _pack(settings: Settings) -> Finding:
    from bot.packs import read_content
    from bot.texts import BrokenCatalogue
    from content.faults import PackError

    try:
        found = read_content(settings.content_dir)
    except (PackError, BrokenCatalogue) as error:
        first = str(error).splitlines()[0]
        return Finding("content", first, f"limber check {settings.content_dir} tells all")
    entries, languages = len(found.catalogue.entries), ", ".join(sorted(found.languages))
    text = f"{settings.content_dir}: {entries} entries, in {languages}"
    return Finding("content", text)


def _font(_: Settings) -> Finding:
    try:
        from bot.pictures.lettering import FONT, measure

        measure("8", 10)
    except ImportError as error:  # the drawing library is linked against some of the system's
        return Finding("font", str(error), f"install what is missing, on Debian: {DRAWING}")
    except OSError as error:
        return Finding("font", str(error), "run make install")
    return Finding("font", FONT.name)


def _speech(settings: Settings) -> Finding:
    engine = speech_engine(settings.speech)
    if engine:
        return Finding("speech", engine[0])
    text = "audio sessions have bells and tones, no names"
    return Finding("speech", text, "install espeak-ng to hear names", grave=False)


def _rate(settings: Settings) -> Finding:
    text = f"at most {settings.send_rate:g} messages a second"
    if settings.paid_broadcast:
        return Finding("pace", f"{text}; those over {FREE_RATE} cost Telegram Stars")
    advice = (
        f"set PAID_BROADCAST=on, or SEND_RATE={FREE_RATE}: Telegram carries no more for nothing"
    )
    return Finding("pace", text, advice if settings.over_free_rate else "", grave=False)


async def _telegram(settings: Settings) -> list[Finding]:
    """Look at the Bot API: whether it is reached, takes the token, and agrees about the time."""
    if settings.telegram_bot_token is None:
        text = "TELEGRAM_BOT_TOKEN is not set: limber starts the sandbox"
        return [Finding("token", text, "get one from @BotFather", grave=False)]
    base = f"{settings.telegram_api_url}/bot{settings.telegram_bot_token.get_secret_value()}"
    timeout = aiohttp.ClientTimeout(total=PATIENCE)
    try:
        async with aiohttp.ClientSession(timeout=timeout) as http:
            return await _ask(http, base, settings)
    except (aiohttp.ClientError, TimeoutError, ValueError) as fault:
        # Its text may name the address, which holds the token.
        found = f"{settings.telegram_api_url} is not reached: {type(fault).__name__}"
        return [Finding("Bot API", found, "look at the network, a firewall, TELEGRAM_API_URL")]


async def _ask(http: aiohttp.ClientSession, base: str, settings: Settings) -> list[Finding]:
    async with http.get(f"{base}/getMe") as response:
        me, told = await response.json(), response.headers.get("Date", "")
    found = [Finding("Bot API", f"{settings.telegram_api_url} answers"), _clock(told)]
    if not me.get("ok"):
        text = f"is refused: {me.get('description', 'no reason given')}"
        return [*found, Finding("token", text, "copy it anew from @BotFather")]
    async with http.get(f"{base}/getWebhookInfo") as response:
        hook = (await response.json()).get("result", {})
    token = Finding("token", f"is that of @{me['result']['username']}")
    return [*found, token, webhook(hook, settings), *await served(http, settings)]


def _clock(told: str) -> Finding:
    now = datetime.now(UTC)
    if not told:
        return Finding("clock", f"shows {now:%Y-%m-%d %H:%M} UTC; nothing to compare it with")
    seconds = (now - parsedate_to_datetime(told)).total_seconds()
    text = f"is {abs(seconds):.0f} s {'ahead of' if seconds > 0 else 'behind'} the Bot API's"
    return Finding(
        "clock", text, "let the system keep its time (NTP)" if abs(seconds) > SKEW else ""
    )
