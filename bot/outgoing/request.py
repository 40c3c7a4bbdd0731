"""All HTTP of the bot: the library's request interface, carried by aiohttp."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, cast

import aiohttp
from telegram.error import NetworkError
from telegram.request import BaseRequest, RequestData

from bot.outgoing.bodies import Parameters, encoded
from bot.outgoing.faults import CutOff, MaybeSent, NotSent
from bot.outgoing.responses import checked, read_json

# Seconds, None for no limit, or the library's marker for "not given".
Wait = Any
NOT_GIVEN = BaseRequest.DEFAULT_NONE

# Calls that may be made twice without anybody noticing; a connection that went away while it was
# idle must not become an error for them.
REPEATABLE = re.compile(r"/(get|edit|answer|set)[A-Za-z]+$")
_PIECE = 16_384  # bytes of a file that are read at once
TOKEN = re.compile(r"/bot([^/]+)/")

Response = tuple[int, Mapping[str, str], bytes]


@dataclass(frozen=True, slots=True)
class _Call:
    method: str
    url: str
    data: RequestData | None
    timeout: aiohttp.ClientTimeout


class AiohttpRequest(BaseRequest):
    """Carries calls to the Bot API, at most `in_flight` at once; all times are seconds.

    Raises NotSent when a request surely did not reach the server and MaybeSent when it may have
    taken effect. No error shows the address, which holds the token.
    """

    __slots__ = ("_free", "_in_flight", "_proxy", "_session", "_waits")

    def __init__(
        self,
        *,
        in_flight: int = 32,
        connect_timeout: float = 5.0,
        read_timeout: float = 10.0,
        write_timeout: float = 5.0,
        media_write_timeout: float = 20.0,
        pool_timeout: float = 30.0,
        proxy: str | None = None,
    ) -> None:
        self._in_flight = in_flight
        self._proxy = proxy
        self._free = asyncio.Semaphore(in_flight)
        self._session: aiohttp.ClientSession | None = None
        self._waits = {
            "connect": connect_timeout,
            "read": read_timeout,
            "write": write_timeout,
            "upload": media_write_timeout,
            "pool": pool_timeout,
        }

    @property
    def read_timeout(self) -> float:
        """Return the seconds an answer may take unless a call says otherwise."""
        return self._waits["read"]

    async def initialize(self) -> None:
        """Open the connection pool; once is enough."""
        if self._session is None or self._session.closed:
            self._session = aiohttp.ClientSession(
                # The semaphore bounds what is in flight; a second limit would only hide the wait.
                connector=aiohttp.TCPConnector(limit=0, keepalive_timeout=30),
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"User-Agent": self.USER_AGENT},
            )

    async def shutdown(self) -> None:
        """Close the connection pool; calls in flight are broken off."""
        if self._session is not None:
            await self._session.close()

    async def call(
        self, url: str, parameters: Mapping[str, object], *, read_timeout: Wait = NOT_GIVEN
    ) -> Any:
        """Return the raw `result` of one call, with no message objects built from it."""
        body = cast("RequestData", Parameters(parameters))
        return await self.post(url, body, read_timeout=read_timeout)

    async def fetch(self, url: str, most: int) -> bytes | None:
        """Return the first bytes at an address, `most` of them, and read no more; None where none.

        Raises as `do_request` does.
        """
        connect, read = self._waits["connect"], self._waits["read"]
        timeout = aiohttp.ClientTimeout(total=connect + read, sock_connect=connect, sock_read=read)
        await self._take_slot(self._waits["pool"])
        try:
            return await self._beginning(_Call("GET", url, None, timeout), most)
        except (aiohttp.ClientError, OSError) as error:
            fault = _fault(error)
        finally:
            self._free.release()
        raise fault

    async def _beginning(self, call: _Call, most: int) -> bytes | None:
        async with self._open().get(
            call.url, timeout=call.timeout, proxy=self._proxy, allow_redirects=False
        ) as response:
            if response.status != HTTPStatus.OK:
                return None
            content = bytearray()
            async for piece in response.content.iter_chunked(_PIECE):
                content += piece
                if len(content) >= most:
                    break
            return bytes(content[:most])

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None or self._session.closed:
            raise RuntimeError("the request class is not initialized")
        return self._session

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Wait = NOT_GIVEN,
        write_timeout: Wait = NOT_GIVEN,
        connect_timeout: Wait = NOT_GIVEN,
        pool_timeout: Wait = NOT_GIVEN,
    ) -> tuple[int, bytes]:
        """Make one request; return its status and body."""
        uploads = request_data is not None and request_data.contains_files
        connect = self._wait("connect", connect_timeout)
        read = self._wait("read", read_timeout)
        write = self._wait("upload" if uploads else "write", write_timeout)
        whole = None if None in (connect, read, write) else connect + read + write
        timeout = aiohttp.ClientTimeout(total=whole, sock_connect=connect, sock_read=read)
        await self._take_slot(self._wait("pool", pool_timeout))
        try:
            call = _Call(method, url, request_data, timeout)
            status, headers, payload = await self._exchange(call)
        finally:
            self._free.release()
        token = TOKEN.search(url)
        return checked(status, headers, payload, token[1] if token else url)

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Return the answer's JSON object; ServerFault when it cannot be read."""
        return read_json(payload)

    def _wait(self, kind: str, asked: Wait) -> Any:
        return self._waits[kind] if asked is NOT_GIVEN else asked

    async def _take_slot(self, wait: float | None) -> None:
        if not self._free.locked():
            await self._free.acquire()
            return
        try:
            async with asyncio.timeout(wait):
                await self._free.acquire()
                return
        except TimeoutError:
            pass  # told below, outside `except`, so that nothing is chained to it
        raise NotSent("no free slot for the request")

    async def _exchange(self, call: _Call) -> Response:
        """Send and read; errors are raised outside `except`, so that none carries the address."""
        try:
            return await self._once(call)
        except (aiohttp.ClientError, OSError) as error:
            fault = _fault(error)
            again = _connection_went(error) and (
                isinstance(fault, NotSent) or REPEATABLE.search(call.url) is not None
            )
        if not again:
            raise fault
        try:
            return await self._once(call)
        except (aiohttp.ClientError, OSError) as error:
            fault = _fault(error)
        raise fault

    async def _once(self, call: _Call) -> Response:
        body, headers = encoded(call.data)
        async with self._open().request(
            call.method,
            call.url,
            data=body,
            headers=headers,
            timeout=call.timeout,
            proxy=self._proxy,
            allow_redirects=False,  # a redirect would carry the token elsewhere
        ) as response:
            return response.status, response.headers, await response.read()


def _connection_went(error: BaseException) -> bool:
    """Return whether an established connection turned out to be closed."""
    went = (
        aiohttp.ServerDisconnectedError | aiohttp.ClientOSError | aiohttp.ClientConnectionResetError
    )
    return isinstance(error, went) and not isinstance(error, aiohttp.ClientConnectorError)


def _fault(error: BaseException) -> NetworkError:
    """Return what a failure means for the request, naming its kind only."""
    kind = type(error).__name__
    if isinstance(error, aiohttp.InvalidURL):
        return NetworkError("the address of the Bot API is not valid")
    never_connected = isinstance(
        error,
        aiohttp.ClientConnectorError
        | aiohttp.ConnectionTimeoutError
        | aiohttp.ClientHttpProxyError,
    )
    # aiohttp refuses to write to a closed connection: then the request cannot be complete.
    never_written = any(
        isinstance(one, aiohttp.ClientConnectionResetError) for one in (error, error.__cause__)
    )
    if never_connected or never_written:
        return NotSent(kind)
    if isinstance(error, aiohttp.ServerDisconnectedError | aiohttp.ClientOSError):
        return CutOff(kind)
    return MaybeSent(kind)
