"""Reads what the Bot API answered, and tidies a refusal before the library makes an error of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from bot import metrics
from bot.outgoing.faults import Flooded, ServerFault


def read_json(payload: bytes) -> dict[str, Any]:
    """Return the answer's JSON object; ServerFault when it cannot be read, its text in no log."""
    answer = _object(payload)
    if not answer or ("result" not in answer and answer.get("ok") is not False):
        raise ServerFault("the answer cannot be read")
    return answer


def checked(
    status: int, headers: Mapping[str, str], payload: bytes, secret: str
) -> tuple[int, bytes]:
    """Return status and body as the library expects them, without `secret` in a refusal.

    Raises Flooded where the Bot API asks to wait and ServerFault for a fault of its own.
    """
    if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
        if b'"ok":false' not in payload[:64].replace(b" ", b""):
            return status, payload
        status = HTTPStatus.INTERNAL_SERVER_ERROR
    refusal = _object(payload)
    code = refusal.get("error_code")
    status = code if isinstance(code, int) else status
    parameters = refusal.get("parameters")
    parameters = parameters if isinstance(parameters, dict) else {}
    description = str(refusal.get("description") or _phrase(status)).replace(secret, "<token>")
    if status == HTTPStatus.TOO_MANY_REQUESTS or "retry_after" in parameters:
        metrics.RATE_LIMITED.inc()
        raise Flooded(_seconds(parameters.get("retry_after"), headers.get("Retry-After")))
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        raise ServerFault(description)
    body = {"ok": False, "description": description, "parameters": parameters}
    return status, json.dumps(body).encode()


def _object(payload: bytes) -> dict[str, Any]:
    try:
        answer = json.loads(payload.decode("utf-8", "replace"))
    except (ValueError, RecursionError):
        return {}
    return answer if isinstance(answer, dict) else {}


def _phrase(status: int) -> str:
    try:
        return f"{HTTPStatus(status).phrase} ({status})"
    except ValueError:
        return f"HTTP status {status}"


def _seconds(*told: object) -> float:
    for value in told:
        try:
            return max(float(value), 1.0)  # type: ignore[arg-type]
        except (TypeError, ValueError):
            continue
    return 1.0
