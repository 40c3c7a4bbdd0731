"""The score: every bell and tone at the second at which the player, and the clip, are there too."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.dose import Level
from bot.domain.equipment import owned
from bot.domain.plan import Known, Means, plan
from bot.domain.player import expand, expand_entry
from bot.domain.recording import Recording
from bot.domain.score import (
    BELLS,
    HALVED,
    SAID_AFTER,
    TAIL,
    Chapter,
    Cue,
    Part,
    Score,
    Sound,
    chapters,
    score,
)
from bot.domain.script import LEAD
from bot.domain.step import Side, Step
from content.loader import load, packaged

PACK = load(packaged())
KNOWN = Known(entries=PACK.entries, things=PACK.things)
STRETCH = PACK.entries["kneeling-hip-flexor-stretch"]
REST = PACK.entries["childs-pose"]

LISTED = [
    (routine, day)
    for routine in PACK.routines.values()
    for day in range(1, len(routine.days) + 1) or [None]
]


def heard(*parts: Part) -> list[tuple[float, str]]:
    """Return what is heard but the breath, as (second, sound)."""
    return [
        (cue.second, cue.text or cue.sound.value)
        for cue in score(parts).cues
        if cue.sound not in (Sound.IN, Sound.OUT)
    ]


def hold(seconds: int, side: Side | None = None, **more: int) -> Part:
    """Return a held stretch."""
    return Part(Step(entry=STRETCH.key, side=side, seconds=seconds, **more), STRETCH)


def test_one_step() -> None:
    """Its name, at least five seconds to get ready, begin, half of a long one, the end."""
    part = Part(Step(entry=STRETCH.key, seconds=30), STRETCH, said="Stretch")
    assert heard(part) == [
        (SAID_AFTER, "Stretch"),
        (LEAD, "start"),
        (LEAD + 15, "half"),
        (LEAD + 30, "end"),
    ]


def test_a_short_one_is_not_halved() -> None:
    """Under twenty seconds nobody needs to hear the middle; from twenty on they do."""
    assert "half" not in [sound for _, sound in heard(hold(HALVED - 1))]
    assert "half" in [sound for _, sound in heard(hold(HALVED))]


def test_a_longer_time_to_get_ready_is_kept() -> None:
    """The bell comes when the player's own time to get ready is over."""
    assert heard(hold(10, ready=12)) == [(12.0, "start"), (22.0, "end")]


def test_the_other_side() -> None:
    """Left, right, left again: each change rings at once; the rest, if any, comes after it."""
    sides = [hold(10, Side.LEFT), hold(10, Side.RIGHT), hold(10, Side.LEFT, rest=7)]
    assert [second for second, sound in heard(*sides) if sound == "switch"] == [15.0, 30.0]
    assert heard(*sides)[-2:] == [(37.0, "start"), (47.0, "end")]


def test_another_entry_is_no_switch() -> None:
    """From the right side of one exercise to the left of another nothing is switched."""
    other = Part(Step(entry=REST.key, side=Side.LEFT, seconds=10), REST)
    assert "switch" not in [sound for _, sound in heard(hold(10, Side.RIGHT), other)]


def test_the_breath_of_a_stretch() -> None:
    """In for four, out for six, from the moment of the bell; a last scrap of a breath is silent."""
    cues = score([hold(24)]).cues
    tones = [(cue.second - LEAD, cue.sound) for cue in cues if cue.sound not in BELLS]
    assert tones == [
        (0.0, Sound.IN),
        (4.0, Sound.OUT),
        (10.0, Sound.IN),
        (14.0, Sound.OUT),
        (20.0, Sound.IN),
    ]
    short = score([Part(Step(entry=STRETCH.key, seconds=14), STRETCH)]).cues
    assert [cue.second - LEAD for cue in short if cue.sound is Sound.IN] == [0.0, 10.0]


def test_the_breath_of_repetitions() -> None:
    """One breathes out on the effort and in on the way back; holding still says nothing."""
    bridge = PACK.entries["glute-bridge"]
    part = Part(Step(entry=bridge.key, reps=2, tempo="2-3-2"), bridge)
    tones = [(c.second - LEAD, c.sound) for c in score([part]).cues if c.sound not in BELLS]
    assert tones == [(0, Sound.OUT), (5, Sound.IN), (7, Sound.OUT), (12, Sound.IN)]


def test_the_breath_of_a_practice() -> None:
    """A practice sounds by its own phases; a sip of air is one more tone in."""
    sigh = PACK.practices["breath-cyclic-sigh"]
    (step,) = expand_entry(sigh, Level.BEGINNER)
    first = [cue.sound for cue in score([Part(step, sigh)]).cues if cue.sound not in BELLS][:3]
    assert first == [Sound.IN, Sound.IN, Sound.OUT]


def test_chapters_are_entries() -> None:
    """Sides and sets of one exercise are one chapter, at the second at which it begins."""
    rest = Part(Step(entry=REST.key, seconds=20), REST)
    parts = [hold(10, Side.LEFT), hold(10, Side.RIGHT), rest, hold(10)]
    assert chapters(parts) == (
        Chapter(0.0, STRETCH.name),
        Chapter(30.0, REST.name),
        Chapter(55.0, STRETCH.name),
    )


def test_nothing_lasts_no_time() -> None:
    """Without a step there is nothing to hear but a little silence."""
    assert score([]) == Score()
    assert Score().lasts == TAIL


def test_without_words() -> None:
    """Where nobody speaks, the bells and tones stay."""
    part = Part(Step(entry=STRETCH.key, seconds=30), STRETCH, said="Stretch")
    spoken = Recording(score([part]), ("engine",))
    assert spoken.wordless.engine == ()
    assert spoken.wordless.score.cues == score([hold(30)]).cues
    assert spoken.wordless.score.lasts == spoken.score.lasts


@given(
    st.sampled_from(LISTED),
    st.sampled_from([None, *Level]),
    st.sets(st.sampled_from(sorted(PACK.safety.gates))),
    st.dictionaries(st.sampled_from(sorted(PACK.things)), st.booleans()),
)
def test_the_timeline_is_the_players(
    listed: tuple[object, int | None],
    level: Level | None,
    passed: set[str],
    said: dict[str, bool],
) -> None:
    """Whatever a routine comes down to: each step rings once, all is in time and in order."""
    routine, day = listed
    person = Means(passed=passed, has=owned(PACK.things, said))
    steps = expand(plan(PACK.items(routine, day), KNOWN, person, level))  # type: ignore[arg-type]
    parts = [
        Part(step, PACK.entries[step.entry], PACK.practices.get(step.breathing or ""), "x")
        for step in steps
    ]
    made = score(parts)
    assert made.seconds == pytest.approx(sum(step.takes for step in steps))
    seconds = [cue.second for cue in made.cues]
    assert seconds == sorted(seconds)
    assert all(0 <= second <= made.seconds for second in seconds)
    begins = 0.0
    for step in steps:
        ends = begins + step.lead + step.lasts
        assert made.cues.count(Cue(begins + step.lead, Sound.START)) == 1
        assert Cue(ends, Sound.END) in made.cues
        begins += step.takes
    rung = [cue.sound for cue in made.cues]
    assert rung.count(Sound.START) == rung.count(Sound.END) == len(steps)
    at = [chapter.second for chapter in chapters(parts)]
    assert at == sorted(set(at))
    assert not at or at[0] == 0
