"""Questions: what was asked, about which step, and what a warning sign sets in motion."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass

from bot.answers import Answer
from bot.deps import Deps
from bot.domain.catalogue import Catalogue
from bot.domain.session import Playing
from bot.domain.shareable import Shareable
from bot.services import doubting, pausing, reminding
from db.queries import sessions

MOST_SHARED = 10  # cards that one inline query offers


@dataclass(frozen=True, slots=True)
class Asked:
    """An answer, and the session in whose middle the question came.

    Where it is a warning sign, `over` is a message of a session whose buttons lead nowhere now;
    `lessened` where what presses was left out of what somebody is in the middle of.
    """

    question: str
    answer: Answer
    playing: Playing | None
    over: int | None = None
    lessened: bool = False


async def find(deps: Deps, words: str) -> Shareable:
    """Return what may be shared for these words; they are looked at, and set nothing in motion.

    Words that tell of a warning sign get its script and nothing else.
    """
    catalogue = deps.catalogue
    if not words.strip():
        items = catalogue.items(catalogue.routines[catalogue.daily])
        return Shareable(None, tuple(dict.fromkeys(item.entry for item in items))[:MOST_SHARED])
    answer = await asyncio.to_thread(deps.answers.ask, words)
    if answer.kind == "safety":
        return Shareable(answer.script or answer.tier, ())
    sure = (answer.key,) if answer.key else ()
    keys = dict.fromkeys((*sure, *answer.suggestions, *_begun(catalogue, words)))
    return Shareable(None, tuple(keys)[:MOST_SHARED])


async def practice_named(deps: Deps, typed: str) -> str | None:
    """Return the breathing practice that "/breathe box" means, or None where none is called so.

    Beside a command for breathing "box" is no stretch: a word of a practice's own name will do.
    """
    answer = await asyncio.to_thread(deps.answers.ask, typed)
    if answer.kind == "practice":
        return answer.key
    words = set(typed.casefold().split())
    practices = deps.catalogue.practices.values()
    called = ((one.key, {*one.name.casefold().split(), *one.key.split("-")}) for one in practices)
    return next((key for key, names in called if words and words <= names), None)


def _begun(catalogue: Catalogue, words: str) -> Iterator[str]:
    """Yield the entries whose name holds what was typed so far."""
    typed = " ".join(words.casefold().split())
    for entry in catalogue.entries.values():
        if any(typed in name.casefold() for name in (entry.name, *entry.aliases)):
            yield entry.key


async def ask(deps: Deps, person_id: int, question: str, *, group: bool = False) -> Asked:
    """Answer a question; in an open session "how long?" means its current step.

    In a group it means nothing: what a person is in the middle of is not for others to know.

    Where the answer is a warning sign that asks for it, the session ends and reminders stop until
    the person says that a clinician has cleared them. A condition they tell of lets the safety
    gates ask anew, and leaves out what presses.
    """
    playing = None if group else await pausing.look_away(deps, person_id)
    current = playing.step.entry if playing else None
    # A message as long as Telegram lets it be takes a quarter of a second: not in the event loop.
    answer = await asyncio.to_thread(deps.answers.ask, question, current=current)
    if answer.pauses:
        async with deps.read() as session:
            last = None if group else await sessions.newest(session, person_id)
        await reminding.pause_for_safety(deps, person_id)
        return Asked(question, answer, None, last.message_id if last else None)
    if answer.tier == "condition" and not group:
        found = await doubting.doubt(deps, person_id)
        return Asked(
            question, answer, None, found.over if found else None, lessened=found is not None
        )
    return Asked(question, answer, playing)
