"""The bot as it is, with as few connections to the Bot API as BENCH_CONNECTIONS says."""

from __future__ import annotations

import os
import sys
from typing import Any

from bot import app
from bot.outgoing.request import AiohttpRequest
from bot.running import run_bot


class Few(AiohttpRequest):
    """A request class that has few requests under way."""

    def __init__(self, in_flight: int, **more: Any) -> None:
        super().__init__(in_flight=min(in_flight, int(os.environ["BENCH_CONNECTIONS"])), **more)


if __name__ == "__main__":
    vars(app)["AiohttpRequest"] = Few
    sys.exit(run_bot())
