"""What the bot has asked and waits for: answered by whatever a person does, or left again."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncSession

from bot.domain.person import ANSWERED_BY_TEXT, Expecting
from db.models import Person
from db.queries import reactions


async def answered(session: AsyncSession, person: Person) -> None:
    """Take the gentle question as answered, where it is open: reminders come as often as set."""
    if person.eased_on is None:
        return
    await session.flush()
    await reactions.answered(session, person.id, person.eased_on)
    person.eased_on = None


def close(person: Person, *asked: Expecting) -> None:
    """Take the next free text as an answer to none of these any more.

    Where onboarding has a question open, it answers that.
    """
    if person.expecting in asked:
        expect_as_asked(person)


def expect_as_asked(person: Person) -> None:
    """Take the next free text as the answer to onboarding's open question, if there is one."""
    person.expecting, person.expecting_id = ANSWERED_BY_TEXT.get(person.onboarding), None
