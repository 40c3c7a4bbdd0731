"""Runs the bot as a process: settings, signals and the exit status an operator sees."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import sys
import zoneinfo
from typing import TYPE_CHECKING, NoReturn

from bot.settings import BadSettings, Settings, read_settings

if TYPE_CHECKING:
    from bot.app import Limber

OK, BAD_SETTING, REJECTED = 0, 2, 3
STOPPING = signal.SIGTERM, signal.SIGINT
DRAWING = "apt install libegl1 libgl1 libexpat1"


def settings_or_exit() -> Settings:
    """Return the settings; bad ones are told one a line and end the process with status 2."""
    try:
        return read_settings()
    except BadSettings as bad:
        for line in bad.lines:
            say(line)
        sys.exit(BAD_SETTING)


def say(line: str) -> None:
    """Tell the operator something that is no log line."""
    sys.stderr.write(f"{line}\n")


def run_bot() -> int:
    """Run the bot until it is told to stop; return the exit status."""
    settings = settings_or_exit()
    if settings.telegram_bot_token is None:
        say("TELEGRAM_BOT_TOKEN must be set; without one, `limber sandbox` tries the bot out")
        return BAD_SETTING
    for sign in STOPPING:  # until the loop heeds them; the imports alone take a second or two
        signal.signal(sign, _leave)
    from bot import logs

    # Every machine shall agree on the zones: the pinned tzdata package, not the system's files.
    zoneinfo.reset_tzpath(to=())
    logs.configure(settings.log_level, settings.log_format, settings.secrets)
    try:
        import skia  # noqa: F401 - linked against what a server without a desktop may not have
    except ImportError as error:
        return _end(f"the drawing library: {error}; on Debian: {DRAWING}", BAD_SETTING)
    return asyncio.run(_run(settings))


async def _run(settings: Settings) -> int:
    from telegram.error import InvalidToken

    from bot import logs
    from bot.app import Limber
    from bot.intake.polling import TokenRejected
    from bot.texts import BrokenCatalogue
    from bot.web.server import CannotListen
    from content.faults import PackError
    from db.errors import CannotOpen

    limber = Limber(settings)
    work = asyncio.create_task(_start_and_run(limber))
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(logs.on_loop_error)
    for sign in STOPPING:
        loop.add_signal_handler(sign, work.cancel)
    loop.add_signal_handler(signal.SIGHUP, limber.reload_soon)
    try:
        await work
    except asyncio.CancelledError:
        return OK
    except (InvalidToken, TokenRejected):
        return _end("TELEGRAM_BOT_TOKEN is rejected by the Bot API", REJECTED)
    except CannotListen as error:
        return _end(f"LISTEN: {error}", BAD_SETTING)
    except CannotOpen as error:
        return _end(f"DATABASE_URL: {error}", BAD_SETTING)
    except BrokenCatalogue as error:
        return _end(f"CONTENT_DIR: {error}", BAD_SETTING)
    except PackError as error:
        return _end("\n".join(map(str, error.faults)), BAD_SETTING)
    finally:
        with contextlib.suppress(asyncio.CancelledError):
            await limber.stop()
    return OK


async def _start_and_run(limber: Limber) -> None:
    await limber.start()
    await limber.run()


def _leave(*_: object) -> NoReturn:
    sys.exit(OK)


def _end(lines: str, status: int) -> int:
    say(lines)
    return status
