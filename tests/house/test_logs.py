"""What is logged: one form for our own lines and the libraries', and never a secret."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
import threading
import warnings
from collections.abc import Callable, Iterator, Sequence
from urllib.parse import quote

import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st

from bot import logs

TOKEN = "123456789:AAF-some_part-of_the_token"
PART = TOKEN.partition(":")[2]
URL = f"https://api.example/bot{TOKEN}/getMe"

# Holds all that `configure` changes for the whole process.
HOOKS = ((sys, "excepthook"), (sys, "unraisablehook"), (threading, "excepthook"))


@pytest.fixture(autouse=True)
def _put_back() -> Iterator[None]:
    """Leave logging, warnings and hooks as they were."""
    root, hooks = logging.getLogger(), [getattr(*hook) for hook in HOOKS]
    level, handlers = root.level, root.handlers[:]
    levels = {name: logging.getLogger(name).level for name in (*logs.CHATTY, *logs.TELLTALES)}
    yield
    for (module, name), value in zip(HOOKS, hooks, strict=True):
        setattr(module, name, value)
    root.handlers = handlers
    for name, was in {**levels, "root": level}.items():
        logging.getLogger(None if name == "root" else name).setLevel(was)
    logging.captureWarnings(False)
    structlog.reset_defaults()


def configure(level: str, log_format: str, secrets: Sequence[str]) -> None:
    """Arrange logging as the bot does, without pytest's own handlers, which choke on bad lines."""
    logging.getLogger().handlers.clear()
    logs.configure(level, log_format, secrets)


def event() -> None:
    """Put the token where the name of the event belongs."""
    structlog.get_logger().info(f"calling {URL}")


def field() -> None:
    """Put the token into fields, nested and as bytes."""
    structlog.get_logger().warning("called", url=URL, more={"list": [URL, TOKEN.encode()]}, p=PART)


def encoded() -> None:
    """Put the token as a URL carries it."""
    structlog.get_logger().info(
        "called", strict=quote(URL, safe=""), lower=f"bot123456789%3a{PART}"
    )


def library() -> None:
    """Let a library log the token as an argument."""
    logging.getLogger("some.library").warning("GET %s took %d s", URL, 3)


def wrong_arguments() -> None:
    """Let a library log a line whose arguments do not fit."""
    logging.getLogger("some.library").error("took %d s", URL)


def failing_repr() -> None:
    """Log a value that cannot be shown and says the token when asked to."""

    class Shy:
        def __repr__(self) -> str:
            raise RuntimeError(URL)

    structlog.get_logger().info("shown", shy=Shy())


def chained() -> None:
    """Log an exception whose cause carries the token deep in its arguments."""
    try:
        try:
            raise ConnectionError({"request": ["GET", URL]})
        except ConnectionError as error:
            raise RuntimeError("no answer") from error
    except RuntimeError:
        structlog.get_logger().exception("call_failed")


def grouped() -> None:
    """Log a group of exceptions, through a library, with a note."""
    error = ValueError(TOKEN)
    error.add_note(URL)
    try:
        raise ExceptionGroup("several", [error, OSError(2, "No such file", URL)])
    except ExceptionGroup:
        logging.getLogger("some.library").exception("failed")


def warned() -> None:
    """Warn of the token."""
    warnings.warn(f"do not use {URL}", stacklevel=1)


def bound() -> None:
    """Bind the token to all lines of a task."""
    with structlog.contextvars.bound_contextvars(url=URL):
        structlog.get_logger().info("bound")


WAYS = [
    event,
    field,
    encoded,
    library,
    wrong_arguments,
    failing_repr,
    chained,
    grouped,
    warned,
    bound,
]


@pytest.mark.filterwarnings("always")
@pytest.mark.parametrize("level", ["DEBUG", "INFO"])
@pytest.mark.parametrize("log_format", ["text", "json"])
@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_token_is_in_no_line(
    capsys: pytest.CaptureFixture[str], way: Callable[[], None], log_format: str, level: str
) -> None:
    """However the token gets into a line, the line comes out without it."""
    configure(level, log_format, [TOKEN])
    way()
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.strip()
    assert PART.lower() not in captured.err.lower()


@given(secret=st.text(min_size=8, max_size=40), around=st.text(max_size=20))
def test_any_secret_is_hidden(secret: str, around: str) -> None:
    """A secret of any characters is hidden plain and as JSON, Python and URLs write it."""
    redact = logs.redaction([secret])
    in_json = (json.dumps(secret), json.dumps(secret, ensure_ascii=False))
    for written in (secret, *in_json, repr(secret), quote(secret, safe="")):
        core = written[1:-1] if written[:1] in "\"'" and written != secret else written
        assert core not in redact(around + written + around)


