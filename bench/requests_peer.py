"""Messages a second and processor time a message: our request class beside the stock one."""

from __future__ import annotations

import asyncio
import statistics
import sys
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from telegram import Bot
from telegram.request import BaseRequest, HTTPXRequest

from bot.outgoing.request import AiohttpRequest

TOKEN = "1:bench"
ROUNDS = 7
MESSAGES = 400
BODY = (
    b'{"ok":true,"result":{"message_id":7,"date":0,"text":"one step",'
    b'"chat":{"id":5,"type":"private","first_name":"Ann"},'
    b'"from":{"id":1,"is_bot":true,"first_name":"Limber","username":"limber_bot"}}}'
)
ANSWER = (
    b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(BODY)
) + BODY

Send = Callable[[], Awaitable[object]]


@dataclass(frozen=True, slots=True)
class Case:
    """One way to send, with so many messages in flight."""

    name: str
    request: Callable[[], BaseRequest]
    in_flight: int
    raw: bool = False  # no message object is built from the answer


CASES = (
    Case("stock, 1 in flight", HTTPXRequest, 1),
    Case("ours, 1 in flight", AiohttpRequest, 1),
    Case("stock, 8 in flight", HTTPXRequest, 8),
    Case("ours, 8 in flight", AiohttpRequest, 8),
    Case("ours, 8 in flight, raw", AiohttpRequest, 8, raw=True),
)


async def measure() -> list[str]:
    """Return the figures as lines, each case in turn within every round."""
    mock = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bench.requests_peer", "serve", stdout=asyncio.subprocess.PIPE
    )
    assert mock.stdout is not None
    try:
        base = f"http://127.0.0.1:{int(await mock.stdout.readline())}/bot"
        rounds = [[await _run(case, base) for case in CASES] for _ in range(ROUNDS)]
    finally:
        mock.terminate()
        await mock.wait()
    return [
        _line(case, *zip(*(one[place] for one in rounds), strict=True))
        for place, case in enumerate(CASES)
    ]


def _line(case: Case, rates: tuple[float, ...], costs: tuple[float, ...]) -> str:
    rate, cost = statistics.median(rates), statistics.median(costs)
    return f"{case.name}: {rate:.0f} messages a second, {cost:.2f} ms of processor each"


async def _run(case: Case, base: str) -> tuple[float, float]:
    """Return messages a second and milliseconds of this process's processor time a message."""
    request = case.request()
    await request.initialize()
    send = _sender(case, request, base)
    await asyncio.gather(*(send() for _ in range(case.in_flight)))
    started, spent = time.perf_counter(), time.process_time()
    await asyncio.gather(*(_several(send, case) for _ in range(case.in_flight)))
    took, spent = time.perf_counter() - started, time.process_time() - spent
    await request.shutdown()
    return MESSAGES / took, spent / MESSAGES * 1000


async def _several(send: Send, case: Case) -> None:
    for _ in range(MESSAGES // case.in_flight):
        await send()


def _sender(case: Case, request: BaseRequest, base: str) -> Send:
    if case.raw and isinstance(request, AiohttpRequest):
        ours, url, text = request, f"{base}{TOKEN}/sendMessage", {"chat_id": 5, "text": "one step"}
        return lambda: ours.call(url, text)
    bot = Bot(TOKEN, base_url=base, request=request)
    return lambda: bot.send_message(5, "one step", parse_mode="HTML")


async def _serve() -> None:
    server = await asyncio.start_server(_answer, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


async def _answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answer every request of a connection with the same message."""
    try:
        while True:
            head = (await reader.readuntil(b"\r\n\r\n")).lower()
            length = int(head.split(b"content-length:")[1].split(b"\r\n")[0])
            await reader.readexactly(length)
            writer.write(ANSWER)
    except (asyncio.IncompleteReadError, ConnectionError):
        writer.close()


async def main() -> None:
    """Print the figures."""
    for line in await measure():
        print(line)


if __name__ == "__main__":
    asyncio.run(_serve() if sys.argv[1:] == ["serve"] else main())
