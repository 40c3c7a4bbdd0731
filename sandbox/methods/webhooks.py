"""Methods that set a webhook, remove it, and tell of it."""

from __future__ import annotations

import ipaddress
import re
import ssl
from urllib.parse import urlsplit

from sandbox.errors import (
    LONG_SECRET,
    NO_CERTIFICATE,
    WEBHOOK_HTTPS,
    WEBHOOK_PORT,
    WRONG_SECRET,
)
from sandbox.parameters import Given, Kind, method
from sandbox.store import Json
from sandbox.updates import Hook
from sandbox.world import World

PORTS = (None, 80, 88, 443, 8443)
LONGEST_SECRET = 256


@method(
    "setWebhook",
    url=Kind.TEXT,
    certificate=Kind.FILE,
    allowed_updates=Kind.LIST,
    drop_pending_updates=Kind.FLAG,
    max_connections=Kind.INTEGER,
    secret_token=Kind.TEXT,
)
def set_webhook(world: World, given: Given) -> bool:
    """Post updates to an address from now on.

    On this machine it may be one of plain http and have any port, as a Bot API server of one's
    own allows that is started with --local.
    """
    url, secret = given.text("url"), given.text("secret_token")
    if url:
        check(url, secret)
    hook = Hook(
        url,
        secret,
        min(max(given.integer("max_connections", 40), 1), 100),
        certificate_of(given),
    )
    world.updates.allow(given.get("allowed_updates"))
    world.updates.set_webhook(hook if url else None, given.flag("drop_pending_updates"))
    return True


@method("deleteWebhook", drop_pending_updates=Kind.FLAG)
def delete_webhook(world: World, given: Given) -> bool:
    """Forget the webhook, and the pending updates where asked."""
    world.updates.set_webhook(None, given.flag("drop_pending_updates"))
    return True


@method("getWebhookInfo")
def get_webhook_info(world: World, given: Given) -> Json:
    """Return the webhook's state."""
    updates, hook = world.updates, world.updates.hook
    info: Json = {
        "url": hook.url if hook else "",
        "has_custom_certificate": bool(hook and hook.certificate),
        "pending_update_count": len(updates),
    }
    if hook is not None:
        info["max_connections"] = hook.max_connections
    if hook is not None and updates.error is not None:
        info["last_error_date"], info["last_error_message"] = updates.error
    return info | ({"allowed_updates": updates.allowed} if updates.allowed else {})


def check(url: str, secret: str) -> None:
    """Refuse an address or a secret as Telegram does."""
    parts = urlsplit(url)
    here = is_here(parts.hostname or "")
    if parts.scheme != "https" and not (here and parts.scheme == "http"):
        raise WEBHOOK_HTTPS
    if parts.port not in PORTS and not here:
        raise WEBHOOK_PORT
    if len(secret) > LONGEST_SECRET:
        raise LONG_SECRET
    if not re.fullmatch(r"[A-Za-z0-9_-]*", secret):
        raise WRONG_SECRET


def is_here(host: str) -> bool:
    """Return whether a host is this machine, by its name alone."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def certificate_of(given: Given) -> str:
    """Return the certificate that came along, as PEM, or nothing."""
    file = given.file("certificate")
    if file is None:
        return ""
    text = file if isinstance(file, str) else file.content.decode(errors="replace")
    try:
        ssl.create_default_context(cadata=text)
    except (ssl.SSLError, ValueError):
        raise NO_CERTIFICATE from None
    return text