@pytest.mark.parametrize(
    "secrets", [pytest.param([], id="no secret"), pytest.param([""], id="an empty one")]
)
def test_without_secrets_nothing_is_hidden(secrets: list[str]) -> None:
    """Where there is no token, lines stay as they are."""
    assert logs.redaction(secrets)("as it was") == "as it was"


def test_short_part_hides_only_the_whole() -> None:
    """A short test token does not eat letters out of every word."""
    redact = logs.redaction(["1:abc"])
    assert redact("abc 1:abc") == f"abc {logs.HIDDEN}"


def test_json_is_one_object_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    """With LOG_FORMAT=json each record is one line of JSON, tracebacks included."""
    configure("INFO", "json", [])
    structlog.get_logger().info("reminder_sent", occurrence=7)
    chained()
    library()
    sent, failed, foreign = map(json.loads, capsys.readouterr().err.splitlines())
    assert sent["event"] == "reminder_sent"
    assert sent["occurrence"] == 7
    assert sent["level"] == "info"
    assert sent["timestamp"].endswith("Z")
    assert "ConnectionError" in failed["exception"]
    assert foreign["event"] == f"GET {URL} took 3 s"
    assert foreign["logger"] == "some.library"


def test_text_is_plain_where_nobody_looks(capsys: pytest.CaptureFixture[str]) -> None:
    """Into a file or pipe, a line has its time, level, event and ids, and no colours."""
    configure("INFO", "text", [])
    structlog.get_logger().info("reminder_sent", occurrence=7)
    line = capsys.readouterr().err
    assert "\x1b" not in line
    assert line.count("\n") == 1
    assert all(word in line for word in ("info", "reminder_sent", "occurrence=7", "Z "))


@pytest.mark.parametrize(
    ("level", "logger", "at", "shown"),
    [
        pytest.param("INFO", "httpx", logging.INFO, False, id="requests are noise"),
        pytest.param("INFO", "apscheduler.executors", logging.INFO, False, id="so are jobs"),
        pytest.param("INFO", "httpx", logging.WARNING, True, id="warnings are not"),
        pytest.param("DEBUG", "httpx", logging.INFO, True, id="unless asked for"),
        pytest.param("DEBUG", "some.library", logging.DEBUG, True, id="debug shows all"),
        pytest.param("DEBUG", "telegram.Bot", logging.DEBUG, False, id="but what people write"),
        pytest.param("DEBUG", "aiosqlite", logging.DEBUG, False, id="and what is stored"),
        pytest.param("ERROR", "telegram.ext", logging.WARNING, False, id="error shows errors"),
    ],
)
def test_levels_of_libraries(
    capsys: pytest.CaptureFixture[str], level: str, logger: str, at: int, shown: bool
) -> None:
    """Libraries are heard as far as they say something to whoever runs the bot."""
    configure(level, "text", [])
    logging.getLogger(logger).log(at, "something")
    assert ("something" in capsys.readouterr().err) == shown


def test_configuring_twice_logs_once(capsys: pytest.CaptureFixture[str]) -> None:
    """The second arrangement replaces the first."""
    configure("DEBUG", "json", [])
    logs.configure("INFO", "text", [])
    structlog.get_logger().info("once")
    structlog.get_logger().debug("never")
    assert capsys.readouterr().err.count("once") == 1


UNCAUGHT = """
import asyncio, sys, threading
from bot import logs

logs.configure("INFO", sys.argv[1], [sys.argv[2]])

def fail():
    raise RuntimeError(sys.argv[2])

class Falls:
    def __del__(self):
        fail()

async def forget():
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(logs.on_loop_error)
    loop.call_soon(fail)
    await asyncio.sleep(0.01)

thread = threading.Thread(target=fail)
thread.start()
thread.join()
Falls()
asyncio.run(forget())
fail()
"""


@pytest.mark.parametrize("log_format", ["text", "json"])
def test_uncaught_errors_are_logged_without_the_token(log_format: str) -> None:
    """What nobody catches, in the program, a thread, a callback or a finalizer, is one record."""
    done = subprocess.run(
        [sys.executable, "-c", UNCAUGHT, log_format, TOKEN],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    for name in ("uncaught", "uncaught_in_thread", "unraisable", "loop_error"):
        assert name in done.stderr
    assert done.stderr.count("RuntimeError: [hidden]") == 4
    assert PART not in done.stderr
    if log_format == "json":
        assert len([json.loads(line) for line in done.stderr.splitlines()]) == 4
