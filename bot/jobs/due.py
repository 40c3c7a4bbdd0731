"""Sends what is due: claims occurrences, sends them in the bulk lane, notes what became."""

from __future__ import annotations

import asyncio
from datetime import time

import structlog

from bot.deps import Deps
from bot.domain.local_time import local_day
from bot.outgoing.faults import TryLater, Unreachable
from bot.reply import Reply
from bot.screen import Screen
from bot.services import due as service
from bot.services import people
from bot.services.due import Nudge
from bot.texts import pick
from bot.views import reminders as view
from bot.views.lines import when

log = structlog.get_logger(__name__)

SIDE_BY_SIDE = 16  # reminders in flight at once
FAULTY = 60.0  # seconds until an occurrence that failed for no known reason is tried again


async def sweep(deps: Deps, screen: Screen) -> None:
    """Claim and send until nothing is due any more."""
    while True:
        claimed = await service.claim(deps)
        if claimed:
            log.info("reminders_claimed", reminders=claimed)
        nudges = await service.to_send(deps, SIDE_BY_SIDE)
        if not nudges and not claimed:
            return
        await asyncio.gather(*(_send(deps, screen, nudge) for nudge in nudges))


async def _send(deps: Deps, screen: Screen, nudge: Nudge) -> None:
    try:
        message = await screen.send(nudge.person.id, _reply(deps, nudge), bulk=True, once=True)
    except TryLater as later:
        await service.put_back(deps, nudge, later.seconds)
    except Unreachable:
        await people.unreachable(deps, nudge.person.id)
        log.info("person_unreachable", person=nudge.person.id)
    except Exception:
        log.exception("reminder_failed", occurrence=nudge.occurrence)
        await service.put_back(deps, nudge, FAULTY)
    else:
        await service.sent(deps, nudge, message.message_id if message else None)
        log.info("reminder_sent", occurrence=nudge.occurrence, late=nudge.late)


def _reply(deps: Deps, nudge: Nudge) -> Reply:
    texts = pick(deps.languages, nudge.person.language)
    zone = nudge.person.zone
    if nudge.over:
        today = local_day(deps.now(), zone, time())
        return view.over(when(nudge.due_at, zone, today, texts), texts)
    planned = texts.clock(nudge.due_at, zone) if nudge.late else None
    return view.nudge(
        nudge.occurrence, nudge.kind, nudge.key, deps.catalogue, texts, planned=planned
    )
