"""Long work beside the loop that a stop does not wait for, as reading a pack that is new."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

T = TypeVar("T")


async def in_daemon(work: Callable[[], T]) -> T:
    """Return what the work returns, or raise what it raises; cancelled, it goes on unheard.

    The end of the process does not wait for it, as it would for a thread of the loop's own.
    """
    done = Future[T]()
    threading.Thread(target=_do, args=(work, done), daemon=True).start()
    return await asyncio.wrap_future(done)


def _do(work: Callable[[], T], done: Future[T]) -> None:
    if not done.set_running_or_notify_cancel():
        return
    try:
        done.set_result(work())
    except BaseException as error:
        done.set_exception(error)
