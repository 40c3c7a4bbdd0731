"""What the webhook takes, what it refuses, and that a refusal tells nothing."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections.abc import AsyncIterator

import pytest
import structlog
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import OperationalError

from bot.intake.polling import MOST_WAITING
from bot.web.webhook import LARGEST, PATIENCE, REMEMBERED, Webhook
from tests.web.conftest import SECRET, Shelf, Telegram

NESTED = b'{"update_id": 7, "message": ' + b"[" * 100_000 + b"]" * 100_000 + b"}"


async def test_committed_before_it_is_answered(telegram: Telegram, shelf: Shelf) -> None:
    """200 is not answered before the update is kept."""
    shelf.free.clear()
    request = asyncio.create_task(telegram.post())
    await asyncio.sleep(0.05)
    assert not request.done()
    shelf.free.set()
    answer = await request
    assert (answer.status_code, answer.content, shelf.kept) == (200, b"", [7])


@pytest.mark.parametrize(
    "secret",
    [None, "", "wrong", SECRET[:-1], SECRET + "x", SECRET.upper(), "schlüssel".encode(), b"\xff"],
    ids=["missing", "empty", "wrong", "shorter", "longer", "upper", "utf-8", "bytes"],
)
@pytest.mark.parametrize("body", [b'{"update_id": 7}', b"", b"nonsense"], ids=len)
async def test_a_wrong_secret_is_answered_as_an_unknown_path(
    telegram: Telegram, shelf: Shelf, secret: str | bytes | None, body: bytes
) -> None:
    """Whoever does not know the secret learns nothing: not even that the path is right."""
    wrong, unknown = await telegram.post(body, secret=secret), await telegram.post(body, path="/x")
    assert (wrong.status_code, wrong.content) == (404, b"")
    assert (unknown.status_code, unknown.content) == (404, b"")
    assert wrong.headers.raw == unknown.headers.raw
    assert shelf.kept == []


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "OPTIONS"])
async def test_another_method_is_not_there(telegram: Telegram, method: str) -> None:
    """Only what Telegram does is known at the path."""
    answer = await telegram.post(method=method)
    assert (answer.status_code, answer.content) == (404, b"")


@pytest.mark.parametrize("path", ["/telegram/8f3a/", "//telegram/8f3a", "/Telegram/8f3a", "/"])
async def test_the_path_is_the_one_that_was_set(telegram: Telegram, path: str) -> None:
    """No other way of writing it leads there."""
    assert (await telegram.post(path=path)).status_code == 404


async def pieces(size: int) -> AsyncIterator[bytes]:
    """Yield a body without an announced length, in pieces."""
    for _ in range(size // 1000):
        yield b"x" * 1000


@pytest.mark.parametrize("chunked", [True, False])
async def test_too_large(telegram: Telegram, shelf: Shelf, chunked: bool) -> None:
    """A body beyond a megabyte is refused, whether its length was announced or not."""
    size = LARGEST + 1000
    answer = await telegram.post(pieces(size) if chunked else b"x" * size)
    assert (answer.status_code, answer.content, shelf.kept) == (413, b"", [])


async def test_the_largest(telegram: Telegram, shelf: Shelf) -> None:
    """A body of exactly a megabyte is taken."""
    body = json.dumps({"update_id": 7, "message": {}}).encode().ljust(LARGEST)
    assert (await telegram.post(body)).status_code == 200
    assert shelf.kept == [7]


HOPELESS = {
    "empty": b"",
    "no JSON": b"{",
    "no UTF-8": b"\xff\xfe{",
    "a list": b"[1]",
    "no id": b'{"message": {}}',
    "an id in words": b'{"update_id": "7"}',
    "a truth value": b'{"update_id": true}',
    "half an id": b'{"update_id": 7.5}',
    "an id beyond storage": b'{"update_id": 99999999999999999999}',
    "too deep": NESTED,
}


@pytest.mark.parametrize("body", HOPELESS.values(), ids=HOPELESS)
async def test_what_can_never_be_taken_blocks_nobody(
    telegram: Telegram, shelf: Shelf, body: bytes
) -> None:
    """It is refused, and after a few repetitions let through unread, so that the rest comes."""
    told = [(await telegram.post(body)).status_code for _ in range(PATIENCE + 1)]
    assert told == [400] * PATIENCE + [200]
    assert shelf.kept == []
    assert (await telegram.post()).status_code == 200
    assert shelf.kept == [7]


async def test_other_hopeless_bodies_are_counted_apart(
    telegram: Telegram, webhook: Webhook
) -> None:
    """Each is refused for itself, and what is remembered of them is bounded."""
    for number in range(3 * REMEMBERED):
        assert (await telegram.post(b"nonsense %d" % number)).status_code == 400
    assert len(webhook._hopeless) <= REMEMBERED


async def test_busy(telegram: Telegram, shelf: Shelf) -> None:
    """With too many unprocessed Telegram is asked to come again, as polling would pause."""
    shelf.unprocessed = MOST_WAITING + 1
    answer = await telegram.post()
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0
    shelf.unprocessed = MOST_WAITING
    assert (await telegram.post()).status_code == 200


async def test_not_open_yet(telegram: Telegram, webhook: Webhook) -> None:
    """While the bot starts Telegram is asked to come again."""
    webhook.inbox = None
    assert (await telegram.post()).status_code == 503


AWAY = OperationalError("insert", {}, sqlite3.OperationalError("database is locked"))


@pytest.mark.parametrize(("fault", "status"), [(AWAY, 503), (KeyError("x"), 500)], ids=type)
async def test_what_is_not_stored_comes_again(
    telegram: Telegram, shelf: Shelf, fault: Exception, status: int
) -> None:
    """A database that fails is answered with 5xx, so that Telegram repeats the update."""
    shelf.fault = fault
    for _ in range(2 * PATIENCE):
        assert (await telegram.post()).status_code == status
    shelf.fault = None
    assert (await telegram.post()).status_code == 200
    assert shelf.kept == [7]


async def test_those_that_come_together_are_committed_together(
    telegram: Telegram, shelf: Shelf
) -> None:
    """One transaction holds all that came during the last one, and each gets its answer."""
    shelf.free.clear()
    first = asyncio.create_task(telegram.post(b'{"update_id": 0}'))
    await asyncio.sleep(0.05)
    requests = [
        asyncio.create_task(telegram.post(b'{"update_id": %d}' % number)) for number in range(1, 20)
    ]
    await asyncio.sleep(0.1)
    shelf.free.set()
    assert {(await request).status_code for request in (first, *requests)} == {200}
    assert [sorted(batch) for batch in shelf.batches] == [[0], list(range(1, 20))]


async def test_one_at_fault_fails_alone(telegram: Telegram, shelf: Shelf) -> None:
    """The others of its transaction are kept."""
    shelf.fault, shelf.poison = KeyError("x"), 3
    shelf.free.clear()
    requests = [
        asyncio.create_task(telegram.post(b'{"update_id": %d}' % number)) for number in range(6)
    ]
    await asyncio.sleep(0.05)
    shelf.free.set()
    told = [(await request).status_code for request in requests]
    assert told == [200, 200, 200, 500, 200, 200]
    assert sorted(shelf.kept) == [0, 1, 2, 4, 5]


any_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)
bodies = st.binary() | any_json.map(lambda value: json.dumps(value).encode())
with_id = st.dictionaries(st.text(), any_json).map(lambda value: value | {"update_id": 7})


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=bodies | with_id.map(lambda value: json.dumps(value).encode()))
async def test_any_body(telegram: Telegram, shelf: Shelf, body: bytes) -> None:
    """Whatever comes, it is kept or refused, and never fails."""
    answer = await telegram.post(body)
    assert answer.status_code in (200, 400)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20)
@given(update=with_id)
async def test_any_update_with_an_id(
    telegram: Telegram, shelf: Shelf, update: dict[str, object]
) -> None:
    """Whatever else it holds, an update that can be told from others is kept."""
    before = len(shelf.kept)
    assert (await telegram.post(json.dumps(update).encode())).status_code == 200
    assert len(shelf.kept) == before + 1


async def test_the_secret_is_in_no_log(telegram: Telegram, shelf: Shelf) -> None:
    """Neither the secret nor what came is logged, whatever happens."""
    shelf.fault = KeyError("words of a person")
    with structlog.testing.capture_logs() as lines:
        await telegram.post()
        await telegram.post(b"words of a person")
        await telegram.post(secret="wrong")
        shelf.unprocessed = MOST_WAITING + 1
        await telegram.post()
    assert len(lines) == 3
    assert not any(word in str(lines) for word in (SECRET, "words", "wrong", "8f3a"))
