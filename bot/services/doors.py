"""What a person may not do, whatever the safety gates say: who may begin or go on with what."""

from __future__ import annotations

from bot.domain.catalogue import Catalogue
from bot.domain.dose import Level
from bot.domain.person import PauseReason, Question, Screened
from bot.domain.player import SessionKind
from bot.domain.session import OnboardingOpen, Refused, Started, Wanted, Why
from db.models import Person


def forbids(
    catalogue: Catalogue, person: Person, wanted: Wanted, *, begun: bool = False
) -> Started | None:
    """Return why a person may not do what is wanted, None where they may; gates come later.

    What has `begun` goes on, even where there is no such routine any more.
    """
    if person.onboarding in (Question.SAFETY, Question.SCREENING):
        return OnboardingOpen(person.onboarding)
    if person.pause_reason is PauseReason.SAFETY:
        return Refused(Why.NOT_CLEARED)
    about = (
        catalogue.routines.get(wanted.key)
        if wanted.kind in (SessionKind.ROUTINE, SessionKind.MOVEMENT)
        else catalogue.entry(wanted.key)
    )
    if about is None and not begun:
        return Refused(Why.UNKNOWN)
    if not getattr(about, "scheduled", True):
        return Refused(Why.NOT_SCHEDULED)
    # No level is gentle above what is written.
    gentle = about is not None and about.gentle and wanted.level in (None, Level.BEGINNER)
    if person.screened is Screened.APPLIES and not gentle:
        return Refused(Why.NOT_GENTLE)
    gated = getattr(about, "gate", None) is not None  # its own questions are asked anew
    if person.screened is None and not gentle and not gated:
        return OnboardingOpen(Question.SCREENING)
    return None
