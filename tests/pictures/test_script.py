"""What a clip counts: seconds add up, breaths are exact, ends meet."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.script import LEAD, Script, Timing

STRETCH = (("in", 4.0), ("out", 6.0))
BOX = (("in", 4.0), ("hold", 4.0), ("out", 4.0), ("hold", 4.0))
SIGH = (("in", 2.0), ("sip", 1.0), ("out", 6.0))

_PARTS = st.lists(st.integers(1, 9).map(float), min_size=1, max_size=4).map(tuple)
_PHASES = st.lists(
    st.tuples(st.sampled_from(["in", "sip", "hold", "out", "rest"]), st.integers(1, 9).map(float)),
    max_size=5,
).map(tuple)
_TIMINGS = st.one_of(
    st.builds(Timing, seconds=st.integers(1, 120).map(float), phases=_PHASES),
    st.builds(Timing, seconds=st.integers(5, 120).map(float), parts=_PARTS),
    st.builds(Timing, reps=st.integers(1, 12), parts=_PARTS, alternating=st.booleans()),
)


@given(_TIMINGS, st.integers(1, 5))
def test_what_is_counted_is_what_the_step_takes(timing: Timing, poses: int) -> None:
    """Getting ready, then exactly the seconds of the hold or of all repetitions, then the end."""
    script = Script(timing, poses)
    turns = 2 if timing.alternating else 1
    expected = timing.seconds or (timing.reps or 0) * sum(timing.parts) * turns
    assert script.counted == pytest.approx(expected)
    assert script.at(0).lead == LEAD
    assert script.at(LEAD).left == pytest.approx(expected)
    assert script.at(LEAD + expected).left == pytest.approx(0)
    assert LEAD + expected <= script.lasts + 1e-6 <= LEAD + expected + 3


@given(_TIMINGS, st.integers(1, 5))
def test_the_last_frame_is_the_first(timing: Timing, poses: int) -> None:
    """A clip that a phone plays over and over begins where it ended."""
    script = Script(timing, poses)
    first, last = script.at(0), script.at(script.lasts)
    assert (first.start, first.share) == (0, 0)
    assert (last.end, last.share) == (0, 1) or poses == 1 or last.start == last.end == 0


@given(_TIMINGS, st.integers(2, 5), st.integers(0, 1200))
def test_nothing_jumps(timing: Timing, poses: int, tenth: int) -> None:
    """Between two frames a tenth of a second apart the movement goes on, and so does the breath."""
    script = Script(timing, poses)
    one, two = script.at(tenth / 10), script.at(tenth / 10 + 0.1)
    if (one.start, one.end, one.swapped) == (two.start, two.end, two.swapped):
        assert abs(two.share - one.share) < 0.5 or poses > 2  # many poses in one second
    if one.breath and one.breath == two.breath and one.phase_left > 0.1:
        assert abs(two.full - one.full) < 0.2


@pytest.mark.parametrize("phases", [STRETCH, BOX, SIGH], ids=["stretch", "box", "sigh"])
def test_the_breath_keeps_its_phases(phases: tuple[tuple[str, float], ...]) -> None:
    """Every phase lasts exactly as long as its practice says, round after round."""
    rounds = 3
    script = Script(
        Timing(seconds=rounds * sum(p[1] for p in phases), phases=phases, paced=True), 1
    )
    assert [(phase.breath, phase.seconds) for phase in script.phases] == list(phases) * rounds
    at = LEAD
    for breath, seconds in phases * rounds:
        begun, ending = script.at(at + 0.01), script.at(at + seconds - 0.01)
        assert begun.breath == ending.breath == breath
        assert begun.phase_left == pytest.approx(seconds - 0.01)
        grows = ending.full - begun.full
        assert {"in": grows > 0, "sip": grows > 0, "out": grows < 0}.get(breath, grows == 0)
        at += seconds


def test_a_hold_is_held_with_the_breath() -> None:
    """One is there when the ring begins, eases back breathing in and gives again breathing out."""
    script = Script(Timing(seconds=30, phases=STRETCH), 2)
    assert script.at(LEAD - 3).share == 0
    assert script.at(LEAD).share == 1
    assert 0.9 < script.at(LEAD + 4).share < 1
    assert script.at(LEAD + 9.99).share == pytest.approx(1, abs=0.01)


def test_repetitions_follow_the_tempo() -> None:
    """2-3-2: there in two seconds, three there, back in two; out on the effort, in on the way."""
    script = Script(Timing(reps=4, parts=(2.0, 3.0, 2.0)), 2)
    there, stays, back = (script.at(LEAD + second) for second in (1.0, 3.5, 6.0))
    assert (there.start, there.end, there.breath, there.rep) == (0, 1, "out", 1)
    assert (stays.start, stays.end, stays.breath) == (1, 1, "")
    assert (back.start, back.end, back.breath) == (1, 0, "in")
    assert script.at(LEAD + 7.5).rep == 2


def test_a_stay_between_never_says_hold_your_breath() -> None:
    """Where a repetition stays for a while, the breath is left free."""
    script = Script(Timing(reps=2, parts=(2.0, 10.0, 2.0, 3.0)), 2)
    assert {phase.breath for phase in script.phases} == {"out", "in", ""}


def test_sides_take_turns() -> None:
    """Of alternating repetitions every second one is done by the other side."""
    script = Script(Timing(reps=3, parts=(3.0, 1.0, 2.0), alternating=True), 2)
    assert script.reps == 6
    turns = [script.at(LEAD + 6 * rep + 1).swapped for rep in range(6)]
    assert turns == [False, True] * 3


def test_a_circle_goes_through_all_its_poses() -> None:
    """A tempo of one number goes all the way round."""
    script = Script(Timing(reps=1, parts=(8.0,)), 4)
    moves = [(m.start, m.end, m.seconds) for m in script.moves[1:]]
    assert moves == [(0, 1, 2.0), (1, 2, 2.0), (2, 3, 2.0), (3, 0, 2.0)]
