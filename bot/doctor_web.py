"""`limber doctor` on HTTP: whether Telegram posts where it should, and what the bot serves."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import aiohttp

from bot.finding import Finding
from bot.settings import Settings

SHORT = 16  # characters; a shorter secret can be guessed

# What Telegram says of a delivery that failed, by words in it, and what to do.
ADVICE = {
    "certificate": "set WEBHOOK_CERT to the certificate that nginx shows, and restart the bot",
    "SSL": "set WEBHOOK_CERT to the certificate that nginx shows, and restart the bot",
    "404": "nginx must hand the path of WEBHOOK_URL to LISTEN; then restart the bot",
    "502": "start the bot; nginx must hand over to LISTEN",
    "504": "nginx must hand over to LISTEN",
    "503": "the bot is starting or busy, or its database is away: look at /readyz and the log",
    "resolve": "the name in WEBHOOK_URL must lead to this machine",
    "refused": "start nginx",
    "timed out": "let the port of WEBHOOK_URL through the firewall",
    "expired": "look at nginx and the bot's log",
}


def webhook(info: Mapping[str, Any], settings: Settings) -> Finding:
    """Compare what Telegram knows of a webhook with the settings."""
    url, waiting = info.get("url", ""), info.get("pending_update_count", 0)
    if settings.webhook_url is None:
        if not url:
            return _none(settings)
        text = f"one is set and WEBHOOK_URL is not; {waiting} updates wait for it"
        return Finding("webhook", text, "restart the bot, which takes it away, or set WEBHOOK_URL")
    if not url:
        return Finding("webhook", "Telegram knows of none", "start the bot, which sets it")
    if url != settings.webhook_url:
        text = "Telegram posts elsewhere than WEBHOOK_URL says"
        return Finding("webhook", text, "stop the bot that set it, then restart this one")
    if settings.webhook_cert and not info.get("has_custom_certificate"):
        return Finding("webhook", "Telegram has no certificate of yours", "restart the bot")
    return _deliveries(info, settings)


def _none(settings: Settings) -> Finding:
    """Tell that the bot polls, which a name that is spelt wrong would make it do as well."""
    if settings.webhook_secret is None and settings.webhook_cert is None:
        return Finding("webhook", "none is set: the bot asks for updates")
    text = "none is set, nor WEBHOOK_URL, only what goes with it: the bot asks for updates"
    return Finding("webhook", text, "look how WEBHOOK_URL is spelt", grave=False)


def _deliveries(info: Mapping[str, Any], settings: Settings) -> Finding:
    waiting = f"{info.get('pending_update_count', 0)} updates wait"
    told = str(info.get("last_error_message", ""))
    if not told:
        secret = settings.webhook_secret
        short = secret is not None and len(secret) < SHORT
        advice = f"let WEBHOOK_SECRET have {SHORT} characters or more" if short else ""
        return Finding("webhook", f"is set, {waiting}", advice, grave=False)
    at = datetime.fromtimestamp(int(info.get("last_error_date", 0)), UTC)
    known = (advice for word, advice in ADVICE.items() if word.lower() in told.lower())
    return Finding(
        "webhook",
        f"is set, {waiting}; last failed at {at:%Y-%m-%d %H:%M} UTC: {told}",
        next(known, "look at nginx and the bot's log"),
        grave=bool(info.get("pending_update_count")),
    )


async def served(http: aiohttp.ClientSession, settings: Settings) -> list[Finding]:
    """Ask the bot on LISTEN whether it is well."""
    if not settings.serves_http:
        return []
    host, port = settings.listen_at
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - what it means here
    place = f"[{host}]" if ":" in host else host
    try:
        async with http.get(f"http://{place}:{port}/readyz") as response:
            lines = (await response.text()).splitlines()
    except (aiohttp.ClientError, TimeoutError):
        return [Finding("LISTEN", "nobody answers", "start the bot", grave=False)]
    if lines == ["ready"]:
        return [Finding("LISTEN", f"a bot answers at {settings.listen} and is ready")]
    return [Finding("LISTEN", line, "look at the bot's log") for line in lines]
