"""What goes over the wire: the parameters of a call as JSON, or as a form where files go along."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping

import aiohttp
from telegram.request import RequestData

Encoded = tuple[bytes | aiohttp.FormData | None, dict[str, str]]


class Parameters:
    """Stands in for RequestData, whose making is private to the library."""

    contains_files = False

    def __init__(self, parameters: Mapping[str, object]) -> None:
        self._parameters = parameters

    @property
    def json_payload(self) -> bytes:
        """Return the parameters as the library writes them: text as it is, the rest as JSON."""
        texts = {
            name: value if isinstance(value, str) else json.dumps(value)
            for name, value in self._parameters.items()
        }
        return json.dumps(texts).encode()


def encoded(data: RequestData | None) -> Encoded:
    """Return the body of a call and its headers; a form can be sent once only."""
    if data is None:
        return None, {}
    if not data.contains_files:
        return data.json_payload, {"Content-Type": "application/json"}
    form = aiohttp.FormData(default_to_multipart=True)
    for name, value in data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, content_type) in data.multipart_data.items():
        # Read bit by bit: megabytes at once would stop all else.
        body = io.BytesIO(content) if isinstance(content, bytes) else content
        form.add_field(name, body, filename=filename, content_type=content_type)
    return form, {}
