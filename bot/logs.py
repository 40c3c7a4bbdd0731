"""Logs to standard error, by structlog, with every secret taken out of the finished line."""

from __future__ import annotations

import json
import logging
import re
import sys
import threading
import traceback
from asyncio import AbstractEventLoop
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any, TextIO
from urllib.parse import quote, quote_plus

import structlog
from structlog.types import Processor

HIDDEN = "[hidden]"

# Shorter parts of a secret are words that may stand anywhere.
SHORTEST_PART = 8

# Libraries whose INFO is noise; LOG_LEVEL=DEBUG brings it back.
CHATTY = ("aiohttp.access", "alembic", "apscheduler", "httpcore", "httpx", "uvicorn")

# Libraries whose DEBUG repeats what people write and what the database stores about them.
TELLTALES = {
    "aiosqlite": logging.WARNING,
    "procrastinate": logging.WARNING,
    "procrastinate.utils": logging.CRITICAL,  # a server that is away, at length; we say so, too
    "psycopg": logging.WARNING,
    "psycopg.pool": logging.ERROR,  # the same at each try, on six lines
    "sqlalchemy": logging.WARNING,
    "telegram": logging.INFO,
}

log = structlog.get_logger()


def configure(level: str, log_format: str, secrets: Sequence[str] = ()) -> None:
    """Send everything that is logged, warned of or raised by nobody's leave to standard error.

    `log_format` is `text` or `json` (one object a line). No line holds one of the `secrets`, in
    whatever way it got there. A second call replaces what the first arranged.
    """
    redact = redaction(secrets)
    handler = _Handler(sys.stderr, redact)
    handler.setFormatter(_Formatter(_renderer(log_format), redact))
    root = logging.getLogger()
    root.handlers = [old for old in root.handlers if not isinstance(old, _Handler)] + [handler]
    logging.captureWarnings(True)
    _set_levels(logging.getLevelName(level))
    _configure_structlog()
    sys.excepthook = _uncaught
    threading.excepthook = _uncaught_in_thread
    sys.unraisablehook = _unraisable


def redaction(secrets: Sequence[str]) -> Callable[[str], str]:
    """Return a function that hides the secrets in a text.

    Hidden are also the part after a colon alone and the ways a secret is written in a URL, in
    JSON and in Python.
    """
    plain = {part for secret in secrets for part in (secret, secret.partition(":")[2])}
    plain = {part for part in plain if len(part) >= SHORTEST_PART} | {s for s in secrets if s}
    forms = {form for part in plain for form in _forms(part)}
    if not forms:
        return lambda text: text
    longest_first = sorted(forms, key=len, reverse=True)
    pattern = re.compile("|".join(map(re.escape, longest_first)), re.IGNORECASE)
    return lambda text: pattern.sub(HIDDEN, text)


def on_loop_error(_loop: AbstractEventLoop, context: dict[str, Any]) -> None:
    """Log what a task or callback raised and nobody caught; for `loop.set_exception_handler`."""
    log.error("loop_error", problem=context.get("message"), exc_info=context.get("exception"))


def _forms(secret: str) -> set[str]:
    literals = (repr(secret), *(json.dumps(secret, ensure_ascii=flag) for flag in (True, False)))
    in_urls = {quote(secret), quote(secret, safe=""), quote_plus(secret)}
    return {secret, *in_urls, *(literal[1:-1] for literal in literals)}


def _renderer(log_format: str) -> Processor:
    if log_format == "json":
        return structlog.processors.JSONRenderer(ensure_ascii=False, default=repr)
    return structlog.dev.ConsoleRenderer(
        colors=sys.stderr.isatty(),
        exception_formatter=structlog.dev.plain_traceback,
        pad_event_to=0,
    )


_SHARED: tuple[Processor, ...] = (
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.StackInfoRenderer(),
)


def _configure_structlog() -> None:
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_SHARED,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )


def _set_levels(level: int) -> None:
    logging.getLogger().setLevel(level)
    for name in CHATTY:
        logging.getLogger(name).setLevel(logging.DEBUG if level <= logging.DEBUG else "WARNING")
    for name, least in TELLTALES.items():
        logging.getLogger(name).setLevel(max(level, least))


class _Formatter(structlog.stdlib.ProcessorFormatter):
    """Renders records of structlog and of libraries alike, then hides secrets in the result."""

    def __init__(self, renderer: Processor, redact: Callable[[str], str]) -> None:
        last: list[Processor] = [structlog.stdlib.ProcessorFormatter.remove_processors_meta]
        if isinstance(renderer, structlog.processors.JSONRenderer):
            last.append(structlog.processors.format_exc_info)
        super().__init__(foreign_pre_chain=_SHARED, processors=[*last, renderer])
        self._redact = redact

    def format(self, record: logging.LogRecord) -> str:
        return self._redact(super().format(record))


class _Handler(logging.StreamHandler[TextIO]):
    """Writes to a stream; where a record cannot be rendered, says so without its arguments."""

    def __init__(self, stream: TextIO, redact: Callable[[str], str]) -> None:
        super().__init__(stream)
        self._redact = redact

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's name
        """Report a record that failed; logging's own report repeats its arguments."""
        place = f"{record.pathname}:{record.lineno}"
        problem = traceback.format_exception_only(sys.exception())[-1].strip()
        with suppress(OSError, ValueError):  # standard error is gone: nobody is listening
            self.stream.write(self._redact(f"log record of {place} lost: {problem}\n"))


def _uncaught(kind: type[BaseException], error: BaseException, trace: Any) -> None:
    if issubclass(kind, KeyboardInterrupt):
        return
    log.critical("uncaught", exc_info=(kind, error, trace))


def _uncaught_in_thread(args: threading.ExceptHookArgs) -> None:
    if args.exc_value is not None:
        log.critical("uncaught_in_thread", exc_info=args.exc_value)


def _unraisable(args: sys.UnraisableHookArgs) -> None:
    log.error("unraisable", where=repr(args.object), exc_info=args.exc_value)
