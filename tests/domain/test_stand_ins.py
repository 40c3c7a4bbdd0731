"""Made-up exercises fill their slots too, and what stands in for them is the nearest there is."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.catalogue import Exercise, Instruction, Item, Stage
from bot.domain.dose import LONGEST_CHANGE, Dose, Level, Sides, fits
from bot.domain.equipment import Need, Own, Swap, Thing
from bot.domain.plan import Known, Means, plan
from bot.domain.player import expand
from tests.domain.test_plan import length

BAR, CHAIR = (Thing(key=key, name=key.title(), own=Own.GEAR) for key in ("bar", "chair"))
THINGS = {thing.key: thing for thing in (BAR, CHAIR)}
DOSE = st.one_of(
    st.builds(
        Dose,
        sets=st.integers(1, 5),
        hold=st.integers(1, 300),
        rest=st.integers(0, 60),
        note=st.sampled_from([None, "Slow."]),
    ),
    st.builds(
        Dose,
        sets=st.integers(1, 5),
        reps=st.integers(1, 30),
        tempo=st.lists(st.integers(0, 9), min_size=1, max_size=4)
        .filter(any)
        .map(lambda phases: "-".join(map(str, phases))),
        rest=st.integers(0, 60),
    ),
)


def exercise(key: str, dose: Dose, sides: Sides = Sides.NONE, **others: object) -> Exercise:
    """Return an exercise that takes `dose` at every level."""
    made = Exercise(
        key=key,
        name=key.title(),
        summary="Do it.",
        position="standing",
        kind="stretch",
        sides=sides,
        level=Level.BEGINNER,
        setup="Stand.",
        cues=("Stand.", "Breathe."),
        steps=(Instruction(text="Do it."),),
        doses=dict.fromkeys(Level, dose),
        muscles="All.",
        feel="Fine.",
        why="It may feel good.",
        mistakes=("None",),
        easier=("Less",),
        stop_if=("It hurts",),
    )
    return replace(made, **others)  # type: ignore[arg-type]


def known(*exercises: Exercise) -> Known:
    """Return a pack of these exercises."""
    return Known(entries={one.key: one for one in exercises}, things=THINGS)


@given(dose=DOSE, sides=st.sampled_from(Sides), spare=st.integers(0, LONGEST_CHANGE))
def test_any_dose_fills_its_slot(dose: Dose, sides: Sides, spare: int) -> None:
    """Holds, repetitions, sides and rests add up with the time to get ready, to the second."""
    reach = exercise("reach", dose, sides)
    item = Item(entry="reach", seconds=dose.seconds(sides) + spare)
    (planned,) = plan([item], known(reach), Means())
    steps = expand([planned])
    assert length(steps) == item.seconds
    assert sum(step.ready for step in steps) == spare
    one_by_one = sides is Sides.EACH or (sides is Sides.ALTERNATING and dose.hold)
    assert len(steps) == dose.sets * (2 if one_by_one else 1)


@given(
    stages=st.lists(
        st.dictionaries(st.sampled_from(Level), st.integers(1, 120), min_size=1),
        min_size=1,
        max_size=4,
    ),
    sides=st.sampled_from(Sides),
    level=st.sampled_from(Level),
    spare=st.integers(0, LONGEST_CHANGE),
)
def test_any_stages_fill_their_slot(
    stages: list[dict[Level, int]], sides: Sides, level: Level, spare: int
) -> None:
    """A protocol walks the stages of its level, on each side, and they add up too."""
    made = tuple(Stage(name="A", text="Do it.", seconds=stage) for stage in stages)
    guided = exercise("guided", Dose(hold=30), sides, stages=made)
    item = Item(entry="guided", level=level, seconds=guided.seconds(Dose(), level) + spare)
    steps = expand(plan([item], known(guided), Means()))
    assert length(steps) == (item.seconds if steps else 0)
    assert [step.stage for step in steps if step.side in (None, steps[0].side)] == [
        number for number, stage in enumerate(stages, start=1) if level in stage
    ]


@given(written=DOSE, own=DOSE, sides=st.sampled_from(Sides), spare=st.integers(0, LONGEST_CHANGE))
def test_stand_in_fills_the_same_slot(written: Dose, own: Dose, sides: Sides, spare: int) -> None:
    """What stands in for another takes exactly its slot, or nothing takes it."""
    hang = exercise("hang", written, equipment=(Need(thing="bar"),), instead=("reach",))
    item = Item(entry="hang", seconds=written.seconds(Sides.NONE) + spare, dose=written)
    planned = plan([item], known(hang, exercise("reach", own, sides)), Means())
    possible = [dose for dose in (own, written) if dose is own or (written.hold and own.hold)]
    assert bool(planned) == any(fits(dose.seconds(sides), item.seconds) for dose in possible)
    for one in planned:
        assert (one.entry.key, one.seconds) == ("reach", item.seconds)
        assert one.swaps == (Swap("Bar", "Reach"),)


def test_thing_before_substitute_before_stand_in() -> None:
    """The thing itself is used first, then what is at home, then another exercise, then none."""
    need = Need(thing="bar", household={"chair": "back of a chair"})
    hang = exercise("hang", Dose(hold=30), equipment=(need,), instead=("reach",))
    pack = known(hang, exercise("reach", Dose(hold=30)))
    items = [Item(entry="hang", seconds=40)]
    for has, entry, swaps in (
        ({"bar", "chair"}, "hang", ()),
        ({"chair"}, "hang", (Swap("Bar", "back of a chair"),)),
        (set(), "reach", (Swap("Bar", "Reach"),)),
    ):
        (planned,) = plan(items, pack, Means(has=has))
        assert (planned.entry.key, planned.swaps) == (entry, swaps)
    assert plan(items, known(hang), Means()) == ()


def test_stand_in_of_a_stand_in() -> None:
    """Where the first stand-in cannot be done either, its own stand-ins are tried."""
    hang = exercise("hang", Dose(hold=30), equipment=(Need(thing="bar"),), instead=("lean",))
    lean = exercise("lean", Dose(hold=30), equipment=(Need(thing="chair"),), instead=("reach",))
    pack = known(hang, lean, exercise("reach", Dose(hold=30), gentle=True))
    items = [Item(entry="hang", seconds=40)]
    (planned,) = plan(items, pack, Means())
    assert planned.entry.key == "reach"
    (planned,) = plan(items, pack, Means(has={"chair"}))
    assert planned.entry.key == "lean"
    (planned,) = plan(items, pack, Means(has={"chair"}, gentle=True))
    assert planned.entry.key == "reach"


def test_note_of_what_is_not_done_is_not_shown() -> None:
    """A remark on an exercise is not shown on what stands in for it."""
    hang = exercise("hang", Dose(hold=30), equipment=(Need(thing="bar"),), instead=("reach",))
    pack = known(hang, exercise("reach", Dose(hold=30)))
    items = [Item(entry="hang", seconds=40, note="Let go with your feet.")]
    assert [one.note for one in plan(items, pack, Means())] == [None]
    assert [one.note for one in plan(items, pack, Means(has={"bar"}))] == [items[0].note]


def test_swapped_wherever_it_comes() -> None:
    """What is swapped for good is done nowhere: not as an alternative, not as a stand-in."""
    dose = Dose(hold=30)
    guarded = exercise("guarded", dose, gate="shut")
    hang = exercise("hang", dose, equipment=(Need(thing="bar"),), instead=("reach", "lean"))
    others = (exercise(key, dose, gentle=True) for key in ("reach", "lean", "sit"))
    pack = known(guarded, hang, *others)
    alternative = Item(entry="reach", seconds=40)
    items = [
        Item(entry="guarded", seconds=40, otherwise=(alternative,)),
        Item(entry="hang", seconds=40),
    ]
    assert [one.entry.key for one in plan(items, pack, Means())] == ["reach", "reach"]
    person = Means(swapped={"reach": "sit"})
    assert [one.entry.key for one in plan(items, pack, person)] == ["sit", "lean"]
    hurt = Means(swapped={"reach": "sit"}, passed={"shut"}, hurt={"guarded"})
    assert [one.entry.key for one in plan(items[:1], pack, hurt)] == ["sit"]
    hurt = Means(swapped={"reach": "sit"}, passed={"shut"}, hurt={"guarded", "sit"})
    assert plan(items[:1], pack, hurt) == ()
