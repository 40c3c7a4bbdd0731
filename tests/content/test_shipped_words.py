"""The pack that comes with Limber speaks in sentences that fit a phone, kindly and with care."""

from __future__ import annotations

import re
import textwrap

import pytest

from bot.domain.catalogue import Entry, Practice
from content.loader import load, packaged
from tests.content.seen_texts import texts

PACK = load(packaged())
ENTRIES: list[Entry] = [*PACK.exercises.values(), *PACK.practices.values()]
FORBIDDEN = re.compile(
    r"\b(cure[sd]?|heals?|guarantee\w*|miracle|no pain,? no gain|push through|must push"
    r"|pain[- ]free|relieves?|diagnos\w*|toxins?|dangerous"
    r"|you have (a|an|osteo\w*|hernia|sciatica))\b",
    re.IGNORECASE,
)


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.key)
def test_card_fits_a_phone(entry: Entry) -> None:
    """A card fits a caption and about one screen, and no instruction is long."""
    assert all(len(step.text) <= 90 for step in entry.steps)
    card = [entry.name, entry.summary, entry.setup, *(step.text for step in entry.steps)]
    assert len("\n".join(card)) <= 900
    assert sum(len(textwrap.wrap(text, 46)) for text in card) <= 21


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.key)
def test_cues_hold_on_both_sides(entry: Entry) -> None:
    """Cues name no side, since the player shows them on the left and on the right."""
    assert not re.search(r"\b(left|right)\b", " ".join(entry.cues), re.IGNORECASE)
    assert "reath" in " ".join(entry.cues) or isinstance(entry, Practice)


@pytest.mark.parametrize("key", ["psoas-crusher", "psoas-self-release"])
def test_pressing_keeps_its_safety_point(key: str) -> None:
    """Whoever presses on the belly reads of the hand, the ache and the beat at every step."""
    cues = " ".join(PACK.exercises[key].cues)
    assert "hand stays on" in cues
    assert "4 out of 10 at most" in cues
    assert "A beat under it? Take it off" in cues


@pytest.mark.parametrize("key", ["constructive-rest", "pelvic-tilt-supine", "glute-bridge"])
def test_gentle_lying_has_a_way_in_pregnancy(key: str) -> None:
    """What is open to everyone says how to do it where lying flat does not suit."""
    assert any("pregnant? Prop up your back" in way for way in PACK.exercises[key].easier)


def test_safety_note_is_read_at_a_glance() -> None:
    """The first thing a new person reads is four short paragraphs that keep every fact."""
    note = PACK.safety.screening.note
    assert len(note) <= 420
    assert note.count("\n") == 3
    for fact in (
        *("general education", "not medical advice", "cannot examine you", "3 to 5 out of 10"),
        *("never to pain", "keep breathing", "sharp or pinching pain", "numbness", "tingling"),
        *("dizziness", "chest pain", "breathlessness", "gives way", "New injury", "fever"),
        *("recent surgery", "feeling ill", "not today", "doctor's or physio's word comes first"),
    ):
        assert fact in note


def test_tone() -> None:
    """No sentence promises, frightens, diagnoses or tells anyone to go through pain."""
    said = set(texts(PACK))
    assert len(said) > 400
    assert [text for text in said if FORBIDDEN.search(text)] == []


def test_emergency_script() -> None:
    """The emergency script names help and no exercise, and gives no verdict."""
    script = PACK.safety.scripts["emergency"]
    assert "local emergency number" in script
    assert "I cannot assess this" in script
    names = [entry.name for entry in ENTRIES]
    assert not [name for name in names if name.lower() in script.lower()]


def test_emergencies_pause_reminders() -> None:
    """Reminders stop after an emergency of the body, and after nothing else."""
    emergencies = [sign for sign in PACK.safety.signs if sign.tier == "emergency"]
    assert {sign.tier for sign in PACK.safety.signs if sign.pauses} == {"emergency"}
    assert {sign.script for sign in emergencies if not sign.pauses} == {"despair"}


def test_every_tier_is_heard() -> None:
    """There are phrases for every tier."""
    heard = {sign.tier for sign in PACK.safety.signs}
    assert heard == {"emergency", "today", "soon", "stop", "condition"}


def test_screening_covers_the_facts() -> None:
    """The screening asks for all ten conditions of the facts."""
    asked = " ".join(PACK.safety.screening.conditions).lower()
    for word in (
        *("hip or knee replacement", "spine", "osteoporosis", "pregnant", "heart or lung"),
        *("blood thinners", "cancer", "balance", "back pain", "under 18"),
    ):
        assert word in asked
