"""Addresses as operators type them: what they lead to, and what is wrong with them."""

from __future__ import annotations

import ipaddress
from typing import Any
from urllib.parse import unquote, unquote_plus, urlsplit

from db.connecting import PASSWORDS

TELEGRAM = "https://api.telegram.org"
OWN_PATHS = ("/healthz", "/readyz", "/metrics")  # what is answered beside the webhook


def split(url: str) -> Any:
    """Return the parts of an address; those of an empty one where it has none."""
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018 - raises where it is no number
    except ValueError:
        return urlsplit("")
    return parts


def passwords(url: str) -> list[str]:
    """Return the passwords in a database's address, each as it is typed and as it is meant."""
    parts = split(url)
    options = (option.partition("=") for option in parts.query.split("&"))
    typed = [parts.password, *(value for name, _, value in options if name in PASSWORDS)]
    ways = ((one, unquote(one), unquote_plus(one)) for one in typed if one)
    return [text for one in ways for text in dict.fromkeys(one)]


def on_loopback(url: str) -> bool:
    """Return whether an address leads to this machine, going by its words alone."""
    host = split(url).hostname or ""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def wrong_with_webhook(url: str, api_url: str) -> str:
    """Return why Telegram cannot post to an address, or nothing.

    A Bot API server of one's own, started with --local, posts to plain http too.
    """
    parts = split(url)
    if parts.scheme != "https" and (parts.scheme != "http" or api_url == TELEGRAM):
        return "must be an address that starts with https://"
    if not parts.hostname:
        return "must be an address with a host"
    if parts.username is not None or parts.query or parts.fragment:
        return "must be an address without a user, a query or a fragment"
    if parts.path in OWN_PATHS:
        return "must have a path of its own: at this one the bot answers something else"
    return ""


def listening_at(value: str) -> tuple[str, int] | None:
    """Return the host and the port that are written as `host:port`, or None."""
    parts = split(f"//{value}")
    if parts.netloc != value or "@" in value or not parts.hostname or parts.port is None:
        return None
    return parts.hostname, parts.port
