"""What must hold of exercises and practices beyond their types."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from bot.domain.catalogue import Entry, Exercise, Practice
from bot.domain.dose import Dose, Level, Sides
from bot.domain.own import LONGEST_NAME
from content.faults import Fault, clock, meant
from content.figure_rules import figure_faults
from content.reading import Document
from content.schema import Source
from content.sources import Sources

# A card is one caption of a picture: 1024 characters to Telegram, labels of ours included.
LONGEST_CARD = 900
# A step is read off a phone by somebody lying on the floor: it must be taken in at a glance.
LONGEST_SETUP = 160
LONGEST_STAGE = 220
LONGEST_NOTE = 80
LONGEST_CUE = 60
CUES = (2, 3)  # fewest and most

LONGEST_DOSE = 3600  # seconds; what is longer is a slip of the keyboard

_TEMPO = re.compile(r"[0-9]{1,2}(?:-[0-9]{1,2})*")


def entry_faults(sources: Sources) -> Iterator[Fault]:
    """Yield what is wrong with the exercises and practices of a pack."""
    for exercise in sources.exercises.values():
        yield from _shared(exercise, sources)
        yield from _levels(exercise.document, exercise.value.doses, "doses", exercise.value)
        yield from _doses(exercise)
        yield from _stages(exercise)
    for practice in sources.practices.values():
        yield from _shared(practice, sources)
        yield from _levels(practice.document, practice.value.rounds, "rounds", practice.value)
        yield from _calm(practice)


def _shared(source: Source[Exercise] | Source[Practice], sources: Sources) -> Iterator[Fault]:
    document, entry = source.document, source.value
    if len(entry.name) > LONGEST_NAME:
        yield document.fault(f"name: {LONGEST_NAME} characters at most, for a button", "name")
    if entry.gate and entry.gate not in sources.names["gate"]:
        near = meant(entry.gate, sources.names["gate"])
        yield document.fault(f"gate: there is no gate '{entry.gate}'{near}", "gate")
    if entry.gate and entry.gentle:
        yield document.fault("gentle: what is behind a gate is not gentle", "gentle")
    yield from _card(document, entry)
    yield from _glance(document, entry)
    yield from figure_faults(document, entry, sources)


def _card(document: Document, entry: Entry) -> Iterator[Fault]:
    texts = (entry.name, entry.summary, entry.setup, *(step.text for step in entry.steps))
    length = sum(len(text) + 1 for text in texts)
    if length > LONGEST_CARD:
        says = f"name, summary, setup and steps have {length} characters, {LONGEST_CARD} at most"
        yield document.fault(f"{says}: shorten them", "steps")


def _glance(document: Document, entry: Entry) -> Iterator[Fault]:
    if len(entry.setup) > LONGEST_SETUP:
        yield document.fault(f"setup: {LONGEST_SETUP} characters at most", "setup")
    fewest, most = CUES
    if not fewest <= len(entry.cues) <= most:
        text = f"cues: {fewest} or {most} lines, not {len(entry.cues)}"
        yield document.fault(text, "cues")
    for index, cue in enumerate(entry.cues):
        if len(cue) > LONGEST_CUE:
            text = f"cues: {LONGEST_CUE} characters a line at most"
            yield document.fault(text, "cues", index)


def _levels(
    document: Document, given: Mapping[Level, Any], name: str, entry: Entry
) -> Iterator[Fault]:
    if isinstance(entry, Exercise) and not entry.scheduled:
        return
    for level in Level:
        if level not in given:
            yield document.fault(f"{name}: '{level}' is missing", name)


def _doses(source: Source[Exercise]) -> Iterator[Fault]:
    if source.value.stages:
        return  # the stages say how long everything takes
    for level, dose in source.value.doses.items():
        if text := dose_fault(dose):
            yield source.document.fault(text, "doses", level.value)


def dose_fault(dose: Dose) -> str:
    """Return what is wrong with a dose on its own, or nothing."""
    if dose.reps and dose.hold:
        return "a dose has either reps or hold, not both"
    if not dose.reps and not dose.hold:
        return "a dose needs reps (a count) or hold (seconds)"
    if dose.reps and not dose.tempo:
        return "reps need a tempo: seconds for each part of one, as 2-3-2"
    if dose.tempo and not _TEMPO.fullmatch(dose.tempo):
        return f"tempo: '{dose.tempo}' should read like 2-3-2"
    if dose.tempo and not dose.seconds_a_rep:
        return f"tempo: '{dose.tempo}' takes no time at all"
    if dose.rest < 0:
        return "rest: seconds cannot be less than 0"
    if dose.seconds(Sides.NONE) > LONGEST_DOSE:
        return f"a dose takes an hour at most, not {clock(dose.seconds(Sides.NONE))}"
    return ""


def _stages(source: Source[Exercise]) -> Iterator[Fault]:
    for index, stage in enumerate(source.value.stages):
        if len(stage.text) > LONGEST_STAGE:
            text = f"text: {LONGEST_STAGE} characters at most"
            yield source.document.fault(text, "stages", index, "text")
    for level in Level if source.value.stages else ():
        if not any(level in stage.seconds for stage in source.value.stages):
            yield source.document.fault(
                f"stages: none of them says seconds for '{level}'", "stages"
            )


def _calm(source: Source[Practice]) -> Iterator[Fault]:
    for level, rounds in source.value.rounds.items():
        took = rounds * source.value.seconds_a_round
        if took > LONGEST_DOSE:
            text = f"rounds: a practice takes an hour at most, not {clock(took)}"
            yield source.document.fault(text, "rounds", level.value)
    for index, phase in enumerate(source.value.phases):
        if source.value.gentle and phase.breath == "hold":
            yield source.document.fault("a gentle practice has no holds", "phases", index)
